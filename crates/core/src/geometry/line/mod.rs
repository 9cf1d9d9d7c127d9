//! Exact analysis of networks with one input and one output on an interval.
//!
//! The network is a list of affine pieces, the function it is compared with a [`Curve`], a list of polynomial pieces; on each
//! common piece the difference is a polynomial, whose extreme values lie at the ends and at the roots of its derivative. So
//! every supremum is the value of a polynomial at an algebraic number, an [`Algebraic`](crate::number::Algebraic) again.

mod cosine;
mod curve;
mod error;
mod extreme;
mod range;

pub use cosine::{PolynomialPart, cosine_distance};
pub use curve::{Curve, Part};
pub use error::{Bounded, LargestError, Quantity, sup_error, w1inf_error};
pub use extreme::MOST_CRITICAL_DEGREE;
pub use range::{Extreme, infimum, supremum};

use crate::failure::Failure;
use crate::network::Network;

/// Refuses networks with several outputs.
fn scalar(phi: &Network) -> Result<(), Failure> {
    if phi.outdim() == 1 {
        return Ok(());
    }
    Err(Failure::Shape(format!(
        "outputs of a network on the line: expected 1, got {}",
        phi.outdim()
    )))
}
