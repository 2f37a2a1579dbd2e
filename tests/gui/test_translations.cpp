// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Each translation has every text of the sources, finished, and none has lost or gained a place for a value; whoever
// translates is told what comes there.

#include "support/child_process.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace foliot::tests;

namespace {

const QDir sources(QStringLiteral(FOLIOT_SOURCE_FOLDER));

struct Message {
    QString source;
    QStringList translations; // one, or one a plural form
    QString remark;           // for who translates
    bool isFinished = true;
    bool hasPlurals = false;
};

QList<Message> messagesOf(const QString& file)
{
    QFile input(file);
    if (!input.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&input);
    QList<Message> messages;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("message")) {
            messages.append({.hasPlurals = xml.attributes().hasAttribute(QLatin1String("numerus"))});
        } else if (xml.name() == QLatin1String("source")) {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == QLatin1String("extracomment")) {
            messages.last().remark = xml.readElementText();
        } else if (xml.name() == QLatin1String("numerusform")) {
            messages.last().translations.append(xml.readElementText());
        } else if (xml.name() == QLatin1String("translation")) {
            messages.last().isFinished = !xml.attributes().hasAttribute(QLatin1String("type"));
            if (!messages.last().hasPlurals)
                messages.last().translations.append(xml.readElementText());
        }
    }
    return messages;
}

// The places for values in it, sorted: "%1 %2".
QString placesOf(const QString& text)
{
    static const QRegularExpression place(QStringLiteral("%(?:[1-9]|n)"));
    QStringList places;
    for (const QRegularExpressionMatch& match : place.globalMatch(text))
        places.append(match.captured());
    places.removeDuplicates();
    places.sort();
    return places.join(QLatin1Char(' '));
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTextIsTranslated_data() { files(); }
    void everyTextIsTranslated();
    void placesForValuesAreKept_data() { files(); }
    void placesForValuesAreKept();
    void placesForValuesAreExplained();

private:
    static void files();
};

void TestTranslations::files()
{
    QTest::addColumn<QString>("file");
    const QStringList names =
        QDir(sources.filePath(QStringLiteral("translations"))).entryList({QStringLiteral("*.ts")});
    QVERIFY(names.size() >= 2);
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << sources.filePath(QStringLiteral("translations/") + name);
}

void TestTranslations::everyTextIsTranslated()
{
    QFETCH(QString, file);
    // A copy brought up to date shows what the file lacks: it would be there, unfinished.
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QFileInfo(file).fileName());
    QVERIFY(QFile::copy(file, copy));
    QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
    QStringList arguments{sources.filePath(QStringLiteral("gui")),
        sources.filePath(QStringLiteral("shared/bus/client")), QStringLiteral("-I"), sources.path(),
        QStringLiteral("-silent"), QStringLiteral("-no-obsolete"), QStringLiteral("-locations"),
        QStringLiteral("none")};
    if (copy.endsWith(QStringLiteral("_en.ts")))
        arguments << QStringLiteral("-pluralonly");
    arguments << QStringLiteral("-ts") << copy;
    const RunResult update = run(QStringLiteral(FOLIOT_LUPDATE), arguments);
    QVERIFY2(update.exitCode == 0, qPrintable(update.output));
    const QList<Message> messages = messagesOf(copy);
    QVERIFY(!messages.isEmpty());
    for (const Message& message : messages)
        QVERIFY2(message.isFinished && !message.translations.contains(QString()), qPrintable(message.source));
}

void TestTranslations::placesForValuesAreKept()
{
    QFETCH(QString, file);
    for (const Message& message : messagesOf(file)) {
        for (const QString& translation : message.translations) {
            // Singular may spell out its one.
            if (!message.source.contains(QStringLiteral("%n")))
                QVERIFY2(placesOf(translation) == placesOf(message.source), qPrintable(translation));
        }
    }
}

void TestTranslations::placesForValuesAreExplained()
{
    for (const Message& message : messagesOf(sources.filePath(QStringLiteral("translations/foliot_de.ts"))))
        QVERIFY2(placesOf(message.source).isEmpty() || !message.remark.isEmpty(), qPrintable(message.source));
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "test_translations.moc"
