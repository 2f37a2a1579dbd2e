// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/service_user.h"

#include <algorithm>
#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

namespace foliot::daemon {

namespace {

// Root in the place of a user until it goes. The kernel judges then: modes, access lists and the folders on the way.
class AsUser {
public:
    explicit AsUser(const passwd& user)
        : m_group(::getegid())
    {
        m_groups.resize(static_cast<std::size_t>(std::max(::getgroups(0, nullptr), 0)));
        const bool knowsGroups = ::getgroups(static_cast<int>(m_groups.size()), m_groups.data()) >= 0;
        m_isUser = knowsGroups && ::initgroups(user.pw_name, user.pw_gid) == 0 && ::setegid(user.pw_gid) == 0 &&
                   ::seteuid(user.pw_uid) == 0;
    }
    ~AsUser()
    {
        // Back to what we were, which nobody refuses.
        [[maybe_unused]] const bool isBack =
            ::seteuid(0) == 0 && ::setegid(m_group) == 0 && ::setgroups(m_groups.size(), m_groups.data()) == 0;
    }
    AsUser(const AsUser&) = delete;
    AsUser& operator=(const AsUser&) = delete;

    bool isUser() const { return m_isUser; }

private:
    gid_t m_group;
    std::vector<gid_t> m_groups;
    bool m_isUser = false;
};

} // namespace

const char* const serviceUser = FOLIOT_USER;

bool mayServiceUserRead(const std::filesystem::path& path)
{
    const passwd* user = ::geteuid() == 0 ? ::getpwnam(serviceUser) : nullptr;
    if (!user)
        return true;
    const AsUser asUser(*user);
    return !asUser.isUser() || ::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) == 0 || errno != EACCES;
}

} // namespace foliot::daemon
