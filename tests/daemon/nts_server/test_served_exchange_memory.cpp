// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A served key exchange when the n-th piece of memory that the cryptographic library asks for cannot be had, for every n: no
// cookies, and nothing worse. FAULTS row 48.

#include "daemon/nts_server/served_exchange.h"

#include "memory_client.h"
#include "served_identity.h"

#include <QTest>

#include <openssl/crypto.h>
#include <openssl/err.h>

#include <cstdlib>
#include <limits>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace Qt::StringLiterals;

namespace {

// How many more pieces are to be had.
long piecesLeft = std::numeric_limits<long>::max();

bool isSpent()
{
    return piecesLeft <= 0 || --piecesLeft < 0;
}

void* allocate(std::size_t size, const char*, int)
{
    return isSpent() ? nullptr : std::malloc(size);
}

void* reallocate(void* piece, std::size_t size, const char*, int)
{
    return isSpent() ? nullptr : std::realloc(piece, size);
}

void release(void* piece, const char*, int)
{
    std::free(piece);
}

// While it lives, so many pieces and no more; afterwards `pieces` says how many are left.
class Scarcity {
public:
    explicit Scarcity(long& pieces)
        : m_pieces(pieces)
    {
        piecesLeft = pieces;
    }
    ~Scarcity()
    {
        m_pieces = piecesLeft;
        piecesLeft = std::numeric_limits<long>::max();
        ERR_clear_error();
    }
    Q_DISABLE_COPY_MOVE(Scarcity)

private:
    long& m_pieces;
};

} // namespace

class TestServedExchangeMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exchangeSurvivesWithoutMemory();
    void identityIsReadOrRefused();

private:
    // A whole exchange of which the server has so many pieces of memory. True when the client got its cookies.
    bool exchange(long pieces);

    MadeAuthority m_authority;
    std::shared_ptr<const Identities> m_identities = identitiesFor(m_authority, {u"a.test"_s, u"b.test"_s});
    nts::CookieJar m_jar{cookieKeysOf(7)};
};

bool TestServedExchangeMemory::exchange(long pieces)
{
    MemoryClient client({.serverName = "b.test"});
    const TimeServer told;
    ServedExchange server(m_identities, told);
    bool hasAsked = false;
    std::optional<KeyExchangeEnd> ended;
    for (Octets said = client.toSend(); !said.empty() && !ended; said = client.toSend()) {
        Octets heard;
        {
            const Scarcity scarcity(pieces);
            ended = server.received(said, m_jar);
            heard = server.toSend();
        }
        client.received(heard);
        if (client.isEstablished() && !std::exchange(hasAsked, true))
            client.say(nts::keyExchangeRequest(std::array{nts::Algorithm::SivCmac256}));
    }
    const auto agreement = nts::parseKeyExchangeResponse(client.heard(), nts::allAlgorithms);
    const bool isGranted = ended == KeyExchangeEnd::Granted;
    if (isGranted && agreement && agreement->cookies.size() != nts::wantedCookies)
        qFatal("there are too few cookies");
    return isGranted && agreement && pieces > 0;
}

void TestServedExchangeMemory::exchangeSurvivesWithoutMemory()
{
    QVERIFY(exchange(std::numeric_limits<long>::max()));
    long pieces = 0;
    while (!exchange(pieces))
        ++pieces;
    QVERIFY(pieces > 200);
    QVERIFY(exchange(std::numeric_limits<long>::max())); // nothing is left of it
}

void TestServedExchangeMemory::identityIsReadOrRefused()
{
    const auto files = filesOf(m_authority.sign({.names = {u"a.test"_s}}));
    QVERIFY(Identity::read(files));
    for (long pieces = 0;; ++pieces) {
        long left = pieces;
        bool isRead = false;
        {
            const Scarcity scarcity(left);
            isRead = Identity::read(files).has_value();
        }
        if (isRead && left > 0)
            break;
    }
    QVERIFY(Identity::read(files));
}

int main(int argumentCount, char** arguments)
{
    // Before the library asks for its first piece.
    if (CRYPTO_set_mem_functions(allocate, reallocate, release) != 1)
        return 1;
    QCoreApplication application(argumentCount, arguments);
    TestServedExchangeMemory test;
    return QTest::qExec(&test, argumentCount, arguments);
}
#include "test_served_exchange_memory.moc"
