// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Load for an NTP server, and the barest server there is to compare with.
//   ntp_load echo ADDRESS PORT
//   ntp_load certificates FOLDER           a certificate and its key for any server: chain.pem, key.pem
//   ntp_load keys ADDRESS PORT count=N     key exchanges, one after the other
//   ntp_load idle ADDRESS PORT count=N     connections for such, in which nothing is said; until standard input ends
//   ntp_load closed ADDRESS PORT KEY=VALUE...    as fast as the server answers, so many requests outstanding at once
//   ntp_load open ADDRESS PORT rate=N KEY=VALUE...   so many requests a second, whatever the server does
// Keys: requests, seconds (whichever is reached first), outstanding, ports, addresses, first, version, echo=1, fresh=1 (a
// new port for each request), patience (ms), stamps=1 (judge the transmit timestamps of the replies); nts=N: with Network
// Time Security, so that each reply brings N cookies, by keys from the server at ke (an address, port 4460), algorithm. One
// JSON object on standard output.

#include "load_socket.h"
#include "nts_requests.h"

#include "daemon/nts_server/socket_client.h"
#include "support/made_certificates.h"

#include <QFile>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include <arpa/inet.h>
#include <poll.h>

namespace {

using namespace foliot::bench;

sockaddr_in addressOf(const char* address, const char* port)
{
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port)));
    if (::inet_pton(AF_INET, address, &result.sin_addr) != 1) {
        std::fprintf(stderr, "%s: not an IPv4 address\n", address);
        std::exit(2);
    }
    return result;
}

// recvmmsg and sendmmsg of 32 with nothing in between: what the kernel costs.
[[noreturn]] void echo(const sockaddr_in& local)
{
    constexpr std::size_t batch = 32;
    const int descriptor = ::socket(AF_INET, SOCK_DGRAM, 0);
    constexpr int bufferSize = 4 << 20;
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &bufferSize, sizeof bufferSize);
    if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&local), sizeof local) != 0) {
        std::perror("bind");
        std::exit(1);
    }
    std::array<mmsghdr, batch> messages{};
    std::array<iovec, batch> parts{};
    std::array<sockaddr_in, batch> names{};
    std::array<std::array<std::uint8_t, 2048>, batch> octets{};
    for (;;) {
        for (std::size_t i = 0; i < batch; ++i) {
            parts[i] = {.iov_base = octets[i].data(), .iov_len = octets[i].size()};
            messages[i].msg_hdr = {};
            messages[i].msg_hdr.msg_name = &names[i];
            messages[i].msg_hdr.msg_namelen = sizeof(sockaddr_in);
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
        const int count = ::recvmmsg(descriptor, messages.data(), batch, MSG_WAITFORONE, nullptr);
        for (std::size_t i = 0; count > 0 && i < static_cast<std::size_t>(count); ++i)
            parts[i].iov_len = messages[i].msg_len;
        if (count > 0)
            ::sendmmsg(descriptor, messages.data(), static_cast<unsigned>(count), 0);
    }
}

class Options {
public:
    Options(int argc, char** argv)
    {
        for (int i = 4; i < argc; ++i) {
            const std::string text = argv[i];
            const auto equals = text.find('=');
            if (equals == std::string::npos) {
                std::fprintf(stderr, "%s: KEY=VALUE expected\n", argv[i]);
                std::exit(2);
            }
            m_values[text.substr(0, equals)] = text.substr(equals + 1);
        }
    }
    double get(const std::string& key, double otherwise) const
    {
        const auto found = m_values.find(key);
        return found == m_values.end() ? otherwise : std::atof(found->second.c_str());
    }
    std::string text(const std::string& key) const
    {
        const auto found = m_values.find(key);
        return found == m_values.end() ? std::string() : found->second;
    }
    std::size_t count(const std::string& key, std::size_t otherwise) const
    {
        return static_cast<std::size_t>(get(key, static_cast<double>(otherwise)));
    }

private:
    std::map<std::string, std::string> m_values;
};

// What a key exchange gave.
struct Granted {
    foliot::nts::Agreement agreement;
    foliot::nts::SessionKeys keys;
};

std::vector<foliot::nts::Algorithm> offeredBy(const Options& options)
{
    return {static_cast<foliot::nts::Algorithm>(options.count("algorithm", 15))};
}

