// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/read.h"

#include "config/text_check.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <span>
#include <system_error>

namespace foliot::config {

namespace {

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

std::unexpected<Errors> fault(const std::filesystem::path& path, std::string message)
{
    return std::unexpected(Errors{Error{
        .file = path.string(), .line = 0, .column = 0, .key = {}, .message = std::move(message), .suggestion = {}}});
}

std::string errnoText()
{
    return std::generic_category().message(errno);
}

} // namespace

std::expected<Config, Errors> read(const std::filesystem::path& path)
{
    // Without O_NONBLOCK, opening a FIFO waits for a writer.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return fault(path, "cannot be opened: " + errnoText());
    const OpenFile file(descriptor);

    struct stat status{};
    if (::fstat(file.descriptor(), &status) != 0)
        return fault(path, "cannot be examined: " + errnoText());
    if (!S_ISREG(status.st_mode))
        return fault(path, "not a regular file");
    if (status.st_size > static_cast<off_t>(largestText))
        return fault(path, "larger than 1 MiB");

    std::string text;
    std::array<char, 16384> buffer{};
    while (text.size() <= largestText) { // it may grow while it is read
        const auto count = ::read(file.descriptor(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fault(path, "cannot be read: " + errnoText());
        if (count == 0)
            break;
        const auto octets = std::span(buffer).first(static_cast<std::size_t>(count));
        text.append(octets.begin(), octets.end());
    }
    return parse(text, path.string());
}

} // namespace foliot::config
