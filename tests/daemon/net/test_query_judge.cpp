// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// An answer that comes before the stamp of its request: FAULTS row 75 and rows 3 to 7 while it waits.

#include "daemon/net/query_judge.h"
#include "ntp/whole_reply.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t random = 0xFEDC'BA98'7654'3210;
const RealTime sendTime(1'800'000'000s);
const RawTime sendRaw(500s);

LocalStamp stampAt(Nanoseconds sinceSend, StampOrigin origin, Nanoseconds error)
{
    return {.raw = sendRaw + sinceSend, .real = sendTime + sinceSend, .origin = origin, .error = error};
}
const LocalStamp ownStamp = stampAt(0us, StampOrigin::UserSpace, 20us);
const LocalStamp kernelStamp = stampAt(12us, StampOrigin::Kernel, 100ns);
const LocalStamp arrival = stampAt(10ms, StampOrigin::Kernel, 100ns);

std::vector<std::byte> replyTo(const std::vector<std::byte>& request)
{
    const auto reply = ntp::serverReply(request, sendTime + 5ms, sendTime + 5ms + 10us,
        {.leap = ntp::LeapIndicator::None, .stratum = 1, .referenceTime = sendTime - 1s});
    return {reply->begin(), reply->end()};
}

struct Query {
    QueryJudge judge{4};
    std::vector<std::byte> reply;
};

Query validQuery()
{
    Query query;
    query.reply = replyTo(query.judge.request(random));
    query.judge.sent(ownStamp);
    return query;
}

} // namespace

class TestQueryJudge : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answerAfterItsStampIsMeasuredAtOnce()
    {
        Query query = validQuery();
        QVERIFY(!query.judge.stamped(kernelStamp));
        const auto outcome = query.judge.received(query.reply, arrival, {});
        QVERIFY(std::holds_alternative<ntp::Measurement>(outcome));
        QCOMPARE(std::get<ntp::Measurement>(outcome).localTransmit, kernelStamp);
    }

    void answerBeforeItsStampWaitsForIt()
    {
        Query query = validQuery();
        QVERIFY(std::holds_alternative<QueryJudge::AwaitsStamp>(query.judge.received(query.reply, arrival, {})));
        const auto outcome = query.judge.stamped(kernelStamp);
        QVERIFY(outcome && std::holds_alternative<ntp::Measurement>(*outcome));
        QCOMPARE(std::get<ntp::Measurement>(*outcome).localTransmit, kernelStamp);
        QCOMPARE(std::get<ntp::Measurement>(*outcome).localReceive, arrival);
    }

    void answerWhoseStampNeverComesSaysSo()
    {
        Query query = validQuery();
        query.judge.received(query.reply, arrival, {});
        const auto outcome = query.judge.stampIsMissing();
        QVERIFY(outcome && std::holds_alternative<ntp::Measurement>(*outcome));
        const LocalStamp& transmit = std::get<ntp::Measurement>(*outcome).localTransmit;
        QCOMPARE(transmit.origin, StampOrigin::UserSpace);
        QVERIFY(transmit.error > kernelStamp.error);
    }

    void forgedAnswerIsRejectedWhileTheStampIsMissing()
    {
        Query query = validQuery();
        std::vector<std::byte> forged = query.reply;
        forged[31] ^= std::byte{1}; // the last octet of the origin
        QCOMPARE(std::get<ntp::Rejection>(query.judge.received(forged, arrival, {})), ntp::Rejection::BogusOrigin);
        QVERIFY(std::holds_alternative<QueryJudge::AwaitsStamp>(query.judge.received(query.reply, arrival, {})));
    }

    void secondAnswerIsADuplicateWhileTheFirstWaits()
    {
        Query query = validQuery();
        query.judge.received(query.reply, arrival, {});
        QCOMPARE(std::get<ntp::Rejection>(query.judge.received(query.reply, arrival, {})), ntp::Rejection::Duplicate);
        const auto outcome = query.judge.stamped(kernelStamp);
        QVERIFY(outcome && std::holds_alternative<ntp::Measurement>(*outcome));
        QCOMPARE(std::get<ntp::Rejection>(query.judge.received(query.reply, arrival, {})), ntp::Rejection::Duplicate);
    }

    void kissNeedsNoStamp()
    {
        Query query = validQuery();
        query.reply[1] = std::byte{0}; // stratum
        const char code[] = "RATE";
        for (std::size_t i = 0; i < 4; ++i)
            query.reply[12 + i] = static_cast<std::byte>(code[i]);
        const auto outcome = query.judge.received(query.reply, arrival, {});
        QVERIFY(std::holds_alternative<ntp::Kiss>(outcome));
        QCOMPARE(std::get<ntp::Kiss>(outcome).code, ntp::KissCode::Rate);
    }

    void stampOfAnEndedQueryChangesNothing()
    {
        Query query = validQuery();
        query.judge.giveUp();
        QVERIFY(!query.judge.stamped(kernelStamp));
        QCOMPARE(std::get<ntp::Rejection>(query.judge.received(query.reply, arrival, {})), ntp::Rejection::Unsolicited);
    }
};

QTEST_GUILESS_MAIN(TestQueryJudge)
#include "test_query_judge.moc"
