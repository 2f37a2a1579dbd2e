// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/named_files.h"

#include "daemon/nts/trusted_certificates.h"
#include "daemon/nts_server/identity.h"
#include "daemon/service_user.h"
#include "keys/key.h"
#include "leap/leap_list.h"

#include <cerrno>
#include <chrono>
#include <format>
#include <ranges>

#include <unistd.h>

namespace foliot::daemon {

namespace {

config::Error errorOf(const std::string& file, std::string key, std::string message, std::string suggestion = {},
    config::Severity severity = config::Severity::Error)
{
    return {.file = file,
        .line = 0,
        .column = 0,
        .key = std::move(key),
        .message = std::move(message),
        .suggestion = std::move(suggestion),
        .severity = severity};
}

bool isForbidden(const std::filesystem::path& path)
{
    return ::access(path.c_str(), R_OK) != 0 && errno == EACCES;
}

std::string remedyOf(const std::filesystem::path& path)
{
    std::error_code unused;
    return std::filesystem::is_regular_file(path, unused) ? std::string() : "correct the path, or make the file";
}

// False when there is nothing to read for us.
bool isToRead(const std::filesystem::path& path, const std::string& file, const char* key, NamedFiles& found)
{
    if (path.empty())
        return false;
    const auto warn = [&](std::string_view message, std::string suggestion) {
        found.warnings.push_back(errorOf(file, key, std::format("{}: {}", path.string(), message),
            std::move(suggestion), config::Severity::Warning));
    };
    if (isForbidden(path)) {
        warn("not checked, this user may not read it", "check as root");
        return false;
    }
    if (!mayServiceUserRead(path))
        warn(std::format("foliotd.service runs as user {}, who may not read it", serviceUser),
            std::format("let that user in, as by chgrp {} and chmod 640", serviceUser));
    return true;
}

void checkKeys(const config::Config& config, const std::string& file, NamedFiles& found)
{
    const std::filesystem::path& path = config.keys.file;
    if (!isToRead(path, file, "keys.file", found))
        return;
    const auto keys = keys::readKeyFile(path, config.keys.allowMd5);
    if (!keys) {
        for (const std::string& problem : keys.error())
            found.errors.push_back(errorOf(file, "keys.file", problem, remedyOf(path)));
        return;
    }
    for (const config::Source& source : config.sources)
        if (source.key != 0 && !keys->find(static_cast<std::uint32_t>(source.key)))
            found.errors.push_back(errorOf(file, "source.key",
                std::format("{}: key {} is not in {}", source.address, source.key, path.string()),
                "add it there, or correct the number"));
}

// As the NTS server itself reads them.
void checkIdentities(const config::Config& config, const std::string& file, NamedFiles& found)
{
    constexpr auto certificates = "nts-server.certificates";
    constexpr auto privateKeys = "nts-server.private-keys";
    for (const auto& [chain, key] : std::views::zip(config.ntsServer.certificates, config.ntsServer.privateKeys)) {
        const bool isChainToRead = isToRead(chain, file, certificates, found);
        if (!isToRead(key, file, privateKeys, found) || !isChainToRead)
            continue;
        const auto identity = Identity::read({.chain = chain, .key = key});
        if (!identity) {
            const bool isOfKey = identity.error().part == IdentityError::Part::Key;
            found.errors.push_back(errorOf(
                file, isOfKey ? privateKeys : certificates, identity.error().text, remedyOf(isOfKey ? key : chain)));
            continue;
        }
        const RealTime now{std::chrono::system_clock::now().time_since_epoch()};
        if (const auto problem = identity->dateProblem(now); !problem.empty())
            found.errors.push_back(errorOf(file, certificates, std::format("{}: {}", chain.string(), problem),
                "put a valid one there, or correct the clock"));
    }
}

void checkTrusted(const config::Config& config, const std::string& file, NamedFiles& found)
{
    const std::filesystem::path& path = config.nts.trustedFile;
    if (!isToRead(path, file, "nts.trusted-file", found))
        return;
    if (const auto certificates = readTrustedCertificates(path.string()); !certificates)
        found.errors.push_back(errorOf(file, "nts.trusted-file", certificates.error(), remedyOf(path)));
}

void checkLeapList(const config::Config& config, const std::string& file, NamedFiles& found)
{
    const std::filesystem::path& path = config.leap.list;
    std::error_code unused;
    const bool isUsual = path == config::Leap{}.list; // which need not be there
    if ((isUsual && !std::filesystem::exists(path, unused)) || !isToRead(path, file, "leap.list", found))
        return;
    if (const auto list = leap::readLeapList(path); !list)
        found.errors.push_back(errorOf(file, "leap.list", list.error(), remedyOf(path)));
}

} // namespace

NamedFiles checkNamedFiles(const config::Config& config, const std::string& file)
{
    NamedFiles found;
    checkKeys(config, file, found);
    checkTrusted(config, file, found);
    checkIdentities(config, file, found);
    checkLeapList(config, file, found);
    return found;
}

} // namespace foliot::daemon
