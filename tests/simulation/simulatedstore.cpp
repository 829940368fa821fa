// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "simulatedstore.h"

namespace drover::simulation {

// As StoreWriter::serve() does it.
std::vector<StoreReply> SimulatedStore::serve(const std::function<void(quint64)> &committed)
{
    std::vector<StoreReply> replies;
    std::optional<quint64> appended;
    bool sync = false;
    const auto commit = [&] {
        if (!appended)
            return;
        const bool synced = m_core.commit(std::exchange(sync, false));
        committed(*appended);
        replies.push_back(Committed{*std::exchange(appended, std::nullopt), synced});
    };
    for (const StoreRequest &request : std::exchange(m_round, {})) {
        if (const auto *append = std::get_if<AppendRequest>(&request)) {
            for (const Record &record : append->records)
                m_core.add(record);
            appended = append->number;
            sync |= append->sync;
        } else {
            commit();
            replies.push_back(answer(request));
        }
    }
    commit();
    return replies;
}

StoreReply SimulatedStore::answer(const StoreRequest &request)
{
    if (const auto *load = std::get_if<LoadRequest>(&request))
        return LaneLoaded{load->lane, m_core.load(load->lane, load->fromTurn, load->limit)};
    if (const auto *find = std::get_if<FindRequest>(&request))
        return m_core.find(find->request, find->id);
    m_core.pass();
    return m_core.query(std::get<QueryRequest>(request));
}

} // namespace drover::simulation
