// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a colour in a picture means: a patch and a word.

#include <QWidget>

#include <functional>

namespace foliot::gui {

class ChartKey : public QWidget {
    Q_OBJECT

public:
    enum class Shape : quint8 { Line, Patch, DashedLine };
    using ColorOf = std::function<QColor(const QPalette&)>;

    // A patch may have an edge of another colour.
    ChartKey(Shape shape, ColorOf color, const QString& text, QWidget* parent = nullptr, ColorOf edge = {});

    [[nodiscard]] QSize sizeHint() const override;
    // It asks for no room of its own: where there is too little it is left out.
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, 0}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Shape m_shape;
    ColorOf m_color;
    ColorOf m_edge;
    QString m_text;
};

} // namespace foliot::gui
