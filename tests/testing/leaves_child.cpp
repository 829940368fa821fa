// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/main.h"

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>

// Not a test of its own: tst_main runs it, a slot at a time.
class LeavesChild : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesNothing() { qInfo("home=%s", qPrintable(qEnvironmentVariable("DROVER_HOME"))); }
    void failsByItself() { QFAIL("on purpose"); }
    void leavesAnOrphan()
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("sleep"));
        qint64 pid = 0;
        QVERIFY(QProcess::startDetached(program, {QStringLiteral("600")}, {}, &pid));
        qInfo("orphan=%lld", pid);
    }
};

DROVER_TEST_MAIN(LeavesChild)

#include "leaves_child.moc"
