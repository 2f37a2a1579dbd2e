// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/service_signals.h"

#include "daemon/clocks/emergency.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <unistd.h>

namespace foliot::daemon {

namespace {

constexpr int patience = 3;

// All that the handler touches.
std::atomic<int> terminations = 0; // since the loop last looked
std::atomic<bool> reload = false;
std::atomic<QAbstractEventDispatcher*> sleeper = nullptr;
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free &&
              std::atomic<QAbstractEventDispatcher*>::is_always_lock_free);

// The clock is left at its plain frequency; what was learnt since the last save is lost.
[[noreturn]] void endAtOnce()
{
    endGuarded();
    ::_exit(EXIT_SUCCESS);
}

void remember(int signal)
{
    const int before = errno;
    if (signal == SIGHUP)
        reload = true;
    else if (++terminations == patience)
        endAtOnce();
    // Qt's own dispatcher does an atomic exchange and a write here. GLib's would take a lock, hence QT_NO_GLIB in main().
    if (auto* const dispatcher = sleeper.load())
        dispatcher->wakeUp();
    errno = before;
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action{};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(signal, &action, nullptr);
}

} // namespace

void ServiceSignals::keepReloads()
{
    handle(SIGHUP, remember);
}

ServiceSignals::ServiceSignals(QObject* parent)
    : QObject(parent)
{
    auto* const dispatcher = QCoreApplication::eventDispatcher();
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &ServiceSignals::look);
    sleeper = dispatcher;
    handle(SIGTERM, remember);
    handle(SIGINT, remember);
    keepReloads();
    handle(SIGPIPE, SIG_IGN);
}

// The handlers stay: a process that is ending anyway is not killed by being asked once more.
ServiceSignals::~ServiceSignals()
{
    sleeper = nullptr;
}

void ServiceSignals::look()
{
    if (terminations.exchange(0) > 0)
        Q_EMIT terminationRequested();
    if (reload.exchange(false))
        Q_EMIT reloadRequested();
}

} // namespace foliot::daemon
