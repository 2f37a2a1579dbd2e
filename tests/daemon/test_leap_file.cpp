// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list of leap seconds as a file that comes, changes, breaks and grows old. FAULTS row 74: an expired list is told.

#include "config/config.h"
#include "daemon/leap_file.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// With digests of another implementation.
const auto expiredList = "#$ 3\n#@ 2\n2272060800 10\n#h 041f7409 72e102a2 72cbb2dd 4b0dfaec bf21e5de\n"_ba;
const auto freshList =
    "#$ 3\n#@ 4000000000\n2272060800 10\n#h 8c075ce0 d7930e81 6bb827a9 6e734efc 6914cda8\n"_ba; // until 2026-10-03

} // namespace

class TestLeapFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_now = RealTime(std::chrono::sys_days{2026y / 3 / 1}.time_since_epoch());
        m_file = std::make_unique<LeapFile>([this] { return m_now; });
        m_changes = std::make_unique<QSignalSpy>(m_file.get(), &LeapFile::changed);
    }

    void listIsReadAndReadAgain()
    {
        write(freshList);
        m_file->read(path());
        QCOMPARE(m_changes->count(), 1);
        QCOMPARE(m_file->problem(), QString());
        QCOMPARE(m_file->list().changes.size(), 1U);
        m_file->readAgain();
        QCOMPARE(m_changes->count(), 1);
        write(expiredList);
        m_file->readAgain();
        QCOMPARE(m_changes->count(), 2);
        QCOMPARE(m_file->list().expires, RealTime(-2'208'988'798s));
    }

    void expiryIsTold()
    {
        write(freshList);
        m_now = RealTime(4'000'000'000s - 2'208'988'800s - 1ns);
        m_file->read(path());
        QCOMPARE(m_file->problem(), QString());
        m_now += 1ns;
        m_file->readAgain();
        QCOMPARE(m_file->problem(), QString::fromStdString(path().string()) +
                                        u": expired on 2026-10-03; an update of the system has a new one"_s);
        QCOMPARE(m_changes->count(), 2);
        QVERIFY(!m_file->list().changes.empty()); // what is past is known all the same
    }

    void brokenListLeavesTheOneBefore()
    {
        write(freshList);
        m_file->read(path());
        const ntp::LeapSeconds before = m_file->list();
        write("2272060800 10\n");
        m_file->readAgain();
        QVERIFY(m_file->problem().endsWith(u"the time of the last change is missing"_s));
        QCOMPARE(m_file->list(), before);
        QVERIFY(QFile::remove(QString::fromStdString(path().string())));
        m_file->readAgain();
        QVERIFY(m_file->problem().endsWith(u"No such file or directory"_s));
        QCOMPARE(m_file->list(), before);
    }

    void noListIsNoProblem()
    {
        write(freshList);
        m_file->read(path());
        m_file->read({});
        QCOMPARE(m_file->problem(), QString());
        QVERIFY(m_file->list().changes.empty());
        QCOMPARE(m_changes->count(), 2);
    }

    void listOfThisSystemIsTheUsualOne()
    {
        m_file->read(config::Leap{}.list);
        QCOMPARE(m_file->problem(), QString());
        QVERIFY(m_file->list().changes.size() >= 28);
    }

private:
    std::filesystem::path path() const { return m_folder.filePath(u"list"_s).toStdString(); }
    void write(const QByteArray& content) const
    {
        QFile file(QString::fromStdString(path().string()));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size());
    }

    QTemporaryDir m_folder;
    RealTime m_now;
    std::unique_ptr<LeapFile> m_file;
    std::unique_ptr<QSignalSpy> m_changes;
};

QTEST_GUILESS_MAIN(TestLeapFile)
#include "test_leap_file.moc"
