// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/columns.h"

#include "cli/shell.h"

namespace drover::cli {

namespace {

QString cell(const QString &text)
{
    QString line = text;
    line.replace(u'\n', u' ').replace(u'\t', u' ');
    return printable(line);
}

} // namespace

QStringList columns(const QList<QStringList> &rows)
{
    QList<QStringList> cells;
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        QStringList shown;
        for (const QString &text : row)
            shown.append(cell(text));
        widths.resize(qMax(widths.size(), shown.size()));
        for (qsizetype i = 0; i < shown.size(); ++i)
            widths[i] = qMax(widths[i], shown[i].size());
        cells.append(shown);
    }
    QStringList lines;
    for (const QStringList &row : std::as_const(cells)) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += i + 1 < row.size() ? row[i].leftJustified(widths[i] + 2) : row[i];
        while (line.endsWith(u' '))
            line.chop(1);
        lines.append(line);
    }
    return lines;
}

} // namespace drover::cli
