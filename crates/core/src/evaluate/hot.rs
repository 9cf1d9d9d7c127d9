//! D_cΦ(x) at rational points: the routine that is called most.
//!
//! Everything stays in ℚ until a pre-activation lies on a kink. A row of the running product is kept as r + s with r ∈ ℚⁿ
//! and s ∈ ℚ(c)ⁿ; only a neuron on a kink moves its r into s (times c), and s = 0 costs nothing. The product is taken
//! from the side with fewer rows or columns: A_L⋯ downwards if N_L < N₀, ⋯A₁ upwards otherwise.

use crate::activation::Activation;
use crate::failure::Failure;
use crate::field::{Field, Sign};
use crate::linear::matrix::Matrix;
use crate::network::Network;
use crate::number::rational::Rational;
use crate::number::scalar::Scalar;

/// D_cΦ(x) for x ∈ ℚ^{N₀} and c = `kink` (a number, a symbol, any element of ℚ(c,…)): a matrix N_L × N₀.
///
/// Equal to [`network_derivative`](super::network_derivative) of the lifted network. Errors: [`Failure::Shape`] if x has
/// not N₀ entries; what the activation reports.
pub fn derivative_at(
    phi: &Network,
    x: &[Rational],
    kink: &Scalar,
) -> Result<Matrix<Scalar>, Failure> {
    phi.check_input(x.len())?;
    let slopes = slopes(phi, x, kink.as_rational())?;
    let rows = if phi.outdim() < phi.indim() {
        downwards(phi, &slopes, kink)
    } else {
        upwards(phi, &slopes, kink)
    };
    Matrix::new(phi.outdim(), phi.indim(), rows)
}

/// The slope of one neuron, with the cases that cost nothing apart.
#[derive(Clone, Debug, PartialEq)]
enum Slope {
    Zero,
    One,
    /// A kink whose value is not a rational number.
    Kink,
    Other(Rational),
}

impl Slope {
    fn from_value(value: Rational) -> Self {
        if value.is_zero() {
            Self::Zero
        } else if value.is_one() {
            Self::One
        } else {
            Self::Other(value)
        }
    }
}

/// The slopes of all hidden layers, one after the other.
fn slopes(phi: &Network, x: &[Rational], kink: Option<&Rational>) -> Result<Vec<Slope>, Failure> {
    let hidden = &phi.layers()[..phi.depth() - 1];
    let mut slopes: Vec<Slope> = Vec::with_capacity(hidden.iter().map(|layer| layer.rows()).sum());
    let on_kink = kink.map_or(Slope::Kink, |value| Slope::from_value(value.clone()));
    let mut values: Vec<Rational> = x.to_vec();
    let mut next = Vec::new();
    for (l, layer) in hidden.iter().enumerate() {
        next.clear();
        for i in 0..layer.rows() {
            let mut z = layer.bias(i).clone();
            for (j, weight) in layer.entries(i) {
                if !values[j].is_zero() {
                    z.add_product(weight, &values[j]);
                }
            }
            let (slope, value) = activate(phi.activation(), z, &on_kink, l + 1 < hidden.len())?;
            slopes.push(slope);
            next.push(value);
        }
        std::mem::swap(&mut values, &mut next);
    }
    Ok(slopes)
}

/// The slope at z and, if `needed`, ϱ(z).
#[inline]
fn activate(
    activation: &Activation,
    z: Rational,
    on_kink: &Slope,
    needed: bool,
) -> Result<(Slope, Rational), Failure> {
    if *activation == Activation::Relu {
        return Ok(match z.sign() {
            Sign::Positive => (Slope::One, z),
            Sign::Zero => (on_kink.clone(), z),
            Sign::Negative => (Slope::Zero, Rational::zero()),
        });
    }
    let value = if needed {
        activation.value_at(&z)?
    } else {
        Rational::zero()
    };
    let slope = match activation.smooth_slope(&z)? {
        Some(slope) => Slope::from_value(slope),
        None => on_kink.clone(),
    };
    Ok((slope, value))
}

/// A row r + s of the running product.
struct Row {
    rational: Vec<Rational>,
    symbolic: Option<Vec<Scalar>>,
}

impl Row {
    fn zero(length: usize) -> Self {
        Self {
            rational: vec![Rational::zero(); length],
            symbolic: None,
        }
    }

    fn symbolic(&mut self) -> &mut Vec<Scalar> {
        let length = self.rational.len();
        self.symbolic
            .get_or_insert_with(|| vec![Scalar::zero(); length])
    }

