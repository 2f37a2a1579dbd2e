// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! What becomes of a call into the server's TLS that panics or gets no memory. FAULTS row 48. What a connection makes of it is
//! in test_served_exchange_memory.

#[path = "../../shared/tls/src/guard.rs"]
mod guard;
#[path = "../../shared/tls/src/memory.rs"]
mod memory;

use guard::guarded;
use std::alloc::{alloc, Layout};
use std::hint::black_box;
use std::thread;

/// More than any system has.
fn ask_for_too_much() {
    let piece = unsafe { alloc(Layout::from_size_align(isize::MAX as usize, 1).unwrap()) };
    assert!(black_box(piece).is_null());
}

#[test]
fn what_a_call_results_in_is_told() {
    assert_eq!(guarded(|| vec![7; 3]), Some(vec![7; 3]));
}

#[test]
fn panic_ends_the_call_alone() {
    assert_eq!(guarded(|| -> u8 { panic!("by the test") }), None);
    assert_eq!(guarded(|| 7), Some(7));
}

#[test]
fn call_that_got_too_little_memory_has_failed() {
    let after = guarded(|| {
        ask_for_too_much();
        7
    });
    assert_eq!(after, None);
    assert_eq!(guarded(|| 7), Some(7));
}

#[test]
fn shortage_is_that_of_one_thread() {
    let here = guarded(|| {
        thread::scope(|scope| scope.spawn(ask_for_too_much).join()).unwrap();
        7
    });
    assert_eq!(here, Some(7));
}
