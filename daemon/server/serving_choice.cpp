// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/serving_choice.h"

#include <utility>

namespace foliot::daemon {

ServingChoice::ServingChoice(std::vector<std::string> usualListen)
    : m_usualListen(std::move(usualListen))
{}

void ServingChoice::configure(const config::Server& settings)
{
    if (settings.listen != m_file.listen)
        m_asked.reset();
    m_file = settings;
}

void ServingChoice::ask(bool isServing, bool keep)
{
    m_asked = isServing;
    if (keep)
        m_isKept = isServing;
}

ServingWish ServingChoice::wish() const
{
    const bool isConfigured = !m_file.listen.empty();
    if (!m_asked.value_or(isConfigured || m_isKept))
        return ServingWish::Nobody;
    if (isConfigured)
        return ServingWish::Configuration;
    return m_isKept ? ServingWish::KeptRequest : ServingWish::Request;
}

config::Server ServingChoice::wanted() const
{
    auto settings = m_file;
    if (wish() == ServingWish::Nobody)
        settings.listen.clear();
    else if (settings.listen.empty())
        settings.listen = m_usualListen;
    return settings;
}

} // namespace foliot::daemon
