// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/change_command.h"

#include "bus/client/call_error.h"
#include "bus/names.h"
#include "cli/json.h"
#include "cli/server_report.h"
#include "cli/text.h"

#include <QDBusPendingCallWatcher>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace foliot::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 mostClients = 1000; // more than anybody reads

ExitCode codeOf(const QDBusError& error)
{
    static const QStringList absent{QDBusError::errorString(QDBusError::ServiceUnknown),
        QDBusError::errorString(QDBusError::NoReply), QDBusError::errorString(QDBusError::Disconnected),
        bus::errorNameHasNoOwner};
    if (error.type() == QDBusError::AccessDenied)
        return ExitCode::Refused;
    if (error.type() == QDBusError::InvalidArgs)
        return ExitCode::Usage;
    return absent.contains(error.name()) ? ExitCode::NoDaemon : ExitCode::Failed;
}

QString withPort(const QString& host, quint16 port)
{
    return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + QString::number(port);
}

// By name or address, with the port or without: as it is shown, or as it was added.
bool isMeant(const QString& text, const bus::SourceData& source)
{
    const auto isText = [&text](const QString& other) { return text.compare(other, Qt::CaseInsensitive) == 0; };
    return isText(source.name) || isText(source.address) || isText(withPort(source.name, source.port)) ||
           isText(withPort(source.address, source.port));
}

// The sources that a person can mean.
std::vector<quint32> meant(const QString& text, const std::map<quint32, bus::SourceData>& sources)
{
    bool isNumber = false;
    const uint id = text.toUInt(&isNumber);
    if (isNumber)
        return sources.contains(id) ? std::vector<quint32>{id} : std::vector<quint32>{};
    std::vector<quint32> result;
    for (const auto& [candidate, source] : sources) {
        if (isMeant(text, source))
            result.push_back(candidate);
    }
    return result;
}

// What to know when a server of a pool was removed and others are left, or when one comes back.
QString whatIsLeft(const bus::SourceData& removed, const std::map<quint32, bus::SourceData>& sources)
{
    if (removed.origin == bus::Origin::Configured)
        return u" It comes back at the next start: it is in the configuration file."_s;
    const auto isLeft = [&removed](const auto& entry) {
        const bus::SourceData& other = entry.second;
        return other.id != removed.id && other.origin == bus::Origin::Pool && other.name == removed.name &&
               other.port == removed.port;
    };
    const auto left = std::ranges::count_if(sources, isLeft);
    if (removed.origin != bus::Origin::Pool || left == 0)
        return {};
    return u" The pool %1 goes on with %2 more; to remove it, remove them all."_s.arg(printable(removed.name))
        .arg(left);
}

} // namespace

ChangeCommand::ChangeCommand(const bus::BusChoice& bus, bool isJson, const Change& change, bool mayAskPassword)
    : Command(bus, isJson)
    , m_change(change)
{
    client().setInteractive(mayAskPassword);
    m_agent.setWanted(mayAskPassword && bus.kind == bus::BusKind::System);
}

void ChangeCommand::start()
{
    connect(&client(), &bus::Client::availabilityChanged, this, &ChangeCommand::availabilityChanged);
    client().start();
}

void ChangeCommand::availabilityChanged()
{
    if (client().availability() == bus::Availability::Asking || m_isAsked || m_isDone)
        return;
    if (!client().isAvailable()) {
        m_isDone = true;
        explainAbsence();
        Q_EMIT finished(ExitCode::NoDaemon);
        return;
    }
    m_isAsked = true;
    m_agent.start(this, [this] { ask(); });
}

