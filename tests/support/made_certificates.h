// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A certificate authority that lives as long as a test, and the certificates that it signs: keys made when they are asked for,
// in a folder that goes with it.

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace foliot::tests {

enum class MadeKey { P256, P384, P521, Rsa1024, Rsa2048, Rsa2560, Rsa4096, Ed25519, Ed448 };

struct CertificateWish {
    QStringList names; // DNS names and numeric addresses
    QDateTime validFrom = QDateTime::currentDateTimeUtc().addDays(-1);
    QDateTime expires = QDateTime::currentDateTimeUtc().addDays(30);
    MadeKey key = MadeKey::P256;
};

struct CertificateFiles {
    QString chain; // PEM
    QString key;
};

class MadeAuthority {
public:
    MadeAuthority();

    // The authority's own certificate, PEM: what clients are told to trust.
    QString trustedFile() const { return m_folder.filePath(QStringLiteral("authority.pem")); }

    CertificateFiles sign(const CertificateWish& wish);

private:
    struct Free {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
        void operator()(X509* certificate) const { X509_free(certificate); }
    };
    using Key = std::unique_ptr<EVP_PKEY, Free>;
    using Certificate = std::unique_ptr<X509, Free>;

    static Certificate begin(const Key& key, const char* commonName, const QDateTime& from, const QDateTime& to);
    static void extend(const Certificate& certificate, int nid, const QByteArray& value);

    QTemporaryDir m_folder;
    Key m_key;
    Certificate m_certificate;
    int m_signed = 0;
};

} // namespace foliot::tests
