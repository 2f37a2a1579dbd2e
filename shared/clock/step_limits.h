// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which steps are left, kept in files so that restarting helper, daemon or machine gives none back. What cannot be read
// counts as used up; a step that cannot be written down is not done. Time is CLOCK_BOOTTIME: no step changes it. Used by
// whoever holds the clock: the helper, or the daemon's `kernel` clock.

#include "clock/bounds.h"

#include <optional>
#include <string>

namespace foliot::clock {

class StepLimits {
public:
    struct Files {
        std::string firstStep{}; // the boot whose first step is used; empty: remembered by this object alone
        std::string spent{};     // how much of the allowance is spent, and when; empty: the same
    };
    explicit StepLimits(const Files& files);

    // None when the step may be done; it is then accounted for.
    [[nodiscard]] Fault admit(std::int64_t stepNs, const Reading& now);

    // The clock was right once: no step of this boot is the first any more. False when this object alone knows.
    bool endFirstOfBoot();

    // A person allowed one step up to this magnitude, within permitForNs; 0 takes it back.
    void permit(std::int64_t limitNs, const Reading& now);

private:
    struct Record {
        std::string path;
        std::optional<std::string> content{}; // without a path

        std::optional<std::string> read() const;
        [[nodiscard]] bool write(const std::string& text);
    };

    bool isFirstOfBoot() const;
    bool recordFirstStep();
    std::int64_t spent(const Reading& now) const;
    bool spend(std::int64_t ns, const Reading& now);

    Record m_firstStep; // boot id
    Record m_spent;     // boot id, boot time in ns, spent ns
    const std::string m_bootId;
    bool m_firstStepEnded = false;
    std::int64_t m_permittedNs = 0;
    std::int64_t m_permittedUntilNs = 0;
};

} // namespace foliot::clock
