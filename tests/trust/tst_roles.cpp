// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/main.h"
#include "trust/roles.h"

using namespace drover;

class RolesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsRead_data();
    void textIsRead();
    void unknownWordIsNamed_data();
    void unknownWordIsNamed();
    void adminPermitsEverything();
    void aRolePermitsItselfAlone();
};

void RolesTest::textIsRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("roles");
    QTest::addColumn<QString>("canonical");
    QTest::newRow("one") << QStringLiteral("submit") << 0x02 << QStringLiteral("submit");
    QTest::newRow("two") << QStringLiteral("submit,command") << 0x06 << QStringLiteral("submit,command");
    QTest::newRow("other order") << QStringLiteral("command submit") << 0x06 << QStringLiteral("submit,command");
    QTest::newRow("case and blanks") << QStringLiteral(" Work ,\tADMIN,") << 0x18 << QStringLiteral("work,admin");
    QTest::newRow("twice") << QStringLiteral("observe,observe") << 0x01 << QStringLiteral("observe");
    QTest::newRow("all") << QStringLiteral("admin,work,command,submit,observe") << 0x1f
                         << QStringLiteral("observe,submit,command,work,admin");
    QTest::newRow("none") << QString() << 0 << QString();
}

void RolesTest::textIsRead()
{
    QFETCH(const QString, text);
    QFETCH(const int, roles);
    QFETCH(const QString, canonical);
    const auto read = rolesFromString(text);
    QVERIFY(read);
    QCOMPARE(int(*read), roles);
    QCOMPARE(toString(*read), canonical);
    QVERIFY(rolesFromString(canonical).value() == *read);
}

void RolesTest::unknownWordIsNamed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("word");
    QTest::newRow("misspelt") << QStringLiteral("submit,comand") << QStringLiteral("comand");
    QTest::newRow("start of a role") << QStringLiteral("sub") << QStringLiteral("sub");
    QTest::newRow("number") << QStringLiteral("2") << QStringLiteral("2");
    QTest::newRow("other separator") << QStringLiteral("submit;work") << QStringLiteral("submit;work");
}

void RolesTest::unknownWordIsNamed()
{
    QFETCH(const QString, text);
    QFETCH(const QString, word);
    const auto read = rolesFromString(text);
    QVERIFY(!read);
    QCOMPARE(toString(read.error().code()), toString(ErrorCode::InvalidArgument));
    QVERIFY(read.error().message().contains(u'"' + word + u'"'));
    QVERIFY(read.error().message().contains(QStringLiteral("observe, submit, command, work, admin")));
}

void RolesTest::adminPermitsEverything()
{
    for (const Role role : {Role::Observe, Role::Submit, Role::Command, Role::Work, Role::Admin})
        QVERIFY(permits(Role::Admin, role));
}

void RolesTest::aRolePermitsItselfAlone()
{
    QVERIFY(permits(Role::Submit, Role::Submit));
    QVERIFY(!permits(Role::Submit, Role::Command));
    QVERIFY(!permits(Role::Work, Role::Admin));
    QVERIFY(!permits(Roles(), Role::Observe));
    QVERIFY(permits(Role::Submit | Role::Work, Role::Work));
}

DROVER_TEST_MAIN(RolesTest)

#include "tst_roles.moc"
