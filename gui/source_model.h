// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sources as rows. Fed by ClockWatch, shown by the table and by the picture of the selection.

#include "bus/client/data.h"

#include <QAbstractTableModel>
#include <QCoreApplication>
#include <QList>

namespace foliot::gui {

class SourceModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : int {
        VerdictColumn,
        NameColumn,
        AddressColumn,
        StratumColumn,
        ReachColumn,
        PollColumn,
        OffsetColumn,
        DelayColumn,
        JitterColumn,
        AgeColumn,
        PictureColumn, // for the picture of the selection: the name, and in words what the picture shows
        ColumnCount
    };

    enum Role : int {
        // The value of the cell for sorting and for programs: verdict as rank (0 is best), name and address as text,
        // stratum and reach as integers, poll, offset, delay, jitter and age in seconds (double, NaN when unknown).
        RawRole = Qt::UserRole,
        // The whole source as bus::SourceData.
        SourceRole,
    };

    explicit SourceModel(QObject* parent = nullptr);

    // Adds or replaces, by id.
    void put(const bus::SourceData& source);
    void remove(quint32 id);
    void clear();
    // The moment that ages are told at, CLOCK_BOOTTIME in microseconds.
    void setNow(quint64 nowUSec);

    [[nodiscard]] const QList<bus::SourceData>& sources() const { return m_sources; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QVariant raw(const bus::SourceData& source, int column) const;
    [[nodiscard]] QString text(const bus::SourceData& source, int column) const;
    [[nodiscard]] QString toolTip(const bus::SourceData& source, int column) const;
    [[nodiscard]] QString accessibleText(const bus::SourceData& source, int column) const;
    [[nodiscard]] QString pictureText(const bus::SourceData& source) const;
    [[nodiscard]] double age(const bus::SourceData& source) const;

    QList<bus::SourceData> m_sources; // by id
    quint64 m_nowUSec = 0;
};

} // namespace foliot::gui

Q_DECLARE_METATYPE(foliot::bus::SourceData)
