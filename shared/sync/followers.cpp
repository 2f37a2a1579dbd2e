// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/followers.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace foliot::sync {

namespace {

// At stratum 1 a reference is the name of a clock.
bool follows(const Candidate& server, const Candidate& other)
{
    return server.stratum > 1 && server.stratum > other.stratum && other.referenceId != 0 &&
           server.serverReferenceId == other.referenceId;
}

// Both may be right.
bool agree(const Candidate& one, const Candidate& other)
{
    return std::chrono::abs(one.offset - other.offset) <= one.rootDistance + other.rootDistance;
}

} // namespace

void judgeFollowers(std::span<Candidate> candidates)
{
    std::vector<Candidate*> usable;
    for (Candidate& candidate : candidates) {
        if (candidate.unusable == Reason::None && !candidate.noSelect)
            usable.push_back(&candidate);
    }
    const auto isSingledOut = [](const Candidate& candidate) {
        return candidate.prefer || candidate.trust || candidate.require;
    };
    std::vector<Candidate*> followers;
    for (Candidate* const server : usable) {
        const auto isFollowed = [server](const Candidate* other) {
            return follows(*server, *other) && agree(*server, *other);
        };
        if (!isSingledOut(*server) && std::ranges::any_of(usable, isFollowed))
            followers.push_back(server);
    }
    for (Candidate* const follower : followers)
        follower->unusable = Reason::FollowsAnother;
}

} // namespace foliot::sync
