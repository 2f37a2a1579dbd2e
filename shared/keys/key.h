// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Symmetric keys: secrets that client and server share, by number. Read from a file that others have no business in; used by
// MacComputer.

#include "keys/secret.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace foliot::keys {

enum class Digest : std::uint8_t {
    Md5,  // broken, and only taken where the configuration insists (RFC 8573)
    Sha1, // digests are made of the secret followed by the packet, RFC 5905 appendix A.2
    Sha256,
    Sha384,
    Sha512,
    AesCmac128, // RFC 4493, RFC 8573: a secret of exactly 16 octets
    AesCmac256, // the same with 32
};

inline constexpr std::uint32_t largestKeyId = 0xFFFF'FFFF; // 0 is none
inline constexpr std::size_t longestSecret = 256;          // octets

struct Key {
    std::uint32_t id = 0;
    Digest digest = Digest::AesCmac128;
    Secret secret; // wiped when it goes

    Key copy() const { return {.id = id, .digest = digest, .secret = secret.copy()}; }

    friend bool operator==(const Key&, const Key&) = default;
};

// Keys by id; a set is made whole and not changed, so that threads can share it. Copies are the same set, and with the last
// of them the secrets are wiped.
class KeyRing {
public:
    KeyRing() = default;
    explicit KeyRing(std::vector<Key> keys); // ids are different

    const Key* find(std::uint32_t id) const; // null when there is none
    bool isEmpty() const { return keys().empty(); }
    std::span<const Key> keys() const;

private:
    std::shared_ptr<const std::vector<Key>> m_keys; // by id; null: none
};

// A key file has a key in each line: "ID TYPE SECRET" with the type MD5, SHA1, SHA256, SHA384, SHA512, AES128 or AES256 and a
// secret of plain ASCII or, after "HEX:", of hexadecimal digits; a # behind a blank begins a remark. Other servers' files are of this form too.
// Error: a sentence for each wrong line, with its number, never with a secret.
std::expected<KeyRing, std::vector<std::string>> parseKeys(std::string_view text, bool allowMd5);

// Reads such a file. It has to be a plain file that nobody but its owner and its group can read and nobody but its owner can
// write. Error: sentences that name the file.
std::expected<KeyRing, std::vector<std::string>> readKeyFile(const std::filesystem::path& file, bool allowMd5);

} // namespace foliot::keys
