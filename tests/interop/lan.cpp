// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "interop/lan.h"

#include "support/child_process.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace foliot::tests {

namespace {

bool enterNamespace(const daemon::FileDescriptor& space)
{
    return ::setns(space.get(), CLONE_NEWNET) == 0;
}

// A new one, which this thread is in then.
daemon::FileDescriptor newNamespace()
{
    if (::unshare(CLONE_NEWNET) != 0)
        return {};
    return daemon::FileDescriptor{::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)};
}

QString pathOf(const daemon::FileDescriptor& space)
{
    return u"/proc/%1/fd/%2"_s.arg(::getpid()).arg(space.get());
}

QString portOf(std::size_t host)
{
    return u"port%1"_s.arg(host);
}

// What went wrong, or empty.
QString ip(const QString& words)
{
    const auto result = run(u"ip"_s, words.split(u' '));
    return result.exitCode == 0 ? QString() : u"ip %1: %2"_s.arg(words, result.output);
}

QString firstProblem(const QStringList& commands)
{
    for (const QString& words : commands) {
        if (const auto problem = ip(words); !problem.isEmpty())
            return problem;
    }
    return {};
}

} // namespace

QString Lan::make(const QStringList& addresses)
{
    m_switch = newNamespace();
    if (!m_switch.isValid())
        return u"a network namespace needs root: "_s + QString::fromLocal8Bit(std::strerror(errno));
    if (const auto problem = firstProblem({u"link add name switch type bridge"_s, u"link set switch up"_s});
        !problem.isEmpty())
        return problem;
    for (const QString& address : addresses) {
        const auto port = portOf(m_hosts.size());
        m_hosts.push_back(newNamespace());
        if (const auto problem = firstProblem({
                u"link add name end0 type veth peer name %1 netns %2"_s.arg(port, pathOf(m_switch)),
                u"link set lo up"_s,
                u"link set end0 up"_s,
                u"address add %1/24 dev end0"_s.arg(address),
            });
            !problem.isEmpty())
            return problem;
        if (!enterNamespace(m_switch))
            return u"a namespace cannot be entered"_s;
        if (const auto problem = firstProblem({u"link set %1 master switch up"_s.arg(port)}); !problem.isEmpty())
            return problem;
    }
    return {};
}

bool Lan::enter(std::size_t host) const
{
    return enterNamespace(m_hosts.at(host));
}

bool Lan::setLink(std::size_t host, const QString& state) const
{
    return enterNamespace(m_switch) && ip(u"link set %1 %2"_s.arg(portOf(host), state)).isEmpty();
}

} // namespace foliot::tests
