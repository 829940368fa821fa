// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

#include <array>

//! Why a task waits, as brokers say it to people. The sentences travel in English, with %1 and %2 filled in; whoever shows
//! them in another language knows them by this list.
namespace drover::waiting {

inline constexpr const char *allBusy = QT_TRANSLATE_NOOP("drover::Texts", "All workers that can run it are busy.");
inline constexpr const char *noWorker = QT_TRANSLATE_NOOP("drover::Texts", "No worker is connected.");
inline constexpr const char *noFunction = QT_TRANSLATE_NOOP("drover::Texts", "No connected worker offers %1.");
inline constexpr const char *noTags =
    QT_TRANSLATE_NOOP("drover::Texts", "No connected worker with %1 has the tags %2.");
inline constexpr const char *suspect = QT_TRANSLATE_NOOP(
    "drover::Texts", "Executors died while they ran it: it waits for a worker that runs no other such task.");

inline constexpr std::array all{allBusy, noWorker, noFunction, noTags, suspect};

} // namespace drover::waiting
