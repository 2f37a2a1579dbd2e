// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! The stack of the thread that calls: rustls and what it computes with leave keys on it.

use std::ffi::c_void;
use std::mem::MaybeUninit;

extern "C" {
    /// Of the C library. Compilers do not leave it out.
    fn explicit_bzero(piece: *mut c_void, size: usize);
}

/// Calls take 20 KiB at most: signatures by RSA.
const SIZE: usize = 32 << 10;

/// Wipes what calls have left from here on.
#[inline(never)]
pub fn wipe() {
    let mut left = MaybeUninit::<[u8; SIZE]>::uninit();
    unsafe { explicit_bzero(left.as_mut_ptr().cast(), SIZE) };
}
