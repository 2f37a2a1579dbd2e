// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/add_source_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace foliot::gui;

class TestAddSourceDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dialogAddsOnlyWhatCanBeAnAddress();
    void problemHasItsRoomFromTheStart();
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

void TestAddSourceDialog::problemHasItsRoomFromTheStart()
{
    AddSourceDialog dialog({});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    auto* field = dialog.findChild<QLineEdit*>();
    const QSize size = dialog.size();
    const QRect add = dialog.findChild<QDialogButtonBox*>()->geometry();
    for (const char* wrong : {"1.2.3", "time..example", "time.example.org:0", "a b"}) {
        field->setText(QString::fromLatin1(wrong));
        dialog.layout()->activate();
        QLabel* problem = nullptr;
        for (QLabel* label : dialog.findChildren<QLabel*>())
            if (label->text().endsWith(QLatin1Char('.')))
                problem = label;
        QVERIFY2(problem, wrong);
        QVERIFY2(problem->width() >= problem->fontMetrics().horizontalAdvance(problem->text()), wrong);
        QVERIFY2(problem->height() < 2 * problem->fontMetrics().lineSpacing(), wrong); // in one line
        QCOMPARE(dialog.size(), size);
        QCOMPARE(dialog.findChild<QDialogButtonBox*>()->geometry(), add);
    }
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
