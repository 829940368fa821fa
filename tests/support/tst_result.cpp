// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/result.h"
#include "testing/main.h"

#include <memory>

using namespace drover;

namespace {

Result<int> half(int number)
{
    if (number % 2 != 0)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("%1 is odd").arg(number));
    return number / 2;
}

Result<> evenOnly(int number)
{
    if (number % 2 != 0)
        return fail(half(number).error());
    return {};
}

static_assert(IsResult<Result<int>>::value && IsResult<Result<>>::value && !IsResult<int>::value);
static_assert(std::is_same_v<Result<int>::value_type, int> && std::is_same_v<Result<int>::error_type, Error>);
static_assert(std::is_copy_constructible_v<Result<QString>> && std::is_nothrow_move_constructible_v<Result<QString>>);
static_assert(!std::is_convertible_v<Result<int>, bool>);

} // namespace

class TestResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valueIsReachedInEachWay()
    {
        const Result<int> result = half(8);
        QVERIFY(result && result.has_value());
        QCOMPARE(*result, 4);
        QCOMPARE(result.value(), 4);
        QCOMPARE(result.value_or(1), 4);
        QCOMPARE(Result<QString>(QStringLiteral("text"))->size(), 4);
    }

    void errorIsReachedAndValueThrowsIt()
    {
        const Result<int> result = half(3);
        QVERIFY(!result && !result.has_value());
        QCOMPARE(result.error(), Error(ErrorCode::InvalidArgument, QStringLiteral("3 is odd")));
        QCOMPARE(result.value_or(1), 1);
        QVERIFY_EXCEPTION_THROWN((void)result.value(), TaskError);
        QVERIFY_EXCEPTION_THROWN((void)half(5).value(), TaskError);
    }

    void resultWithoutValueWorksToo()
    {
        QVERIFY(evenOnly(2));
        evenOnly(2).value();
        const Result<> odd = evenOnly(1);
        QVERIFY(!odd);
        QCOMPARE(odd.error().message(), QStringLiteral("1 is odd"));
        QVERIFY_EXCEPTION_THROWN(odd.value(), TaskError);
    }

    void valueCanBeChangedInPlace()
    {
        Result<QString> result(QStringLiteral("a"));
        *result += u'b';
        result->append(u'c');
        result.value() += u'd';
        QCOMPARE(*result, QStringLiteral("abcd"));
        Result<QString> failed = fail(ErrorCode::Timeout, {});
        failed.error().setTransient();
        QVERIFY(failed.error().isTransient());
    }

    void valuesThatCannotBeCopiedAreMovedOut()
    {
        Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
        const std::unique_ptr<int> taken = std::move(result).value();
        QCOMPARE(*taken, 7);
        const std::unique_ptr<int> other = *Result<std::unique_ptr<int>>(std::make_unique<int>(8));
        QCOMPARE(*other, 8);
    }

    void equalityComparesValueAndError_data()
    {
        QTest::addColumn<int>("left");
        QTest::addColumn<int>("right");
        QTest::addColumn<bool>("equal");
        QTest::newRow("same value") << 2 << 2 << true;
        QTest::newRow("other value") << 2 << 4 << false;
        QTest::newRow("same error") << 3 << 3 << true;
        QTest::newRow("other error") << 3 << 5 << false;
        QTest::newRow("value and error") << 2 << 3 << false;
    }

    void equalityComparesValueAndError()
    {
        QFETCH(int, left);
        QFETCH(int, right);
        QFETCH(bool, equal);
        QCOMPARE(half(left) == half(right), equal);
    }

    void resultOfAnErrorIsAValue()
    {
        const Result<Error> found(Error(ErrorCode::Expired, {}));
        QVERIFY(found);
        QCOMPARE(found->code(), ErrorCode::Expired);
        const Result<Error> failed = fail(ErrorCode::NotFound, {});
        QVERIFY(!failed);
    }

    void resultsAreAssignedFromOneKindToTheOther()
    {
        Result<QString> result(QStringLiteral("long enough to be on the heap, for the sanitizers to see"));
        result = Result<QString>(fail(ErrorCode::Timeout, QStringLiteral("too late")));
        QCOMPARE(result.error().code(), ErrorCode::Timeout);
        result = QStringLiteral("again");
        QCOMPARE(*result, QStringLiteral("again"));
    }
};

DROVER_TEST_MAIN(TestResult)

#include "tst_result.moc"
