// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! A certificate with its chain and its key, ready to be shown.

use rustls::crypto::ring::{cipher_suite, default_provider, kx_group, sign};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, NoServerSessionStorage, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::version::TLS13;
use rustls::{CipherSuite, ServerConfig};
use std::sync::Arc;

/// RFC 8915 section 4.
pub const PROTOCOL: &[u8] = b"ntske/1";

/// Who the server is to a client. Never changed, so that threads share it.
pub struct Identity {
    by_our_order: Arc<ServerConfig>,
    by_clients_order: Arc<ServerConfig>, // of suites
}

#[derive(Debug)]
struct TheOne(Arc<CertifiedKey>);

impl ResolvesServerCert for TheOne {
    fn resolve(&self, _: ClientHello) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

fn provider() -> CryptoProvider {
    CryptoProvider {
        // The cheapest of equally good ones: a cookie is no safer than AES-128 either.
        cipher_suites: vec![
            cipher_suite::TLS13_AES_128_GCM_SHA256,
            cipher_suite::TLS13_CHACHA20_POLY1305_SHA256,
            cipher_suite::TLS13_AES_256_GCM_SHA384,
        ],
        kx_groups: vec![kx_group::X25519, kx_group::SECP256R1, kx_group::SECP384R1],
        ..default_provider()
    }
}

impl Identity {
    /// `chain`: DER, the server's own certificate first. `key`: PKCS #8. That they belong together is not asked here. Nothing
    /// when a key of this kind cannot sign.
    pub fn new<'a>(chain: impl Iterator<Item = &'a [u8]>, key: &[u8]) -> Option<Self> {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key));
        let key = sign::any_supported_type(&key).ok()?;
        let chain = chain
            .map(|one| CertificateDer::from(one.to_vec()))
            .collect();
        let mut config = ServerConfig::builder_with_provider(Arc::new(provider()))
            .with_protocol_versions(&[&TLS13])
            .ok()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(TheOne(Arc::new(CertifiedKey::new(chain, key)))));
        config.alpn_protocols = vec![PROTOCOL.to_vec()];
        // Who comes again has cookies, or wants a whole exchange.
        config.send_tls13_tickets = 0;
        config.session_storage = Arc::new(NoServerSessionStorage {});
        let by_clients_order = Arc::new(config.clone());
        config.ignore_client_order = true;
        Some(Self {
            by_our_order: Arc::new(config),
            by_clients_order,
        })
    }

    /// A client whose processor has no instructions for AES says so by what it likes best.
    pub fn config_for(&self, offered: &[CipherSuite]) -> Arc<ServerConfig> {
        match offered.first() {
            Some(CipherSuite::TLS13_CHACHA20_POLY1305_SHA256) => Arc::clone(&self.by_clients_order),
            _ => Arc::clone(&self.by_our_order),
        }
    }
}
