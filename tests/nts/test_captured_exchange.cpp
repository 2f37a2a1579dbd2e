// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Exchanges with chronyd 4.6.1, captured on 2026-11-25 together with the keys that TLS gave to both sides: what was sent
// is made again octet for octet, and what came back is authentic.

#include "ntp/octet_text.h"
#include "nts/session.h"

#include "ntp/packet.h"

#include <QTest>

#include <algorithm>

using namespace foliot::nts;
using foliot::ntp::fromHex;
using foliot::ntp::toHex;

namespace {

struct Capture {
    Algorithm algorithm;
    const char* clientToServer;
    const char* serverToClient;
    const char* cookie;
    const char* uniqueIdentifier;
    const char* nonce;
    const char* request;
    const char* reply;
};

const Capture siv{
    .algorithm = Algorithm::SivCmac256,
    .clientToServer = "8124b2817ddcbe8d7aca0b7856598be242f44a5374b0fd01dd2411e3e41837f3",
    .serverToClient = "6c0ab516badc7aeb097312ce88055400db9cb9d19949c5813ec04531049dad3b",
    .cookie = "8c44b2578acf27236fbb3bf228ad17b64ef6d405c7b1122742b788bb7ded3d0b71aff10e0b278ffd792ab94480f2e6d36077b1ce"
              "7bfae24f87b8190c157f5bb22e573d087c197a229d87c7067fdb1928935600c3f3cf604374e3d50bc59dcb5c",
    .uniqueIdentifier = "4b4271ddffa1712b3535d32bce26a094f2d5221984dc1fb2d95370650d68b95f",
    .nonce = "33e59417ef0f55ebb81ec6900f4ccaa6",
    .request =
        "230000000000000000000000000000000000000000000000000000000000000000000000000000000123456789abcdef01040024"
        "4b4271ddffa1712b3535d32bce26a094f2d5221984dc1fb2d95370650d68b95f020400648c44b2578acf27236fbb3bf228ad17b6"
        "4ef6d405c7b1122742b788bb7ded3d0b71aff10e0b278ffd792ab94480f2e6d36077b1ce7bfae24f87b8190c157f5bb22e573d08"
        "7c197a229d87c7067fdb1928935600c3f3cf604374e3d50bc59dcb5c030400640000000000000000000000000000000000000000"
        "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        "000000000000000000000000000000000000000000000000040400280010001033e59417ef0f55ebb81ec6900f4ccaa63e0bd1fc"
        "ae3a25e1c5d7077c63650ab5",
    .reply = "240100e700000000000000007f7f0101eeb1c8e45504e3d00123456789abcdefeeb1c8e619055a9deeb1c8e61909f94c01040024"
             "4b4271ddffa1712b3535d32bce26a094f2d5221984dc1fb2d95370650d68b95f040400f0001000d8ac1487d585757b30d7e2ffab"
             "9504309d588c852f974e67c453eed51b30b77564c76931a8fc2456419af53fbd81dc8c5b444c1f9243ea80a37c7b1e0d80cf30b8"
             "789527d7e341eb957b4335a5b56572d9cfe2c28af06dce25c25819a54302be134337d1a79f068190e7188b74a5fcc6b965a1d97e"
             "5f22b110c4619a59ebbec7e9fc2f7b612f875036f1c0ff35addd9f1c657c3e49ca7f54afba1e838398ccf406055b049837166015"
             "7438ac5112060b23702bd8caea9a5c768bbfd5afe46d4c227aaf6f878bbd9891386db8f3444c0d1f44bb594bb9883635f7b95dce"
             "719cdadb90c9267fe0f15b11",
};

const Capture gcmSiv{
    .algorithm = Algorithm::Gcm128Siv,
    .clientToServer = "7ce4904a82bf36aafd27bd7f7e02cb3c",
    .serverToClient = "106ac20ab6fb90f83d2522f7af34817d",
    .cookie = "3356ca2f1a0ad0de522336fb86be73ef98e6f0968efb1e9780fea66e479cbccfd6ee0e5cf7f5e6bc77a33e681e650ddf204afedd"
              "10a4a745a891eb7707ba1366",
    .uniqueIdentifier = "7e409bdce866b3580cfa0adf4904171f63eb4771b428885ac51d58bc690e1e03",
    .nonce = "73ed16b12493c75e4e0bc293a94188d0",
    .request =
        "230000000000000000000000000000000000000000000000000000000000000000000000000000000123456789abcdef01040024"
        "7e409bdce866b3580cfa0adf4904171f63eb4771b428885ac51d58bc690e1e03020400443356ca2f1a0ad0de522336fb86be73ef"
        "98e6f0968efb1e9780fea66e479cbccfd6ee0e5cf7f5e6bc77a33e681e650ddf204afedd10a4a745a891eb7707ba136603040044"
        "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        "00000000000000000000000004040024000c001073ed16b12493c75e4e0bc293aa0a4af36d0316c18d89a36154788c0c",
    .reply = "240100e700000000000000007f7f0101eeb1c8e53ef356970123456789abcdefeeb1c8e65eb94641eeb1c8e65ebd592001040024"
             "7e409bdce866b3580cfa0adf4904171f63eb4771b428885ac51d58bc690e1e03040400ac000c00988a3786346a8f3948181dc3cf"
             "db8854af001f57fb06a870d77e0d103eee1b1cd49430dcdfa18272f127e0829c3c6922bd789d1e89bffc07351200a32301daa361"
             "df48a9b6f4263a9340042ab3026579a185fe47963c7e8ce44c1b63919d65257d3f7a3ad7d9987ccc69c9fbd8a25d915f152f98e4"
             "d608a83370abe8d58e5cc28c391d1e4f9ce9cb60b4b9332efe829a9460ffed196fe9b58bbbf77ef311cf18b23a6644fa",
};

const Capture& captureOf(Algorithm algorithm)
{
    return algorithm == Algorithm::SivCmac256 ? siv : gcmSiv;
}

// As it was before the request: the cookie that was sent, and six others, so that one is missing.
Session sessionOf(const Capture& capture)
{
    std::vector<Cookie> cookies(7, fromHex(capture.cookie));
    for (std::size_t i = 1; i < cookies.size(); ++i) {
        cookies[i].back() ^= static_cast<std::byte>(i);
    }
    return {capture.algorithm,
        {.clientToServer = Secret{fromHex(capture.clientToServer)},
            .serverToClient = Secret{fromHex(capture.serverToClient)}},
        std::move(cookies)};
}

RequestRandom randomOf(const Capture& capture)
{
    RequestRandom random;
    std::ranges::copy(fromHex(capture.uniqueIdentifier), random.uniqueIdentifier.begin());
    std::ranges::copy(fromHex(capture.nonce), random.nonce.begin());
    return random;
}

} // namespace

