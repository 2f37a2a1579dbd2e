// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How a server's certificates are judged where our own clock may be wrong, beside chain and name, which are always
// checked; and what is shown of a connection.

#include "ntp/time.h"

#include <QString>
#include <QStringList>

namespace foliot::daemon {

// By which time certificates are judged.
struct DateRule {
    RealTime now{};       // what our clock shows
    RealTime notBefore{}; // it is surely later than this
    bool isClockRight = false;

    // A computer whose clock may be wrong cannot tell whether a certificate is valid yet, nor whether it has expired
    // since. That it had expired before a time that is surely past, it can. RFC 8915 section 8.5.
    bool excuses(RealTime expires) const { return !isClockRight && expires >= notBefore; }
};

struct Certificate {
    QStringList names; // that the server may call itself, as the certificate has them; at most a few
    QString issuer;
    // When all certificates of the chain are valid.
    RealTime validFrom{};
    RealTime expires{};

    bool isValidAt(RealTime time) const { return time >= validFrom && time <= expires; }

    friend bool operator==(const Certificate&, const Certificate&) = default;
};

struct TlsFacts {
    Certificate certificate;
    QString version; // "TLSv1.3"
    QString cipher;
    bool areDatesExcused = false; // see DateRule

    friend bool operator==(const TlsFacts&, const TlsFacts&) = default;
};

} // namespace foliot::daemon
