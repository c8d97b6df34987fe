//! Pure values that every floor shares: instants, ids, phones, addresses, folded words.
//! No IO happens here; time and randomness enter only through the two traits.

mod clock;
mod email;
mod entropy;
mod fold;
mod id;
mod phone;
mod val;
mod zone;

pub use clock::{Clock, SystemClock, TestClock, UtcMs};
pub use email::{EmailAddress, EmailProblem};
pub use entropy::{Entropy, SystemEntropy, TestEntropy, hex, random_token};
pub use fold::{fold, words};
pub use id::RawId;
pub use phone::{Phone, PhoneProblem};
pub use val::{FromVal, ToVal, ValRef};
pub use zone::{LocalTime, Zone};
