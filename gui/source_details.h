// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// All that is known about one source, in words and figures, by sections. Shown by SourceDetailsDialog.

#include "bus/client/data.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

namespace foliot::gui {

struct Detail {
    QString label;
    QString value;
    QString explanation; // what the label means; may be empty

    friend bool operator==(const Detail&, const Detail&) = default;
};

struct DetailSection {
    QString title;
    QList<Detail> details;

    friend bool operator==(const DetailSection&, const DetailSection&) = default;
};

class SourceDetails final {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::SourceDetails)

public:
    // `nowUSec` is CLOCK_BOOTTIME in microseconds; ages are told at it.
    [[nodiscard]] static QList<DetailSection> of(const bus::SourceData& source, quint64 nowUSec);

    // Why packets were dropped, from the word on the bus; a word that this version does not know stands for itself.
    [[nodiscard]] static QString rejection(const QString& word);

private:
    static DetailSection time(const bus::SourceData& source);
    static DetailSection server(const bus::SourceData& source);
    static DetailSection answers(const bus::SourceData& source, quint64 nowUSec);
    // None for a source without authentication.
    static QList<DetailSection> authentication(const bus::SourceData& source);
    static DetailSection certificate(const bus::SourceData& source);
    static DetailSection dropped(const bus::SourceData& source);
    static DetailSection settings(const bus::SourceData& source);
    static QString moment(quint64 usecSince1970);
    static QString leap(bus::Leap leap);
    static QString stampOrigin(bus::TimestampOrigin origin);
    static QString interval(const bus::SourceData& source);
};

} // namespace foliot::gui
