//! A game that no learner wins: for its samples, a pair of networks ±φ of bounded weights on which its error is large.
//!
//! [`play()`] runs a [`Learner`] on u = 0 with every seed, puts a bump into the cell that the fewest runs hit, runs it again on φ and −φ, and has the
//! kernel check the certificate ([`kernel::certificate::game`]). To put an own learner on trial, implement [`Learner`].
//!
//! # Source
//! Claim `lower-main` (bgv-2022, lower bound).

mod cells;
mod exact;
mod function;
mod learner;
pub mod learners;
mod oracle;
mod play;
mod random;
mod run;
mod target;
mod worst;

pub use cells::recommended;
pub use function::{Continuous, Function, Output};
pub use learner::{Forfeit, Learner, Oracle};
pub use oracle::Exchange;
pub use play::{Failed, Played, Settings, play};
pub use random::Random;
pub use worst::{Worst, worst};
