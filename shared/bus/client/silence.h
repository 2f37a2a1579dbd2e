// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Why no source gives the time, when none does: the one cause that all of them have, because that is what has to be mended.
// Fed with the sources, read by the summary.

#include "bus/client/data.h"

#include <optional>

namespace foliot::bus {

enum class Silence : quint8 {
    NoReply,        // or causes that differ
    NoKeys,         // there are none to ask with, or ours are refused
    NotAuthentic,   // answers come, and none proves itself with our key
    NoNames,        // no name can be resolved
    NoServer,       // the hosts answer that no server listens there
    Denied,         // the servers refuse to serve us
    Unsynchronized, // the servers answer that they do not know the time
};

class SilenceSurvey {
public:
    void add(const SourceData& source); // one that is never to be used does not count

    Silence silence() const { return m_silence.value_or(Silence::NoReply); }
    QString error() const { return m_error; } // the first that a source gives, outside text; empty when none does

private:
    std::optional<Silence> m_silence;
    QString m_error;
};

} // namespace foliot::bus
