//! How errors pass through products T_m: exact bounds in W^{1,∞}.

use crate::number::rational::Rational;

/// Bounds for a function f and an approximation f̂ of it, both with values in \[0,1\], almost everywhere on their domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accuracy {
    /// α with |∂_i f| ≤ α_i and |∂_i f̂| ≤ α_i.
    pub slopes: Vec<Rational>,
    /// e with |f̂ − f| ≤ e.
    pub value: Rational,
    /// E with |∂_i f̂ − ∂_i f| ≤ E_i.
    pub derivative: Vec<Rational>,
}

impl Accuracy {
    /// f̂ = f, with the given slopes.
    pub fn exact(slopes: Vec<Rational>) -> Self {
        Self {
            value: Rational::zero(),
            derivative: vec![Rational::zero(); slopes.len()],
            slopes,
        }
    }

    /// The bounds for f·g and T_m(f̂,ĝ).
    ///
    /// α = α(f) + α(g), e = e(f) + e(g) + 2^{−2m−2} and
    /// E_i = E_i(f) + E_i(g) + (2⁻ᵐ + e(g))·α_i(f) + (2⁻ᵐ + e(f))·α_i(g).
    ///
    /// # Source
    /// Claim `poly-explicit`: with |T_m − ab| ≤ 2^{−2m−2} and 0 ≤ ∂T_m ≤ 1,
    /// |f̂ĝ − fg| ≤ |f̂||ĝ − g| + |g||f̂ − f| ≤ e(g) + e(f), and from
    /// ∂₁T_m·∂f̂ − g·∂f = (∂₁T_m − ĝ)·∂f̂ + (ĝ − g)·∂f̂ + g·(∂f̂ − ∂f), with |∂₁T_m − ĝ| ≤ 2⁻ᵐ, the first half of E_i.
    #[must_use]
    pub fn times(&self, other: &Self, m: usize) -> Self {
        let step = two_to_minus(m);
        let value = &(&self.value + &other.value) + &(&step * &step).half().half();
        let derivative = (0..self.slopes.len())
            .map(|i| {
                let mut sum = &self.derivative[i] + &other.derivative[i];
                sum.add_product(&(&step + &other.value), &self.slopes[i]);
                sum.add_product(&(&step + &self.value), &other.slopes[i]);
                sum
            })
            .collect();
        let slopes = self
            .slopes
            .iter()
            .zip(&other.slopes)
            .map(|(a, b)| a + b)
            .collect();
        Self {
            slopes,
            value,
            derivative,
        }
    }
}

/// A bound for the error of a network in W^{1,∞}: its value, and its partial derivatives where they exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorBound {
    /// A bound for the absolute error.
    pub value: Rational,
    /// Bounds for the absolute error of each ∂_i, almost everywhere.
    pub derivative: Vec<Rational>,
}

impl ErrorBound {
    /// No error, in `dimension` variables.
    pub fn zero(dimension: usize) -> Self {
        Self {
            value: Rational::zero(),
            derivative: vec![Rational::zero(); dimension],
        }
    }

    /// self += |factor|·accuracy.
    pub fn add(&mut self, factor: &Rational, accuracy: &Accuracy) {
        let size = factor.abs();
        self.value.add_product(&size, &accuracy.value);
        for (sum, error) in self.derivative.iter_mut().zip(&accuracy.derivative) {
            sum.add_product(&size, error);
        }
    }

    /// self += other.
    pub(super) fn extend(&mut self, other: &Self) {
        self.value += &other.value;
        for (sum, error) in self.derivative.iter_mut().zip(&other.derivative) {
            *sum += error;
        }
    }

    /// self = max(self, other), bound by bound.
    pub(super) fn raise(&mut self, other: &Self) {
        self.value = self.value.clone().max(other.value.clone());
        for (most, error) in self.derivative.iter_mut().zip(&other.derivative) {
            *most = most.clone().max(error.clone());
        }
    }

    /// The largest of the bounds for the partial derivatives; 0 in no variables.
    pub fn largest_derivative(&self) -> Rational {
        self.derivative
            .iter()
            .fold(Rational::zero(), |most, e| most.max(e.clone()))
    }

    /// A bound for the W^{1,∞} norm of the error: the larger of the value and of the largest derivative.
    pub fn sobolev(&self) -> Rational {
        self.value.clone().max(self.largest_derivative())
    }
}

/// 2⁻ᵐ.
pub(super) fn two_to_minus(m: usize) -> Rational {
    let exponent = u32::try_from(m).expect("precisions are capped far below 2³²");
    Rational::one().half().pow(exponent)
}
