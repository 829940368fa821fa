// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/fingerprint.h"
#include "testing/main.h"
#include "trust/identity.h"
#include "trust/truststore.h"
#include "trust/trustwatcher.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

using namespace drover;

namespace {

TrustEntry entry(char fill, const QString &name = QStringLiteral("anna"), Roles roles = Role::Submit)
{
    return {QByteArray(32, fill), name, roles, 1700000000123};
}

QString prefix(char fill)
{
    return QString::fromLatin1(QByteArray(8, fill).toHex());
}

} // namespace

class TrustStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void missingFileTrustsNobody();
    void addedPeersAreListedInOrder();
    void knownKeyGetsNewNameAndRoles();
    void removedPeerIsGone();
    void startMustBeUnique_data();
    void startMustBeUnique();
    void changeByAnotherProcessCountsAtOnce();
    void writersDoNotLoseEachOthersEntries();
    void whatOthersAddedToTheFileIsKept();
    void badFileIsNamedAndNeverOverwritten_data();
    void badFileIsNamedAndNeverOverwritten();
    void fingerprintOfWrongSizeIsRefused();
    void watcherTellsOfReplacedAndEditedFiles();
    void introductionEntersUserAndWorker();
    void introductionDoesNotUndoARemoval();
    void newKeyIsIntroducedToOldFiles();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("trust/user.json")); }
    QByteArray content() const
    {
        QFile file(path());
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray &bytes) const
    {
        QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("trust"))));
        QFile file(path());
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(bytes);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TrustStoreTest::missingFileTrustsNobody()
{
    const TrustStore store(path());
    QVERIFY(store.list().value().isEmpty());
    QCOMPARE(toString(store.find(QByteArray(32, 'a')).error().code()), toString(ErrorCode::NotTrusted));
    QVERIFY(!QFile::exists(path()));
}

void TrustStoreTest::addedPeersAreListedInOrder()
{
    TrustStore store(path());
    QVERIFY(store.add(entry('b', QStringLiteral("büro \"1\""), Role::Work | Role::Observe)));
    QVERIFY(store.add(entry('a')));
    const QList<TrustEntry> expected{entry('b', QStringLiteral("büro \"1\""), Role::Work | Role::Observe), entry('a')};
    QCOMPARE(store.list().value(), expected);
    QCOMPARE(TrustStore(path()).list().value(), expected);
    QCOMPARE(store.find(QByteArray(32, 'a')).value(), entry('a'));
    QVERIFY(!(QFile::permissions(path()) & (QFile::WriteGroup | QFile::WriteOther)));
}

void TrustStoreTest::knownKeyGetsNewNameAndRoles()
{
    TrustStore store(path());
    QVERIFY(store.add(entry('a')));
    TrustEntry changed = entry('a', QStringLiteral("berta"), Role::Admin);
    changed.addedMs = 0;
    QVERIFY(store.add(changed));
    QCOMPARE(store.list().value(), (QList<TrustEntry>{entry('a', QStringLiteral("berta"), Role::Admin)}));
}

void TrustStoreTest::removedPeerIsGone()
{
    TrustStore store(path());
    QVERIFY(store.add(entry('a')));
    QVERIFY(store.add(entry('b')));
    QCOMPARE(store.remove(prefix('a')).value(), entry('a'));
    QCOMPARE(store.list().value(), (QList<TrustEntry>{entry('b')}));
    QCOMPARE(toString(store.remove(prefix('a')).error().code()), toString(ErrorCode::NotFound));
}

void TrustStoreTest::startMustBeUnique_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("whole") << fingerprintText(QByteArray(31, 'a') + 'x') << ErrorCode::None;
    QTest::newRow("shared by two") << prefix('a') << ErrorCode::Conflict;
    QTest::newRow("other key") << prefix('b') << ErrorCode::None;
    QTest::newRow("unknown") << prefix('c') << ErrorCode::NotFound;
    QTest::newRow("too short") << prefix('b').chopped(1) << ErrorCode::InvalidArgument;
    QTest::newRow("a name") << QStringLiteral("anna") << ErrorCode::InvalidArgument;
}

