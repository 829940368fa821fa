// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/id.h"
#include "testing/main.h"

#include <QtCore/QDateTime>
#include <QtCore/QSet>

#include <unordered_set>

using namespace drover;

class TestId : public QObject
{
    Q_OBJECT

private:
    static constexpr std::array<quint8, 16> counting{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255};

private Q_SLOTS:
    void defaultIdIsNull()
    {
        QVERIFY(Id().isNull());
        QVERIFY(!Id(counting).isNull());
        QCOMPARE(Id().toString(), QStringLiteral("00000000-0000-0000-0000-000000000000"));
    }

    void printedFormAndBytesAreReadBack()
    {
        const Id id(counting);
        QCOMPARE(id.toString(), QStringLiteral("00010203-0405-0607-0809-0a0b0c0d0eff"));
        QCOMPARE(Id::fromString(id.toString()), id);
        QCOMPARE(Id::fromBytes(id.view()), id);
        QCOMPARE(id.view(), QByteArrayView(reinterpret_cast<const char *>(counting.data()), 16));
    }

    void textIsReadOrRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        const auto row = [](const char *name, const char *text, bool good) {
            QTest::newRow(name) << QString::fromUtf8(text) << good;
        };
        row("lower case", "00010203-0405-0607-0809-0a0b0c0d0eff", true);
        row("upper case", "00010203-0405-0607-0809-0A0B0C0D0EFF", true);
        row("null", "00000000-0000-0000-0000-000000000000", true);
        row("empty", "", false);
        row("one short", "00010203-0405-0607-0809-0a0b0c0d0ef", false);
        row("one long", "00010203-0405-0607-0809-0a0b0c0d0eff0", false);
        row("braces", "{00010203-0405-0607-0809-0a0b0c0d0e}", false);
        row("no dashes", "000102030405060708090a0b0c0d0eff0011", false);
        row("dash moved", "0001020-30405-0607-0809-0a0b0c0d0eff", false);
        row("dash for a digit", "0001020--0405-0607-0809-0a0b0c0d0eff", false);
        row("not a digit", "0001020g-0405-0607-0809-0a0b0c0d0eff", false);
        row("blank for a digit", "0001020 -0405-0607-0809-0a0b0c0d0eff", false);
        row("not Latin", "0001020\xc3\xa9-0405-0607-0809-0a0b0c0d0eff", false);
        row("a digit of another script", "0001020\xd9\xa3-0405-0607-0809-0a0b0c0d0eff", false);
    }

    void textIsReadOrRefused()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        const std::optional<Id> id = Id::fromString(text);
        QCOMPARE(id.has_value(), good);
        if (good)
            QCOMPARE(id->toString(), text.toLower());
    }

    void bytesOfAnotherSizeAreRefused_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 15, 17, 32})
            QTest::addRow("%d", size) << size;
    }

    void bytesOfAnotherSizeAreRefused()
    {
        QFETCH(int, size);
        QVERIFY(!Id::fromBytes(QByteArray(size, 'x')));
    }

    void idsAreOrderedByTheirBytesAndHashed()
    {
        auto later = counting;
        later[0] = 1;
        QVERIFY(Id() < Id(counting));
        QVERIFY(Id(counting) < Id(later));
        QVERIFY(Id(counting) != Id(later));
        QCOMPARE((QSet<Id>{Id(counting), Id(counting), Id(later)}.size()), 2);
        QCOMPARE((std::unordered_set<Id>{Id(counting), Id(counting), Id(later)}.size()), size_t(2));
    }

    void idsHaveTheShapeOfVersion7()
    {
        IdGenerator generator(1);
        const QString text = generator.next(0x0123456789ab).toString();
        QVERIFY(text.startsWith(QStringLiteral("01234567-89ab-7")));
        QVERIFY(QStringLiteral("89ab").contains(text.at(19)));
    }

    void idsOfOneGeneratorAreDistinctAndRise()
    {
        // more in one millisecond than its counter holds
        constexpr int count = (1 << 18) + 1000;
        IdGenerator generator(7);
        QSet<Id> seen;
        Id last;
        for (int i = 0; i < count; ++i) {
            const Id id = generator.next(1'000'000);
            QVERIFY(last < id);
            seen.insert(last = id);
        }
        QCOMPARE(seen.size(), count);
    }

    void idsRiseWhenTheClockStepsBack()
    {
        IdGenerator generator(7);
        const Id before = generator.next(2'000'000);
        const Id after = generator.next(1'000'000);
        QVERIFY(before < after);
        QVERIFY(after < generator.next(2'000'001));
    }

    void sameSeedGivesTheSameIdsAnotherSeedOthers()
    {
        IdGenerator one(42), same(42), other(43);
        const Id id = one.next(5);
        QCOMPARE(same.next(5), id);
        QVERIFY(other.next(5) != id);
        QVERIFY(IdGenerator().next(5) != IdGenerator().next(5));
    }

    void idOfNowCarriesTheTime()
    {
        const qint64 before = QDateTime::currentMSecsSinceEpoch();
        const Id id = IdGenerator().next();
        qint64 time = 0;
        for (int i = 0; i < 6; ++i)
            time = time << 8 | id.bytes()[size_t(i)];
        QVERIFY(time >= before && time <= QDateTime::currentMSecsSinceEpoch());
    }
};

DROVER_TEST_MAIN(TestId)

#include "tst_id.moc"
