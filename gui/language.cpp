// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/language.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLibraryInfo>

static void initResources()
{
    Q_INIT_RESOURCE(drover_gui);
}

namespace drover::gui {

Language::Language(const QLocale &locale)
{
    initResources();
    QLocale::setDefault(locale);
    if (m_own.load(locale, QStringLiteral("drover"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&m_own);
    if (m_qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_qt);
    QCoreApplication::removeTranslator(&m_own);
}

QStringList Language::available()
{
    return {QStringLiteral("de"), QStringLiteral("en")};
}

} // namespace drover::gui
