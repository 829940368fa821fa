// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

#include <array>

//! Why a task waits, as brokers say it to people. The sentences travel in English, with %1 and %2 filled in; whoever shows
//! them in another language knows them by this list.
namespace drover::waiting {

inline constexpr const char *paused = QT_TRANSLATE_NOOP("drover::Texts", "The queue %1 was paused by %2.");
inline constexpr const char *pausedWhy = QT_TRANSLATE_NOOP("drover::Texts", "The queue %1 was paused by %2: %3");
inline constexpr const char *scheduled = QT_TRANSLATE_NOOP("drover::Texts", "Its time comes at %1.");
inline constexpr const char *retry = QT_TRANSLATE_NOOP("drover::Texts", "It failed, and is tried again at %1.");
inline constexpr const char *held = QT_TRANSLATE_NOOP("drover::Texts", "It is held until somebody resumes it.");
inline constexpr const char *trashed =
    QT_TRANSLATE_NOOP("drover::Texts", "It is in the trash until %1 and can be restored.");
inline constexpr const char *children = QT_TRANSLATE_NOOP("drover::Texts", "It waits for tasks of its own: %1.");
inline constexpr const char *allBusy =
    QT_TRANSLATE_NOOP("drover::Texts", "All slots of the workers that can run it are busy: %1.");
inline constexpr const char *closed =
    QT_TRANSLATE_NOOP("drover::Texts", "The workers that can run it offer no slot now: %1.");
inline constexpr const char *away =
    QT_TRANSLATE_NOOP("drover::Texts", "The only workers that can run it are not connected: %1.");
inline constexpr const char *behind =
    QT_TRANSLATE_NOOP("drover::Texts", "More than %1 tasks of its queue and owner come before it.");
inline constexpr const char *noWorker = QT_TRANSLATE_NOOP("drover::Texts", "No worker is connected.");
inline constexpr const char *noFunction = QT_TRANSLATE_NOOP("drover::Texts", "No connected worker offers %1.");
inline constexpr const char *noTags =
    QT_TRANSLATE_NOOP("drover::Texts", "No connected worker with %1 has the tags %2.");
inline constexpr const char *suspect = QT_TRANSLATE_NOOP(
    "drover::Texts", "Executors died while they ran it: it waits for a worker that runs no other such task.");

inline constexpr std::array all{paused, pausedWhy, scheduled, retry,    held,       trashed, children, allBusy,
                                closed, away,      behind,    noWorker, noFunction, noTags,  suspect};

} // namespace drover::waiting
