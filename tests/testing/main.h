// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/compare.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QObject>
#include <QtTest/QTest>

#include <functional>
#include <memory>

namespace drover::testing {

//! Makes the object whose slots are the tests.
using MakeTest = std::function<std::unique_ptr<QObject>()>;

//! Makes the application object around it; a QCoreApplication unless given.
using MakeApplication = std::function<std::unique_ptr<QCoreApplication>(int &argc, char **argv)>;

//! Runs the slots of one test object in surroundings of its own, and returns the exit code for main().
//! The surroundings: an empty `DROVER_HOME` with a short path, removed at the end; the user's data, config and cache
//! folders inside it; a beacon port of its own; `DROVER_INTERFACE=lo`; offscreen windows; C.UTF-8; UTC.
//! A child process, or an orphan of one, that is still alive a moment after the last slot is named and killed,
//! and makes the program fail.
int runTest(int argc, char **argv, const MakeTest &make, const MakeApplication &makeApplication = {});

} // namespace drover::testing

//! The main() of a test program: DROVER_TEST_MAIN(ClassName), then `#include "tst_file.moc"`.
#define DROVER_TEST_MAIN(TestClass) \
    int main(int argc, char **argv) \
    { \
        QTEST_SET_MAIN_SOURCE_PATH \
        return drover::testing::runTest(argc, argv, [] { return std::make_unique<TestClass>(); }); \
    }
