// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/last_time.h"

#include <QTemporaryDir>
#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

const RealTime built{1'750'000'000s}; // 2025-06-15

std::string fileOf(const char* seconds)
{
    return std::string("foliot-last-time 1\nseconds ") + seconds + "\nend\n";
}

} // namespace

class TestLastTime : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void savedTimeIsTheFloor()
    {
        const QTemporaryDir folder;
        const auto state = StateDirectory::open(folder.path().toStdString()).value();
        const auto later = buildTime() + 1000h;
        QVERIFY(saveLastTime(state, later + 5ns));
        const TimeFloor expected{
            .time = std::chrono::floor<std::chrono::seconds>(later), .origin = TimeFloorOrigin::Saved};
        QVERIFY(loadTimeFloor(state).value() == expected);
    }

    void buildTimeIsTheFloorWithoutAFile()
    {
        const QTemporaryDir folder;
        const auto state = StateDirectory::open(folder.path().toStdString()).value();
        QVERIFY(loadTimeFloor(state).value() == (TimeFloor{.time = buildTime(), .origin = TimeFloorOrigin::Build}));
    }

    void laterOfBothIsTheFloor()
    {
        QVERIFY(parseLastTime(fileOf("1749999999"), built).value() == (TimeFloor{built, TimeFloorOrigin::Build}));
        QVERIFY(parseLastTime(fileOf("1750000001"), built).value() == (TimeFloor{built + 1s, TimeFloorOrigin::Saved}));
    }

    void clockWithoutBatteryIsBehind()
    {
        const TimeFloor floor{.time = built};
        QVERIFY(isBehind(floor, RealTime{}));
        QVERIFY(isBehind(floor, built - 1ns));
        QVERIFY(!isBehind(floor, built));
    }

    void programWasBuiltBeforeNowAndAfter2025()
    {
        QVERIFY(buildTime() > RealTime{1'735'689'600s});
        QVERIFY(buildTime().time_since_epoch() <= std::chrono::system_clock::now().time_since_epoch());
    }

    void uselessFileIsIgnoredWithItsReason_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const std::string& content, const char* reason) {
            QTest::newRow(name) << QByteArray::fromStdString(content) << reason;
        };
        row("empty", "", "empty");
        row("garbage", std::string(100, '\xff'), "not a file of ours");
        row("negative", fileOf("-5"), "garbled");
        row("fraction", fileOf("1.5"), "garbled");
        row("beyond 64 bits", fileOf("99999999999999999999"), "garbled");
        row("beyond nanoseconds", fileOf("9223372036854775807"), "garbled");
        row("far future", fileOf("4000000000"), "more than 50 years after the program was built");
    }
    void uselessFileIsIgnoredWithItsReason()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, reason);
        const auto floor = parseLastTime(content.toStdString(), built);
        QVERIFY(!floor.has_value());
        QCOMPARE(QString::fromStdString(floor.error()), reason);
    }

    void truncatedAnywhereIsIgnored()
    {
        const auto content = fileOf("1760000000");
        for (std::size_t length = 0; length < content.size(); ++length)
            QVERIFY2(!parseLastTime(content.substr(0, length), built), std::to_string(length).c_str());
    }
};

QTEST_APPLESS_MAIN(TestLastTime)
#include "test_last_time.moc"
