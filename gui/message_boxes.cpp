// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/message_boxes.h"

#include "gui/format.h"
#include "gui/plain_text.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace foliot::gui {

namespace {

class Texts {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::MainWindow)
};

QMessageBox* plainBox(const QString& title, QWidget* parent)
{
    auto* box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(title);
    box->setTextFormat(Qt::PlainText);
    return box;
}

} // namespace

QMessageBox* stepQuestion(double seconds, QWidget* parent)
{
    QMessageBox* question = plainBox(Texts::tr("Step the Clock"), parent);
    question->setIcon(QMessageBox::Question);
    if (seconds < 0.0)
        //: %1 is a length of time such as 3.2 h
        question->setText(Texts::tr("Set the clock back by %1?").arg(Format::seconds(-seconds)));
    else
        //: %1 is a length of time such as 3.2 h
        question->setText(Texts::tr("Set the clock forward by %1?").arg(Format::seconds(seconds)));
    question->setInformativeText(
        Texts::tr("It jumps at once. Programs that measure time by the clock may be confused by this; small errors are "
                  "better left to be corrected gradually."));
    QPushButton* confirm = question->addButton(Texts::tr("Step Clock"), QMessageBox::AcceptRole);
    question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(confirm, &QPushButton::clicked, question, &QMessageBox::accept);
    return question;
}

QMessageBox* aboutBox(const QString& serviceVersion, QWidget* parent)
{
    QMessageBox* about = plainBox(Texts::tr("About Foliot"), parent);
    about->setIconPixmap(parent->windowIcon().pixmap(QSize(64, 64), parent->devicePixelRatioF()));
    //: %1 is a version such as 0.1.0
    about->setText(Texts::tr("Foliot %1").arg(QCoreApplication::applicationVersion()));
    QString text =
        Texts::tr("Keeps the clock of this computer right, and shows how right it is.\n\nNamed after the bar that "
                  "swung in the first mechanical clocks. Licence: GPL, version 3 or later.");
    if (!serviceVersion.isEmpty())
        //: %1 is a version such as 0.1.0
        text += QStringLiteral("\n\n") + Texts::tr("Version of the service: %1").arg(plainText(serviceVersion));
    about->setInformativeText(text);
    return about;
}

} // namespace foliot::gui
