// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/status_header.h"

#include "gui/elided_label.h"
#include "gui/glyph_sign.h"
#include "gui/tone.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace foliot::gui {

StatusHeader::StatusHeader(QWidget* parent)
    : QWidget(parent)
    , m_sign(new GlyphSign(3.0, this))
    , m_headline(new ElidedLabel(this))
    , m_facts(new ElidedLabel(this))
    , m_advice(new QLabel(this))
    , m_remedy(new QPushButton(this))
{
    m_advice->setTextFormat(Qt::PlainText);
    m_advice->setWordWrap(true);
    m_advice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_remedy->hide();

    auto* lines = new QVBoxLayout;
    lines->setSpacing(3);
    lines->addStretch();
    lines->addWidget(m_headline);
    lines->addWidget(m_facts);
    lines->addWidget(m_advice);
    lines->addStretch();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(14);
    layout->addWidget(m_sign, 0, Qt::AlignVCenter);
    layout->addLayout(lines, 1);
    layout->addWidget(m_remedy, 0, Qt::AlignVCenter);

    connect(m_remedy, &QPushButton::clicked, this, [this] {
        if (m_status.remedy == ClockStatus::Remedy::StepClock)
            Q_EMIT stepClockWanted();
        else
            Q_EMIT addSourceWanted();
    });
    applyFonts();
}

void StatusHeader::setStatus(const ClockStatus& status)
{
    m_status = status;
    m_sign->setGlyph(status.glyph, status.tone);
    m_sign->setAccessibleName(status.headline);
    m_headline->setText(status.headline);
    const QString facts = ClockSentence::factsWithAge(status);
    m_facts->setText(facts);
    m_facts->setVisible(!facts.isEmpty());
    m_advice->setText(status.advice);
    m_advice->setVisible(!status.advice.isEmpty());
    switch (status.remedy) {
    case ClockStatus::Remedy::None:
        break;
    case ClockStatus::Remedy::AddSource:
        m_remedy->setText(tr("Add Source…"));
        break;
    case ClockStatus::Remedy::StepClock:
        m_remedy->setText(tr("Step Clock…"));
        break;
    }
    m_remedy->setVisible(status.remedy != ClockStatus::Remedy::None);
}

void StatusHeader::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange)
        applyFonts();
}

void StatusHeader::applyFonts()
{
    QFont large = font();
    if (large.pointSizeF() > 0.0)
        large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setWeight(QFont::DemiBold);
    m_headline->setFont(large);
    QPalette soft = palette();
    soft.setColor(QPalette::WindowText, secondaryText(soft));
    m_facts->setPalette(soft);
}

} // namespace foliot::gui
