// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Lines with meaning, and how they are written: with colours or without, in UTF-8 or ASCII, cut to a width or not.

#include <QString>

#include <optional>
#include <vector>

namespace foliot::cli {

enum class Style : quint8 { Plain, Heading, Good, Attention, Bad, Faint };

struct Span {
    QString text; // printable
    Style style = Style::Plain;

    friend bool operator==(const Span&, const Span&) = default;
};
using Line = std::vector<Span>;
using Lines = std::vector<Line>;

struct Rendering {
    bool hasColour = false;
    bool isUtf8 = true;
    std::optional<int> width; // longer lines are cut
};

// TERM names one that knows no sequences to steer it, or none at all.
bool isDumbTerminal();

// What suits the standard output: colours on a terminal unless NO_COLOR is set or it is a dumb one.
Rendering renderingForStandardOutput();

QString render(const Line& line, const Rendering& rendering);
QString render(const Lines& lines, const Rendering& rendering); // each ends with a newline

// Notes what the locale can show, and has the library use UTF-8 whatever it says. Before QCoreApplication.
void adoptLocale();

// False when it was not written: outputProblem() says why.
bool writeOut(const QString& text);
void writeError(const QString& text);

// Why not all that was meant for standard output is there. None when it is, or when the reader had enough and left.
std::optional<QString> outputProblem();

} // namespace foliot::cli
