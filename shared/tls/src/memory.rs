// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! Where the memory of this library comes from, and what becomes of it. All that is given back is wiped: keys lie in it that
//! those who made it do not wipe. And when the system has no more, a reserve lasts until the call under way has ended: Rust
//! would otherwise end the whole process. That call then counts as failed, whatever it made is freed, and the reserve is
//! whole again.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, UnsafeCell};
use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

extern "C" {
    /// Of the C library. Compilers do not leave it out.
    fn explicit_bzero(piece: *mut c_void, size: usize);
}

thread_local! {
    static IS_SHORT: Cell<bool> = const { Cell::new(false) };
}

pub fn forget_shortage() {
    IS_SHORT.set(false);
}

/// This thread has had to take from the reserve since `forget_shortage`.
pub fn was_short() -> bool {
    IS_SHORT.get()
}

/// More than one call takes when its connection was given 16 KiB, whatever is in them. A `Vec` that grows takes twice what it
/// grows to.
pub const PART_SIZE: usize = 1 << 20;
/// As many as there are threads: 16 that exchange keys, and the event loop's.
const PART_COUNT: usize = 17;

/// Each thread has a part of its own: one for all would never get empty while they take turns. No page of it is there before
/// it is used.
pub struct Reserve {
    room: UnsafeCell<[[u8; PART_SIZE]; PART_COUNT]>, // what was handed out belongs to whoever got it
    taken: Mutex<[Taken; PART_COUNT]>,
    next: AtomicUsize, // part; threads that are there after others have ended share those parts
}

#[derive(Clone, Copy)]
struct Taken {
    octets: usize, // from the beginning of the part
    pieces: usize,
}

const NOTHING: Taken = Taken {
    octets: 0,
    pieces: 0,
};

// The room is handed out in pieces that do not overlap, under the lock.
unsafe impl Sync for Reserve {}

pub static RESERVE: Reserve = Reserve::new();

thread_local! {
    static PART: usize = RESERVE.next.fetch_add(1, Ordering::Relaxed) % PART_COUNT;
}

impl Reserve {
    pub const fn new() -> Self {
        Self {
            room: UnsafeCell::new([[0; PART_SIZE]; PART_COUNT]),
            taken: Mutex::new([NOTHING; PART_COUNT]),
            next: AtomicUsize::new(0),
        }
    }

    /// From the part of this thread; null when it does not fit any more.
    pub fn take(&self, layout: Layout) -> *mut u8 {
        let part = PART.with(|part| *part);
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = &mut all[part];
        let start = (self.room.get() as *mut u8).wrapping_add(part * PART_SIZE);
        let free = start.wrapping_add(taken.octets);
        let begin = taken.octets + free.align_offset(layout.align());
        match begin.checked_add(layout.size()) {
            Some(end) if end <= PART_SIZE => {
                *taken = Taken {
                    octets: end,
                    pieces: taken.pieces + 1,
                };
                start.wrapping_add(begin)
            }
            _ => std::ptr::null_mut(),
        }
    }

    /// Which one a piece is from, if from any.
    pub fn part_of(&self, piece: *mut u8) -> Option<usize> {
        let offset = (piece as usize).wrapping_sub(self.room.get() as usize);
        Some(offset / PART_SIZE).filter(|part| *part < PART_COUNT)
    }

    /// A piece of that part: which one makes no difference, for the part is whole again when all are back.
    pub fn give_back(&self, part: usize) {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = &mut all[part];
        taken.pieces -= 1;
        if taken.pieces == 0 {
            taken.octets = 0;
        }
    }
}

pub struct WipedMemory;

#[global_allocator]
pub static MEMORY: WipedMemory = WipedMemory;

// Growing a piece makes another one and gives the first back, as the trait does it by itself: nothing is left unwiped.
unsafe impl GlobalAlloc for WipedMemory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let piece = unsafe { System.alloc(layout) };
        if !piece.is_null() {
            return piece;
        }
        IS_SHORT.set(true);
        RESERVE.take(layout)
    }

    unsafe fn dealloc(&self, piece: *mut u8, layout: Layout) {
        unsafe { explicit_bzero(piece.cast(), layout.size()) };
        match RESERVE.part_of(piece) {
            Some(part) => RESERVE.give_back(part),
            None => unsafe { System.dealloc(piece, layout) },
        }
    }
}
