//! Networks as functions of their parameters: templates, backpropagation and exact gradients.
//!
//! A [`Template`] says how the entries of a network depend on a vector θ; with the input fixed, f(θ) = RΦ_θ(x) is
//! continuous and piecewise polynomial. [`backprop`] is the formal reverse-mode product with a kink value, the
//! other functions are the classical derivatives it is compared with.

mod backprop;
mod degree;
pub(crate) mod expansion;
mod gradient;
mod maxpool;
mod quotients;
mod template;
mod text;
mod vanishing;

pub use backprop::backprop;
pub use degree::germ_degree;
pub use gradient::{parameter_clarke, parameter_gradient};
pub use maxpool::{maxpool_backprop, maxpool_gradient};
pub use quotients::parameter_gradient_by_quotients;
pub use template::{Entry, Template};
pub use vanishing::{has_vanishing_neuron, parameter_genericity};
