// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/own_disk.h"

#include <QFile>
#include <QTemporaryDir>

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

namespace foliot::test {

namespace {

constexpr int noNamespace = 77;

bool mountDisk(const std::string& folder, int kibibytes)
{
    const auto options = "mode=755,size=" + std::to_string(kibibytes) + 'k';
    const bool isRoot = ::geteuid() == 0;
    if (::unshare(isRoot ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER) != 0)
        return false;
    return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           ::mount("tmpfs", folder.c_str(), "tmpfs", 0, options.c_str()) == 0;
}

} // namespace

std::optional<std::string> withOwnDisk(
    int kibibytes, const std::function<std::string(const std::filesystem::path&)>& check)
{
    const QTemporaryDir folder;
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0)
        return "pipe() failed";
    const auto child = ::fork();
    if (child == 0) {
        const auto disk = folder.path().toStdString();
        if (!mountDisk(disk, kibibytes))
            ::_exit(noNamespace);
        const auto failure = check(disk);
        const auto written = ::write(pipe[1], failure.data(), failure.size());
        ::_exit(written == static_cast<ssize_t>(failure.size()) ? 0 : 1);
    }
    ::close(pipe[1]);
    std::string failure;
    std::array<char, 4096> buffer{};
    for (ssize_t count = 0; (count = ::read(pipe[0], buffer.data(), buffer.size())) > 0;)
        failure.append(buffer.data(), static_cast<std::size_t>(count));
    ::close(pipe[0]);
    int status = 0;
    if (::waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return "the child died";
    if (WEXITSTATUS(status) == noNamespace)
        return std::nullopt;
    return WEXITSTATUS(status) == 0 ? failure : "the child failed: " + failure;
}

bool makeReadOnly(const std::filesystem::path& disk)
{
    return ::mount(nullptr, disk.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
}

void fill(const std::filesystem::path& disk)
{
    QFile filler(disk / "filler");
    if (!filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return;
    const QByteArray block(4096, 'x');
    while (filler.write(block) == block.size()) {}
}

} // namespace foliot::test
