// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Lines of the log: each notice names whom it is about and what is done.

#include "daemon/notice_text.h"
#include "support/enumerators.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

class TestNoticeText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void durationsHaveAUnitThatFits_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << "0 s";
        QTest::newRow("nanoseconds") << 12e-9 << "12 ns";
        QTest::newRow("microseconds") << 830e-6 << "830 us";
        QTest::newRow("milliseconds") << 0.0123 << "12.3 ms";
        QTest::newRow("seconds") << 1.5 << "1.5 s";
        QTest::newRow("negative") << -0.04 << "-40 ms";
        QTest::newRow("nearly a second") << 0.9996 << "1 s";
        QTest::newRow("nearly a millisecond") << -999.7e-6 << "-1 ms";
        QTest::newRow("not quite a second") << 0.9994 << "999 ms";
        QTest::newRow("nearly a thousand seconds") << 999.75 << "999.75 s";
        QTest::newRow("poll interval") << 1024.0 << "1024 s";
        QTest::newRow("years") << 1764000000.0 << "1764000000 s";
    }
    void durationsHaveAUnitThatFits()
    {
        QFETCH(const double, seconds);
        QTEST(loggedDuration(Seconds(seconds)), "text");
    }

    void slowedDownSourceIsNamedWithItsPoll()
    {
        const auto notice =
            noticeText({.notice = sync::Notice::SourceSlowedDown, .value = 64s}, QStringLiteral("ntp.example"));
        QCOMPARE(notice.text, QStringLiteral("ntp.example: kiss RATE, asking every 64 s from now"));
        QCOMPARE(notice.level, NoticeLevel::Warning);
    }

    void everyNoticeHasALine()
    {
        for (const sync::Notice notice : tests::allOf<sync::Notice>())
            QVERIFY2(!noticeText({.notice = notice}, QStringLiteral("x")).text.isEmpty(),
                qPrintable(QString::number(static_cast<int>(notice))));
    }
};

QTEST_GUILESS_MAIN(TestNoticeText)
#include "test_notice_text.moc"
