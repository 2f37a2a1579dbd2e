// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window speaks one language as a whole: the locale's where there is a translation, or else English.

#include "gui/language.h"

#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QPushButton>
#include <QTest>

using namespace foliot::gui;

class TestLanguage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void windowIsOfOneLanguage_data()
    {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QString>("ours");
        QTest::addColumn<QString>("oursInPlural");
        QTest::addColumn<QString>("qtsOwn");
        QTest::addColumn<QString>("number"); // 1234.5
        const auto english = [](const char* locale, const char* number) {
            QTest::newRow(locale) << QString::fromLatin1(locale)
                                  << QStringLiteral("Too few sources agree about the time")
                                  << QStringLiteral("2 sources answered so far.") << QStringLiteral("Cancel")
                                  << QString::fromLatin1(number);
        };
        english("en_GB", "1,234.5");
        english("ar_EG", "1,234.5"); // Qt has texts in it, from right to left
        english("he_IL", "1,234.5");
        english("fr_FR", "1,234.5");
        english("xx", "1234.5"); // a language that is none
        english("C", "1234.5");
        QTest::newRow("de_DE") << QStringLiteral("de_DE")
                               << QStringLiteral("Zu wenige Quellen stimmen über die Zeit überein")
                               << QStringLiteral("2 Quellen haben bisher geantwortet.") << QStringLiteral("Abbrechen")
                               << QStringLiteral("1.234,5");
    }
    void windowIsOfOneLanguage()
    {
        QFETCH(const QString, locale);
        QLocale::setDefault(QLocale(locale));
        const Language language;
        QTEST(
            QCoreApplication::translate("foliot::gui::ClockSentence", "Too few sources agree about the time"), "ours");
        QTEST(QCoreApplication::translate("foliot::gui::ClockSentence", "%n source(s) answered so far.", nullptr, 2),
            "oursInPlural");
        const QDialogButtonBox buttons(QDialogButtonBox::Cancel);
        QTEST(buttons.button(QDialogButtonBox::Cancel)->text().remove(QLatin1Char('&')), "qtsOwn");
        QTEST(QLocale().toString(1234.5, 'f', 1), "number");
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
    }

    // What the locale's own texts would make of it, or the test above shows nothing.
    void qtAloneWouldMirrorTheWindow()
    {
        QTranslator arabic;
        QVERIFY(arabic.load(QLocale(QStringLiteral("ar_EG")), QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)));
        QCOMPARE(arabic.translate("QGuiApplication", "QT_LAYOUT_DIRECTION"), QStringLiteral("RTL"));
    }

    void cleanup() { QGuiApplication::setLayoutDirection(Qt::LayoutDirectionAuto); }
};

QTEST_MAIN(TestLanguage)
#include "test_language.moc"
