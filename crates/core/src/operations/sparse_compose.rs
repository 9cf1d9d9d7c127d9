//! Sparse composition Ψ⊙Φ through an identity network.

use super::compose;
use crate::constructions::identity_network;
use crate::failure::Failure;
use crate::field::Field;
use crate::network::Network;

/// Ψ⊙Φ = Ψ∘Id_{N_L,2}∘Φ, of depth L(Ψ) + L(Φ).
///
/// Same realization as Ψ∘Φ, with ‖Ψ⊙Φ‖₀ = ‖Φ‖₀ + ‖(A_L,b_L)‖₀ + ‖Ψ‖₀ + ‖Ã₁‖₀ ≤ 2‖Φ‖₀ + 2‖Ψ‖₀ and
/// ‖Ψ⊙Φ‖_∞ = max(‖Φ‖_∞, ‖Ψ‖_∞): the merged layers (A_L;−A_L), (Ã₁,−Ã₁) change signs only. D_c differs from that of Ψ∘Φ where RΦ
/// has a zero component.
///
/// Errors ([`Failure::Shape`]): N_L(Φ) ≠ N₀(Ψ); a factor of depth ≥ 2 with an activation other than ReLU, for which
/// ϱ(x) − ϱ(−x) = x does not hold.
///
/// # Source
/// Claim `sparse-compose`.
pub fn sparse_compose<S: Field>(psi: &Network<S>, phi: &Network<S>) -> Result<Network<S>, Failure> {
    let middle = identity_network(phi.outdim(), 2)?.map(S::from_rational);
    compose(psi, &compose(&middle, phi)?)
}
