// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts/trusted_certificates.h"

#include "files/regular_file.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <format>

namespace foliot::daemon {

namespace {

constexpr std::size_t mostMebibytes = 8; // all that a system trusts is less than one

struct FreeInput {
    void operator()(BIO* input) const { BIO_free(input); }
};

// Without one of ours, OpenSSL asks for it on the terminal.
int noPassword(char*, int, int, void*)
{
    return -1;
}

bool isEndOfFile(unsigned long error)
{
    return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

} // namespace

std::expected<TrustedCertificates, std::string> readTrustedCertificates(const std::string& file)
{
    const auto problem = [&](std::string_view what) { return std::unexpected(std::format("{}: {}", file, what)); };
    const auto content = files::readRegularFile(file, mostMebibytes);
    if (!content)
        return problem(content.error());
    const std::unique_ptr<BIO, FreeInput> input{
        BIO_new_mem_buf(content->text.data(), static_cast<int>(content->text.size()))};
    if (!input)
        return problem("there is no memory");

    TrustedCertificates certificates;
    ERR_clear_error();
    while (X509* certificate = PEM_read_bio_X509_AUX(input.get(), nullptr, noPassword, nullptr))
        certificates.emplace_back(certificate);
    const bool isWhole = isEndOfFile(ERR_peek_last_error());
    ERR_clear_error();
    if (!isWhole)
        return problem(std::format("certificate {} in it cannot be read", certificates.size() + 1));
    if (certificates.empty())
        return problem("no certificate in it; they have to be in PEM, with lines of BEGIN and END");
    return certificates;
}

} // namespace foliot::daemon
