// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The charts of offset and jitter with the choice of how far back they go. Filled from the daemon's history, continued
// with what it publishes; draws only while somebody looks.

#include "gui/history_buffer.h"

#include <QWidget>

class QComboBox;

namespace foliot::gui {

class ClockWatch;
class HistoryChart;
class Panel;

class HistoryPanel : public QWidget {
    Q_OBJECT

public:
    explicit HistoryPanel(ClockWatch& watch, QWidget* parent = nullptr);

    [[nodiscard]] double rangeSeconds() const { return m_buffer.rangeSeconds(); }
    // The choice that is nearest.
    void setRangeSeconds(double seconds);

    [[nodiscard]] const HistoryBuffer& buffer() const { return m_buffer; }
    [[nodiscard]] const HistoryChart& offsetChart() const { return *m_offset; }

private:
    void chooseRange(int choice);
    void reload();
    void record();
    void forget();
    void draw(quint64 nowUSec);

    ClockWatch& m_watch;
    HistoryBuffer m_buffer;
    QComboBox* m_range;
    HistoryChart* m_offset;
    HistoryChart* m_jitter;
    quint64 m_recordedUSec = 0;
    unsigned m_question = 0; // an answer to an older question is not wanted any more
};

} // namespace foliot::gui
