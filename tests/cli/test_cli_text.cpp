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
