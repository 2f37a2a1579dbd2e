// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "files/regular_file.h"

#include "files/wiped.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <format>
#include <span>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace foliot::files {

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

class OpenFile {
public:
    explicit OpenFile(int descriptor)
        : m_descriptor(descriptor)
    {}
    ~OpenFile() { ::close(m_descriptor); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

private:
    int m_descriptor;
};

// What is read may be secret: by itself a text that grows leaves a copy behind, and so does one that takes a range.
void append(std::string& text, std::string_view octets)
{
    if (octets.size() > text.capacity() - text.size()) {
        std::string larger;
        larger.reserve(2 * (text.size() + octets.size()));
        larger = text;
        wipe(text);
        text.swap(larger);
    }
    text.append(octets);
}

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
    return readOpenFile(descriptor, mostMebibytes);
}

std::expected<FileContent, std::string> readOpenFile(int descriptor, std::size_t mostMebibytes)
{
    struct stat status{};
    if (::fstat(descriptor, &status) != 0)
        return systemError("cannot be examined");
    if (!S_ISREG(status.st_mode))
        return std::unexpected("not a regular file");
    const auto tooLarge = [&] { return std::unexpected(std::format("larger than {} MiB", mostMebibytes)); };
    if (status.st_size > static_cast<off_t>(mostMebibytes * mebibyte))
        return tooLarge();

    FileContent content{.text = {}, .permissions = std::filesystem::perms(status.st_mode & 07777)};
    std::array<char, 16384> buffer{};
    const Wiped wiped(buffer);
    content.text.reserve(std::min(static_cast<std::size_t>(status.st_size), mostMebibytes * mebibyte) + buffer.size());
    while (content.text.size() <= mostMebibytes * mebibyte) { // it may grow while it is read
        const auto count = ::read(descriptor, buffer.data(), buffer.size());
        if (count == 0)
            return content;
        if (count < 0 && errno != EINTR) {
            const auto error = systemError("cannot be read");
            wipe(content.text);
            return error;
        }
        const auto octets = std::span(buffer).first(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        append(content.text, std::string_view(octets));
    }
    wipe(content.text);
    return tooLarge();
}

} // namespace foliot::files
