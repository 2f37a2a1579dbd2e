// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/watch_report.h"

#include "bus/client/duration.h"
#include "cli/source_report.h"
#include "cli/status_report.h"
#include "cli/text.h"
#include "cli/values.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace foliot::cli {

using namespace Qt::StringLiterals;
using bus::durationText;

namespace {

void append(Lines& lines, Lines more)
{
    std::ranges::move(more, std::back_inserter(lines));
}

Line faint(const QString& text)
{
    return {{.text = text, .style = Style::Faint}};
}

Lines clockLines(const Snapshot& snapshot, std::optional<int> width)
{
    Lines lines = headlineLines(snapshot, width);
    if (!snapshot.isAvailable())
        return lines;
    const bus::ClockData& clock = snapshot.clock;
    QStringList numbers;
    if (std::isfinite(clock.boundSeconds)) {
        const double digits = bus::uncertaintyOfOffset(clock).value_or(clock.uncertaintySeconds);
        numbers.append(u"offset "_s + signedDuration(bus::meaningful(clock.offsetSeconds, digits)));
        numbers.append(u"jitter "_s + durationText(clock.jitterSeconds));
        numbers.append(u"measured %1 ago"_s.arg(ageOf(clock.lastUpdateBoottimeUSec, snapshot.now)));
    }
    numbers.append(u"frequency "_s + ppm(clock.frequencyPpm));
    if (clock.extraRatePpm != 0.0)
        numbers.append(u"slewing "_s + ppm(clock.extraRatePpm));
    for (const QString& line : wrapped(numbers.join(u", "_s), width))
        lines.push_back({{.text = line}});
    return lines;
}

// A table after a blank line; nothing without sources.
Table::Fitted tableOf(const Snapshot& snapshot, std::optional<int> width)
{
    if (!snapshot.isAvailable() || snapshot.sources.empty())
        return {};
    Table::Fitted table = sourcesTable(snapshot, width);
    table.lines.insert(table.lines.begin(), Line());
    return table;
}

} // namespace

Lines watchLines(const Snapshot& snapshot, std::optional<int> width)
{
    Lines lines = clockLines(snapshot, width);
    append(lines, tableOf(snapshot, width).both());
    return lines;
}

Lines watchPage(const Snapshot& snapshot, const TerminalSize& page)
{
    constexpr std::size_t footShare = 4; // what is left out takes no more of the page than this part of it
    Lines lines = clockLines(snapshot, page.columns);
    Table::Fitted table = tableOf(snapshot, page.columns);
    append(lines, std::move(table.lines));
    Lines foot = std::move(table.note);
    foot.push_back(faint(u"q or ctrl-C ends this."_s));

    const auto rows = static_cast<std::size_t>(std::max(page.rows, 1));
    const std::size_t mostFoot = std::max<std::size_t>(rows / footShare, 1);
    if (foot.size() > mostFoot)
        foot.erase(foot.begin(), foot.end() - static_cast<std::ptrdiff_t>(mostFoot));
    if (lines.size() + foot.size() > rows) {
        const std::size_t kept = rows - std::min(rows, foot.size() + 1);
        const std::size_t left = lines.size() - std::min(lines.size(), kept);
        lines.resize(lines.size() - left);
        foot.insert(foot.begin(), faint(u"%1 more lines in a higher terminal"_s.arg(left)));
    }
    append(lines, std::move(foot));
    return lines;
}

} // namespace foliot::cli
