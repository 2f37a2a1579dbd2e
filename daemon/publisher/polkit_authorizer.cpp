// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/polkit_authorizer.h"

#include "bus/names.h"
#include "daemon/publisher/polkit_types.h"
#include "daemon/publisher/same_user_authorizer.h"
#include "polkit_authority_proxy.h"

#include <QDBusPendingCallWatcher>

#include <algorithm>
#include <limits>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

namespace {

constexpr uint allowUserInteraction = 1; // CheckAuthorizationFlags
constexpr int automaticTimeoutMs = 25'000;
constexpr int interactiveTimeoutMs =
    std::numeric_limits<int>::max(); // as long as the person takes, or the caller stays

const QString& polkitService()
{
    static const QString name = u"org.freedesktop.PolicyKit1"_s;
    return name;
}

PolkitAuthorityProxy authority(const QDBusConnection& connection)
{
    return {polkitService(), u"/org/freedesktop/PolicyKit1/Authority"_s, connection};
}

Refusal tooMany()
{
    return {u"Too many requests wait for an authorization already."_s};
}

bool meansNoPolkit(const QDBusError& error)
{
    static const QStringList names{
        QDBusError::errorString(QDBusError::ServiceUnknown),
        QDBusError::errorString(QDBusError::NoReply), // it ended while it was asked
        bus::errorNameHasNoOwner,
    };
    return names.contains(error.name()) || error.name().startsWith("org.freedesktop.DBus.Error.Spawn."_L1);
}

} // namespace

PolkitAuthorizer::PolkitAuthorizer(QObject* parent)
    : Authorizer(parent)
{
    registerPolkitTypes();
}

void PolkitAuthorizer::check(
    const QDBusConnection& connection, const QDBusMessage& call, Permission permission, Answer answer)
{
    const QString caller = call.service();
    const auto ofCaller =
        std::ranges::count_if(m_questions, [&](const auto& question) { return question.second.caller == caller; });
    if (static_cast<std::size_t>(ofCaller) >= mostPerCaller) {
        answer(std::unexpected(tooMany()));
        return;
    }
    const QString id = u"foliot-%1"_s.arg(++m_lastId);
    m_questions.emplace(id, Question{.connection = connection,
                                .caller = caller,
                                .permission = permission,
                                .mayAsk = call.isInteractiveAuthorizationAllowed(),
                                .answer = std::move(answer),
                                .user = {}});
    watcherOn(connection).addWatchedService(caller);
    askForUser(connection, caller, this, [this, id](std::optional<uint> user) { userKnown(id, user); });
}

void PolkitAuthorizer::userKnown(const QString& id, std::optional<uint> user)
{
    const auto question = m_questions.find(id);
    if (question == m_questions.end())
        return; // the caller left
    if (!user)
        return answered(id, std::unexpected(Refusal{u"The bus does not say who asks."_s}));
    const auto openOf = [this](const auto& matches) {
        return static_cast<std::size_t>(std::ranges::count_if(m_questions,
            [&](const auto& other) { return other.second.user.has_value() && matches(*other.second.user); }));
    };
    const bool isFull = openOf([](uint) { return true; }) >= mostPending;
    if (isFull || openOf([user](uint other) { return other == *user; }) >= mostPerUser)
        return answered(id, std::unexpected(tooMany()));
    question->second.user = user;
    askPolkit(id, question->second);
}

void PolkitAuthorizer::askPolkit(const QString& id, const Question& question)
{
    auto polkit = authority(question.connection);
    const bool mayAsk = question.mayAsk;
    polkit.setTimeout(mayAsk ? interactiveTimeoutMs : automaticTimeoutMs);
    auto* reply = new QDBusPendingCallWatcher(
        polkit.CheckAuthorization({.kind = u"system-bus-name"_s, .details = {{u"name"_s, question.caller}}},
            polkitAction(question.permission), {}, mayAsk ? allowUserInteraction : 0, id),
        this);
    connect(reply, &QDBusPendingCallWatcher::finished, this, [this, reply, id, mayAsk] {
        reply->deleteLater();
        const QDBusPendingReply<PolkitResult> result = *reply;
        if (result.isError() && meansNoPolkit(result.error())) {
            withoutPolkit(id);
        } else if (result.isError()) {
            answered(id, std::unexpected(Refusal{u"polkit could not decide: "_s + result.error().message()}));
        } else if (result.value().isAuthorized) {
            answered(id, {});
        } else if (result.value().isChallenge && !mayAsk) {
            answered(id, std::unexpected(Refusal{u"This needs a password, and the request does not allow to ask for "
                                                 "one."_s}));
        } else {
            answered(id, std::unexpected(Refusal{u"Not authorized."_s}));
        }
    });
}

void PolkitAuthorizer::answered(const QString& id, const std::expected<void, Refusal>& outcome)
{
    const auto question = m_questions.find(id);
    if (question == m_questions.end())
        return; // the caller left
    const Answer answer = std::move(question->second.answer);
    const QString caller = question->second.caller;
    m_questions.erase(question);
    const bool isLast =
        std::ranges::none_of(m_questions, [&](const auto& other) { return other.second.caller == caller; });
    if (isLast && m_watcher)
        m_watcher->removeWatchedService(caller);
    answer(outcome);
}

// A server may do without polkit: root is then the only one to be trusted.
void PolkitAuthorizer::withoutPolkit(const QString& id)
{
    const auto question = m_questions.find(id);
    if (question == m_questions.end())
        return;
    if (question->second.user == 0U)
        answered(id, {});
    else
        answered(id, std::unexpected(Refusal{u"polkit is not running, so only root is authorized."_s}));
}

void PolkitAuthorizer::callerLeft(const QString& caller)
{
    for (auto question = m_questions.begin(); question != m_questions.end();) {
        if (question->second.caller != caller) {
            ++question;
            continue;
        }
        // Closes the dialog that nobody waits for any more.
        authority(question->second.connection).CancelCheckAuthorization(question->first);
        question = m_questions.erase(question);
    }
    if (m_watcher)
        m_watcher->removeWatchedService(caller);
}

QDBusServiceWatcher& PolkitAuthorizer::watcherOn(const QDBusConnection& connection)
{
    if (!m_watcher || m_watchedConnection != connection.name()) {
        // Another connection means that the bus was lost, and with it everybody who asked.
        std::erase_if(
            m_questions, [&](const auto& question) { return question.second.connection.name() != connection.name(); });
        m_watcher = std::make_unique<QDBusServiceWatcher>();
        m_watcher->setConnection(connection);
        m_watcher->setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
        connect(m_watcher.get(), &QDBusServiceWatcher::serviceUnregistered, this, &PolkitAuthorizer::callerLeft);
        m_watchedConnection = connection.name();
    }
    return *m_watcher;
}

} // namespace foliot::daemon
