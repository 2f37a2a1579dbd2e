// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/glyph_icon.h"
#include "gui/tone.h"
#include "gui/verdict_text.h"

#include <QImage>
#include <QPainter>
#include <QSet>
#include <QTest>

using namespace foliot;
using namespace foliot::gui;

namespace {

constexpr Tone tones[] = {Tone::Neutral, Tone::Good, Tone::Attention, Tone::Bad, Tone::Accent};
constexpr bus::Verdict verdicts[] = {bus::Verdict::Unknown, bus::Verdict::Waiting, bus::Verdict::Unreachable,
    bus::Verdict::Unusable, bus::Verdict::Excluded, bus::Verdict::Falseticker, bus::Verdict::Undecided,
    bus::Verdict::Outlier, bus::Verdict::Combined, bus::Verdict::Selected};
constexpr bus::Reason reasons[] = {bus::Reason::FirstSamplesPending, bus::Reason::NoReply, bus::Reason::NameUnresolved,
    bus::Reason::NetworkUnreachable, bus::Reason::ConnectionRefused, bus::Reason::NoKeys, bus::Reason::AskedAlready,
    bus::Reason::Orphan, bus::Reason::Smeared, bus::Reason::ServerUnsynchronized, bus::Reason::DistanceTooLarge,
    bus::Reason::SynchronizedToUs, bus::Reason::FollowsAnother, bus::Reason::SampleTooOld,
    bus::Reason::OutsideAgreement, bus::Reason::AgainstTrusted, bus::Reason::NoMajority, bus::Reason::TooFewSources,
    bus::Reason::RequiredMissing, bus::Reason::MoreJitter, bus::Reason::NotPreferred, bus::Reason::ExcludedByUser,
    bus::Reason::KissDeny, bus::Reason::KissRestrict, bus::Reason::Agrees, bus::Reason::BestEstimate};

QPalette scheme(const char* base, const char* text)
{
    QPalette palette{QColor(base)};
    for (const auto role : {QPalette::Base, QPalette::Window})
        palette.setColor(role, QColor(base));
    for (const auto role : {QPalette::Text, QPalette::WindowText})
        palette.setColor(role, QColor(text));
    return palette;
}

// The sign as a person without colours sees it.
QImage silhouette(Glyph glyph)
{
    QImage image(64, 64, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintGlyph(painter, image.rect(), glyph, Qt::black, Qt::white);
    return image;
}

} // namespace

class TestTone : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyToneIsReadable_data();
    void everyToneIsReadable();
    void verdictsDifferInShape();
    void verdictsDifferInWord();
    void everyReasonIsExplained();
};

void TestTone::everyToneIsReadable_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("Breeze") << scheme("#eff0f1", "#232629");
    QTest::newRow("Breeze Dark") << scheme("#202326", "#fcfcfc");
    QTest::newRow("white") << scheme("#ffffff", "#000000");
    QTest::newRow("black") << scheme("#000000", "#ffffff");
    QTest::newRow("middle grey") << scheme("#777777", "#000000");
    QTest::newRow("yellow") << scheme("#ffff00", "#000000");
}

void TestTone::everyToneIsReadable()
{
    QFETCH(QPalette, palette);
    for (const Tone tone : tones) {
        for (const auto background : {QPalette::Base, QPalette::Window})
            QVERIFY(contrast(toneColor(tone, palette, background), palette.color(background)) >= 4.5);
    }
    QVERIFY(contrast(secondaryText(palette), palette.color(QPalette::Window)) >= 4.5);
}

void TestTone::verdictsDifferInShape()
{
    QList<QImage> seen;
    for (const bus::Verdict verdict : verdicts) {
        if (verdict == bus::Verdict::Unknown)
            continue; // looks like undecided
        const QImage image = silhouette(VerdictText::glyph(verdict));
        QVERIFY(!seen.contains(image));
        seen.append(image);
    }
}

void TestTone::verdictsDifferInWord()
{
    QSet<QString> words;
    for (const bus::Verdict verdict : verdicts)
        words.insert(VerdictText::word(verdict));
    QCOMPARE(words.size(), static_cast<qsizetype>(std::size(verdicts)));
}

void TestTone::everyReasonIsExplained()
{
    QSet<QString> sentences;
    for (const bus::Reason reason : reasons) {
        const QString sentence = VerdictText::explanation(bus::Verdict::Combined, reason);
        QVERIFY(sentence.endsWith(QLatin1Char('.')));
        sentences.insert(sentence);
    }
    QCOMPARE(sentences.size(), static_cast<qsizetype>(std::size(reasons)));
}

QTEST_MAIN(TestTone)
#include "test_tone.moc"
