//! Exact ReLU networks and piecewise-linear geometry over ℚ.
//!
//! A network Φ = ((A₁,b₁),…,(A_L,b_L)) is a value with exact rational entries; its realization, its network
//! derivative with kink value `c`, its sizes and its cells are computed exactly. Nothing here draws random
//! numbers, reads files or knows what a claim is.

pub mod activation;
pub mod batch;
pub mod class;
pub mod constructions;
mod cursor;
pub mod encoding;
pub mod evaluate;
pub mod failure;
pub mod field;
pub mod file;
pub mod geometry;
pub mod linear;
pub mod network;
pub mod number;
pub mod operations;
pub mod parameters;
pub mod reference;
pub mod scaled;
pub mod sizes;
pub mod text;

pub use failure::Failure;
pub use field::{Field, Order, RationalOrder, Sign};
