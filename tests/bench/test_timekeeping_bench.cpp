// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bench/timekeeping_options.h"
#include "bench/timekeeping_report.h"
#include "bench/timekeeping_rows.h"
#include "support/near.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace foliot::simulation;
using foliot::tests::near;

namespace {

using Arguments = std::vector<std::string_view>;

// Three runs with errors of 1, 2 and 3 us.
ScenarioRuns threeRuns(const std::string& name)
{
    ScenarioRuns all{.scenario = {.name = name}};
    for (const double microseconds : {1.0, 2.0, 3.0})
        all.runs.push_back({.rms = microseconds * 1e-6,
            .largest = microseconds * 4e-6,
            .oracleRms = 2e-6,
            .medianUncertainty = microseconds * 3e-6,
            .packets = 100.0 * microseconds,
            .converged = {1.0, 2.0, foliot::simulation::never},
            .claimed = 1000,
            .boundHeld = 1000,
            .uncertaintyHeld = 999});
    return all;
}

const Row& named(const std::vector<Row>& rows, std::string_view name)
{
    const auto row = std::ranges::find(rows, name, &Row::name);
    if (row == rows.end())
        qFatal("no row %s", std::string(name).c_str());
    return *row;
}

} // namespace

class TestTimekeepingBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valueIsTheMeanAndTwoStandardErrors()
    {
        const std::vector runs{threeRuns("poll64.W1e-9.J1e-4")};
        const std::vector<Row> rows = rowsOf(runs);
        const Row& rms = named(rows, "rms_us.poll64.W1e-9.J1e-4");
        QVERIFY(near(*rms.mean, 2.0, 1e-9));
        QVERIFY(near(*rms.standardError, 1.0 / std::sqrt(3.0), 1e-9));
        QVERIFY(near(rms.value, 2.0 + 2.0 / std::sqrt(3.0), 1e-9));
        QVERIFY(near(*rms.maximum, 3.0, 1e-9));
        QVERIFY(near(*rms.oracle, 2.0, 1e-9));
        QVERIFY(near(*rms.reference, 22.5, 1e-9)); // the best of the three peers in this cell
        QVERIFY(near(*rms.goal, 0.9 * 22.5, 1e-9));
        QVERIFY(rms.reachesGoal());
        QVERIFY(near(*named(rows, "max_us.poll64.W1e-9.J1e-4").goal, 96.0, 1e-9)); // chrony's
        QVERIFY(near(*named(rows, "rms_over_oracle.poll64.W1e-9.J1e-4").mean, 1.0, 1e-9));
    }

    void onlyPeersWithAsFewPacketsCountForTheDefault()
    {
        const std::vector runs{threeRuns("default.W1e-9.J1e-5"), threeRuns("default.W1e-8.J1e-5")};
        const std::vector<Row> rows = rowsOf(runs);
        // ntpd-rs comes to 5.2 us with 2985 packets
        QVERIFY(near(*named(rows, "rms_us.default.W1e-9.J1e-5").reference, 19.6, 1e-9));
        QCOMPARE(*named(rows, "packets.default.W1e-9.J1e-5").goal, 400.0);
        QCOMPARE(*named(rows, "packets.default.W1e-8.J1e-5").goal, 1426.0);
    }

    void clockThatNeverGetsThereMissesItsGoal()
    {
        const std::vector runs{threeRuns("start0.1s.100ppm")};
        const std::vector<Row> rows = rowsOf(runs);
        QVERIFY(named(rows, "converge_s.1ms.start0.1s.100ppm").reachesGoal());
        QVERIFY(!named(rows, "converge_s.100us.start0.1s.100ppm").reachesGoal());
    }

    void worstScenarioIsNamed()
    {
        std::vector runs{threeRuns("good"), threeRuns("bad"), threeRuns("asymmetric")};
        runs[1].runs[0].uncertaintyHeld = 900;
        runs[2].runs[0].uncertaintyHeld = 0;
        runs[2].scenario.pathsDiffer = true; // not promised
        runs[2].runs[2].boundHeld = 999;
        const std::vector<Row> rows = rowsOf(runs);
        QCOMPARE(named(rows, "uncertainty_holds_percent.worst").where, std::string("bad"));
        QVERIFY(near(named(rows, "uncertainty_holds_percent.worst").value, 96.6, 1e-9));
        QVERIFY(!named(rows, "uncertainty_holds_percent.worst").reachesGoal());
        QVERIFY(named(rows, "uncertainty_holds_percent.good").reachesGoal());
        QCOMPARE(named(rows, "bound_holds_percent.worst").where, std::string("asymmetric"));
        QVERIFY(!named(rows, "bound_holds_percent.worst").reachesGoal());
        QVERIFY(near(named(rows, "uncertainty_over_rms.worst").value, 3.0, 1e-9));
    }

    void jsonIsJson()
    {
        const std::vector runs{threeRuns("poll64.W1e-9.J1e-4"), threeRuns("start0.1s.100ppm")};
        const std::vector<Row> rows = rowsOf(runs);
        const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(asJson(rows)));
        QCOMPARE(document["bench"].toString(), QString("timekeeping"));
        QVERIFY(!document["machine"].toString().isEmpty());
        const QJsonArray array = document["rows"].toArray();
        QCOMPARE(array.size(), static_cast<qsizetype>(rows.size()));
        for (const QJsonValue& row : array) {
            for (const char* key : {"name", "value", "unit", "reference", "goal"})
                QVERIFY2(row.toObject().contains(key), key);
        }
        QCOMPARE(array[0]["name"].toString(), QString("rms_us.poll64.W1e-9.J1e-4"));
        QVERIFY(near(array[0]["goal"].toDouble(), 20.25, 1e-9));
    }

    void optionsSayWhatToRun()
    {
        const Arguments arguments{"--only", "default", "--seeds", "3", "--only", "spikes", "--json"};
        const auto options = benchOptions(arguments);
        QVERIFY(options);
        QCOMPARE(*options, (BenchOptions{.json = true, .seeds = 3, .only = {"default", "spikes"}}));
        QCOMPARE(*benchOptions({}), BenchOptions{});
    }

    void wrongOptionsAreExplained()
    {
        QCOMPARE(benchOptions(Arguments{"--seeds"}).error(), std::string("--seeds needs a value"));
        QCOMPARE(
            benchOptions(Arguments{"--seeds", "0"}).error(), std::string("--seeds needs a number from 1, not '0'"));
        QCOMPARE(
            benchOptions(Arguments{"--jobs", "2x"}).error(), std::string("--jobs needs a number from 1, not '2x'"));
        QCOMPARE(benchOptions(Arguments{"spikes"}).error(), std::string("there is no option spikes"));
    }
};

QTEST_GUILESS_MAIN(TestTimekeepingBench)
#include "test_timekeeping_bench.moc"
