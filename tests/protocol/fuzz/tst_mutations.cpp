// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "samples.h"
#include "testing/main.h"

#include <random>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace {

using Random = std::mt19937;

size_t below(Random &random, size_t limit)
{
    return limit ? random() % limit : 0;
}

//! One small change: a byte, a bit, a cut, a doubled or foreign piece, a great length.
void mutate(QByteArray &bytes, const QByteArray &other, Random &random)
{
    const auto at = qsizetype(below(random, size_t(bytes.size())));
    switch (random() % 7) {
    case 0: bytes.isEmpty() ? void() : void(bytes[at] = char(random())); break;
    case 1: bytes.isEmpty() ? void() : void(bytes[at] = char(bytes[at] ^ (1 << random() % 8))); break;
    case 2: bytes.truncate(at); break;
    case 3: bytes.remove(at, qsizetype(1 + random() % 4)); break;
    case 4: bytes.insert(at, other.mid(qsizetype(below(random, size_t(other.size()))), 16)); break;
    case 5: bytes.insert(at, bytes.mid(at, 8)); break;
    default: bytes.replace(at, 1, QByteArray::fromHex("9b00000000ffffffff").mid(0, qsizetype(1 + random() % 9))); break;
    }
}

} // namespace

//! Runs the entry of a fuzz target over the samples and seeded mutations of them, the same ones in each run.
class TestMutations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingBreaksTheParser()
    {
        const std::vector<QByteArray> seeds = drover::testing::seeds();
        Random random(20260101);
        for (const QByteArray &seed : seeds)
            run(seed);
        for (int round = 0; round < 100000; ++round) {
            QByteArray bytes = seeds[below(random, seeds.size())];
            for (size_t changes = 1 + below(random, 4); changes > 0; --changes)
                mutate(bytes, seeds[below(random, seeds.size())], random);
            run(bytes);
        }
    }

private:
    static void run(const QByteArray &bytes)
    {
        // A block of its own size, so that ASan sees one byte too far.
        const std::vector<uint8_t> block(bytes.begin(), bytes.end());
        LLVMFuzzerTestOneInput(block.data(), block.size());
    }
};

DROVER_TEST_MAIN(TestMutations)
#include "tst_mutations.moc"
