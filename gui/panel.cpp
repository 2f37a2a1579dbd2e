// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/panel.h"

#include <QComboBox>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <utility>

namespace foliot::gui {

Panel::Panel(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(title, this))
    , m_heading(new QHBoxLayout)
    , m_frame(new QFrame(this))
    , m_content(new QVBoxLayout(m_frame))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setContentsMargins(2, 0, 0, 0); // a letter may reach out to the left of its place
    m_frame->setFrameStyle(static_cast<int>(QFrame::StyledPanel) | QFrame::Sunken);
    m_frame->setBackgroundRole(QPalette::Base);
    m_frame->setAutoFillBackground(true);
    m_content->setContentsMargins(1, 1, 1, 1);
    m_content->setSpacing(0);
    m_heading->setSpacing(12);
    m_heading->addWidget(m_title);
    m_heading->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(m_heading);
    layout->addWidget(m_frame, 1);
    // As tall as a line with a box to choose from, so that panels side by side line up.
    m_title->setMinimumHeight(QComboBox(this).sizeHint().height());
    setAccessibleName(title);
    applyFont();
}

void Panel::addToHeading(QWidget* widget)
{
    m_heading->addWidget(widget);
}

void Panel::addToHeadingIfRoom(QWidget* widget)
{
    addToHeading(widget);
    m_optional.append(widget);
}

void Panel::leaveOut()
{
    int wanted = 0;
    for (int place = 0; place < m_heading->count(); ++place) {
        if (const QWidget* widget = m_heading->itemAt(place)->widget())
            wanted += widget->sizeHint().width() + m_heading->spacing();
    }
    for (QWidget* widget : std::as_const(m_optional)) {
        widget->setVisible(wanted <= width());
    }
}

void Panel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    leaveOut();
}

void Panel::addContent(QWidget* widget, int stretch)
{
    m_content->addWidget(widget, stretch);
}

void Panel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        applyFont();
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        leaveOut();
}

void Panel::applyFont()
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
}

} // namespace foliot::gui
