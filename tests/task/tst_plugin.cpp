// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/plugin.h"
#include "testing/main.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

using namespace drover;

class TestPlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPluginEntersItsFunctions();
    void whatIsNoPluginIsNamed_data();
    void whatIsNoPluginIsNamed();
};

void TestPlugin::aPluginEntersItsFunctions()
{
    Registry registry;
    const Result<void> loaded = loadPlugin(QStringLiteral(GOOD_PLUGIN), registry);
    QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message()));
    QCOMPARE(*registry.call("plugin.double", {21}).submitted().result(), QVariant(42));
}

void TestPlugin::whatIsNoPluginIsNamed_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("message");
    QTest::newRow("missing") << "/nowhere/plugin.so" << ErrorCode::NotFound << "There is no plugin";
    QTest::newRow("text") << QStringLiteral(SOURCE_FILE) << ErrorCode::InvalidArgument << "cannot be loaded";
    QTest::newRow("other library") << QStringLiteral(OTHER_LIBRARY) << ErrorCode::InvalidArgument
                                   << "lacks DROVER_PLUGIN";
    QTest::newRow("older") << QStringLiteral(OLD_PLUGIN) << ErrorCode::VersionMismatch << "build it again";
}

void TestPlugin::whatIsNoPluginIsNamed()
{
    QFETCH(QString, path);
    QFETCH(QString, message);
    QFETCH(ErrorCode, code);
    Registry registry;
    const Result<void> loaded = loadPlugin(path, registry);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code(), code);
    QVERIFY2(loaded.error().message().contains(message), qPrintable(loaded.error().message()));
    QVERIFY(loaded.error().message().contains(path));
}

DROVER_TEST_MAIN(TestPlugin)
#include "tst_plugin.moc"
