// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/cborreader.h"
#include "protocol/cborwriter.h"
#include "protocol/message.h"
#include "protocol/messages.h"
#include "samples.h"
#include "testing/main.h"

#include <QtCore/QCborStreamReader>
#include <QtCore/QCborStreamWriter>

using namespace drover;
using testing::MessageCase;

namespace {

//! The items of a message apart, the kind first.
QList<QByteArray> itemsOf(const QByteArray &message)
{
    CborReader reader(message);
    QList<QByteArray> items(qsizetype(reader.array()));
    for (QByteArray &item : items) {
        const qsizetype start = reader.offset();
        reader.skip();
        item = message.mid(start, reader.offset() - start);
    }
    return items;
}

QByteArray messageOf(const QList<QByteArray> &items)
{
    QByteArray message;
    CborWriter(message).array(quint64(items.size()));
    return message + items.join();
}

//! Reads with Qt's classes and writes with Qt's classes.
void copyByQt(QCborStreamReader &reader, QCborStreamWriter &writer)
{
    if (reader.isArray() || reader.isMap()) {
        const bool array = reader.isArray();
        array ? writer.startArray(reader.length()) : writer.startMap(reader.length());
        reader.enterContainer();
        while (reader.hasNext())
            copyByQt(reader, writer);
        reader.leaveContainer();
        array ? writer.endArray() : writer.endMap();
    } else if (reader.isByteArray()) {
        writer.append(reader.readByteArray().data);
        reader.readByteArray();
    } else if (reader.isString()) {
        writer.append(QStringView(reader.readString().data));
        reader.readString();
    } else {
        if (reader.isUnsignedInteger())
            writer.append(reader.toUnsignedInteger());
        else if (reader.isNegativeInteger())
            writer.append(reader.toInteger());
        else if (reader.isDouble())
            writer.append(reader.toDouble());
        else if (reader.isSimpleType())
            writer.append(reader.toSimpleType());
        reader.next();
    }
}

} // namespace

//! Each test has a row for each message.
class TestMessages : public QObject
{
    Q_OBJECT

    const MessageCase *m_case = nullptr;

    static void rows()
    {
        QTest::addColumn<int>("index");
        const auto &cases = testing::messageCases();
        for (size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].name) << int(i);
    }
    RawMessage raw(QByteArrayView item) const { return {m_case->kind, item}; }