Granted exchangeKeys(const Options& options)
{
    const auto server = foliot::daemon::numericEndpoint(options.text("ke"), foliot::nts::keyExchangePort);
    if (!server) {
        std::fprintf(stderr, "ke=ADDRESS expected\n");
        std::exit(2);
    }
    foliot::tests::SocketClient client(*server);
    auto agreement = client.exchange(offeredBy(options));
    if (!agreement) {
        std::fprintf(stderr, "no keys are granted\n");
        std::exit(1);
    }
    auto keys = client.tls().keys(agreement->algorithm, agreement->compliantContext);
    return {.agreement = *std::move(agreement), .keys = std::move(keys)};
}

class Load {
public:
    Load(const sockaddr_in& server, const Options& options)
        : m_options(options)
        , m_patienceNs(static_cast<std::int64_t>(options.get("patience", 200) * 1e6))
        , m_requests(options.count("requests", 100'000))
        , m_endNs(nowNs() + static_cast<std::int64_t>(options.get("seconds", 3600) * 1e9))
    {
        const std::size_t ports = options.count("ports", 16);
        m_socketOptions.server = server;
        m_socketOptions.sourceAddresses = static_cast<std::uint32_t>(options.count("addresses", 1));
        m_socketOptions.judgesStamps = options.get("stamps", 0) > 0;
        m_socketOptions.slotCount = std::clamp<std::size_t>(options.count("outstanding", 128) / ports, 1, 256);
        if (options.get("nts", 0) > 0)
            m_granted = exchangeKeys(options);
        for (std::size_t i = 0; i < ports; ++i)
            m_sockets.push_back(makeSocket(i, ports));
        m_tally.latenciesNs.reserve(std::min<std::size_t>(m_requests, 20'000'000));
    }

    void closed()
    {
        std::int64_t checkedNs = nowNs();
        for (auto& socket : m_sockets)
            socket->fill(m_tally, SIZE_MAX);
        while (m_tally.answered + m_tally.lost < m_requests && nowNs() < m_endNs) {
            std::size_t freed = 0;
            for (auto& socket : m_sockets) {
                const auto here = socket->drain(m_tally);
                freed += here;
                if (here > 0 && m_options.get("fresh", 0) > 0)
                    renew(socket);
                if (here > 0)
                    socket->fill(m_tally, SIZE_MAX);
            }
            if (freed > 0)
                continue;
            wait(10);
            if (nowNs() - checkedNs < 50'000'000)
                continue;
            checkedNs = nowNs();
            for (auto& socket : m_sockets) {
                socket->giveUp(m_tally, m_patienceNs);
                socket->fill(m_tally, SIZE_MAX);
            }
        }
    }

    void open()
    {
        const double perNs = m_options.get("rate", 1000) / 1e9;
        const std::int64_t begin = nowNs();
        std::int64_t now = begin;
        std::int64_t lookedNs = begin;
        for (std::size_t turn = 0; m_tally.sent < m_requests && now < m_endNs; ++turn, now = nowNs()) {
            auto& socket = m_sockets[turn % m_sockets.size()];
            socket->drain(m_tally);
            const auto due = static_cast<std::uint64_t>(static_cast<double>(now - begin) * perNs);
            if (m_tally.sent < due)
                socket->fill(m_tally, static_cast<std::size_t>(due - m_tally.sent));
            if (now - lookedNs < m_patienceNs / 4)
                continue;
            lookedNs = now;
            for (auto& waiting : m_sockets)
                waiting->giveUp(m_tally, m_patienceNs);
        }
        wait(static_cast<int>(m_patienceNs / 1'000'000));
        for (auto& socket : m_sockets)
            socket->drain(m_tally);
    }

    void print(std::int64_t tookNs)
    {
        auto& latencies = m_tally.latenciesNs;
        std::ranges::sort(latencies);
        auto& errors = m_tally.stampErrorsNs;
        std::ranges::transform(errors, errors.begin(), [](std::int64_t error) { return std::abs(error); });
        std::ranges::sort(errors);
        const auto quantile = [](const std::vector<std::int64_t>& sorted, double part) {
            const auto place = static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1));
            return sorted.empty() ? 0.0 : static_cast<double>(sorted[place]) / 1000;
        };
        std::printf(
            "{\"sent\": %llu, \"answered\": %llu, \"wrong\": %llu, \"lost\": %llu, \"late\": %llu, \"seconds\": %.6f, "
            "\"p50_us\": %.3f, \"p99_us\": %.3f, \"stamp_error_p50_us\": %.3f, \"stamp_error_p99_us\": %.3f}\n",
            static_cast<unsigned long long>(m_tally.sent), static_cast<unsigned long long>(m_tally.answered),
            static_cast<unsigned long long>(m_tally.wrong), static_cast<unsigned long long>(m_tally.lost),
            static_cast<unsigned long long>(m_tally.late), static_cast<double>(tookNs) / 1e9, quantile(latencies, 0.5),
            quantile(latencies, 0.99), quantile(errors, 0.5), quantile(errors, 0.99));
    }

private:
    std::unique_ptr<LoadSocket> makeSocket(std::size_t i, std::size_t ports)
    {
        auto options = m_socketOptions;
        options.firstSource = static_cast<std::uint32_t>(i * options.sourceAddresses / ports);
        return std::make_unique<LoadSocket>(options, makeRequests());
    }
    std::unique_ptr<Requests> makeRequests()
    {
        const bool isEcho = m_options.get("echo", 0) > 0;
        const std::size_t slotCount = m_socketOptions.slotCount;
        m_seed += 1 << 20;
        if (m_granted)
            return std::make_unique<NtsRequests>(
                slotCount, m_granted->agreement, m_granted->keys, m_options.count("nts", 1), isEcho, m_seed);
        return std::make_unique<PlainRequests>(
            slotCount, static_cast<int>(m_options.get("version", 4)), isEcho, m_seed);
    }
    void renew(std::unique_ptr<LoadSocket>& socket) { socket = makeSocket(0, 1); }
    void wait(int milliseconds)
    {
        std::vector<pollfd> waited;
        for (const auto& socket : m_sockets)
            waited.push_back({.fd = socket->descriptor(), .events = POLLIN, .revents = 0});
        ::poll(waited.data(), waited.size(), milliseconds);
    }

