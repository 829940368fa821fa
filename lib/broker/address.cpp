// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/address.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSaveFile>

namespace drover {

QString BrokerAddress::file(const QString &home)
{
    return home + QStringLiteral("/broker.json");
}

Result<BrokerAddress> BrokerAddress::read(const QString &home)
{
    QFile file(BrokerAddress::file(home));
    if (!file.open(QFile::ReadOnly))
        return fail(ErrorCode::NotFound,
                    QStringLiteral("No broker of this user is running (%1 is not there).").arg(file.fileName()));
    const QJsonObject object = QJsonDocument::fromJson(file.read(64 * 1024)).object();
    BrokerAddress address;
    address.host = object.value(QLatin1String("host")).toString();
    address.port = quint16(object.value(QLatin1String("port")).toInt());
    address.fingerprint = QByteArray::fromHex(object.value(QLatin1String("fingerprint")).toString().toLatin1());
    address.pid = object.value(QLatin1String("pid")).toInteger();
    if (address.host.isEmpty() || address.port == 0)
        return fail(ErrorCode::StorageFailed,
                    QStringLiteral("%1 is damaged; delete it and start the broker again.").arg(file.fileName()));
    return address;
}

Result<void> BrokerAddress::write(const QString &home) const
{
    QSaveFile file(BrokerAddress::file(home));
    const QJsonObject object{{QStringLiteral("host"), host},
                             {QStringLiteral("port"), port},
                             {QStringLiteral("fingerprint"), QString::fromLatin1(fingerprint.toHex())},
                             {QStringLiteral("pid"), pid}};
    const QByteArray text = QJsonDocument(object).toJson();
    if (!file.open(QFile::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return fail(ErrorCode::StorageFailed,
                    QStringLiteral("%1 cannot be written: %2").arg(file.fileName(), file.errorString()));
    return {};
}

void BrokerAddress::remove(const QString &home, qint64 pid)
{
    const auto address = read(home);
    if (address && address->pid == pid)
        QFile::remove(file(home));
}

} // namespace drover
