// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A configuration, or a file that it names, read as a whole. No file, however made, blocks whoever reads it or takes more
// memory than was allowed.

#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>

namespace foliot::files {

struct FileContent {
    std::string text;
    std::filesystem::perms permissions{};
};

// Error: why it cannot be used, as the end of a sentence; not a regular file and too large are among it.
std::expected<FileContent, std::string> readRegularFile(const std::filesystem::path& file, std::size_t mostMebibytes);

// The same of a file that is open, at its beginning, and stays so. O_NONBLOCK, or opening a FIFO has waited for a writer.
std::expected<FileContent, std::string> readOpenFile(int descriptor, std::size_t mostMebibytes);

} // namespace foliot::files
