// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The user that foliotd.service has foliotd run as, and what they may read: asked by --check, which root calls.

#include <filesystem>

namespace foliot::daemon {

extern const char* const serviceUser; // as the build was told

// Errors: true as well when we are not root, who alone can tell, when there is no such user, and when there is no such file.
bool mayServiceUserRead(const std::filesystem::path& path);

} // namespace foliot::daemon
