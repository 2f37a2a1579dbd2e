// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/grant.h"

#include "daemon/net/random.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace foliot::daemon {

namespace {

// To see it makes the algorithm ready. Once it was there it stays; that it was not may be for want of memory.
bool isAvailable(nts::Algorithm algorithm)
{
    static std::array<std::atomic<bool>, nts::allAlgorithms.size()> known{};
    const auto place = std::ranges::find(nts::allAlgorithms, algorithm) - nts::allAlgorithms.begin();
    std::atomic<bool>& isKnown = known[static_cast<std::size_t>(place)];
    if (!isKnown.load(std::memory_order_relaxed))
        isKnown.store(nts::isAvailable(algorithm), std::memory_order_relaxed);
    return isKnown.load(std::memory_order_relaxed);
}

std::optional<std::vector<nts::Cookie>> makeCookies(const nts::CookieContent& content, nts::CookieJar& jar)
{
    std::array<std::byte, nts::wantedCookies * nts::cookieNonceLength> nonces{};
    fillWithRandom(nonces);
    const std::size_t length = nts::cookieLengthFor(content.algorithm);
    std::vector<std::byte> made(nts::wantedCookies * length);
    if (!jar.make(content, nonces, made))
        return std::nullopt;
    std::vector<nts::Cookie> cookies;
    for (std::size_t i = 0; i < nts::wantedCookies; ++i) {
        const auto cookie = std::span(made).subspan(i * length, length);
        cookies.emplace_back(cookie.begin(), cookie.end());
    }
    return cookies;
}

} // namespace

Answer errorAnswer(nts::ErrorCode code)
{
    const bool isOurs = code == nts::ErrorCode::InternalError;
    return {.octets = nts::keyExchangeError(code),
        .end = isOurs ? KeyExchangeEnd::InternalError : KeyExchangeEnd::BadRequest};
}

Answer answerTo(
    std::span<const std::byte> request, const TimeServer& told, nts::CookieJar& jar, const KeyExport& exportKeys)
{
    const auto offer = nts::parseKeyExchangeRequest(request);
    if (!offer)
        return errorAnswer(nts::errorCodeFor(offer.error()));
    const auto algorithm = std::ranges::find_if(offer->algorithms, isAvailable);
    if (!offer->ntpv4 || algorithm == offer->algorithms.end())
        return {.octets = nts::keyExchangeRefusal(offer->ntpv4), .end = KeyExchangeEnd::NothingInCommon};

    nts::Agreement agreement{.algorithm = *algorithm,
        .compliantContext = *algorithm != nts::Algorithm::Gcm128Siv || offer->compliantContext,
        .server = told.name,
        .port = told.port};
    auto keys = exportKeys(agreement.algorithm, agreement.compliantContext);
    if (!keys)
        return errorAnswer(nts::ErrorCode::InternalError);
    const nts::CookieContent content{.algorithm = agreement.algorithm, .keys = *std::move(keys)};
    auto cookies = makeCookies(content, jar);
    if (!cookies)
        return errorAnswer(nts::ErrorCode::InternalError);
    agreement.cookies = *std::move(cookies);
    return {.octets = nts::keyExchangeResponse(agreement), .end = KeyExchangeEnd::Granted};
}

} // namespace foliot::daemon
