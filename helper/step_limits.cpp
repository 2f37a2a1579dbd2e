// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helper/step_limits.h"

#include "clock/file.h"

#include <sstream>

namespace foliot::helper {

using namespace clock;

StepLimits::StepLimits(const std::string& runtimeDirectory, const std::string& stateDirectory)
    : m_firstStepFile(runtimeDirectory + "/first-step")
    , m_spentFile(stateDirectory + "/steps")
    , m_bootId(readFile("/proc/sys/kernel/random/boot_id").value_or("").substr(0, 36))
{}

Fault StepLimits::admit(std::int64_t stepNs, const Reading& now)
{
    const bool isPermitted = now.bootNs <= m_permittedUntilNs;
    const StepSituation situation{.realNs = now.realNs,
        .firstOfBoot = !readFile(m_firstStepFile),
        .spentNs = spent(now),
        .permittedNs = isPermitted ? m_permittedNs : 0};
    switch (judgeStep(stepNs, situation)) {
    case StepVerdict::FirstOfBoot:
        return endFirstOfBoot() ? Fault::None : Fault::StepRefused;
    case StepVerdict::WithinAllowance:
        return spend(situation.spentNs + magnitude(stepNs), now) ? Fault::None : Fault::StepRefused;
    case StepVerdict::Permitted:
        m_permittedNs = 0;
        return Fault::None;
    case StepVerdict::BeyondLimits:
        return Fault::StepRefused;
    case StepVerdict::Implausible:
        return Fault::OutOfBounds;
    }
    return Fault::OutOfBounds;
}

bool StepLimits::endFirstOfBoot()
{
    return readFile(m_firstStepFile) || replaceFile(m_firstStepFile, "used\n");
}

void StepLimits::permit(std::int64_t limitNs, const Reading& now)
{
    m_permittedNs = limitNs;
    m_permittedUntilNs = now.bootNs + permitForNs;
}

std::int64_t StepLimits::spent(const Reading& now) const
{
    const auto content = readFile(m_spentFile);
    if (!content)
        return 0;
    std::istringstream words(*content);
    std::string bootId;
    std::int64_t atBootNs = 0;
    std::int64_t spentNs = 0;
    char end = 0;
    if (!(words >> bootId >> atBootNs >> spentNs) || !words.get(end) || end != '\n' || spentNs < 0 || m_bootId.empty())
        return stepAllowanceNs;
    // Of another boot: how long the machine was off only the clock could tell, so just this boot counts.
    return spentAfter(spentNs, bootId == m_bootId ? now.bootNs - atBootNs : now.bootNs);
}

bool StepLimits::spend(std::int64_t ns, const Reading& now)
{
    return replaceFile(m_spentFile, m_bootId + ' ' + std::to_string(now.bootNs) + ' ' + std::to_string(ns) + '\n');
}

} // namespace foliot::helper
