// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// No file costs more time, memory or stack than its size, and what is merely long is taken.

#include "config/read.h"

#include <QTest>

#include <ctime>
#include <format>

using namespace foliot::config;

namespace {

std::string repeated(const std::string& text, int times)
{
    std::string result;
    for (int i = 0; i < times; ++i)
        result += text;
    return result;
}

} // namespace

class TestConfigHostile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Dots in texts and remarks make no key long.
    void longListsAndRemarksAreTaken()
    {
        std::string list;
        for (int i = 0; i < 256; ++i)
            list += std::format("{}\"10.{}.0.0/16\"", i == 0 ? "" : ", ", i);
        const auto config = parse("# " + repeated(".", 1000) + "\n[server]\nallow = [" + list + "] # '" +
                                      repeated(".", 300) + "\ndeny = ['192.0.2.0/24']\n",
            "f");
        QVERIFY2(config.has_value(), config ? "" : describe(config.error().front()).c_str());
        QCOMPARE(config->server.allow.size(), std::size_t(256));
        QCOMPARE(config->server.deny.size(), std::size_t(1));
    }

    void hostileTextIsRefusedCheaply_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const std::string& text) {
            QTest::newRow(name) << QByteArray::fromStdString(text);
        };
        row("nested lists", "x = " + repeated("[", 500000));
        row("nested tables", "x = " + repeated("{a=", 300000));
        row("dotted key", "a" + repeated(".a", 500000) + " = 1");
        row("dotted header", "[a" + repeated(".a", 500000) + "]");
        row("dotted keys in nested tables", repeated("x = {a" + repeated(".a", 190) + " = [\n", 2500));
        row("dotted key with quoted parts", "[a" + repeated(".\"#[=\"", 100000) + "]");
        row("dotted key behind a text of several lines", "x = [\"\"\"\n\"\"\", {a" + repeated(".a", 500000) + " = 1}]");
        row("dotted key behind empty texts", "x = [\"\", '', {a" + repeated(".a", 500000) + " = 1}]");
        row("dotted key behind texts that end with quotes",
            "x = [\"\"\"\"\"\"\"\", '''a''''', {a" + repeated(".a", 400000) + " = 1}]");
        row("dotted key behind an escaped quote", "x = [\"\\\"\", {a" + repeated(".a", 500000) + " = 1}]");
        row("dotted key behind what was quoted", "x = = \"\"\"\ny = 1\na" + repeated(".a", 500000) + " = 1");
        row("endless string", "x = \"" + repeated("a", 1000000));
        row("endless multi-line string", "x = \"\"\"" + repeated("a\n", 500000));
        row("too many sources", repeated("[[source]]\naddress=\"a\"\n", 40000));
        row("too many faults", repeated("[[source]]\n", 60) + repeated("x = = 1\n[[source]]\n", 50000));
        row("larger than 1 MiB", repeated("#\n", 600000));
        row("surrogate", "# \xed\xa0\x80");
        row("overlong", "# \xc0\xaf");
        row("beyond Unicode", "# \xf4\x90\x80\x80");
        row("cut off", "# \xe2\x82");
    }
    void hostileTextIsRefusedCheaply()
    {
        QFETCH(QByteArray, text);
        const std::clock_t started = std::clock(); // processor time: nobody else's
        const auto config = parse(text.toStdString(), "f");
        QVERIFY(!config.has_value());
        QVERIFY(config.error().size() <= 50);
        // Generous: what this is about would take minutes or crash.
        constexpr std::clock_t most = (FOLIOT_SANITIZED ? 60 : 10) * CLOCKS_PER_SEC;
        QVERIFY(std::clock() - started < most);
    }
};

QTEST_APPLESS_MAIN(TestConfigHostile)
#include "test_config_hostile.moc"
