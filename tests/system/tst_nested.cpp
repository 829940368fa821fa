// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

// Tasks that await tasks of their own, on one worker with one slot.
class TestNested : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;
    QJsonObject status() const { return lab->shell({QStringLiteral("status"), QStringLiteral("--json")}).json(); }
    int count(const char *name) const { return status()[QLatin1String(name)].toInt(); }
    QString submit(const QStringList &words) const
    {
        return lab->shell(QStringList{QStringLiteral("submit")} + words).text();
    }
    QString fib(int n) const { return submit({QStringLiteral("lab.fib"), QString::number(n)}); }

private Q_SLOTS:
    void init();
    void cleanup() { lab.reset(); }
    void recursionEndsOnOneSlot();
    void recursionSurvivesTheDeathOfExecutors();
    void tooDeepIsAClearError();
    void cancellingAParentCancelsItsChildren();
    void detachedChildrenGoOn();
};

void TestNested::init()
{
    lab = std::make_unique<Lab>();
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
    QVERIFY(lab->startWorker(QStringLiteral("lab-1"), {QStringLiteral("--slots"), QStringLiteral("1")}));
    QVERIFY2(lab->awaitFunction(QStringLiteral("lab.fib")), qPrintable(lab->log(QStringLiteral("lab-1"))));
}

void TestNested::recursionEndsOnOneSlot()
{
    const Ran ran = lab->shell({QStringLiteral("call"), QStringLiteral("lab.fib"), QStringLiteral("12")});
    VERIFY_RAN(ran, ran.code == 0 && ran.text() == QLatin1String("144"));
    QTRY_COMPARE(count("finished"), 465);
    QCOMPARE(count("running") + count("queued"), 0);
}

void TestNested::recursionSurvivesTheDeathOfExecutors()
{
    const QList<qint64> first = lab->executorsOf(QStringLiteral("lab-1"));
    QVERIFY(!first.isEmpty());
    const QString id = fib(12);
    // others run by now, because the one with the root awaits its children
    QTRY_VERIFY_WITH_TIMEOUT(lab->executorsOf(QStringLiteral("lab-1")).size() > first.size() + 1, 10'000);
    const QString before = lab->stateOf(id);
    int killed = 0;
    for (const qint64 pid : lab->executorsOf(QStringLiteral("lab-1")))
        killed += processtable::kill(pid);
    QVERIFY(killed >= 3);
    QVERIFY2(before == QLatin1String("STARTED") || before == QLatin1String("RECEIVED"), qPrintable(before));
    const Ran ran = lab->shell({QStringLiteral("wait"), QStringLiteral("--timeout"), QStringLiteral("25"), id});
    VERIFY_RAN(ran, ran.code == 0 && ran.text() == QLatin1String("144"));
    // the root's own executor was among the killed ones, and no child was made twice
    QVERIFY(lab->show(id)[QLatin1String("attempt")].toInt() >= 2);
    QTRY_COMPARE(count("finished"), 465);
    QCOMPARE(count("running") + count("queued"), 0);
}

void TestNested::tooDeepIsAClearError()
{
    const auto nest = [this](int levels) {
        return lab->shell({QStringLiteral("call"), QStringLiteral("test.nest"), QString::number(levels)});
    };
    const Ran deep = nest(64);
    VERIFY_RAN(deep, deep.code == 0 && deep.text() == QLatin1String("64"));
    const Ran deeper = nest(65);
    VERIFY_RAN(deeper, deeper.code != 0 && deeper.complaint().contains(QLatin1String("nested deeper than 64")));
    QTRY_COMPARE(count("running") + count("queued"), 0);
}

void TestNested::cancellingAParentCancelsItsChildren()
{
    const QString id = submit({QStringLiteral("test.parent"), QStringLiteral("60000")});
    QTRY_COMPARE_WITH_TIMEOUT(count("running"), 2, 10'000);
    QCOMPARE(lab->shell({QStringLiteral("cancel"), id}).code, 0);
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("REVOKED"), 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(count("finished"), 2, 10'000);
    QCOMPARE(count("running") + count("queued"), 0);
}

void TestNested::detachedChildrenGoOn()
{
    const QString id = submit({QStringLiteral("test.parent"), QStringLiteral("60000"), QStringLiteral("true")});
    QTRY_COMPARE_WITH_TIMEOUT(count("running"), 2, 10'000);
    QCOMPARE(lab->shell({QStringLiteral("cancel"), id}).code, 0);
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("REVOKED"), 10'000);
    QCOMPARE(count("running"), 1);
    QCOMPARE(count("finished"), 1);
}

DROVER_TEST_MAIN(TestNested)

#include "tst_nested.moc"
