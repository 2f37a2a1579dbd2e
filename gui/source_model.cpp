// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source_model.h"

#include "bus/client/boottime.h"
#include "gui/format.h"
#include "gui/plain_text.h"
#include "gui/source_columns.h"
#include "gui/symbolic_icon.h"
#include "gui/verdict_text.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <bit>
#include <limits>

namespace foliot::gui {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double ifKnown(bool isKnown, double seconds)
{
    return isKnown ? seconds : unknown;
}

// What was measured is history when none of the last eight queries was answered.
bool isMeasurement(int column)
{
    return column == SourceModel::OffsetColumn || column == SourceModel::DelayColumn ||
           column == SourceModel::JitterColumn || column == SourceModel::StratumColumn;
}

// What it told is proven to come from the server that it is named after.
bool isAuthenticated(const bus::SourceData& source)
{
    return source.authentication == bus::Authentication::Nts && source.ntsHasKeys && source.answers > 0;
}

} // namespace

SourceModel::SourceModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_nowUSec(bus::boottimeUSec())
{}

void SourceModel::put(const bus::SourceData& source)
{
    const auto place = std::ranges::lower_bound(m_sources, source.id, {}, &bus::SourceData::id);
    const int row = static_cast<int>(place - m_sources.begin());
    if (place != m_sources.end() && place->id == source.id) {
        if (*place == source)
            return;
        *place = source;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
    beginInsertRows({}, row, row);
    m_sources.insert(row, source);
    endInsertRows();
}

void SourceModel::remove(quint32 id)
{
    const auto place = std::ranges::find(m_sources, id, &bus::SourceData::id);
    if (place == m_sources.end())
        return;
    const int row = static_cast<int>(place - m_sources.begin());
    beginRemoveRows({}, row, row);
    m_sources.removeAt(row);
    endRemoveRows();
}

void SourceModel::clear()
{
    if (m_sources.isEmpty())
        return;
    beginResetModel();
    m_sources.clear();
    endResetModel();
}

void SourceModel::setNow(quint64 nowUSec)
{
    const quint64 before = std::exchange(m_nowUSec, nowUSec);
    for (int row = 0; row < m_sources.size(); ++row) {
        const bus::SourceData& source = m_sources.at(row);
        if (source.lastAnswerBoottimeUSec == 0)
            continue;
        // Only what reads differently is told: minutes do not change every second.
        if (Format::age(bus::ageSeconds(source.lastAnswerBoottimeUSec, before)) == text(source, AgeColumn))
            continue;
        const QModelIndex cell = index(row, AgeColumn);
        Q_EMIT dataChanged(cell, cell, {Qt::DisplayRole, RawRole});
    }
}

int SourceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sources.size());
}

int SourceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SourceModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bus::SourceData& source = m_sources.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(source, index.column());
    case Qt::DecorationRole:
        if (index.column() == VerdictColumn)
            return glyphIcon(VerdictText::glyph(source.verdict), VerdictText::tone(source.verdict));
        if (index.column() == NameColumn && isAuthenticated(source))
            return ownIcon(QStringLiteral("object-locked"));
        return {};
    case Qt::ForegroundRole:
        if (source.reach == 0 && isMeasurement(index.column()))
            return QGuiApplication::palette().brush(QPalette::PlaceholderText);
        return {};
    case Qt::FontRole:
        if (source.verdict == bus::Verdict::Selected && index.column() <= NameColumn) {
            QFont font = QGuiApplication::font();
            font.setBold(true);
            return font;
        }
        return {};
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(columnAlignment(static_cast<Column>(index.column())));
    case Qt::ToolTipRole:
        return toolTip(source, index.column());
    case Qt::AccessibleTextRole:
        return accessibleText(source, index.column());
    case RawRole:
        return raw(source, index.column());
    case SourceRole:
        return QVariant::fromValue(source);
    default:
        return {};
    }
}

QVariant SourceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = static_cast<Column>(section);
    switch (role) {
    case Qt::DisplayRole:
        return columnName(column);
    case Qt::ToolTipRole:
        return columnMeaning(column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(columnAlignment(column));
    default: // an open set: Qt's roles
        return {};
    }
}

QVariant SourceModel::raw(const bus::SourceData& source, int column) const
{
    switch (static_cast<Column>(column)) {
    case VerdictColumn:
        return VerdictText::rank(source.verdict);
    case NameColumn:
    case PictureColumn:
        return source.name;
    case AddressColumn:
        return source.address;
    case StratumColumn:
        return source.stratum;
    case ReachColumn:
        return static_cast<uint>(source.reach);
    case PollColumn:
        return static_cast<double>(source.pollSeconds);
    case OffsetColumn:
        return ifKnown(source.hasEstimate, source.offsetSeconds);
    case DelayColumn:
        return ifKnown(source.hasEstimate, source.delaySeconds);
    case JitterColumn:
        return ifKnown(source.hasEstimate, source.jitterSeconds);
    case AgeColumn:
        return age(source);
    case ColumnCount:
        break;
    }
    return {};
}

