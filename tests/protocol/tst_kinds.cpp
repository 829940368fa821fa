// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/kinds.h"
#include "samples.h"
#include "testing/main.h"

using namespace drover;

Q_DECLARE_METATYPE(drover::Kind)
Q_DECLARE_METATYPE(drover::Party)

namespace {

constexpr Party parties[] = {Party::Client, Party::Worker, Party::Broker, Party::Executor};

} // namespace

class TestKinds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessageHasARowAndEveryRowAMessage()
    {
        const auto table = kindTable();
        const auto &cases = testing::messageCases();
        QCOMPARE(cases.size(), table.size());
        for (size_t i = 0; i < table.size(); ++i) {
            QVERIFY(cases[i].kind == table[i].kind);
            QCOMPARE(kindInfo(table[i].kind), &table[i]);
            QCOMPARE(toString(table[i].kind), QString(table[i].name));
            QVERIFY(table[i].ways != 0);
            QVERIFY(table[i].bound >= maxControlMessage && table[i].bound < maxIncomingFrame);
        }
    }

    void numbersWithoutARowAreUnknown()
    {
        for (const int number : {0, 4, 9, 38, 56, 64, 69, 75, 79, 82, 86, 89, 96, 999, 1000, 65535}) {
            QVERIFY(!kindInfo(Kind(number)));
            QCOMPARE(toString(Kind(number)), QStringLiteral("kind %1").arg(number));
        }
    }

    void aMessageGoesOnlyWhereTheTableSays_data()
    {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<Party>("from");
        QTest::addColumn<Party>("to");
        for (const KindInfo &info : kindTable()) {
            for (const Party from : parties) {
                for (const Party to : parties)
                    QTest::addRow("%s %d->%d", info.name.data(), int(from), int(to)) << info.kind << from << to;
            }
        }
    }
    void aMessageGoesOnlyWhereTheTableSays()
    {
        QFETCH(const Kind, kind);
        QFETCH(const Party, from);
        QFETCH(const Party, to);
        const auto link = way(from, to);
        const KindInfo *info = kindInfo(kind);
        const bool allowed = link && (info->ways & *link);
        const auto atBound = checkInbound(kind, from, to, info->bound);
        QCOMPARE(atBound.has_value(), allowed);
        if (allowed)
            return;
        QVERIFY(atBound.error().code() == ErrorCode::ProtocolError);
        QVERIFY(atBound.error().message().contains(info->name));
        QVERIFY(atBound.error().message().contains(toString(from)));
    }

    void aMessageOverItsBoundIsRefused_data()
    {
        QTest::addColumn<Kind>("kind");
        for (const KindInfo &info : kindTable())
            QTest::newRow(info.name.data()) << info.kind;
    }
    void aMessageOverItsBoundIsRefused()
    {
        QFETCH(const Kind, kind);
        const KindInfo *info = kindInfo(kind);
        for (const Party from : parties) {
            for (const Party to : parties) {
                const auto link = way(from, to);
                if (!link || !(info->ways & *link))
                    continue;
                const auto over = checkInbound(kind, from, to, info->bound + 1);
                QVERIFY(!over);
                QVERIFY(over.error().code() == ErrorCode::TooLarge);
                QVERIFY(over.error().message().contains(QString::number(info->bound)));
            }
        }
    }

    void anUnknownKindIsRefused()
    {
        const auto refused = checkInbound(Kind(999), Party::Client, Party::Broker, 3);
        QVERIFY(!refused);
        QVERIFY(refused.error().code() == ErrorCode::ProtocolError);
        QCOMPARE(refused.error().message(), QStringLiteral("kind 999 is not known."));
    }

    void rolesFollowTheDirection_data()
    {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<Party>("from");
        QTest::addColumn<Party>("to");
        QTest::addColumn<QString>("role");
        const auto row = [](Kind kind, Party from, Party to, const char *role) {
            QTest::addRow("%s %d->%d", qPrintable(toString(kind)), int(from), int(to))
                << kind << from << to << QString::fromLatin1(role);
        };
        row(Kind::Hello, Party::Client, Party::Broker, "none");
        row(Kind::Hello, Party::Worker, Party::Broker, "none");
        row(Kind::Credit, Party::Broker, Party::Worker, "none");
        row(Kind::Submit, Party::Client, Party::Broker, "submit");
        row(Kind::Submit, Party::Worker, Party::Broker, "work");
        row(Kind::Submit, Party::Executor, Party::Worker, "none");
        row(Kind::Watch, Party::Client, Party::Broker, "observe");
        row(Kind::TaskResult, Party::Broker, Party::Client, "none");
        row(Kind::TaskResult, Party::Broker, Party::Worker, "submit");
        row(Kind::Offer, Party::Worker, Party::Broker, "work");
        row(Kind::Assign, Party::Broker, Party::Worker, "submit");
        row(Kind::Assign, Party::Worker, Party::Executor, "none");
        row(Kind::StreamOpen, Party::Broker, Party::Worker, "observe");
        row(Kind::Finished, Party::Worker, Party::Broker, "work");
        row(Kind::Subscribe, Party::Client, Party::Broker, "observe");
        row(Kind(999), Party::Client, Party::Broker, "none");
    }
    void rolesFollowTheDirection()
    {
        QFETCH(const Kind, kind);
        QFETCH(const Party, from);
        QFETCH(const Party, to);
        QTEST(QString(roleName(leastRole(kind, from, to))), "role");
    }

    void onlyStreamsTablesAndLargeValuesAreBulk()
    {
        QStringList bulk;
        for (const KindInfo &info : kindTable()) {
            if (info.plane == Plane::Bulk)
                bulk.append(info.name);
        }
        QCOMPARE(bulk.join(u' '), QStringLiteral("TaskList StreamItems Snapshot Delta BlobPut BlobData BlobClose"));
    }
};

DROVER_TEST_MAIN(TestKinds)
#include "tst_kinds.moc"
