// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/message_bar.h"

#include "gui/symbolic_icon.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

namespace foliot::gui {

namespace {

constexpr int leaveAfterMs = 8'000;

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QToolButton(this))
    , m_close(new QToolButton(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_close->setAutoRaise(true);
    m_close->setIcon(themeIcon(QStringLiteral("window-close")));
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 6, 6, 6);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);

    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_action, &QToolButton::clicked, this, [this] {
        const std::function<void()> run = m_run;
        dismiss();
        if (run)
            run();
    });
    m_leave.setSingleShot(true);
    m_leave.setInterval(leaveAfterMs);
    connect(&m_leave, &QTimer::timeout, this, &MessageBar::dismiss);
    setAccessibleName(tr("Message"));
    hide();
}

void MessageBar::show(Kind kind, const QString& text, const Action& action)
{
    m_kind = kind;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    const Glyph glyph = kind == Kind::Error     ? Glyph::Warning
                        : kind == Kind::Success ? Glyph::Check
                                                : Glyph::Information;
    m_icon->setPixmap(glyphIcon(glyph, tone()).pixmap(QSize(size, size), devicePixelRatioF()));
    m_text->setText(text);
    m_run = action.run;
    m_action->setText(action.text);
    m_action->setVisible(!action.text.isEmpty());
    if (kind == Kind::Success)
        m_leave.start();
    else
        m_leave.stop();
    setVisible(true);
    update();
    QAccessibleAnnouncementEvent announcement(this, text);
    QAccessible::updateAccessibility(&announcement);
}

void MessageBar::dismiss()
{
    m_leave.stop();
    m_run = nullptr;
    hide();
}

QString MessageBar::text() const
{
    return m_text->text();
}

Tone MessageBar::tone() const
{
    switch (m_kind) {
    case Kind::Information:
        return Tone::Accent;
    case Kind::Success:
        return Tone::Good;
    case Kind::Error:
        return Tone::Bad;
    }
    return Tone::Neutral;
}

void MessageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = toneColor(tone(), palette(), QPalette::Window);
    painter.setPen(QPen(color, 1.0));
    painter.setBrush(mixed(palette().color(QPalette::Window), color, 0.12));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4.0, 4.0);
}

void MessageBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return dismiss();
    QFrame::keyPressEvent(event);
}

} // namespace foliot::gui
