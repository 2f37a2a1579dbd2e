// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/state.h"
#include "sync/verdict.h"

#include <QTest>

#include <set>

using namespace foliot::sync;

class TestSyncWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyVerdictHasAWordOfItsOwn()
    {
        std::set<std::string_view> words;
        for (int i = 0; i <= static_cast<int>(Verdict::Selected); ++i)
            words.insert(verdictWord(static_cast<Verdict>(i)));
        QCOMPARE(words.size(), std::size_t(Verdict::Selected) + 1);
        QCOMPARE(verdictWord(Verdict::Falseticker), std::string_view("falseticker"));
    }

    void everyReasonHasAWordOfItsOwn()
    {
        std::set<std::string_view> words;
        for (int i = 0; i <= static_cast<int>(Reason::BestEstimate); ++i)
            words.insert(reasonWord(static_cast<Reason>(i)));
        QCOMPARE(words.size(), std::size_t(Reason::BestEstimate) + 1);
        QCOMPARE(reasonWord(Reason::OutsideAgreement), std::string_view("outside-agreement"));
    }

    void everyConditionHasAWordOfItsOwn()
    {
        std::set<std::string_view> words;
        for (int i = 0; i <= static_cast<int>(Condition::ClockFailed); ++i)
            words.insert(conditionWord(static_cast<Condition>(i)));
        QCOMPARE(words.size(), std::size_t(Condition::ClockFailed) + 1);
    }
};

QTEST_GUILESS_MAIN(TestSyncWords)
#include "test_sync_words.moc"
