// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/message.h"
#include "protocol/messages.h"

#include <QtCore/QElapsedTimer>

#include <cstdio>

using namespace drover;

namespace {

constexpr int rounds = 1000000;
constexpr int perFrame = 64;

//! Nanoseconds for one message, in frames of \ref perFrame into one reused buffer.
template <Message M> void measure(const char *name, const M &message)
{
    QByteArray frame;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < rounds / perFrame; ++i) {
        frame.resize(0);
        for (int j = 0; j < perFrame; ++j)
            encode(frame, message);
    }
    const double encoding = double(timer.nsecsElapsed()) / rounds;
    qsizetype failures = 0;
    timer.start();
    for (int i = 0; i < rounds / perFrame; ++i) {
        FrameReader reader(frame);
        while (const auto raw = reader.next())
            failures += !decode<M>(*raw);
    }
    const double decoding = double(timer.nsecsElapsed()) / rounds;
    std::printf("%-10s %4d bytes   encode %4.0f ns   walk and decode %4.0f ns%s\n", name, int(frame.size() / perFrame),
                encoding, decoding, failures ? "   FAILED" : "");
}

Submit someSubmit()
{
    Submit submit;
    submit.seq = 123456;
    submit.id = IdGenerator(1).next(1767225600000);
    submit.function = QStringLiteral("lab.count_words");
    submit.signatureHash = 0x123456789abcdef0;
    submit.arguments = Payload::cbor(QByteArray(60, 'x'));
    submit.summary = QStringLiteral("\"/usr/share/doc/file\"");
    return submit;
}

Finished someFinished()
{
    Finished finished;
    finished.id = IdGenerator(1).next(1767225600000);
    finished.token = {7, 1};
    finished.ok = true;
    finished.value = Payload::cbor(QByteArray(40, 'x'));
    finished.durationUs = 12345;
    finished.startedMs = 1767225600000;
    return finished;
}

} // namespace

int main()
{
    measure("Submit", someSubmit());
    measure("Finished", someFinished());
}
