//! Bumps and the networks of bounded weights that contain them, the hard targets of the sampling bounds.

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
/// Sampling catalogue §2.1 (2205.13531, proof of the lower bound).
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

/// c^L·B^{L−2}·k·f_y/M with k = ⌊B/(2d+1)⌋ and all weights and biases of size at most c; dims (d, B, …, B, 1), L layers.
///
/// Layer 1 has k copies of σ(c(x₁ − y₁ + 1/M)), twice σ(c(x₁ − y₁)), and σ(±c(x_i − y_i)) for i ≥ 2; every row of layer 2 adds the
/// first and subtracts the others, so that its neurons are c²k·σ(1/M − ‖x − y‖₁): for x₁ ≥ y₁ − 1/M the first three make
/// 1/M − |x₁ − y₁|, and for smaller x₁ nothing. The layers after have all entries c. The height 1/M is made by a bias of layer 1,
/// c(1/M − y₁), which is at most c in size for y₁ in \[1/M, 1\] and M ≥ 1; no later bias is needed.
///
/// Errors: as [`bump`]; [`Failure::Shape`] for c ≤ 0, L < 3, B < 2d + 1, or a centre outside \[1/M, 1\]ᵈ.
///
/// # Source
/// Sampling catalogue §2.3, C4.
pub fn bump_network(
    depth: usize,
    width: usize,
    bound: &Rational,
    steepness: &Rational,
    centre: &[Rational],
) -> Result<Network, Failure> {
    let block = 2 * centre.len() + 1;
    check(steepness, centre, width, depth, block)?;
    check_class(bound, steepness, centre)?;
    let copies = width / block;
    let (first, signs) = ridges(bound, steepness, centre)?;
    let (mut rows, mut bias) = (Vec::with_capacity(width), Vec::with_capacity(width));
    for j in 0..width {
        let inside = j < copies * block;
        rows.push(if inside {
            first[j % block].0.clone()
        } else {
            Vec::new()
        });
        bias.push(if inside {
            first[j % block].1.clone()
        } else {
            Rational::zero()
        });
    }
    let second = (0..copies * block).map(|j| (j, bound * &signs[j % block]));
    let second: Vec<(usize, Rational)> = second.collect();
    let full: Vec<(usize, Rational)> = (0..width).map(|j| (j, bound.clone())).collect();
    let zeros = |n: usize| vec![Rational::zero(); n];
    let mut layers = vec![
        Layer::from_sparse_rows(centre.len(), rows, bias)?,
        Layer::from_sparse_rows(width, vec![second; width], zeros(width))?,
    ];
    for _ in 3..depth {
        layers.push(Layer::from_sparse_rows(
            width,
            vec![full.clone(); width],
            zeros(width),
        )?);
    }
    layers.push(Layer::from_sparse_rows(width, vec![full], zeros(1))?);
    Network::relu(layers)
}

/// c^L·(2d+1)^{−2}·f_y/M with entries of every weight matrix and of every bias that add up to at most c in size; dims
/// (d, 2d+1, 1, …, 1), L layers.
///
/// As [`bump_network`] with one copy, entries of size c/(2d+1) in layers 1 and 2, and a single entry c in each later one.
///
/// Errors: as [`bump_network`].
///
/// # Source
/// Sampling catalogue §2.4, C5, the chain for q = 1.
pub fn bump_chain(
    depth: usize,
    bound: &Rational,
    steepness: &Rational,
    centre: &[Rational],
) -> Result<Network, Failure> {
    let block = 2 * centre.len() + 1;
    check(steepness, centre, block, depth, block)?;
    check_class(bound, steepness, centre)?;
    let neurons = Rational::from(i64::try_from(block).expect("at most MOST_WIDTH"));
    let share = bound.over(&neurons).expect("a block has neurons");
    let (first, signs) = ridges(&share, steepness, centre)?;
    let (rows, bias) = first.into_iter().unzip();
    let second = signs.iter().enumerate().map(|(j, sign)| (j, &share * sign));
    let mut layers = vec![
        Layer::from_sparse_rows(centre.len(), rows, bias)?,
        Layer::from_sparse_rows(block, vec![second.collect()], vec![Rational::zero()])?,
    ];
    for _ in 2..depth {
        let single = vec![vec![(0, bound.clone())]];
        layers.push(Layer::from_sparse_rows(1, single, vec![Rational::zero()])?);
    }
    Network::relu(layers)
}

/// All weights c, all biases 0; dims (d, B, …, B, 1), L layers: on \[0,∞)ᵈ it is c^L·B^{L−1}·Σx_i.
///
/// Errors: [`Failure::Shape`] for d, L or B = 0; [`Failure::Limit`] for a width above [`MOST_WIDTH`].
///
/// # Source
/// Sampling catalogue C11, C12.
pub fn full_network(
    dimension: usize,
    depth: usize,
    width: usize,
    weight: &Rational,
) -> Result<Network, Failure> {
    if dimension == 0 || depth == 0 || width == 0 {
        return Err(Failure::Shape(format!(
            "network with all weights equal: expected d, L and B at least 1, got {dimension}, {depth} and {width}"
        )));
    }
    within_limit(dimension.max(width), depth)?;
    let widths = |l: usize| if l == 0 { dimension } else { width };
    let layers = (1..=depth).map(|l| {
        let (cols, rows) = (widths(l - 1), if l == depth { 1 } else { width });
        let row: Vec<(usize, Rational)> = (0..cols).map(|j| (j, weight.clone())).collect();
        Layer::from_sparse_rows(cols, vec![row; rows], vec![Rational::zero(); rows])
    });
    Network::relu(layers.collect::<Result<_, _>>()?)
}

/// A row with its bias.
type Neuron = (Vec<(usize, Rational)>, Rational);

/// The neurons of one block of layer 1 with entries of size a, and the signs with which layer 2 takes them.
fn ridges(
    size: &Rational,
    steepness: &Rational,
    centre: &[Rational],
) -> Result<(Vec<Neuron>, Vec<Rational>), Failure> {
    let radius = steepness
        .recip()
        .ok_or_else(|| Failure::Shape("bump: expected M above 0, got 0".into()))?;
    let mut neurons = vec![(vec![(0, size.clone())], size * &(&radius - &centre[0]))];
    for _ in 0..2 {
        neurons.push((vec![(0, size.clone())], -(size * &centre[0])));
    }
    for (i, y) in centre.iter().enumerate().skip(1) {
        for slope in [size.clone(), -size] {
            let bias = -(&slope * y);
            neurons.push((vec![(i, slope)], bias));
        }
    }
    let mut signs = vec![-Rational::one(); neurons.len()];
    signs[0] = Rational::one();
    Ok((neurons, signs))
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
