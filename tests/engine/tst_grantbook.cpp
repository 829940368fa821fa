// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/grants.h"

#include "testing/main.h"

using namespace drover;

using Changes = QList<GrantBook::Change>;

class TestGrantBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLoneBrokerGetsAllPlacesUnasked()
    {
        GrantBook book;
        book.open(1);
        QCOMPARE(book.distribute(3), (Changes{{1, 3}}));
        QCOMPARE(book.distribute(3), Changes());
    }

    void aGrantCountsAllAssignsOfTheSession()
    {
        GrantBook book;
        book.open(1);
        book.distribute(1);
        QVERIFY(book.assigned(1));
        QCOMPARE(book.distribute(0), Changes());
        QCOMPARE(book.distribute(1), (Changes{{1, 2}}));
        QVERIFY(book.assigned(1));
        QVERIFY(!book.assigned(1));
    }

    void onePlaceIsPromisedToOneBrokerAtATime()
    {
        GrantBook book;
        book.open(1);
        book.open(2);
        QCOMPARE(book.distribute(1), Changes());
        book.demand(1, 5);
        book.demand(2, 5);
        QCOMPARE(book.distribute(1), (Changes{{1, 1}}));
        QCOMPARE(book.distribute(1), Changes());
        book.assigned(1);
        QCOMPARE(book.distribute(0), Changes());
        QCOMPARE(book.distribute(1), (Changes{{2, 1}}));
    }

    void severalPlacesAreSharedInTurns()
    {
        GrantBook book;
        book.open(1);
        book.open(2);
        book.demand(1, 10);
        book.demand(2, 10);
        QCOMPARE(book.distribute(4), (Changes{{1, 2}, {2, 2}}));
    }

    void demandBoundsTheShareOfABroker()
    {
        GrantBook book;
        book.open(1);
        book.open(2);
        book.demand(1, 1);
        book.demand(2, 10);
        QCOMPARE(book.distribute(4), (Changes{{1, 1}, {2, 3}}));
    }

    void aBrokerWithoutDemandLosesItsPromise()
    {
        GrantBook book;
        book.open(1);
        QCOMPARE(book.distribute(1), (Changes{{1, 1}}));
        book.open(2);
        book.demand(2, 1);
        QCOMPARE(book.distribute(1), (Changes{{1, 0}, {2, 1}}));
        QVERIFY(!book.assigned(1));
    }

    void fewerPlacesTakePromisesBack()
    {
        GrantBook book;
        book.open(1);
        book.distribute(64);
        QCOMPARE(book.distribute(1), (Changes{{1, 1}}));
    }

    void smallRisesWaitUntilHalfIsUsed()
    {
        GrantBook book;
        book.open(1);
        book.distribute(64);
        for (int i = 0; i < 31; ++i)
            book.assigned(1);
        QCOMPARE(book.distribute(64), Changes());
        book.assigned(1);
        QCOMPARE(book.distribute(64), (Changes{{1, 96}}));
    }

    void unknownSessionsAreIgnored()
    {
        GrantBook book;
        book.demand(9, 1);
        QVERIFY(!book.assigned(9));
        QCOMPARE(book.distribute(1), Changes());
    }
};

DROVER_TEST_MAIN(TestGrantBook)

#include "tst_grantbook.moc"
