// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/source_registry.h"

#include "daemon/state/own_disk.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <format>
#include <random>
#include <set>

using namespace foliot;
using namespace foliot::daemon;
using config::Source;
using foliot::test::fill;
using foliot::test::makeReadOnly;
using foliot::test::withOwnDisk;

namespace {

Source source(const std::string& address, std::uint16_t port = 123)
{
    return {.address = address, .port = port};
}

std::vector<std::string> addressesOf(const SourceRegistry& registry)
{
    std::vector<std::string> addresses;
    for (const auto& kept : registry.kept())
        addresses.push_back(kept.settings.address);
    return addresses;
}

using Addresses = std::vector<std::string>;

} // namespace

class TestSourceRegistry : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        m_state.emplace(StateDirectory::open(m_folder->path().toStdString()).value());
    }

    void idsOutliveARestart()
    {
        sync::SourceId a, b, member;
        {
            SourceRegistry registry(&*m_state);
            a = registry.idFor(source("a.example"));
            b = registry.idFor(source("b.example"));
            member = registry.idFor(Source{.address = "pool.example", .pool = true}, 3);
        }
        SourceRegistry registry(&*m_state);
        QVERIFY(registry.idFor(Source{.address = "pool.example", .pool = true}, 3) == member);
        QVERIFY(registry.idFor(source("b.example")) == b);
        QVERIFY(registry.idFor(source("a.example")) == a);
        QVERIFY(registry.complaints().empty());
    }

    void idsAreWrittenSoonWithoutBeingAskedTo()
    {
        SourceRegistry registry(&*m_state);
        const auto id = registry.idFor(source("a.example"));
        QTRY_VERIFY(m_state->read("source-ids").value().has_value());
        SourceRegistry afterKill(&*m_state);
        QVERIFY(afterKill.idFor(source("a.example")) == id);
    }

    void differentSourcesHaveDifferentIds()
    {
        SourceRegistry registry(nullptr);
        const Source pool{.address = "a.example", .pool = true};
        const std::set<sync::SourceId> ids{registry.idFor(source("a.example")),
            registry.idFor(source("a.example", 124)), registry.idFor(source("b.example")), registry.idFor(pool, 0),
            registry.idFor(pool, 1), registry.idFor(source("::1")), registry.idFor(source("fe80::1%eth0")),
            registry.idFor(source("fe80::1%eth1")), registry.idFor(source("127.0.0.1"))};
        QCOMPARE(ids.size(), std::size_t(9));
        QVERIFY(ids.begin()->value > 0);
    }

    void sameSourceHasOneIdHoweverWritten()
    {
        SourceRegistry registry(nullptr);
        QVERIFY(registry.idFor(source("Time.Example.")) == registry.idFor(source("time.example")));
        QVERIFY(registry.idFor(source("0:0::1")) == registry.idFor(source("::1")));
    }

    void idOfAForgottenSourceIsNotGivenAgain()
    {
        std::set<std::uint32_t> given;
        for (int start = 0; start < 5; ++start) {
            SourceRegistry registry(&*m_state);
            for (int i = 0; i < 10; ++i)
                given.insert(registry.idFor(source(std::format("s{}.start{}.example", i, start))).value);
        }
        QCOMPARE(given.size(), std::size_t(50));
    }

    void memoryIsBoundedAndTheLongestUnusedGoFirst()
    {
        sync::SourceId old, used;
        {
            SourceRegistry registry(&*m_state);
            old = registry.idFor(source("old.example"));
            used = registry.idFor(source("used.example"));
        }
        {
            SourceRegistry registry(&*m_state);
            QVERIFY(registry.idFor(source("used.example")) == used);
            for (std::size_t i = 0; i < SourceRegistry::mostRemembered - 1; ++i)
                registry.idFor(source(std::format("s{}.example", i)));
        }
        QVERIFY(m_state->read("source-ids").value()->size() < 64 * 1024);
        SourceRegistry registry(&*m_state);
        QVERIFY(registry.idFor(source("used.example")) == used);
        QVERIFY(registry.idFor(source("old.example")) != old);
    }

    void keptSourcesOutliveARestartWithTheirSettings()
    {
        const Source full{
            .address = "2001:db8::1", .port = 1123, .minPoll = 4, .maxPoll = 6, .burst = false, .prefer = true};
        sync::SourceId id;
        {
            SourceRegistry registry(&*m_state);
            id = registry.keep(full).value();
            QVERIFY(registry.keep(source("b.example")));
        }
        const SourceRegistry registry(&*m_state);
        QCOMPARE(registry.kept().size(), std::size_t(2));
        QVERIFY(registry.kept().front() == (SourceRegistry::Kept{.id = id, .settings = full}));
        QVERIFY(registry.complaints().empty());
    }

    void keepingAgainChangesTheSettings()
    {
        SourceRegistry registry(&*m_state);
        const auto id = registry.keep(source("a.example")).value();
        QVERIFY(registry.keep(Source{.address = "A.example", .prefer = true}).value() == id);
        QCOMPARE(registry.kept().size(), std::size_t(1));
        QVERIFY(SourceRegistry(&*m_state).kept().front().settings.prefer);
    }

    void forgottenSourceIsGoneAfterARestartAndItsIdIsNot()
    {
        sync::SourceId id;
        {
            SourceRegistry registry(&*m_state);
            id = registry.keep(source("a.example")).value();
            QVERIFY(registry.keep(source("b.example")));
            QCOMPARE(registry.forget(id).value(), true);
            QCOMPARE(registry.forget(id).value(), false);
            QCOMPARE(registry.forget({4711}).value(), false);
        }
        SourceRegistry registry(&*m_state);
        QCOMPARE(addressesOf(registry), Addresses{"b.example"});
        QVERIFY(registry.idFor(source("a.example")) == id);
    }

    void poolIsForgottenByAnyOfItsMembers()
    {
        SourceRegistry registry(&*m_state);
        const Source pool{.address = "pool.example", .pool = true};
        QVERIFY(registry.keep(pool));
        QVERIFY(registry.keep(source("pool.example")));
        QCOMPARE(registry.forget(registry.idFor(pool, 2)).value(), true);
        QCOMPARE(registry.kept().size(), std::size_t(1));
        QVERIFY(!registry.kept().front().settings.pool);
    }

    void keptSourcesAreBounded()
    {
        SourceRegistry registry(&*m_state);
        for (std::size_t i = 0; i < SourceRegistry::mostKept; ++i)
            QVERIFY(registry.keep(source(std::format("s{}.example", i))));
        QCOMPARE(
            registry.keep(source("more.example")).error().message, std::string("sources.toml: full with 64 sources"));
    }

    void badEntriesCostNoGoodOnes()
    {
        QVERIFY(m_state->write("sources.toml", "garbage = = \n"
                                               "[[source]]\naddress = \"a.example\"\n"
                                               "[[source]]\naddress = \"1.2.3\"\n"
                                               "[[source]]\naddress = \"b.example\"\nfuture-setting = 5\n"
                                               "[[source]]\n\x01\n"
                                               "[[source]]\naddress = \"c.example\"\n"
                                               "[[source]]\naddress = \"c.example\"\n" // twice
                                               "[[source]]\naddress = \"d.exam"));     // cut off
        {
            SourceRegistry registry(&*m_state);
            QCOMPARE(addressesOf(registry), (Addresses{"a.example", "c.example"}));
            QCOMPARE(registry.complaints().size(), std::size_t(5));
            QVERIFY(registry.keep(source("e.example")));
        }
        const auto content = m_state->read("sources.toml").value().value();
        QVERIFY(content.contains("future-setting = 5"));
        QVERIFY(!content.contains("garbage"));
        for (int i = 0; i < 3; ++i) {
            SourceRegistry registry(&*m_state);
            QCOMPARE(addressesOf(registry), (Addresses{"a.example", "c.example", "e.example"}));
            QVERIFY(registry.keep(source("e.example")));
        }
        QCOMPARE(m_state->read("sources.toml").value().value().size(), content.size()); // nothing piles up
    }

    void unreadableFileIsNotOverwritten()
    {
        std::filesystem::create_directory(m_state->path() / "sources.toml");
        SourceRegistry registry(&*m_state);
        QCOMPARE(registry.keep(source("a.example")).error().message, std::string("sources.toml: not a regular file"));
        QVERIFY(registry.kept().empty());
    }

    void hostileIdFileIsTolerated_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("id"); // of a.example; 0: any
        const QByteArray header = "foliot-source-ids 1\n";
        QTest::newRow("empty") << QByteArray() << 1;
        QTest::newRow("garbage") << QByteArray(1000, '\xff') << 1;
        QTest::newRow("header alone") << header << 1;
        QTest::newRow("id 0") << header + "next 5\nstart 1\nid 0 1 123 -1 a.example\n" << 5;
        QTest::newRow("id twice") << header + "next 9\nstart 1\nid 3 1 123 -1 b.example\nid 3 1 123 -1 a.example\n"
                                  << 9;
        QTest::newRow("next cut off") << header + "id 7 1 123 -1 b.example\n" << 8;
        QTest::newRow("next behind") << header + "next 2\nstart 1\nid 7 1 123 -1 b.example\n" << 8;
        QTest::newRow("at the end") << header + "next 4294967295\nstart 1\nid 4294967294 1 123 -1 b.example\n" << -1;
        QTest::newRow("wrapped") << header +
                                        "next 1\nstart 1\nid 4294967295 1 123 -1 b.example\nid 1 1 123 -1 c.example\n"
                                 << 2;
        QTest::newRow("start at its end") << header + "next 5\nstart 18446744073709551615\nid 4 1 123 -1 a.example\n"
                                          << 4;
        QTest::newRow("port too large") << header + "next 5\nstart 1\nid 4 1 70000 -1 a.example\n" << 5;
        QTest::newRow("good line among bad") << header + "next 5\nid x\nid\n\nid 4 1 123 -1 a.example\nid 4" << 4;
    }
    void hostileIdFileIsTolerated()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, id);
        QVERIFY(m_state->write("source-ids", content.toStdString()));
        {
            SourceRegistry registry(&*m_state);
            QCOMPARE(static_cast<int>(registry.idFor(source("a.example")).value), id);
        }
        SourceRegistry again(&*m_state);
        QCOMPARE(static_cast<int>(again.idFor(source("a.example")).value), id);
        QVERIFY(again.complaints().empty());
        const auto next = again.idFor(source("new.example")).value;
        QVERIFY(next != 0 && static_cast<int>(next) != id);
    }

    void anyCutOfTheFilesIsTolerated_81()
    {
        {
            SourceRegistry registry(&*m_state);
            for (const char* name : {"a.example", "b.example", "c.example"})
                QVERIFY(registry.keep(source(name)));
        }
        const auto ids = m_state->read("source-ids").value().value();
        const auto sources = m_state->read("sources.toml").value().value();
        for (std::size_t length = 0; length <= sources.size(); ++length) {
            QVERIFY(m_state->write("sources.toml", sources.substr(0, length)));
            QVERIFY(m_state->write("source-ids", ids.substr(0, std::min(length, ids.size()))));
            SourceRegistry registry(&*m_state);
            const auto whole = sources.substr(0, length);
            // Entries that end before the cut are all there.
            const auto entries =
                std::min<std::size_t>(3, static_cast<std::size_t>(std::count(whole.begin(), whole.end(), '"')) / 2);
            QCOMPARE(registry.kept().size(), entries);
            QVERIFY(registry.keep(source("a.example")));
        }
    }

    void withoutAFolderNothingIsKeptAndIdsWork()
    {
        SourceRegistry registry(nullptr);
        QVERIFY(registry.idFor(source("a.example")) == registry.idFor(source("a.example")));
        QCOMPARE(registry.keep(source("a.example")).error().message, std::string("no state directory is configured"));
        QVERIFY(registry.kept().empty());
    }

    void fullDiskCostsNothingThatWasKept_81()
    {
        const auto failure = withOwnDisk(64, [](const std::filesystem::path& disk) -> std::string {
            const auto state = StateDirectory::open(disk);
            {
                SourceRegistry registry(&*state);
                if (!registry.keep(source("a.example")))
                    return "cannot begin";
            }
            fill(disk);
            {
                SourceRegistry registry(&*state);
                const auto kept = registry.keep(source("b.example"));
                if (kept || kept.error().message != "sources.toml: cannot be written: No space left on device")
                    return "keep: " + (kept ? "succeeded" : kept.error().message);
                if (addressesOf(registry) != Addresses{"a.example"})
                    return "b.example is said to be kept";
                if (registry.forget(registry.idFor(source("a.example"))))
                    return "forget succeeded";
                registry.flush();
                if (registry.complaints() != Addresses{"source-ids: cannot be written: No space left on device"})
                    return "no complaint, or too many";
            }
            return addressesOf(SourceRegistry(&*state)) == Addresses{"a.example"} ? "" : "a.example is gone";
        });
        if (!failure)
            QSKIP("no mount namespace here");
        QCOMPARE(*failure, std::string());
    }

    void idsAreWrittenOnceTheDiskHasRoomAgain_81()
    {
        const auto failure = withOwnDisk(64, [](const std::filesystem::path& disk) -> std::string {
            const auto state = StateDirectory::open(disk);
            std::vector<std::string> told;
            SourceRegistry registry(&*state);
            registry.tellProblems([&](const std::string& problem) { told.push_back(problem); });
            fill(disk);
            const auto id = registry.idFor(source("a.example"));
            registry.flush();
            std::filesystem::remove(disk / "filler");
            registry.flush(); // as it does by itself from time to time, and at its end
            if (told != Addresses{"source-ids: cannot be written: No space left on device", ""})
                return "told " + std::to_string(told.size()) + " things";
            return SourceRegistry(&*state).idFor(source("a.example")) == id ? "" : "another id after a restart";
        });
        if (!failure)
            QSKIP("no mount namespace here");
        QCOMPARE(*failure, std::string());
    }

private:
    std::optional<QTemporaryDir> m_folder;
    std::optional<StateDirectory> m_state;
};

QTEST_GUILESS_MAIN(TestSourceRegistry)
#include "test_source_registry.moc"
