// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is left in memory of files that hold secrets. Which files are taken, and what is said of the others, the tests of
// those who read them show.

#include "files/regular_file.h"
#include "files/wiped.h"
#include "support/freed_memory.h"

#include <QTest>

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace foliot::files;
using foliot::tests::FreedMemory;

namespace {

// So many pieces of memory, each with a line of its own in /proc/self/maps.
class ManyMappings {
public:
    explicit ManyMappings(std::size_t count)
        : m_octets(count * pageOctets())
        , m_begin(::mmap(nullptr, m_octets, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
    {
        for (std::size_t page = 0; page < count; page += 2)
            ::mprotect(static_cast<char*>(m_begin) + page * pageOctets(), pageOctets(), PROT_READ);
    }
    ~ManyMappings() { ::munmap(m_begin, m_octets); }
    Q_DISABLE_COPY_MOVE(ManyMappings)

private:
    static std::size_t pageOctets() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }

    std::size_t m_octets;
    void* m_begin;
};

// Unbuffered: nothing of it is left on the heap.
std::string_view beginningOf(const char* path)
{
    static std::array<char, 48> octets;
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    const auto count = ::read(file, octets.data(), octets.size());
    ::close(file);
    return {octets.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

} // namespace

class TestFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lettersAreWipedWhenTheScopeEnds()
    {
        std::string text(100, 'x');
        {
            const Wiped wiped(text);
            QCOMPARE(text, std::string(100, 'x'));
        }
        QCOMPARE(text, std::string(100, '\0'));
    }

    void fileThatTurnsOutLargerLeavesNothingInMemory_data()
    {
        QTest::addColumn<std::size_t>("mostMebibytes");
        QTest::newRow("and is read") << 16UZ;
        QTest::newRow("than it may be") << 1UZ;
    }

    // A file of the kernel's, whose size is 0 until it is read.
    void fileThatTurnsOutLargerLeavesNothingInMemory()
    {
        QFETCH(const std::size_t, mostMebibytes);
        const char* const file = "/proc/self/maps";
        const ManyMappings mappings(24'000); // of 49 letters each
        const auto beginning = beginningOf(file);
        QCOMPARE(beginning.size(), 48UZ);
        const FreedMemory freed(beginning);
        const auto content = readRegularFile(file, mostMebibytes);
        QCOMPARE(freed.timesFound(), 0);
        QCOMPARE(content.has_value(), mostMebibytes > 1);
        QVERIFY(!content || content->text.starts_with(beginning));
        QVERIFY(content || content.error() == "larger than 1 MiB");
    }
};

QTEST_APPLESS_MAIN(TestFiles)
#include "test_files.moc"
