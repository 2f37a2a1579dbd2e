// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/publisher/history.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace foliot;
using daemon::History;

namespace {

bus::ClockSample sampleAt(quint64 second, double offset = 0.0)
{
    return {.boottimeUSec = second * 1'000'000, .offsetSeconds = offset};
}

} // namespace

class TestHistory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fewSamplesComeBackWhole()
    {
        History history;
        for (quint64 second = 1; second <= 10; ++second)
            history.record(sampleAt(second, 0.1));
        QCOMPARE(history.read(0, 10).size(), 10);
        QCOMPARE(history.read(0, 10).first(), sampleAt(1, 0.1));
        QCOMPARE(history.read(8'000'000, 10).size(), 3); // 8, 9, 10
        QCOMPARE(history.read(11'000'000, 10).size(), 0);
        QCOMPARE(History().read(0, 10).size(), 0);
    }

    void reducingKeepsPeaksOrderAndTheNewest()
    {
        History history;
        for (quint64 second = 1; second <= 4'000; ++second)
            history.record(sampleAt(second, second == 1'234 ? 0.5 : second == 3'210 ? -0.25 : 1e-6));
        for (const quint32 points : {1U, 2U, 3U, 7U, 100U, 999U, 3'999U}) {
            const bus::ClockSamples samples = history.read(0, points);
            QVERIFY2(samples.size() <= points, qPrintable(QString::number(points)));
            QCOMPARE(samples.last(), sampleAt(4'000, 1e-6));
            QVERIFY(std::ranges::is_sorted(samples, std::ranges::less_equal{}, &bus::ClockSample::boottimeUSec));
            if (points >= 7) {
                QVERIFY(samples.contains(sampleAt(1'234, 0.5)));
                QVERIFY(samples.contains(sampleAt(3'210, -0.25)));
            }
        }
    }

    void memoryIsBoundedAndTheRecentPastWhole()
    {
        History history(1'000);
        for (quint64 second = 1; second <= 100'000; ++second)
            history.record(sampleAt(second, second == 777 ? 0.5 : 1e-6));
        QVERIFY(history.size() <= 1'000);
        const bus::ClockSamples samples = history.read(0, 10'000);
        QCOMPARE(samples.last().boottimeUSec, quint64{100'000'000'000});
        // Half of the room at least holds the newest without a gap.
        for (qsizetype index = samples.size() - 500; index < samples.size(); ++index)
            QCOMPARE(samples[index].boottimeUSec - samples[index - 1].boottimeUSec, quint64{1'000'000});
        QVERIFY(samples.contains(sampleAt(777, 0.5))); // an outlier survives all the thinning
    }

    void sampleOfTheSameMomentReplaces()
    {
        History history;
        history.record(sampleAt(5, 0.1));
        history.record(sampleAt(5, 0.2));
        QCOMPARE(history.read(0, 10), bus::ClockSamples{sampleAt(5, 0.2)});
    }
};

QTEST_GUILESS_MAIN(TestHistory)
#include "test_history.moc"
