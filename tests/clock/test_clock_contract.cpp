// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clock/contract.h"
#include "clock/file.h"

#include <QTemporaryDir>
#include <QTest>

#include <vector>

#include <sys/stat.h>

using namespace foliot::clock;

class TestClockContract : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestSurvivesTheSocket();
    void otherLengthIsRefused();
    void otherVersionIsRefused();
    void fieldsLieWhereTheOtherEndExpectsThem();
    void absentFileIsNotAnEmptyOne();
    void replacedFileHoldsTheNewContentAlone();
    void failedReplacementLeavesTheOldContent();
    void linkAndPipeAreNotFollowed();
};

namespace {

std::vector<std::byte> octets(const auto& message)
{
    const auto view = std::as_bytes(std::span(&message, 1));
    return {view.begin(), view.end()};
}

} // namespace

void TestClockContract::requestSurvivesTheSocket()
{
    const Request request{
        .kind = RequestKind::Steer, .number = 7, .baseFrequencyPpm = -12.5, .extraRatePpm = 100.0, .extraForNs = 3};
    QCOMPARE(readRequest(octets(request)), request);
    const Reply reply{.fault = Fault::StepRefused, .number = 7, .kind = RequestKind::Step};
    QCOMPARE(readReply(octets(reply)), reply);
}

void TestClockContract::otherLengthIsRefused()
{
    auto message = octets(Request{});
    message.push_back({});
    QVERIFY(!readRequest(message));
    message.resize(message.size() - 2);
    QVERIFY(!readRequest(message));
    QVERIFY(!readRequest({}));
}

void TestClockContract::otherVersionIsRefused()
{
    QVERIFY(!readRequest(octets(Request{.version = contractVersion + 1})));
    QVERIFY(!readReply(octets(Reply{.version = 0})));
}

void TestClockContract::fieldsLieWhereTheOtherEndExpectsThem()
{
    Request request{.kind = RequestKind::Permit, .number = 0x0102030405060708, .stepNs = -2};
    request.person = {':', '1', '.', '9'};
    request.mayInteract = 7;
    const auto message = octets(request);
    QCOMPARE(message.at(0), std::byte{3});     // version, little end first on every machine this runs on
    QCOMPARE(message.at(4), std::byte{5});     // kind
    QCOMPARE(message.at(8), std::byte{8});     // number
    QCOMPARE(message.at(40), std::byte{0xfe}); // stepNs
    QCOMPARE(message.at(72), std::byte{':'});  // person
    QCOMPARE(message.at(100), std::byte{7});   // mayInteract
    const auto status = octets(Request{.kind = RequestKind::Status, .synchronized = 1, .taiMinusUtc = 0x0125});
    QCOMPARE(status.at(48), std::byte{1});    // synchronized
    QCOMPARE(status.at(50), std::byte{0x25}); // taiMinusUtc
    QCOMPARE(status.at(51), std::byte{1});
}

void TestClockContract::absentFileIsNotAnEmptyOne()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath("file").toStdString();
    QVERIFY(!readFile(path));
    QVERIFY(replaceFile(path, ""));
    QCOMPARE(readFile(path), std::string());
}

void TestClockContract::replacedFileHoldsTheNewContentAlone()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath("file").toStdString();
    QVERIFY(replaceFile(path, "a longer text\n"));
    QVERIFY(replaceFile(path, "short\n"));
    QCOMPARE(readFile(path), std::string("short\n"));
    QVERIFY(!readFile(path + ".new"));
}

void TestClockContract::failedReplacementLeavesTheOldContent()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath("file").toStdString();
    QVERIFY(replaceFile(path, "old\n"));
    QCOMPARE(::mkdir((path + ".new").c_str(), 0700), 0); // the new file cannot be made
    QVERIFY(!replaceFile(path, "new\n"));
    QCOMPARE(readFile(path), std::string("old\n"));
}

void TestClockContract::linkAndPipeAreNotFollowed()
{
    const QTemporaryDir directory;
    const std::string target = directory.filePath("target").toStdString();
    QVERIFY(replaceFile(target, "secret\n"));
    const std::string link = directory.filePath("link").toStdString();
    QCOMPARE(::symlink(target.c_str(), link.c_str()), 0);
    QCOMPARE(readFile(link), std::string());
    QVERIFY(replaceFile(link, "mine\n"));
    QCOMPARE(readFile(target), std::string("secret\n"));

    const std::string pipe = directory.filePath("pipe").toStdString();
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    QCOMPARE(readFile(pipe), std::string()); // at once
}

QTEST_GUILESS_MAIN(TestClockContract)
#include "test_clock_contract.moc"
