// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/selection.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace foliot::sync {

namespace {

constexpr double outlierDeviations = 3.0;
constexpr double deviationPerMedian = 1.4826; // of a normal distribution: standard over median absolute deviation
constexpr std::size_t fewestForOutliers = 3;

struct Edge {
    Seconds at{};
    int change = 0; // +1 where an interval begins, -1 where it ends
};

Interval correctnessOf(const Candidate& candidate)
{
    return {.low = candidate.offset - candidate.rootDistance, .high = candidate.offset + candidate.rootDistance};
}

struct Meeting {
    Interval where;
    int count = 0;
};

// Where most intervals overlap. Several separate places with as many count as one that reaches over all of them.
// Unlike RFC 5905, midpoints need not be inside: our intervals are centred on an estimate that is better than its
// sample, and a narrow interval at the edge of a wide one is agreement. within: looked for nowhere else; every interval
// reaches into it.
Meeting largestMeeting(std::span<const Interval> intervals, const std::optional<Interval>& within)
{
    std::vector<Edge> edges;
    edges.reserve(intervals.size() * 2);
    for (const Interval& interval : intervals) {
        edges.push_back({.at = within ? std::max(interval.low, within->low) : interval.low, .change = 1});
        edges.push_back({.at = within ? std::min(interval.high, within->high) : interval.high, .change = -1});
    }
    std::ranges::sort(
        edges, [](const Edge& a, const Edge& b) { return a.at != b.at ? a.at < b.at : a.change > b.change; });
    Meeting best;
    int depth = 0;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        depth += edges[i].change;
        if (depth < best.count || depth <= 0)
            continue;
        if (depth > best.count)
            best = {.where = {.low = edges[i].at, .high = edges[i + 1].at}, .count = depth};
        else if (edges[i].change > 0)
            best.where.high = edges[i + 1].at;
    }
    return best;
}

bool overlap(const Interval& a, const Interval& b)
{
    return a.low <= b.high && b.low <= a.high;
}

double median(std::vector<double> values)
{
    assert(!values.empty());
    const std::size_t middle = values.size() / 2;
    std::ranges::sort(values);
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
}

// The verdict on a source that cannot be used, by the reason.
Verdict verdictFor(Reason unusable)
{
    switch (unusable) {
    case Reason::FirstSamplesPending:
        return Verdict::Waiting;
    case Reason::NoReply:
    case Reason::NameUnresolved:
    case Reason::NetworkUnreachable:
    case Reason::ConnectionRefused:
    case Reason::NoKeys:
    case Reason::AskedAlready:
        return Verdict::Unreachable;
    case Reason::ServerUnsynchronized:
    case Reason::DistanceTooLarge:
    case Reason::SynchronizedToUs:
    case Reason::FollowsAnother:
    case Reason::Orphan:
    case Reason::Smeared:
    case Reason::SampleTooOld:
    case Reason::KissDeny:
    case Reason::KissRestrict:
        return Verdict::Unusable;
    case Reason::None:
    case Reason::OutsideAgreement:
    case Reason::AgainstTrusted:
    case Reason::NoMajority:
    case Reason::TooFewSources:
    case Reason::RequiredMissing:
    case Reason::MoreJitter:
    case Reason::NotPreferred:
    case Reason::ExcludedByUser:
    case Reason::Agrees:
    case Reason::BestEstimate:
        break; // these are given to sources that can be used
    }
    assert(false);
    return Verdict::Unusable;
}

class Round {
public:
    Round(std::span<const Candidate> candidates, int minSources)
        : m_candidates(candidates)
        , m_minSources(minSources)
    {
        m_result.judgements.reserve(candidates.size());
    }

    Selection run()
    {
        markUnusable();
        if (m_usable.empty())
            return m_result;
        if (intersect()) {
            keepPreferred();
            dropOutliers();
        }
        return m_result;
    }

private:
    void markUnusable()
    {
        for (std::size_t i = 0; i < m_candidates.size(); ++i) {
            const Candidate& candidate = m_candidates[i];
            Judgement judgement{.source = candidate.source};
            const bool hasInterval =
                candidate.unusable == Reason::None || candidate.unusable == Reason::DistanceTooLarge;
            if (hasInterval)
                judgement.correctness = correctnessOf(candidate);
            if (candidate.unusable != Reason::None) {
                judgement.verdict = verdictFor(candidate.unusable);
                judgement.reason = candidate.unusable;
            } else if (candidate.noSelect) {
                judgement.verdict = Verdict::Excluded;
                judgement.reason = Reason::ExcludedByUser;
            } else {
                m_usable.push_back(i);
            }
            m_result.judgements.push_back(judgement);
        }
    }

