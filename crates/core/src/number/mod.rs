//! Exact numbers: ℚ, ℚ\[t\], real algebraic numbers, ℚ(c, s₁, s₂, …) and germs at t → 0+.
//!
//! | type | set | order |
//! | --- | --- | --- |
//! | [`Rational`] | ℚ | total, never fails |
//! | [`Poly`] | ℚ\[t\] | through a [`RealCell`] |
//! | [`Algebraic`] | the real algebraic numbers, by polynomial and isolating interval | total, exact |
//! | [`Enclosure`] | a real number between two rationals | where the enclosures decide it |
//! | [`MultiPoly`] | ℚ\[s₀, s₁, …\] | through a [`RealContext`] |
//! | [`Polynomial`] | ℚ\[x₀, …, x_{d−1}\] as functions on ℝᵈ | none |
//! | [`Scalar`] | ℚ(s₀, s₁, …) | through a [`RealContext`] |
//! | [`Germ`] | S\[t\] truncated, read as t → 0+ | the first coefficient that is not zero |
//!
//! Nothing here rounds. A sign that is not uniform on a cell is an error that carries the polynomial at whose roots the
//! cell must be split.

pub mod cell;
pub mod cosine;
pub mod enclosure;
pub mod germ;
pub mod logarithm;
pub mod multipoly;
pub mod pi;
pub mod poly;
pub mod polynomial;
pub mod radical;
pub mod rational;
pub mod roots;
pub mod scalar;

pub use cell::{Others, RealCell, RealContext};
pub use cosine::cosine_of_turns;
pub use enclosure::Enclosure;
pub use germ::{GERM_ORDER, Germ, GermOrder};
pub use logarithm::{exponential, logarithm};
pub use multipoly::MultiPoly;
pub use pi::pi;
pub use poly::Poly;
pub use polynomial::Polynomial;
pub use rational::Rational;
pub use roots::{Algebraic, real_roots};
pub use scalar::Scalar;
