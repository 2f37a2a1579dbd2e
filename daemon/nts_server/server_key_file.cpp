// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/server_key_file.h"

#include "daemon/state/hex.h"
#include "daemon/state/lines.h"

#include <algorithm>
#include <format>
#include <ranges>
#include <span>
#include <vector>

namespace foliot::daemon {

namespace {

constexpr std::string_view header = "foliot-nts-server-keys 1";
constexpr std::string_view lastLine = "end";
constexpr std::size_t mostKeys = 1000;
constexpr std::int64_t longestAge = 1'000'000'000; // seconds
constexpr std::size_t roomForKey = 100;            // of a line: its word, its number, two digits an octet

std::optional<nts::CookieKey> keyOf(std::string_view line)
{
    const auto words = wordsOf(line);
    const auto id = words.size() == 3 && words[0] == "key" ? numberOf<std::uint32_t>(words[1]) : std::nullopt;
    if (!id)
        return std::nullopt;
    auto octets = octetsOfHex(words[2]);
    if (!octets || octets->size() != nts::cookieKeyLength)
        return std::nullopt;
    return nts::CookieKey{.id = *id, .secret = nts::Secret{*std::move(octets)}};
}

} // namespace

std::string writeServerKeys(const nts::CookieKeys& keys, std::chrono::seconds age)
{
    std::string text;
    text.reserve((keys.all().size() + 2) * roomForKey); // a key is not left behind by a larger copy
    text += std::format("{}\nage {}\n", header, age.count());
    for (const nts::CookieKey& key : keys.all()) {
        text += std::format("key {} ", key.id);
        appendHex(text, key.secret.octets());
        text += '\n';
    }
    text += std::format("{}\n", lastLine);
    return text;
}

std::expected<KeptServerKeys, std::string> parseServerKeys(std::string_view content)
{
    const auto lines = linesOf(content);
    if (content.empty())
        return std::unexpected("empty");
    if (lines.empty() || lines.front() != header)
        return std::unexpected("not a file of ours");
    if (lines.size() < 4 || lines.back() != lastLine)
        return std::unexpected("cut off");
    const auto ageWords = wordsOf(lines[1]);
    const bool hasAge = ageWords.size() == 2 && ageWords[0] == "age";
    const std::int64_t age = hasAge ? numberOf<std::int64_t>(ageWords[1]).value_or(-1) : -1;
    const auto keyLines = std::span(lines).subspan(2, lines.size() - 3);
    if (age < 0 || age > longestAge || keyLines.size() > mostKeys)
        return std::unexpected("garbled");
    KeptServerKeys kept{.keys = {}, .age = std::chrono::seconds(age)};
    for (const std::string_view line : keyLines | std::views::reverse) { // the newest comes first
        auto key = keyOf(line);
        if (!key || std::ranges::contains(kept.keys.all(), key->id, &nts::CookieKey::id))
            return std::unexpected("garbled");
        kept.keys.rotate(*std::move(key), mostKeys);
    }
    return kept;
}

} // namespace foliot::daemon
