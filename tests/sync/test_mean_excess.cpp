// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "support/random.h"
#include "sync/mean_excess.h"

#include <QTest>

using namespace foliot::sync;
using namespace foliot::tests;

class TestMeanExcess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void meanOfExponentialsIsFound()
    {
        Random random(1);
        MeanExcess mean(1e-3, 3.0);
        double sum = 0.0;
        for (int i = 0; i < 20'000; ++i) {
            mean.add(1e-4 * random.exponential());
            if (i >= 1000)
                sum += mean.value() / 19'000.0;
        }
        QVERIFY2(near(sum, 1e-4, 5e-6), qPrintable(QString::number(sum)));
    }

    void oneVeryLatePacketHardlyMoves()
    {
        Random random(1);
        MeanExcess mean(1e-4, 64.0);
        for (int i = 0; i < 100; ++i)
            mean.add(1e-4 * random.exponential());
        const double before = mean.value();
        mean.add(1e3);
        QVERIFY(mean.value() < before * 1.06);
    }

    void quietNetworkNeverComesToNothing()
    {
        MeanExcess mean(1e-4, 3.0);
        for (int i = 0; i < 1000; ++i)
            mean.add(0.0);
        QVERIFY(mean.value() >= 1e-7);
    }
};

QTEST_GUILESS_MAIN(TestMeanExcess)
#include "test_mean_excess.moc"
