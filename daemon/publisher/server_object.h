// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The server on the bus: its properties, and the requests that people make of it. What needs an authorization answers later.

#include "daemon/publisher/authorizer.h"
#include "daemon/publisher/published_object.h"
#include "daemon/server/client_log.h"
#include "daemon/server/serving_error.h"

#include <QStringList>

#include <expected>
#include <functional>
#include <optional>
#include <vector>

namespace foliot::daemon {

// What such requests do once they are authorized; see Serving.
struct ServerCommands {
    std::function<std::expected<QStringList, ServingError>(bool isServing, bool keep)> serve;
    std::function<std::optional<std::vector<ClientRecord>>(std::size_t most)> clients;
};

class ServerObject : public PublishedObject {
    Q_OBJECT
public:
    ServerObject(
        const QVariantMap& properties, ServerCommands commands, Authorizer& authorizer, QObject* parent = nullptr);

    // The methods of the interface, called by the generated adaptor.
    QStringList SetServing(bool serving, bool keep);
    bus::ServedClients Clients(uint most);

private:
    ServerCommands m_commands;
    Authorizer& m_authorizer;
};

} // namespace foliot::daemon
