// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/drift_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

const RealTime someDay{1'800'000'000s}; // 2027-01-15
const sync::Drift someDrift{.frequencyPpm = -12.345678901, .uncertaintyPpm = 0.25};

} // namespace

class TestDriftFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void savedDriftIsLoaded()
    {
        const QTemporaryDir folder;
        const auto state = StateDirectory::open(folder.path().toStdString()).value();
        QVERIFY(!loadDrift(state, someDay).value());
        QVERIFY(saveDrift(state, someDrift, someDay));
        QVERIFY(loadDrift(state, someDay).value() == someDrift);
    }

    void fileIsReadableByPeople()
    {
        QCOMPARE(writeDrift(someDrift, someDay),
            std::string(
                "foliot-drift 1\nfrequency-ppm -12.345678901\nuncertainty-ppm 0.25\nsaved-at 1800000000\nend\n"));
    }

    void ageMakesUncertain()
    {
        const auto content = writeDrift(someDrift, someDay);
        // Random walk of 1e-9 per root of a second over 30 days: 1e-3 ppm * sqrt(2 592 000) = 1.60997 ppm.
        const auto uncertainty = parseDrift(content, someDay + 30 * 24h)->uncertaintyPpm;
        QVERIFY(std::abs(uncertainty - std::hypot(0.25, 1.60997)) < 1e-5);
        QCOMPARE(parseDrift(content, someDay + 30 * 24h)->frequencyPpm, someDrift.frequencyPpm);
    }

    void clockInThePastDoesNotMatter()
    {
        QVERIFY(parseDrift(writeDrift(someDrift, someDay), RealTime{}).value() == someDrift);
    }

    void uselessFileIsIgnoredWithItsReason_69_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("reason");
        const auto with = [](const char* frequency, const char* uncertainty = "0.1",
                              const char* savedAt = "1800000000") {
            return QByteArray("foliot-drift 1\nfrequency-ppm ") + frequency + "\nuncertainty-ppm " + uncertainty +
                   "\nsaved-at " + savedAt + "\nend\n";
        };
        QTest::newRow("empty") << QByteArray() << "empty";
        QTest::newRow("NUL") << QByteArray(4096, '\0') << "not a file of ours";
        QTest::newRow("of chrony") << QByteArray("          12.3             0.02\n") << "not a file of ours";
        QTest::newRow("NaN") << with("nan") << "a frequency of nan ppm is beyond 500 ppm";
        QTest::newRow("infinity") << with("-inf") << "a frequency of -inf ppm is beyond 500 ppm";
        QTest::newRow("1e9") << with("1e9") << "a frequency of 1e+09 ppm is beyond 500 ppm";
        QTest::newRow("beyond double") << with("1e999") << "garbled";
        QTest::newRow("just beyond") << with("500.001") << "a frequency of 500.001 ppm is beyond 500 ppm";
        QTest::newRow("negative uncertainty") << with("1", "-1") << "an uncertainty of -1 ppm makes no sense";
        QTest::newRow("uncertainty NaN") << with("1", "nan") << "an uncertainty of nan ppm makes no sense";
        QTest::newRow("saved at NaN") << with("1", "1", "nan") << "garbled";
        QTest::newRow("words") << with("fast") << "garbled";
        QTest::newRow("trailing") << with("1 2") << "garbled";
        QTest::newRow("old") << with("1", "1", "1768000000") << "370 days old";
    }
    void uselessFileIsIgnoredWithItsReason_69()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, reason);
        const auto drift = parseDrift(content.toStdString(), someDay);
        QVERIFY(!drift.has_value());
        QCOMPARE(QString::fromStdString(drift.error()), reason);
    }

    void truncatedAnywhereIsIgnored_69()
    {
        const auto content = writeDrift(someDrift, someDay);
        for (std::size_t length = 0; length < content.size(); ++length)
            QVERIFY2(!parseDrift(content.substr(0, length), someDay), std::to_string(length).c_str());
    }

    void implausibleDriftIsNotWritten_69_data()
    {
        QTest::addColumn<double>("frequency");
        QTest::addColumn<double>("uncertainty");
        QTest::newRow("NaN") << std::nan("") << 0.1;
        QTest::newRow("infinity") << HUGE_VAL << 0.1;
        QTest::newRow("1e9") << 1e9 << 0.1;
        QTest::newRow("just beyond") << -500.001 << 0.1;
        QTest::newRow("uncertainty NaN") << 1.0 << std::nan("");
        QTest::newRow("uncertainty infinity") << 1.0 << HUGE_VAL;
        QTest::newRow("negative uncertainty") << 1.0 << -0.1;
    }
    void implausibleDriftIsNotWritten_69()
    {
        QFETCH(double, frequency);
        QFETCH(double, uncertainty);
        const QTemporaryDir folder;
        const auto state = StateDirectory::open(folder.path().toStdString()).value();
        QVERIFY(saveDrift(state, someDrift, someDay));
        const auto saved = saveDrift(state, {.frequencyPpm = frequency, .uncertaintyPpm = uncertainty}, someDay);
        QVERIFY(!saved);
        QVERIFY2(saved.error().message.starts_with("drift: not written: "), saved.error().message.c_str());
        QVERIFY(loadDrift(state, someDay).value() == someDrift);
    }

    void uselessFileIsNamedInTheComplaint()
    {
        const QTemporaryDir folder;
        const auto state = StateDirectory::open(folder.path().toStdString()).value();
        QVERIFY(state.write("drift", "nan"));
        QCOMPARE(loadDrift(state, someDay).error().message, std::string("drift: not a file of ours"));
    }
};

QTEST_APPLESS_MAIN(TestDriftFile)
#include "test_drift_file.moc"
