// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "task/value_qt.h"

#include <QtCore/QMetaObject>
#include <QtCore/QMetaType>

namespace drover {

//! Values of types known by their QMetaType only: what a QVariant holds, what a property of a Q_GADGET is.
DROVER_CORE_EXPORT QString metaTypeText(QMetaType type);
DROVER_CORE_EXPORT void writeMeta(ValueWriter &out, QMetaType type, const void *value);
DROVER_CORE_EXPORT bool readMeta(ValueReader &in, QMetaType type, void *value);

DROVER_CORE_EXPORT QString gadgetText(const QMetaObject &meta);
DROVER_CORE_EXPORT void writeGadget(ValueWriter &out, const QMetaObject &meta, const void *gadget);
DROVER_CORE_EXPORT bool readGadget(ValueReader &in, const QMetaObject &meta, void *gadget);

template <typename T>
concept Gadget = requires
{
    typename T::QtGadgetHelper;
    T::staticMetaObject;
};

//! A map of the readable and writable properties by name. Reading ignores other names, and leaves what is missing.
template <Gadget T> struct Value<T>
{
    static QString type() { return gadgetText(T::staticMetaObject); }
    static void write(ValueWriter &out, const T &value) { writeGadget(out, T::staticMetaObject, &value); }
    static bool read(ValueReader &in, T &value) { return readGadget(in, T::staticMetaObject, &value); }
};

} // namespace drover
