// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// as_unit UNIT-FILE PROGRAM [ARGUMENT...]
// Runs a program with what the service manager would leave it by that unit: as a user without privilege when the unit names
// one, with the unit's ambient and bounding capabilities, no_new_privs, and its SystemCallFilter. A call that the filter does not let through
// ends the program with SIGSYS, where the unit has it fail: nothing may depend on such a call. Where the user that runs the
// tests cannot do that, it says so as a QtTest program says that it skips.

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <grp.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

constexpr const char* unprivilegedUser = "nobody"; // known to everybody, as buses want it
constexpr int capabilities = 64;

struct NamedCall {
    std::string_view name;
    int number;
};
constexpr auto allCalls = std::to_array<NamedCall>({
#include "syscall_numbers.inc" // made from the compiler's headers
});

#if defined(__x86_64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t architecture = 0;
#endif

[[noreturn]] void skip(const std::string& why)
{
    std::printf("SKIP   : as_unit::run() %s\nTotals: 0 passed, 0 failed, 1 skipped, 0 blacklisted, 0ms\n", why.c_str());
    std::exit(0);
}

[[noreturn]] void fail(const std::string& what)
{
    std::printf("FAIL!  : as_unit::run() %s: %s\n", what.c_str(), std::strerror(errno));
    std::exit(1);
}

// The values of a key, in the file's order.
std::vector<std::string> valuesOf(const std::string& file, const std::string& key)
{
    std::ifstream stream(file);
    if (!stream)
        fail(file);
    std::vector<std::string> values;
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with(key + '='))
            values.push_back(line.substr(key.size() + 1));
    }
    return values;
}

std::vector<std::string> wordsOf(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

using CallSets = std::map<std::string, std::vector<std::string>>;

// What the service manager means by sets such as @system-service.
CallSets readCallSets()
{
    std::FILE* const output = ::popen("systemd-analyze --no-pager syscall-filter 2>/dev/null", "r");
    std::string text;
    for (int c = output == nullptr ? EOF : std::fgetc(output); c != EOF; c = std::fgetc(output))
        text += static_cast<char>(c);
    if (output == nullptr || ::pclose(output) != 0)
        skip("There is no systemd-analyze, which knows what @system-service is.");
    CallSets sets;
    std::string current;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('@'))
            current = line;
        else if (const auto words = wordsOf(line); words.size() == 1)
            sets[current].push_back(words.front());
    }
    return sets;
}

// A call, or the calls of a set and of the sets in it.
void addCalls(const CallSets& sets, const std::string& name, std::set<std::string>& calls)
{
    if (!name.starts_with('@')) {
        calls.insert(name);
        return;
    }
    const auto found = sets.find(name);
    if (found == sets.end())
        fail("a set of calls that systemd-analyze does not know: " + name);
    for (const std::string& member : found->second)
        addCalls(sets, member, calls);
}

std::set<std::string> allowedCalls(const std::string& unit)
{
    const CallSets sets = readCallSets();
    std::set<std::string> allowed;
    for (const std::string& value : valuesOf(unit, "SystemCallFilter")) {
        const bool takesAway = value.starts_with('~');
        std::set<std::string> named;
        for (const std::string& word : wordsOf(takesAway ? value.substr(1) : value))
            addCalls(sets, word, named);
        for (const std::string& name : named) {
            if (takesAway)
                allowed.erase(name);
            else
                allowed.insert(name);
        }
    }
    addCalls(sets, "@default", allowed); // as the service manager does
    allowed.insert("execve");            // or the program could not be started
    return allowed;
}

sock_filter instruction(int code, std::size_t operand, std::uint8_t ifTrue = 0, std::uint8_t ifFalse = 0)
{
    return {.code = static_cast<std::uint16_t>(code),
        .jt = ifTrue,
        .jf = ifFalse,
        .k = static_cast<std::uint32_t>(operand)};
}

