// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/placeholder_page.h"

#include "gui/glyph_sign.h"
#include "gui/symbolic_icon.h"
#include "gui/tone.h"

#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QFrame>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace foliot::gui {

PlaceholderPage::PlaceholderPage(QWidget* parent)
    : QWidget(parent)
    , m_sign(new GlyphSign(5.0, this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_commandBox(new QFrame(this))
    , m_command(new QLabel(m_commandBox))
    , m_copy(new QToolButton(m_commandBox))
    , m_add(new QPushButton(themeIcon(QStringLiteral("list-add")), tr("Add Source…"), this))
{
    for (QLabel* label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
    }
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_command->setTextFormat(Qt::PlainText);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_copy->setIcon(themeIcon(QStringLiteral("edit-copy")));
    m_copy->setAutoRaise(true);
    m_copy->setToolTip(tr("Copy the command"));
    m_copy->setAccessibleName(tr("Copy the command"));
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_command->text()); });

    auto* frame = static_cast<QFrame*>(m_commandBox);
    frame->setFrameStyle(static_cast<int>(QFrame::StyledPanel) | QFrame::Sunken);
    frame->setBackgroundRole(QPalette::Base);
    frame->setAutoFillBackground(true);
    auto* command = new QHBoxLayout(m_commandBox);
    command->setContentsMargins(12, 6, 6, 6);
    command->setSpacing(12);
    command->addWidget(m_command);
    command->addWidget(m_copy);

    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(14);
    layout->addStretch(2);
    layout->addWidget(m_sign, 0, Qt::AlignHCenter);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addWidget(m_commandBox, 0, Qt::AlignHCenter);
    layout->addWidget(m_add, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_add, &QPushButton::clicked, this, &PlaceholderPage::addSourceWanted);
    applyFonts();
}

void PlaceholderPage::setStatus(const ClockStatus& status)
{
    m_sign->setGlyph(status.glyph, status.tone);
    m_title->setText(status.headline);
    m_text->setText(status.advice);
    m_text->setVisible(!status.advice.isEmpty());
    m_command->setText(status.command);
    m_commandBox->setVisible(!status.command.isEmpty());
    m_add->setVisible(status.remedy == ClockStatus::Remedy::AddSource);
}

void PlaceholderPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange)
        applyFonts();
}

void PlaceholderPage::applyFonts()
{
    QFont large = font();
    if (large.pointSizeF() > 0.0)
        large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    QPalette soft = palette();
    soft.setColor(QPalette::WindowText, secondaryText(soft));
    m_text->setPalette(soft);
}

} // namespace foliot::gui
