// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/session.h"

#include "ntp/extension_field.h"
#include "ntp/kiss.h"
#include "ntp/packet.h"

#include <algorithm>
#include <cassert>

namespace foliot::nts {

namespace {

using Octets = std::span<const std::byte>;

std::size_t fieldLength(std::size_t valueLength)
{
    return std::max((ntp::fieldHeaderLength + valueLength + 3) / 4 * 4, ntp::minFieldLength);
}

// How many more fields of a cookie's size a packet of this length has room for.
std::size_t roomFor(std::size_t length, std::size_t cookieLength, Algorithm algorithm)
{
    const std::size_t taken = length + authenticatorLength(algorithm, 0);
    return taken >= ntp::maxPacketLength ? 0 : (ntp::maxPacketLength - taken) / fieldLength(cookieLength);
}

bool maySayUnprotected(ntp::KissCode code)
{
    switch (code) {
    case ntp::KissCode::NtsNak:
    case ntp::KissCode::Rate:
        return true;
    case ntp::KissCode::Deny:
    case ntp::KissCode::Restrict:
    case ntp::KissCode::Other:
        return false;
    }
    return false;
}

} // namespace

Session::Session(Algorithm algorithm, SessionKeys keys, std::vector<Cookie> cookies)
    : m_algorithm(algorithm)
    , m_keys(std::move(keys))
    , m_cookies(std::make_move_iterator(cookies.begin()), std::make_move_iterator(cookies.end()))
{}

std::vector<Cookie> Session::giveUpCookies(std::size_t count)
{
    std::vector<Cookie> taken;
    for (; count > 0 && !m_cookies.empty(); --count) {
        taken.push_back(std::move(m_cookies.back()));
        m_cookies.pop_back();
    }
    return taken;
}

std::optional<std::vector<std::byte>> Session::protect(Octets header, const RequestRandom& random)
{
    assert(header.size() == ntp::headerLength);
    if (m_cookies.empty()) {
        return std::nullopt;
    }
    const Cookie cookie = std::move(m_cookies.front());
    m_cookies.pop_front();
    m_uniqueIdentifier = random.uniqueIdentifier;
    m_isOutstanding = true;

    std::vector<std::byte> packet{header.begin(), header.end()};
    appendField(packet, FieldType::UniqueIdentifier, random.uniqueIdentifier);
    appendField(packet, FieldType::NtsCookie, cookie);
    const std::size_t missing = wantedCookies - 1 - std::min(m_cookies.size(), wantedCookies - 1);
    const std::vector<std::byte> placeholder(cookie.size());
    for (std::size_t left = std::min(missing, roomFor(packet.size(), cookie.size(), m_algorithm)); left > 0; --left) {
        appendField(packet, FieldType::NtsCookiePlaceholder, placeholder);
    }
    const auto nonce = std::span{random.nonce}.first(nonceLength(m_algorithm));
    if (!appendAuthenticator(packet, m_algorithm, m_keys.clientToServer.octets(), nonce, {})) {
        return std::nullopt;
    }
    return packet;
}

Session::Verdict Session::judge(Octets packet)
{
    const auto fields = findProtectedFields(packet);
    if (!fields) {
        return fields.error();
    }
    const bool isOurs = fields->uniqueIdentifier && std::ranges::equal(*fields->uniqueIdentifier, m_uniqueIdentifier);
    if (!m_isOutstanding) {
        return isOurs ? ntp::Rejection::Duplicate : ntp::Rejection::Unsolicited;
    }
    if (!isOurs) {
        return ntp::Rejection::Unauthenticated;
    }
    if (!fields->authenticator) {
        const auto header = ntp::parseHeader(packet);
        const bool isKiss =
            header && header->stratum == 0 && maySayUnprotected(ntp::kissFromReferenceId(header->referenceId).code);
        return isKiss ? Verdict{Kissed{}} : ntp::Rejection::Unauthenticated;
    }
    auto plaintext = openAuthenticator(packet, *fields->authenticator, m_algorithm, m_keys.serverToClient.octets());
    if (!plaintext) {
        return ntp::Rejection::Unauthenticated;
    }
    keepCookies(*plaintext);
    m_isOutstanding = false;
    return Authentic{.length = fields->authenticator->offset};
}

void Session::keepCookies(Octets plaintext)
{
    const auto fields = ntp::ExtensionFields::parse(plaintext, 0, ntp::fieldHeaderLength);
    if (!fields) {
        return; // the server's mistake, not a forgery: its time is right all the same
    }
    for (const ntp::ExtensionField& field : *fields) {
        const Octets value = field.value();
        if (field.type == static_cast<std::uint16_t>(FieldType::NtsCookie) && !value.empty() &&
            value.size() <= maxCookieLength && m_cookies.size() < wantedCookies) {
            m_cookies.emplace_back(value.begin(), value.end());
        }
    }
}

} // namespace foliot::nts
