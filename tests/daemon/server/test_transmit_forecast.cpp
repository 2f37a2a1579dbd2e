// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// When a reply will leave: learnt from stamps, not upset by a lost processor.

#include "daemon/server/transmit_forecast.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

// A kernel that needs so long for the first reply and for each further one.
void teach(TransmitForecast& forecast, Nanoseconds first, Nanoseconds each, int times = 60)
{
    for (int i = 0; i < times; ++i) {
        forecast.learn(0, first);
        forecast.learn(31, first + 31 * each);
    }
}

TransmitForecast experienced()
{
    TransmitForecast forecast;
    for (int call = 0; call < 100; ++call)
        forecast.sample(1, RawTime(1s + call * 50us));
    return forecast;
}

bool near(Nanoseconds value, Nanoseconds expected, Nanoseconds tolerance)
{
    return std::chrono::abs(value - expected) <= tolerance;
}

} // namespace

class TestTransmitForecast : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void placeInTheBatchCounts();
    void nothingIsForecastTooLateAtFirst();
    void fewSamplesTell();
    void firstSampleOfAllMayBeAbsurd();
    void jitterIsForecastLow();
    void lostProcessorIsNoLesson();
    void repliesThatAreLateNowAndThenDoNotCountMore();
    void slowerKernelIsLearnt();
    void slowerKernelIsLearntAfterExperience();
    void firstAndLastReplyAreAskedAboutByTurns();
    void fewRepliesOfABusyServerAreAskedAbout();
    void pausesOfABusyServerAreAskedAboutNoMoreThanTheRest();
    void everyReplyOfAnIdleServerIsAskedAbout();
    void repliesBehindAPauseLeaveAlone();
    void repliesThatTellNothingOfTheKernelCountAsWell();
    void slowCallsInARowAreForecastToGoOn();
    void oneSlowCallIsAnAccident();
    void pauseEndsWhatWasSlow();
    void beginnerExpectsNothingSlow();
};

void TestTransmitForecast::placeInTheBatchCounts()
{
    TransmitForecast forecast;
    teach(forecast, 5us, 2us);
    QVERIFY(near(forecast.until(0), 5us, 100ns));
    QVERIFY(near(forecast.until(10), 25us, 500ns));
    QVERIFY(near(forecast.until(31), 67us, 1us));
}

void TestTransmitForecast::nothingIsForecastTooLateAtFirst()
{
    QCOMPARE(TransmitForecast().until(0), 0ns);
}

