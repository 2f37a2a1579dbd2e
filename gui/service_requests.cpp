// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/service_requests.h"

#include "bus/client/call_error.h"
#include "bus/client/client.h"
#include "bus/client/server_text.h"
#include "bus/names.h"
#include "gui/message_bar.h"
#include "gui/plain_text.h"
#include "gui/verdict_text.h"

#include <QDBusPendingCallWatcher>

#include <algorithm>
#include <ranges>

namespace foliot::gui {

namespace {

constexpr qsizetype longestProblem = 400; // two addresses, and why each cannot be had

// The address of a removed source, to add it again with.
QString addressOf(const bus::SourceData& source)
{
    const QString server = source.name.isEmpty() ? source.address : source.name;
    return bus::serverText(server, source.port, source.authentication == bus::Authentication::Nts);
}

} // namespace

// What became of the sources that were removed in one go; told when the last reply is there.
struct ServiceRequests::Removal {
    struct Undo {
        QString server;
        QVariantMap options;
    };

    qsizetype pending = 0;
    QList<bus::SourceData> removed;
    QList<Undo> undos;
    QStringList failures;
};

ServiceRequests::ServiceRequests(bus::Client& client, MessageBar& messages, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_messages(messages)
{}

void ServiceRequests::addSource(const SourceRequest& request, const QString& server)
{
    //: %1 is the name or address of a server
    m_messages.show(MessageBar::Kind::Information, tr("Adding %1…").arg(plainText(server)));
    auto* call = new QDBusPendingCallWatcher(m_client.addSource(server, request.options()), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, request, server] {
        call->deleteLater();
        const QString shown = plainText(server);
        if (!call->isError()) {
            //: %1 is the name or address of a server
            m_messages.show(MessageBar::Kind::Success, tr("%1 was added.").arg(shown));
            return;
        }
        //: %1 is the name or address of a server, %2 a sentence
        m_messages.show(MessageBar::Kind::Error,
            tr("%1 was not added. %2").arg(shown, errorText(call->error().name(), call->error().message())),
            {.text = tr("Edit…"), .run = [this, request] { Q_EMIT editWanted(request); }});
    });
}

void ServiceRequests::removeSources(const QList<quint32>& ids)
{
    const auto removal = std::make_shared<Removal>();
    for (const quint32 id : ids) {
        const bus::SourceData* source = m_client.source(id);
        if (!source)
            continue;
        QVariantMap options = m_client.sourceProperties(id).value(QStringLiteral("Options")).toMap();
        options.insert(QStringLiteral("keep"), source->origin == bus::Origin::Kept);
        ++removal->pending;
        auto* call = new QDBusPendingCallWatcher(m_client.removeSource(id), this);
        connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, removal, source = *source, options] {
            call->deleteLater();
            if (call->isError()) {
                //: %1 is the name or address of a server, %2 a sentence
                removal->failures << tr("%1 was not removed. %2")
                                         .arg(VerdictText::sourceName(source),
                                             errorText(call->error().name(), call->error().message()));
            } else {
                removal->removed << source;
                // Nothing brings back this very server of a pool.
                if (source.origin != bus::Origin::Pool)
                    removal->undos << Removal::Undo{addressOf(source), options};
            }
            if (--removal->pending == 0)
                tellRemoval(*removal);
        });
    }
}

void ServiceRequests::tellRemoval(const Removal& removal)
{
    QStringList sentences;
    if (removal.removed.size() == 1)
        //: %1 is the name or address of a server
        sentences << tr("%1 was removed.").arg(VerdictText::sourceName(removal.removed.constFirst()));
    else if (!removal.removed.isEmpty())
        //: %n is the number of sources
        sentences << tr("%n source(s) were removed.", nullptr, static_cast<int>(removal.removed.size()));
    const auto configured = std::ranges::count(removal.removed, bus::Origin::Configured, &bus::SourceData::origin);
    if (configured > 0)
        sentences << tr("What is in the configuration file comes back when the service restarts.");
    if (std::ranges::any_of(removal.removed, [this](const auto& source) { return poolGoesOn(source); }))
        sentences << tr("The rest of the pool stays; to remove the pool, remove all of its servers.");
    sentences << removal.failures;
    MessageBar::Action undo;
    if (!removal.undos.isEmpty()) {
        undo = {.text = tr("Undo"), .run = [this, undos = removal.undos] {
                    for (const Removal::Undo& one : undos)
                        restore(one.server, one.options);
                }};
    }
    m_messages.show(removal.failures.isEmpty() ? MessageBar::Kind::Success : MessageBar::Kind::Error,
        sentences.join(QLatin1Char(' ')), undo);
}

