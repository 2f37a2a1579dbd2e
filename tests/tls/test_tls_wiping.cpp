// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// That the server's side of TLS leaves no secret in the memory that it gives back.

#include "tls/connection.h"

#include "daemon/nts_server/memory_client.h"
#include "made_identity.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <thread>

#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>

using namespace foliot;
using namespace foliot::tests;
using namespace Qt::StringLiterals;

namespace {

std::span<const std::byte> sought; // empty: nothing is
int timesFound = 0;
int timesFreed = 0;
int timesGrown = 0;

} // namespace

extern "C" {
// By the linker's --wrap: what libraries in this program itself give back.
void __real_free(void* piece);
void __wrap_free(void* piece);
void* __real_realloc(void* piece, std::size_t size);
void* __wrap_realloc(void* piece, std::size_t size);
}

void __wrap_free(void* piece)
{
    if (piece && !sought.empty()) {
        const std::span content(static_cast<const std::byte*>(piece), ::malloc_usable_size(piece));
        timesFound += std::ranges::search(content, sought).empty() ? 0 : 1;
        ++timesFreed;
    }
    __real_free(piece);
}

// What was in the piece may be left behind, and nobody wipes it.
void* __wrap_realloc(void* piece, std::size_t size)
{
    timesGrown += sought.empty() ? 0 : 1;
    return __real_realloc(piece, size);
}

namespace {

// What a thread leaves on its stack.
Octets stackAfter(const std::function<void()>& work)
{
    constexpr std::size_t size = 4 << 20;
    void* stack = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (stack == MAP_FAILED)
        qFatal("there is no memory for a stack");
    pthread_attr_t attributes{};
    pthread_t thread{};
    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes, stack, size);
    const auto run = [](void* given) -> void* {
        (*static_cast<const std::function<void()>*>(given))();
        return nullptr;
    };
    if (pthread_create(&thread, &attributes, run, const_cast<std::function<void()>*>(&work)) != 0)
        qFatal("there is no thread");
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    const std::span left(static_cast<const std::byte*>(stack), size);
    Octets copy(left.begin(), left.end());
    ::munmap(stack, size);
    return copy;
}

bool isIn(std::span<const std::byte> octets, std::span<const std::byte> part)
{
    return !std::ranges::search(octets, part).empty();
}

} // namespace

class TestTlsWiping : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { sought = {}; }
    void freedMemoryIsSearched();
    void privateKeyIsWiped();
    void whatWasSaidIsWiped();
    void stackIsSearched();
    void stackIsWiped();

private:
    // A whole connection over which the client asks something and is answered.
    static void serve(const tls::Identity& identity, std::span<const std::byte> question)
    {
        MemoryClient client;
        tls::Connection server;
        server.received(client.toSend());
        server.show(identity);
        client.received(server.toSend());
        client.say(question);
        server.received(client.toSend());
        std::array<std::byte, 64> heard{};
        QCOMPARE(server.hear(heard).length, question.size());
        QVERIFY(server.sayAndClose(question));
        client.received(server.toSend());
        QVERIFY(std::ranges::equal(client.heard(), question));
    }

    MadeAuthority m_authority;
    DerIdentity m_der = derOf(m_authority.sign({.names = {u"a.test"_s}, .key = MadeKey::Ed25519}));
};

void TestTlsWiping::freedMemoryIsSearched()
{
    sought = m_der.prefix;
    QCOMPARE(sought.size(), 32U);
    timesFound = 0;
    auto* piece = static_cast<std::byte*>(std::malloc(64));
    std::ranges::copy(sought, piece + 16);
    asm volatile("" : : "r"(piece) : "memory"); // or the compiler leaves out what nobody reads before it is freed
    std::free(piece);
    QCOMPARE(timesFound, 1);
}

void TestTlsWiping::privateKeyIsWiped()
{
    sought = m_der.prefix;
    timesFound = timesFreed = timesGrown = 0;
    auto identity = tls::Identity::make(m_der.chain, m_der.key);
    QVERIFY(identity);
    serve(*identity, std::array{std::byte{1}});
    QVERIFY(timesFreed > 50); // of the connection
    const int before = timesFreed;
    identity.reset();
    QVERIFY(timesFreed > before);
    QCOMPARE(timesFound, 0);
    QCOMPARE(timesGrown, 0);
}

void TestTlsWiping::whatWasSaidIsWiped()
{
    std::array<std::byte, 48> question{};
    std::ranges::generate(question, [n = 1U]() mutable { return static_cast<std::byte>(n *= 5); });
    const auto identity = tls::Identity::make(m_der.chain, m_der.key);
    for (const auto& part : {std::span(question).first(16), std::span(question).last(16)}) {
        sought = part;
        timesFound = timesFreed = timesGrown = 0;
        serve(*identity, question);
        QVERIFY(timesFreed > 50);
        QCOMPARE(timesFound, 0);
        QCOMPARE(timesGrown, 0);
    }
}

void TestTlsWiping::stackIsSearched()
{
    const auto left = stackAfter([this] {
        std::array<std::byte, 8192> copy{}; // so deep that the thread's end does not overwrite it
        std::ranges::copy(m_der.prefix, copy.begin());
        asm volatile("" : : "r"(copy.data()) : "memory"); // or the compiler leaves out what nobody reads
    });
    QVERIFY(isIn(left, m_der.prefix));
}

void TestTlsWiping::stackIsWiped()
{
    const auto identity = tls::Identity::make(m_der.chain, m_der.key);
    Octets key(32);
    bool isExported = false;
    const auto left = stackAfter([&] {
        // The client leaves its own copies on another stack.
        std::optional<MemoryClient> client;
        Octets said;
        std::jthread([&] { said = client.emplace().toSend(); }).join();
        tls::Connection server;
        server.received(said);
        server.show(*identity);
        const Octets answer = server.toSend();
        std::jthread([&] {
            client->received(answer);
            said = client->toSend();
        }).join();
        server.received(said);
        isExported = server.exportKey("EXPORTER-test", {}, key);
    });
    QVERIFY(isExported);
    QVERIFY(!isIn(left, key));
}

QTEST_GUILESS_MAIN(TestTlsWiping)
#include "test_tls_wiping.moc"
