// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/add_source_dialog.h"

#include <QCheckBox>
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
    void authenticationBringsItsPort();
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
    const SourceRequest request{.address = QStringLiteral("pool.example.org"),
        .port = 1123,
        .isAuthenticated = true,
        .isPool = true,
        .isInterleaved = true,
        .burst = false,
        .keep = false};
    const AddSourceDialog dialog(request);
    QCOMPARE(dialog.request(), request);
    QCOMPARE(dialog.serverText(), QStringLiteral("pool.example.org:1123"));
    QCOMPARE(dialog.request().options(),
        (QVariantMap{{QStringLiteral("nts"), true}, {QStringLiteral("pool"), true}, {QStringLiteral("xleave"), true},
            {QStringLiteral("burst"), false}, {QStringLiteral("keep"), false}}));
}

void TestAddSourceDialog::authenticationBringsItsPort()
{
    const AddSourceDialog dialog({});
    auto* field = dialog.findChild<QLineEdit*>();
    auto* box = dialog.findChildren<QCheckBox*>().first();
    QVERIFY(!box->isChecked());
    QTest::keyClicks(field, QStringLiteral("nts://time.example.org"));
    QVERIFY(box->isChecked() && !box->isEnabled());
    QCOMPARE(dialog.request().port, 4460);
    QCOMPARE(dialog.serverText(), QStringLiteral("time.example.org"));
    QTest::keyClicks(field, QStringLiteral(":123"));
    QCOMPARE(dialog.serverText(), QStringLiteral("time.example.org:123"));
    field->setText(QStringLiteral("time.example.org"));
    QVERIFY(box->isEnabled());
    box->click();
    QVERIFY(!dialog.request().isAuthenticated);
    QCOMPARE(dialog.request().port, 123);
    QCOMPARE(dialog.serverText(), QStringLiteral("time.example.org"));
}

QTEST_MAIN(TestAddSourceDialog)
#include "test_add_source_dialog.moc"
