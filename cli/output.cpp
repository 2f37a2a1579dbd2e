// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/output.h"

#include "cli/text.h"

#include <cerrno>
#include <climits>
#include <clocale>
#include <cstdio>
#include <cstring>
#include <langinfo.h>
#include <unistd.h>

namespace foliot::cli {

using namespace Qt::StringLiterals;

namespace {

bool localeIsUtf8 = true;
int outputError = 0; // errno of the first text that was not written to standard output

QLatin1StringView sequence(Style style)
{
    switch (style) {
    case Style::Plain:
        return {};
    case Style::Heading:
        return "\x1b[1m"_L1;
    case Style::Good:
        return "\x1b[32m"_L1;
    case Style::Attention:
        return "\x1b[33m"_L1;
    case Style::Bad:
        return "\x1b[31m"_L1;
    case Style::Faint:
        return "\x1b[2m"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

bool write(std::FILE* file, const QString& text)
{
    const QByteArray bytes = localeIsUtf8 ? text.toUtf8() : asciiOnly(text).toUtf8();
    return std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), file) ==
               static_cast<std::size_t>(bytes.size()) &&
           std::fflush(file) == 0;
}

} // namespace

void adoptLocale()
{
    std::setlocale(LC_ALL, "");
    localeIsUtf8 = std::strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (localeIsUtf8)
        return;
    // Qt wants UTF-8 and complains otherwise; what is shown is made ASCII in the end.
    qputenv("LC_ALL", "C.UTF-8");
    std::setlocale(LC_ALL, "C.UTF-8");
}

bool isDumbTerminal()
{
    const QByteArray name = qgetenv("TERM");
    return name.isEmpty() || name == "dumb";
}

Rendering renderingForStandardOutput()
{
    const bool isTerminal = isatty(STDOUT_FILENO) == 1;
    const bool wantsColour = qEnvironmentVariableIsEmpty("NO_COLOR") && !isDumbTerminal();
    return {.hasColour = isTerminal && wantsColour, .isUtf8 = localeIsUtf8};
}

QString render(const Line& line, const Rendering& rendering)
{
    QString result;
    int left = rendering.width.value_or(INT_MAX);
    for (const Span& span : line) {
        const QString shown = rendering.isUtf8 ? span.text : asciiOnly(span.text);
        const QString text = elided(shown, left);
        left -= displayWidth(text);
        const bool isStyled = rendering.hasColour && span.style != Style::Plain && !text.trimmed().isEmpty();
        result += isStyled ? sequence(span.style) + text + "\x1b[0m"_L1 : text;
        if (left <= 0 || text != shown)
            break;
    }
    // No blanks at the end of a line.
    while (result.endsWith(u' '))
        result.chop(1);
    return result;
}

QString render(const Lines& lines, const Rendering& rendering)
{
    QString result;
    for (const Line& line : lines)
        result += render(line, rendering) + u'\n';
    return result;
}

bool writeOut(const QString& text)
{
    errno = 0;
    if (write(stdout, text))
        return true;
    if (outputError == 0)
        outputError = errno == 0 ? EIO : errno;
    return false;
}

void writeError(const QString& text)
{
    write(stderr, text);
}

std::optional<QString> outputProblem()
{
    if (outputError == 0 || outputError == EPIPE)
        return {};
    return QString::fromLocal8Bit(std::strerror(outputError));
}

} // namespace foliot::cli
