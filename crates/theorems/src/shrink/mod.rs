//! Shrinking: from a failing object to the smallest one that still fails.
//!
//! # The order of simplification
//!
//! Written down before the passes; [`Complexity`] is this list, compared lexicographically:
//!
//! 1. fewer layers;
//! 2. fewer neurons, inputs, outputs, coordinates and parameters;
//! 3. fewer non-zero entries (weights, biases, coordinates, template terms);
//! 4. smaller denominators, so integers before fractions;
//! 5. smaller numerators, and of n and −n the positive one;
//! 6. among equals: non-zero entries first, small before large, positive before negative, read layer by layer, row by row.
//!
//! For points this means zero coordinates, then integers, then smaller denominators; for a kink value 0, 1, −1, 2, … before
//! 1/2. Complexities are natural numbers but for the last component, whose length is fixed and whose values are finitely many
//! once the others are given: the order is well founded. **Every candidate is strictly simpler than what it comes from**, so every
//! chain of candidates ends, whatever is kept.
//!
//! Candidates keep the shapes legal: [`network_candidates`] keeps input and output dimension, and what changes them changes the
//! partner too ([`dimension_candidates`], [`composable_candidates`], [`parameter_candidates`]). All candidate lists are lazy and
//! deterministic. [`minimise`] is the driver: the first candidate that still fails is taken and its list started.

mod complexity;
mod entries;
mod joint;
mod layers;
mod minimise;
mod network;
mod neurons;
mod number;
mod polynomial;
#[cfg(test)]
mod quality;
#[cfg(test)]
mod quality_joint;
mod template;
mod template_joint;
mod template_sheet;

pub use complexity::{Complexity, Measured};
pub use joint::{
    composable_candidates, dimension_candidates, endomorphic_candidates, output_candidates,
    pointed_candidates, shift_candidates,
};
pub use minimise::{Minimised, minimise, minimise_with_report};
pub use network::network_candidates;
pub use number::{rational_candidates, vector_candidates};
pub use polynomial::{polynomial_candidates, variable_candidates};
pub use template::template_candidates;
pub use template_joint::{
    parameter_candidates, template_dimension_candidates, template_shift_candidates,
};
