// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Preloaded into foliotd: somebody asks for a reload while the application object is being made, which is when Qt sets the
// locale, long before there is an event loop.

#include <clocale>
#include <csignal>
#include <utility>

#include <dlfcn.h>

extern "C" char* setlocale(int category, const char* locale) noexcept
{
    static bool isAsked = false;
    if (!std::exchange(isAsked, true))
        std::raise(SIGHUP);
    using SetLocale = char* (*)(int, const char*);
    static const auto original = reinterpret_cast<SetLocale>(::dlsym(RTLD_NEXT, "setlocale"));
    return original(category, locale);
}
