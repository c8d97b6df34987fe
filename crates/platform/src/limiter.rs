//! Slows down guessing: so many tries in a window, per key.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base::{Clock, UtcMs};

use crate::error::Error;

/// Counts tries in memory. A restart forgets them, which costs an attacker more than us.
pub struct Limiter {
    clock: Arc<dyn Clock>,
    windows: Mutex<HashMap<String, Window>>,
}

struct Window {
    began_at: UtcMs,
    window_ms: i64,
    tries: u32,
}

const KEYS_MAX: usize = 20_000;

impl Limiter {
    pub fn new(clock: Arc<dyn Clock>) -> Limiter {
        Limiter { clock, windows: Mutex::new(HashMap::new()) }
    }

    /// Counts one try of `key`; refuses beyond `tries_max` in `window_ms`.
    pub fn count(&self, key: &str, tries_max: u32, window_ms: i64) -> Result<(), Error> {
        let now = self.clock.now();
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= KEYS_MAX && !windows.contains_key(key) {
            make_room(&mut windows, now);
        }
        let fresh = Window { began_at: now, window_ms, tries: 0 };
        let window = windows.entry(key.to_string()).or_insert(fresh);
        if now.since(window.began_at) >= window_ms {
            *window = Window { began_at: now, window_ms, tries: 0 };
        }
        window.tries = window.tries.saturating_add(1);
        if window.tries > tries_max {
            let left_ms = window_ms - now.since(window.began_at);
            return Err(Error::TooMany { wait_s: left_ms / 1_000 + 1 });
        }
        Ok(())
    }

    /// Forgets a key, after a success.
    pub fn forget(&self, key: &str) {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

/// Forgets what is over; a flood of keys that are not over loses those with the fewest tries, so
/// that it cannot wash out the one that is being guessed at.
fn make_room(windows: &mut HashMap<String, Window>, now: UtcMs) {
    windows.retain(|_, window| now.since(window.began_at) < window.window_ms);
    if windows.len() < KEYS_MAX {
        return;
    }
    let mut tries: Vec<u32> = windows.values().map(|window| window.tries).collect();
    let (_, median, _) = tries.select_nth_unstable(KEYS_MAX / 2);
    let median = *median;
    windows.retain(|_, window| window.tries > median);
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::TestClock;

    #[test]
    fn too_many_tries_wait_for_the_window() {
        let clock = Arc::new(TestClock::at(UtcMs(1_000_000)));
        let limiter = Limiter::new(clock.clone());
        for _ in 0..3 {
            assert!(limiter.count("asha", 3, 60_000).is_ok());
        }
        clock.advance_ms(20_000);
        let refused = limiter.count("asha", 3, 60_000);
        assert!(matches!(refused, Err(Error::TooMany { wait_s: 41 })));
        assert!(limiter.count("someone else", 3, 60_000).is_ok());
        clock.advance_ms(40_000);
        assert!(limiter.count("asha", 3, 60_000).is_ok());
        limiter.forget("asha");
        assert!(limiter.count("asha", 1, 60_000).is_ok());
    }

    #[test]
    fn a_flood_of_keys_is_bounded_and_washes_nobody_out() {
        let clock = Arc::new(TestClock::at(UtcMs(1_000_000)));
        let limiter = Limiter::new(clock);
        for _ in 0..5 {
            let _ = limiter.count("asha", 3, 60_000);
        }
        for stranger in 0..KEYS_MAX * 3 {
            limiter.count(&stranger.to_string(), 3, 60_000).unwrap();
        }
        assert!(limiter.windows.lock().unwrap().len() <= KEYS_MAX);
        assert!(limiter.count("asha", 3, 60_000).is_err());
    }
}
