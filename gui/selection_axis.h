// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The figures below the picture of the selection, and what its scale is called. They stay when the rows scroll. Made and
// placed by SelectionView, of which it reads the scale.

#include <QWidget>

namespace foliot::gui {

class SelectionView;

class SelectionAxis : public QWidget {
    Q_OBJECT

public:
    explicit SelectionAxis(SelectionView* view);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    SelectionView* m_view;
};

} // namespace foliot::gui
