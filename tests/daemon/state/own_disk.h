// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A small disk of our own, to be filled or made read-only: a tmpfs in a mount namespace of a child process.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace foliot::test {

// Runs the check in a child that has a disk of so many KiB at the folder. The check says what failed; empty when
// nothing did. Nothing when this system grants no mount namespace.
std::optional<std::string> withOwnDisk(
    int kibibytes, const std::function<std::string(const std::filesystem::path&)>& check);

// Inside the check: from now on nothing can be written.
bool makeReadOnly(const std::filesystem::path& disk);

// Inside the check: no octet is left.
void fill(const std::filesystem::path& disk);

} // namespace foliot::test
