<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>QObject</name>
    <message>
        <source>The client was closed before the answer came.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover-monitor</name>
    <message>
        <source>Shows the queues, workers and tasks of Drover, and launches commands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker to watch: local:, drover://host[:port] or embedded:[path]; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not start the broker of this user when it does not run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of keys and trust.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show sample work of a broker and two workers in this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it looks: system, light or dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its language: de or en.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--theme takes system, light or dark, got &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--language takes de or en, got &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::Announcement</name>
    <message>
        <source>Not an announcement: %1 is missing or wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An announcement of more than %1 bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An announcement of the unknown format %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::Backend</name>
    <message>
        <source>The client was closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no batch %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::Beacon</name>
    <message>
        <source>The interface %1 is not there, not up, has no address or cannot multicast.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The interface %1 is not used, because DROVER_INTERFACE is %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::Client</name>
    <message>
        <source>loopback: needs the functions it shall run: ClientSettings::registry().</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not name a broker; use local:, drover://host[:port], embedded:[path] or loopback:.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client was closed; the task goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A function that runs in the thread of a BlockingClient cannot wait for that client.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer came in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inside of a task only its own tasks can be awaited.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inside of a task a BlockingClient only submits and calls.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client is closed and takes no new tasks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not honour the option %2; leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This broker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The items of a batch cannot all have the same idempotency key; leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client was closed before it was connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What people call it; the machine&apos;s name unless given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of queues and results.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When a task counts as kept: disk, process or memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address to listen on; 127.0.0.1 unless given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The port to listen on; a free one unless given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address of a worker that is not announced; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for workers on this interface only; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not look for workers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End when there was no client and no unfinished task for so long; 0, which is for ever, unless given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Append the log to this file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A variable for the command; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder on the worker to run it in; a fresh one unless given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print the words of this kind instead, one a line: tasks, functions, queues, workers, states or verbs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listen on this interface only; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long to listen; 3 s unless given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End after this time: 90, 10m, 2h.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only calls of this function; drover.run for commands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only tasks of this queue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A library of functions; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only tasks in this state; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only tasks whose last attempt was on this worker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only items of this batch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most so many; 100 unless given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List again each second, until Ctrl-C.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with what the task tells, until it has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write all pages to FOLDER/man and the completions to FOLDER/completions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most so many are submitted and not ended at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a line here for each item that has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out the items that --joblog says have succeeded, and go on with that file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items of standard input end with a zero byte, not with a line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for the end of the task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give up waiting after this time: 90, 10m, 2h.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the command what this program reads from its standard input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The arguments are a command, not a function.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where tasks go: local:, drover://host[:port] or embedded:[path].</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of keys, trust and queues, instead of $DROVER_HOME.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print JSON, one object a line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print this help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The queue to wait in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From -100 to 100, greater runs first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long an attempt may run: 90, 10m, 2h.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often to try again when the task fails.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The wait before the first retry, doubled for each further one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tag that the worker must have; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same key is the same task: it runs once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not before this time: 2026-12-24T18:00 or +10m.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not started after this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of this machine&apos;s worker instead of that of its user.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both lists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the key may do: observe, submit, command, work, admin, with commas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to call it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give up after this time: 90, 10m, 2h.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many tasks run at once; the number of processors unless given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tag that tasks may ask for; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address to listen on; all unless given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dial the broker at this address, too; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Announce on this interface only; may be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not announce this worker on the LAN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End when there was no task for so long; 0, which is for ever, unless given.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::LoopbackBackend</name>
    <message>
        <source>There is no task %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client was closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The task was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The task was cancelled before it ran.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client was closed before the batch ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client was closed before the task ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The task %1 is still running.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::MulticastSocket</name>
    <message>
        <source>Cannot %1 on %2 (%3, UDP port %4): %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>join the group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>send</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::Peer</name>
    <message>
        <source>&quot;%1&quot; is not an address: write host:port or [IPv6]:port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address &quot;%1&quot; needs a port from 1 to 65535: write host:port or [IPv6]:port.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::QueuesModel</name>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::SessionBackend</name>
    <message>
        <source>The client was closed before the task ended; the task goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client was closed before the batch ended; what was submitted goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such batch.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::TaskHandle</name>
    <message>
        <source>The client was closed; the task goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reader of the task&apos;s values was destroyed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt %1 of the task gave fewer values than the one before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt %1 of the task gives its values from the first one on, some of them again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt %1 of the task gave other values than the one before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) of what the task told were dropped, because nobody read in time.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>What the task told is not kept any more, or another reader has it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::TasksModel</name>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broker</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::Texts</name>
    <message>
        <source>Held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Will retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trashed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exception</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exit code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crashed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deadline passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worker lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too much output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disk limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejected by the worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a task it needs failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quarantined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>could not be started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asked for by a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::WorkersModel</name>
    <message>
        <source>%1 of %2</source>
        <comment>slots taken</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gone since %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected since %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slots in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::gui::LaunchBar</name>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A command to run on a worker, for instance: make -j8 test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quotes join words; nothing is expanded. For pipes and variables: sh -c &apos;…&apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs %1 without arguments</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Runs %1 with %n argument(s): %2</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::gui::LogView</name>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier output is not kept any more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::gui::MainWindow</name>
    <message>
        <source>Tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queues</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which tasks are shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Drover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Launch a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel selected tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the s&amp;ystem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Drover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Drover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drover %1 spreads work over the machines of a LAN.

Licence: MIT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy task id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is queued.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 Trying again by itself.</source>
        <comment>the reason, a sentence</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – Drover</source>
        <comment>the name of a broker</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n worker(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 slots in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <comment>tasks</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 running</source>
        <comment>tasks</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No queue yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A queue appears with the first task that names it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No worker is connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks wait until there is one. Start a worker here or on another machine:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of more, the rest waits</source>
        <comment>tasks</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>tasks</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No task is like that</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) are hidden by the search.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Show all tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks appear once the broker answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was queued is kept there, and workers go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No tasks yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a command above and press Enter, or in a terminal:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::gui::ShellWords</name>
    <message>
        <source>The line ends with a backslash; write a character behind it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quote %1 is not closed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drover::gui::TaskDetails</name>
    <message>
        <source>Cancel task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No task is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one above to see what it does, where it runs, and what it writes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the broker…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rest of the output was not kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt %1 on %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Function</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, priority %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It wrote nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else launched this task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it writes goes to whoever launched it. It is shown here when the task has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read it here instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing written yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output appears here as the task writes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not started yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
