// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How requests are heard and answered. There are two ways, and the clock decides: the machine's own clocks are read by any
// thread, so workers answer; a simulated clock lives in the event loop, and so does the network that it pretends to be behind.

#include "daemon/net/endpoint.h"
#include "daemon/server/access_list.h"
#include "daemon/server/client_log.h"
#include "daemon/server/server_counters.h"
#include "keys/key.h"
#include "nts/cookie.h"

#include <QString>

#include <expected>
#include <memory>
#include <vector>

namespace foliot::daemon {

// An address that is served.
struct ServedAddress {
    Endpoint endpoint;
    int receiveBuffer = 0; // octets of each socket, as the kernel granted it; 0: its default
    int sockets = 1;

    friend bool operator==(const ServedAddress&, const ServedAddress&) = default;
};

class Answering {
public:
    virtual ~Answering() = default;

    // Begins to serve on an address, port 0 for any that is free. Error: a sentence that says what could not be done, and why.
    virtual std::expected<ServedAddress, QString> open(const Endpoint& local) = 0;

    // The timekeeping's state, or the clock, changed.
    virtual void refresh() = 0;

    // Other rules of who is answered, in force for the next request.
    virtual void admit(AccessList access) = 0;

    // Other keys of those who authenticate themselves, in the same way.
    virtual void setKeys(keys::KeyRing keys) = 0;

    // Other keys of cookies; none: Network Time Security is not served.
    virtual void setCookieKeys(std::shared_ptr<const nts::CookieKeys> keys) = 0;

    virtual ServerCounters counters() const = 0;

    // Who asked, in no order; nobody unless the configuration has them remembered.
    virtual std::vector<ClientRecord> clients() const = 0;
};

// "serving on 192.0.2.1:123, 2 threads, receive buffer 4096 KiB each".
QString servedText(const ServedAddress& served);

// "cannot serve on 192.0.2.1:123: Cannot assign requested address".
QString cannotServe(const Endpoint& local, int error);

} // namespace foliot::daemon
