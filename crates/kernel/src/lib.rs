//! The only maker of verdicts: re-checks witnesses and finite scopes.
//!
//! Search is untrusted. Whatever it finds arrives here as text and is evaluated again with the reference backend; finite
//! scopes are enumerated again, the first instances of every claim are drawn again, and only then is there a [`Verdict`].

pub mod certificate;
pub mod check;
pub mod exhaust;
pub mod fit;
pub mod kill;
pub mod record;
pub mod redraw;
pub mod tightness;
pub mod verdict;
pub mod witness;

pub use check::{Refutation, Rejection, check_candidate};
pub use verdict::Verdict;
