// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/summary.h"

#include "task/submission.h"

#include <QtCore/QCborStreamReader>

namespace drover {

namespace {

//! Prints CBOR until the line is full.
class Printer
{
public:
    explicit Printer(const QByteArray &bytes) : m_reader(bytes) {}

    QString print()
    {
        if (m_reader.isArray() && m_reader.enterContainer())
            printItems(QString(), 1);
        return m_line;
    }

private:
    bool isFull() { return m_line.size() >= Submission::maxSummary || m_reader.lastError() != QCborError::NoError; }

    void printItems(const QString &end, int depth)
    {
        for (bool first = true; !isFull() && m_reader.hasNext(); first = false) {
            if (!first)
                m_line += QStringLiteral(", ");
            printItem(depth);
        }
        m_line += end;
        if (!isFull())
            m_reader.leaveContainer();
    }

    void printPairs(int depth)
    {
        for (bool first = true; !isFull() && m_reader.hasNext(); first = false) {
            m_line += first ? QString() : QStringLiteral(", ");
            printItem(depth);
            m_line += QStringLiteral(": ");
            if (!isFull())
                printItem(depth);
        }
        m_line += u'}';
        if (!isFull())
            m_reader.leaveContainer();
    }

    void printItem(int depth)
    {
        if (depth > 8 || m_reader.isTag() || m_reader.isByteArray() || m_reader.isString() || m_reader.isContainer())
            return printLong(depth);
        if (m_reader.isInteger())
            m_line += m_reader.isUnsignedInteger() ? QString::number(m_reader.toUnsignedInteger())
                                                   : QString::number(m_reader.toInteger());
        else if (m_reader.isBool())
            m_line += m_reader.toBool() ? QStringLiteral("true") : QStringLiteral("false");
        else if (m_reader.isDouble() || m_reader.isFloat())
            m_line += QString::number(m_reader.isDouble() ? m_reader.toDouble() : m_reader.toFloat());
        else
            m_line += QStringLiteral("null");
        m_reader.next();
    }

    void printLong(int depth)
    {
        if (depth > 8) {
            m_line += u'\u2026';
            m_reader.next();
        } else if (m_reader.isTag()) {
            m_reader.next();
            printItem(depth + 1);
        } else if (m_reader.isByteArray()) {
            m_line += QStringLiteral("<%1 bytes>").arg(m_reader.length());
            m_reader.next();
        } else if (m_reader.isString()) {
            printString();
        } else if (m_reader.isMap()) {
            m_line += u'{';
            m_reader.enterContainer();
            printPairs(depth + 1);
        } else {
            m_line += u'[';
            m_reader.enterContainer();
            printItems(QStringLiteral("]"), depth + 1);
        }
    }

    void printString()
    {
        if (m_reader.length() > 4096) {
            m_line += QStringLiteral("\"%1 characters\u2026\"").arg(m_reader.length());
            m_reader.next();
            return;
        }
        m_line += u'"';
        for (auto chunk = m_reader.readString(); chunk.status == QCborStreamReader::Ok; chunk = m_reader.readString())
            m_line += chunk.data;
        m_line += u'"';
    }

    QCborStreamReader m_reader;
    QString m_line;
};

} // namespace

QString summaryOf(const QByteArray &arguments, bool raw)
{
    return raw ? QStringLiteral("<%1 bytes>").arg(arguments.size()) : Printer(arguments).print();
}

QString shortened(const QString &text)
{
    QString line = text;
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    QByteArray utf8 = line.toUtf8();
    if (utf8.size() <= Submission::maxSummary)
        return line;
    constexpr qsizetype room = Submission::maxSummary - 3;
    qsizetype end = room;
    while (end > 0 && (utf8.at(end) & 0xc0) == 0x80)
        --end;
    return QString::fromUtf8(utf8.first(end)) + u'\u2026';
}

} // namespace drover
