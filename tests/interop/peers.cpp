// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "interop/peers.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace foliot::tests {

namespace {

// A configuration file in the folder, and its path.
QString write(const QTemporaryDir& folder, const QString& name, const QString& text)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text.toUtf8()) < 0)
        qFatal("cannot write %s: %s", qPrintable(file.fileName()), qPrintable(file.errorString()));
    return file.fileName();
}

// Starts a program that would steer the clock with the privilege taken away and its clock calls made harmless. more: what
// else is preloaded.
Peer startHarmless(const QString& program, const QStringList& arguments, const QString& more = {})
{
    const QStringList wrapped{u"--bounding-set"_s, u"-sys_time"_s, u"--inh-caps"_s, u"-sys_time"_s, program};
    return std::make_unique<ChildProcess>(u"setpriv"_s, wrapped + arguments,
        QStringList{u"LD_PRELOAD="_s + QStringLiteral(KEEP_CLOCK_LIBRARY) + u' ' + more});
}

QString chronyd()
{
    return peerProgram(u"chrony"_s, u"usr/sbin/chronyd"_s);
}

// What no chronyd of ours may do: open its command socket or write where an installed one keeps its files.
QString chronydCommon(const QTemporaryDir& folder, const QString& name)
{
    return u"pidfile %1/%2.pid\nbindcmdaddress %1/%2.sock\ncmdport 0\n"_s.arg(folder.path(), name);
}

} // namespace

QString peerProgram(const QString& peer, const QString& relativePath)
{
    const QString base = qEnvironmentVariable("FOLIOT_PEERS", u"/opt"_s);
    const QString path = u"%1/%2/%3"_s.arg(base, peer, relativePath);
    return QFile::exists(path) ? path : QString();
}

Peer startChronydServer(const QTemporaryDir& folder, const QString& address, quint16 port, const QString& keys)
{
    const auto keyFile = write(folder, u"chronyd-server.keys"_s, keys);
    const auto file = write(folder, u"chronyd-server.conf"_s,
        u"local stratum 1\nallow\nport %1\nbindaddress %2\nkeyfile %3\n"_s.arg(port).arg(address, keyFile) +
            chronydCommon(folder, u"chronyd-server"_s));
    // -x: never touches the clock.
    return std::make_unique<ChildProcess>(chronyd(), QStringList{u"-x"_s, u"-d"_s, u"-u"_s, u"root"_s, u"-f"_s, file});
}

Peer startNtpdRsServer(const QTemporaryDir& folder, const QString& address, quint16 port)
{
    const auto file = write(folder, u"ntpd-rs-server.toml"_s,
        u"[observability]\nlog-level = \"info\"\n\n[[server]]\nlisten = \"%1:%2\"\n\n"
        "[synchronization]\nlocal-stratum = 1\n"_s.arg(address)
            .arg(port));
    return startHarmless(peerProgram(u"ntpd-rs"_s, u"usr/bin/ntp-daemon"_s), {u"-c"_s, file});
}

Peer startNtpsecServer(const QTemporaryDir& folder, const QString& address)
{
    const auto file = write(folder, u"ntpsec-server.conf"_s,
        u"disable ntp\ntos orphan 5 orphanwait 1\nunrestrict default limited kod noquery\n"
        "statsdir %1\ndriftfile %1/drift\ninterface ignore wildcard\ninterface listen %2\n"_s.arg(
            folder.path(), address));
    return startHarmless(peerProgram(u"ntpsec"_s, u"usr/sbin/ntpd"_s), {u"-n"_s, u"-c"_s, file});
}

Peer startChronydNtsServer(
    const QTemporaryDir& folder, const QString& address, const CertificateFiles& certificate, int algorithm)
{
    const QString name = u"chronyd-nts-%1"_s.arg(algorithm);
    // It reads cookies of its last two keys: those in hand, eight at one a second, have to be younger than two rotations.
    const auto file = write(folder, name + u".conf"_s,
        u"local stratum 1\nallow\nbindaddress %1\nntsservercert %2\nntsserverkey %3\nntsaeads %4\nntsrotate 8\n"_s
                .arg(address, certificate.chain, certificate.key)
                .arg(algorithm) +
            chronydCommon(folder, name));
    return std::make_unique<ChildProcess>(chronyd(), QStringList{u"-x"_s, u"-d"_s, u"-u"_s, u"root"_s, u"-f"_s, file});
}

