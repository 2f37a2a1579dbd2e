// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/cookie_text.h"

#include "ntp/octets.h"

#include <algorithm>
#include <cassert>

namespace foliot::nts {

CookieText::CookieText(const CookieContent& content)
    : m_length(lengthFor(content.algorithm))
    , m_algorithm(content.algorithm)
{
    const auto toServer = content.keys.clientToServer.octets();
    const auto toClient = content.keys.serverToClient.octets();
    assert(toServer.size() == keyLength(m_algorithm) && toClient.size() == toServer.size());
    const std::span text = room(m_length);
    ntp::writeBigEndian(text, 0, static_cast<std::uint16_t>(m_algorithm));
    ntp::writeBigEndian(text, 2, std::uint16_t{0});
    std::ranges::copy(toServer, text.subspan(keysAt).begin());
    std::ranges::copy(toClient, text.last(toClient.size()).begin());
}

CookieText& CookieText::operator=(CookieText&& other) noexcept
{
    if (this != &other) {
        clear();
        if (!other.isEmpty()) {
            m_octets = other.m_octets; // all of it, which is quicker than as much as there is
            m_length = other.m_length;
            m_algorithm = other.m_algorithm;
            other.clear();
        }
    }
    return *this;
}

bool CookieText::accept(std::size_t length)
{
    const auto algorithm = algorithmOf(ntp::readBigEndian<std::uint16_t>(room(length), 0));
    const bool isGood = algorithm && length == lengthFor(*algorithm);
    m_length = length;
    if (!isGood) {
        clear();
        return false;
    }
    m_algorithm = *algorithm;
    return true;
}

CookieContent CookieText::content() const
{
    return {.algorithm = m_algorithm,
        .keys = {.clientToServer = Secret{clientToServer()}, .serverToClient = Secret{serverToClient()}}};
}

} // namespace foliot::nts
