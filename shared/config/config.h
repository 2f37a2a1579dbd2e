// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every setting of foliotd as a value, with its default. read() makes one from a TOML file or says what is wrong and
// where; settings.h describes each key (type, unit, range, meaning) for the reader, the documentation and --check.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace foliot::config {

using Seconds = std::chrono::duration<double>;

// How a leap second is spread over hours for our clients; daemon/server/smear.h has the shapes.
enum class Smear : std::uint8_t { None, Linear, Quadratic };

enum class PollProfile : std::uint8_t { Default, Precise };

inline constexpr std::uint16_t ntpPort = 123;
inline constexpr std::uint16_t keyExchangePort = 4460; // in place of the default port of an authenticated source
inline constexpr int preciseMinPoll = 4;               // in place of the default when the profile is precise

struct Source {
    std::string address; // name or numeric address alone: brackets and port are taken off, see address.h
    std::uint16_t port = ntpPort;
    bool nts = false;   // authenticated; port is that of the key exchange then
    bool pool = false;  // take several of the name's addresses, replace bad ones
    int maxSources = 4; // of a pool
    int minPoll = 6;    // log2 seconds, not above maxPoll
    int maxPoll = 10;
    PollProfile profile = PollProfile::Default;
    bool burst = true;
    bool prefer = false;
    bool trust = false;
    bool require = false;
    bool noSelect = false;
    int version = 4;
    std::uint64_t key = 0; // id of a symmetric key; 0: none
    bool xleave = false;   // ask in interleaved mode
    bool smeared = false;  // it smears leap seconds

    friend bool operator==(const Source&, const Source&) = default;
};

enum class ClockType : std::uint8_t { Helper, Kernel, Simulated, None };

struct Clock {
    ClockType type = ClockType::Helper;
    bool stepAtStart = true;
    Seconds startStepOver{0.125};
    Seconds startStepLimit{};
    Seconds laterStepOver{};
    Seconds panicOver{1000.0};
    bool neverBackwards = false;
    double maxFrequencyPpm = 500.0;
    double maxExtraRatePpm = 100'000.0;

    friend bool operator==(const Clock&, const Clock&) = default;
};

// Only with the simulated clock: how wrong it is, and how bad the network is that the server pretends to sit behind.
struct Simulation {
    Seconds offset{};          // simulated clock minus the machine's clock at start
    double frequencyPpm = 0.0; // error of the simulated oscillator
    double wanderPpm = 0.0;    // random walk of that error, per square root of a second
    Seconds pathDelay{};       // added each way to what the server answers
    Seconds pathJitter{};      // mean of an exponential added to each way
    double loss = 0.0;         // share of requests that go unanswered, 0 to 1
    std::uint64_t seed = 1;

    friend bool operator==(const Simulation&, const Simulation&) = default;
};

struct Server {
    std::vector<std::string> listen;         // numeric, with optional port: parseAddress() reads each; empty: no server
    std::optional<int> localStratum;         // serve at this stratum without any source
    bool orphan = false;                     // agree with others at that stratum on one to follow
    int workers = 0;                         // threads for each address; 0: one for two processors
    std::vector<std::string> allow{"local"}; // parsePrefix() reads each; the longest that fits decides
    std::vector<std::string> deny;
    double rateLimit = 16.0; // requests a second of one client; 0: no limit
    double rateBurst = 64.0; // at once
    int ratePrefixIpv4 = 32; // addresses that share so many bits are one client
    int ratePrefixIpv6 = 64;
    int rateClients = 16'384;      // remembered by each thread
    int interleavedReplies = 4096; // remembered by each thread; 0: no interleaved mode
    int clientLog = 0;             // clients remembered by each thread, to be shown; 0: none
    bool silentUnsynchronized = false;
    Smear smear = Smear::None;

    friend bool operator==(const Server&, const Server&) = default;
};

// Serving authenticated time: the key exchange, and the keys that cookies are sealed with. Who may ask is the server's matter.
struct NtsServer {
    std::vector<std::filesystem::path> certificates; // chains, PEM; empty: no Network Time Security is served
    std::vector<std::filesystem::path> privateKeys;  // of the certificates, in the same order, PEM
    std::vector<std::string> listen; // as in Server; empty: the server's addresses, see keyExchangeAddresses()
    std::uint16_t port = keyExchangePort;
    std::string ntpServer; // told to clients, a name or a numeric address; empty: the host that they exchange keys with
    std::optional<int> ntpPort; // told to clients; absent: see toldNtpPort()
    Seconds rotateKeys{86'400.0};
    int keepKeys = 7; // keys before the newest whose cookies are still taken
    int workers = 1;
    int maxConnections = 512;
    Seconds timeLimit{5.0};  // of a key exchange as a whole
    double rateLimit = 1.0;  // key exchanges a second of one client, as the server counts clients; 0: no limit
    double rateBurst = 16.0; // at once

    friend bool operator==(const NtsServer&, const NtsServer&) = default;
};

struct Keys {
    std::filesystem::path file; // empty: no keys
    bool allowMd5 = false;

    friend bool operator==(const Keys&, const Keys&) = default;
};

struct Selection {
    int minSources = 1;
    Seconds maxDistance{1.0};
    bool requireNts = false;

    friend bool operator==(const Selection&, const Selection&) = default;
};

struct Nts {
    std::filesystem::path trustedFile; // certificates to trust, PEM; empty: those that the system trusts

    friend bool operator==(const Nts&, const Nts&) = default;
};

struct Leap {
    std::filesystem::path list = "/usr/share/zoneinfo/leap-seconds.list"; // empty: none

    friend bool operator==(const Leap&, const Leap&) = default;
};

struct State {
    std::filesystem::path directory = "/var/lib/foliot"; // for all that outlives the process; empty: nothing does

    friend bool operator==(const State&, const State&) = default;
};

enum class BusKind : std::uint8_t { System, Session, None };

struct Bus {
    BusKind kind = BusKind::System;

    friend bool operator==(const Bus&, const Bus&) = default;
};

struct Config {
    std::vector<Source> sources;
    Clock clock;
    Simulation simulation;
    Selection selection;
    Nts nts;
    Server server;
    NtsServer ntsServer;
    Keys keys;
    Leap leap;
    State state;
    Bus bus;

    friend bool operator==(const Config&, const Config&) = default;
};

} // namespace foliot::config
