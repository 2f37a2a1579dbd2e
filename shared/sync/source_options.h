// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a person can say about one source. Made from the configuration or from AddSource, read by Poller and selection.

namespace foliot::sync {

// How a source is to be treated. Poll intervals are log2 seconds.
struct SourceOptions {
    int minPoll = 6;
    int maxPoll = 10;
    bool burst = true;     // a few quick queries at start and after being unreachable
    bool noSelect = false; // measured and shown, never used
    bool prefer = false;   // used alone when it is a truechimer

    friend bool operator==(const SourceOptions&, const SourceOptions&) = default;
};

} // namespace foliot::sync
