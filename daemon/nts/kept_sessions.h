// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is remembered of the authenticated sources across a restart, as the content of a file: keys and cookies, so that
// none have to be exchanged anew. RFC 8915 section 5.7.

#include "daemon/nts/key_host.h"
#include "daemon/nts/tls_facts.h"
#include "nts/session.h"
#include "sync/source_id.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace foliot::daemon {

struct KeptSession {
    sync::SourceId source;
    KeyHost keyHost;
    nts::Algorithm algorithm = nts::Algorithm::SivCmac256;
    nts::SessionKeys keys;
    std::vector<nts::Cookie> cookies; // that no packet has carried
    Endpoint server;
    TlsFacts tls;
    RealTime lastExchange{};
};

// Secret: files::Wiped once it is written.
std::string writeKeptSessions(std::span<const KeptSession> sessions);

// Those that make sense; a session that does not costs no more than itself.
std::vector<KeptSession> readKeptSessions(std::string_view content);

} // namespace foliot::daemon
