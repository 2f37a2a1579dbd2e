// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keys/key.h"

#include "files/regular_file.h"
#include "files/wiped.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace foliot::keys {

namespace {

constexpr std::array digests{
    std::pair{std::string_view{"MD5"}, Digest::Md5},
    std::pair{std::string_view{"SHA1"}, Digest::Sha1},
    std::pair{std::string_view{"SHA256"}, Digest::Sha256},
    std::pair{std::string_view{"SHA384"}, Digest::Sha384},
    std::pair{std::string_view{"SHA512"}, Digest::Sha512},
    std::pair{std::string_view{"AES128"}, Digest::AesCmac128},
    std::pair{std::string_view{"AES256"}, Digest::AesCmac256},
};

constexpr std::size_t mostMebibytes = 1;
constexpr std::size_t mostErrors = 50; // more than a person reads at once

std::vector<std::string_view> wordsOf(std::string_view line)
{
    constexpr std::string_view space = " \t\r";
    std::vector<std::string_view> words;
    while (true) {
        line.remove_prefix(std::min(line.find_first_not_of(space), line.size()));
        if (line.empty() || line.front() == '#')
            return words;
        words.push_back(line.substr(0, line.find_first_of(space)));
        line.remove_prefix(words.back().size());
    }
}

std::optional<unsigned> hexDigit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return static_cast<unsigned>(digit - '0');
    const char lower = static_cast<char>(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? std::optional(static_cast<unsigned>(lower - 'a') + 10) : std::nullopt;
}

std::optional<Secret> secretOf(std::string_view text)
{
    constexpr std::string_view hex = "HEX:";
    constexpr std::string_view ascii = "ASCII:";
    std::vector<std::byte> octets;
    octets.reserve(text.size()); // growing would leave copies behind
    if (text.starts_with(hex)) {
        text.remove_prefix(hex.size());
        if (text.size() % 2 != 0)
            return std::nullopt;
        for (std::size_t i = 0; i < text.size(); i += 2) {
            const auto high = hexDigit(text[i]);
            const auto low = hexDigit(text[i + 1]);
            if (!high || !low) {
                files::wipe(octets);
                return std::nullopt;
            }
            octets.push_back(static_cast<std::byte>(*high << 4 | *low));
        }
        return Secret{std::move(octets)};
    }
    if (text.starts_with(ascii))
        text.remove_prefix(ascii.size());
    for (const char letter : text)
        octets.push_back(static_cast<std::byte>(letter));
    return Secret{std::move(octets)};
}

std::optional<std::size_t> neededSecret(Digest digest)
{
    switch (digest) {
    case Digest::AesCmac128:
        return 16;
    case Digest::AesCmac256:
        return 32;
    case Digest::Md5:
    case Digest::Sha1:
    case Digest::Sha256:
    case Digest::Sha384:
    case Digest::Sha512:
        return std::nullopt;
    }
    return std::nullopt;
}

std::expected<Key, std::string> keyOf(const std::vector<std::string_view>& words, bool allowMd5)
{
    if (words.size() < 3)
        return std::unexpected("an id, a type and a secret are needed");
    if (words.size() > 3)
        return std::unexpected("an id, a type and a secret are needed, and no more: a secret with blanks is written as "
                               "hexadecimal digits after HEX:, and a remark begins with #");
    Key key;
    const auto* const end = std::to_address(words[0].end());
    const auto [stop, error] = std::from_chars(std::to_address(words[0].begin()), end, key.id);
    if (error != std::errc{} || stop != end || key.id == 0)
        return std::unexpected(std::format("the id must be a whole number, 1 to {}", largestKeyId));
    const auto digest = std::ranges::find(digests, words[1], &decltype(digests)::value_type::first);
    if (digest == digests.end())
        return std::unexpected("the type must be AES128, AES256, SHA1, SHA256, SHA384, SHA512 or MD5");
    key.digest = digest->second;
    if (key.digest == Digest::Md5 && !allowMd5)
        return std::unexpected("MD5 is broken and has to be allowed by keys.allow-md5");
    if (words[2].contains('#'))
        return std::unexpected(
            "a # in a secret begins a remark for some servers and not for others: write the secret as "
            "hexadecimal digits after HEX:");
    auto secret = secretOf(words[2]);
    if (!secret || secret->isEmpty() || secret->octets().size() > longestSecret)
        return std::unexpected(
            std::format("the secret must be 1 to {} octets, after HEX: two digits for each", longestSecret));
    if (const auto needed = neededSecret(key.digest); needed && secret->octets().size() != *needed)
        return std::unexpected(std::format("a secret of type {} has {} octets", words[1], *needed));
    key.secret = *std::move(secret);
    return key;
}

} // namespace

KeyRing::KeyRing(std::vector<Key> keys)
{
    std::ranges::sort(keys, {}, &Key::id);
    m_keys = std::make_shared<const std::vector<Key>>(std::move(keys));
}

std::span<const Key> KeyRing::keys() const
{
    return m_keys ? std::span(*m_keys) : std::span<const Key>{};
}

const Key* KeyRing::find(std::uint32_t id) const
{
    const auto all = keys();
    const auto key = std::ranges::lower_bound(all, id, {}, &Key::id);
    return key != all.end() && key->id == id ? &*key : nullptr;
}

std::expected<KeyRing, std::vector<std::string>> parseKeys(std::string_view text, bool allowMd5)
{
    std::vector<Key> keys;
    std::vector<std::string> errors;
    std::set<std::uint32_t> ids;
    for (int number = 1; !text.empty() && errors.size() < mostErrors; ++number) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const auto words = wordsOf(line);
        if (words.empty())
            continue;
        auto key = keyOf(words, allowMd5);
        if (key && !ids.insert(key->id).second)
            key = std::unexpected(std::format("the id {} stands here twice", key->id));
        if (key)
            keys.push_back(*std::move(key));
        else
            errors.push_back(std::format("line {}: {}", number, key.error()));
    }
    if (!errors.empty())
        return std::unexpected(std::move(errors));
    return KeyRing(std::move(keys));
}

std::expected<KeyRing, std::vector<std::string>> readKeyFile(const std::filesystem::path& file, bool allowMd5)
{
    const auto problem = [&](std::string_view what) {
        return std::unexpected(std::vector{std::format("{}: {}", file.string(), what)});
    };
    auto content = files::readRegularFile(file, mostMebibytes);
    if (!content)
        return problem(content.error());
    const files::Wiped wiped(content->text);
    using std::filesystem::perms;
    if ((content->permissions & (perms::group_write | perms::others_all)) != perms::none)
        return problem("others can read or change it, so its keys are no secret: chmod 640 or 600");
    auto keys = parseKeys(content->text, allowMd5);
    if (!keys)
        for (std::string& error : keys.error())
            error = std::format("{}: {}", file.string(), error);
    return keys;
}

} // namespace foliot::keys