void TrustStoreTest::startMustBeUnique()
{
    QFETCH(const QString, text);
    QFETCH(const ErrorCode, code);
    TrustStore store(path());
    QVERIFY(store.add({QByteArray(31, 'a') + 'x', QStringLiteral("x"), Role::Submit}));
    QVERIFY(store.add({QByteArray(31, 'a') + 'y', QStringLiteral("y"), Role::Submit}));
    QVERIFY(store.add(entry('b')));
    const auto removed = store.remove(text);
    QCOMPARE(toString(removed ? ErrorCode::None : removed.error().code()), toString(code));
    QCOMPARE(store.list().value().size(), code == ErrorCode::None ? 2 : 3);
}

void TrustStoreTest::changeByAnotherProcessCountsAtOnce()
{
    TrustStore here(path());
    TrustStore there(path());
    QVERIFY(!here.find(QByteArray(32, 'a')));
    QVERIFY(there.add(entry('a')));
    QVERIFY(here.find(QByteArray(32, 'a')));
    QVERIFY(there.remove(prefix('a')));
    QVERIFY(there.add(entry('b')));
    QVERIFY(!here.find(QByteArray(32, 'a')));
    QVERIFY(here.find(QByteArray(32, 'b')));
    QVERIFY(QFile::remove(path()));
    QVERIFY(!here.find(QByteArray(32, 'b')));
}

void TrustStoreTest::writersDoNotLoseEachOthersEntries()
{
    const auto addTen = [file = path()](char first) {
        TrustStore store(file);
        for (char i = 0; i < 10; ++i)
            store.add(entry(char(first + i))).value();
    };
    const std::unique_ptr<QThread> other(QThread::create(addTen, 'A'));
    other->start();
    addTen('a');
    QVERIFY(other->wait());
    QCOMPARE(TrustStore(path()).list().value().size(), 20);
}

void TrustStoreTest::whatOthersAddedToTheFileIsKept()
{
    const QByteArray key = QByteArray(32, 'a').toHex();
    write("{\"version\":1,\"comment\":\"mine\",\"peers\":[{\"fingerprint\":\"" + key
          + "\",\"name\":\"anna\",\"roles\":[\"submit\"],\"room\":7}]}");
    TrustStore store(path());
    QCOMPARE(store.find(QByteArray(32, 'a'))->addedMs, 0);
    QVERIFY(store.add(entry('a', QStringLiteral("berta"))));
    QVERIFY(store.add(entry('b')));
    QVERIFY(content().contains("\"comment\": \"mine\""));
    QVERIFY(content().contains("\"room\": 7"));
    QVERIFY(content().contains("\"berta\""));
}

void TrustStoreTest::badFileIsNamedAndNeverOverwritten_data()
{
    const QByteArray key = QByteArray(32, 'a').toHex();
    const auto peer = [&](const QByteArray &fields) { return "{\"version\":1,\"peers\":[{" + fields + "}]}"; };
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("empty") << QByteArray() << ErrorCode::StorageFailed;
    QTest::newRow("no JSON") << QByteArray("trust me") << ErrorCode::StorageFailed;
    QTest::newRow("cut off") << QByteArray("{\"version\":1,\"peers\":[") << ErrorCode::StorageFailed;
    QTest::newRow("array") << QByteArray("[]") << ErrorCode::StorageFailed;
    QTest::newRow("no version") << QByteArray("{\"peers\":[]}") << ErrorCode::StorageFailed;
    QTest::newRow("version as text") << QByteArray("{\"version\":\"1\",\"peers\":[]}") << ErrorCode::StorageFailed;
    QTest::newRow("no peers") << QByteArray("{\"version\":1}") << ErrorCode::StorageFailed;
    QTest::newRow("newer") << QByteArray("{\"version\":2,\"keys\":{}}") << ErrorCode::VersionMismatch;
    QTest::newRow("no fingerprint") << peer("\"roles\":[\"submit\"]") << ErrorCode::StorageFailed;
    QTest::newRow("short fingerprint") << peer("\"fingerprint\":\"00ff\",\"roles\":[]") << ErrorCode::StorageFailed;
    QTest::newRow("unknown role") << peer("\"fingerprint\":\"" + key + "\",\"roles\":[\"god\"]")
                                  << ErrorCode::StorageFailed;
    QTest::newRow("role of a wrong kind")
        << peer("\"fingerprint\":\"" + key + "\",\"roles\":[16]") << ErrorCode::StorageFailed;
    QTest::newRow("peer of a wrong kind") << QByteArray("{\"version\":1,\"peers\":[1]}") << ErrorCode::StorageFailed;
}

