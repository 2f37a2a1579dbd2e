// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The table of the sources, and what is selected in it.

#include <QTreeView>

#include <optional>

namespace foliot::gui {

class SourceTable : public QTreeView {
    Q_OBJECT

public:
    explicit SourceTable(QWidget* parent = nullptr);

    // Gives each column what its widest usual content needs. The model must be set.
    void fitColumns();
    // What header()->saveState() gave; anything else changes nothing.
    void restoreColumns(const QByteArray& state);

    [[nodiscard]] static quint32 sourceIdOf(const QModelIndex& row);
    [[nodiscard]] QList<quint32> selectedIds() const;
    // Of the selected row that the keyboard is in, or else of the first; empty when none is selected.
    [[nodiscard]] std::optional<quint32> currentId() const;
    // The selected rows from top to bottom, a line each, with tabs between the columns as they are read.
    [[nodiscard]] QString selectedText() const;
};

} // namespace foliot::gui
