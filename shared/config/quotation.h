// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Tells what of a TOML text is quoted or a remark, so that its characters mean nothing to the parser. Agrees with the parser
// on every text up to the first error.

#include <cstddef>
#include <string_view>

namespace foliot::config {

class Quotation {
public:
    // Takes in what stands at index, which is inside the text. Returns how many octets that was, 1 to 5.
    std::size_t take(std::string_view text, std::size_t index);

    bool isPlain() const { return m_quote == 0 && !m_isRemark; }
    // Inside a text that has to end in its line.
    bool isOpenInLine() const { return m_quote != 0 && !m_isMultiLine; }

private:
    std::size_t open(char quote, std::size_t run);

    char m_quote = 0; // what ends the text; 0 outside of one
    bool m_isMultiLine = false;
    bool m_isRemark = false;
};

} // namespace foliot::config
