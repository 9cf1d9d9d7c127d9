//! Evaluation of networks: pre-activations, realization, network derivative.
//!
//! For Φ = ((A₁,b₁),…,(A_L,b_L)) and an input x: z₁ = A₁x + b₁, z_{k+1} = A_{k+1}ϱ(z_k) + b_{k+1}, RΦ(x) = z_L, and
//! D_cΦ(x) = A_L·Δ_{L−1}·A_{L−1}⋯Δ₁·A₁ with Δ_k = diag(δ(z_k)), where δ is ϱ′ off the kinks and c on them.

mod derivative;
mod hot;
mod realize;

pub use derivative::{network_derivative, slope_diagonal};
pub use hot::derivative_at;
pub use realize::{preactivations, realize};
