// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/enumerators.h"
#include "sync/state.h"
#include "sync/verdict.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace foliot::sync;
using foliot::tests::allOf;

class TestSyncWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyVerdictHasAWordOfItsOwn()
    {
        std::set<std::string_view> words;
        for (const Verdict verdict : allOf<Verdict>())
            words.insert(verdictWord(verdict));
        QCOMPARE(words.size(), allOf<Verdict>().size());
        QCOMPARE(verdictWord(Verdict::Falseticker), std::string_view("falseticker"));
    }

    void everyReasonHasAWordOfItsOwn()
    {
        std::set<std::string_view> words;
        for (const Reason reason : allOf<Reason>())
            words.insert(reasonWord(reason));
        QCOMPARE(words.size(), allOf<Reason>().size());
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
        for (const Verdict verdict : allOf<Verdict>())
            QVERIFY2(isIn(verdictWord(verdict)), verdictWord(verdict).data());
        for (const Reason reason : allOf<Reason>())
            QVERIFY2(isIn(reasonWord(reason)), reasonWord(reason).data());
    }

    void everyConditionHasAWordOfItsOwn()
    {
        std::set<std::string_view> words;
        for (const Condition condition : allOf<Condition>())
            words.insert(conditionWord(condition));
        QCOMPARE(words.size(), allOf<Condition>().size());
    }
};

QTEST_GUILESS_MAIN(TestSyncWords)
#include "test_sync_words.moc"