    /// self += factor·other.
    fn add_scaled(&mut self, factor: &Rational, other: &Self) {
        for (sum, value) in self.rational.iter_mut().zip(&other.rational) {
            if !value.is_zero() {
                sum.add_product(factor, value);
            }
        }
        if let Some(symbolic) = &other.symbolic {
            let factor = Scalar::from(factor.clone());
            for (sum, value) in self.symbolic().iter_mut().zip(symbolic) {
                if !value.is_zero() {
                    sum.add_product(&factor, value);
                }
            }
        }
    }

    /// Multiplies entry `j` by a slope.
    fn scale_entry(&mut self, j: usize, slope: &Slope, kink: &Scalar) {
        match slope {
            Slope::One => {}
            Slope::Zero => {
                self.rational[j] = Rational::zero();
                if let Some(symbolic) = &mut self.symbolic {
                    symbolic[j] = Scalar::zero();
                }
            }
            Slope::Other(factor) => {
                self.rational[j] = &self.rational[j] * factor;
                if let Some(symbolic) = &mut self.symbolic
                    && !symbolic[j].is_zero()
                {
                    symbolic[j] = symbolic[j].times(&Scalar::from(factor.clone()));
                }
            }
            Slope::Kink => {
                let value = std::mem::take(&mut self.rational[j]);
                if value.is_zero() && self.symbolic.is_none() {
                    return;
                }
                let symbolic = self.symbolic();
                let sum = symbolic[j].plus(&Scalar::from(value));
                symbolic[j] = if sum.is_zero() { sum } else { sum.times(kink) };
            }
        }
    }

    /// The entries r + s.
    fn finish(self, out: &mut Vec<Scalar>) {
        match self.symbolic {
            None => out.extend(self.rational.into_iter().map(Scalar::from)),
            Some(symbolic) => out.extend(symbolic.into_iter().zip(self.rational).map(|(s, r)| {
                if r.is_zero() {
                    s
                } else {
                    s.plus(&Scalar::from(r))
                }
            })),
        }
    }
}

/// ⋯Δ₁·A₁ from the input side; a neuron with slope zero has no row.
fn upwards(phi: &Network, slopes: &[Slope], kink: &Scalar) -> Vec<Scalar> {
    let (first, cols) = (phi.layer(0), phi.indim());
    let mut rows: Vec<Option<Row>> = Vec::with_capacity(first.rows());
    for i in 0..first.rows() {
        let mut row = Row::zero(cols);
        for (j, weight) in first.entries(i) {
            row.rational[j] = weight.clone();
        }
        rows.push(Some(row));
    }
    let mut slopes = slopes.iter();
    for layer in &phi.layers()[1..] {
        for (row, slope) in rows.iter_mut().zip(slopes.by_ref()) {
            if *slope == Slope::Zero {
                *row = None;
            } else if let Some(row) = row
                && *slope != Slope::One
            {
                (0..cols).for_each(|j| row.scale_entry(j, slope, kink));
            }
        }
        let next = (0..layer.rows()).map(|i| {
            let mut sum = Row::zero(cols);
            for (j, weight) in layer.entries(i) {
                if let Some(row) = &rows[j] {
                    sum.add_scaled(weight, row);
                }
            }
            Some(sum)
        });
        rows = next.collect();
    }
    let mut out = Vec::with_capacity(rows.len() * cols);
    rows.into_iter()
        .flatten()
        .for_each(|row| row.finish(&mut out));
    out
}

/// A_L·Δ_{L−1}⋯ from the output side, one output after the other.
fn downwards(phi: &Network, slopes: &[Slope], kink: &Scalar) -> Vec<Scalar> {
    let last = phi.layer(phi.depth() - 1);
    let mut out = Vec::with_capacity(phi.outdim() * phi.indim());
    for i in 0..phi.outdim() {
        let mut row = Row::zero(last.cols());
        for (j, weight) in last.entries(i) {
            row.rational[j] = weight.clone();
        }
        let mut end = slopes.len();
        for layer in phi.layers()[..phi.depth() - 1].iter().rev() {
            let slopes = &slopes[end - layer.rows()..end];
            end -= layer.rows();
            let mut next = Row::zero(layer.cols());
            for (k, slope) in slopes.iter().enumerate() {
                row.scale_entry(k, slope, kink);
                let factor = &row.rational[k];
                if !factor.is_zero() {
                    for (j, weight) in layer.entries(k) {
                        next.rational[j].add_product(factor, weight);
                    }
                }
                if let Some(symbolic) = &row.symbolic
                    && !symbolic[k].is_zero()
                {
                    let target = next.symbolic();
                    for (j, weight) in layer.entries(k) {
                        target[j].add_product(&symbolic[k], &Scalar::from(weight.clone()));
                    }
                }
            }
            row = next;
        }
        row.finish(&mut out);
    }
    out
}
