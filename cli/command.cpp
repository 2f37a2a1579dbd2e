// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/command.h"

#include "cli/change_command.h"
#include "cli/json.h"
#include "cli/show_command.h"
#include "cli/wait_command.h"
#include "cli/watch_command.h"

namespace foliot::cli {

using namespace Qt::StringLiterals;

Command::Command(const bus::BusChoice& bus, bool isJson)
    : m_bus(bus.kind)
    , m_isJson(isJson)
    , m_client(bus)
{}

bool Command::print(const QJsonObject& object, bool isOneLine)
{
    return writeOut(QString::fromLatin1(jsonText(object, isOneLine)) + u'\n');
}

void Command::explainAbsence() const
{
    const Sentence sentence = snapshot().sentence();
    writeError(u"foliotctl: %1.\n"_s.arg(sentence.headline));
    if (!sentence.advice.isEmpty())
        writeError(sentence.advice + u'\n');
}

std::unique_ptr<Command> makeCommand(const Invocation& invocation, const bus::BusChoice& bus)
{
    struct Maker {
        const Invocation& invocation;
        const bus::BusChoice& bus;

        std::unique_ptr<Command> operator()(const StatusRequest&) const
        {
            return std::make_unique<ShowCommand>(bus, invocation.isJson, ShowCommand::What::Status);
        }
        std::unique_ptr<Command> operator()(const SourcesRequest& request) const
        {
            return std::make_unique<ShowCommand>(bus, invocation.isJson,
                request.isVerbose ? ShowCommand::What::SourceDetails : ShowCommand::What::Sources);
        }
        std::unique_ptr<Command> operator()(const NtsRequest&) const
        {
            return std::make_unique<ShowCommand>(bus, invocation.isJson, ShowCommand::What::Authentication);
        }
        std::unique_ptr<Command> operator()(const ServerRequest&) const
        {
            return std::make_unique<ShowCommand>(bus, invocation.isJson, ShowCommand::What::Server);
        }
        std::unique_ptr<Command> operator()(const ClientsRequest& request) const { return change(request); }
        std::unique_ptr<Command> operator()(const WatchRequest&) const
        {
            return std::make_unique<WatchCommand>(bus, invocation.isJson);
        }
        std::unique_ptr<Command> operator()(const WaitRequest& request) const
        {
            return std::make_unique<WaitCommand>(bus, invocation.isJson, request);
        }
        std::unique_ptr<Command> operator()(const AddRequest& request) const { return change(request); }
        std::unique_ptr<Command> operator()(const RemoveRequest& request) const { return change(request); }
        std::unique_ptr<Command> operator()(const RefreshRequest& request) const { return change(request); }
        std::unique_ptr<Command> operator()(const ServeRequest& request) const { return change(request); }
        std::unique_ptr<Command> operator()(const StepRequest& request) const { return change(request); }

        std::unique_ptr<Command> change(const ChangeCommand::Change& request) const
        {
            return std::make_unique<ChangeCommand>(bus, invocation.isJson, request, invocation.mayAskPassword);
        }
    };
    return std::visit(Maker{invocation, bus}, invocation.request);
}

} // namespace foliot::cli