bool ServiceRequests::poolGoesOn(const bus::SourceData& removed) const
{
    const auto isOfIt = [&removed](const bus::SourceData& other) {
        return other.id != removed.id && other.origin == bus::Origin::Pool && other.name == removed.name &&
               other.port == removed.port;
    };
    return removed.origin == bus::Origin::Pool && std::ranges::any_of(m_client.sources() | std::views::values, isOfIt);
}

void ServiceRequests::restore(const QString& server, const QVariantMap& options)
{
    //: %1 is the name or address of a server
    report(m_client.addSource(server, options), tr("%1 is back.").arg(plainText(server)),
        //: %1 is the name or address of a server, %2 a sentence
        tr("%1 was not added. %2").arg(plainText(server)));
}

void ServiceRequests::refresh()
{
    report(m_client.refresh(), {},
        //: %1 is a sentence
        tr("The sources could not be asked. %1"));
}

void ServiceRequests::stepClock(double limitSeconds)
{
    report(m_client.stepClock(limitSeconds), tr("The clock was stepped."),
        //: %1 is a sentence
        tr("The clock was not stepped. %1"));
}

void ServiceRequests::setServing(bool isServing)
{
    const bool isConfigured = m_client.server().wantedBy == bus::ServingWish::Configuration;
    auto* call = new QDBusPendingCallWatcher(m_client.setServing(isServing, true), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, isServing, isConfigured] {
        call->deleteLater();
        const QDBusPendingReply<QStringList> reply = *call;
        if (reply.isError()) {
            const QString reason = errorText(reply.error().name(), reply.error().message());
            if (isServing)
                m_messages.show(MessageBar::Kind::Error,
                    //: %1 is a sentence
                    tr("Time is not served to the network. %1").arg(reason));
            else
                m_messages.show(MessageBar::Kind::Error,
                    //: %1 is a sentence
                    tr("Time is still served to the network. %1").arg(reason));
        } else if (isServing) {
            m_messages.show(MessageBar::Kind::Success,
                //: %1 is a list of addresses
                tr("Time is served to the network on %1.").arg(plainText(reply.value().join(QLatin1String(", ")))));
        } else {
            QStringList sentences{tr("Time is no longer served to the network.")};
            if (isConfigured)
                sentences << tr("What is in the configuration file comes back when the service restarts.");
            m_messages.show(MessageBar::Kind::Success, sentences.join(QLatin1Char(' ')));
        }
    });
}

void ServiceRequests::report(const QDBusPendingCall& pending, const QString& success, const QString& failure)
{
    auto* call = new QDBusPendingCallWatcher(pending, this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, success, failure] {
        call->deleteLater();
        if (call->isError()) {
            m_messages.show(
                MessageBar::Kind::Error, failure.arg(errorText(call->error().name(), call->error().message())));
        } else if (!success.isEmpty()) {
            m_messages.show(MessageBar::Kind::Success, success);
        }
    });
}

QString ServiceRequests::errorText(const QString& name, const QString& message)
{
    if (name == bus::errorDuplicate)
        return tr("It is there already.");
    if (name == bus::errorTooMany)
        return tr("There are as many sources as the service allows.");
    if (name == bus::errorNoSuchSource)
        return tr("It is not there any more.");
    if (name == bus::errorNoSuchKey)
        return tr("The service has no key with this number.");
    if (name == bus::errorNotSynchronized)
        return tr("The right time is not known yet.");
    if (name == bus::errorClockUnavailable)
        return tr("The clock cannot be set at the moment.");
    if (name == bus::errorStepTooLarge)
        return tr("The error is larger than what you agreed to.");
    if (name == bus::errorNotServed)
        //: %1 is what is wrong, in English
        return tr("The service says: %1").arg(plainText(message, longestProblem));
    if (name == bus::errorNotKept)
        return tr("The service could not write it down, so nothing was changed.");
    const QDBusError error(QDBusMessage::createError(name, message));
    const QDBusError::ErrorType type = error.type();
    if (type == QDBusError::AccessDenied)
        return tr("You are not allowed to do this.");
    if (type == QDBusError::ServiceUnknown || type == QDBusError::Disconnected)
        return tr("The service is not running.");
    if (type == QDBusError::NoReply || type == QDBusError::Timeout || type == QDBusError::TimedOut)
        return tr("The service did not answer.");
    if (bus::meansTooManyCalls(error))
        return tr("The service is called more often than it can answer. Try again in a few seconds.");
    return plainText(message);
}

} // namespace foliot::gui
