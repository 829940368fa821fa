// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/frame.h"
#include "support/result.h"

#include <vector>

namespace drover::testing {

//! One message kind with two samples of it, so that tests can be tables over all messages.
struct MessageCase
{
    Kind kind;
    const char *name; //!< lives as long as the program
    quint64 fields;
    quint64 required; //!< of these, all but those of later versions
    QByteArray minimal; //!< the encoding of a default-constructed message
    QByteArray full; //!< of one whose fields all differ from their defaults
    bool (*isMinimal)(const RawMessage &); //!< decodes and equals
    bool (*isFull)(const RawMessage &);
    Result<QByteArray> (*recode)(const RawMessage &); //!< decodes and encodes again
};

//! All of AllMessages, by rising kind.
const std::vector<MessageCase> &messageCases();

//! The folder of the frozen encodings.
QString goldenFolder();
//! All encodings of all samples, for fuzzing.
std::vector<QByteArray> seeds();

} // namespace drover::testing