QString SourceModel::text(const bus::SourceData& source, int column) const
{
    switch (static_cast<Column>(column)) {
    case VerdictColumn:
        return VerdictText::word(source.verdict);
    case NameColumn:
    case PictureColumn:
        return VerdictText::sourceName(source);
    case AddressColumn:
        return source.address.isEmpty() ? Format::unknown() : VerdictText::sourceAddress(source);
    case StratumColumn:
        return source.stratum == 0 ? Format::unknown() : Format::count(source.stratum);
    case ReachColumn:
        return {};
    case PollColumn:
        return source.pollSeconds == 0 ? Format::unknown() : Format::age(source.pollSeconds);
    case OffsetColumn:
        return Format::seconds(ifKnown(source.hasEstimate, source.offsetSeconds), Format::Sign::Always);
    case DelayColumn:
        return Format::seconds(ifKnown(source.hasEstimate, source.delaySeconds));
    case JitterColumn:
        return Format::seconds(ifKnown(source.hasEstimate, source.jitterSeconds));
    case AgeColumn:
        return Format::age(age(source));
    case ColumnCount:
        break;
    }
    return {};
}

QString SourceModel::toolTip(const bus::SourceData& source, int column) const
{
    if (column == ReachColumn)
        return toolTipOf(VerdictText::sourceName(source), {accessibleText(source, column)});
    QStringList lines;
    //: %1 is a verdict such as "Falseticker", %2 a sentence that says why
    lines << tr("%1: %2").arg(
        VerdictText::word(source.verdict), VerdictText::explanation(source.verdict, source.reason));
    if (!source.lastError.isEmpty())
        lines << plainText(source.lastError);
    if (source.hasEstimate) {
        //: %1 is an offset such as +12 µs, %2 its uncertainty
        lines << tr("Offset %1 ± %2 (one standard deviation).")
                     .arg(Format::seconds(source.offsetSeconds, Format::Sign::Always),
                         Format::seconds(source.offsetUncertaintySeconds));
        //: %1 is a length of time
        lines << tr("It can be wrong by up to %1.").arg(Format::limit(source.rootDistanceSeconds));
    }
    if (isAuthenticated(source))
        lines << tr("Authenticated by Network Time Security.");
    switch (source.timestampOrigin) {
    case bus::TimestampOrigin::Hardware:
        lines << tr("Timestamps by the network hardware.");
        break;
    case bus::TimestampOrigin::Kernel:
        lines << tr("Timestamps by the kernel.");
        break;
    case bus::TimestampOrigin::UserSpace:
        lines << tr("Timestamps by the service itself, which are less exact.");
        break;
    case bus::TimestampOrigin::Unknown:
        break;
    }
    lines << VerdictText::origin(source.origin);
    lines.removeAll(QString());
    return toolTipOf(VerdictText::sourceName(source), lines);
}

QString SourceModel::accessibleText(const bus::SourceData& source, int column) const
{
    if (column == PictureColumn)
        return pictureText(source);
    if (column == NameColumn && isAuthenticated(source))
        //: %1 is the name of a source
        return tr("%1, authenticated").arg(text(source, column));
    if (column != ReachColumn)
        return text(source, column);
    //: %n is how many of the last eight queries were answered
    return tr("%n of the last 8 queries answered", nullptr, std::popcount(source.reach));
}

QString SourceModel::pictureText(const bus::SourceData& source) const
{
    QStringList sentences;
    //: %1 is the name of a source, %2 a verdict such as "Falseticker"
    sentences << tr("%1: %2.").arg(VerdictText::sourceName(source), VerdictText::word(source.verdict));
    if (source.hasInterval)
        //: %1 and %2 are offsets such as −3 ms and +12 ms
        sentences << tr("Its time must be between %1 and %2.")
                         .arg(Format::seconds(source.intervalLowSeconds, Format::Sign::Always),
                             Format::seconds(source.intervalHighSeconds, Format::Sign::Always));
    sentences << VerdictText::explanation(source.verdict, source.reason);
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

double SourceModel::age(const bus::SourceData& source) const
{
    return source.lastAnswerBoottimeUSec == 0 ? unknown : bus::ageSeconds(source.lastAnswerBoottimeUSec, m_nowUSec);
}

} // namespace foliot::gui
