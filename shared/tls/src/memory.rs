// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

//! Where the memory of this library comes from, and what becomes of it. All that is given back is wiped: keys lie in it that
//! those who made it do not wipe. And when the system has no more, a reserve lasts until the call under way has ended: Rust
//! would otherwise end the whole process. That call then counts as failed, whatever it made is freed, and the reserve is
//! whole again.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, UnsafeCell};
use std::ffi::c_void;
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

/// A call takes some ten KiB, and each thread is in one at most. No page of it is there before it is used.
const RESERVE_SIZE: usize = 1 << 20;

struct Reserve {
    room: UnsafeCell<[u8; RESERVE_SIZE]>, // what was handed out belongs to whoever got it
    taken: Mutex<Taken>,
}

struct Taken {
    octets: usize, // from the beginning
    pieces: usize,
}

// The room is handed out in pieces that do not overlap, under the lock.
unsafe impl Sync for Reserve {}

static RESERVE: Reserve = Reserve {
    room: UnsafeCell::new([0; RESERVE_SIZE]),
    taken: Mutex::new(Taken {
        octets: 0,
        pieces: 0,
    }),
};

impl Reserve {
    fn take(&self, layout: Layout) -> *mut u8 {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let start = self.room.get() as *mut u8;
        let free = start.wrapping_add(taken.octets);
        let begin = taken.octets + free.align_offset(layout.align());
        match begin.checked_add(layout.size()) {
            Some(end) if end <= RESERVE_SIZE => {
                *taken = Taken {
                    octets: end,
                    pieces: taken.pieces + 1,
                };
                start.wrapping_add(begin)
            }
            _ => std::ptr::null_mut(),
        }
    }

    fn has(&self, piece: *mut u8) -> bool {
        (piece as usize).wrapping_sub(self.room.get() as usize) < RESERVE_SIZE
    }

    fn give_back(&self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.pieces -= 1;
        if taken.pieces == 0 {
            taken.octets = 0;
        }
    }
}

struct WipedMemory;

#[global_allocator]
static MEMORY: WipedMemory = WipedMemory;

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
        match RESERVE.has(piece) {
            true => RESERVE.give_back(),
            false => unsafe { System.dealloc(piece, layout) },
        }
    }
}
