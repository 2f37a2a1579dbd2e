// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Requests that come in together, with Network Time Security or without: what they share, and what they must not.

#include "nts_rig.h"

#include "ntp/extension_field.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace foliot;
using namespace foliot::tests;

class TestNtsBatches : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clientsOfAllKindsShareABatch();
    void noNonceIsUsedTwice();
    void keysOfClientsGoWithTheirBatch();
};

// All are answered before the first leaves, those that may be heard; each reply is to its own request.
void TestNtsBatches::clientsOfAllKindsShareABatch()
{
    enum class Kind : std::uint8_t { Protected, TooShort, Plain, Forged, ProtectedToo, Malformed, Unreadable };
    constexpr std::size_t kinds = 7;
    constexpr std::size_t count = 12 * kinds;
    NtsRig rig;
    std::vector<Session> sessions;
    std::vector<Octets> requests;
    std::vector<std::size_t> heard;
    for (std::size_t i = 0; i < count; ++i) {
        const auto kind = static_cast<Kind>(i % kinds);
        const auto header = ntp::serializeHeader({.mode = ntp::Mode::Client, .transmit = ntp::Timestamp{1 + i}});
        sessions.push_back(nts::someSession(nts::allAlgorithms.at(i / 2 % nts::allAlgorithms.size()),
            kind == Kind::Unreadable ? nts::CookieKeys{keyNumbered(9)} : nts::someCookieKeys(),
            1 + i % nts::wantedCookies, static_cast<int>(i)));
        requests.push_back(*sessions.back().protect(header, nts::someRandom(static_cast<int>(i))));
        if (kind == Kind::Plain)
            requests.back().resize(ntp::headerLength);
        if (kind == Kind::Forged)
            requests.back().back() ^= std::byte{1}; // of what is sealed
        if (kind == Kind::Malformed)
            requests.back().resize(requests.back().size() - 4);
        if (kind == Kind::TooShort)
            requests.back().resize(20);
        else if (kind != Kind::Malformed)
            heard.push_back(i);
    }
    std::vector<Arrival> arrivals;
    for (const Octets& request : requests)
        arrivals.push_back({.octets = request, .from = {.address = client, .port = 50'000}, .received = received});
    std::vector<Reply> replies(count);
    std::vector<std::size_t> answered(count);
    answered.resize(rig.responder.answer(arrivals, replies, answered));
    QCOMPARE(answered, heard);
    const std::vector<ntp::Timestamp> transmits(heard.size(), ntp::toTimestamp(left));
    rig.responder.finish(std::span(replies).first(heard.size()), transmits);
    rig.responder.end();
    for (std::size_t place = 0; place < heard.size(); ++place) {
        const std::size_t i = heard[place];
        const auto kind = static_cast<Kind>(i % kinds);
        const auto verdict = sessions[i].judge(replies[place].content());
        QCOMPARE(ntp::parseHeader(replies[place].content())->origin.bits(), std::uint64_t(1 + i));
        QCOMPARE(
            std::holds_alternative<Session::Authentic>(verdict), kind == Kind::Protected || kind == Kind::ProtectedToo);
        QCOMPARE(std::holds_alternative<Session::Kissed>(verdict), kind == Kind::Forged || kind == Kind::Unreadable);
        QCOMPARE(replies[place].length == ntp::headerLength, kind == Kind::Plain);
        QVERIFY(!replies[place].protects); // no key stays behind
    }
    QCOMPARE(rig.counters().rejected[placeOf(ntp::Rejection::TooShort)], std::uint64_t(12));
    QCOMPARE(rig.counters().rejected[placeOf(ntp::Rejection::MalformedExtension)], std::uint64_t(12));
    QCOMPARE(rig.counters().protectedByNts(), std::uint64_t(24));
    QCOMPARE(rig.counters().notAuthenticByNts, std::uint64_t(12));
    QCOMPARE(rig.counters().unreadableCookies, std::uint64_t(12));
}

// Neither by the replies that are sealed together nor by their cookies.
void TestNtsBatches::noNonceIsUsedTwice()
{
    NtsRig rig;
    constexpr std::size_t count = 8;
    std::vector<Octets> requests;
    for (std::size_t i = 0; i < count; ++i)
        requests.push_back(protectedRequest(nts::wantedCookies - i));
    std::vector<Arrival> arrivals;
    for (const Octets& request : requests)
        arrivals.push_back({.octets = request, .from = {.address = client, .port = 50'000}, .received = received});
    std::set<Octets> nonces;
    std::size_t used = 0;
    for (int batch = 0; batch < 20; ++batch) {
        std::vector<Reply> replies(count);
        std::vector<std::size_t> answered(count);
        QCOMPARE(rig.responder.answer(arrivals, replies, answered), count);
        rig.responder.finish(replies, std::vector<ntp::Timestamp>(count, ntp::toTimestamp(left)));
        rig.responder.end();
        for (Reply& reply : replies) {
            const auto fields = nts::findProtectedFields(reply.content());
            QVERIFY(fields && fields->authenticator);
            const std::span nonce = fields->authenticator->nonce;
            nonces.emplace(nonce.begin(), nonce.end());
            ++used;
            const auto cookies = nts::openAuthenticator(reply.content(), *fields->authenticator, Algorithm::SivCmac256,
                nts::someClient(Algorithm::SivCmac256).keys.serverToClient.octets());
            QVERIFY(cookies);
            const std::size_t field = ntp::fieldHeaderLength + nts::cookieLengthFor(Algorithm::SivCmac256);
            for (std::size_t at = ntp::fieldHeaderLength; at < cookies->size(); at += field) {
                const std::span ofCookie = std::span(*cookies).subspan(at + 4, nts::cookieNonceLength); // behind the id
                nonces.emplace(ofCookie.begin(), ofCookie.end());
                ++used;
            }
        }
    }
    QCOMPARE(nonces.size(), used);
}

void TestNtsBatches::keysOfClientsGoWithTheirBatch()
{
    for (const Algorithm algorithm : nts::allAlgorithms) {
        NtsRig rig;
        auto session = nts::someSession(algorithm, nts::someCookieKeys());
        const auto request = *session.protect(nts::requestHeader(), nts::someRandom(1));
        const Arrival arrival{.octets = request, .from = {.address = client, .port = 50'000}, .received = received};
        const auto content = nts::someClient(algorithm);
        const auto finds = [](const auto& object, std::span<const std::byte> key) {
            const auto octets = std::as_bytes(std::span(&object, 1));
            return !std::ranges::search(octets, key.last(key.size() / 2)).empty();
        };
        Reply reply;
        QVERIFY(rig.responder.answer(arrival, reply));
        QVERIFY(finds(rig.responder, content.keys.clientToServer.octets())); // made ready
        QVERIFY(finds(reply, content.keys.serverToClient.octets()));
        rig.responder.finish(reply, ntp::toTimestamp(left));
        QVERIFY(finds(rig.responder, content.keys.serverToClient.octets()));
        rig.responder.end();
        for (const auto* const key : {&content.keys.clientToServer, &content.keys.serverToClient}) {
            QVERIFY(!finds(rig.responder, key->octets()));
            QVERIFY(!finds(reply, key->octets()));
        }
    }
}

QTEST_APPLESS_MAIN(TestNtsBatches)
#include "test_nts_batches.moc"