    const Options& m_options;
    LoadOptions m_socketOptions;
    const std::int64_t m_patienceNs;
    const std::size_t m_requests;
    const std::int64_t m_endNs;
    std::uint64_t m_seed = std::random_device{}();
    std::vector<std::unique_ptr<LoadSocket>> m_sockets;
    std::optional<Granted> m_granted;
    Tally m_tally;
};

int exchangeMany(const foliot::daemon::Endpoint& server, const Options& options)
{
    std::size_t failed = 0;
    std::vector<std::int64_t> took;
    const std::size_t count = options.count("count", 100);
    for (std::size_t i = 0; i < count; ++i) {
        const auto begin = nowNs();
        foliot::tests::SocketClient client(server);
        // Whatever ticket it is given, the next client knows nothing of it.
        if (const auto agreement = client.exchange(offeredBy(options));
            !agreement || agreement->cookies.size() != foliot::nts::wantedCookies)
            ++failed;
        took.push_back(nowNs() - begin);
    }
    std::ranges::sort(took);
    std::printf("{\"exchanges\": %zu, \"failed\": %zu, \"p50_us\": %.1f}\n", count, failed,
        took.empty() ? 0.0 : static_cast<double>(took[took.size() / 2]) / 1000);
    return 0;
}

int idle(const foliot::daemon::Endpoint& server, const Options& options)
{
    std::vector<foliot::daemon::FileDescriptor> connections;
    for (std::size_t i = 0; i < options.count("count", 10'000); ++i)
        connections.push_back(
            foliot::tests::idleConnection(server, QString::asprintf("127.2.%zu.%zu", i / 250 % 250, i % 250 + 1)));
    std::printf("{\"connections\": %zu}\n", connections.size());
    std::fflush(stdout);
    while (std::getchar() != EOF) {}
    return 0;
}

int writeCertificate(const QString& folder)
{
    foliot::tests::MadeAuthority authority;
    const auto files = authority.sign({.names = {QStringLiteral("nts.test")}});
    const bool isWritten = QFile::copy(files.chain, folder + QStringLiteral("/chain.pem")) &&
                           QFile::copy(files.key, folder + QStringLiteral("/key.pem"));
    return isWritten ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string kind = argc > 1 ? argv[1] : "";
    if (argc == 3 && kind == "certificates")
        return writeCertificate(QString::fromLocal8Bit(argv[2]));
    if (argc < 4) {
        std::fprintf(
            stderr, "ntp_load certificates FOLDER\nntp_load echo|closed|open|keys|idle ADDRESS PORT [KEY=VALUE...]\n");
        return 2;
    }
    const sockaddr_in server = addressOf(argv[2], argv[3]);
    if (kind == "echo")
        echo(server);
    const Options options(argc, argv);
    const auto endpoint = foliot::daemon::numericEndpoint(argv[2], static_cast<std::uint16_t>(std::atoi(argv[3])));
    if (kind == "keys")
        return exchangeMany(*endpoint, options);
    if (kind == "idle")
        return idle(*endpoint, options);
    Load load(server, options);
    const auto begin = nowNs();
    if (kind == "closed")
        load.closed();
    else
        load.open();
    load.print(nowNs() - begin);
    return 0;
}
