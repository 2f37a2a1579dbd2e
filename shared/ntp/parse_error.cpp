// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/parse_error.h"

namespace foliot::ntp {

Rejection rejectionFor(ParseFault fault)
{
    switch (fault) {
    case ParseFault::HeaderTruncated:
        return Rejection::TooShort;
    case ParseFault::PacketTooLong:
        return Rejection::TooLong;
    case ParseFault::UnknownVersion:
        return Rejection::BadVersion;
    case ParseFault::FieldTruncated:
    case ParseFault::FieldTooShort:
    case ParseFault::FieldUnaligned:
    case ParseFault::FieldBeyondEnd:
    case ParseFault::BadMacLength:
    case ParseFault::NonzeroCryptoNak:
        return Rejection::MalformedExtension;
    }
    return Rejection::MalformedExtension;
}

} // namespace foliot::ntp
