// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The certificates that a configuration trusts in place of the system's. Read for each key exchange, and by --check.

#include <openssl/x509.h>

#include <expected>
#include <memory>
#include <string>
#include <vector>

namespace foliot::daemon {

struct FreeCertificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using TrustedCertificates = std::vector<std::unique_ptr<X509, FreeCertificate>>; // at least one

// From a file of PEM. Error: the file and why it cannot be used.
std::expected<TrustedCertificates, std::string> readTrustedCertificates(const std::string& file);

} // namespace foliot::daemon
