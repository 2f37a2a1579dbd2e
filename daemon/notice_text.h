// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the System announces, as a line of the log: what happened, to whom, what is done now.

#include "sync/action.h"

#include <QString>

namespace foliot::daemon {

enum class NoticeLevel : std::uint8_t { Info, Warning };

struct NoticeText {
    NoticeLevel level = NoticeLevel::Info;
    QString text;
};

// source: the name of the source that the announcement is about, with its address.
NoticeText noticeText(const sync::Announce& announce, const QString& source);

// "1.5 s", "12 ms", "830 us": three digits, with its sign when negative. Unlike what bus/client/duration.h makes for people:
// in ASCII, and an interval stays in seconds, as the configuration has it.
QString loggedDuration(Seconds duration);

} // namespace foliot::daemon
