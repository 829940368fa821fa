// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/optionlist.h"
#include "client/client.h"
#include "task/options.h"

#include <QCoro/QCoroTask>

#include <QtCore/QCommandLineParser>
#include <QtCore/QJsonObject>

#include <functional>
#include <memory>

namespace drover::cli {

//! What a verb works with: its options and arguments, where it prints, and its client.
class Shell
{
public:
    //! \a parser has been fed the arguments of the verb.
    explicit Shell(QCommandLineParser &parser);
    ~Shell();

    QStringList arguments() const { return m_parser.positionalArguments(); }
    bool isSet(const QString &option) const { return m_parser.isSet(option); }
    QString value(const QString &option) const { return m_parser.value(option); }
    QStringList values(const QString &option) const { return m_parser.values(option); }
    bool wantsJson() const { return m_parser.isSet(QStringLiteral("json")); }

    //! The folder of keys and stores: --home, or that of the user.
    Result<QString> home() const;
    //! The client of --broker, made at the first call.
    Client &client();
    //! Waits for the broker; prints why and gives false when there is none.
    QCoro::Task<bool> connected();
    //! The client shall not start a broker; before client() and connected().
    void startNoBroker() { m_startBroker = false; }

    //! \a text and a line end to standard output; control characters are shown, not sent to the terminal.
    void print(const QString &text);
    void print(const QJsonObject &object); //!< on one line
    //! \a hide is called before anything is printed: what stands on the last line of the terminal makes room. Null for nothing.
    void setOverlay(std::function<void()> hide) { m_hideOverlay = std::move(hide); }
    //! `drover: text` to standard error.
    void complain(const QString &text);
    //! Prints \a error, as JSON if that is wanted, and gives the exit code that it means.
    int failed(const Error &error);
    //! The bytes of a task, untouched.
    static void writeOutput(const QByteArray &bytes);
    static void writeErrorOutput(const QByteArray &bytes);

private:
    QCommandLineParser &m_parser;
    std::unique_ptr<Client> m_client;
    bool m_startBroker = true;
    bool m_hasMet = false; //!< the client was connected
    std::function<void()> m_hideOverlay;
};

//! \a text with control characters and escapes made visible, so that names and logs from others cannot steer a terminal.
QString printable(const QString &text);

//! The options that every verb has: --help, --json, --broker, --home.
void declareCommon(OptionList &options);
//! Those of tasks: --queue, --priority, --timeout, --retries, --tag, --key, --eta, --expires.
void declareTaskOptions(OptionList &options, bool withKey = true);
//! Reads them; InvalidArgument names the option and what it takes.
Result<Options> taskOptions(const Shell &shell, bool withKey = true);
//! "90", "1.5s", "10m", "2h", "1d".
Result<Milliseconds> durationFromText(const QString &text);
//! The value of --timeout, or \a unset without it.
Result<Milliseconds> patienceOf(const Shell &shell, Milliseconds unset);
//! The id in the only argument of \a shell; InvalidArgument says what is missing.
Result<TaskId> idArgument(const Shell &shell);

QJsonObject toJson(const TaskInfo &task);
QJsonObject toJson(const Error &error);
QJsonValue toJson(const QVariant &value);
//! A result for people: text as it is, everything else as JSON.
QString toText(const QVariant &value);

} // namespace drover::cli
