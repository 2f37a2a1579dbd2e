// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! What becomes of a call into the server's TLS that panics or gets no memory, and the reserve that it then lives on. FAULTS
//! row 48. What a connection makes of it is in test_served_exchange_memory.

#[path = "../../shared/tls/src/guard.rs"]
mod guard;
#[path = "../../shared/tls/src/memory.rs"]
mod memory;

use guard::guarded;
use memory::{Reserve, MEMORY, PART_SIZE, RESERVE};
use std::alloc::{alloc, GlobalAlloc, Layout};
use std::hint::black_box;
use std::{slice, thread};

fn layout(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align).unwrap()
}

/// A piece of the reserve, full of `mark`.
fn marked(reserve: &Reserve, size: usize, mark: u8) -> &mut [u8] {
    let piece = reserve.take(layout(size, 8));
    assert!(!piece.is_null());
    let piece = unsafe { slice::from_raw_parts_mut(piece, size) };
    piece.fill(mark);
    piece
}

/// More than any system has.
fn ask_for_too_much() {
    let piece = unsafe { alloc(layout(isize::MAX as usize, 1)) };
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

#[test]
fn pieces_of_the_reserve_are_aligned() {
    static OWN: Reserve = Reserve::new();
    for align in (0..13).map(|power| 1 << power) {
        assert!(!OWN.take(layout(1, 1)).is_null()); // what comes next begins at an odd place
        assert_eq!(OWN.take(layout(24, align)) as usize % align, 0);
    }
}

#[test]
fn pieces_of_the_reserve_do_not_overlap() {
    static OWN: Reserve = Reserve::new();
    let pieces: Vec<&mut [u8]> = (1..=250u8)
        .map(|mark| marked(&OWN, 1 + usize::from(mark) % 97, mark))
        .collect();
    for (piece, mark) in pieces.iter().zip(1..) {
        assert!(piece.iter().all(|octet| *octet == mark));
    }
}

#[test]
fn part_of_the_reserve_ends() {
    static OWN: Reserve = Reserve::new();
    assert!(OWN.take(layout(PART_SIZE + 1, 1)).is_null());
    assert!(OWN.take(layout(isize::MAX as usize, 1)).is_null());
    let whole = OWN.take(layout(PART_SIZE, 1));
    assert!(!whole.is_null());
    assert!(OWN.take(layout(1, 1)).is_null());
    OWN.give_back(OWN.part_of(whole).unwrap()); // the others were no pieces
    assert_eq!(OWN.take(layout(PART_SIZE, 1)), whole);
}

#[test]
fn reserve_knows_its_own() {
    static OWN: Reserve = Reserve::new();
    let whole = OWN.take(layout(PART_SIZE, 1));
    let part = OWN.part_of(whole);
    assert!(part.is_some());
    assert_eq!(OWN.part_of(whole.wrapping_add(PART_SIZE - 1)), part);
    assert_ne!(OWN.part_of(whole.wrapping_add(PART_SIZE)), part);
    assert_ne!(OWN.part_of(whole.wrapping_sub(1)), part);
    let elsewhere = Box::new(0u8);
    assert_eq!(OWN.part_of((&raw const *elsewhere).cast_mut()), None);
}

#[test]
fn part_of_the_reserve_is_whole_again_when_all_is_given_back() {
    static OWN: Reserve = Reserve::new();
    let first = OWN.take(layout(1000, 1));
    let part = OWN.part_of(first).unwrap();
    assert_eq!(OWN.take(layout(1000, 1)), first.wrapping_add(1000));
    OWN.give_back(part);
    // It cannot tell which of the two that was.
    assert_eq!(OWN.take(layout(1000, 1)), first.wrapping_add(2000));
    OWN.give_back(part);
    OWN.give_back(part);
    assert_eq!(OWN.take(layout(PART_SIZE, 1)), first);
}

#[test]
fn threads_have_parts_of_their_own() {
    static OWN: Reserve = Reserve::new();
    let wholes = thread::scope(|scope| {
        let take = || OWN.take(layout(PART_SIZE, 1)) as usize;
        let threads = [take; 4].map(|take| scope.spawn(take));
        threads.map(|thread| thread.join().unwrap())
    });
    for (count, whole) in wholes.iter().enumerate() {
        assert_ne!(*whole, 0);
        assert!(!wholes[..count].contains(whole));
    }
}

#[test]
fn what_is_given_back_to_the_reserve_is_wiped() {
    let piece = RESERVE.take(layout(100, 1));
    let octets = || unsafe { slice::from_raw_parts(black_box(piece), 100) };
    unsafe { piece.write_bytes(7, 100) };
    assert_eq!(octets(), [7; 100]);
    unsafe { MEMORY.dealloc(piece, layout(100, 1)) };
    assert_eq!(octets(), [0; 100]);
}
