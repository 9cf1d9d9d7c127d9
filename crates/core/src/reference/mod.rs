//! The reference backend: dense matrices of big rationals, written from the definitions.
//!
//! Nothing here shares code with the fast evaluation: entries are [`RBig`](dashu_ratio::RBig) from the first step to the last, zeros
//! are multiplied like everything else, and the symbolic derivative is a matrix over ℚ\[c\] with its own polynomials. Only
//! the types of the interface ([`Network`](crate::network::Network), `Rational`, `Matrix`, `Scalar`) are common. It is what a doubtful result is
//! checked against, so it is to stay slow and obvious.

mod activation;
mod adjacent;
mod cells;
mod class;
mod cosine;
mod cover;
mod dense;
mod deviation;
mod evaluate;
mod exotic;
mod grid;
mod hull;
mod integral;
mod line;
mod line_error;
mod operations;
mod polynomial;
mod rank;
mod ridges;
mod taylor;

pub use activation::{activation_slope, activation_value};
pub use adjacent::adjacent;
pub use cells::{ReferenceCell, ReferenceCells};
pub use class::{in_class, perturbation_constant};
pub use cosine::{cosine_distance, pi};
pub use cover::{CellCertificate, CheckedCell, CheckedCells, ClaimedCell};
pub use evaluate::{derivative_at, network_derivative, preactivations, realize, slope_diagonal};
pub use grid::cells_met;
pub use line::{infimum, segments, supremum};
pub use line_error::{sup_error, w1inf_error};
pub use operations::{
    compose, linear_combination, pad, parallelize, parallelize_separate, sparse_compose,
};
pub use polynomial::check_polynomial;
pub use rank::rank;
pub use ridges::RidgeWitness;