void ChangeCommand::ask()
{
    struct Asker {
        ChangeCommand& command;

        void operator()(const AddRequest& request) const
        {
            command.await(command.client().addSource(request.address, request.options),
                [json = command.isJson(), address = request.address](const QDBusPendingCall& call) -> QJsonObject {
                    const QDBusPendingReply<QDBusObjectPath> reply = call;
                    const QString path = reply.value().path();
                    const quint32 id = bus::sourceIdFromPath(path).value_or(0);
                    if (!json)
                        writeOut(u"Added %1 as source %2.\n"_s.arg(printable(address)).arg(id));
                    return {{u"id"_s, qint64{id}}, {u"path"_s, path}};
                });
        }
        void operator()(const ClientsRequest&) const
        {
            command.await(command.client().servedClients(mostClients),
                [json = command.isJson()](const QDBusPendingCall& call) -> QJsonObject {
                    const QDBusPendingReply<bus::ServedClients> reply = call;
                    if (json)
                        return clientsJson(reply.value());
                    writeOut(render(clientLines(reply.value()), renderingForStandardOutput()));
                    return {};
                });
        }
        void operator()(const RemoveRequest& request) const { command.removeSource(request); }
        void operator()(const RefreshRequest&) const
        {
            command.await(command.client().refresh(), [json = command.isJson()](const QDBusPendingCall&) {
                if (!json)
                    writeOut(u"All sources are asked now.\n"_s);
                return QJsonObject();
            });
        }
        void operator()(const ServeRequest& request) const
        {
            command.await(command.client().setServing(request.isServing, request.keep),
                [json = command.isJson(), isServing = request.isServing, by = command.client().server().wantedBy](
                    const QDBusPendingCall& call) -> QJsonObject {
                    const QDBusPendingReply<QStringList> reply = call;
                    const QStringList addresses = reply.value();
                    if (!json && isServing)
                        writeOut(u"Time is served on %1.\n"_s.arg(printable(addresses.join(u", "_s))));
                    else if (!json)
                        writeOut(u"Time is served no longer.%1\n"_s.arg(
                            by == bus::ServingWish::Configuration
                                ? u" The configuration file has it served again after a restart of the service."_s
                                : QString()));
                    return {{u"addresses"_s, QJsonArray::fromStringList(addresses)}};
                });
        }
        void operator()(const StepRequest& request) const
        {
            command.await(
                command.client().stepClock(request.limitSeconds), [json = command.isJson()](const QDBusPendingCall&) {
                    if (!json)
                        writeOut(u"The clock was set.\n"_s);
                    return QJsonObject();
                });
        }
    };
    std::visit(Asker{*this}, m_change);
}

void ChangeCommand::removeSource(const RemoveRequest& request)
{
    const std::vector<quint32> ids = meant(request.source, client().sources());
    if (ids.empty()) {
        fail(ExitCode::Failed, u"There is no source \"%1\"; see: foliotctl sources"_s.arg(printable(request.source)));
        return;
    }
    if (ids.size() > 1) {
        QStringList list;
        for (const quint32 id : ids)
            list.append(QString::number(id));
        fail(ExitCode::Usage, u"\"%1\" may be any of the sources %2: say which by its number."_s.arg(
                                  printable(request.source), list.join(u", "_s)));
        return;
    }
    const quint32 id = ids.front();
    await(client().removeSource(id), [this, id, removed = *client().source(id)](const QDBusPendingCall&) {
        if (!isJson())
            writeOut(u"Removed source %1.%2\n"_s.arg(id).arg(whatIsLeft(removed, client().sources())));
        return QJsonObject{{u"id"_s, qint64{id}}};
    });
}

void ChangeCommand::await(
    const QDBusPendingCall& call, const std::function<QJsonObject(const QDBusPendingCall&)>& success)
{
    auto* watcher = new QDBusPendingCallWatcher(call, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, success] {
        if (watcher->isError()) {
            fail(watcher->error());
            return;
        }
        m_isDone = true;
        const QJsonObject result = success(*watcher);
        if (isJson())
            print(result, false);
        Q_EMIT finished(ExitCode::Success);
    });
}

void ChangeCommand::fail(const QDBusError& error)
{
    fail(codeOf(error), printable(bus::errorText(error)));
}

void ChangeCommand::fail(ExitCode code, const QString& text)
{
    m_isDone = true;
    writeError(u"foliotctl: %1\n"_s.arg(text));
    Q_EMIT finished(code);
}

} // namespace foliot::cli
