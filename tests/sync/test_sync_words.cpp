// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/state.h"
#include "sync/verdict.h"

#include <QFile>
#include <QRegularExpression>
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

    void everyVerdictAndReasonIsDocumented_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("for people") << QStringLiteral("docs/sources.md");
        QTest::newRow("for programs") << QStringLiteral("shared/bus/org.foliot.Source1.xml");
    }
    void everyVerdictAndReasonIsDocumented()
    {
        QFETCH(QString, file);
        QFile document(QStringLiteral(FOLIOT_SOURCE_FOLDER "/") + file);
        QVERIFY(document.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(document.readAll());
        const auto isIn = [&text](std::string_view word) {
            const auto pattern = QStringLiteral("[` ]%1[`,. ]").arg(QLatin1StringView(word));
            return text.contains(QRegularExpression(pattern));
        };
        for (int i = 0; i <= static_cast<int>(Verdict::Selected); ++i)
            QVERIFY2(isIn(verdictWord(static_cast<Verdict>(i))), verdictWord(static_cast<Verdict>(i)).data());
        for (int i = 0; i <= static_cast<int>(Reason::BestEstimate); ++i)
            QVERIFY2(isIn(reasonWord(static_cast<Reason>(i))), reasonWord(static_cast<Reason>(i)).data());
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
