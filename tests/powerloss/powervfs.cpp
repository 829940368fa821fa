// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "powervfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace drover::testing {

namespace {

constexpr qint64 sector = 512;

void put(QByteArray &content, qint64 offset, const QByteArray &bytes)
{
    if (content.size() < offset + bytes.size())
        content.resize(offset + bytes.size(), '\0');
    std::memcpy(content.data() + offset, bytes.constData(), size_t(bytes.size()));
}

//! SQLite's handle of an open file.
struct Handle
{
    sqlite3_file base;
    PowerVfs *vfs;
    PowerVfs::File *file;
    std::vector<std::unique_ptr<QByteArray>> *shared; // the index of the log, which no disk ever has
};

Handle *handleOf(sqlite3_file *file)
{
    return reinterpret_cast<Handle *>(file);
}

int readAt(sqlite3_file *file, void *into, int size, sqlite3_int64 offset)
{
    const Handle *handle = handleOf(file);
    if (handle->vfs->isCut())
        return SQLITE_IOERR_READ;
    const QByteArray &content = handle->file->content;
    const qint64 there = std::clamp<qint64>(content.size() - offset, 0, size);
    std::memcpy(into, content.constData() + offset, size_t(there));
    std::memset(static_cast<char *>(into) + there, 0, size_t(size - there));
    return there == size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int writeAt(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    const Handle *handle = handleOf(file);
    if (!handle->vfs->mayWrite())
        return SQLITE_IOERR_WRITE;
    handle->file->write(offset, QByteArray(static_cast<const char *>(bytes), size));
    return SQLITE_OK;
}

int truncateTo(sqlite3_file *file, sqlite3_int64 size)
{
    const Handle *handle = handleOf(file);
    if (!handle->vfs->mayWrite())
        return SQLITE_IOERR_TRUNCATE;
    handle->file->truncate(size);
    return SQLITE_OK;
}

int syncNow(sqlite3_file *file, int)
{
    const Handle *handle = handleOf(file);
    return handle->vfs->sync(*handle->file) ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

int sizeOf(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = handleOf(file)->file->content.size();
    return SQLITE_OK;
}

int closeFile(sqlite3_file *file)
{
    delete handleOf(file)->shared;
    handleOf(file)->shared = nullptr;
    return SQLITE_OK;
}

int granted(sqlite3_file *, int)
{
    return SQLITE_OK;
}

int isReserved(sqlite3_file *, int *reserved)
{
    *reserved = 0;
    return SQLITE_OK;
}

int control(sqlite3_file *, int, void *)
{
    return SQLITE_NOTFOUND;
}

int sectorSize(sqlite3_file *)
{
    return int(sector);
}

// What SQLite takes for granted of any disk, so that it does here what it does there: a write spoils nothing beside it.
int characteristics(sqlite3_file *)
{
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int mapShared(sqlite3_file *file, int region, int size, int, void volatile **memory)
{
    auto &regions = *handleOf(file)->shared;
    while (regions.size() <= size_t(region))
        regions.push_back(std::make_unique<QByteArray>(size, '\0'));
    *memory = regions[size_t(region)]->data();
    return SQLITE_OK;
}

int lockShared(sqlite3_file *, int, int, int)
{
    return SQLITE_OK;
}

void barrier(sqlite3_file *) {}

int unmapShared(sqlite3_file *file, int)
{
    handleOf(file)->shared->clear();
    return SQLITE_OK;
}

constexpr sqlite3_io_methods methods = {
    2,       closeFile,  readAt,          writeAt,   truncateTo, syncNow, sizeOf,      granted, granted, isReserved,
    control, sectorSize, characteristics, mapShared, lockShared, barrier, unmapShared, nullptr, nullptr};

PowerVfs *vfsOf(sqlite3_vfs *vfs)
{
    return static_cast<PowerVfs *>(vfs->pAppData);
}

int openFile(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    auto *handle = new (file) Handle{};
    PowerVfs *self = vfsOf(vfs);
    const std::string known = name ? name : "temporary";
    PowerVfs::File *opened = self->isCut() ? nullptr : self->open(known, flags & SQLITE_OPEN_CREATE);
    if (!opened)
        return SQLITE_CANTOPEN;
    handle->vfs = self;
    handle->file = opened;
    handle->shared = new std::vector<std::unique_ptr<QByteArray>>;
    handle->base.pMethods = &methods;
    if (outFlags)
        *outFlags = flags;
    return SQLITE_OK;
}

int removeFile(sqlite3_vfs *vfs, const char *name, int)
{
    if (vfsOf(vfs)->isCut())
        return SQLITE_IOERR_DELETE;
    if (!vfsOf(vfs)->exists(name))
        return SQLITE_IOERR_DELETE_NOENT;
    vfsOf(vfs)->remove(name);
    return SQLITE_OK;
}

int access(sqlite3_vfs *vfs, const char *name, int, int *there)
{
    *there = vfsOf(vfs)->exists(name);
    return SQLITE_OK;
}

int fullName(sqlite3_vfs *, const char *name, int size, char *full)
{
    qstrncpy(full, name, size_t(size));
    return SQLITE_OK;
}

} // namespace

void PowerVfs::File::write(qint64 offset, const QByteArray &bytes)
{
    put(content, offset, bytes);
    unsynced.push_back({offset, bytes, false});
}

void PowerVfs::File::truncate(qint64 size)
{
    content.resize(size);
    unsynced.push_back({size, {}, true});
}

// Not by sharing the content: the next write would copy the whole file.
void PowerVfs::File::sync()
{
    for (const Write &write : unsynced) {
        if (write.truncates)
            disk.resize(write.offset);
        else
            put(disk, write.offset, write.bytes);
    }
    unsynced.clear();
}

struct PowerVfs::Registration
{
    sqlite3_vfs vfs{};
    sqlite3_vfs *former = nullptr;
};

PowerVfs::PowerVfs() : m_registration(std::make_unique<Registration>())
{
    sqlite3_vfs &vfs = m_registration->vfs;
    m_registration->former = sqlite3_vfs_find(nullptr);
    vfs = *m_registration->former; // time, chance and sleep are the system's
    vfs.iVersion = 2;
    vfs.pNext = nullptr;
    vfs.szOsFile = sizeof(Handle);
    vfs.zName = "drover-power";
    vfs.pAppData = this;
    vfs.xOpen = openFile;
    vfs.xDelete = removeFile;
    vfs.xAccess = access;
    vfs.xFullPathname = fullName;
    sqlite3_vfs_register(&vfs, 1);
}

PowerVfs::~PowerVfs()
{
    sqlite3_vfs_unregister(&m_registration->vfs);
    sqlite3_vfs_register(m_registration->former, 1);
}

PowerVfs::File *PowerVfs::open(const std::string &name, bool create)
{
    auto &file = m_files[name];
    if (!file && !create) {
        m_files.erase(name);
        return nullptr;
    }
    if (!file)
        file = std::make_unique<File>();
    return file.get();
}

void PowerVfs::cutAt(int sync, bool after)
{
    m_cutAt = sync;
    m_cutAfter = after;
}

bool PowerVfs::sync(File &file)
{
    if (m_cut)
        return false;
    const bool last = ++m_syncs == m_cutAt;
    if (!last || m_cutAfter)
        file.sync();
    m_cut = last;
    return !last;
}

bool PowerVfs::mayWrite()
{
    m_cut |= ++m_writes == m_cutAtWrite;
    return !m_cut;
}

void PowerVfs::lose(File &file, Loss loss, std::mt19937_64 &random) const
{
    QByteArray left = file.disk;
    for (const Write &write : file.unsynced) {
        if (loss == Loss::Everything || (loss != Loss::Nothing && random() % 2))
            continue;
        if (write.truncates) {
            left.resize(write.offset);
            continue;
        }
        const bool torn = loss == Loss::Torn && random() % 2;
        qint64 size = 0;
        for (qint64 at = 0; at < write.bytes.size(); at += size) {
            size = sector - (write.offset + at) % sector; // sectors are the disk's, not the write's
            if (!torn || random() % 2)
                put(left, write.offset + at, write.bytes.mid(at, size));
        }
    }
    file.content = file.disk = left;
    file.unsynced.clear();
}

void PowerVfs::restart(Loss loss, quint64 seed, const std::string &names)
{
    std::mt19937_64 random(seed);
    for (const auto &[name, file] : m_files) {
        if (name.compare(0, names.size(), names) == 0)
            lose(*file, loss, random);
    }
    m_cut = false;
    m_cutAt = m_cutAtWrite = 0;
    m_syncs = m_writes = 0;
}

} // namespace drover::testing
