// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/client/server_text.h"

#include <QTest>

using namespace Qt::StringLiterals;
using foliot::bus::serverText;

class TestServerText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void portThatIsNotTheUsualOneIsWritten()
    {
        QCOMPARE(serverText(u"time.example.org"_s, 123, false), u"time.example.org"_s);
        QCOMPARE(serverText(u"time.example.org"_s, 1123, false), u"time.example.org:1123"_s);
        QCOMPARE(serverText(u"192.0.2.1"_s, 4460, false), u"192.0.2.1:4460"_s);
    }

    void usualPortOfAnAuthenticatedServerIsThatOfItsKeys()
    {
        QCOMPARE(serverText(u"time.example.org"_s, 4460, true), u"time.example.org"_s);
        QCOMPARE(serverText(u"time.example.org"_s, 123, true), u"time.example.org:123"_s);
    }

    void ipv6HasBracketsBeforeAPort()
    {
        QCOMPARE(serverText(u"2001:db8::1"_s, 123, false), u"2001:db8::1"_s);
        QCOMPARE(serverText(u"2001:db8::1"_s, 1123, false), u"[2001:db8::1]:1123"_s);
    }

    void portThatIsNotKnownIsNotWritten()
    {
        QCOMPARE(serverText(u"192.0.2.1"_s, 0, false), u"192.0.2.1"_s);
        QCOMPARE(serverText(u"192.0.2.1"_s, 0, true), u"192.0.2.1"_s);
    }
};

QTEST_GUILESS_MAIN(TestServerText)
#include "test_server_text.moc"
