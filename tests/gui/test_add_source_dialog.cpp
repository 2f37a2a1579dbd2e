// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/add_source_dialog.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace foliot::gui;

class TestAddSourceDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dialogAddsOnlyWhatCanBeAnAddress();
    void dialogKeepsWhatWasTyped();
};

void TestAddSourceDialog::dialogAddsOnlyWhatCanBeAnAddress()
{
    const AddSourceDialog dialog({});
    auto* field = dialog.findChild<QLineEdit*>();
    auto* add = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    QVERIFY(!add->isEnabled());
    QTest::keyClicks(field, QStringLiteral("time.example"));
    QVERIFY(add->isEnabled());
    QTest::keyClicks(field, QStringLiteral(" .org"));
    QVERIFY(!add->isEnabled());
    QVERIFY(dialog.serverText().isEmpty());
}

void TestAddSourceDialog::dialogKeepsWhatWasTyped()
{
    const SourceRequest request{
        .address = QStringLiteral("pool.example.org"), .port = 1123, .isPool = true, .burst = false, .keep = false};
    const AddSourceDialog dialog(request);
    QCOMPARE(dialog.request(), request);
    QCOMPARE(dialog.serverText(), QStringLiteral("pool.example.org:1123"));
    QCOMPARE(dialog.request().options(), (QVariantMap{{QStringLiteral("pool"), true}, {QStringLiteral("burst"), false},
                                             {QStringLiteral("keep"), false}}));
}

QTEST_MAIN(TestAddSourceDialog)
#include "test_add_source_dialog.moc"
