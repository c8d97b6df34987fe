//! A clock that tells a story from the past, then goes with the machine's.

use std::sync::atomic::{AtomicI64, Ordering};

use base::{Clock, SystemClock, UtcMs};

const LIVE: i64 = i64::MIN;

/// Stands where the story is until `go_live`.
pub struct StoryClock(AtomicI64);

impl StoryClock {
    pub fn telling(at: UtcMs) -> StoryClock {
        StoryClock(AtomicI64::new(at.0))
    }

    /// Moves to an instant of the story.
    pub fn set(&self, at: UtcMs) {
        self.0.store(at.0, Ordering::SeqCst);
    }

    pub fn go_live(&self) {
        self.0.store(LIVE, Ordering::SeqCst);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> UtcMs {
        match self.0.load(Ordering::SeqCst) {
            LIVE => SystemClock.now(),
            told => UtcMs(told),
        }
    }
}
