// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace drover::testing {

//! What a crash leaves of the writes that were not synced.
enum class Loss {
    Nothing, //!< the process died, the machine went on
    Everything,
    Some, //!< each write by chance, in no order
    Torn, //!< the same, and of some only sectors
};

//! Files in memory that know what of them was synced, in place of SQLite's own file system: the machine whose power is cut. For one
//! connection at a time, in one thread. While it lives, databases that are opened by any path are in it.
class PowerVfs
{
public:
    PowerVfs();
    ~PowerVfs();
    PowerVfs(const PowerVfs &) = delete;

    //! Syncs since the beginning, those of all files.
    int syncs() const { return m_syncs; }
    //! The power goes at sync number \a sync, before it has done anything or right after it; all calls fail from then on.
    void cutAt(int sync, bool after);
    //! Writes since the beginning, those of all files, and what shortens one.
    int writes() const { return m_writes; }
    //! The same before write number \a write, as for a process that is killed.
    void cutAtWrite(int write) { m_cutAtWrite = write; }
    bool isCut() const { return m_cut; }
    //! The power goes now.
    void cut() { m_cut = true; }
    //! The machine starts again, with what the disk has; of several machines the one whose files begin with \a names.
    void restart(Loss loss, quint64 seed, const std::string &names = {});

    struct Write
    {
        qint64 offset = 0;
        QByteArray bytes;
        bool truncates = false; //!< to `offset`
    };
    struct File
    {
        QByteArray content; //!< as a process sees it
        QByteArray disk; //!< as it was at the last sync
        std::vector<Write> unsynced;

        void write(qint64 offset, const QByteArray &bytes);
        void truncate(qint64 size);
        void sync();
    };
    // What SQLite asks for.
    File *open(const std::string &name, bool create);
    bool exists(const std::string &name) const { return m_files.contains(name); }
    void remove(const std::string &name) { m_files.erase(name); }
    bool sync(File &file);
    //! Counts a write; false when the power is gone.
    bool mayWrite();

private:
    struct Registration;
    void lose(File &file, Loss loss, std::mt19937_64 &random) const;

    std::map<std::string, std::unique_ptr<File>> m_files;
    std::unique_ptr<Registration> m_registration;
    int m_syncs = 0;
    int m_cutAt = 0; // 0 = never
    bool m_cutAfter = false;
    int m_writes = 0;
    int m_cutAtWrite = 0; // 0 = never
    bool m_cut = false;
};

} // namespace drover::testing
