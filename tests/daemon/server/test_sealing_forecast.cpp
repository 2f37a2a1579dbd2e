// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How long it takes to authenticate the replies of a batch: learnt from those before, not upset by a lost processor.

#include "daemon/server/sealing_forecast.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

SealingForecast taught(Nanoseconds each)
{
    SealingForecast forecast;
    for (std::size_t i = 0; i < 32'000; ++i)
        forecast.learn(1 + i % 32, each * static_cast<int>(1 + i % 32));
    return forecast;
}

bool near(Nanoseconds value, Nanoseconds expected, Nanoseconds tolerance)
{
    return std::chrono::abs(value - expected) <= tolerance;
}

} // namespace

class TestSealingForecast : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsExpectedOfPlainReplies() { QCOMPARE(taught(2us).expected(0), 0ns); }

    void nothingIsExpectedAtFirst() { QCOMPARE(SealingForecast().expected(32), 0ns); }

    void eachReplyTakesItsTime()
    {
        QVERIFY(near(taught(2us).expected(1), 2us, 10ns));
        QVERIFY(near(taught(2us).expected(32), 64us, 1us));
    }

    void lostProcessorIsNoLesson()
    {
        auto forecast = taught(2us);
        forecast.learn(1, 20ms);
        QVERIFY2(forecast.expected(1) < 3us, qPrintable(QString::number(forecast.expected(1).count())));
    }

    void shortTimesAreForecast()
    {
        SealingForecast forecast;
        for (int i = 0; i < 2000; ++i)
            forecast.learn(1, i % 2 == 0 ? 5us : 30us);
        QVERIFY2(forecast.expected(1) < 6us, qPrintable(QString::number(forecast.expected(1).count())));
        QVERIFY(forecast.expected(1) > 4us);
    }

    void longerKeysAreLearnt()
    {
        auto forecast = taught(2us);
        for (int i = 0; i < 2000; ++i)
            forecast.learn(8, 80us);
        QVERIFY(near(forecast.expected(8), 80us, 1us));
        for (int i = 0; i < 10; ++i)
            forecast.learn(8, 8us);
        QVERIFY(near(forecast.expected(8), 8us, 1us));
    }

    void oneAloneTakesLongerThanEachOfMany()
    {
        SealingForecast forecast;
        for (int i = 0; i < 2000; ++i) {
            forecast.learn(8, 8us);
            forecast.learn(1, 3us);
        }
        QVERIFY(near(forecast.expected(8), 8us, 100ns));
        QVERIFY(near(forecast.expected(1), 3us, 100ns));
    }

    // A forecast that is too long makes a reply say that it left after it arrived.
    void whatIsNotLearntIsAsTheQuickest()
    {
        SealingForecast forecast;
        for (int i = 0; i < 2000; ++i) {
            forecast.learn(4, 8us);
            forecast.learn(8, 8us);
        }
        QVERIFY(near(forecast.expected(1), 1us, 100ns));
        QVERIFY(near(forecast.expected(2), 2us, 200ns));
        forecast.learn(1, 3us);
        QVERIFY(near(forecast.expected(1), 1us, 100ns));
    }
};

QTEST_APPLESS_MAIN(TestSealingForecast)
#include "test_sealing_forecast.moc"
