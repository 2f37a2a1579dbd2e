// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which steps are left, kept in files so that restarting the helper, the daemon or the machine gives none back. What
// cannot be read counts as used up; a step that cannot be written down is not done. Time is CLOCK_BOOTTIME: no step
// changes it.

#include "clock/bounds.h"

#include <string>

namespace foliot::helper {

class StepLimits {
public:
    // runtimeDirectory is emptied by a boot, stateDirectory never.
    StepLimits(const std::string& runtimeDirectory, const std::string& stateDirectory);

    // None when the step may be done; it is then accounted for.
    [[nodiscard]] clock::Fault admit(std::int64_t stepNs, const clock::Reading& now);

    // The clock was right once: no step of this boot is the first any more.
    bool endFirstOfBoot();

    // A person allowed one step up to this magnitude.
    void permit(std::int64_t limitNs, const clock::Reading& now);

private:
    std::int64_t spent(const clock::Reading& now) const;
    bool spend(std::int64_t ns, const clock::Reading& now);

    const std::string m_firstStepFile; // there once the first step of the boot is used
    const std::string m_spentFile;     // boot id, boot time in ns, spent ns
    const std::string m_bootId;
    std::int64_t m_permittedNs = 0;
    std::int64_t m_permittedUntilNs = 0;
};

} // namespace foliot::helper