private Q_SLOTS:
    void init()
    {
        if (QTest::currentDataTag()) {
            QFETCH(const int, index);
            m_case = &testing::messageCases()[size_t(index)];
        }
    }

    void comesBackAsItWas_data() { rows(); }
    void comesBackAsItWas()
    {
        QVERIFY(m_case->isMinimal(raw(m_case->minimal)));
        QVERIFY(m_case->isFull(raw(m_case->full)));
        QVERIFY(m_case->minimal != m_case->full);
        QCOMPARE(*m_case->recode(raw(m_case->full)), m_case->full);
        QCOMPARE(quint64(itemsOf(m_case->full).size()), m_case->fields + 1);
    }

    void isByteForByteWhatQtWrites_data() { rows(); }
    void isByteForByteWhatQtWrites()
    {
        for (const QByteArray &ours : {m_case->minimal, m_case->full}) {
            QByteArray theirs;
            QCborStreamReader reader(ours);
            QCborStreamWriter writer(&theirs);
            copyByQt(reader, writer);
            QCOMPARE(theirs, ours);
        }
    }

    void isRefusedWhenCutAnywhere_data() { rows(); }
    void isRefusedWhenCutAnywhere()
    {
        for (const QByteArray &whole : {m_case->minimal, m_case->full}) {
            for (qsizetype size = 0; size < whole.size(); ++size) {
                const QByteArray cut(whole.constData(), size); // a copy, so that ASan sees a step too far
                FrameReader frame(cut);
                QVERIFY(!frame.next());
                QCOMPARE(frame.failed(), size > 0);
                const auto refused = m_case->recode(raw(cut));
                QVERIFY(!refused);
                QVERIFY(refused.error().code() == ErrorCode::ProtocolError);
                QVERIFY(refused.error().message().contains(QLatin1String(m_case->name)));
            }
        }
    }

    void isRefusedWithAFieldOfAnotherType_data() { rows(); }
    void isRefusedWithAFieldOfAnotherType()
    {
        const QList<QByteArray> items = itemsOf(m_case->full);
        const QByteArray others[] = {QByteArray(1, '\x01'),
                                     "\x20",
                                     "\x41x",
                                     "\x61x",
                                     "\x80",
                                     "\xa0",
                                     "\xc1\x01",
                                     "\xf5",
                                     "\xf6",
                                     "\xf7",
                                     "\x81\x80",
                                     "\xff",
                                     "\x5f\x41x\xff"};
        for (qsizetype field = 1; field < items.size(); ++field) {
            int refusals = 0;
            for (const QByteArray &other : others) {
                QList<QByteArray> changed = items;
                changed[field] = other;
                const QByteArray message = messageOf(changed);
                const auto result = m_case->recode(raw(message));
                if (result) {
                    QCOMPARE(*result, message); // it fitted and was not taken for something else
                    continue;
                }
                ++refusals;
                QVERIFY(result.error().message().contains(QStringLiteral("field %1").arg(field)));
            }
            QVERIFY2(refusals >= 10, qPrintable(QStringLiteral("field %1: %2").arg(field).arg(refusals)));
        }
    }

    void needsAllItsFields_data() { rows(); }
    void needsAllItsFields()
    {
        QList<QByteArray> items = itemsOf(m_case->full);
        while (items.size() > 1) {
            const auto field = items.size() - 1;
            items.removeLast();
            const auto result = m_case->recode(raw(messageOf(items)));
            QCOMPARE(result.has_value(), quint64(field) > m_case->required);
            if (result)
                continue;
            const QString expected = QStringLiteral("field %1: expected one more field").arg(field);
            QVERIFY2(result.error().message().contains(expected), qPrintable(result.error().message()));
        }
    }

    void skipsWhatALaterVersionAdds_data() { rows(); }
    void skipsWhatALaterVersionAdds()
    {
        QList<QByteArray> items = itemsOf(m_case->full);
        items << "\x18\x2a"
              << "\x83\x01\x61x\xa1\x01\x80"
              << "\xf7" << QByteArray::fromHex("fb3ff0000000000000");
        QVERIFY(m_case->isFull(raw(messageOf(items))));
        items << "\x9f";
        QVERIFY(!m_case->recode(raw(messageOf(items))));
    }

    void isRefusedUnderAnotherKind_data() { rows(); }
    void isRefusedUnderAnotherKind()
    {
        QList<QByteArray> items = itemsOf(m_case->full);
        for (const char *kind : {"19ffff", "00", "20", "61 78", "f6", "1bffffffffffffffff"}) {
            items[0] = QByteArray::fromHex(kind);
            QVERIFY(!m_case->recode(raw(messageOf(items))));
        }
    }

    void aSubmitCanBeAnsweredByItsHead()
    {
        Submit submit;
        submit.seq = 7;
        submit.id = Id({1, 2, 3});
        QByteArray bytes;
        encode(bytes, submit);
        const auto head = decode<SubmitHead>({Kind::Submit, bytes});
        QVERIFY(head);
        QCOMPARE(head->seq, 7u);
        QCOMPARE(head->id, submit.id);
    }

    void encodingAppends()
    {
        QByteArray frame;
        encode(frame, Credit{5});
        encode(frame, Renew{6});
        QCOMPARE(frame.toHex(), QByteArray("82030582183006"));
    }
};

DROVER_TEST_MAIN(TestMessages)
#include "tst_messages.moc"
