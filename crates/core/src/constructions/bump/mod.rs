//! Bumps and the networks of bounded weights that contain them, the hard targets of the sampling bounds.

mod apex;
mod block;
mod exponents;
mod grid;
mod uniform;

pub use apex::bump_apex;
pub use block::{bump_chain, bump_network, bump_network_even};
pub use exponents::{bump_merged, bump_spread, class_share};
pub use grid::{MOST_CELLS, hit_cells, touched_cells};
pub use uniform::{full_network, full_network_biased, uniform_network};

use crate::failure::Failure;
use crate::field::Sign;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;

/// Largest width of these networks.
pub const MOST_WIDTH: usize = 4096;

/// f_y(x) = max(0, 1 − M‖x − y‖₁); dims (d, 2d, 1, 1).
///
/// Support: the ball of radius 1/M around y for the ℓ1 distance; peak 1. ‖·‖₀ is 6d + 2 unless coordinates of y are 0.
///
/// Errors: [`Failure::Shape`] for an empty y or M ≤ 0; [`Failure::Limit`] for a width above [`MOST_WIDTH`].
///
/// # Source
/// bgv-2022, proof of the lower bound.
pub fn bump(steepness: &Rational, centre: &[Rational]) -> Result<Network, Failure> {
    check(steepness, centre, 2 * centre.len(), 3, 0)?;
    let mut rows = Vec::with_capacity(2 * centre.len());
    let mut bias = Vec::with_capacity(2 * centre.len());
    for (i, y) in centre.iter().enumerate() {
        for slope in [steepness.clone(), -steepness] {
            bias.push(-(&slope * y));
            rows.push(vec![(i, slope)]);
        }
    }
    let sum = (0..rows.len()).map(|j| (j, -Rational::one())).collect();
    Network::relu(vec![
        Layer::from_sparse_rows(centre.len(), rows, bias)?,
        Layer::from_sparse_rows(2 * centre.len(), vec![sum], vec![Rational::one()])?,
        Layer::from_sparse_rows(1, vec![vec![(0, Rational::one())]], vec![Rational::zero()])?,
    ])
}

fn check(
    steepness: &Rational,
    centre: &[Rational],
    width: usize,
    depth: usize,
    least_width: usize,
) -> Result<(), Failure> {
    if centre.is_empty() || steepness.sign() != Sign::Positive {
        return Err(Failure::Shape(format!(
            "bump: expected a centre of dimension at least 1 and M above 0, got dimension {} and M = {steepness}",
            centre.len()
        )));
    }
    if depth < 3 || width < least_width {
        return Err(Failure::Shape(format!(
            "bump network: expected at least 3 layers and width at least {least_width}, got {depth} and {width}"
        )));
    }
    within_limit(width.max(centre.len()), depth)
}

fn within_limit(width: usize, depth: usize) -> Result<(), Failure> {
    if width > MOST_WIDTH || depth > MOST_WIDTH {
        return Err(Failure::Limit(format!(
            "width and depth of a bump network: expected at most {MOST_WIDTH}, got {width} and {depth}"
        )));
    }
    Ok(())
}

fn check_class(bound: &Rational, steepness: &Rational, centre: &[Rational]) -> Result<(), Failure> {
    let one = Rational::one();
    let inside = |y: &Rational| *y <= one && (y * steepness) >= one;
    if bound.sign() != Sign::Positive || !centre.iter().all(inside) {
        return Err(Failure::Shape(
            "bump network: expected c above 0 and a centre in [1/M, 1]ᵈ, got another one".into(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::realize;

    fn rational(text: &str) -> Rational {
        text.parse().unwrap()
    }

    /// max(0, 1 − M‖x − y‖₁).
    fn expected(steepness: &Rational, y: &[Rational], x: &[Rational]) -> Rational {
        let distance = x
            .iter()
            .zip(y)
            .fold(Rational::zero(), |sum, (x, y)| &sum + &(x - y).abs());
        (&Rational::one() - &(steepness * &distance)).max(Rational::zero())
    }

    #[test]
    fn all_bumps_are_multiples_of_the_same() {
        for d in 1..=3 {
            for (c, m) in [("1", "8"), ("1/10", "2"), ("7/3", "16"), ("50", "1")] {
                let (c, m) = (rational(c), rational(m));
                let y = vec![m.recip().unwrap(); d];
                let block = 2 * d + 1;
                let width = 2 * block + 1;
                let plain = bump(&m, &y).unwrap();
                let wide = bump_network(4, width, &c, &m, &y).unwrap();
                let chain = bump_chain(4, &c, &m, &y).unwrap();
                let n = |n: usize| Rational::from(i64::try_from(n).unwrap());
                let peak = c.pow(4).over(&m).unwrap();
                let height = &(&peak * &n(width).pow(2)) * &n(2);
                let low = peak.over(&n(block).pow(2)).unwrap();
                for step in ["0", "1/40", "-1/40", "1/3", "-2", "3/16"] {
                    let x: Vec<Rational> = y.iter().map(|y| y + &rational(step)).collect();
                    let one = expected(&m, &y, &x);
                    assert_eq!(realize(&plain, &x).unwrap(), std::slice::from_ref(&one));
                    assert_eq!(realize(&wide, &x).unwrap(), [&height * &one]);
                    assert_eq!(realize(&chain, &x).unwrap(), [&low * &one]);
                }
            }
        }
    }

    #[test]
    fn questions_without_an_answer() {
        let (one, eight) = (Rational::one(), Rational::from(8));
        let y = [Rational::one().half()];
        assert!(bump(&eight, &[]).is_err() && bump(&Rational::zero(), &y).is_err());
        assert!(bump_network(2, 3, &one, &eight, &y).is_err());
        assert!(bump_network(3, 2, &one, &eight, &y).is_err());
        assert!(bump_network(3, 3, &one, &eight, &[Rational::zero()]).is_err());
        assert!(bump_network(3, 3, &Rational::zero(), &eight, &y).is_err());
        assert!(matches!(
            full_network(1, 3, 5000, &one),
            Err(Failure::Limit(_))
        ));
        assert!(full_network(0, 3, 3, &one).is_err());
    }

    #[test]
    fn all_weights_equal() {
        let phi = full_network(2, 4, 6, &Rational::from(2)).unwrap();
        let x = [rational("1/3"), rational("2")];
        // 2⁴·6³·(1/3 + 2).
        assert_eq!(realize(&phi, &x).unwrap(), [rational("8064")]);
    }
}
