// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The command line as a value.

#include <QStringList>
#include <QVariantMap>

#include <expected>
#include <optional>
#include <variant>

namespace foliot::cli {

struct StatusRequest {};
struct SourcesRequest {
    bool isVerbose = false;
};
struct NtsRequest {};
struct ServerRequest {};
struct ClientsRequest {};
struct WatchRequest {};
struct WaitRequest {
    std::optional<double> timeoutSeconds;
    std::optional<double> withinSeconds;
};
struct AddRequest {
    QString address;
    QVariantMap options; // of org.foliot.Foliot1.AddSource
};
struct RemoveRequest {
    QString source; // an id, a name or an address
};
struct RefreshRequest {};
struct ServeRequest {
    bool isServing = false;
    bool keep = false;
};
struct StepRequest {
    double limitSeconds = 0.0; // 0: none
};

struct Invocation {
    std::variant<StatusRequest, SourcesRequest, NtsRequest, ServerRequest, ClientsRequest, WatchRequest, WaitRequest,
        AddRequest, RemoveRequest, RefreshRequest, ServeRequest, StepRequest>
        request;
    bool isJson = false;
    bool mayAskPassword = true;
};

// Something to print instead of doing anything.
struct Information {
    QString text;
};

// arguments: without the program's name. Error: what is wrong with them, a sentence.
std::expected<std::variant<Invocation, Information>, QString> parseArguments(const QStringList& arguments);

} // namespace foliot::cli
