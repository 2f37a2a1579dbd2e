// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What becomes of a program when the libraries for cryptography and TLS do not get the memory that they ask for.

#include <QtClassHelperMacros>

namespace foliot::tests {

// To be called before OpenSSL asks for its first piece. False: it was too late.
bool watchMemory();

// While it lives, the libraries get so many pieces for this thread and no more.
class Scarcity {
public:
    explicit Scarcity(long pieces);
    ~Scarcity();
    Q_DISABLE_COPY_MOVE(Scarcity)

    long left() const; // 0 or less: all were asked for
};

} // namespace foliot::tests
