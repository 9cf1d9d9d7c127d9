//! Networks: reference values, laws, agreement of the backends, and what is refused.
#![allow(clippy::unwrap_used)]

mod activations;
mod approximations;
mod backends;
mod certificates;
mod global;
mod lanes;
mod laws;
mod polynomials;
mod products;
mod refusals;
mod support;
mod values;
