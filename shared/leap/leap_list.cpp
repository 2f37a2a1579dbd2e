// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "leap/leap_list.h"

#include "files/regular_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <format>
#include <iterator>
#include <optional>
#include <span>
#include <system_error>
#include <vector>

#include <openssl/evp.h>

namespace foliot::leap {

namespace {

constexpr std::size_t mostMebibytes = 1;
constexpr std::size_t mostChanges = 1000;         // there were 28 in the first half century
constexpr std::int64_t unixEpoch = 2'208'988'800; // as NTP counts seconds
constexpr std::int64_t secondsOfDay = 86'400;
constexpr std::int64_t latest = 11'000'000'000; // in 2248; beyond, nanoseconds since 1970 do not fit
constexpr std::int64_t leastTaiMinusUtc = 10;   // in 1972, with the first leap second
constexpr std::int64_t mostTaiMinusUtc = 1000;
constexpr std::size_t digestWords = 5; // of SHA-1
using Digest = std::array<std::uint32_t, digestWords>;

struct Problem {
    std::string text;
};

std::vector<std::string_view> wordsOf(std::string_view line)
{
    constexpr std::string_view space = " \t\r";
    std::vector<std::string_view> words;
    while (true) {
        line.remove_prefix(std::min(line.find_first_not_of(space), line.size()));
        if (line.empty())
            return words;
        words.push_back(line.substr(0, line.find_first_of(space)));
        line.remove_prefix(words.back().size());
    }
}

// Digits alone, none too many.
template<typename Number>
std::optional<Number> numberOf(std::string_view word, Number most, int base = 10)
{
    Number number = 0;
    const auto [end, error] = std::from_chars(std::to_address(word.begin()), std::to_address(word.end()), number, base);
    if (error != std::errc{} || end != std::to_address(word.end()) || number < 0 || number > most)
        return std::nullopt;
    return number;
}

RealTime timeOf(std::int64_t ntpSeconds)
{
    return RealTime{std::chrono::seconds{ntpSeconds - unixEpoch}};
}

std::optional<Digest> sha1(std::string_view text)
{
    std::array<unsigned char, sizeof(Digest)> octets{};
    unsigned length = 0;
    if (EVP_Digest(text.data(), text.size(), octets.data(), &length, EVP_sha1(), nullptr) != 1)
        return std::nullopt;
    Digest digest{};
    for (std::size_t i = 0; i < octets.size(); ++i)
        digest.at(i / 4) = digest.at(i / 4) << 8 | octets.at(i);
    return digest;
}

class ListReader {
public:
    std::optional<Problem> readLine(std::string_view line);
    std::expected<ntp::LeapSeconds, Problem> finish() const;

private:
    std::optional<Problem> readTime(std::string_view line, std::optional<std::int64_t>& time, std::string_view what);
    std::optional<Problem> readDigest(std::string_view line);
    std::optional<Problem> readChange(std::string_view line);

    std::optional<std::int64_t> m_updated;
    std::optional<std::int64_t> m_expires;
    std::optional<Digest> m_digest;
    std::string m_digits; // of the changes, as they are digested
    ntp::LeapSeconds m_list;
};

std::optional<Problem> ListReader::readLine(std::string_view line)
{
    if (line.starts_with("#$"))
        return readTime(line.substr(2), m_updated, "of the last change");
    if (line.starts_with("#@"))
        return readTime(line.substr(2), m_expires, "of expiry");
    if (line.starts_with("#h"))
        return readDigest(line.substr(2));
    return readChange(line.substr(0, line.find('#')));
}

std::optional<Problem> ListReader::readTime(
    std::string_view line, std::optional<std::int64_t>& time, std::string_view what)
{
    const auto words = wordsOf(line);
    if (time)
        return Problem{std::format("a second time {}", what)};
    time = words.empty() ? std::nullopt : numberOf(words.front(), latest);
    if (!time)
        return Problem{std::format("no time {}", what)};
    return std::nullopt;
}

// Five words of hexadecimal digits, some of which came without their leading zeros.
std::optional<Problem> ListReader::readDigest(std::string_view line)
{
    const auto words = wordsOf(line);
    if (m_digest)
        return Problem{"a second digest"};
    if (words.size() != digestWords)
        return Problem{"not a SHA-1 digest"};
    Digest digest{};
    for (std::size_t i = 0; i < digestWords; ++i) {
        const auto word = numberOf<std::uint64_t>(words[i], UINT32_MAX, 16);
        if (!word)
            return Problem{"not a SHA-1 digest"};
        digest.at(i) = static_cast<std::uint32_t>(*word);
    }
    m_digest = digest;
    return std::nullopt;
}

std::optional<Problem> ListReader::readChange(std::string_view line)
{
    const auto words = wordsOf(line);
    if (words.empty())
        return std::nullopt;
    const auto time = numberOf(words.front(), latest);
    const auto difference = words.size() == 2 ? numberOf(words.back(), mostTaiMinusUtc) : std::nullopt;
    if (!time || !difference || *difference < leastTaiMinusUtc)
        return Problem{"not an NTP time and TAI minus UTC"};
    if ((*time - unixEpoch) % secondsOfDay != 0)
        return Problem{"not the beginning of a day"};
    const ntp::LeapSeconds::Change change{
        .day = std::chrono::sys_days{std::chrono::days{(*time - unixEpoch) / secondsOfDay}},
        .taiMinusUtc = static_cast<int>(*difference)};
    if (!m_list.changes.empty()) {
        const auto& before = m_list.changes.back();
        if (change.day <= before.day)
            return Problem{"not later than the line before"};
        const int jump = change.taiMinusUtc - before.taiMinusUtc;
        if (jump != 1 && jump != -1)
            return Problem{"not one second from the line before"};
    }
    if (m_list.changes.size() == mostChanges)
        return Problem{"too many leap seconds"};
    m_list.changes.push_back(change);
    m_digits.append(words.front()).append(words.back());
    return std::nullopt;
}

std::expected<ntp::LeapSeconds, Problem> ListReader::finish() const
{
    if (!m_updated || !m_expires || !m_digest || m_list.changes.empty())
        return std::unexpected(Problem{!m_updated   ? "the time of the last change is missing"
                                       : !m_expires ? "the time of expiry is missing"
                                       : !m_digest  ? "the digest is missing"
                                                    : "there is no leap second in it"});
    if (sha1(std::to_string(*m_updated) + std::to_string(*m_expires) + m_digits) != m_digest)
        return std::unexpected(Problem{"its digest is that of another list"});
    ntp::LeapSeconds list = m_list;
    list.expires = timeOf(*m_expires);
    return list;
}

} // namespace

std::expected<ntp::LeapSeconds, std::string> parseLeapList(std::string_view text)
{
    ListReader reader;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        if (const auto problem = reader.readLine(text.substr(0, end)))
            return std::unexpected(std::format("line {}: {}", number, problem->text));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return reader.finish().transform_error([](const Problem& problem) { return problem.text; });
}

std::expected<ntp::LeapSeconds, std::string> readLeapList(const std::filesystem::path& file)
{
    const auto named = [&file](const std::string& problem) { return std::format("{}: {}", file.string(), problem); };
    return files::readRegularFile(file, mostMebibytes)
        .and_then([](const files::FileContent& content) { return parseLeapList(content.text); })
        .transform_error(named);
}

} // namespace foliot::leap
