//! Piecewise-linear geometry of realizations: generic points, pieces, adjacent patterns, faces, Clarke sets.
//!
//! Everything is exact. Where an algorithm needs signs it asks an [`Order`](crate::Order), so points and entries may
//! hold symbols; what the order cannot decide is handed back as its error.

mod adjacent;
mod along;
pub mod cells;
mod clarke;
mod cone;
mod domain;
mod faces;
mod fan;
mod generic;
mod germs;
pub(crate) mod gradient;
mod hull;
mod limits;
pub mod line;
mod lipschitz;
mod pieces;
pub mod ridges;
pub(crate) mod standing;

pub use adjacent::{Adjacent, adjacent, adjacent_derivative};
pub use along::derivative_along;
pub use clarke::{clarke, jacobian};
pub use domain::{Domain, MOST_DIMENSIONS, Side};
pub use faces::{Face, faces};
pub use generic::{Genericity, genericity};
pub use gradient::jacobian_by_quotients;
pub use hull::in_hull;
pub use limits::{derivative_limits, derivatives_near};
pub use lipschitz::{VectorNorm, largest_partial, lipschitz, operator_norm};
pub use pieces::{MOST_PIECES, Piece, activation_pieces, activation_pieces_on, pieces, pieces_on};
