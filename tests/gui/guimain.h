// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/main.h"

#include <QtWidgets/QApplication>

//! DROVER_TEST_MAIN for tests that show windows; they do so on the platform `offscreen`.
#define DROVER_GUI_TEST_MAIN(TestClass) \
    int main(int argc, char **argv) \
    { \
        QTEST_SET_MAIN_SOURCE_PATH \
        return drover::testing::runTest( \
            argc, argv, [] { return std::make_unique<TestClass>(); }, \
            [](int &count, char **arguments) { return std::make_unique<QApplication>(count, arguments); }); \
    }
