//! Exact linear algebra: matrices, ranks and solutions over ℚ, and linear inequalities.
//!
//! Inequalities are decided twice, by independent methods: [`simplex`] (any ordered field) and [`fourier_motzkin`]
//! (rational, the reference). Both return a solution that can be checked; the simplex also returns a certificate when
//! there is none.

pub mod bareiss;
pub mod fourier_motzkin;
pub mod interpolation;
pub mod matrix;
pub mod simplex;

pub use matrix::Matrix;
pub use simplex::{Nonnegative, nonnegative_solution, strict_direction};
