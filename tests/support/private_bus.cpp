// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/private_bus.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QStandardPaths>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace foliot::tests {

using namespace Qt::StringLiterals;

namespace {

constexpr int startTimeoutMs = 20'000;

QString polkitdPath()
{
    for (const QString& path : {u"/usr/lib/polkit-1/polkitd"_s, u"/usr/libexec/polkitd"_s, u"/usr/lib/polkitd"_s}) {
        if (QFileInfo(path).isExecutable())
            return path;
    }
    return {};
}

constexpr auto sessionPolicy = R"(  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
)";

// The default of a system bus, as its users know it.
constexpr auto systemPolicy = R"(  <policy context="default">
    <allow user="*"/>
    <deny own="*"/>
    <deny send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Introspectable"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Properties"/>
  </policy>
  <policy user="root">
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Monitoring"/>
  </policy>
)";

std::unique_ptr<QProcess> makeProcess()
{
    auto process = std::make_unique<QProcess>();
    // Nothing outlives a test that crashes.
    process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
    return process;
}

void end(std::unique_ptr<QProcess>& process)
{
    if (!process)
        return;
    process->terminate();
    if (!process->waitForFinished(5'000)) {
        process->kill();
        process->waitForFinished(5'000);
    }
    process.reset();
}

QString quoted(const QString& word)
{
    return u'\'' + QString(word).replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

PrivateBus::PrivateBus()
    : PrivateBus(Options{})
{}

PrivateBus::PrivateBus(Options options)
    : m_options(std::move(options))
{
    QFile::setPermissions(m_directory.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                                  QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther |
                                                  QFile::ExeOther);
}

PrivateBus::~PrivateBus()
{
    stop();
}

std::optional<QString> PrivateBus::whyImpossible(const Options& options)
{
    if (QStandardPaths::findExecutable(u"dbus-daemon"_s).isEmpty())
        return u"dbus-daemon is not installed."_s;
    if (!options.withPolkit && options.users.isEmpty())
        return {};
    if (geteuid() != 0)
        return u"Other users and polkit need root."_s;
    if (options.withPolkit && polkitdPath().isEmpty())
        return u"polkitd is not installed."_s;
    if (run(u"unshare"_s, {u"--mount"_s, u"true"_s}).exitCode != 0)
        return u"Mount namespaces are not allowed here."_s;
    return {};
}

bool PrivateBus::fail(const QString& problem)
{
    m_problem = problem;
    return false;
}

bool PrivateBus::writeFile(const QString& name, const QByteArray& text)
{
    QFile file(m_directory.filePath(name));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        return fail(file.fileName() + u": "_s + file.errorString());
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    return true;
}

bool PrivateBus::writeConfiguration()
{
    const bool isSystem = m_options.kind == Kind::System;
    QString text = u"<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
                   " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig>\n"_s;
    text += u"  <type>%1</type>\n"_s.arg(isSystem ? u"system"_s : u"session"_s);
    text += u"  <listen>unix:path=%1</listen>\n  <auth>EXTERNAL</auth>\n"_s.arg(m_directory.filePath(u"bus"_s));
    for (const QString& directory : m_options.serviceDirs)
        text += u"  <servicedir>%1</servicedir>\n"_s.arg(directory.toHtmlEscaped());
    text += QString::fromLatin1(isSystem ? systemPolicy : sessionPolicy);
    QStringList policies = m_options.policyFiles;
    if (m_options.withPolkit)
        policies.prepend(u"/usr/share/dbus-1/system.d/org.freedesktop.PolicyKit1.conf"_s);
    for (const QString& file : policies)
        text += u"  <include>%1</include>\n"_s.arg(QFileInfo(file).absoluteFilePath().toHtmlEscaped());
    text += u"</busconfig>\n"_s;
    if (!writeFile(u"bus.conf"_s, text.toUtf8()))
        return false;

    for (const QString& name : {u"passwd"_s, u"group"_s}) {
        QFile original(u"/etc/"_s + name);
        if (!original.open(QIODevice::ReadOnly))
            return fail(original.fileName() + u": "_s + original.errorString());
        QByteArray lines = original.readAll();
        if (!lines.endsWith('\n'))
            lines += '\n';
        for (auto user = m_options.users.cbegin(); user != m_options.users.cend(); ++user) {
            const QString id = QString::number(user.value());
            // The first line of a name counts.
            lines.prepend((name == "passwd"_L1 ? u"%1:x:%2:%2::/nonexistent:/usr/sbin/nologin\n"_s : u"%1:x:%2:\n"_s)
                    .arg(user.key(), id)
                    .toUtf8());
        }
        if (!writeFile(name, lines))
            return false;
    }
    return true;
}

QStringList PrivateBus::inNamespace(const QString& setup, const QStringList& command) const
{
    QString script = u"set -e; "_s;
    if (!m_options.users.isEmpty()) {
        script += u"mount --bind %1 /etc/passwd; mount --bind %2 /etc/group; "_s.arg(
            quoted(m_directory.filePath(u"passwd"_s)), quoted(m_directory.filePath(u"group"_s)));
    }
    script += setup + u"exec \"$@\""_s;
    return QStringList{u"--mount"_s, u"--propagation"_s, u"private"_s, u"sh"_s, u"-c"_s, script, u"sh"_s} + command;
}

bool PrivateBus::start()
{
    stop();
    if (!m_directory.isValid())
        return fail(m_directory.errorString());
    if (!writeConfiguration())
        return false;

    m_daemon = makeProcess();
    m_daemon->setStandardErrorFile(m_directory.filePath(u"bus.log"_s)); // says each message that it refuses
    const QStringList command{u"dbus-daemon"_s, u"--config-file="_s + m_directory.filePath(u"bus.conf"_s),
        u"--nofork"_s, u"--nopidfile"_s, u"--print-address=1"_s};
    if (m_options.users.isEmpty())
        m_daemon->start(command.first(), command.sliced(1));
    else
        m_daemon->start(u"unshare"_s, inNamespace({}, command));
    if (!m_daemon->waitForReadyRead(startTimeoutMs)) {
        QFile log(m_directory.filePath(u"bus.log"_s));
        const QByteArray text = log.open(QIODevice::ReadOnly) ? log.readAll() : QByteArray();
        stop();
        return fail(u"dbus-daemon did not come up: "_s + QString::fromUtf8(text));
    }
    return !m_options.withPolkit || (setPolkitRules(m_options.polkitRules) && startPolkit());
}

bool PrivateBus::startPolkit()
{
    QDir(m_directory.path()).mkpath(u"polkit/actions"_s);
    for (const QString& action : m_options.polkitActions) {
        const QString copy = m_directory.filePath(u"polkit/actions/"_s + QFileInfo(action).fileName());
        QFile::remove(copy);
        if (!QFile::copy(action, copy))
            return fail(action + u": cannot be copied."_s);
    }
    m_polkit = makeProcess();
    m_polkit->setStandardErrorFile(m_directory.filePath(u"polkit.log"_s));
    m_polkit->setStandardOutputFile(QProcess::nullDevice());
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SYSTEM_BUS_ADDRESS"_s, address());
    m_polkit->setProcessEnvironment(environment);
    m_polkit->start(u"unshare"_s, inNamespace(u"mkdir -p /run/polkit-1; mount --bind %1 /run/polkit-1; "_s.arg(
                                                  quoted(m_directory.filePath(u"polkit"_s))),
                                      {polkitdPath()}));

    // dbus-send asks the bus once; there is no way to have it wait for a name.
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < startTimeoutMs && m_polkit->state() != QProcess::NotRunning) {
        const RunResult answer = run(u"dbus-send"_s,
            {u"--bus="_s + address(), u"--print-reply=literal"_s, u"--dest=org.freedesktop.DBus"_s, u"/"_s,
                u"org.freedesktop.DBus.NameHasOwner"_s, u"string:org.freedesktop.PolicyKit1"_s});
        if (answer.output.contains("true"_L1))
            return true;
        m_polkit->waitForFinished(20); // a pause that ends early when polkitd gives up
    }
    QFile log(m_directory.filePath(u"polkit.log"_s));
    const QByteArray text = log.open(QIODevice::ReadOnly) ? log.readAll() : QByteArray();
    stopPolkit();
    return fail(u"polkitd did not come up: "_s + QString::fromUtf8(text));
}

bool PrivateBus::setPolkitRules(const QStringList& rules)
{
    // Our file sorts first, so what it decides stands. Written beside and renamed: polkitd never reads half a file.
    QDir(m_directory.path()).mkpath(u"polkit/rules.d"_s);
    if (!writeFile(u"polkit/new-rules"_s, rules.join(u'\n').toUtf8() + '\n'))
        return false;
    const QString target = m_directory.filePath(u"polkit/rules.d/00-test.rules"_s);
    return std::rename(qPrintable(m_directory.filePath(u"polkit/new-rules"_s)), qPrintable(target)) == 0 ||
           fail(target + u": cannot be written."_s);
}

void PrivateBus::stopPolkit()
{
    end(m_polkit);
}

void PrivateBus::stop()
{
    stopPolkit();
    end(m_daemon);
    QFile::remove(m_directory.filePath(u"bus"_s));
}

QString PrivateBus::address() const
{
    return u"unix:path="_s + m_directory.filePath(u"bus"_s);
}

QStringList PrivateBus::environment() const
{
    if (m_options.kind == Kind::System)
        return {u"DBUS_SYSTEM_BUS_ADDRESS="_s + address(), u"FOLIOT_BUS=system"_s};
    return {u"DBUS_SESSION_BUS_ADDRESS="_s + address(), u"FOLIOT_BUS=session"_s};
}

QStringList PrivateBus::asUser(uint id)
{
    const QString number = QString::number(id);
    return {u"setpriv"_s, u"--reuid="_s + number, u"--regid="_s + number, u"--clear-groups"_s, u"--"_s};
}

} // namespace foliot::tests
