// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts/certificate.h"

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

namespace foliot::daemon {

namespace {

constexpr qsizetype mostNames = 8;
constexpr qsizetype longestText = 253; // of a name in DNS

// As far as it is a name: whoever made the certificate wrote it.
QString printable(const char* text, int length)
{
    QString shown = QString::fromUtf8(text, length).left(longestText);
    for (QChar& character : shown) {
        if (!character.isPrint())
            character = QChar::ReplacementCharacter;
    }
    return shown;
}

QStringList namesOf(const X509* certificate)
{
    QStringList names;
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all{
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        GENERAL_NAMES_free};
    for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()) && names.size() < mostNames; ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(all.get(), i);
        if (name->type == GEN_DNS)
            names.append(printable(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                ASN1_STRING_length(name->d.dNSName)));
    }
    return names;
}

QString partOf(const X509_NAME* name, int nid)
{
    const int at = X509_NAME_get_index_by_NID(name, nid, -1);
    if (at < 0)
        return {};
    const ASN1_STRING* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
    unsigned char* utf8 = nullptr;
    const int length = ASN1_STRING_to_UTF8(&utf8, text);
    if (length < 0)
        return {};
    const QString shown = printable(reinterpret_cast<const char*>(utf8), length);
    OPENSSL_free(utf8);
    return shown;
}

// "R10, Let's Encrypt"
QString issuerOf(const X509* certificate)
{
    const X509_NAME* issuer = X509_get_issuer_name(certificate);
    QStringList parts{partOf(issuer, NID_commonName), partOf(issuer, NID_organizationName)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

} // namespace

RealTime timeOf(const ASN1_TIME* time)
{
    std::tm fields{};
    if (ASN1_TIME_to_tm(time, &fields) != 1)
        return {};
    using namespace std::chrono;
    const year_month_day day{year{fields.tm_year + 1900}, month{static_cast<unsigned>(fields.tm_mon + 1)},
        std::chrono::day{static_cast<unsigned>(fields.tm_mday)}};
    // "No well-defined end" is 9999, which is beyond what nanoseconds count.
    const auto latest = year_month_day{year{2200} / 1 / 1};
    const seconds sinceEpoch = sys_days{std::min(day, latest)}.time_since_epoch() + hours{fields.tm_hour} +
                               minutes{fields.tm_min} + seconds{fields.tm_sec};
    return RealTime{sinceEpoch};
}

Certificate certificateOf(const SSL* connection)
{
    const STACK_OF(X509)* verified = SSL_get0_verified_chain(connection);
    std::vector<const X509*> chain;
    for (int i = 0; i < sk_X509_num(verified); ++i)
        chain.push_back(sk_X509_value(verified, i));
    return certificateOf(chain);
}

Certificate certificateOf(std::span<const X509* const> chain)
{
    if (chain.empty())
        return {};
    const X509* own = chain.front();
    Certificate shown{
        .names = namesOf(own), .issuer = issuerOf(own), .validFrom = RealTime::min(), .expires = RealTime::max()};
    for (const X509* certificate : chain) {
        shown.validFrom = std::max(shown.validFrom, timeOf(X509_get0_notBefore(certificate)));
        shown.expires = std::min(shown.expires, timeOf(X509_get0_notAfter(certificate)));
    }
    return shown;
}

} // namespace foliot::daemon
