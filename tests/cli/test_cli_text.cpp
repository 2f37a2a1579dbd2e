// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/table.h"
#include "cli/text.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot::cli;

class TestCliText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void widthIsWhatATerminalShows()
    {
        QCOMPARE(displayWidth(u"abc µs"), 6);
        QCOMPARE(displayWidth(u"日本"), 4);
        QCOMPARE(displayWidth(u"e\u0301"), 1); // an accent on its letter
        QCOMPARE(displayWidth(u"●○"), 2);
    }

    void longTextIsCutToItsWidth()
    {
        QCOMPARE(elided(u"abcdef"_s, 6), u"abcdef"_s);
        QCOMPARE(elided(u"abcdef"_s, 4), u"abc…"_s);
        QCOMPARE(elided(u"日本語"_s, 4), u"日…"_s); // half a character is none
        QCOMPARE(elided(u"abc"_s, 0), QString());
    }

    void columnsLineUp()
    {
        Table table(
            {{.heading = u"Name"_s}, {.heading = u"Poll"_s, .alignment = Alignment::Right}, {.heading = u"X"_s}});
        table.add({{.text = u"日本"_s}, {.text = u"8 s"_s}, {.text = u"end"_s}});
        table.add({{.text = u"ab"_s}, {.text = u"1024 s"_s}, {.text = u""_s}});
        QCOMPARE(render(table.lines(), {}), u"Name    Poll  X\n"
                                            "日本     8 s  end\n"
                                            "ab    1024 s\n"_s);
    }

    // Ranks say which column goes; what is shortened may not go below its least.
    void tableFitsItsPage()
    {
        const auto fitted = [](int width, QStringList& left) {
            Table table(
                {{.heading = u"Name"_s, .least = 6}, {.heading = u"Poll"_s, .alignment = Alignment::Right, .leaves = 2},
                    {.heading = u"X"_s, .leaves = 1}, {.heading = u"Offset"_s, .alignment = Alignment::Right}});
            table.add({{.text = u"a.long.name"_s}, {.text = u"8 s"_s}, {.text = u"x"_s}, {.text = u"+1 s"_s}});
            left = table.fit(width);
            return render(table.lines(), {});
        };
        QStringList left;
        QCOMPARE(fitted(28, left), u"Name         Poll  X  Offset\na.long.name   8 s  x    +1 s\n"_s);
        QCOMPARE(left, QStringList());
        QCOMPARE(fitted(25, left), u"Name      Poll  X  Offset\na.long.…   8 s  x    +1 s\n"_s);
        QCOMPARE(left, QStringList());
        QCOMPARE(fitted(22, left), u"Name      Poll  Offset\na.long.…   8 s    +1 s\n"_s);
        QCOMPARE(left, QStringList{u"X"_s});
        QCOMPARE(fitted(14, left), u"Name    Offset\na.lon…    +1 s\n"_s);
        QCOMPARE(left, (QStringList{u"X"_s, u"Poll"_s}));
        QCOMPARE(fitted(5, left), fitted(14, left)); // no narrower than that
    }

    void textIsWrappedAtBlanks()
    {
        QCOMPARE(wrapped(u"one two three"_s, std::nullopt), QStringList{u"one two three"_s});
        QCOMPARE(wrapped(u"one two three"_s, 13), QStringList{u"one two three"_s});
        QCOMPARE(wrapped(u"one two three"_s, 9), (QStringList{u"one two"_s, u"three"_s}));
        QCOMPARE(wrapped(u"a longer-than-that b"_s, 8), (QStringList{u"a"_s, u"longer-than-that"_s, u"b"_s}));
        QCOMPARE(wrapped(u"日本 日本"_s, 8), (QStringList{u"日本"_s, u"日本"_s}));
    }

    void coloursAreForThoseWhoWantThem()
    {
        const Line line{{.text = u"fine"_s, .style = Style::Good}, {.text = u" end"_s}};
        QCOMPARE(render(line, {.hasColour = true}), u"\x1b[32mfine\x1b[0m end"_s);
        QCOMPARE(render(line, {.hasColour = false}), u"fine end"_s);
    }

    void cuttingDoesNotCountColours()
    {
        const Line line{{.text = u"fine"_s, .style = Style::Good}, {.text = u" and more"_s}};
        QCOMPARE(render(line, {.hasColour = true, .width = 8}), u"\x1b[32mfine\x1b[0m an…"_s);
        QCOMPARE(render(line, {.width = 3}), u"fi…"_s);
    }

    void asciiTerminalsGetLikenesses()
    {
        QCOMPARE(render(Line{{.text = u"●○ 5 µs ±1 ∞ ü"_s}}, {.isUtf8 = false}), u"*. 5 us +-1 - ?"_s);
    }
};

int main(int argc, char** argv)
{
    adoptLocale();
    QCoreApplication application(argc, argv);
    TestCliText test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_cli_text.moc"
