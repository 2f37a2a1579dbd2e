// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/kept_serving.h"

namespace foliot::daemon {

namespace {

const std::string fileName = "serving";
constexpr std::string_view content = "foliot-serving 1\nserving yes\nend\n";

} // namespace

std::expected<bool, StateError> loadKeptServing(const StateDirectory& directory)
{
    auto read = directory.read(fileName);
    if (!read)
        return std::unexpected(std::move(read.error()));
    if (!*read)
        return false;
    if (**read != content)
        return std::unexpected(StateError{fileName + ": not a file of ours, or cut off"});
    return true;
}

std::expected<void, StateError> saveKeptServing(const StateDirectory& directory, bool isKept)
{
    return isKept ? directory.write(fileName, content) : directory.remove(fileName);
}

} // namespace foliot::daemon
