// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The published list as text: the numbers of the list that IERS published with Bulletin C 70 and its digest, which was
// computed there; the list that this system has; and what is wrong with others. FAULTS rows 74 and 80.

#include "leap/leap_list.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace foliot;
using namespace foliot::leap;
using namespace std::chrono_literals;

namespace {

const std::string updated = "#$\t3960835200\n";
const std::string expires = "#@\t3991593600\n";
const std::string digest = "#h\t49db2447 571e5e1b 2f002a53 9c8da8e4 39b8e49e\n";

std::string changes()
{
    std::string text;
    int taiMinusUtc = 10;
    for (const char* time :
        {"2272060800", "2287785600", "2303683200", "2335219200", "2366755200", "2398291200", "2429913600", "2461449600",
            "2492985600", "2524521600", "2571782400", "2603318400", "2634854400", "2698012800", "2776982400",
            "2840140800", "2871676800", "2918937600", "2950473600", "2982009600", "3029443200", "3076704000",
            "3124137600", "3345062400", "3439756800", "3550089600", "3644697600", "3692217600"})
        text += std::string(time) + "      " + std::to_string(taiMinusUtc++) + "      # with a remark\n";
    return text;
}

std::string published()
{
    return "# a remark\n#\n" + updated + "\n" + expires + changes() + digest;
}

QString problemOf(const std::string& text)
{
    const auto list = parseLeapList(text);
    return list ? QString() : QString::fromStdString(list.error());
}

std::string replaced(std::string text, const std::string& part, const std::string& other)
{
    return text.replace(text.find(part), part.size(), other);
}

} // namespace

class TestLeapList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishedListIsRead()
    {
        const auto list = parseLeapList(published());
        QVERIFY2(list.has_value(), list ? "" : list.error().c_str());
        QCOMPARE(list->changes.size(), 28U);
        QVERIFY(list->changes.front() ==
                (ntp::LeapSeconds::Change{.day = std::chrono::sys_days{1972y / 1 / 1}, .taiMinusUtc = 10}));
        QVERIFY(list->changes.back() ==
                (ntp::LeapSeconds::Change{.day = std::chrono::sys_days{2017y / 1 / 1}, .taiMinusUtc = 37}));
        QCOMPARE(list->expires, RealTime{std::chrono::sys_days{2026y / 6 / 28}.time_since_epoch()});
    }

    void listOfThisSystemIsRead()
    {
        const auto list = readLeapList("/usr/share/zoneinfo/leap-seconds.list");
        QVERIFY2(list.has_value(), list ? "" : list.error().c_str());
        QCOMPARE(list->atEndOf(2016y / 12 / 31), ntp::LeapIndicator::InsertSecond);
        QCOMPARE(list->taiMinusUtcAt(RealTime{std::chrono::sys_days{2020y / 1 / 1}.time_since_epoch()}), 37);
    }

    void lineEndsAndLeadingZerosDoNotMatter()
    {
        std::string text = published();
        for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2))
            text.insert(at, 1, '\r');
        QCOMPARE(problemOf(text), QString());
        text = published();
        text.pop_back(); // the last line has no end
        QCOMPARE(problemOf(text), QString());
        // SHA-1 of "32227206080010" by another implementation; its first word begins with a 0.
        QCOMPARE(problemOf("#$ 3\n#@ 2\n2272060800 10\n#h 41f7409 72e102a2 72cbb2dd 4b0dfaec bf21e5de\n"), QString());
    }

    void wrongListSaysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* name, const std::string& text, const char* problem) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QString::fromLatin1(problem);
        };
        row("empty", "", "the time of the last change is missing");
        row("no expiry", replaced(published(), expires, ""), "the time of expiry is missing");
        row("no digest", replaced(published(), digest, ""), "the digest is missing");
        row("cut off", published().substr(0, 400), "the digest is missing");
        row("no leap seconds", updated + expires + digest, "there is no leap second in it");
        row("a digit is another one", replaced(published(), "3692217600", "3692304000"),
            "its digest is that of another list");
        row("later expiry", replaced(published(), "3991593600", "4023129600"), "its digest is that of another list");
        row("other digest", replaced(published(), "49db2447", "49db2448"), "its digest is that of another list");
        row("two expiries", expires + published(), "line 6: a second time of expiry");
        row("two digests", digest + published() + digest, "line 35: a second digest");
        row("short digest", "#h 49db2447 571e5e1b 2f002a53 9c8da8e4\n", "line 1: not a SHA-1 digest");
        row("long word", "#h 149db2447 571e5e1b 2f002a53 9c8da8e4 39b8e49e\n", "line 1: not a SHA-1 digest");
        row("no digits", "#h zz 571e5e1b 2f002a53 9c8da8e4 39b8e49e\n", "line 1: not a SHA-1 digest");
        row("no time", "#@\n", "line 1: no time of expiry");
        row("word for a time", "#$ today\n", "line 1: no time of the last change");
        row("far time", "#@ 11000000001\n", "line 1: no time of expiry");
        row("text", "\nleap seconds\n", "line 2: not an NTP time and TAI minus UTC");
        row("one number", "2272060800\n", "line 1: not an NTP time and TAI minus UTC");
        row("three numbers", "2272060800 10 1\n", "line 1: not an NTP time and TAI minus UTC");
        row("negative", "2272060800 -10\n", "line 1: not an NTP time and TAI minus UTC");
        row("before there were leap seconds", "2272060800 9\n", "line 1: not an NTP time and TAI minus UTC");
        row("too far ahead", "2272060800 1001\n", "line 1: not an NTP time and TAI minus UTC");
        row("in the middle of a day", "2272060801 10\n", "line 1: not the beginning of a day");
        row("back in time", "2287785600 11\n2272060800 10\n", "line 2: not later than the line before");
        row("twice the same", "2272060800 10\n2272060800 11\n", "line 2: not later than the line before");
        row("two seconds at once", "2272060800 10\n2287785600 12\n", "line 2: not one second from the line before");
    }
    void wrongListSaysWhatIsWrong()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, problem);
        QCOMPARE(problemOf(text.toStdString()), problem);
    }

    void endlessListIsCutShort()
    {
        std::string text;
        for (int i = 0; i <= 1000; ++i)
            text += std::to_string(2272060800 + 86'400LL * i) + (i % 2 == 0 ? " 10\n" : " 11\n");
        QCOMPARE(problemOf(text), QStringLiteral("line 1001: too many leap seconds"));
    }

    // Of what cannot be a list, however it is made, it is said at once.
    void otherFilesAreNotRead()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("list")).toStdString();
        QCOMPARE(readLeapList(path).error(), path + ": cannot be opened: No such file or directory");
        QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
        QCOMPARE(readLeapList(path).error(), path + ": not a regular file");
        const std::string large = folder.filePath(QStringLiteral("large")).toStdString();
        QFile file(QString::fromStdString(large));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize((1 << 20) + 1));
        QCOMPARE(readLeapList(large).error(), large + ": larger than 1 MiB");
    }
};

QTEST_APPLESS_MAIN(TestLeapList)
#include "test_leap_list.moc"
