// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Standard input, output and error of a program that may have been started without them. Every program that talks to others
// begins with this.

namespace foliot::bus {

// Fills the places of those that are closed, so that no socket or file takes one and gets what is meant for people. Before
// anything is opened.
void holdStandardDescriptors();

} // namespace foliot::bus
