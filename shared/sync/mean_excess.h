// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How late the packets of one way are on average. A running mean whose memory is bounded and which no single packet can
// move far.

namespace foliot::sync {

class MeanExcess {
public:
    explicit MeanExcess(double start, double weight)
        : m_mean(start)
        , m_weight(weight)
    {}

    // excess: of one packet over the least delay, in seconds; noise may make it negative.
    void add(double excess);

    double value() const { return m_mean; }

private:
    double m_mean;
    double m_weight; // of what is known, in packets
};

} // namespace foliot::sync
