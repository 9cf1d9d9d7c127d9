//! Many networks of one architecture at once: value, derivative, composition and the chain-rule trial in lanes.
//!
//! Lane k of every array belongs to network k, so one loop over the entries serves all networks of a batch and the compiler
//! turns it into vector instructions. The lanes hold integers over common powers of two, in `f64` below 2⁵³ or in `i64`;
//! a static bound over every product and partial sum ([`Scaled`](crate::scaled::Scaled) states it) decides which.
//!
//! # Exactness
//! All results are exact and the same for every number of lanes. Comparison is `==`.

mod chain_rule;
mod evaluate;
mod lane;
mod network;

pub use chain_rule::{ChainRule, Limits};
pub use evaluate::{Evaluator, evaluate};
pub use lane::Lane;
pub use network::BatchNetwork;
