// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Why a packet is malformed and where, in words that a failed comparison shows.

#include "ntp/parse_error.h"

#include <QByteArray>

namespace foliot::ntp {

// "extension field longer than the packet at 48"
inline QByteArray faultText(const ParseError& error)
{
    const auto text = [fault = error.fault]() -> QByteArray {
        switch (fault) {
        case ParseFault::HeaderTruncated:
            return "shorter than a header";
        case ParseFault::PacketTooLong:
            return "longer than is ever accepted";
        case ParseFault::UnknownVersion:
            return "version neither 3 nor 4";
        case ParseFault::FieldTruncated:
            return "packet ends inside the header of an extension field";
        case ParseFault::FieldTooShort:
            return "extension field shorter than allowed";
        case ParseFault::FieldUnaligned:
            return "length of an extension field not a multiple of four";
        case ParseFault::FieldBeyondEnd:
            return "extension field longer than the packet";
        case ParseFault::BadMacLength:
            return "ends in neither an extension field nor a MAC";
        case ParseFault::NonzeroCryptoNak:
            return "crypto-NAK that is not zero";
        }
        return {};
    }();
    return text + " at " + QByteArray::number(error.offset);
}

} // namespace foliot::ntp
