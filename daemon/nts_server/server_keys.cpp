// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/server_keys.h"

#include "daemon/log.h"
#include "daemon/net/random.h"
#include "daemon/nts_server/server_key_file.h"
#include "daemon/state/state_directory.h"
#include "files/wiped.h"

#include <algorithm>
#include <ranges>
#include <span>

#include <ctime>

namespace foliot::daemon {

using namespace std::chrono_literals;

namespace {

const std::string fileName = "nts-server-keys";
constexpr Nanoseconds longestWait = 1h; // the timers of Qt do not count sleep, and a crash costs no more of the age

nts::CookieKeys copyOf(const nts::CookieKeys& keys, std::size_t most)
{
    nts::CookieKeys copy;
    for (const nts::CookieKey& key : keys.all() | std::views::take(most) | std::views::reverse)
        copy.rotate({.id = key.id, .secret = key.secret.copy()}, most);
    return copy;
}

nts::CookieKey freshKey(const nts::CookieKeys& others)
{
    nts::CookieKey key;
    do
        fillWithRandom(std::as_writable_bytes(std::span(&key.id, 1)));
    while (std::ranges::contains(others.all(), key.id, &nts::CookieKey::id));
    std::vector<std::byte> secret(nts::cookieKeyLength);
    fillWithRandom(secret);
    key.secret = nts::Secret{std::move(secret)};
    return key;
}

} // namespace

ServerKeys::ServerKeys(const ServerKeyRules& rules, const StateDirectory* directory, Clock now, QObject* parent)
    : QObject(parent)
    , m_rules(rules)
    , m_directory(directory)
    , m_now(std::move(now))
    , m_newestMade(m_now())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ServerKeys::renew);
    if (m_directory)
        load();
    renew();
}

BootTime ServerKeys::bootTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return BootTime{std::chrono::seconds(time.tv_sec) + Nanoseconds(time.tv_nsec)};
}

void ServerKeys::load()
{
    auto content = m_directory->read(fileName);
    if (!content)
        return note(m_lost, QString::fromStdString(content.error().message) + QStringLiteral("; new keys are made"));
    if (!*content)
        return;
    const files::Wiped wiped(**content);
    auto kept = parseServerKeys(**content);
    if (!kept)
        return note(
            m_lost, QString::fromStdString(fileName + ": " + kept.error()) + QStringLiteral("; new keys are made"));
    m_newestMade = m_now() - kept->age;
    m_published.publish(std::move(kept->keys));
}

void ServerKeys::setRules(const ServerKeyRules& rules)
{
    m_rules = rules;
    renew();
}

void ServerKeys::renew()
{
    const auto keys = m_published.value();
    const std::size_t most = m_rules.keptBefore + 1;
    if (keys->isEmpty() || age() >= m_rules.rotateAfter) {
        if (!keys->isEmpty())
            note(m_lost, {});
        auto next = copyOf(*keys, most);
        next.rotate(freshKey(next), most);
        m_newestMade = m_now();
        publish(std::move(next));
    } else if (keys->all().size() > most) {
        publish(copyOf(*keys, most));
    } else {
        save();
    }
    const auto wait = std::clamp(m_rules.rotateAfter - age(), Nanoseconds(1ms), longestWait);
    m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(wait));
}

// Kept first: a cookie is good after whatever ends us, as soon as anybody has it.
void ServerKeys::publish(nts::CookieKeys keys)
{
    keep(keys);
    m_published.publish(std::move(keys));
    Q_EMIT replaced();
}

void ServerKeys::save()
{
    keep(*m_published.value());
}

void ServerKeys::keep(const nts::CookieKeys& keys)
{
    if (!m_directory)
        return;
    std::string text = writeServerKeys(keys, std::chrono::floor<std::chrono::seconds>(age()));
    const files::Wiped wiped(text);
    const auto written = m_directory->writeSecret(fileName, text);
    note(m_notKept, written ? QString()
                            : QString::fromStdString(written.error().message) +
                                  QStringLiteral("; after a restart clients will have to exchange keys again"));
}

void ServerKeys::note(QString& place, const QString& problem)
{
    if (problem == place)
        return;
    place = problem;
    if (!problem.isEmpty())
        qCWarning(logServer).noquote() << problem;
}

} // namespace foliot::daemon
