// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a caller of AddSource wants, checked: the words, types and ranges are those of a [[source]] section in the
// configuration file. Pure.

#include "config/config.h"

#include <QString>
#include <QVariantMap>

#include <expected>

namespace foliot::daemon {

struct WantedSource {
    config::Source settings;
    bool keep = false;
};

// Error: what is wrong, a sentence for the caller.
std::expected<WantedSource, QString> readWantedSource(const QString& address, const QVariantMap& options);

// The options that would make this source again, all of them.
QVariantMap optionsOf(const config::Source& settings);

} // namespace foliot::daemon
