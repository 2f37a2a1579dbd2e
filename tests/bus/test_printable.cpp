// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/printable.h"

#include <QTest>

using namespace Qt::StringLiterals;
using foliot::bus::printable;

class TestPrintable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatControlsTheTerminalIsEscaped()
    {
        QCOMPARE(printable(u"ntp.example.org"_s), u"ntp.example.org"_s);
        QCOMPARE(printable(u"a\x1b[2Jb\n\x7f"_s), u"a\\u{1b}[2Jb\\u{a}\\u{7f}"_s);
        QCOMPARE(printable(u"\u009b2J"_s), u"\\u{9b}2J"_s);           // control sequence introducer of 8 bits
        QCOMPARE(printable(u"abc\u202egro"_s), u"abc\\u{202e}gro"_s); // right-to-left override
        QCOMPARE(printable(u"a\u200bb\u2028"_s), u"a\\u{200b}b\\u{2028}"_s);
        QCOMPARE(printable(u"zeit.grün.example 日本"_s), u"zeit.grün.example 日本"_s);
    }
};

QTEST_GUILESS_MAIN(TestPrintable)
#include "test_printable.moc"
