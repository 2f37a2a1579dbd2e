// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The terms that the window and foliotctl share, in the language of the locale.

#include "bus/client/terms.h"

#include <QCoreApplication>

namespace foliot::gui {

[[nodiscard]] inline QString termText(bus::Term term)
{
    return QCoreApplication::translate(bus::termContext, bus::term(term));
}

[[nodiscard]] inline QString termText(bus::Verdict verdict)
{
    return QCoreApplication::translate(bus::verdictContext, bus::term(verdict));
}

} // namespace foliot::gui
