// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Names on the bus, each in one place.

#include <QLatin1StringView>

namespace foliot::bus {

inline constexpr QLatin1StringView serviceName{"org.foliot.Foliot1"};
inline constexpr QLatin1StringView rootPath{"/org/foliot/Foliot1"};
inline constexpr QLatin1StringView sourcePathPrefix{"/org/foliot/Foliot1/source/"};
inline constexpr QLatin1StringView serverPath{"/org/foliot/Foliot1/server"};
inline constexpr QLatin1StringView ntsServerPath{"/org/foliot/Foliot1/nts_server"};
inline constexpr QLatin1StringView clockInterface{"org.foliot.Foliot1"};
inline constexpr QLatin1StringView sourceInterface{"org.foliot.Source1"};
inline constexpr QLatin1StringView serverInterface{"org.foliot.Server1"};
inline constexpr QLatin1StringView ntsServerInterface{"org.foliot.NtsServer1"};

// Of every bus.
inline constexpr QLatin1StringView busName{"org.freedesktop.DBus"};
inline constexpr QLatin1StringView busPath{"/org/freedesktop/DBus"};
inline constexpr QLatin1StringView busInterface{"org.freedesktop.DBus"};
inline constexpr QLatin1StringView localPath{"/org/freedesktop/DBus/Local"}; // what Qt itself says of a connection
inline constexpr QLatin1StringView localInterface{"org.freedesktop.DBus.Local"};
inline constexpr QLatin1StringView propertiesInterface{"org.freedesktop.DBus.Properties"};
inline constexpr QLatin1StringView objectManagerInterface{"org.freedesktop.DBus.ObjectManager"};
inline constexpr QLatin1StringView errorNameHasNoOwner{"org.freedesktop.DBus.Error.NameHasNoOwner"};

// Errors beside the standard ones.
inline constexpr QLatin1StringView errorNoSuchSource{"org.foliot.Foliot1.Error.NoSuchSource"};
inline constexpr QLatin1StringView errorDuplicate{"org.foliot.Foliot1.Error.Duplicate"};
inline constexpr QLatin1StringView errorTooMany{"org.foliot.Foliot1.Error.TooMany"};
inline constexpr QLatin1StringView errorNoSuchKey{"org.foliot.Foliot1.Error.NoSuchKey"};
inline constexpr QLatin1StringView errorNotSynchronized{"org.foliot.Foliot1.Error.NotSynchronized"};
inline constexpr QLatin1StringView errorClockUnavailable{"org.foliot.Foliot1.Error.ClockUnavailable"};
inline constexpr QLatin1StringView errorStepTooLarge{"org.foliot.Foliot1.Error.StepTooLarge"};
inline constexpr QLatin1StringView errorNotKept{"org.foliot.Foliot1.Error.NotKept"};
inline constexpr QLatin1StringView errorNotRecorded{"org.foliot.Foliot1.Error.NotRecorded"};
inline constexpr QLatin1StringView errorNotServed{"org.foliot.Foliot1.Error.NotServed"};

// Set to "session" by the try-out and the tests: every program of Foliot then uses the session bus.
inline constexpr const char* busEnvironment = "FOLIOT_BUS";

} // namespace foliot::bus
