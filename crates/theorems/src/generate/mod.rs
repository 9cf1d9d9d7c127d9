//! Generators: random networks, points, numbers and templates that hit the hard cases.
//!
//! Uniform random floats never meet a zero pre-activation; here small integers, dead layers, dependent outputs and planted
//! kinks make it the usual case. Everything is exact and a function of a [`Stream`]; a family that cannot meet its hints returns
//! `None` and never panics. The caller filters by the hypotheses of a claim; nothing here knows what a claim is.
//!
//! | object | families |
//! | --- | --- |
//! | networks | [`NetworkFamily`] with [`NetworkHints`] |
//! | vectors | [`VectorFamily`] |
//! | numbers, matrices | [`small_real`], [`integer`], [`natural`], [`small_matrix`] |
//! | polynomials | [`PolynomialFamily`] |
//! | templates | [`TemplateFamily`] with [`TemplateHints`] |
//! | finite scopes | [`Scope`] |
//!
//! [`FAMILIES`] lists them with their definitions.

mod arbitrary;
mod bottleneck;
mod degenerate;
pub(crate) mod draft;
mod exhaustive;
mod families;
mod hints;
mod image;
pub(crate) mod kink_values;
mod kinks;
#[cfg(test)]
mod laws;
mod named;
mod network_family;
mod numbers;
mod plain;
mod planted;
mod polynomials;
mod stream;
mod structured;
mod tangent;
mod template_sheet;
mod templates;
mod tied;
mod unit_product;
mod vector_family;
mod vectors;

pub use arbitrary::{AnyNetwork, AnyTemplate, NetworkAt, NetworkPair};
pub use exhaustive::Scope;
pub use families::{FAMILIES, FamilyInfo, Kind};
pub use hints::{MAX_HINTED_DEPTH, MAX_HINTED_DIMENSION, NetworkHints};
pub use kink_values::kink_values;
pub use kinks::kinks;
pub use named::{NamedNetwork, named_networks, named_networks_fitting};
pub use network_family::{Drawn, NetworkFamily};
pub use numbers::{MAX_MATRIX_SIDE, integer, natural, small_matrix, small_real};
pub use polynomials::{MAX_VARIABLES, PolynomialFamily};
pub use stream::{MAX_SIZE, Stream, gallery_stream, instance_size};
pub use templates::{MAX_PARAMETERS, TemplateFamily, TemplateHints};
pub use vector_family::{MAX_VECTOR_LENGTH, VectorFamily};
pub use vectors::{generic, integers, nodes, small, zero};
