//! Chance that can be repeated: the seed is printed, and given again by `SAMPARK_SEED`.

use std::time::{SystemTime, UNIX_EPOCH};

use base::{Entropy, TestEntropy};

/// A sequence of choices.
pub struct Chance(TestEntropy);

impl Chance {
    pub fn seeded(seed: u64) -> Chance {
        Chance(TestEntropy::seeded(seed))
    }

    /// A number from 0 to `max`.
    pub fn up_to(&self, max: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        (u64::from_le_bytes(bytes) % (max as u64 + 1)) as usize
    }

    /// One of these; none when there are none.
    pub fn one_of<'a, T>(&self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.up_to(all.len().checked_sub(1)?))
    }
}

/// The seed of this run.
pub fn seed() -> u64 {
    number("SAMPARK_SEED").unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        u64::from(since.subsec_nanos())
    })
}

/// A number from the environment.
pub fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} must be a number, not {text:?}")))
}
