// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/made_certificates.h"

#include <QFile>
#include <QHostAddress>
#include <QTimeZone>

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <cstdio>

namespace foliot::tests {

using namespace Qt::StringLiterals;

namespace {

void must(bool isGood)
{
    if (!isGood)
        qFatal("a certificate cannot be made");
}

template<typename Write>
void writePem(const QString& path, Write write)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> file{BIO_new_file(qPrintable(path), "w"), BIO_free};
    must(file && write(file.get()) == 1);
}

QByteArray alternativeNames(const QStringList& names)
{
    QStringList entries;
    for (const QString& name : names)
        entries.append((QHostAddress(name).isNull() ? u"DNS:"_s : u"IP:"_s) + name);
    return entries.join(u',').toUtf8();
}

EVP_PKEY* make(MadeKey kind)
{
    switch (kind) {
    case MadeKey::P256:
        return EVP_EC_gen("P-256");
    case MadeKey::P384:
        return EVP_EC_gen("P-384");
    case MadeKey::P521:
        return EVP_EC_gen("P-521");
    case MadeKey::Rsa1024:
        return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{1024});
    case MadeKey::Rsa2048:
        return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048});
    case MadeKey::Rsa2560:
        return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2560});
    case MadeKey::Rsa4096:
        return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{4096});
    case MadeKey::Ed25519:
        return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    case MadeKey::Ed448:
        return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED448");
    }
    return nullptr;
}

} // namespace

MadeAuthority::MadeAuthority()
    : m_key(make(MadeKey::P256))
    , m_certificate(begin(m_key, "Foliot test authority", QDateTime(QDate(2000, 1, 1), QTime(0, 0), QTimeZone::UTC),
          QDateTime(QDate(2100, 1, 1), QTime(0, 0), QTimeZone::UTC)))
{
    extend(m_certificate, NID_basic_constraints, "critical,CA:TRUE");
    extend(m_certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    must(X509_sign(m_certificate.get(), m_key.get(), EVP_sha256()) > 0);
    writePem(trustedFile(), [this](BIO* file) { return PEM_write_bio_X509(file, m_certificate.get()); });
}

CertificateFiles MadeAuthority::sign(const CertificateWish& wish)
{
    const Key key{make(wish.key)};
    const Certificate certificate = begin(key, "Foliot test server", wish.validFrom, wish.expires);
    extend(certificate, NID_basic_constraints, "critical,CA:FALSE");
    extend(certificate, NID_subject_alt_name, alternativeNames(wish.names));
    must(X509_set_issuer_name(certificate.get(), X509_get_subject_name(m_certificate.get())) == 1);
    must(X509_sign(certificate.get(), m_key.get(), EVP_sha256()) > 0);
    ++m_signed;
    const CertificateFiles files{.chain = m_folder.filePath(u"chain-%1.pem"_s.arg(m_signed)),
        .key = m_folder.filePath(u"key-%1.pem"_s.arg(m_signed))};
    writePem(files.chain, [&](BIO* file) { return PEM_write_bio_X509(file, certificate.get()); });
    writePem(files.key,
        [&](BIO* file) { return PEM_write_bio_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    must(QFile::setPermissions(files.key, QFile::ReadOwner | QFile::WriteOwner));
    return files;
}

MadeAuthority::Certificate MadeAuthority::begin(
    const Key& key, const char* commonName, const QDateTime& from, const QDateTime& to)
{
    Certificate certificate{X509_new()};
    must(key && certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1);
    std::uint64_t serial = 0;
    must(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof(serial)) == 1);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1);
    must(ASN1_TIME_set(X509_getm_notBefore(certificate.get()), from.toSecsSinceEpoch()) != nullptr);
    must(ASN1_TIME_set(X509_getm_notAfter(certificate.get()), to.toSecsSinceEpoch()) != nullptr);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    must(X509_NAME_add_entry_by_txt(
             name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(commonName), -1, -1, 0) == 1);
    must(X509_set_issuer_name(certificate.get(), name) == 1 && X509_set_pubkey(certificate.get(), key.get()) == 1);
    return certificate;
}

void MadeAuthority::extend(const Certificate& certificate, int nid, const QByteArray& value)
{
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension{
        X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.constData()), X509_EXTENSION_free};
    must(extension && X509_add_ext(certificate.get(), extension.get(), -1) == 1);
}

} // namespace foliot::tests
