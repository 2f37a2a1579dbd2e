// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Options of a source as they are when nobody gives them, to tell those that somebody gave. The daemon's configuration
// decides what they are; a test holds the two together, because programs that talk to the daemon know nothing of its
// configuration.

#include <QVariantMap>

namespace foliot::bus {

// Those of `options` (a source's, made native) that are not as by default. One that is not known here is not.
QVariantMap optionsBesidesDefault(const QVariantMap& options);

} // namespace foliot::bus