class TestCapturedExchange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isMadeAgainAndBelieved_data();
    void isMadeAgainAndBelieved();
};

void TestCapturedExchange::isMadeAgainAndBelieved_data()
{
    QTest::addColumn<Algorithm>("algorithm");
    QTest::newRow("AES-SIV-CMAC-256") << Algorithm::SivCmac256;
    QTest::newRow("AES-128-GCM-SIV") << Algorithm::Gcm128Siv;
}

void TestCapturedExchange::isMadeAgainAndBelieved()
{
    QFETCH(const Algorithm, algorithm);
    const Capture& capture = captureOf(algorithm);
    Session session = sessionOf(capture);
    const auto header = foliot::ntp::serializeHeader(
        {.mode = foliot::ntp::Mode::Client, .transmit = foliot::ntp::Timestamp{0x0123456789abcdef}});
    const auto request = session.protect(header, randomOf(capture));
    QVERIFY(request);
    QCOMPARE(toHex(*request), toHex(fromHex(capture.request)));
    QCOMPARE(session.cookieCount(), 6UZ);

    const auto reply = fromHex(capture.reply);
    QCOMPARE(reply.size(), request->size());
    QVERIFY(std::holds_alternative<Session::Authentic>(session.judge(reply)));
    QCOMPARE(session.cookieCount(), wantedCookies);
    const auto answer = foliot::ntp::parseHeader(reply);
    QCOMPARE(answer->origin.bits(), 0x0123456789abcdefUL);
    QCOMPARE(answer->stratum, 1);
}

QTEST_APPLESS_MAIN(TestCapturedExchange)
#include "test_captured_exchange.moc"
