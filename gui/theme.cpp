// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/theme.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QProxyStyle>
#include <QtWidgets/QStyleOption>

namespace drover::gui {

namespace {

//! Fusion, with the titles of columns over their cells, and room beside the words of buttons.
class Style final : public QProxyStyle
{
public:
    Style() : QProxyStyle(QStringLiteral("Fusion")) { setObjectName(QStringLiteral("drover")); }
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override
    {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        if (element != CE_HeaderLabel || !header)
            return QProxyStyle::drawControl(element, option, painter, widget);
        QStyleOptionHeader moved = *header;
        const int more = cellMargin - pixelMetric(PM_HeaderMargin, option, widget);
        moved.rect.adjust(more, 0, -more, 0);
        QProxyStyle::drawControl(element, &moved, painter, widget);
    }
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                           const QWidget *widget) const override
    {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return type == CT_PushButton ? size + QSize(2 * cellMargin, 0) : size;
    }
};

struct Shades
{
    QRgb window, base, alternate, button, text, faint, highlight, link, line, tip;
};

constexpr Shades lightShades{0xfff3f4f7, 0xffffffff, 0xfff8f9fb, 0xfffdfdfe, 0xff1b222d,
                             0xff626c7a, 0xff2563c9, 0xff1d57b5, 0xffd6dae1, 0xff1b222d};
constexpr Shades darkShades{0xff1a1d23, 0xff20242c, 0xff252a33, 0xff2b313b, 0xffe4e7ec,
                            0xff9aa4b2, 0xff2c62bd, 0xff84b1ff, 0xff373e4a, 0xff323945};

QPalette paletteOf(const Shades &shades)
{
    QPalette palette{QColor(shades.button), QColor(shades.window)};
    palette.setColor(QPalette::Window, QColor(shades.window));
    palette.setColor(QPalette::Base, QColor(shades.base));
    palette.setColor(QPalette::AlternateBase, QColor(shades.alternate));
    palette.setColor(QPalette::Button, QColor(shades.button));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(role, QColor(shades.text));
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::PlaceholderText, QColor(shades.faint));
    palette.setColor(QPalette::Highlight, QColor(shades.highlight));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(shades.link));
    palette.setColor(QPalette::LinkVisited, QColor(shades.link));
    palette.setColor(QPalette::ToolTipBase, QColor(shades.tip));
    palette.setColor(QPalette::ToolTipText, QColor(0xfff2f4f7));
    palette.setColor(QPalette::Mid, QColor(shades.line));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, QColor(shades.faint));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(shades.line));
    return palette;
}

bool systemIsDark()
{
    static const bool dark = isDark(QApplication::palette()); // before it was changed for the first time
    return dark;
}

} // namespace

std::optional<Theme> themeFromText(const QString &text)
{
    const QString name = text.toLower();
    if (name == QLatin1String("system"))
        return Theme::System;
    if (name == QLatin1String("light"))
        return Theme::Light;
    if (name == QLatin1String("dark"))
        return Theme::Dark;
    return std::nullopt;
}

void applyTheme(Theme theme)
{
    const bool dark = theme == Theme::System ? systemIsDark() : (systemIsDark(), theme == Theme::Dark);
    if (QApplication::style()->objectName() != QLatin1String("drover"))
        QApplication::setStyle(new Style);
    QApplication::setPalette(paletteOf(dark ? darkShades : lightShades));
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < 128;
}

QColor stateColor(State state, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (state) {
    case State::Received:
    case State::Started: return dark ? QColor(0xff7db0ff) : QColor(0xff1d5fc4);
    case State::Success: return dark ? QColor(0xff56d07a) : QColor(0xff1a7435);
    case State::Failure: return troubleColor(palette);
    case State::Retry:
    case State::Cancelling:
    case State::Paused: return dark ? QColor(0xffe6b450) : QColor(0xff8a5600);
    default: return faintColor(palette);
    }
}

QColor faintColor(const QPalette &palette)
{
    return palette.color(QPalette::PlaceholderText);
}

QColor troubleColor(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xffff8389) : QColor(0xffbe1e2d);
}

QColor lineColor(const QPalette &palette)
{
    return palette.color(QPalette::Mid);
}

NoticeColors troubleNotice(const QPalette &palette)
{
    return isDark(palette) ? NoticeColors{QColor(0xff5a2227), QColor(0xffffe3e5)}
                           : NoticeColors{QColor(0xfffde3e4), QColor(0xff7a1019)};
}

NoticeColors calmNotice(const QPalette &palette)
{
    return isDark(palette) ? NoticeColors{QColor(0xff20344f), QColor(0xffd6e6ff)}
                           : NoticeColors{QColor(0xffe2edfc), QColor(0xff123f7d)};
}

} // namespace drover::gui
