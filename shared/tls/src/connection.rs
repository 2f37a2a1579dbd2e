// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! One client's connection, without its socket.

use crate::identity::{Identity, PROTOCOL};
use rustls::server::{Accepted, AcceptedAlert, Acceptor};
use rustls::ServerConnection;
use std::io::{ErrorKind, Read, Write};
use std::mem;

/// How far it has come. Known to C++ by its numbers.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    NeedsMore = 0,
    Greeted = 1, // waits for `show`
    Established = 2,
    Refused = 3, // and the client is to be told why, if there is something to send
}

pub enum Heard {
    Octets(usize),
    Nothing, // yet
    Goodbye,
}

enum Stage {
    Greeting(Acceptor),
    Greeted(Box<Accepted>),
    Open(Box<ServerConnection>),
    Over,
}

pub struct Connection {
    stage: Stage,
    unread: Vec<u8>, // what came behind the hello, until an identity is shown
    alert: Vec<u8>,  // from before there is a connection that could send one
}

/// RFC 8446 section 6: a fatal alert of this kind, not encrypted.
fn alert(description: u8) -> Vec<u8> {
    vec![21, 3, 3, 0, 2, 2, description]
}

const NO_APPLICATION_PROTOCOL: u8 = 120;

impl Connection {
    pub fn new() -> Self {
        Self {
            stage: Stage::Greeting(Acceptor::default()),
            unread: Vec::new(),
            alert: Vec::new(),
        }
    }

    /// There is nothing more to say or to hear.
    pub fn break_off(&mut self) {
        self.stage = Stage::Over;
        self.unread = Vec::new();
        self.alert = Vec::new();
    }

    pub fn received(&mut self, octets: &[u8]) -> Progress {
        match mem::replace(&mut self.stage, Stage::Over) {
            Stage::Greeting(acceptor) => self.greet(acceptor, octets),
            Stage::Greeted(accepted) => {
                self.unread.extend_from_slice(octets);
                self.stage = Stage::Greeted(accepted);
                Progress::Greeted
            }
            Stage::Open(connection) => self.proceed(connection, octets),
            Stage::Over => Progress::Refused,
        }
    }

    fn greet(&mut self, mut acceptor: Acceptor, mut octets: &[u8]) -> Progress {
        while !octets.is_empty() {
            if acceptor.read_tls(&mut octets).is_err() {
                return Progress::Refused;
            }
            match acceptor.accept() {
                Ok(None) => (),
                Ok(Some(accepted)) => {
                    self.unread.extend_from_slice(octets);
                    return self.judge(accepted);
                }
                Err((_, alert)) => return self.refuse(alert),
            }
        }
        self.stage = Stage::Greeting(acceptor);
        Progress::NeedsMore
    }

    /// Whoever does not say that it wants NTS wants something else, and is shown no certificate.
    fn judge(&mut self, accepted: Accepted) -> Progress {
        let offered = accepted.client_hello().alpn();
        if !offered.is_some_and(|mut names| names.any(|name| name == PROTOCOL)) {
            return self.refuse_protocol();
        }
        self.stage = Stage::Greeted(Box::new(accepted));
        Progress::Greeted
    }

    fn refuse_protocol(&mut self) -> Progress {
        self.alert = alert(NO_APPLICATION_PROTOCOL);
        Progress::Refused
    }

    fn refuse(&mut self, mut alert: AcceptedAlert) -> Progress {
        // Writing to memory does not fail.
        let _ = alert.write_all(&mut self.alert);
        Progress::Refused
    }

    /// The name that the client asks for goes to the beginning of `name`; its length, or 0 when there is none that fits.
    pub fn server_name(&self, name: &mut [u8]) -> usize {
        let Stage::Greeted(accepted) = &self.stage else {
            return 0;
        };
        let hello = accepted.client_hello();
        let asked = hello.server_name().unwrap_or_default().as_bytes();
        match name.get_mut(..asked.len()) {
            Some(room) => {
                room.copy_from_slice(asked);
                asked.len()
            }
            None => 0,
        }
    }

    pub fn show(&mut self, identity: &Identity) -> Progress {
        let Stage::Greeted(accepted) = mem::replace(&mut self.stage, Stage::Over) else {
            return Progress::Refused;
        };
        let config = identity.config_for(accepted.client_hello().cipher_suites());
        match accepted.into_connection(config) {
            Ok(connection) => {
                let unread = mem::take(&mut self.unread);
                self.proceed(Box::new(connection), &unread)
            }
            Err((_, alert)) => self.refuse(alert),
        }
    }

    fn proceed(&mut self, mut connection: Box<ServerConnection>, mut octets: &[u8]) -> Progress {
        let mut progress = Self::process(&mut connection);
        while progress != Progress::Refused && !octets.is_empty() {
            progress = match connection.read_tls(&mut octets) {
                Ok(0) => break, // what comes after a goodbye
                Ok(_) => Self::process(&mut connection),
                Err(_) => Progress::Refused,
            };
        }
        // rustls goes on without a protocol when the hello that follows a retry offers none.
        let has_answered = connection.negotiated_key_exchange_group().is_some();
        if has_answered && connection.alpn_protocol().is_none() {
            return self.refuse_protocol();
        }
        self.stage = Stage::Open(connection);
        progress
    }

    fn process(connection: &mut ServerConnection) -> Progress {
        match connection.process_new_packets() {
            Err(_) => Progress::Refused,
            Ok(_) if connection.is_handshaking() => Progress::NeedsMore,
            Ok(_) => Progress::Established,
        }
    }

    pub fn hear(&mut self, octets: &mut [u8]) -> Heard {
        let Stage::Open(connection) = &mut self.stage else {
            return Heard::Nothing;
        };
        match connection.reader().read(octets) {
            Ok(0) => Heard::Goodbye,
            Ok(count) => Heard::Octets(count),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Heard::Nothing,
            Err(_) => Heard::Goodbye,
        }
    }

    pub fn say_and_close(&mut self, octets: &[u8]) -> bool {
        let Stage::Open(connection) = &mut self.stage else {
            return false;
        };
        if connection.is_handshaking() {
            return false;
        }
        let is_said = connection.writer().write_all(octets).is_ok();
        connection.send_close_notify();
        is_said
    }

    /// RFC 8446 section 7.5.
    pub fn export(&self, label: &[u8], context: &[u8], key: &mut [u8]) -> bool {
        let Stage::Open(connection) = &self.stage else {
            return false;
        };
        connection
            .export_keying_material(key, label, Some(context))
            .is_ok()
    }

    /// As much as fits; how much that was.
    pub fn to_send(&mut self, octets: &mut [u8]) -> usize {
        let size = octets.len();
        let mut room = octets;
        if !self.alert.is_empty() {
            let count = room.write(&self.alert).unwrap_or(0);
            self.alert.drain(..count);
        }
        if let Stage::Open(connection) = &mut self.stage {
            while !room.is_empty() && connection.wants_write() {
                if !matches!(connection.write_tls(&mut room), Ok(1..)) {
                    break;
                }
            }
        }
        size - room.len()
    }
}
