// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/nearest_word.h"
#include "config/read.h"
#include "config/setting_values.h"
#include "config/settings.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace foliot::config;

class TestConfigSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shippedFileIsTheGeneratedOne()
    {
        QFile shipped(FOLIOT_SAMPLE);
        const bool isThere = shipped.open(QIODevice::ReadOnly);
        const auto generated = QByteArray::fromStdString(sampleFile());
        if (isThere && shipped.readAll() == generated)
            return;
        QFile copy("generated-foliot.toml");
        QVERIFY(copy.open(QIODevice::WriteOnly) && copy.write(generated) == generated.size());
        QFAIL(qPrintable("daemon/data/foliot.toml differs from " + QFileInfo(copy).absoluteFilePath()));
    }

    void shippedFileMeansTheDefaults() { QVERIFY(parse(sampleFile(), "f").value() == parse("", "f").value()); }

    void shippedFileIsValidWithEveryLineInForce()
    {
        auto text = QString::fromStdString(sampleFile());
        text.replace(QRegularExpression("^#(?=[a-z\\[])", QRegularExpression::MultilineOption), "");
        text.replace("type = \"helper\"", "type = \"simulated\""); // or [simulation] has no place
        text.replace("pool = false", "pool = true");               // or maxsources has none
        const auto config = parse(text.toStdString(), "f");
        QVERIFY2(config.has_value(), config ? "" : describe(config.error().front()).c_str());
        Config expected;
        expected.sources = {Source{.address = "time.example.org", .pool = true}};
        expected.clock.type = ClockType::Simulated;
        expected.server.localStratum = 10;
        expected.ntsServer.ntpServer = "time.example.org";
        expected.ntsServer.ntpPort = 123;
        QVERIFY(*config == expected);
    }

    void changesThatNeedARestartAreNamed()
    {
        const Config running;
        Config wanted;
        QVERIFY(changedAtRestart(running, wanted).empty());
        wanted.sources = {Source{.address = "time.example.org"}};
        wanted.clock.panicOver = Seconds(5);
        wanted.selection.minSources = 3;
        wanted.server.listen = {"127.0.0.1"};
        wanted.ntsServer.certificates = {"/c"};
        wanted.simulation.loss = 0.5;
        QVERIFY(changedAtRestart(running, wanted).empty());
        wanted.clock.type = ClockType::Kernel;
        wanted.state.directory = "/elsewhere";
        wanted.bus.kind = BusKind::None;
        wanted.simulation.seed = 2;
        QCOMPARE(changedAtRestart(running, wanted),
            (std::vector<std::string>{"clock.type", "state.directory", "bus.type", "simulation.seed"}));
    }

    void everySettingIsExplainedOnce()
    {
        const auto text = QString::fromStdString(describeSettings());
        for (const auto& setting : settings()) {
            QVERIFY2(setting.meaning.ends_with('.'), setting.key.data());
            QVERIFY2(text.contains(QRegularExpression(
                         QString("^  %1$").arg(setting.key.data()), QRegularExpression::MultilineOption)),
                setting.key.data());
            const auto isSame = [&](const Setting& other) {
                return other.section == setting.section && other.key == setting.key;
            };
            QCOMPARE(std::ranges::count_if(settings(), isSame), 1);
            QVERIFY(std::ranges::any_of(sections(), [&](const Section& s) { return s.name == setting.section; }));
        }
    }

    void everySettingIsInTheManualPage()
    {
        const auto page = QString::fromStdString(manualPage("1.2.3"));
        QVERIFY(page.contains("\"Foliot 1.2.3\""));
        for (const auto& setting : settings()) {
            const auto escaped = [](std::string_view text) {
                return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).replace('-', "\\-");
            };
            const QString entry = ".TP\n.B " + escaped(setting.key) + '\n' + escaped(setting.meaning) + '\n';
            QVERIFY2(page.contains(entry), qPrintable(entry));
        }
        // No line of text that roff would take for a command.
        static const QRegularExpression command(
            "^[.'](?!(TH|SH|SS|TP|PP|br|B|BR|I|IR|nf|fi|\\\\\")( |$|\")).*$", QRegularExpression::MultilineOption);
        QCOMPARE(command.match(page).captured(), QString());
    }

    // Counted by hand.
    void editsAreCounted()
    {
        QCOMPARE(editDistance("minpoll", "minpoll"), std::size_t(0));
        QCOMPARE(editDistance("Min_Poll", "minpoll"), std::size_t(0));
        QCOMPARE(editDistance("minpol", "minpoll"), std::size_t(1));
        QCOMPARE(editDistance("mniopll", "minpoll"), std::size_t(2)); // two swaps
        QCOMPARE(editDistance("kitten", "sitting"), std::size_t(3));
        QCOMPARE(editDistance("", "abc"), std::size_t(3));
    }

    void farWordsAreNotSuggested()
    {
        constexpr std::array<std::string_view, 3> words{"port", "pool", "burst"};
        QCOMPARE(nearestWord("prot", words), "port");
        QCOMPARE(nearestWord("iburst", words), "burst");
        QCOMPARE(nearestWord("address", words), "");
        QCOMPARE(nearestWord(std::string(100000, 'p'), words), "");
    }

    void clockTypesHaveTheirWords()
    {
        QCOMPARE(clockTypeWord(ClockType::Helper), "helper");
        QCOMPARE(clockTypeWord(ClockType::Kernel), "kernel");
        QCOMPARE(clockTypeWord(ClockType::Simulated), "simulated");
        QCOMPARE(clockTypeWord(ClockType::None), "none");
    }
};

QTEST_APPLESS_MAIN(TestConfigSettings)
#include "test_config_settings.moc"
