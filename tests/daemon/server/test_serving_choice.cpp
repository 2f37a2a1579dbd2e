// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether time is served: the file says where, a person whether, and a changed file has the last word again.

#include "daemon/server/serving_choice.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;

namespace {

using Listen = std::vector<std::string>;

const Listen usual{"0.0.0.0", "[::]"};
const Listen configured{"192.0.2.1"};

} // namespace

class TestServingChoice : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nobodyWantsItAtFirst()
    {
        QCOMPARE(m_choice.wish(), ServingWish::Nobody);
        QCOMPARE(m_choice.wanted().listen, Listen());
    }

    void personTurnsItOnWhereIsUsual()
    {
        m_choice.ask(true, false);
        QCOMPARE(m_choice.wish(), ServingWish::Request);
        QCOMPARE(m_choice.wanted().listen, usual);
        QCOMPARE(m_choice.wanted().allow, Listen{"local"});
        m_choice.ask(true, true);
        QCOMPARE(m_choice.wish(), ServingWish::KeptRequest);
        m_choice.ask(false, false);
        QCOMPARE(m_choice.wanted().listen, Listen());
    }

    void keptWishIsThereAtTheNextStart()
    {
        m_choice.remember(true);
        m_choice.configure({});
        QCOMPARE(m_choice.wish(), ServingWish::KeptRequest);
        QCOMPARE(m_choice.wanted().listen, usual);
    }

    void fileSaysWhereAndToWhom()
    {
        m_choice.remember(true);
        m_choice.configure({.listen = configured, .allow = {"192.0.2.0/24"}});
        QCOMPARE(m_choice.wish(), ServingWish::Configuration);
        QCOMPARE(m_choice.wanted().listen, configured);
        QCOMPARE(m_choice.wanted().allow, Listen{"192.0.2.0/24"});
    }

    void fileWithoutAddressesStillSaysToWhom()
    {
        m_choice.configure({.allow = {"192.0.2.0/24"}});
        m_choice.ask(true, false);
        QCOMPARE(m_choice.wanted().listen, usual);
        QCOMPARE(m_choice.wanted().allow, Listen{"192.0.2.0/24"});
    }

    void personTurnsOffWhatTheFileWants()
    {
        m_choice.configure({.listen = configured});
        m_choice.ask(false, true);
        QCOMPARE(m_choice.wish(), ServingWish::Nobody);
        QCOMPARE(m_choice.wanted().listen, Listen());
        // Read again as it was, or with another rule of who may ask, it changes nothing of that.
        m_choice.configure({.listen = configured, .deny = {"all"}});
        QCOMPARE(m_choice.wish(), ServingWish::Nobody);
        m_choice.ask(true, false);
        QCOMPARE(m_choice.wanted().listen, configured);
    }

    void fileWithOtherAddressesHasTheLastWord()
    {
        m_choice.configure({.listen = configured});
        m_choice.ask(false, true);
        m_choice.configure({.listen = {"192.0.2.7"}});
        QCOMPARE(m_choice.wish(), ServingWish::Configuration);
        m_choice.ask(true, false);
        m_choice.configure({});
        QCOMPARE(m_choice.wish(), ServingWish::Nobody);
    }

    void init() { m_choice = ServingChoice(usual); }

private:
    ServingChoice m_choice{usual};
};

QTEST_APPLESS_MAIN(TestServingChoice)
#include "test_serving_choice.moc"