void TrustStoreTest::badFileIsNamedAndNeverOverwritten()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const ErrorCode, code);
    write(bytes);
    TrustStore store(path());
    const QList<Error> errors{store.list().error(), store.find(QByteArray(32, 'a')).error(),
                              store.lookup(prefix('a')).error(), store.add(entry('a')).error(),
                              store.remove(prefix('a')).error()};
    for (const Error &error : errors) {
        QCOMPARE(toString(error.code()), toString(code));
        QVERIFY(error.message().contains(path()));
    }
    QVERIFY(store.initialise({entry('a')}));
    QCOMPARE(content(), bytes);
}

void TrustStoreTest::fingerprintOfWrongSizeIsRefused()
{
    TrustStore store(path());
    QCOMPARE(toString(store.add({QByteArray(31, 'a'), {}, Role::Submit}).error().code()),
             toString(ErrorCode::InvalidArgument));
    QVERIFY(!QFile::exists(path()));
}

void TrustStoreTest::watcherTellsOfReplacedAndEditedFiles()
{
    const TrustWatcher watcher(path());
    QSignalSpy changed(&watcher, &TrustWatcher::changed);
    TrustStore store(path());
    QVERIFY(store.add(entry('a')));
    QTRY_COMPARE(changed.size(), 1);
    QVERIFY(store.add(entry('b')));
    QTRY_COMPARE(changed.size(), 2);
    write("{\"version\":1,\"peers\":[]}");
    QTRY_VERIFY(changed.size() > 2);
}

void TrustStoreTest::introductionEntersUserAndWorker()
{
    const QString home = m_folder->path();
    QVERIFY(introduce(home));
    QVERIFY(introduce(home));
    const auto user = Identity::loadOrCreate(identityFolder(home), QStringLiteral("user")).value();
    const auto worker = Identity::loadOrCreate(identityFolder(home), QStringLiteral("worker")).value();
    QVERIFY(!user.isNew() && !worker.isNew());
    const TrustStore ofUser(trustFile(home, QStringLiteral("user")));
    const TrustStore ofWorker(trustFile(home, QStringLiteral("worker")));
    QCOMPARE(ofUser.list().value().size(), 2);
    QCOMPARE(toString(ofUser.find(user.fingerprint())->roles), toString(Roles(Role::Admin)));
    QCOMPARE(toString(ofUser.find(worker.fingerprint())->roles), toString(Roles(Role::Work)));
    QCOMPARE(ofWorker.list().value().size(), 1);
    QCOMPARE(toString(ofWorker.find(user.fingerprint())->roles), toString(Roles(Role::Admin)));
}

void TrustStoreTest::introductionDoesNotUndoARemoval()
{
    const QString home = m_folder->path();
    QVERIFY(introduce(home));
    const auto worker = Identity::loadOrCreate(identityFolder(home), QStringLiteral("worker")).value();
    TrustStore ofUser(trustFile(home, QStringLiteral("user")));
    QVERIFY(ofUser.remove(worker.fingerprintText()));
    QVERIFY(introduce(home));
    QCOMPARE(toString(ofUser.find(worker.fingerprint()).error().code()), toString(ErrorCode::NotTrusted));
}

void TrustStoreTest::newKeyIsIntroducedToOldFiles()
{
    const QString home = m_folder->path();
    QVERIFY(introduce(home));
    QVERIFY(QFile::remove(identityFolder(home) + QStringLiteral("/worker.pem")));
    QVERIFY(introduce(home));
    const auto worker = Identity::loadOrCreate(identityFolder(home), QStringLiteral("worker")).value();
    QVERIFY(TrustStore(trustFile(home, QStringLiteral("user"))).find(worker.fingerprint()));
}

DROVER_TEST_MAIN(TrustStoreTest)

#include "tst_truststore.moc"
