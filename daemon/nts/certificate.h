// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What OpenSSL knows of certificates, as values.

#include "daemon/nts/tls_facts.h"

#include <openssl/ssl.h>

#include <span>

namespace foliot::daemon {

// Of the server at the other end of an established connection.
Certificate certificateOf(const SSL* connection);
// Of a chain that begins with the server's own.
Certificate certificateOf(std::span<const X509* const> chain);

// 1970 for a date that cannot be read.
RealTime timeOf(const ASN1_TIME* time);

} // namespace foliot::daemon
