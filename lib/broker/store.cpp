// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/store.h"

#include "broker/storewriter.h"

#include <QtCore/QDateTime>

namespace drover {

namespace {

class FileStore final : public Store
{
public:
    FileStore(std::unique_ptr<StoreCore> core, std::function<void()> wake)
        : m_recovered(core->takeRecovered()), m_writer(std::move(core), std::move(wake))
    {}

    Recovered takeRecovered() override { return std::exchange(m_recovered, {}); }
    void append(quint64 number, QList<Record> records, bool sync) override
    {
        m_writer.post(AppendRequest{number, std::move(records), sync});
    }
    void load(quint32 lane, quint64 fromTurn, qsizetype limit) override
    {
        m_writer.post(LoadRequest{lane, fromTurn, limit});
    }
    void find(quint64 request, TaskId id) override { m_writer.post(FindRequest{request, id}); }
    void query(quint64 request, TaskQuery query, QByteArray owner) override
    {
        m_writer.post(QueryRequest{request, std::move(query), std::move(owner)});
    }
    void maintain(quint64 request, Maintenance what, QString path) override
    {
        m_writer.post(MaintainRequest{request, what, std::move(path)});
    }
    QList<StoreReply> takeReplies() override { return m_writer.takeReplies(); }
    void close() override { m_writer.close(); }

private:
    Recovered m_recovered;
    StoreWriter m_writer;
};

} // namespace

QString toString(Durability durability)
{
    switch (durability) {
    case Durability::Disk: return QStringLiteral("disk");
    case Durability::Process: return QStringLiteral("process");
    case Durability::Memory: return QStringLiteral("memory");
    }
    return QStringLiteral("unknown");
}

Result<std::unique_ptr<Store>> Store::open(const QString &path, Durability durability, qsizetype window,
                                           std::function<void()> wake)
{
    if (path.isEmpty() || (path == QLatin1StringView(":memory:") && durability != Durability::Memory)) {
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("A store of durability %1 needs the path of a file.").arg(toString(durability)));
    }
    try {
        auto core = std::make_unique<StoreCore>(path, durability, window, QDateTime::currentMSecsSinceEpoch());
        return std::unique_ptr<Store>(std::make_unique<FileStore>(std::move(core), std::move(wake)));
    } catch (const TaskError &trouble) {
        return fail(trouble.error());
    }
}

} // namespace drover
