// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the window asks of the daemon. Nothing waits for the reply; what comes of it stands in the message bar, with the
// way back where there is one.

#include "bus/client/data.h"
#include "gui/add_source_dialog.h"

#include <QObject>
#include <QVariantMap>

#include <memory>

class QDBusPendingCall;

namespace foliot::bus {
class Client;
}

namespace foliot::gui {

class MessageBar;

class ServiceRequests : public QObject {
    Q_OBJECT

public:
    ServiceRequests(bus::Client& client, MessageBar& messages, QObject* parent = nullptr);

    // `server` is the address as the daemon wants it.
    void addSource(const SourceRequest& request, const QString& server);
    // Those that are not there any more are left out.
    void removeSources(const QList<quint32>& ids);
    void refresh();
    void stepClock(double limitSeconds);
    // Also after a restart of the service.
    void setServing(bool isServing);

Q_SIGNALS:
    // The source was not added, and the user wants to change what was asked for.
    void editWanted(const foliot::gui::SourceRequest& request);

private:
    struct Removal;

    void tellRemoval(const Removal& removal);
    bool poolGoesOn(const bus::SourceData& removed) const;
    void restore(const QString& server, const QVariantMap& options);
    // Shows an error of the call in the message bar, or the text when all is well and it is not empty.
    void report(const QDBusPendingCall& call, const QString& success, const QString& failure);
    [[nodiscard]] static QString errorText(const QString& name, const QString& message);

    bus::Client& m_client;
    MessageBar& m_messages;
};

} // namespace foliot::gui
