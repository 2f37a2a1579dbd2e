// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/options.h"

#include <QTest>

using namespace foliot::daemon;

class TestOptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingGivenMeansTheUsualFileAndTheBus()
    {
        Options options;
        QVERIFY(!parseOptions({QStringLiteral("foliotd")}, options));
        QVERIFY(options.configuration.isEmpty());
        QVERIFY(options.useBus);
        QVERIFY(!options.besideOthers);
        QVERIFY(!options.check);
    }

    void optionsAreRead()
    {
        Options options;
        QVERIFY(!parseOptions({"foliotd", "--config", "a.toml", "--no-bus", "--beside-others"}, options));
        QCOMPARE(options.configuration, QStringLiteral("a.toml"));
        QVERIFY(!options.useBus);
        QVERIFY(options.besideOthers);
    }

    void withoutABusOtherTimeDaemonsAreOfNoConcern()
    {
        Options options;
        QVERIFY(!parseOptions({"foliotd", "--no-bus"}, options));
        QVERIFY(options.besideOthers);
    }

    void whatIsNoOptionIsAnError_data()
    {
        QTest::addColumn<QString>("argument");
        QTest::newRow("option") << "--no-buss";
        QTest::newRow("word") << "start";
        QTest::newRow("file missing") << "--config";
    }
    void whatIsNoOptionIsAnError()
    {
        QFETCH(const QString, argument);
        Options options;
        QVERIFY(parseOptions({QStringLiteral("foliotd"), argument}, options));
    }

    // An unset variable in a script is no wish for the usual file.
    void emptyNameOfAFileIsAnError()
    {
        for (const auto& option : {QStringLiteral("--config"), QStringLiteral("--check")}) {
            Options options;
            const auto error = parseOptions({QStringLiteral("foliotd"), option, QString()}, options);
            QVERIFY(error);
            QVERIFY2(
                error->text.startsWith(option + QStringLiteral(" needs the name of a file")), qPrintable(error->text));
        }
    }

    void helpSaysTheExitStatus()
    {
        Options options;
        QVERIFY(!parseOptions({"foliotd", "--help"}, options));
        QVERIFY(options.toPrint->contains(QStringLiteral("Exit status: 0")));
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "test_options.moc"
