// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/read.h"

#include "config/text_check.h"
#include "files/regular_file.h"

namespace foliot::config {

std::expected<Reading, Errors> read(const std::filesystem::path& path)
{
    constexpr std::size_t mostMebibytes = largestText / (1024 * 1024);
    const auto content = files::readRegularFile(path, mostMebibytes);
    if (!content)
        return std::unexpected(Errors{Error{
            .file = path.string(), .line = 0, .column = 0, .key = {}, .message = content.error(), .suggestion = {}}});
    return examine(content->text, path.string());
}

} // namespace foliot::config
