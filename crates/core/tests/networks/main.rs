//! Networks: reference values, laws, agreement of the backends, and what is refused.
#![allow(clippy::unwrap_used)]

mod activations;
mod backends;
mod lanes;
mod laws;
mod refusals;
mod support;
mod values;
