// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The words that the daemon says and those that the client understands are the same.

#include "bus/client/terms.h"
#include "sync/state.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot;

namespace {

QString text(std::string_view word)
{
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

// Understands each word of an enumeration that ends with `last`, each as something of its own.
template<typename Enum, typename Understood>
void understandsAll(Enum last, std::string_view (*word)(Enum), Understood (*understand)(QStringView))
{
    QSet<int> seen;
    for (int value = 0; value <= static_cast<int>(last); ++value) {
        const QString said = text(word(static_cast<Enum>(value)));
        const Understood understood = understand(said);
        QVERIFY2(understood != Understood::Unknown, qPrintable(said));
        seen.insert(static_cast<int>(understood));
    }
    QCOMPARE(seen.size(), static_cast<int>(last) + 1);
}

} // namespace

class TestWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyWordOfTheCoreIsUnderstood()
    {
        understandsAll(sync::Condition::ClockFailed, sync::conditionWord, bus::conditionFromWord);
        understandsAll(sync::Verdict::Selected, sync::verdictWord, bus::verdictFromWord);
        understandsAll(sync::Reason::BestEstimate, sync::reasonWord, bus::reasonFromWord);
    }

    void verdictIsCalledByItsWord()
    {
        for (int value = 0; value <= static_cast<int>(sync::Verdict::Selected); ++value) {
            const QString word = text(sync::verdictWord(static_cast<sync::Verdict>(value)));
            QCOMPARE(QString::fromLatin1(bus::term(bus::verdictFromWord(word))).toLower(), word);
        }
    }

    void everyTermIsItsOwn()
    {
        QSet<QString> terms;
        QSet<QString> briefTerms;
        for (int value = 0; value <= static_cast<int>(bus::Term::Options); ++value) {
            terms.insert(QString::fromLatin1(bus::term(static_cast<bus::Term>(value))));
            briefTerms.insert(QString::fromLatin1(bus::briefTerm(static_cast<bus::Term>(value))));
        }
        QCOMPARE(terms.size(), static_cast<int>(bus::Term::Options) + 1);
        QCOMPARE(briefTerms.size(), terms.size());
        QVERIFY(!terms.contains(QString()));
    }

    void otherWordsAreUnknown()
    {
        QCOMPARE(bus::conditionFromWord(u"Synchronized"), bus::Condition::Unknown);
        QCOMPARE(bus::verdictFromWord(u""), bus::Verdict::Unknown);
        QCOMPARE(bus::leapFromWord(u"later"), bus::Leap::Unknown);
    }
};

QTEST_GUILESS_MAIN(TestWords)
#include "test_words.moc"
