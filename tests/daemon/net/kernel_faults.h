// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Kernels that are worse than the one the tests run on. These stand between our code and the C library in the program
// that links them; everything else goes through to the kernel.

namespace foliot::tests {

struct KernelFaults {
    bool refusesStamps = false;       // setsockopt(SO_TIMESTAMPING, SO_TIMESTAMPNS)
    bool refusesSocketFlags = false;  // socket(SOCK_DGRAM | SOCK_CLOEXEC): EINVAL
    bool holdsTransmitStamps = false; // the error queue seems empty
    // setsockopt(SO_TIMESTAMPING, ... SOF_TIMESTAMPING_OPT_TSONLY): the stamp comes with the datagram that it is of
    bool refusesStampsAlone = false;
    bool numbersStampsFromOne = false; // SOF_TIMESTAMPING_OPT_ID
};
extern KernelFaults kernelFaults;

} // namespace foliot::tests