std::vector<sock_filter> filterFor(const std::set<std::string>& allowed)
{
    const auto load = [](std::size_t offset) { return instruction(BPF_LD | BPF_W | BPF_ABS, offset); };
    const auto answer = [](std::size_t action) { return instruction(BPF_RET | BPF_K, action); };
    const auto unlessEqual = [](std::size_t value) { return instruction(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1); };
    std::vector<sock_filter> filter{load(offsetof(seccomp_data, arch)),
        instruction(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0), answer(SECCOMP_RET_KILL_PROCESS),
        load(offsetof(seccomp_data, nr))};
    // RestrictNamespaces=yes, which is a filter of its own: clone3's flags are out of its sight.
    filter.insert(filter.end(), {unlessEqual(SYS_clone3), answer(SECCOMP_RET_ERRNO | ENOSYS), unlessEqual(SYS_unshare),
                                    answer(SECCOMP_RET_ERRNO | EPERM)});
    for (const NamedCall& call : allCalls) {
        if (allowed.contains(std::string(call.name)))
            filter.insert(
                filter.end(), {unlessEqual(static_cast<std::size_t>(call.number)), answer(SECCOMP_RET_ALLOW)});
    }
    filter.push_back(answer(SECCOMP_RET_KILL_PROCESS));
    return filter;
}

// Bits of the capabilities that the unit names.
std::uint64_t capabilitiesOf(const std::string& unit, const std::string& key)
{
    constexpr std::array<NamedCall, 2> known{
        {{"CAP_NET_BIND_SERVICE", CAP_NET_BIND_SERVICE}, {"CAP_SYS_TIME", CAP_SYS_TIME}}};
    std::uint64_t set = 0;
    for (const std::string& value : valuesOf(unit, key)) {
        for (const std::string& word : wordsOf(value)) {
            const auto found = std::ranges::find(known, word, &NamedCall::name);
            if (found == known.end())
                fail("a capability that this program does not know: " + word);
            set |= std::uint64_t{1} << found->number;
        }
    }
    return set;
}

void reduceBoundingSet(std::uint64_t kept)
{
    for (int capability = 0; capability < capabilities; ++capability) {
        const bool isKept = (kept >> capability & 1) != 0;
        if (!isKept && ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0 && errno != EINVAL)
            fail("bounding set");
    }
}

void becomeUnprivileged(std::uint64_t ambient)
{
    const passwd* const user = ::getpwnam(unprivilegedUser);
    if (user == nullptr)
        skip(std::string("There is no user ") + unprivilegedUser + '.');
    // In a user namespace that user may be outside.
    if (::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0 || ::setgroups(0, nullptr) != 0 ||
        ::setresgid(user->pw_gid, user->pw_gid, user->pw_gid) != 0 ||
        ::setresuid(user->pw_uid, user->pw_uid, user->pw_uid) != 0)
        skip(std::string("This root may not become ") + unprivilegedUser + '.');
    __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    const auto low = static_cast<std::uint32_t>(ambient);
    const auto high = static_cast<std::uint32_t>(ambient >> 32);
    const std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{{{low, low, low}, {high, high, high}}};
    if (::syscall(SYS_capset, &header, sets.data()) != 0)
        fail("capset");
    for (int capability = 0; capability < capabilities; ++capability) {
        if ((ambient >> capability & 1) != 0 && ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) != 0)
            fail("ambient set");
    }
}

void dropPrivileges(const std::string& unit)
{
    if (::geteuid() != 0)
        skip("Becoming another user needs root.");
    reduceBoundingSet(capabilitiesOf(unit, "CapabilityBoundingSet"));
    if (!valuesOf(unit, "User").empty())
        becomeUnprivileged(capabilitiesOf(unit, "AmbientCapabilities"));
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        fail("no_new_privs");
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::fputs("as_unit UNIT-FILE PROGRAM [ARGUMENT...]\n", stderr);
        return 2;
    }
    const std::string unit = argv[1];
    auto filter = filterFor(allowedCalls(unit));
    dropPrivileges(unit);
    if (::access(argv[2], X_OK) != 0) {
        if (errno == EACCES)
            skip(std::string("Other users may not look into the folder of ") + argv[2] + '.');
        fail(argv[2]);
    }
    ::setenv("FOLIOT_AS_UNIT", "1", 1);
    ::setenv("HOME", "/nonexistent", 1);
    ::unsetenv("XDG_RUNTIME_DIR");
    const sock_fprog program{.len = static_cast<unsigned short>(filter.size()), .filter = filter.data()};
    if (architecture == 0 || ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
        fail("seccomp filter");
    ::execv(argv[2], argv + 2);
    return 1;
}
