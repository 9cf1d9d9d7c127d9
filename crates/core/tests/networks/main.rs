//! Networks: reference values, laws, agreement of the backends, and what is refused.

mod activations;
mod backends;
mod laws;
mod lanes;
mod refusals;
mod support;
mod values;
