//! The largest norm of the gradient over a box by branch and bound on activation patterns, with a certificate.
//!
//! Nodes are partial patterns. Their bounds come from a linear relaxation that is solved in floats; its dual multipliers, rounded to
//! short dyadic numbers, go into the certificate, and any such multipliers prove a true bound. Patterns without open neurons are
//! decided exactly. The result is what the kernel finds the certificate to prove.

mod ascent;
mod decided;
mod explore;
mod facts;
mod frame;
mod relaxation;
mod simplex;
mod tree;

use std::fmt;

use kernel::certificate::branch::{Certificate, Norm, Ranges, Refused, check_question};
use relu_core::network::Network;
use relu_core::number::rational::Rational;

/// A certified enclosure of max ‖∇RΦ‖ with the evidence and what it took.
#[derive(Clone, Debug)]
pub struct Certified {
    /// Reached in a cell.
    pub lower: Rational,
    /// Not exceeded in any cell; equal to `lower` unless the fuel ran out.
    pub upper: Rational,
    /// Checked by the kernel.
    pub certificate: Certificate,
    /// Nodes of the tree that were dealt with.
    pub nodes: u64,
    /// Steps of the simplex method.
    pub pivots: u64,
}

/// Why there is no enclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failed {
    /// The question cannot be asked, or the kernel refuses the certificate.
    Refused(Refused),
    /// No point inside a cell was found; the boxes' drawn points all lie on kinks.
    NoPoint,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => refused.fmt(f),
            Self::NoPoint => f.write_str("expected a drawn point inside a cell, got none"),
        }
    }
}

impl std::error::Error for Failed {}

/// Encloses the largest norm of ∇RΦ over the full-dimensional cells in a box, for a ReLU network with one output.
///
/// # Exactness
/// Both bounds are exact and checked by the kernel. They agree unless `fuel`, the number of nodes to deal with, ran out. The same
/// inputs give the same certificate for any number of threads.
///
/// Errors: [`Failed`].
pub fn lipschitz(
    phi: &Network,
    domain: &Ranges,
    norm: Norm,
    fuel: u64,
) -> Result<Certified, Failed> {
    check_question(phi, domain).map_err(Failed::Refused)?;
    let grown = tree::grow(phi, domain, norm, fuel).ok_or(Failed::NoPoint)?;
    let checked = grown
        .certificate
        .check(phi, domain, norm)
        .map_err(Failed::Refused)?;
    Ok(Certified {
        lower: checked.lower,
        upper: checked.upper,
        ..grown
    })
}
