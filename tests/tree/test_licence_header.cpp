// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/licence_header.h"

#include "tree/source_tree.h"

#include <QTest>

using namespace foliot::tree;

namespace {

const auto copyright = QStringLiteral("// SPDX-"
                                      "FileCopyrightText: 2026 The Foliot authors\n");
const auto licence = QStringLiteral("// SPDX-"
                                    "License-Identifier: GPL-3.0-or-later\n");

} // namespace

class LicenceHeaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothTagsAreNeeded();
    void tagsFarDownAreNoHeader();
    void anotherLicenceIsFound();
    void starsInPatternsAreThoseOfReuse();
    void licenceTextIsThere();
    void everyFileOfTheTreeSaysItsLicence();
};

void LicenceHeaderTest::bothTagsAreNeeded()
{
    QVERIFY(hasLicenceHeader(copyright + licence));
    QVERIFY(hasLicenceHeader("#!/bin/bash\n" + copyright + licence));
    QVERIFY(!hasLicenceHeader(copyright));
    QVERIFY(!hasLicenceHeader(licence));
    QVERIFY(!hasLicenceHeader(""));
}

void LicenceHeaderTest::tagsFarDownAreNoHeader()
{
    QVERIFY(!hasLicenceHeader(QString(20, '\n') + copyright + licence));
}

void LicenceHeaderTest::anotherLicenceIsFound()
{
    QVERIFY(!hasLicenceHeader(copyright + "// SPDX-"
                                          "License-Identifier: MIT\n"));
}

void LicenceHeaderTest::starsInPatternsAreThoseOfReuse()
{
    const QStringList patterns = annotatedPaths("[[annotations]]\npath = [\"a/**\", \"*.png\", \"**.json\"]\n");
    QCOMPARE(patterns, QStringList({"a/**", "*.png", "**.json"}));
    QVERIFY(isAnnotated("a/b/c", patterns));
    QVERIFY(isAnnotated("x.png", patterns));
    QVERIFY(!isAnnotated("b/x.png", patterns));
    QVERIFY(isAnnotated("b/x.json", patterns));
    QVERIFY(!isAnnotated("b/a/x", patterns));
}

void LicenceHeaderTest::licenceTextIsThere()
{
    QVERIFY(contents("LICENSE").contains("GNU GENERAL PUBLIC LICENSE"));
    QCOMPARE(contents("LICENSES/GPL-3.0-or-later.txt"), contents("LICENSE"));
}

void LicenceHeaderTest::everyFileOfTheTreeSaysItsLicence()
{
    const QStringList annotated = annotatedPaths(QString::fromUtf8(contents("REUSE.toml")));
    QStringList without;
    for (const QString& path : sourceFiles()) {
        if (path.startsWith("LICENSES/") || isAnnotated(path, annotated))
            continue;
        if (!hasLicenceHeader(QString::fromUtf8(contents(path))))
            without.append(path);
    }
    QVERIFY2(without.isEmpty(), qPrintable("\n" + without.join('\n')));
}

QTEST_GUILESS_MAIN(LicenceHeaderTest)
#include "test_licence_header.moc"
