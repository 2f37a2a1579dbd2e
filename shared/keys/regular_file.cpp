// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keys/regular_file.h"

#include "keys/secret.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <format>
#include <span>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace foliot::keys {

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;
constexpr std::size_t mostAtOnce = 16384; // octets

class OpenFile {
public:
    explicit OpenFile(int descriptor)
        : m_descriptor(descriptor)
    {}
    ~OpenFile() { ::close(m_descriptor); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

std::unexpected<std::string> systemError(std::string_view what)
{
    return std::unexpected(std::format("{}: {}", what, std::generic_category().message(errno)));
}

} // namespace

std::expected<FileContent, std::string> readRegularFile(const std::filesystem::path& file, std::size_t mostMebibytes)
{
    // Without O_NONBLOCK, opening a FIFO waits for a writer.
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return systemError("cannot be opened");
    const OpenFile opened(descriptor);
    struct stat status{};
    if (::fstat(opened.descriptor(), &status) != 0)
        return systemError("cannot be examined");
    if (!S_ISREG(status.st_mode))
        return std::unexpected("not a regular file");

    FileContent content{.text = {}, .permissions = std::filesystem::perms(status.st_mode & 07777)};
    // Growing would leave copies behind, and what is read may be secret.
    content.text.reserve(std::min(static_cast<std::size_t>(status.st_size), mostMebibytes * mebibyte) + mostAtOnce);
    std::array<char, mostAtOnce> buffer{};
    const Wiped wiped(buffer);
    while (content.text.size() <= mostMebibytes * mebibyte) {
        const auto count = ::read(opened.descriptor(), buffer.data(), buffer.size());
        if (count == 0)
            return content;
        if (count < 0 && errno != EINTR)
            return systemError("cannot be read");
        const auto octets = std::span(buffer).first(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        content.text.append(octets.begin(), octets.end());
    }
    return std::unexpected(std::format("larger than {} MiB", mostMebibytes));
}

} // namespace foliot::keys
