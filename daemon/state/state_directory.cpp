// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/state_directory.h"

#include "files/regular_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace foliot::daemon {

namespace {

constexpr mode_t folderMode = 0755;
constexpr mode_t fileMode = 0644;
constexpr mode_t secretMode = 0600;

std::unexpected<StateError> fault(const std::string& name, const char* what, int error)
{
    return std::unexpected(StateError{name + ": " + what + ": " + std::generic_category().message(error)});
}

// 0 or the error number.
int writeAll(int descriptor, std::string_view content)
{
    while (!content.empty()) {
        const auto count = ::write(descriptor, content.data(), content.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    return 0;
}

} // namespace

StateDirectory::StateDirectory(std::filesystem::path path, FileDescriptor descriptor)
    : m_path(std::move(path))
    , m_descriptor(std::move(descriptor))
{}

std::expected<StateDirectory, StateError> StateDirectory::open(const std::filesystem::path& path)
{
    if (::mkdir(path.c_str(), folderMode) != 0 && errno != EEXIST)
        return fault(path.string(), "cannot be made", errno);
    FileDescriptor descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!descriptor.isValid())
        return fault(path.string(), "cannot be opened", errno);
    return StateDirectory(path, std::move(descriptor));
}

std::expected<std::optional<std::string>, StateError> StateDirectory::read(const std::string& name) const
{
    // Without O_NONBLOCK, opening a FIFO waits for a writer.
    const FileDescriptor file(
        ::openat(m_descriptor.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!file.isValid() && errno == ENOENT)
        return std::nullopt;
    if (!file.isValid())
        return fault(name, "cannot be opened", errno);
    auto content = files::readOpenFile(file.get(), mostMebibytes);
    if (!content)
        return std::unexpected(StateError{name + ": " + content.error()});
    return std::move(content->text);
}

std::expected<void, StateError> StateDirectory::write(const std::string& name, std::string_view content) const
{
    return write(name, content, fileMode);
}

std::expected<void, StateError> StateDirectory::writeSecret(const std::string& name, std::string_view content) const
{
    return write(name, content, secretMode);
}

std::expected<void, StateError> StateDirectory::remove(const std::string& name) const
{
    if (::unlinkat(m_descriptor.get(), name.c_str(), 0) != 0)
        return errno == ENOENT ? std::expected<void, StateError>() : fault(name, "cannot be removed", errno);
    if (::fsync(m_descriptor.get()) != 0)
        return fault(name, "is removed, but may be back after a power cut", errno);
    return {};
}

std::expected<void, StateError> StateDirectory::write(
    const std::string& name, std::string_view content, unsigned mode) const
{
    // Of a fixed name, so that what a killed process left is replaced rather than gathered.
    const auto draft = "." + name + ".new";
    const auto giveUp = [&](const char* what, int error) {
        ::unlinkat(m_descriptor.get(), draft.c_str(), 0);
        return fault(name, what, error);
    };
    if (::unlinkat(m_descriptor.get(), draft.c_str(), 0) != 0 && errno != ENOENT)
        return fault(name, "cannot be written", errno);
    const FileDescriptor file(
        ::openat(m_descriptor.get(), draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (!file.isValid())
        return fault(name, "cannot be written", errno);
    if (const int error = writeAll(file.get(), content))
        return giveUp("cannot be written", error);
    // The content reaches the disk before the name does, or a power cut could leave an empty file.
    if (::fsync(file.get()) != 0)
        return giveUp("cannot be written", errno);
    if (::renameat(m_descriptor.get(), draft.c_str(), m_descriptor.get(), name.c_str()) != 0)
        return giveUp("cannot be replaced", errno);
    if (::fsync(m_descriptor.get()) != 0)
        return fault(name, "is written, but may not outlast a power cut", errno);
    return {};
}

} // namespace foliot::daemon
