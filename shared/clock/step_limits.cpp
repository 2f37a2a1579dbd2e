// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clock/step_limits.h"

#include "clock/file.h"

#include <sstream>

namespace foliot::clock {

namespace {

constexpr std::size_t bootIdLength = 36;

} // namespace

std::optional<std::string> StepLimits::Record::read() const
{
    return path.empty() ? content : readFile(path);
}

bool StepLimits::Record::write(const std::string& text)
{
    if (!path.empty())
        return replaceFile(path, text);
    content = text;
    return true;
}

StepLimits::StepLimits(const Files& files)
    : m_firstStep{.path = files.firstStep}
    , m_spent{.path = files.spent}
    , m_bootId(readFile("/proc/sys/kernel/random/boot_id").value_or("").substr(0, bootIdLength))
{}

Fault StepLimits::admit(std::int64_t stepNs, const Reading& now)
{
    const bool isPermitted = now.bootNs <= m_permittedUntilNs;
    const StepSituation situation{.realNs = now.realNs,
        .firstOfBoot = isFirstOfBoot(),
        .spentNs = spent(now),
        .permittedNs = isPermitted ? m_permittedNs : 0};
    switch (judgeStep(stepNs, situation)) {
    case StepVerdict::FirstOfBoot:
        if (recordFirstStep()) {
            m_firstStepEnded = true;
            return Fault::None;
        }
        break;
    case StepVerdict::WithinAllowance:
        if (spend(situation.spentNs + magnitude(stepNs), now))
            return Fault::None;
        break;
    case StepVerdict::Permitted:
        break;
    case StepVerdict::BeyondLimits:
        return Fault::StepRefused;
    case StepVerdict::Implausible:
        return Fault::OutOfBounds;
    }
    // A person's word also stands for what cannot be written down.
    if (magnitude(stepNs) > situation.permittedNs)
        return Fault::StepRefused;
    m_permittedNs = 0;
    return Fault::None;
}

// Of a file that holds neither this boot's id nor another's, nobody knows what it said.
bool StepLimits::isFirstOfBoot() const
{
    if (m_firstStepEnded)
        return false;
    const auto content = m_firstStep.read();
    return !content || (content->size() == bootIdLength + 1 && content->back() == '\n' && !m_bootId.empty() &&
                           content->substr(0, bootIdLength) != m_bootId);
}

bool StepLimits::endFirstOfBoot()
{
    m_firstStepEnded = true;
    return recordFirstStep();
}

bool StepLimits::recordFirstStep()
{
    const std::string used = m_bootId + '\n';
    return m_firstStep.read() == used || m_firstStep.write(used);
}

void StepLimits::permit(std::int64_t limitNs, const Reading& now)
{
    m_permittedNs = limitNs;
    m_permittedUntilNs = now.bootNs + permitForNs;
}

std::int64_t StepLimits::spent(const Reading& now) const
{
    const auto content = m_spent.read();
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
    return m_spent.write(m_bootId + ' ' + std::to_string(now.bootNs) + ' ' + std::to_string(ns) + '\n');
}

} // namespace foliot::clock
