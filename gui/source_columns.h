// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the columns of the table of sources are called and mean, and how they are laid out. For SourceModel.

#include "gui/source_model.h"

namespace foliot::gui {

[[nodiscard]] QString columnName(SourceModel::Column column);

// A sentence for a tooltip; empty where the name says it.
[[nodiscard]] QString columnMeaning(SourceModel::Column column);

// Of cells and heading: quantities by their last digit.
[[nodiscard]] Qt::Alignment columnAlignment(SourceModel::Column column);

} // namespace foliot::gui