Peer startNtpdRsNtsServer(const QTemporaryDir& folder, const QString& address, const CertificateFiles& certificate)
{
    const auto file = write(folder, u"ntpd-rs-nts.toml"_s,
        u"[observability]\nlog-level = \"info\"\n\n[[server]]\nlisten = \"%1:123\"\n\n"
        "[[nts-ke-server]]\nlisten = \"%1:4460\"\ncertificate-chain-path = \"%2\"\nprivate-key-path = \"%3\"\n\n"
        "[synchronization]\nlocal-stratum = 1\n"_s.arg(address, certificate.chain, certificate.key));
    return startHarmless(peerProgram(u"ntpd-rs"_s, u"usr/bin/ntp-daemon"_s), {u"-c"_s, file});
}

std::optional<double> measureWithChronyd(
    const QTemporaryDir& folder, const QString& address, quint16 port, QString* output)
{
    // -Q measures once and prints the clock's error: "System clock wrong by -0.000012 seconds (ignored)".
    const auto result = run(chronyd(), {u"-Q"_s, u"-t"_s, u"5"_s, u"-u"_s, u"root"_s,
                                           u"server %1 port %2 iburst maxsamples 1"_s.arg(address).arg(port),
                                           u"pidfile %1/chronyd-once.pid"_s.arg(folder.path()), u"cmdport 0"_s,
                                           u"bindcmdaddress %1/chronyd-once.sock"_s.arg(folder.path())});
    *output = result.output;
    static const QRegularExpression wrongBy(u"System clock wrong by (-?[0-9.]+) seconds"_s);
    const auto match = wrongBy.match(result.output);
    if (!match.hasMatch())
        return std::nullopt;
    return match.captured(1).toDouble();
}

std::optional<double> measureWithNtpdig(const QString& address, QString* output)
{
    const auto result = run(u"ntpdig"_s, {u"-j"_s, u"-t"_s, u"2"_s, address});
    *output = result.output;
    const auto answer = QJsonDocument::fromJson(result.output.toUtf8()).object();
    if (!answer.contains(u"offset"_s))
        return std::nullopt;
    return answer[u"offset"_s].toDouble();
}

Peer startChronydClient(
    const QTemporaryDir& folder, const QString& server, quint16 port, const QString& options, const QString& keys)
{
    const auto keyFile = write(folder, u"chronyd-client.keys"_s, keys);
    const auto file = write(folder, u"chronyd-client.conf"_s,
        u"server %1 port %2 iburst minpoll 0 maxpoll 2 %3\nport 0\nkeyfile %4\n"_s.arg(server).arg(port).arg(
            options, keyFile) +
            chronydCommon(folder, u"chronyd-client"_s));
    return std::make_unique<ChildProcess>(chronyd(), QStringList{u"-x"_s, u"-d"_s, u"-u"_s, u"root"_s, u"-f"_s, file});
}

bool chronydClientSelected(const QTemporaryDir& folder, QString* output)
{
    const auto result = run(peerProgram(u"chrony"_s, u"usr/bin/chronyc"_s),
        {u"-h"_s, folder.filePath(u"chronyd-client.sock"_s), u"-c"_s, u"-n"_s, u"sources"_s});
    *output = result.output;
    return result.output.startsWith(u"^,*,"_s);
}

QString chronydClientData(const QTemporaryDir& folder, const QString& server)
{
    return run(peerProgram(u"chrony"_s, u"usr/bin/chronyc"_s),
        {u"-h"_s, folder.filePath(u"chronyd-client.sock"_s), u"-n"_s, u"ntpdata"_s, server})
        .output;
}

Peer startNtpdRsClient(const QTemporaryDir& folder, const QString& server, quint16 port)
{
    const auto file = write(folder, u"ntpd-rs-client.toml"_s,
        u"[observability]\nlog-level = \"info\"\nobservation-path = \"%1/observe\"\n\n"
        "[[source]]\nmode = \"server\"\naddress = \"%2:%3\"\n\n"
        "[source-defaults]\npoll-interval-limits = { min = 4, max = 4 }\n"
        "initial-poll-interval = 4\n\n[synchronization]\nminimum-agreeing-sources = 1\n"_s.arg(folder.path(), server)
            .arg(port));
    return startHarmless(peerProgram(u"ntpd-rs"_s, u"usr/bin/ntp-daemon"_s), {u"-c"_s, file});
}

