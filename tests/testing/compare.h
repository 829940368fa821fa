// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>
#include <QtTest/QTest>

#include <concepts>

//! Makes QCOMPARE work for the types that have a toString() of their own which returns a QString, and print by it.
//! (Qt Test would take that function for one of its own, which return a `char *`, and not compile.)
namespace QTest {

template <typename T>
concept Named = requires(const T &value) {
    { toString(value) } -> std::same_as<QString>;
};

template <Named T>
bool qCompare(const T &actual, const T &expected, const char *actualText, const char *expectedText, const char *file,
              int line)
{
    const QString left = toString(actual);
    QString right = toString(expected);
    if (left == right && !(actual == expected))
        right += QStringLiteral(" (another value of this name)");
    return qCompare(left, right, actualText, expectedText, file, line);
}

} // namespace QTest
