// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/arguments.h"

#include <QCommandLineParser>

#include <cmath>
#include <functional>

namespace foliot::cli {

using namespace Qt::StringLiterals;

namespace {

using Parsed = std::expected<std::variant<Invocation, Information>, QString>;
using Request = decltype(Invocation::request);

const QString generalHelp = uR"(foliotctl: is the clock right, and what keeps it so.

  foliotctl status                 how right the clock is, in a sentence and in numbers
  foliotctl sources [-v]           the sources, what each says and what became of it
  foliotctl nts                    which sources use Network Time Security, and how it goes
  foliotctl server [--clients]     where time is served and what became of the requests;
                                   with --clients who asks most
  foliotctl watch                  clock and sources, live, until ctrl-C or q
  foliotctl wait [--timeout S] [--within S]
                                   returns when the clock is synchronized
  foliotctl add ADDRESS [OPTIONS]  adds a source until the next start, or with --keep for good
  foliotctl remove SOURCE          removes a source, by id, name or address
  foliotctl refresh                asks all sources now
  foliotctl serve on|off [--keep]  serves time to the local networks, or does no longer
  foliotctl step [--limit S]       corrects the remaining error at once

Options of every command:
  --json              for programs; foliotctl(1) names the fields
  --no-ask-password   fail rather than ask for a password
  --help              explains the command
  --version           says the version

An offset is the right time minus the clock's: with + the clock is behind, with - ahead.

Exit status: 0 success; 1 not synchronized (status, wait); 2 wrong usage; 3 the Foliot
service is not there or does not answer; 4 not authorized; 5 anything else.

With FOLIOT_BUS=session in the environment the service is looked for on the session bus.
)"_s;

const QString offsetSign = u"An offset with + says that the clock is behind, with - ahead."_s;

struct Definition {
    QString name;
    QString description;
    QList<QCommandLineOption> options;
    QStringList operands;
    std::function<std::expected<Request, QString>(const QCommandLineParser&)> read;
};

std::expected<double, QString> positiveSeconds(const QCommandLineParser& parser, const QString& option)
{
    bool isNumber = false;
    const double seconds = parser.value(option).toDouble(&isNumber);
    if (!isNumber || !std::isfinite(seconds) || seconds <= 0.0)
        return std::unexpected(u"--%1 needs a positive number of seconds."_s.arg(option));
    return seconds;
}

std::expected<Request, QString> readWait(const QCommandLineParser& parser)
{
    WaitRequest request;
    for (auto [option, value] :
        {std::pair{u"timeout"_s, &request.timeoutSeconds}, std::pair{u"within"_s, &request.withinSeconds}}) {
        if (!parser.isSet(option))
            continue;
        const auto seconds = positiveSeconds(parser, option);
        if (!seconds)
            return std::unexpected(seconds.error());
        *value = *seconds;
    }
    return request;
}

std::expected<Request, QString> readAdd(const QCommandLineParser& parser)
{
    AddRequest request{.address = parser.positionalArguments().first()};
    if (const auto scheme = "nts://"_L1; request.address.startsWith(scheme, Qt::CaseInsensitive)) {
        request.address.remove(0, scheme.size());
        request.options.insert(u"nts"_s, true);
    }
    for (const QString& flag : {u"nts"_s, u"pool"_s, u"prefer"_s, u"trust"_s, u"require"_s, u"noselect"_s, u"xleave"_s,
             u"smeared"_s, u"keep"_s}) {
        if (parser.isSet(flag))
            request.options.insert(flag, true);
    }
    if (parser.isSet(u"profile"_s))
        request.options.insert(u"profile"_s, parser.value(u"profile"_s));
    if (parser.isSet(u"no-burst"_s))
        request.options.insert(u"burst"_s, false);
    for (const auto& [option, key] : {std::pair{u"minpoll"_s, u"minpoll"_s}, std::pair{u"maxpoll"_s, u"maxpoll"_s},
             std::pair{u"maxsources"_s, u"maxsources"_s}, std::pair{u"ntp-version"_s, u"version"_s}}) {
        if (!parser.isSet(option))
            continue;
        bool isNumber = false;
        const int number = parser.value(option).toInt(&isNumber);
        if (!isNumber)
            return std::unexpected(u"--%1 needs an integer."_s.arg(option));
        request.options.insert(key, number);
    }
    if (parser.isSet(u"key"_s)) {
        bool isNumber = false;
        const uint id = parser.value(u"key"_s).toUInt(&isNumber);
        if (!isNumber || id == 0)
            return std::unexpected(u"--key needs the number of a key, 1 to 4294967295."_s);
        request.options.insert(u"key"_s, id);
    }
    return request;
}

std::expected<Request, QString> readStep(const QCommandLineParser& parser)
{
    if (!parser.isSet(u"limit"_s))
        return StepRequest{};
    const auto limit = positiveSeconds(parser, u"limit"_s);
    if (!limit)
        return std::unexpected(limit.error());
    return StepRequest{.limitSeconds = *limit};
}

std::expected<Request, QString> readServe(const QCommandLineParser& parser)
{
    const QString state = parser.positionalArguments().first();
    if (state != "on"_L1 && state != "off"_L1)
        return std::unexpected(u"serve needs \"on\" or \"off\"."_s);
    return ServeRequest{.isServing = state == "on"_L1, .keep = parser.isSet(u"keep"_s)};
}

QList<Definition> definitions()
{
    const auto plain = [](const Request& request) {
        return [request](const QCommandLineParser&) { return std::expected<Request, QString>(request); };
    };
    return {
        {u"status"_s, u"Says how right the clock is. "_s + offsetSign, {}, {}, plain(StatusRequest{})},
        {u"sources"_s, u"Lists the sources of time. "_s + offsetSign,
            {{{u"v"_s, u"verbose"_s}, u"Every detail of each source."_s}}, {},
            [](const QCommandLineParser& parser) {
                return std::expected<Request, QString>(SourcesRequest{.isVerbose = parser.isSet(u"verbose"_s)});
            }},
        {u"nts"_s,
            u"Lists the sources that are authenticated by Network Time Security, and says how it is served "
            "to others."_s,
            {}, {}, plain(NtsRequest{})},
        {u"server"_s, u"Says where time is served and what became of the requests."_s,
            {{u"clients"_s, u"Lists the clients that ask most, where the configuration has them remembered."_s}}, {},
            [](const QCommandLineParser& parser) -> std::expected<Request, QString> {
                if (parser.isSet(u"clients"_s))
                    return ClientsRequest{};
                return ServerRequest{};
            }},
        {u"watch"_s, u"Shows clock and sources live; with --json a line for each change. "_s + offsetSign, {}, {},
            plain(WatchRequest{})},
        {u"wait"_s, u"Returns when the clock is synchronized."_s,
            {{u"timeout"_s, u"Give up after so many seconds, with exit status 1, or 3 when the service is not there."_s,
                 u"seconds"_s},
                {u"within"_s, u"Wait until the clock is within so many seconds of UTC."_s, u"seconds"_s}},
            {}, readWait},
        {u"add"_s, u"Adds a source."_s,
            {{u"nts"_s, u"Authenticate it with Network Time Security, or do not use it."_s},
                {u"key"_s, u"Authenticate it with this symmetric key of the daemon's key file."_s, u"number"_s},
                {u"pool"_s, u"Use several of the addresses behind the name."_s},
                {u"maxsources"_s, u"How many servers of a pool are used at once."_s, u"number"_s},
                {u"minpoll"_s, u"Shortest poll interval, log2 seconds: 6 is 64 s."_s, u"exponent"_s},
                {u"maxpoll"_s, u"Longest poll interval, log2 seconds: 10 is 1024 s."_s, u"exponent"_s},
                {u"profile"_s, u"How many packets good time is worth: default or precise."_s, u"word"_s},
                {u"no-burst"_s, u"No quick queries at start."_s},
                {u"prefer"_s, u"Use it alone as long as it agrees with the majority."_s},
                {u"trust"_s, u"Take its time for true; only other trusted sources can outvote it."_s},
                {u"require"_s, u"Leave the clock alone unless it, or another one required, agrees."_s},
                {u"noselect"_s, u"Measure it, never use it."_s}, {u"xleave"_s, u"Ask in interleaved mode."_s},
                {u"smeared"_s, u"It spreads leap seconds over hours; use it only where no other source can be used."_s},
                {u"ntp-version"_s, u"Protocol version of the queries, 3 or 4."_s, u"version"_s},
                {u"keep"_s, u"Also after a restart of the service."_s}},
            {u"address"_s}, readAdd},
        {u"remove"_s, u"Removes a source; one from the configuration file comes back at the next start."_s, {},
            {u"source"_s},
            [](const QCommandLineParser& parser) {
                return std::expected<Request, QString>(RemoveRequest{.source = parser.positionalArguments().first()});
            }},
        {u"refresh"_s, u"Asks all sources for the time now."_s, {}, {}, plain(RefreshRequest{})},
        {u"serve"_s,
            u"Begins (state: on) or ends (off) serving time: to the local networks, unless the configuration "
            "says otherwise."_s,
            {{u"keep"_s, u"Also after a restart of the service."_s}}, {u"state"_s}, readServe},
        {u"step"_s, u"Corrects the remaining error of the clock at once, by a step."_s,
            {{u"limit"_s, u"Refuse a larger step than so many seconds."_s, u"seconds"_s}}, {}, readStep},
    };
}

Information version()
{
    return Information{QStringLiteral("foliotctl " FOLIOT_VERSION "\n")};
}

Parsed parseCommand(const Definition& definition, const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(definition.description);
    parser.addOptions(definition.options);
    parser.addOption({u"json"_s, u"For programs."_s});
    parser.addOption({u"no-ask-password"_s, u"Fail rather than ask for a password."_s});
    parser.addOption({{u"h"_s, u"help"_s}, u"Show this."_s});
    parser.addOption({u"version"_s, u"Say the version."_s});
    for (const QString& operand : definition.operands)
        parser.addPositionalArgument(operand, {});
    if (!parser.parse(QStringList{u"foliotctl"_s} + arguments))
        return std::unexpected(parser.errorText());
    if (parser.isSet(u"version"_s))
        return version();
    if (parser.isSet(u"help"_s)) {
        QString usage = u"Usage: foliotctl "_s + definition.name;
        for (const QString& operand : definition.operands)
            usage += u' ' + operand.toUpper();
        // The parser's own first line says nothing of the command.
        const QString text = parser.helpText();
        return Information{usage + u" [options]\n"_s + text.sliced(text.indexOf(u'\n') + 1)};
    }
    if (parser.positionalArguments().size() < definition.operands.size())
        return std::unexpected(u"%1 needs the %2."_s.arg(definition.name, definition.operands.first()));
    if (parser.positionalArguments().size() > definition.operands.size())
        return std::unexpected(
            u"Unexpected argument \"%1\"."_s.arg(parser.positionalArguments().at(definition.operands.size())));
    const auto request = definition.read(parser);
    if (!request)
        return std::unexpected(request.error());
    return Invocation{
        .request = *request, .isJson = parser.isSet(u"json"_s), .mayAskPassword = !parser.isSet(u"no-ask-password"_s)};
}

} // namespace

Parsed parseArguments(const QStringList& arguments)
{
    // "foliotctl --json status" is as good as "foliotctl status --json".
    qsizetype position = 0;
    while (position < arguments.size() && arguments.at(position).startsWith(u'-'))
        ++position;
    const QStringList leading = arguments.first(position);
    if (position == arguments.size() || arguments.at(position) == "help"_L1) {
        if (leading.contains(u"--version"_s))
            return version();
        const bool wantsHelp =
            position < arguments.size() || leading.contains(u"--help"_s) || leading.contains(u"-h"_s);
        if (wantsHelp)
            return Information{generalHelp};
        return std::unexpected(leading.isEmpty() ? u"A command is missing."_s
                                                 : u"A command is missing after \"%1\"."_s.arg(leading.last()));
    }
    for (const Definition& definition : definitions()) {
        if (definition.name == arguments.at(position))
            return parseCommand(definition, leading + arguments.sliced(position + 1));
    }
    return std::unexpected(u"There is no command \"%1\"."_s.arg(arguments.at(position)));
}

} // namespace foliot::cli
