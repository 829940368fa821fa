// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/submitwindow.h"

#include "support/fault.h"

namespace drover {

void SubmitWindow::add(Submission submission, std::shared_ptr<PendingTask> task)
{
    m_entries.push_back(Entry{lastSeq() + 1, std::move(submission), std::move(task), {}});
    ++m_size;
}

const SubmitWindow::Entry *SubmitWindow::next(MonotonicTime now)
{
    while (m_nextSeq <= lastSeq() && (qsizetype(m_nextSeq - m_firstSeq) < m_limit || DROVER_FAULT(WindowHasNoEnd))) {
        auto &entry = m_entries[m_nextSeq++ - m_firstSeq];
        if (!entry)
            continue;
        if (!entry->sentAt)
            entry->sentAt = now;
        return &*entry;
    }
    return nullptr;
}

std::optional<SubmitWindow::Entry> SubmitWindow::take(quint64 seq)
{
    if (seq < m_firstSeq || seq > lastSeq() || !m_entries[seq - m_firstSeq])
        return std::nullopt;
    std::optional<Entry> entry = std::exchange(m_entries[seq - m_firstSeq], std::nullopt);
    --m_size;
    dropTaken();
    return entry;
}

std::vector<SubmitWindow::Entry> SubmitWindow::takeAll()
{
    std::vector<Entry> all;
    for (auto &entry : m_entries) {
        if (entry)
            all.push_back(std::move(*entry));
        entry.reset();
    }
    m_size = 0;
    dropTaken();
    return all;
}

void SubmitWindow::dropTaken()
{
    while (!m_entries.empty() && !m_entries.front()) {
        m_entries.pop_front();
        ++m_firstSeq;
    }
    m_nextSeq = std::max(m_nextSeq, m_firstSeq);
}

} // namespace drover
