// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/taskclass.h"

namespace drover {

namespace {
constexpr qsizetype keptUnused = 1024;
}

ClassTable::ClassTable() = default;
ClassTable::~ClassTable() = default;

TaskClass *ClassTable::find(const QString &function, quint64 hash, const QStringList &tags, bool suspect)
{
    if (m_last && m_last->hash == hash && m_last->suspect == suspect && m_last->function == function
        && m_last->tags == tags)
        return m_last;
    QStringList sorted = tags;
    sorted.sort();
    sorted.removeDuplicates();
    TaskClass *&entry = m_index[Key{function, hash, sorted, suspect}];
    if (entry)
        return m_last = entry;
    quint32 number = quint32(m_classes.size());
    if (m_free.empty()) {
        m_classes.emplace_back();
    } else {
        number = m_free.back();
        m_free.pop_back();
    }
    m_classes[number] = std::make_unique<TaskClass>();
    TaskClass *added = m_classes[number].get();
    added->function = function;
    added->hash = hash;
    added->tags = sorted;
    added->suspect = suspect;
    added->number = number;
    added->serial = ++m_serial;
    entry = added;
    return m_last = added;
}

void ClassTable::release(TaskClass *taskClass)
{
    if (--taskClass->users == 0 && m_index.size() > keptUnused)
        sweep();
}

void ClassTable::sweep()
{
    m_last = nullptr;
    for (auto it = m_index.begin(); it != m_index.end();) {
        if (it.value()->users > 0) {
            ++it;
            continue;
        }
        const quint32 number = it.value()->number;
        it = m_index.erase(it);
        m_classes[number].reset();
        m_free.push_back(number);
    }
}

} // namespace drover
