// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which addresses each name has, which of them are in use, and which proved bad. No address serves twice, whichever
// names lead to it: two sources that are one server would count as two opinions. Asked by the roster.

#include "daemon/net/endpoint.h"

#include <QList>

#include <map>
#include <set>
#include <vector>

namespace foliot::daemon {

class AddressBook {
public:
    // A name's further addresses are not looked at, however many a resolver returns.
    static constexpr std::size_t mostPerName = 16;
    static constexpr std::size_t mostBad = 256; // beyond, all are forgiven

    // What the resolver says of the name now. Replaces what it said before.
    void learn(const QString& name, std::uint16_t port, const QList<QHostAddress>& addresses);
    void forget(const QString& name, std::uint16_t port);

    // Puts the name's next free and not bad address to use.
    std::optional<Endpoint> take(const QString& name, std::uint16_t port);

    // Puts this one to use; false when it is in use already.
    bool take(const Endpoint& endpoint);

    void giveBack(const Endpoint& endpoint);

    // It is not offered again until everything else was tried.
    void markBad(const Endpoint& endpoint);

    // The name's bad addresses may be tried again.
    void pardon(const QString& name, std::uint16_t port);

private:
    using Name = std::pair<QString, std::uint16_t>;

    std::map<Name, std::vector<Endpoint>> m_known; // in the resolver's order
    std::set<Endpoint> m_taken;
    std::set<Endpoint> m_bad;
};

} // namespace foliot::daemon
