// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace foliot::cli {

using namespace Qt::StringLiterals;

TerminalSize terminalSize()
{
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
        return {};
    return {.columns = size.ws_col, .rows = size.ws_row};
}

std::optional<int> terminalWidth()
{
    if (isatty(STDOUT_FILENO) != 1)
        return std::nullopt;
    return terminalSize().columns;
}

Terminal::Terminal()
    : m_isThere(isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && !isDumbTerminal())
{}

Terminal::~Terminal()
{
    leave();
}

void Terminal::enter()
{
    termios before{};
    if (!m_isThere || m_before || tcgetattr(STDIN_FILENO, &before) != 0)
        return;
    m_before = before;
    termios keys = before;
    keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &keys);
    writeOut(u"\x1b[?1049h\x1b[?25l\x1b[?7l"_s); // other screen, no cursor, no wrapping
}

void Terminal::leave()
{
    if (!m_before)
        return;
    writeOut(u"\x1b[?7h\x1b[?25h\x1b[?1049l"_s);
    tcsetattr(STDIN_FILENO, TCSANOW, &*m_before);
    m_before.reset();
}

bool Terminal::draw(const Lines& lines, Rendering rendering)
{
    const TerminalSize page = terminalSize();
    rendering.width = page.columns;
    // Line by line over what is there, so that nothing flickers.
    QString text = u"\x1b[H"_s;
    int row = 0;
    for (const Line& line : lines) {
        if (row == page.rows)
            break;
        text += (row++ == 0 ? u""_s : u"\r\n"_s) + render(line, rendering) + u"\x1b[K"_s;
    }
    return writeOut(text + u"\x1b[J"_s);
}

} // namespace foliot::cli