// As a server is asked once a second, with what was measured there: between 17 and 32 us.
void TestTransmitForecast::fewSamplesTell()
{
    TransmitForecast forecast;
    for (const int took : {21, 18, 24, 20, 27, 22, 31, 19})
        forecast.learn(0, took * 1us);
    QVERIFY2(near(forecast.until(0), 21'300ns, 100ns), qPrintable(QString::number(forecast.until(0).count())));
}

// What says that it left after it arrived is refused by who asked.
void TestTransmitForecast::firstSampleOfAllMayBeAbsurd()
{
    TransmitForecast forecast;
    forecast.learn(0, 200us);
    for (int i = 0; i < 30; ++i) {
        forecast.learn(0, 20us);
        QVERIFY2(forecast.until(0) <= 20us, qPrintable(QString::number(forecast.until(0).count())));
    }
    QCOMPARE(forecast.until(0), 20us);
}

// Evenly spread between 2 and 6 us. Both gains balance at 2 us + 4 us / (1 + sqrt(3)), 3.46 us.
void TestTransmitForecast::jitterIsForecastLow()
{
    TransmitForecast forecast;
    for (int i = 0; i < 4000; ++i)
        forecast.learn(0, 2us + (i * 7 % 40) * 100ns);
    QVERIFY2(near(forecast.until(0), 3500ns, 500ns), qPrintable(QString::number(forecast.until(0).count())));
}

void TestTransmitForecast::lostProcessorIsNoLesson()
{
    TransmitForecast forecast;
    teach(forecast, 5us, 2us);
    forecast.learn(0, 40ms);
    forecast.learn(31, 40ms);
    QVERIFY(near(forecast.until(0), 5us, 3us));
}

// One in ten is.
void TestTransmitForecast::repliesThatAreLateNowAndThenDoNotCountMore()
{
    auto forecast = experienced();
    for (int i = 0; i < 2000; ++i)
        forecast.learn(0, i % 10 == 9 ? 15us : 5us);
    QVERIFY2(near(forecast.until(0), 5us, 100ns), qPrintable(QString::number(forecast.until(0).count())));
}

void TestTransmitForecast::slowerKernelIsLearnt()
{
    TransmitForecast forecast;
    teach(forecast, 5us, 2us);
    teach(forecast, 60us, 10us);
    QVERIFY(near(forecast.until(0), 60us, 1us));
    QVERIFY(near(forecast.until(31), 370us, 10us));
}

void TestTransmitForecast::slowerKernelIsLearntAfterExperience()
{
    auto forecast = experienced();
    teach(forecast, 5us, 2us, 1000);
    teach(forecast, 60us, 10us, 1000);
    QVERIFY(near(forecast.until(0), 60us, 1us));
    QVERIFY(near(forecast.until(31), 370us, 10us));
}

void TestTransmitForecast::firstAndLastReplyAreAskedAboutByTurns()
{
    TransmitForecast forecast;
    QCOMPARE(forecast.sample(4, RawTime(1s)), std::size_t{0});
    QCOMPARE(forecast.sample(4, RawTime(1s + 50us)), std::size_t{3});
    QCOMPARE(forecast.sample(4, RawTime(1s + 100us)), std::size_t{0});
    QCOMPARE(forecast.sample(1, RawTime(1s + 150us)), std::size_t{0});
}

void TestTransmitForecast::fewRepliesOfABusyServerAreAskedAbout()
{
    TransmitForecast forecast;
    int asked = 0;
    for (int call = 0; call < 20'000; ++call)
        asked += forecast.sample(4, RawTime(1s + call * 50us)) ? 1 : 0;
    QVERIFY2(asked >= 600 && asked <= 700, qPrintable(QString::number(asked))); // of 80 000
}

// One time in 101 calls the thread loses its processor for 20 ms.
void TestTransmitForecast::pausesOfABusyServerAreAskedAboutNoMoreThanTheRest()
{
    TransmitForecast forecast;
    RawTime now(1s);
    int asked = 0;
    int askedAfterPauses = 0;
    for (int call = 0; call < 20'000; ++call) {
        const bool isAfterPause = call % 101 == 100;
        now += isAfterPause ? 20ms : Nanoseconds(50us);
        if (forecast.sample(4, now)) {
            ++asked;
            askedAfterPauses += isAfterPause ? 1 : 0;
        }
    }
    QVERIFY2(askedAfterPauses * 50 < asked, qPrintable(QString::number(askedAfterPauses)));
}

void TestTransmitForecast::everyReplyOfAnIdleServerIsAskedAbout()
{
    TransmitForecast forecast;
    for (int call = 0; call < 100; ++call)
        QVERIFY(forecast.sample(1, RawTime(1s + call * 500ms)));
}

void TestTransmitForecast::repliesBehindAPauseLeaveAlone()
{
    auto forecast = experienced();
    forecast.begin(RawTime(2s));
    QCOMPARE(forecast.together(), std::size_t{1});
    forecast.called(1, 20us);
    QCOMPARE(forecast.together(), std::size_t{1});
    forecast.called(1, 20us);
    QCOMPARE(forecast.together(), std::size_t{4});
    forecast.begin(RawTime(2s + 200us));
    QCOMPARE(forecast.together(), std::size_t{4});
    forecast.begin(RawTime(2s + 10ms));
    QCOMPARE(forecast.together(), std::size_t{1});
}

// As those that are sealed, which takes longer than to send them.
void TestTransmitForecast::repliesThatTellNothingOfTheKernelCountAsWell()
{
    auto forecast = experienced();
    forecast.begin(RawTime(2s));
    forecast.called(1, std::nullopt);
    forecast.called(1, std::nullopt);
    QCOMPARE(forecast.together(), std::size_t{4});
}

// Calls as a busy machine has them for some milliseconds: 20 us for four replies that usually take 6, of which the first
// leaves after 2 us and each further one after 1 us more.
void TestTransmitForecast::slowCallsInARowAreForecastToGoOn()
{
    auto forecast = experienced();
    teach(forecast, 2us, 1us, 1000);
    forecast.begin(RawTime(2s));
    forecast.called(4, 6us);
    QVERIFY(near(forecast.until(3), 5us, 200ns));
    forecast.called(4, 20us);
    forecast.called(4, 20us);
    QVERIFY2(near(forecast.until(3), 16700ns, 500ns), qPrintable(QString::number(forecast.until(3).count())));
    forecast.called(4, 6us);
    QVERIFY(near(forecast.until(3), 5us, 200ns));
}

void TestTransmitForecast::oneSlowCallIsAnAccident()
{
    auto forecast = experienced();
    teach(forecast, 2us, 1us, 1000);
    forecast.begin(RawTime(2s));
    forecast.called(4, 6us);
    forecast.called(4, 40ms);
    QVERIFY(near(forecast.until(3), 5us, 200ns));
}

void TestTransmitForecast::pauseEndsWhatWasSlow()
{
    auto forecast = experienced();
    teach(forecast, 2us, 1us, 1000);
    forecast.begin(RawTime(2s));
    forecast.called(4, 20us);
    forecast.called(4, 20us);
    forecast.begin(RawTime(3s));
    QVERIFY(near(forecast.until(3), 5us, 200ns));
    forecast.called(1, 40us);
    QVERIFY(near(forecast.until(3), 5us, 200ns));
}

void TestTransmitForecast::beginnerExpectsNothingSlow()
{
    TransmitForecast forecast;
    forecast.begin(RawTime(2s));
    for (int call = 0; call < 10; ++call)
        forecast.called(4, 40us);
    QCOMPARE(forecast.until(0), 0ns);
    QCOMPARE(forecast.until(3), 3us);
}

QTEST_GUILESS_MAIN(TestTransmitForecast)
#include "test_transmit_forecast.moc"
