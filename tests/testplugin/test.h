// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"
#include "task/function.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <algorithm>

//! What the plugin of tests with real processes can do (libtestplugin).
namespace test {

using drover::arg;

inline constexpr drover::Function<void()> noop{"test.noop"};
//! Its argument, also as raw bytes.
inline constexpr drover::Function<QByteArray(QByteArray)> echo{"test.echo", arg("bytes")};
//! Ends with a std::runtime_error of that text. It is `throw` to callers by name.
inline constexpr drover::Function<int(QString)> raise{"test.throw", arg("text")};
//! The executor dies of SIGABRT.
inline constexpr drover::Function<void()> abort{"test.abort"};
//! Gives the loop of its process back while it sleeps. Ends early, with ErrorCode::Revoked, when asked to stop.
inline constexpr drover::Function<int(int)> sleep{"test.sleep", arg("ms")};
//! The same without giving the loop back: nothing else runs in its executor.
inline constexpr drover::Function<int(int)> block{"test.block", arg("ms")};
//! For so many milliseconds, whoever asks it to stop.
inline constexpr drover::Function<int(int)> stubborn{"test.stubborn", arg("ms")};
//! Until it is asked to stop, at most so many milliseconds: gives the Reason as a number, 0 when nobody asked.
inline constexpr drover::Function<int(int)> untilAsked{"test.untilAsked", arg("ms")};
//! Progress, a log line and a value for each of 1 to count, in this order.
inline constexpr drover::Function<int(int)> emitItems{"test.emit", arg("count")};
//! So many values of so many bytes.
inline constexpr drover::Function<int(int, int)> emitBytes{"test.emitBytes", arg("count"), arg("size")};
//! The values 1 to count with a pause after each; its executor dies in the first attempt after so many (0: it does not).
inline constexpr drover::Function<int(int, int, int)> count{"test.count", arg("count"), arg("pauseMs", 0),
                                                            arg("dieAfter", 0)};
//! So many values of so many bytes, then it waits until it is asked to stop.
inline constexpr drover::Function<int(int, int)> emitAndStay{"test.emitAndStay", arg("count"), arg("size")};
//! Fails in the attempts before that one; its number.
inline constexpr drover::Function<int(int)> succeedAt{"test.succeedAt", arg("attempt")};
//! Emits the id of a child that sleeps so long, then awaits it.
inline constexpr drover::Function<int(int, bool)> parent{"test.parent", arg("ms"), arg("detached", false)};

//! A codec that the plugin knows by the name "test.reverse".
inline drover::Result<QByteArray> reversed(QByteArray bytes)
{
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

//! Submits itself with one level less until there is none left; how deep it went.
inline constexpr drover::Function<int(int)> nest{"test.nest", arg("levels")};

//! So many bytes to `echo` and back; how many came.
inline constexpr drover::Function<int(int)> nestedEcho{"test.nestedEcho", arg("size")};

//! The same by threads that wait instead of coroutines that suspend.
inline constexpr drover::Function<qint64(int)> blockingFib{"test.blockingFib", arg("n")};
//! Waits in its thread for a child that sleeps so long.
inline constexpr drover::Function<int(int)> blockingParent{"test.blockingParent", arg("ms")};
//! So many threads wait for a child each, that sleeps so long; how many of those ended well.
inline constexpr drover::Function<int(int, int)> threads{"test.threads", arg("count"), arg("ms")};

} // namespace test
