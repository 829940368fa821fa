// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLocale>
#include <QtCore/QStringList>
#include <QtCore/QTranslator>

namespace drover::gui {

//! The words of the program, and those of Qt, in one language, as long as this lives.
class Language
{
public:
    //! Installs what there is for \a locale, and makes it the default for numbers and dates.
    explicit Language(const QLocale &locale);
    ~Language();
    Language(const Language &) = delete;
    Language &operator=(const Language &) = delete;

    static QStringList available(); //!< "de", "en"

private:
    QTranslator m_own;
    QTranslator m_qt;
};

} // namespace drover::gui
