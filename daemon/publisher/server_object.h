// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The server on the bus: its properties, and the requests that people make of it. What needs an authorization answers later.

#include "daemon/publisher/authorizer.h"
#include "daemon/publisher/published_object.h"
#include "daemon/server/serving_error.h"

#include <QStringList>

#include <expected>
#include <functional>

namespace foliot::daemon {

// What such a request does once it is authorized; see Serving::request().
using Serve = std::function<std::expected<QStringList, ServingError>(bool isServing, bool keep)>;

class ServerObject : public PublishedObject {
    Q_OBJECT
public:
    ServerObject(const QVariantMap& properties, Serve serve, Authorizer& authorizer, QObject* parent = nullptr);

    // The methods of the interface, called by the generated adaptor.
    QStringList SetServing(bool serving, bool keep);

private:
    Serve m_serve;
    Authorizer& m_authorizer;
};

} // namespace foliot::daemon
