// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The picture of the selection: the correctness interval of each source as a bar on one axis of offsets, the interval
// where the majority agrees shaded through all rows, our own clock as the line at zero. A list view, so that selection,
// keyboard and accessibility are those of every list; it shares model and selection with the table.

#include "gui/symlog_scale.h"

#include <QHash>
#include <QListView>

#include <optional>

namespace foliot::gui {

class SelectionAxis;

class SelectionView : public QListView {
    Q_OBJECT

public:
    static constexpr int padding = 8; // between an edge and the text beside it

    explicit SelectionView(QWidget* parent = nullptr);
    ~SelectionView() override;

    void setModel(QAbstractItemModel* model) override;
    // Where the majority agrees, relative to our clock.
    void setAgreement(const std::optional<OffsetRange>& agreement);

    [[nodiscard]] const SymlogScale& scale() const { return m_scale; }
    // Left and right end of the scale, in the coordinates of the viewport.
    [[nodiscard]] double plotLeft() const;
    [[nodiscard]] double plotRight() const;
    // Where the names stand.
    [[nodiscard]] QRect labelArea(const QRect& row) const;
    // A place on the scale, also beyond its ends.
    [[nodiscard]] double xOf(double seconds) const;
    [[nodiscard]] QList<double> ticks() const;
    // What the scale is called, in this font; empty without room for it.
    [[nodiscard]] QString scaleName(const QFont& font) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    // What a row asks of the picture. Kept, for texts take long to measure and one source changes at a time.
    struct Wish {
        int labelWidth = 0;
        std::optional<OffsetRange> interval;
    };

    [[nodiscard]] int labelWidth() const;
    void readRows(int first, int last);
    void readAllRows();
    void fit();
    void rescale();
    void widenLabels();
    void placeAxis();

    SelectionAxis* m_axis;
    SymlogScale m_scale;
    bool m_hasScale = false;
    QHash<quint32, Wish> m_wishes; // by the id of the source
    int m_labelWidth = 0;          // of the widest label; what is shown may be less
    std::optional<OffsetRange> m_agreement;
};

} // namespace foliot::gui
