// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The folder that holds what foliotd remembers. A file in it is always whole: either what it was before a write or what
// was written, whatever ends the process or the machine in between.

#include "daemon/net/file_descriptor.h"

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace foliot::daemon {

struct StateError {
    std::string message; // "drift: cannot be written: No space left on device"

    friend bool operator==(const StateError&, const StateError&) = default;
};

class StateDirectory {
public:
    static constexpr std::size_t mostMebibytes = 1; // of one file

    // Makes the folder (not its parents) when it is not there.
    static std::expected<StateDirectory, StateError> open(const std::filesystem::path& path);

    // The content; nothing when there is no such file. Refused: links, whatever is no regular file, more than mostMebibytes.
    std::expected<std::optional<std::string>, StateError> read(const std::string& name) const;

    // Replaces the file at once and for good. On an error the old one is untouched.
    std::expected<void, StateError> write(const std::string& name, std::string_view content) const;

    // The same for what nobody else may read.
    std::expected<void, StateError> writeSecret(const std::string& name, std::string_view content) const;

    // Takes a file away for good. It may be gone already.
    std::expected<void, StateError> remove(const std::string& name) const;

    const std::filesystem::path& path() const { return m_path; }

private:
    StateDirectory(std::filesystem::path path, FileDescriptor descriptor);
    std::expected<void, StateError> write(const std::string& name, std::string_view content, unsigned mode) const;

    std::filesystem::path m_path;
    FileDescriptor m_descriptor;
};

} // namespace foliot::daemon
