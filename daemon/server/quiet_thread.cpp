// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/quiet_thread.h"

#include <utility>

#include <pthread.h>
#include <signal.h>

namespace foliot::daemon {

namespace {

class SignalsBlocked {
public:
    SignalsBlocked()
    {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &m_before);
    }
    ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t m_before{};
};

} // namespace

std::thread startQuietThread(std::string name, std::function<void()> work)
{
    const SignalsBlocked blocked; // which the thread inherits
    return std::thread([name = std::move(name), work = std::move(work)] {
        ::pthread_setname_np(::pthread_self(), name.c_str());
        work();
    });
}

} // namespace foliot::daemon
