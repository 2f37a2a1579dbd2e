// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/rejection.h"

namespace foliot::ntp {

std::string_view rejectionWord(Rejection rejection)
{
    switch (rejection) {
    case Rejection::TooShort:
        return "too-short";
    case Rejection::TooLong:
        return "too-long";
    case Rejection::BadVersion:
        return "bad-version";
    case Rejection::BadMode:
        return "bad-mode";
    case Rejection::MalformedExtension:
        return "malformed-extension";
    case Rejection::WrongSource:
        return "wrong-source";
    case Rejection::BogusOrigin:
        return "bogus-origin";
    case Rejection::ZeroOrigin:
        return "zero-origin";
    case Rejection::Duplicate:
        return "duplicate";
    case Rejection::ZeroTimestamp:
        return "zero-timestamp";
    case Rejection::NegativeInterval:
        return "negative-interval";
    case Rejection::ImplausibleDistance:
        return "implausible-distance";
    case Rejection::Unsolicited:
        return "unsolicited";
    case Rejection::Unauthenticated:
        return "unauthenticated";
    }
    return {};
}

} // namespace foliot::ntp
