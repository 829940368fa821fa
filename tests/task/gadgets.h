// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QMetaType>
#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QVariant>

namespace lab {

class Point
{
    Q_GADGET
    Q_PROPERTY(int x MEMBER x)
    Q_PROPERTY(QString label MEMBER label)

public:
    int x = 0;
    QString label;
    friend bool operator==(const Point &, const Point &) = default;
};

class Shape
{
    Q_GADGET
    Q_PROPERTY(Kind kind MEMBER kind)
    Q_PROPERTY(lab::Point centre MEMBER centre)
    Q_PROPERTY(QList<lab::Point> corners MEMBER corners)
    Q_PROPERTY(QStringList tags MEMBER tags)
    Q_PROPERTY(QVariant extra MEMBER extra)
    Q_PROPERTY(QString upper READ upper)

public:
    enum class Kind { Circle = 1, Square = 7 };
    Q_ENUM(Kind)

    QString upper() const { return tags.join(u' ').toUpper(); }

    Kind kind = Kind::Circle;
    Point centre;
    QList<Point> corners;
    QStringList tags;
    QVariant extra;
    friend bool operator==(const Shape &, const Shape &) = default;
};

//! Grown from a pair: what a later version adds at the end.
class Pair
{
public:
    int first = 0;
    QString second;
    template <typename V> void fields(V &v) { v(first, second); }
    friend bool operator==(const Pair &, const Pair &) = default;
};

class Triple
{
public:
    int first = 0;
    QString second;
    double third = 1.5;
    template <typename V> void fields(V &v) { v(first, second, third); }
    friend bool operator==(const Triple &, const Triple &) = default;
};

} // namespace lab
