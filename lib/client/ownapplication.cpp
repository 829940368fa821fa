// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/ownapplication.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>

#include <clocale>
#include <mutex>
#include <string>
#include <thread>

namespace drover {

namespace {

struct Shared
{
    std::mutex mutex;
    int users = 0;
    QCoreApplication *application = nullptr;
    std::thread::id maker;
};

// Never destroyed: the application may outlive main().
Shared &shared()
{
    static auto *instance = new Shared;
    return *instance;
}

QCoreApplication *makeApplication()
{
    static int count = 1;
    static char name[] = "drover";
    static char *arguments[] = {name, nullptr};
    const char *current = std::setlocale(LC_ALL, nullptr);
    const std::string before = current ? current : "C";
    auto *application = new QCoreApplication(count, arguments);
    std::setlocale(LC_ALL, before.c_str());
    application->setApplicationName(QFileInfo(QCoreApplication::applicationFilePath()).completeBaseName());
    return application;
}

} // namespace

OwnApplication::OwnApplication()
{
    Shared &s = shared();
    const std::lock_guard lock(s.mutex);
    ++s.users;
    if (QCoreApplication::instance())
        return;
    s.application = makeApplication();
    s.maker = std::this_thread::get_id();
}

OwnApplication::~OwnApplication()
{
    Shared &s = shared();
    const std::lock_guard lock(s.mutex);
    if (--s.users == 0 && s.application && s.maker == std::this_thread::get_id())
        delete std::exchange(s.application, nullptr);
}

} // namespace drover
