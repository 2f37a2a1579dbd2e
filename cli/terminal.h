// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The terminal as a page to draw on: an alternate screen without echo, given back as it was.

#include "cli/output.h"

#include <optional>
#include <termios.h>

namespace foliot::cli {

struct TerminalSize {
    int columns = 80;
    int rows = 24;
};

// Of the terminal that standard output is; the usual one where it does not say.
TerminalSize terminalSize();

// The columns of the terminal that standard output is; none when it is a pipe or a file.
std::optional<int> terminalWidth();

class Terminal {
public:
    Terminal();
    ~Terminal();
    Q_DISABLE_COPY_MOVE(Terminal)

    // True when both standard input and output are one that can be drawn on; otherwise nothing here has any effect.
    bool isThere() const { return m_isThere; }

    void enter();
    void leave();
    // Replaces the whole page; what does not fit is not shown. False when the terminal is gone.
    bool draw(const Lines& lines, Rendering rendering);

private:
    bool m_isThere;
    std::optional<termios> m_before; // while entered
};

} // namespace foliot::cli