    bool intersect()
    {
        const std::vector<Interval> trusted = usableIntervals([this](std::size_t i) { return m_candidates[i].trust; });
        const std::optional<Interval> truth = majorityOf(trusted);
        const std::vector<Interval> intervals =
            usableIntervals([&](std::size_t i) { return !truth || overlap(correctness(i), *truth); });
        const Meeting meeting = largestMeeting(intervals, truth);
        const bool isDecided = truth || (trusted.empty() && isMajority(meeting.count, intervals.size()));
        if (!isDecided)
            return undecided(Reason::NoMajority);
        if (meeting.count < m_minSources)
            return undecided(Reason::TooFewSources);
        for (std::size_t i : m_usable) {
            if (overlap(correctness(i), meeting.where))
                m_truechimers.push_back(i);
        }
        if (lacksRequired())
            return undecided(Reason::RequiredMissing);
        m_result.agreement = meeting.where;
        for (std::size_t i : m_usable)
            judge(i, Verdict::Falseticker, truth ? Reason::AgainstTrusted : Reason::OutsideAgreement);
        for (std::size_t i : m_truechimers)
            judge(i, Verdict::Combined, Reason::Agrees);
        return true;
    }

    const Interval& correctness(std::size_t i) const { return *m_result.judgements[i].correctness; }

    template<typename Condition>
    std::vector<Interval> usableIntervals(Condition condition) const
    {
        std::vector<Interval> intervals;
        for (std::size_t i : m_usable) {
            if (condition(i))
                intervals.push_back(correctness(i));
        }
        return intervals;
    }

    static bool isMajority(int count, std::size_t of) { return count * 2 > static_cast<int>(of); }

    // Where most of the trusted ones say that the truth is.
    static std::optional<Interval> majorityOf(std::span<const Interval> intervals)
    {
        if (intervals.empty())
            return std::nullopt;
        const Meeting meeting = largestMeeting(intervals, std::nullopt);
        return isMajority(meeting.count, intervals.size()) ? std::optional(meeting.where) : std::nullopt;
    }

    bool lacksRequired() const
    {
        const auto isRequired = [this](std::size_t i) { return m_candidates[i].require; };
        return std::ranges::any_of(m_candidates, &Candidate::require) &&
               std::ranges::none_of(m_truechimers, isRequired);
    }

    bool undecided(Reason reason)
    {
        m_result.undecided = reason;
        for (std::size_t i : m_usable)
            judge(i, Verdict::Undecided, reason);
        return false;
    }

    void keepPreferred()
    {
        const auto preferred = [this](std::size_t i) { return m_candidates[i].prefer; };
        if (std::ranges::none_of(m_truechimers, preferred))
            return;
        std::erase_if(m_truechimers, [&](std::size_t i) {
            if (!preferred(i))
                judge(i, Verdict::Outlier, Reason::NotPreferred);
            return !preferred(i);
        });
    }

    // A source far from the others, by its own doubt and by how much the others differ among themselves, would add
    // more error than it takes away.
    void dropOutliers()
    {
        if (m_truechimers.size() < fewestForOutliers)
            return;
        std::vector<double> offsets;
        std::vector<double> variances;
        for (std::size_t i : m_truechimers) {
            offsets.push_back(m_candidates[i].offset.count());
            variances.push_back(m_candidates[i].estimate.covariance.offset);
        }
        const double centre = median(offsets);
        const double centreVariance = median(variances);
        std::vector<double> distances;
        for (double offset : offsets)
            distances.push_back(std::abs(offset - centre));
        const double spread = deviationPerMedian * median(distances);
        for (std::size_t k = 0; k < offsets.size(); ++k) {
            const double own = std::sqrt(variances[k] + centreVariance);
            if (distances[k] > outlierDeviations * (own + spread))
                judge(m_truechimers[k], Verdict::Outlier, Reason::MoreJitter);
        }
    }

    void judge(std::size_t i, Verdict verdict, Reason reason)
    {
        m_result.judgements[i].verdict = verdict;
        m_result.judgements[i].reason = reason;
    }

    std::span<const Candidate> m_candidates;
    int m_minSources;
    Selection m_result;
    std::vector<std::size_t> m_usable;      // indexes of candidates
    std::vector<std::size_t> m_truechimers; // likewise
};

} // namespace

Selection select(std::span<const Candidate> candidates, int minSources)
{
    return Round(candidates, minSources).run();
}

} // namespace foliot::sync
