// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/messages/accepted.h"
#include "protocol/messages/assign.h"
#include "protocol/messages/batchchanged.h"
#include "protocol/messages/batchhead.h"
#include "protocol/messages/blobclose.h"
#include "protocol/messages/blobdata.h"
#include "protocol/messages/blobget.h"
#include "protocol/messages/blobput.h"
#include "protocol/messages/blobread.h"
#include "protocol/messages/blobstored.h"
#include "protocol/messages/blocked.h"
#include "protocol/messages/brokerinfo.h"
#include "protocol/messages/cancel.h"
#include "protocol/messages/cancelanswer.h"
#include "protocol/messages/cancelbatch.h"
#include "protocol/messages/changed.h"
#include "protocol/messages/configurequeue.h"
#include "protocol/messages/controlanswer.h"
#include "protocol/messages/controltask.h"
#include "protocol/messages/credit.h"
#include "protocol/messages/delta.h"
#include "protocol/messages/demand.h"
#include "protocol/messages/describe.h"
#include "protocol/messages/duplicate.h"
#include "protocol/messages/finished.h"
#include "protocol/messages/finishedack.h"
#include "protocol/messages/functions.h"
#include "protocol/messages/grant.h"
#include "protocol/messages/hello.h"
#include "protocol/messages/listtasks.h"
#include "protocol/messages/maintain.h"
#include "protocol/messages/maintained.h"
#include "protocol/messages/offer.h"
#include "protocol/messages/queueconfigured.h"
#include "protocol/messages/refused.h"
#include "protocol/messages/renew.h"
#include "protocol/messages/renewed.h"
#include "protocol/messages/resumed.h"
#include "protocol/messages/retryanswer.h"
#include "protocol/messages/retrytask.h"
#include "protocol/messages/returned.h"
#include "protocol/messages/settled.h"
#include "protocol/messages/showbroker.h"
#include "protocol/messages/showtask.h"
#include "protocol/messages/showtaskanswer.h"
#include "protocol/messages/snapshot.h"
#include "protocol/messages/started.h"
#include "protocol/messages/stop.h"
#include "protocol/messages/streamclose.h"
#include "protocol/messages/streamcredit.h"
#include "protocol/messages/streamitems.h"
#include "protocol/messages/streamopen.h"
#include "protocol/messages/submit.h"
#include "protocol/messages/submitrefused.h"
#include "protocol/messages/subscribe.h"
#include "protocol/messages/suspend.h"
#include "protocol/messages/suspended.h"
#include "protocol/messages/takeback.h"
#include "protocol/messages/tasklist.h"
#include "protocol/messages/taskresult.h"
#include "protocol/messages/unknown.h"
#include "protocol/messages/unsubscribe.h"
#include "protocol/messages/unwatch.h"
#include "protocol/messages/unwatchbatch.h"
#include "protocol/messages/watch.h"
#include "protocol/messages/watchbatch.h"

#include <tuple>

namespace drover {

//! Every message, by rising kind.
using AllMessages =
    std::tuple<Hello, Refused, Credit, Submit, Accepted, SubmitRefused, Duplicate, TaskResult, Settled, Cancel,
               CancelAnswer, Watch, Unwatch, Changed, Unknown, Describe, Functions, ShowTask, ShowTaskAnswer,
               ShowBroker, BrokerInfo, ListTasks, TaskList, StreamOpen, StreamCredit, StreamClose, StreamItems,
               RetryTask, RetryAnswer, ControlTask, ControlAnswer, Offer, Demand, Grant, Assign, Returned, Started,
               Finished, FinishedAck, Renew, Renewed, Stop, Blocked, Resumed, TakeBack, Suspend, Suspended, Subscribe,
               Unsubscribe, Snapshot, Delta, BatchHead, WatchBatch, UnwatchBatch, BatchChanged, CancelBatch,
               ConfigureQueue, QueueConfigured, Maintain, Maintained, BlobPut, BlobStored, BlobGet, BlobData, BlobRead,
               BlobClose>;

} // namespace drover
