// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/nts_server_check.h"

#include "config/address.h"

#include <algorithm>
#include <format>

namespace foliot::config {

namespace {

// A problem that was told already is not told in other words.
bool isTold(const Problems& problems, std::string_view key)
{
    return std::ranges::contains(problems.errors(), key, &Error::key);
}

} // namespace

void checkNtsServer(
    const Config& config, const std::function<Position(std::string_view key)>& placeOf, Problems& problems)
{
    const NtsServer& settings = config.ntsServer;
    const auto certificates = settings.certificates.size();
    const auto keys = settings.privateKeys.size();
    if (certificates != keys && !isTold(problems, "nts-server.certificates") &&
        !isTold(problems, "nts-server.private-keys"))
        problems.add(placeOf(keys == 0 ? "certificates" : "private-keys"), "nts-server.private-keys",
            std::format("as many keys as certificates are needed, found {} and {}", keys, certificates),
            "name the key of each certificate, in the same order");
    if (certificates != 0 && config.server.listen.empty() && !isTold(problems, "server.listen"))
        problems.add(placeOf("certificates"), "nts-server.certificates", "there is no server",
            "say in [server] where to listen");
    if (settings.ntpServer.empty())
        return;
    const auto host = parseServerAddress(settings.ntpServer);
    if (!host)
        problems.add(placeOf("ntp-server"), "nts-server.ntp-server",
            std::format("\"{}\": {}", settings.ntpServer, host.error()));
    else if (host->port)
        problems.add(placeOf("ntp-server"), "nts-server.ntp-server", "the port is a setting of its own",
            std::format("write \"{}\", and ntp-port = {}", host->host, *host->port));
}

} // namespace foliot::config
