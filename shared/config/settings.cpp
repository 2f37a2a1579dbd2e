// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/settings.h"

#include <array>
#include <format>

namespace foliot::config {

namespace {

constexpr double thirtyYears = 1e9; // seconds

constexpr std::array allSections{
    Section{"source", "A server to ask for the time, or a pool of them; repeat the section for each. Without any, "
                      "foliotd asks the pool that was chosen when it was built, unless it serves a local stratum; "
                      "\"source = []\" at the top of the file means none at all."},
    Section{"clock", "The clock that is kept right."},
    Section{"selection", "Which sources are believed."},
    Section{"nts", "Authentication of sources by Network Time Security."},
    Section{"server", "Serving the time to others."},
    Section{"nts-server", "Serving the time with Network Time Security, on the addresses of [server] and to the same "
                          "clients. It is on when "
                          "there is a certificate."},
    Section{"keys", "Secrets that this computer shares with servers or clients, to know that packets are theirs."},
    Section{"leap", "Leap seconds."},
    Section{"state", "What is remembered across restarts."},
    Section{"bus", "The D-Bus interface, which the window and foliotctl use."},
    Section{"simulation", "How wrong a simulated clock is, and the bad network that its server pretends to sit behind. "
                          "Only with clock type \"simulated\"."},
};

const std::array allSettings{
    Setting{"source", "address", "", 0, 0, R"("time.example.org")",
        "Name or numeric address, with an optional port: \"192.0.2.1:123\", \"[2001:db8::1]:123\".",
        [](Config&, Source& source) -> Slot { return &source.address; }},
    Setting{"source", "port", "", 1, 65535, "", "UDP port, unless the address has one.",
        [](Config&, Source& source) -> Slot { return &source.port; }},
    Setting{"source", "nts", "", 0, 0, "",
        "Authenticate the server with Network Time Security, or do not use it. The port is then that of its key "
        "exchange, 4460 unless you set another; the server says itself where to ask for the time.",
        [](Config&, Source& source) -> Slot { return &source.nts; }},
    Setting{"source", "pool", "", 0, 0, "", "Use several of the addresses behind the name, and replace bad ones.",
        [](Config&, Source& source) -> Slot { return &source.pool; }},
    Setting{"source", "maxsources", "", 1, 16, "", "How many servers of a pool are used at once.",
        [](Config&, Source& source) -> Slot { return &source.maxSources; }},
    Setting{"source", "minpoll", "log2 seconds", 0, 17, "",
        "Shortest interval between two queries: 6 is 64 s. Less than 4 (16 s) only for servers of your own.",
        [](Config&, Source& source) -> Slot { return &source.minPoll; }},
    Setting{"source", "maxpoll", "log2 seconds", 0, 17, "", "Longest interval between two queries: 10 is 1024 s.",
        [](Config&, Source& source) -> Slot { return &source.maxPoll; }},
    Setting{"source", "profile", "", 0, 0, "",
        "How many packets good time is worth. By default no more than a public server expects, one in four and a half "
        "minutes; \"precise\" is for servers of your own: as often as the jitter of the network makes worth while, "
        "and with a minpoll of 4 (16 s) unless you set one. A minpoll equal to maxpoll is kept with either.",
        [](Config&, Source& source) -> Slot { return &source.profile; }},
    Setting{"source", "burst", "", 0, 0, "", "Send a few quick queries at start and after the server was away.",
        [](Config&, Source& source) -> Slot { return &source.burst; }},
    Setting{"source", "prefer", "", 0, 0, "", "Use this source alone as long as it agrees with the majority.",
        [](Config&, Source& source) -> Slot { return &source.prefer; }},
    Setting{"source", "trust", "", 0, 0, "",
        "Take this source's time for true: only others that are trusted can outvote it, and a source that contradicts "
        "it is wrong, however many they are.",
        [](Config&, Source& source) -> Slot { return &source.trust; }},
    Setting{"source", "require", "", 0, 0, "",
        "Leave the clock alone while none of the sources with this option can be used and agrees.",
        [](Config&, Source& source) -> Slot { return &source.require; }},
    Setting{"source", "noselect", "", 0, 0, "", "Measure and show this source, never use it.",
        [](Config&, Source& source) -> Slot { return &source.noSelect; }},
    Setting{"source", "version", "", 3, 4, "", "NTP version of the queries.",
        [](Config&, Source& source) -> Slot { return &source.version; }},
    Setting{"source", "key", "", 0, 4294967295, "",
        "Id of the symmetric key, see [keys], that the server shares with us: no answer is taken without it; 0: none.",
        [](Config&, Source& source) -> Slot { return &source.key; }},
    Setting{"source", "xleave", "", 0, 0, "",
        "Ask in interleaved mode (RFC 9769): each answer tells when the one before it really left the server, and so "
        "is worth more where the network is quiet, and comes a poll interval late. A server that cannot answers as "
        "always.",
        [](Config&, Source& source) -> Slot { return &source.xleave; }},
    Setting{"source", "smeared", "", 0, 0, "",
        "This server spreads leap seconds over hours, as those of public clouds do without saying so: it is used only "
        "while no source can be used that does not.",
        [](Config&, Source& source) -> Slot { return &source.smeared; }},

    Setting{"clock", "type", "", 0, 0, "",
        "Who changes the clock: a helper that polkit allows to, foliotd itself through the kernel (it needs "
        "CAP_SYS_TIME), nobody because the clock is a simulated one, or nobody because foliotd only measures.",
        [](Config& config, Source&) -> Slot { return &config.clock.type; }, true},
    Setting{"clock", "step-at-start", "", 0, 0, "", "Allow one step when starting, if the clock is far off.",
        [](Config& config, Source&) -> Slot { return &config.clock.stepAtStart; }},
    Setting{"clock", "step-over", "seconds", 0.001, thirtyYears, "",
        "An error at start that is larger than this is stepped, a smaller one slewed.",
        [](Config& config, Source&) -> Slot { return &config.clock.startStepOver; }},
    Setting{"clock", "step-limit", "seconds", 0, thirtyYears, "",
        "An error at start that is larger than this is left until a person decides; 0: there is no such limit.",
        [](Config& config, Source&) -> Slot { return &config.clock.startStepLimit; }},
    Setting{"clock", "later-step-over", "seconds", 0, thirtyYears, "",
        "An error that turns up later and is larger than this is stepped, three times a day at most; 0: it never is.",
        [](Config& config, Source&) -> Slot { return &config.clock.laterStepOver; }},
    Setting{"clock", "panic-over", "seconds", 0.1, thirtyYears, "",
        "A larger error that turns up later, or that may not be stepped at start, stops the steering until a person "
        "decides.",
        [](Config& config, Source&) -> Slot { return &config.clock.panicOver; }},
    Setting{"clock", "never-backwards", "", 0, 0, "",
        "Slew what would be a step back, a leap second too; only a person may still step the clock back.",
        [](Config& config, Source&) -> Slot { return &config.clock.neverBackwards; }},
    Setting{"clock", "max-frequency", "ppm", 1, 500, "",
        "How far the clock may be made to run off its oscillator's own frequency for good.",
        [](Config& config, Source&) -> Slot { return &config.clock.maxFrequencyPpm; }},
    Setting{"clock", "max-extra-rate", "ppm", 1, 100'000, "",
        "How much faster or slower the clock may run while an error is slewed away.",
        [](Config& config, Source&) -> Slot { return &config.clock.maxExtraRatePpm; }},

    Setting{"selection", "min-sources", "", 1, 16, "", "So many sources must agree before the clock is touched.",
        [](Config& config, Source&) -> Slot { return &config.selection.minSources; }},
    Setting{"selection", "max-distance", "seconds", 0.001, 16, "",
        "A source whose error bound (half its round trip to the reference clock and all dispersions) is larger than "
        "this is not used.",
        [](Config& config, Source&) -> Slot { return &config.selection.maxDistance; }},
    Setting{"selection", "require-nts", "", 0, 0, "",
        "Measure and show sources without Network Time Security, but never use them.",
        [](Config& config, Source&) -> Slot { return &config.selection.requireNts; }, true},

    Setting{"nts", "trusted-file", "", 0, 0, "",
        "Absolute path of a file of certificates (PEM) to trust in key exchanges; empty: those that the system trusts.",
        [](Config& config, Source&) -> Slot { return &config.nts.trustedFile; }, true},

    Setting{"server", "listen", "", 0, 0, "",
        "Numeric addresses to serve on, with an optional port: [\"0.0.0.0\", \"[::]:123\"]; none: no server.",
        [](Config& config, Source&) -> Slot { return &config.server.listen; }},
    Setting{"server", "local-stratum", "", 1, 15, "10",
        "Serve at this stratum by our own clock when there is no source to follow.",
        [](Config& config, Source&) -> Slot { return &config.server.localStratum; }},
    Setting{"server", "orphan", "", 0, 0, "",
        "With local-stratum: computers that are sources of each other and have this set follow the one of them with "
        "the smallest address when none has another source left. All need the same local-stratum, larger than any "
        "that is served otherwise.",
        [](Config& config, Source&) -> Slot { return &config.server.orphan; }},
    Setting{"server", "workers", "", 0, 16, "",
        "Threads that answer on each address, by the machine's clock; 0: one for two processors, at least one.",
        [](Config& config, Source&) -> Slot { return &config.server.workers; }},
    Setting{"server", "allow", "", 0, 0, "",
        "Who may ask: networks as in [\"192.0.2.0/24\", \"2001:db8::/32\"], \"local\" for this computer, private "
        "networks and those that its interfaces are in, \"all\" for everybody. Of all that fit, the longest prefix "
        "decides.",
        [](Config& config, Source&) -> Slot { return &config.server.allow; }},
    Setting{"server", "deny", "", 0, 0, "",
        "Who may not, written in the same way; wins over the same prefix in allow. Who is in neither is not answered.",
        [](Config& config, Source&) -> Slot { return &config.server.deny; }},
    Setting{"server", "rate-limit", "requests a second", 0, 1'000'000, "",
        "What one client may ask in the long run; 0: as much as it likes. Of what is too much, one request in eight "
        "is told so and the others get no answer.",
        [](Config& config, Source&) -> Slot { return &config.server.rateLimit; }},
    Setting{"server", "rate-burst", "requests", 1, 1'000'000, "", "What one client may ask at once.",
        [](Config& config, Source&) -> Slot { return &config.server.rateBurst; }},
    Setting{"server", "rate-prefix-ipv4", "bits", 8, 32, "", "IPv4 addresses that share so many bits are one client.",
        [](Config& config, Source&) -> Slot { return &config.server.ratePrefixIpv4; }},
    Setting{"server", "rate-prefix-ipv6", "bits", 16, 64, "", "IPv6 addresses that share so many bits are one client.",
        [](Config& config, Source&) -> Slot { return &config.server.ratePrefixIpv6; }},
    Setting{"server", "rate-clients", "", 64, 16'777'216, "",
        "How many clients each thread remembers for the limit, in 16 octets each.",
        [](Config& config, Source&) -> Slot { return &config.server.rateClients; }},
    Setting{"server", "interleaved-replies", "", 0, 16'777'216, "",
        "How many replies each thread remembers for clients in interleaved mode, in 24 octets each; 0: no such mode.",
        [](Config& config, Source&) -> Slot { return &config.server.interleavedReplies; }},
    Setting{"server", "client-log", "clients", 0, 1'000'000, "",
        "So many clients, as rate-prefix-ipv4 and rate-prefix-ipv6 tell them apart, are remembered by each thread "
        "with what they asked and when, for \"foliotctl server --clients\": those that ask most. Each takes 64 "
        "octets; 0: nobody's address is remembered to be shown.",
        [](Config& config, Source&) -> Slot { return &config.server.clientLog; }},
    Setting{"server", "silent-unsynchronized", "", 0, 0, "",
        "Do not answer at all, rather than say so, while there is neither a source to follow nor a local stratum.",
        [](Config& config, Source&) -> Slot { return &config.server.silentUnsynchronized; }},
    Setting{"server", "smear", "", 0, 0, "",
        "Spread a leap second over hours for all clients, which are not told of it then: linear, from noon to noon "
        "UTC, or quadratic, in the 62500 s after it as chrony does. Clients of such a server must have no others.",
        [](Config& config, Source&) -> Slot { return &config.server.smear; }},

    Setting{"nts-server", "certificates", "", 0, 0, "",
        "Absolute paths of files with a certificate and those that it was signed by (PEM); a client gets the one for "
        "the name that it asks for, or else the first. None: no Network Time Security is served.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.certificates; }},
    Setting{"nts-server", "private-keys", "", 0, 0, "",
        "Absolute paths of the files with the certificates' private keys (PEM), in the same order. Only foliotd may "
        "be able to read them.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.privateKeys; }},
    Setting{"nts-server", "listen", "", 0, 0, "",
        "Numeric addresses for the exchange of keys, with an optional port; none: those of [server], without their "
        "ports.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.listen; }},
    Setting{"nts-server", "port", "", 1, 65535, "", "TCP port for the exchange of keys, where an address has none.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.port; }},
    Setting{"nts-server", "ntp-server", "", 0, 0, R"("time.example.org")",
        "Name or numeric address that clients are told to ask for the time; not set: where they exchanged keys.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.ntpServer; }},
    Setting{"nts-server", "ntp-port", "", 1, 65535, "123",
        "UDP port that clients are told to ask for the time at; not set: 123, or that of the first address of "
        "[server] when none has 123.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.ntpPort; }},
    Setting{"nts-server", "rotate-keys", "seconds", 1, 31'536'000, "",
        "So long cookies are made with the same key; then there is another one.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.rotateKeys; }},
    Setting{"nts-server", "keep-keys", "", 1, 365, "",
        "So many keys before the newest are kept, and cookies made with them taken: a week's when there is one a day. "
        "A client that was away for longer exchanges keys again.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.keepKeys; }},
    Setting{"nts-server", "workers", "", 1, 16, "", "Threads that exchange keys, beside those that answer.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.workers; }},
    Setting{"nts-server", "max-connections", "", 1, 65'536, "", "How many clients may be connected at once.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.maxConnections; }},
    Setting{"nts-server", "time-limit", "seconds", 0.1, 60, "", "A key exchange that takes longer is ended.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.timeLimit; }},
    Setting{"nts-server", "rate-limit", "exchanges a second", 0, 1'000'000, "",
        "How often one client may exchange keys in the long run; 0: as often as it likes. Clients are told apart as "
        "in [server].",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.rateLimit; }},
    Setting{"nts-server", "rate-burst", "exchanges", 1, 1'000'000, "",
        "How often one client may exchange keys at once.",
        [](Config& config, Source&) -> Slot { return &config.ntsServer.rateBurst; }},

    Setting{"keys", "file", "", 0, 0, "",
        "Absolute path of a file with a symmetric key in each line, as in \"1 AES128 HEX:...\": its id, its type "
        "(AES128, AES256, SHA1, SHA256, SHA384, SHA512 or MD5) and the secret, in hexadecimal digits or as it is when "
        "it has neither blank nor #. Only foliotd may be able to read it, which it does at each reload; empty: no "
        "keys.",
        [](Config& config, Source&) -> Slot { return &config.keys.file; }},
    Setting{"keys", "allow-md5", "", 0, 0, "", "Take keys of type MD5 too, which is broken.",
        [](Config& config, Source&) -> Slot { return &config.keys.allowMd5; }},

    Setting{"leap", "list", "", 0, 0, "",
        "Absolute path of the list of leap seconds as IERS publishes it and tzdata installs it: for the leap seconds "
        "that the sources do not announce, and for the difference of TAI, which the kernel is told. Empty: none.",
        [](Config& config, Source&) -> Slot { return &config.leap.list; }},

    Setting{"state", "directory", "", 0, 0, "",
        "Absolute path of the folder that keeps the clock's drift, the last time, the sources added over D-Bus, and "
        "keys and cookies of Network Time Security; empty: keep nothing.",
        [](Config& config, Source&) -> Slot { return &config.state.directory; }, true},

    Setting{"bus", "type", "", 0, 0, "", "The bus to offer the interface on.",
        [](Config& config, Source&) -> Slot { return &config.bus.kind; }, true},

    Setting{"simulation", "offset", "seconds", -thirtyYears, thirtyYears, "",
        "Simulated clock minus the machine's clock at start.",
        [](Config& config, Source&) -> Slot { return &config.simulation.offset; }, true},
    Setting{"simulation", "frequency", "ppm", -1000, 1000, "", "Frequency error of the simulated oscillator.",
        [](Config& config, Source&) -> Slot { return &config.simulation.frequencyPpm; }, true},
    Setting{"simulation", "wander", "ppm", 0, 10, "",
        "Random walk of that error: its standard deviation after one second, growing with the root of the time.",
        [](Config& config, Source&) -> Slot { return &config.simulation.wanderPpm; }, true},
    Setting{"simulation", "path-delay", "seconds", 0, 10, "", "Delay added each way to what the server answers.",
        [](Config& config, Source&) -> Slot { return &config.simulation.pathDelay; }},
    Setting{"simulation", "path-jitter", "seconds", 0, 10, "",
        "Mean of an exponentially distributed delay added each way.",
        [](Config& config, Source&) -> Slot { return &config.simulation.pathJitter; }},
    Setting{"simulation", "loss", "", 0, 1, "", "Share of the requests that go unanswered.",
        [](Config& config, Source&) -> Slot { return &config.simulation.loss; }},
    Setting{"simulation", "seed", "", 0, 9007199254740991, "", "The same seed gives the same chance.",
        [](Config& config, Source&) -> Slot { return &config.simulation.seed; }, true},
};

} // namespace

std::span<const Setting> settings()
{
    return allSettings;
}

std::span<const Section> sections()
{
    return allSections;
}

std::string sectionHeader(std::string_view section)
{
    const auto header = std::format("[{}]", section);
    return section == "source" ? '[' + header + ']' : header;
}

} // namespace foliot::config
