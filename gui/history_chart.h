// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A chart over time: the offset with its error bands, or the jitter. With its ChartParts the only place that knows Qt
// Charts; everybody else sees a widget that draws a HistoryBuffer. Time runs to the right and ends now; the scale is that of
// SymlogScale, so that the first correction of a second and the microseconds after it are both seen. The arrow keys move a
// line through it that tells the values where it stands; a screen reader hears those and a summary.

#include "gui/history_buffer.h"
#include "gui/history_cursor.h"
#include "gui/history_reading.h"
#include "gui/symlog_scale.h"

#include <QWidget>

#include <memory>

class QLabel;

namespace foliot::gui {

class ChartParts;

class HistoryChart : public QWidget {
    Q_OBJECT

public:
    using Quantity = HistoryQuantity;

    explicit HistoryChart(Quantity quantity, QWidget* parent = nullptr);
    ~HistoryChart() override;

    // What is drawn; must outlive the chart or be replaced before it goes.
    void setBuffer(const HistoryBuffer* buffer);
    // How far back it goes: as far as there is something, growing to the buffer's range.
    [[nodiscard]] double shownSeconds() const { return m_shownSeconds; }
    // What is written along the axis of values.
    [[nodiscard]] QString scaleName() const;
    // Draws again when there is something new or the newest slot has moved on by one, else does nothing.
    void advance(quint64 nowUSec);

    // How many points are handed to the drawing library, for tests.
    [[nodiscard]] qsizetype pointCount() const;
    // How often everything was handed over.
    [[nodiscard]] quint64 drawings() const { return m_drawings; }

    // All of it in words.
    [[nodiscard]] QString summary() const;
    // What the line that the keyboard moves stands at; empty without it.
    [[nodiscard]] QString cursorText() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void draw();
    void drawAxes();
    void drawScaleName();
    [[nodiscard]] double timeStepFor(double range) const;
    bool widenRange();
    void applyColors();
    void placePlot();
    void rescale();
    void showValuesAt(const QPoint& place, const QPoint& onScreen);
    void placeCursor();

    Quantity m_quantity;
    std::unique_ptr<ChartParts> m_parts;
    const HistoryBuffer* m_buffer = nullptr;
    SymlogScale m_scale;
    bool m_hasScale = false;
    double m_shownSeconds = 0.0; // how far back the axis goes
    quint64 m_nowUSec = 0;
    quint64 m_drawnSlot = 0;
    quint64 m_drawnRevision = 0;
    quint64 m_drawings = 0;
    HistoryCursor m_cursor;
    QLabel* m_empty; // stands in the middle while there is nothing to draw
};

} // namespace foliot::gui
