// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helper/privileges.h"

#include <array>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace foliot::helper {

bool keepOnlyTheClock()
{
    // Without CAP_SETPCAP, as in the sandboxed unit, there is nothing left to drop here.
    for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
        if (capability != CAP_SYS_TIME)
            ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    }
    __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    constexpr auto clock = CAP_TO_MASK(CAP_SYS_TIME);
    const std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> kept{{{clock, clock, 0}, {0, 0, 0}}};
    return ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::syscall(SYS_capset, &header, kept.data()) == 0;
}

} // namespace foliot::helper
