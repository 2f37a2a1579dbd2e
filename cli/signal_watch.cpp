// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/signal_watch.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace foliot::cli {

namespace {

int readEnd = -1;
int writeEnd = -1;

void note(int signal)
{
    const int before = errno;
    const auto octet = static_cast<unsigned char>(signal);
    [[maybe_unused]] const auto written = write(writeEnd, &octet, 1); // a full pipe wakes us all the same
    errno = before;
}

} // namespace

SignalWatch::SignalWatch(std::initializer_list<int> numbers)
    : m_count(numbers.size())
{
    Q_ASSERT(readEnd < 0 && numbers.size() <= m_signals.size());
    std::ranges::copy(numbers, m_signals.begin());
    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    readEnd = ends[0];
    writeEnd = ends[1];
    m_notifier = std::make_unique<QSocketNotifier>(readEnd, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SignalWatch::drain);
    struct sigaction action{};
    action.sa_handler = note;
    action.sa_flags = SA_RESTART;
    for (const int signal : numbers)
        sigaction(signal, &action, nullptr);
}

SignalWatch::~SignalWatch()
{
    for (std::size_t index = 0; index < m_count; ++index)
        std::signal(m_signals[index], SIG_DFL);
    m_notifier.reset();
    close(readEnd);
    close(writeEnd);
    readEnd = -1;
    writeEnd = -1;
}

void SignalWatch::drain()
{
    unsigned char octet = 0;
    while (read(readEnd, &octet, 1) == 1)
        Q_EMIT caught(octet);
}

} // namespace foliot::cli
