// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a screen reader is told about a chart: what it is, all of it in words, and where the keyboard's line stands.

namespace foliot::gui {

// Makes every HistoryChart known to Qt's accessibility. Again is as good as once.
void installAccessibleCharts();

} // namespace foliot::gui
