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

    ChartKey(Shape shape, ColorOf color, const QString& text, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Shape m_shape;
    ColorOf m_color;
    QString m_text;
};

} // namespace foliot::gui
