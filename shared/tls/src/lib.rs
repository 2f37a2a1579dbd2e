// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! The server's side of TLS 1.3 as functions over octets, for C++: rustls behind the few calls that an exchange of keys needs.
//! `../connection.h` and `../identity.h` say what each means; here is only how pointers become slices and back. No panic leaves
//! this library, and neither does a failed allocation: both are told as `BROKEN`, and the connection is then of no use but to be
//! freed.

mod connection;
mod guard;
mod identity;
mod memory;
mod stack;

use connection::{Connection, Heard};
use guard::guarded;
use identity::Identity;
use std::slice;

/// Octets that the caller owns.
#[repr(C)]
pub struct Octets {
    data: *const u8,
    size: usize,
}

/// Room that the caller owns, to be filled from the beginning.
#[repr(C)]
pub struct Room {
    data: *mut u8,
    size: usize,
}

impl Octets {
    /// # Safety
    /// They are there, and stay as they are for `'a`.
    unsafe fn get<'a>(&self) -> &'a [u8] {
        match self.size {
            0 => &[],
            size => unsafe { slice::from_raw_parts(self.data, size) },
        }
    }
}

impl Room {
    /// # Safety
    /// It is there, and nobody else uses it for `'a`.
    unsafe fn get<'a>(&self) -> &'a mut [u8] {
        match self.size {
            0 => &mut [],
            size => unsafe { slice::from_raw_parts_mut(self.data, size) },
        }
    }
}

/// What `work` makes of the connection. When it fails, nothing comes of the connection any more, in whatever state it was left.
fn guarded_on<T>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> T,
) -> Option<T> {
    let result = guarded(|| work(connection));
    if result.is_none() {
        guarded(|| connection.break_off());
    }
    result
}

/// # Safety
/// `chain` points to `count` certificates in DER.
#[no_mangle]
pub unsafe extern "C" fn foliot_tls_identity_new(
    chain: *const Octets,
    count: usize,
    key: Octets,
) -> *mut Identity {
    let chain = match count {
        0 => &[],
        _ => unsafe { slice::from_raw_parts(chain, count) },
    };
    let key = unsafe { key.get() };
    let certificates = chain.iter().map(|one| unsafe { one.get() });
    match guarded(|| Identity::new(certificates, key).map(Box::new)) {
        Some(Some(identity)) => Box::into_raw(identity),
        _ => std::ptr::null_mut(),
    }
}

/// # Safety
/// `identity` is from `foliot_tls_identity_new` and is not used again.
#[no_mangle]
pub unsafe extern "C" fn foliot_tls_identity_free(identity: *mut Identity) {
    guarded(|| drop(unsafe { Box::from_raw(identity) }));
}

/// A connection of which nothing was heard yet; null without memory.
#[no_mangle]
pub extern "C" fn foliot_tls_connection_new() -> *mut Connection {
    guarded(|| Box::new(Connection::new())).map_or(std::ptr::null_mut(), Box::into_raw)
}

/// # Safety
/// `connection` is from `foliot_tls_connection_new` and is not used again.
#[no_mangle]
pub unsafe extern "C" fn foliot_tls_connection_free(connection: *mut Connection) {
    guarded(|| drop(unsafe { Box::from_raw(connection) }));
    stack::wipe();
}

const BROKEN: u8 = 4;

/// # Safety
/// Here and below: `connection` is from `foliot_tls_connection_new`, and nobody else uses it meanwhile.
#[no_mangle]
pub unsafe extern "C" fn foliot_tls_received(connection: *mut Connection, octets: Octets) -> u8 {
    let (connection, octets) = unsafe { (&mut *connection, octets.get()) };
    guarded_on(connection, |connection| connection.received(octets))
        .map_or(BROKEN, |progress| progress as u8)
}

/// # Safety
/// As above.
#[no_mangle]
pub unsafe extern "C" fn foliot_tls_server_name(connection: *mut Connection, name: Room) -> usize {
    let (connection, name) = unsafe { (&mut *connection, name.get()) };
    guarded_on(connection, |connection| connection.server_name(name)).unwrap_or(0)
}

/// # Safety
/// As above; `identity` is from `foliot_tls_identity_new`.
#[no_mangle]
pub unsafe extern "C" fn foliot_tls_show(
    connection: *mut Connection,
    identity: *const Identity,
) -> u8 {
    let (connection, identity) = unsafe { (&mut *connection, &*identity) };
    guarded_on(connection, |connection| connection.show(identity))
        .map_or(BROKEN, |progress| progress as u8)
}

/// # Safety
/// As above.
#[no_mangle]
pub unsafe extern "C" fn foliot_tls_hear(connection: *mut Connection, octets: Room) -> isize {
    let (connection, octets) = unsafe { (&mut *connection, octets.get()) };
    match guarded_on(connection, |connection| connection.hear(octets)) {
        Some(Heard::Octets(count)) => count as isize,
        Some(Heard::Nothing) => 0,
        Some(Heard::Goodbye) => -1,
        None => -2,
    }
}

/// # Safety
/// As above.
#[no_mangle]
pub unsafe extern "C" fn foliot_tls_say_and_close(
    connection: *mut Connection,
    octets: Octets,
) -> bool {
    let (connection, octets) = unsafe { (&mut *connection, octets.get()) };
    guarded_on(connection, |connection| connection.say_and_close(octets)).unwrap_or(false)
}

/// # Safety
/// As above.
#[no_mangle]
pub unsafe extern "C" fn foliot_tls_export(
    connection: *mut Connection,
    label: Octets,
    context: Octets,
    key: Room,
) -> bool {
    let (connection, key) = unsafe { (&mut *connection, key.get()) };
    let (label, context) = unsafe { (label.get(), context.get()) };
    guarded_on(connection, |connection| {
        connection.export(label, context, key)
    })
    .unwrap_or(false)
}

/// # Safety
/// As above.
#[no_mangle]
pub unsafe extern "C" fn foliot_tls_to_send(connection: *mut Connection, octets: Room) -> usize {
    let (connection, octets) = unsafe { (&mut *connection, octets.get()) };
    guarded_on(connection, |connection| connection.to_send(octets)).unwrap_or(0)
}
