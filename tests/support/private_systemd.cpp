// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/private_systemd.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <unistd.h>

namespace foliot::tests {

using namespace Qt::StringLiterals;

namespace {

constexpr auto manager = "/usr/lib/systemd/systemd"_L1;
constexpr int patienceMs = 20'000;

// The processes of a control group of our own, which is gone with them. $1 is the test's folder.
constexpr auto outerScript = R"(set -e
mkdir -p "$1/groups"
mount -t cgroup2 none "$1/groups"
group=$1/groups/foliot-test-$$
mkdir "$group"
finish() {
    trap - EXIT TERM
    kill -KILL "$child" 2>/dev/null || true
    wait "$child" || true
    for try in 1 2 3 4 5 6 7 8 9 10; do
        find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && break
        sleep 0.1
    done
    exit 0
}
trap finish EXIT TERM
sh -c 'echo 0 >"$1/cgroup.procs"; shift; exec "$@"' sh "$group" \
    unshare --cgroup --mount --propagation private --pid --fork --kill-child --uts --ipc --mount-proc \
    sh "$1/inner" "$1" &
child=$!
wait "$child"
)"_L1;

// Becomes the service manager.
constexpr auto innerScript = R"(set -e
mount -t cgroup2 none /sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /var/lib
mkdir -p /run/foliot-test
cp -R "$1/files/." /run/foliot-test
cp -R "$1/units" /run/foliot-test-units
mount --bind "$1/passwd" /etc/passwd
mount --bind "$1/group" /etc/group
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=foliot-test SYSTEMD_UNIT_PATH=/run/foliot-test-units \
    setpriv --bounding-set=-sys_time,-sys_module,-sys_boot -- /usr/lib/systemd/systemd --system --unit=test.target \
    --log-target=console --show-status=0
)"_L1;

bool write(const QString& path, const QByteArray& text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size() &&
           file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
}

qint64 childOf(qint64 parent)
{
    const QDir processes(u"/proc"_s);
    for (const QString& name : processes.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile stat(processes.filePath(name + u"/stat"_s));
        if (name.toLongLong() == 0 || !stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = stat.readAll();
        if (line.mid(line.lastIndexOf(')') + 2).split(' ').value(1).toLongLong() == parent)
            return name.toLongLong();
    }
    return 0;
}

} // namespace

PrivateSystemd::PrivateSystemd(const Options& options)
    : m_options(options)
{}

PrivateSystemd::~PrivateSystemd()
{
    if (m_process)
        m_process->stop();
}

std::optional<QString> PrivateSystemd::whyImpossible()
{
    if (!QFileInfo(manager).isExecutable())
        return u"systemd is not installed."_s;
    if (geteuid() != 0)
        return u"A service manager of one's own needs root."_s;
    for (const QString& program : {u"nsenter"_s, u"setpriv"_s, u"systemctl"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            return program + u" is not installed."_s;
    }
    const RunResult mounted = tests::run(
        u"unshare"_s, {u"--mount"_s, u"--propagation"_s, u"private"_s, u"--cgroup"_s, u"sh"_s, u"-c"_s,
                          u"mount -t cgroup2 none /sys/fs/cgroup && mkdir /sys/fs/cgroup/foliot-test-$$ && rmdir "
                          "/sys/fs/cgroup/foliot-test-$$"_s});
    if (mounted.exitCode != 0)
        return u"Control groups cannot be made here: %1"_s.arg(mounted.output.simplified());
    return {};
}

bool PrivateSystemd::fail(const QString& problem)
{
    m_problem = problem;
    return false;
}

bool PrivateSystemd::prepare()
{
    const auto in = [this](const QString& name) { return m_directory.filePath(name); };
    // What services wait for by default, with nothing behind it.
    QMap<QString, QString> units = m_options.units;
    for (const QString& name : {u"sysinit"_s, u"basic"_s, u"shutdown"_s, u"multi-user"_s, u"network"_s, u"nss-lookup"_s,
             u"time-sync"_s, u"test"_s})
        units.insert(name + u".target"_s, u"[Unit]\nDefaultDependencies=no\n"_s);
    for (auto unit = units.cbegin(); unit != units.cend(); ++unit) {
        if (!write(in(u"units/"_s + unit.key()), unit.value().toUtf8()))
            return fail(unit.key() + u": cannot be written."_s);
    }
    QDir().mkpath(in(u"files"_s));
    for (auto file = m_options.files.cbegin(); file != m_options.files.cend(); ++file) {
        if (!QFile::copy(file.value(), in(u"files/"_s + file.key())))
            return fail(file.value() + u": cannot be copied."_s);
    }
    for (const QString& name : {u"passwd"_s, u"group"_s}) {
        QFile original(u"/etc/"_s + name);
        QByteArray lines = original.open(QIODevice::ReadOnly) ? original.readAll() : QByteArray();
        for (auto user = m_options.users.cbegin(); user != m_options.users.cend(); ++user) {
            const QString form =
                name == "passwd"_L1 ? u"%1:x:%2:%2::/nonexistent:/usr/sbin/nologin\n"_s : u"%1:x:%2:\n"_s;
            lines.prepend(form.arg(user.key()).arg(user.value()).toUtf8());
        }
        if (!write(in(name), lines))
            return fail(name + u": cannot be written."_s);
    }
    return write(in(u"outer"_s), outerScript.toString().toUtf8()) &&
           write(in(u"inner"_s), innerScript.toString().toUtf8());
}

bool PrivateSystemd::start()
{
    if (!prepare())
        return false;
    m_process = std::make_unique<ChildProcess>(
        u"unshare"_s, QStringList{u"--mount"_s, u"--propagation"_s, u"private"_s, u"sh"_s,
                          m_directory.filePath(u"outer"_s), m_directory.path()});
    const QDeadlineTimer deadline(patienceMs);
    while (m_process->isRunning() && !deadline.hasExpired()) {
        if (firstProcess() != 0 && systemctl({u"is-active"_s, u"test.target"_s}).exitCode == 0)
            return true;
        m_process->process().waitForFinished(20); // a pause that ends early when it gives up
    }
    return fail(u"systemd did not come up: "_s + log());
}

// unshare, the script, the shell that becomes unshare, and what that starts.
qint64 PrivateSystemd::firstProcess() const
{
    const qint64 group = childOf(m_process->process().processId());
    return group == 0 ? 0 : childOf(group);
}

RunResult PrivateSystemd::run(const QStringList& command) const
{
    return tests::run(u"nsenter"_s, QStringList{u"--target"_s, QString::number(firstProcess()), u"--mount"_s,
                                        u"--pid"_s, u"--uts"_s, u"--ipc"_s, u"--cgroup"_s, u"--"_s} +
                                        command);
}

RunResult PrivateSystemd::systemctl(const QStringList& arguments) const
{
    return run(QStringList{u"systemctl"_s, u"--no-pager"_s} + arguments);
}

QString PrivateSystemd::property(const QString& unit, const QString& name) const
{
    return systemctl({u"show"_s, u"--value"_s, u"--property"_s, name, unit}).output.trimmed();
}

QString PrivateSystemd::log()
{
    return m_process->output();
}

} // namespace foliot::tests
