// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source_columns.h"

#include "gui/terms.h"

namespace foliot::gui {

namespace {

class Texts {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::SourceColumns)
};

} // namespace

QString columnName(SourceModel::Column column)
{
    switch (column) {
    case SourceModel::VerdictColumn:
        return termText(bus::Term::Verdict);
    case SourceModel::NameColumn:
        return termText(bus::Term::Source);
    case SourceModel::AddressColumn:
        return termText(bus::Term::Address);
    case SourceModel::StratumColumn:
        return termText(bus::Term::Stratum);
    case SourceModel::ReachColumn:
        return termText(bus::Term::Reach);
    case SourceModel::PollColumn:
        return termText(bus::Term::Poll);
    case SourceModel::OffsetColumn:
        return termText(bus::Term::Offset);
    case SourceModel::DelayColumn:
        return termText(bus::Term::Delay);
    case SourceModel::JitterColumn:
        return termText(bus::Term::Jitter);
    case SourceModel::AgeColumn:
        return termText(bus::Term::LastAnswer);
    case SourceModel::PictureColumn:
    case SourceModel::ColumnCount:
        break;
    }
    return {};
}

QString columnMeaning(SourceModel::Column column)
{
    switch (column) {
    case SourceModel::VerdictColumn:
        return Texts::tr("What the comparison of all sources made of this one.");
    case SourceModel::StratumColumn:
        return Texts::tr("Distance from a reference clock, counted in servers.");
    case SourceModel::ReachColumn:
        return Texts::tr("The last eight queries, newest at the end; filled when answered.");
    case SourceModel::PollColumn:
        return Texts::tr("How often the source is asked.");
    case SourceModel::OffsetColumn:
        return Texts::tr("Time of the source minus time of this computer.");
    case SourceModel::DelayColumn:
        return Texts::tr("Smallest recent time for question and answer together.");
    case SourceModel::JitterColumn:
        return Texts::tr("How much its answers scatter.");
    case SourceModel::AgeColumn:
        return Texts::tr("Time since the last usable answer.");
    case SourceModel::NameColumn:
    case SourceModel::AddressColumn:
    case SourceModel::PictureColumn:
    case SourceModel::ColumnCount:
        break;
    }
    return {};
}

Qt::Alignment columnAlignment(SourceModel::Column column)
{
    switch (column) {
    case SourceModel::StratumColumn: // a name that happens to be a digit
        return Qt::AlignCenter;
    case SourceModel::PollColumn:
    case SourceModel::OffsetColumn:
    case SourceModel::DelayColumn:
    case SourceModel::JitterColumn:
    case SourceModel::AgeColumn:
        return Qt::AlignRight | Qt::AlignVCenter;
    case SourceModel::VerdictColumn:
    case SourceModel::NameColumn:
    case SourceModel::AddressColumn:
    case SourceModel::ReachColumn:
    case SourceModel::PictureColumn:
    case SourceModel::ColumnCount:
        break;
    }
    return Qt::AlignLeft | Qt::AlignVCenter;
}

} // namespace foliot::gui
