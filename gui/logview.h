// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/stream.h"

#include <QtCore/QStringDecoder>
#include <QtCore/QTimer>
#include <QtWidgets/QPlainTextEdit>

namespace drover::gui {

//! The last lines that a task wrote, in the order they came; what it wrote to standard error has another colour. It follows the
//! end while the end is in sight. Escape sequences are left out.
class LogView : public QPlainTextEdit
{
    Q_OBJECT
public:
    static constexpr int mostLines = 10'000;

    explicit LogView(QWidget *parent);

    void clearAll();
    //! Shown at the next frame.
    void add(const QList<StreamItem> &items);
    void addOutput(const QByteArray &bytes);
    void addErrorOutput(const QByteArray &bytes);
    //! A line of our own, in between.
    void addNote(const QString &text);
    bool isEmptyLog() const { return m_pieces.isEmpty() && document()->isEmpty(); }
    bool isFollowing() const { return m_following; }
    void setFollowing(bool on);

Q_SIGNALS:
    void followingChanged(bool on);

private:
    enum Source { Output, ErrorOutput, Note };

    void add(Source source, const QString &text);
    void flush();

    QList<std::pair<Source, QString>> m_pieces;
    QStringDecoder m_output{QStringDecoder::Utf8};
    QStringDecoder m_errorOutput{QStringDecoder::Utf8};
    QTimer m_frame;
    bool m_following = true;
    bool m_moving = false; //!< by this class, not by a person
};

} // namespace drover::gui
