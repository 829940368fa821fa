// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/main.h"
#include "trust/identity.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QSslCertificate>

using namespace drover;

namespace {

const QString name = QStringLiteral("user");

} // namespace

class IdentityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void keyIsMadeOnceAndStays();
    void fileIsForItsOwnerAlone();
    void openFileIsClosedToOthers();
    void certificateIsValidForAllTimes();
    void fingerprintIsThatOfTheCertificate();
    void processesThatRaceGetTheSameKey();
    void namesHaveKeysOfTheirOwn();
    void damagedFileIsNamedAndKept_data();
    void damagedFileIsNamedAndKept();
    void folderThatCannotBeMadeIsNamed();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("user.pem")); }
    QByteArray content() const
    {
        QFile file(path());
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray &bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(bytes);
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void IdentityTest::keyIsMadeOnceAndStays()
{
    const Identity made = Identity::loadOrCreate(m_folder->path(), name).value();
    const Identity read = Identity::loadOrCreate(m_folder->path(), name).value();
    QVERIFY(made.isNew());
    QVERIFY(!read.isNew());
    QCOMPARE(read.fingerprint(), made.fingerprint());
    QCOMPARE(read.certificatePem(), made.certificatePem());
    QCOMPARE(read.keyPem(), made.keyPem());
    QCOMPARE(made.fingerprint().size(), 32);
    QCOMPARE(made.fingerprintText().remove(u' ').toLatin1(), made.fingerprint().toHex());
}

void IdentityTest::fileIsForItsOwnerAlone()
{
    QVERIFY(Identity::loadOrCreate(m_folder->path(), name));
    const auto permissions = QFile::permissions(path());
    QVERIFY(permissions.testFlag(QFile::ReadOwner));
    QVERIFY(!(permissions & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
}

void IdentityTest::openFileIsClosedToOthers()
{
    QVERIFY(Identity::loadOrCreate(m_folder->path(), name));
    QVERIFY(QFile::setPermissions(path(), QFile::permissions(path()) | QFile::ReadGroup | QFile::ReadOther));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("user\\.pem was open to other users")));
    QVERIFY(Identity::loadOrCreate(m_folder->path(), name));
    QVERIFY(!(QFile::permissions(path()) & (QFile::ReadGroup | QFile::ReadOther)));
}

void IdentityTest::certificateIsValidForAllTimes()
{
    const Identity identity = Identity::loadOrCreate(m_folder->path(), name).value();
    const QSslCertificate certificate(identity.certificatePem());
    QCOMPARE(certificate.effectiveDate().toUTC(), QDateTime(QDate(1970, 1, 1), QTime(0, 0), Qt::UTC));
    QCOMPARE(certificate.expiryDate().toUTC(), QDateTime(QDate(9999, 12, 31), QTime(23, 59, 59), Qt::UTC));
    QVERIFY(certificate.isSelfSigned());
}

void IdentityTest::fingerprintIsThatOfTheCertificate()
{
    const Identity identity = Identity::loadOrCreate(m_folder->path(), name).value();
    const QSslCertificate certificate(identity.certificatePem());
    QCOMPARE(identity.fingerprint(), certificate.digest(QCryptographicHash::Sha256));
}

void IdentityTest::processesThatRaceGetTheSameKey()
{
    const QString program = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("make_identity"));
    std::vector<std::unique_ptr<QProcess>> racers;
    for (int i = 0; i < 4; ++i) {
        racers.push_back(std::make_unique<QProcess>());
        racers.back()->start(program, {m_folder->path(), name});
    }
    QSet<QByteArray> keys;
    for (const auto &racer : racers) {
        QVERIFY(racer->waitForFinished());
        QCOMPARE(racer->exitCode(), 0);
        keys += racer->readAllStandardOutput().trimmed();
    }
    QCOMPARE(keys.size(), 1);
    QVERIFY(keys.contains(Identity::loadOrCreate(m_folder->path(), name)->fingerprint().toHex()));
}

void IdentityTest::namesHaveKeysOfTheirOwn()
{
    const auto user = Identity::loadOrCreate(m_folder->path(), name);
    const auto worker = Identity::loadOrCreate(m_folder->path(), QStringLiteral("worker"));
    QVERIFY(user && worker);
    QVERIFY(user->fingerprint() != worker->fingerprint());
}

void IdentityTest::damagedFileIsNamedAndKept_data()
{
    const auto one = Identity::loadOrCreate(m_folder->path(), QStringLiteral("one")).value();
    const auto two = Identity::loadOrCreate(m_folder->path(), QStringLiteral("two")).value();
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no PEM") << QByteArray("hello\n");
    QTest::newRow("key alone") << one.keyPem();
    QTest::newRow("certificate alone") << one.certificatePem();
    QTest::newRow("certificate of another key") << one.keyPem() + two.certificatePem();
    QTest::newRow("cut off") << (one.keyPem() + one.certificatePem()).chopped(60);
    QTest::newRow("key damaged") << QByteArray(one.keyPem()).replace(40, 8, "!!!!!!!!") + one.certificatePem();
    QTest::newRow("zeros") << QByteArray(4096, '\0');
}

void IdentityTest::damagedFileIsNamedAndKept()
{
    QFETCH(const QByteArray, bytes);
    write(bytes);
    const auto identity = Identity::loadOrCreate(m_folder->path(), name);
    QVERIFY(!identity);
    QCOMPARE(toString(identity.error().code()), toString(ErrorCode::StorageFailed));
    QVERIFY(identity.error().message().contains(path()));
    QCOMPARE(content(), bytes);
}

void IdentityTest::folderThatCannotBeMadeIsNamed()
{
    write("a file, no folder");
    const auto identity = Identity::loadOrCreate(path() + QStringLiteral("/below"), name);
    QVERIFY(!identity);
    QCOMPARE(toString(identity.error().code()), toString(ErrorCode::StorageFailed));
    QVERIFY(identity.error().message().contains(path()));
}

DROVER_TEST_MAIN(IdentityTest)

#include "tst_identity.moc"
