// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The table of the sources.

#include <QTreeView>

namespace foliot::gui {

class SourceTable : public QTreeView {
    Q_OBJECT

public:
    explicit SourceTable(QWidget* parent = nullptr);

    // Gives each column what its widest usual content needs. The model must be set.
    void fitColumns();
    // What header()->saveState() gave; anything else changes nothing.
    void restoreColumns(const QByteArray& state);
};

} // namespace foliot::gui
