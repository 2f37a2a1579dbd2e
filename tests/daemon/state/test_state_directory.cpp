// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/state_directory.h"

#include "daemon/state/own_disk.h"
#include "support/freed_memory.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <random>

using namespace foliot::daemon;
using foliot::test::fill;
using foliot::test::makeReadOnly;
using foliot::test::withOwnDisk;

namespace {

void leave(const std::filesystem::path& file, std::string_view content)
{
    std::ofstream(file, std::ios::binary) << content;
}

std::vector<std::string> filesIn(const std::filesystem::path& folder)
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename());
    return names;
}

} // namespace

class TestStateDirectory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder.emplace(); }

    void writtenFileReadsBack()
    {
        const auto state = StateDirectory::open(path()).value();
        QVERIFY(state.write("drift", "1\n"));
        QVERIFY(state.write("drift", "2\n"));
        QCOMPARE(state.read("drift").value(), "2\n");
        QCOMPARE(filesIn(path()), std::vector<std::string>{"drift"});
    }

    void secretIsForTheOwnerAlone()
    {
        const auto state = StateDirectory::open(path()).value();
        QVERIFY(state.write("keys", "x\n")); // with the mode of other files
        QVERIFY(state.writeSecret("keys", "1\n"));
        QCOMPARE(state.read("keys").value(), "1\n");
        using std::filesystem::perms;
        QVERIFY(std::filesystem::status(path() / "keys").permissions() == (perms::owner_read | perms::owner_write));
    }

    void removedFileIsGone()
    {
        const auto state = StateDirectory::open(path()).value();
        QVERIFY(state.write("drift", "1\n"));
        QVERIFY(state.remove("drift"));
        QVERIFY(filesIn(path()).empty());
        QVERIFY(state.remove("drift"));
        std::filesystem::create_directory(path() / "folder");
        QVERIFY(state.remove("folder").error().message.starts_with("folder: cannot be removed"));
    }

    void folderIsMadeWhenAbsent()
    {
        const auto folder = path() / "foliot";
        QVERIFY(StateDirectory::open(folder)->write("drift", "1\n"));
        QVERIFY(std::filesystem::exists(folder / "drift"));
    }

    void absentFileReadsAsNothing() { QVERIFY(!StateDirectory::open(path())->read("drift").value()); }

    void folderThatIsAFileIsAnError()
    {
        leave(path() / "x", "");
        QCOMPARE(StateDirectory::open(path() / "x").error().message,
            (path() / "x").string() + ": cannot be opened: Not a directory");
    }

    void foreignKindsOfFilesAreNotRead_80()
    {
        const auto state = StateDirectory::open(path()).value();
        leave(path() / "target", "secret");
        std::filesystem::create_symlink(path() / "target", path() / "link");
        QCOMPARE(state.read("link").error().message,
            std::string("link: cannot be opened: Too many levels of symbolic links"));
        QCOMPARE(::mkfifo((path() / "fifo").c_str(), 0600), 0); // opening it must not wait for a writer
        QCOMPARE(state.read("fifo").error().message, std::string("fifo: not a regular file"));
        std::filesystem::create_directory(path() / "folder");
        QCOMPARE(state.read("folder").error().message, std::string("folder: not a regular file"));
        leave(path() / "huge", "");
        std::filesystem::resize_file(path() / "huge", 1 << 30);
        QCOMPARE(state.read("huge").error().message, std::string("huge: larger than 1 MiB"));
    }

    void secretThatWasReadIsInNoMemoryThatWasGivenBack()
    {
        constexpr std::string_view secret = "key 1 of 000102030405060708090a0b0c0d0e0f101112131415161718191a1b\n";
        const auto state = StateDirectory::open(path()).value();
        QVERIFY(state.writeSecret("keys", secret));
        const foliot::tests::FreedMemory freed(secret);
        const auto content = state.read("keys");
        QCOMPARE(freed.timesFound(), 0);
        QCOMPARE(content.value(), std::string(secret));
    }

    void linkIsReplacedAndItsTargetSpared_80()
    {
        const auto state = StateDirectory::open(path()).value();
        leave(path() / "target", "precious");
        std::filesystem::create_symlink(path() / "target", path() / "drift");
        std::filesystem::create_symlink(path() / "target", path() / ".drift.new");
        QVERIFY(state.write("drift", "1\n"));
        QCOMPARE(state.read("drift").value(), "1\n");
        QCOMPARE(state.read("target").value(), "precious");
    }

    // Each state that a process killed between two steps of write() leaves behind.
    void killedWriteLeavesTheOldFileAndTheNextWriteWorks_81_data()
    {
        QTest::addColumn<QByteArray>("draft");
        QTest::newRow("draft made") << QByteArray("");
        QTest::newRow("draft half written") << QByteArray("ne");
        QTest::newRow("draft written, not renamed") << QByteArray("new\n");
    }
    void killedWriteLeavesTheOldFileAndTheNextWriteWorks_81()
    {
        QFETCH(QByteArray, draft);
        leave(path() / "drift", "old\n");
        leave(path() / ".drift.new", draft.toStdString());
        const auto state = StateDirectory::open(path()).value();
        QCOMPARE(state.read("drift").value(), "old\n");
        QVERIFY(state.write("drift", "newer\n"));
        QCOMPARE(state.read("drift").value(), "newer\n");
        QCOMPARE(filesIn(path()), std::vector<std::string>{"drift"});
    }

    void fileIsWholeWheneverTheWriterIsKilled_81()
    {
        constexpr int kills = 1000;
        const auto state = StateDirectory::open(path()).value();
        QVERIFY(state.write("drift", std::string(20000, 'a')));
        std::mt19937 random(1);
        std::uniform_int_distribution<int> microseconds(0, 300); // a write takes about 40
        for (int i = 0; i < kills; ++i) {
            std::array<int, 2> begun{};
            QCOMPARE(::pipe(begun.data()), 0);
            const auto writer = ::fork();
            if (writer == 0) {
                if (::write(begun[1], "x", 1) != 1)
                    ::_exit(1);
                for (char letter = 'a';; letter = letter == 'z' ? 'a' : static_cast<char>(letter + 1))
                    if (!state.write("drift", std::string(20000, letter)))
                        ::_exit(1);
            }
            char octet = 0;
            QCOMPARE(::read(begun[0], &octet, 1), 1);
            const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(microseconds(random));
            while (std::chrono::steady_clock::now() < until) {} // finer than any timer
            QCOMPARE(::kill(writer, SIGKILL), 0);
            int status = 0;
            QCOMPARE(::waitpid(writer, &status, 0), writer);
            ::close(begun[0]);
            ::close(begun[1]);
            QVERIFY(WIFSIGNALED(status));
            const auto content = state.read("drift").value().value();
            QCOMPARE(content, std::string(20000, content.front()));
        }
    }

    void fullDiskLeavesTheOldFile_81()
    {
        const auto failure = withOwnDisk(64, [](const std::filesystem::path& disk) -> std::string {
            const auto state = StateDirectory::open(disk);
            if (!state || !state->write("drift", "old\n"))
                return "cannot begin";
            fill(disk);
            const auto written = state->write("drift", std::string(8192, 'n'));
            if (written || written.error().message != "drift: cannot be written: No space left on device")
                return "write: " + (written ? "succeeded" : written.error().message);
            if (state->read("drift").value() != "old\n")
                return "the old file is gone";
            if (std::filesystem::exists(disk / ".drift.new"))
                return "the draft is still there";
            std::filesystem::remove(disk / "filler");
            return state->write("drift", "new\n") ? "" : "no recovery";
        });
        if (!failure)
            QSKIP("no mount namespace here");
        QCOMPARE(*failure, std::string());
    }

    void readOnlyDiskLeavesTheOldFile_81()
    {
        const auto failure = withOwnDisk(64, [](const std::filesystem::path& disk) -> std::string {
            const auto state = StateDirectory::open(disk);
            if (!state || !state->write("drift", "old\n") || !makeReadOnly(disk))
                return "cannot begin";
            const auto written = state->write("drift", "new\n");
            if (written || written.error().message != "drift: cannot be written: Read-only file system")
                return "write: " + (written ? "succeeded" : written.error().message);
            return state->read("drift").value() == "old\n" ? "" : "the old file is gone";
        });
        if (!failure)
            QSKIP("no mount namespace here");
        QCOMPARE(*failure, std::string());
    }

    void writeCutShortByALimitLeavesTheOldFile_81()
    {
        const auto state = StateDirectory::open(path()).value();
        QVERIFY(state.write("drift", "old\n"));
        const auto child = ::fork();
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{.rlim_cur = 4096, .rlim_max = 4096};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            const auto written = state.write("drift", std::string(8192, 'n')); // 4096 octets go through
            ::_exit(!written && written.error().message == "drift: cannot be written: File too large" ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        QCOMPARE(state.read("drift").value(), "old\n");
        QCOMPARE(filesIn(path()), std::vector<std::string>{"drift"});
    }

private:
    std::filesystem::path path() const { return m_folder->path().toStdString(); }

    std::optional<QTemporaryDir> m_folder;
};

QTEST_APPLESS_MAIN(TestStateDirectory)
#include "test_state_directory.moc"
