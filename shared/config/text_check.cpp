// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/text_check.h"

#include "config/quotation.h"

#include <cstdint>
#include <utility>

namespace foliot::config {

namespace {

std::uint8_t octetAt(std::string_view text, std::size_t index)
{
    return index < text.size() ? static_cast<std::uint8_t>(text[index]) : 0;
}

// Length of the well-formed UTF-8 sequence that starts here, RFC 3629; 0 when it is malformed.
std::size_t sequenceLength(std::string_view text, std::size_t index)
{
    const auto first = octetAt(text, index);
    const auto second = octetAt(text, index + 1);
    const auto continues = [&](std::size_t offset) { return (octetAt(text, index + offset) & 0xc0) == 0x80; };
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return continues(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const bool isOverlong = first == 0xe0 && second < 0xa0;
        const bool isSurrogate = first == 0xed && second > 0x9f;
        return continues(1) && continues(2) && !isOverlong && !isSurrogate ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const bool isOverlong = first == 0xf0 && second < 0x90;
        const bool isBeyondUnicode = first == 0xf4 && second > 0x8f;
        return continues(1) && continues(2) && continues(3) && !isOverlong && !isBeyondUnicode ? 4 : 0;
    }
    return 0;
}

// Of a key with too many parts. Dots in texts and remarks are none of a key's.
std::optional<Error> tooManyDots(std::string_view text, Error error)
{
    Quotation quotation;
    error.line = 1;
    error.column = 1;
    int dots = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '.' && quotation.isPlain() && ++dots > mostDotsInLine) {
            error.message = "more than 200 dots in a line";
            error.suggestion = "a key has few parts";
            return error;
        }
        const auto next = i + quotation.take(text, i);
        for (; i < next; ++i) {
            if (text[i] == '\n') {
                ++error.line;
                error.column = 1;
                dots = 0;
            } else if ((octetAt(text, i) & 0xc0) != 0x80) {
                ++error.column;
            }
        }
    }
    return {};
}

} // namespace

std::optional<Error> checkText(std::string_view text, std::string_view file)
{
    Error error{.file = std::string(file), .line = 0, .column = 0, .key = {}, .message = {}, .suggestion = {}};
    if (text.size() > largestText) {
        error.message = "larger than 1 MiB";
        return error;
    }
    error.line = 1;
    int characters = 0;
    for (std::size_t i = 0; i < text.size();) {
        error.column = characters + 1;
        const auto length = sequenceLength(text, i);
        if (length == 0) {
            error.message = "not UTF-8";
            return error;
        }
        if (text[i] == '\0') {
            error.message = "a NUL character";
            return error;
        }
        ++characters;
        if (text[i] == '\n') {
            ++error.line;
            characters = 0;
        }
        i += length;
    }
    return tooManyDots(text, std::move(error));
}

} // namespace foliot::config
