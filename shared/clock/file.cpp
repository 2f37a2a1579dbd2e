// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clock/file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace foliot::clock {

std::optional<std::string> readFile(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0)
        return errno == ENOENT ? std::nullopt : std::optional<std::string>{std::in_place};
    std::array<char, 128> content{};
    const ssize_t length = ::read(file, content.data(), content.size());
    ::close(file);
    return std::string(content.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
}

bool replaceFile(const std::string& path, std::string_view content)
{
    const std::string next = path + ".new";
    const int file = ::open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return false;
    const bool isWritten =
        ::write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!isWritten || ::rename(next.c_str(), path.c_str()) != 0) {
        const int error = errno;
        ::unlink(next.c_str()); // on a full disk it takes the place that is missing
        errno = error;
        return false;
    }
    // Or a power cut could bring the old one back.
    const int folder = ::open(path.substr(0, path.rfind('/') + 1).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return true;
}

} // namespace foliot::clock