bool ntpdRsClientHasMeasured(const QTemporaryDir& folder, QString* output)
{
    const auto result = run(peerProgram(u"ntpd-rs"_s, u"usr/bin/ntp-ctl"_s),
        {u"status"_s, u"-f"_s, u"prometheus"_s, u"-c"_s, folder.filePath(u"ntpd-rs-client.toml"_s)});
    *output = result.output;
    // Present only after an accepted answer.
    static const QRegularExpression stratum(u"^ntp_system_stratum 2$"_s, QRegularExpression::MultilineOption);
    static const QRegularExpression offset(u"^ntp_source_offset_seconds\\{"_s, QRegularExpression::MultilineOption);
    return offset.match(result.output).hasMatch() && stratum.match(result.output).hasMatch();
}

Peer startNtpsecClient(const QTemporaryDir& folder, const QString& listen, const QString& server)
{
    const auto file = write(folder, u"ntpsec-client.conf"_s,
        u"unrestrict default limited kod noquery nomodify\nstatsdir %1\ndriftfile %1/client-drift\n"
        "interface ignore wildcard\ninterface listen 127.0.0.1\ninterface listen %2\n"
        "server %3 iburst minpoll 4\n"_s.arg(folder.path(), listen, server));
    return startHarmless(peerProgram(u"ntpsec"_s, u"usr/sbin/ntpd"_s), {u"-n"_s, u"-c"_s, file});
}

bool ntpsecClientHasReached(const QString& listen, QString* output)
{
    const auto result = run(peerProgram(u"ntpsec"_s, u"usr/bin/ntpq"_s), {u"-n"_s, u"-p"_s, listen});
    *output = result.output;
    // The tally code * marks the source that it synchronizes to.
    static const QRegularExpression selected(u"^\\*"_s, QRegularExpression::MultilineOption);
    return selected.match(result.output).hasMatch();
}

Peer startChronydNtsClient(const QTemporaryDir& folder, const QString& server, const QString& trusted, int algorithm)
{
    const auto file = write(folder, u"chronyd-client.conf"_s,
        u"server %1 nts iburst minpoll 0 maxpoll 0\nport 0\nnosystemcert\nntstrustedcerts %2\nntsaeads %3\n"_s
                .arg(server, trusted)
                .arg(algorithm) +
            chronydCommon(folder, u"chronyd-client"_s));
    return std::make_unique<ChildProcess>(chronyd(), QStringList{u"-x"_s, u"-d"_s, u"-u"_s, u"root"_s, u"-f"_s, file});
}

QString chronydClientAuthentication(const QTemporaryDir& folder)
{
    return run(peerProgram(u"chrony"_s, u"usr/bin/chronyc"_s),
        {u"-h"_s, folder.filePath(u"chronyd-client.sock"_s), u"-c"_s, u"-n"_s, u"authdata"_s})
        .output;
}

Peer startNtpdRsNtsClient(const QTemporaryDir& folder, const QString& server, const QString& trusted)
{
    const auto file = write(folder, u"ntpd-rs-client.toml"_s,
        u"[observability]\nlog-level = \"info\"\nobservation-path = \"%1/observe\"\n\n"
        "[[source]]\nmode = \"nts\"\naddress = \"%2\"\ncertificate-authority = \"%3\"\n\n"
        "[source-defaults]\npoll-interval-limits = { min = 4, max = 4 }\n"
        "initial-poll-interval = 4\n\n[synchronization]\nminimum-agreeing-sources = 1\n"_s.arg(
            folder.path(), server, trusted));
    return startHarmless(
        peerProgram(u"ntpd-rs"_s, u"usr/bin/ntp-daemon"_s), {u"-c"_s, file}, QStringLiteral(QUICK_CLOCK_LIBRARY));
}

Peer startNtpsecNtsClient(
    const QTemporaryDir& folder, const QString& listen, const QString& server, const QString& trusted)
{
    const auto file = write(folder, u"ntpsec-client.conf"_s,
        u"unrestrict default limited kod noquery nomodify\nstatsdir %1\ndriftfile %1/client-drift\n"
        "interface ignore wildcard\ninterface listen 127.0.0.1\ninterface listen %2\n"
        "server %3 nts ca %4 iburst minpoll 0 maxpoll 0\n"_s.arg(folder.path(), listen, server, trusted));
    return startHarmless(peerProgram(u"ntpsec"_s, u"usr/sbin/ntpd"_s), {u"-n"_s, u"-c"_s, file});
}

} // namespace foliot::tests
