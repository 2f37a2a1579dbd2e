// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one sentence about the clock, for everything that may be the case.

#include "report_sample.h"

#include "cli/sentence.h"

#include <limits>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::cli;
using namespace foliot::tests;

class TestCliSentence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyClaimHasItsSentence()
    {
        for (int claim = 0; claim <= static_cast<int>(bus::Claim::Unknown); ++claim) {
            for (const double bound : {0.001, std::numeric_limits<double>::infinity()}) {
                const bus::Summary summary{.claim = static_cast<bus::Claim>(claim), .boundSeconds = bound};
                const Sentence sentence = sentenceFor(summary, bus::BusKind::System, {});
                QVERIFY(!sentence.headline.isEmpty());
                QVERIFY(!sentence.headline.contains(u'%') && !sentence.advice.contains(u'%'));
            }
        }
        const auto headline = [](const bus::Summary& summary) {
            return sentenceFor(summary, bus::BusKind::System, {}).headline;
        };
        using bus::Claim;
        QCOMPARE(headline({.claim = Claim::Synchronized, .isSteering = true, .boundSeconds = 0.0008}),
            u"Synchronized: within 800 µs of UTC"_s);
        QCOMPARE(headline({.claim = Claim::Synchronized, .isSteering = false, .boundSeconds = 0.08}),
            u"Within 80 ms of UTC, only watched"_s);
        QCOMPARE(
            headline({.claim = Claim::StepRefused, .refusedStepSeconds = -7'260.0}), u"The clock is 2.02 h ahead"_s);
        QCOMPARE(
            headline({.claim = Claim::StepRefused, .refusedStepSeconds = 1'500.0}), u"The clock is 25.0 min behind"_s);
        QCOMPARE(headline({.claim = Claim::Slewing, .slewOffsetSeconds = 1.2, .slewSeconds = 120.0}),
            u"Correcting the clock: 1.20 s behind, right in about 2 min"_s);
        QCOMPARE(headline({.claim = Claim::Slewing, .slewOffsetSeconds = -0.3, .slewSeconds = 40.0}),
            u"Correcting the clock: 300 ms ahead, right in about 40 s"_s);
        QVERIFY(sentenceFor({.claim = Claim::DaemonAbsent}, bus::BusKind::System, {})
                .advice.contains("systemctl start foliotd"_L1));
        QVERIFY(sentenceFor({.claim = Claim::DaemonAbsent}, bus::BusKind::Session, {}).advice.contains("foliotd"_L1));
    }

    // "Check the network" is said only where that helps.
    void silenceSaysItsCause()
    {
        for (const bus::Silence silence : {bus::Silence::NoReply, bus::Silence::NoKeys, bus::Silence::NotAuthentic,
                 bus::Silence::NoNames, bus::Silence::NoServer, bus::Silence::Denied, bus::Silence::Unsynchronized}) {
            const Sentence sentence =
                sentenceFor({.claim = bus::Claim::Unreachable, .silence = silence, .silenceError = u"x: expired\x1b"_s},
                    bus::BusKind::System, {});
            const bool isNetwork = silence == bus::Silence::NoReply || silence == bus::Silence::NoNames;
            QCOMPARE(sentence.advice.contains("network"_L1), isNetwork);
            const bool hasText = silence == bus::Silence::NoKeys || silence == bus::Silence::NoNames;
            QCOMPARE(sentence.advice.startsWith(u"x: expired\\u{1b} "_s), hasText);
        }
    }
};

int main(int argumentCount, char** arguments)
{
    return runReportTest<TestCliSentence>(argumentCount, arguments);
}
#include "test_cli_sentence.moc"
