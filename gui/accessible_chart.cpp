// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/accessible_chart.h"

#include "gui/history_chart.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace foliot::gui {

namespace {

class AccessibleChart final : public QAccessibleWidget {
public:
    explicit AccessibleChart(HistoryChart* chart)
        : QAccessibleWidget(chart, QAccessible::Chart)
    {}

    QString text(QAccessible::Text kind) const override
    {
        const auto* chart = static_cast<const HistoryChart*>(widget());
        if (kind == QAccessible::Description)
            return chart->summary();
        if (kind == QAccessible::Value)
            return chart->cursorText();
        return QAccessibleWidget::text(kind);
    }
    // What Qt Charts draws is no control.
    int childCount() const override { return 0; }
    QAccessibleInterface* child(int) const override { return nullptr; }
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    auto* chart = qobject_cast<HistoryChart*>(object);
    return chart ? new AccessibleChart(chart) : nullptr;
}

} // namespace

void installAccessibleCharts()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

} // namespace foliot::gui
