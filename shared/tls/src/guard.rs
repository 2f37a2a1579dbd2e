// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! Around each call from C++: neither a panic nor a failed allocation goes further.

use crate::memory;
use std::panic::{catch_unwind, AssertUnwindSafe};

/// What `work` results in; nothing when it panicked or when there was too little memory for it.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    memory::forget_shortage();
    let result = catch_unwind(AssertUnwindSafe(work)).ok();
    match memory::was_short() {
        true => None,
        false => result,
    }
}
