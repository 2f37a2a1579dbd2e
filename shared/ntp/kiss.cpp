// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/kiss.h"

#include "ntp/reference_id.h"

namespace foliot::ntp {

Kiss kissFromReferenceId(std::uint32_t referenceId)
{
    KissCode code = KissCode::Other;
    if (referenceId == referenceIdFromText("DENY")) {
        code = KissCode::Deny;
    } else if (referenceId == referenceIdFromText("RSTR")) {
        code = KissCode::Restrict;
    } else if (referenceId == referenceIdFromText("RATE")) {
        code = KissCode::Rate;
    } else if (referenceId == referenceIdFromText("NTSN")) {
        code = KissCode::NtsNak;
    }
    return {.code = code, .referenceId = referenceId};
}

std::string kissText(const Kiss& kiss)
{
    return referenceIdAscii(kiss.referenceId);
}

} // namespace foliot::ntp
