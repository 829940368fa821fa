// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/error.h"
#include "testing/main.h"

#include <QtCore/QSet>

using namespace drover;

class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultErrorIsNone()
    {
        const Error error;
        QCOMPARE(error.code(), ErrorCode::None);
        QCOMPARE(error.reason(), Reason::None);
        QVERIFY(!error.isTransient());
        QVERIFY(error.taskId().isNull());
        QCOMPARE(error.attempt(), 0u);
        QCOMPARE(error, Error());
    }

    void reasonMakesItAFailedTask()
    {
        const Error error(Reason::Crashed, QStringLiteral("gone"));
        QCOMPARE(error.code(), ErrorCode::TaskFailed);
        QCOMPARE(error.reason(), Reason::Crashed);
    }

    void settersAreReadBackAndMakeADifference_data()
    {
        QTest::addColumn<Error>("error");
        const Error base(ErrorCode::NotFound, QStringLiteral("none"));
        QTest::newRow("code") << Error(base).setCode(ErrorCode::Expired);
        QTest::newRow("reason") << Error(base).setReason(Reason::User);
        QTest::newRow("type name") << Error(base).setTypeName(QStringLiteral("std::out_of_range"));
        QTest::newRow("message") << Error(base).setMessage(QStringLiteral("some"));
        QTest::newRow("details") << Error(base).setDetails({{QStringLiteral("signal"), 6}});
        QTest::newRow("transient") << Error(base).setTransient();
        QTest::newRow("task") << Error(base).setTask(Id({1}), 0);
        QTest::newRow("attempt") << Error(base).setTask(Id(), 1);
    }

    void settersAreReadBackAndMakeADifference()
    {
        QFETCH(Error, error);
        const Error base(ErrorCode::NotFound, QStringLiteral("none"));
        QVERIFY(error != base);
        const Error copy = error;
        QCOMPARE(copy, error);
        Error rebuilt(error.code(), error.message());
        rebuilt.setReason(error.reason()).setTypeName(error.typeName()).setDetails(error.details());
        rebuilt.setTransient(error.isTransient()).setTask(error.taskId(), error.attempt());
        QCOMPARE(rebuilt, error);
    }

    void detailsAreAddedByName()
    {
        Error error;
        error.setDetail(QStringLiteral("signal"), 6).setDetail(QStringLiteral("signal"), 9);
        QCOMPARE(error.details(), (QVariantMap{{QStringLiteral("signal"), 9}}));
    }

    void everyCodeAndReasonHasItsOwnName()
    {
        QSet<QString> names;
        for (int code = 0; code <= int(ErrorCode::Internal); ++code)
            names.insert(toString(ErrorCode(code)));
        QCOMPARE(names.size(), int(ErrorCode::Internal) + 1);
        names.clear();
        for (int reason = 0; reason <= int(Reason::User); ++reason)
            names.insert(toString(Reason(reason)));
        QCOMPARE(names.size(), int(Reason::User) + 1);
    }

    void namesAreThoseOfTheDocuments_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expected");
        QTest::newRow("first code") << toString(ErrorCode::None) << QStringLiteral("none");
        QTest::newRow("some code") << toString(ErrorCode::NotTrusted) << QStringLiteral("not_trusted");
        QTest::newRow("last code") << toString(ErrorCode::Internal) << QStringLiteral("internal");
        QTest::newRow("code of later") << toString(ErrorCode(60000)) << QStringLiteral("unknown(60000)");
        QTest::newRow("some reason") << toString(Reason::WorkerLost) << QStringLiteral("worker_lost");
        QTest::newRow("last reason") << toString(Reason::User) << QStringLiteral("user");
        QTest::newRow("reason of later") << toString(Reason(200)) << QStringLiteral("unknown(200)");
    }

    void namesAreThoseOfTheDocuments()
    {
        QFETCH(QString, name);
        QTEST(name, "expected");
    }

    void debugOutputNamesWhatIsThere()
    {
        QString text;
        QDebug(&text) << Error(ErrorCode::NotFound, QStringLiteral("no such task"));
        QCOMPARE(text.trimmed(), QStringLiteral("not_found: no such task"));
        text.clear();
        QDebug(&text) << Error(Reason::Exception, QStringLiteral("bad")).setTypeName(QStringLiteral("std::bad_alloc"));
        QCOMPARE(text.trimmed(), QStringLiteral("task_failed/exception std::bad_alloc: bad"));
    }

    void thrownErrorKeepsAllAndItsTextIsTheMessage()
    {
        const Error error = Error(Reason::ExitCode, QStringLiteral("it ended with 3: \u00e9")).setTransient();
        try {
            throw TaskError(error);
        } catch (const std::exception &exception) {
            QCOMPARE(QString::fromUtf8(exception.what()), error.message());
            QCOMPARE(dynamic_cast<const TaskError &>(exception).error(), error);
        }
    }
};

DROVER_TEST_MAIN(TestError)

#include "tst_error.moc"
