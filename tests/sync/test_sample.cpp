// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/sample.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace std::chrono_literals;

namespace {

// A server 1 s ahead of the raw clock, 1 ms away each way.
ntp::Measurement measurement(const LocalStamp& transmit, const LocalStamp& receive)
{
    return {.localTransmit = transmit,
        .serverReceive = RealTime(1s + 1ms),
        .serverTransmit = RealTime(1s + 2ms),
        .localReceive = receive,
        .serverPrecision = -20};
}

LocalStamp stamp(Nanoseconds raw, StampOrigin origin, Nanoseconds error)
{
    return {.raw = RawTime(raw), .origin = origin, .error = error};
}

} // namespace

class TestSample : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void waysAreAgainstTheOscillator()
    {
        const Sample sample =
            sampleOf(measurement(stamp(0ms, StampOrigin::Kernel, 0ns), stamp(3ms, StampOrigin::Kernel, 0ns)), 100ns);
        QCOMPARE(sample.at, RawTime(1500us));
        QCOMPARE(sample.outbound, Nanoseconds(1s + 1ms));
        QCOMPARE(sample.inbound, Nanoseconds(-1s + 1ms));
        QVERIFY(std::abs(delayOf(sample).count() - 0.002) < 1e-12);
        QVERIFY(std::abs(offsetOf(sample, 1s).count()) < 1e-12);
    }

    void onlyWhatMayBeOffEitherWayIsTheStampsError()
    {
        const auto error = [](StampOrigin origin) {
            return sampleOf(measurement(stamp(0ms, origin, 40us), stamp(3ms, origin, 100us)), 100ns).stampError.count();
        };
        const double precisions = 0x1p-20 + 100e-9;
        QVERIFY(std::abs(error(StampOrigin::Kernel) - precisions - 70e-6) < 1e-12);
        // Taken before the packet left and after it arrived: in the delay already.
        QVERIFY(std::abs(error(StampOrigin::UserSpace) - precisions) < 1e-12);
    }
};

QTEST_APPLESS_MAIN(TestSample)
#include "test_sample.moc"
