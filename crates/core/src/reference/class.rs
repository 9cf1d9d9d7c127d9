//! Membership in classes of bounded weights by bisection, and perturbation constants by differentiation.

use dashu_int::IBig;

use crate::class::NetworkClass;
use crate::failure::Failure;
use crate::network::Network;
use crate::number::radical::exponent_parts;
use crate::number::rational::Rational;

/// Bisections of one root at which a comparison gives up.
const MOST_STEPS: usize = 512;

/// Whether the network belongs to the class.
///
/// # Definition
/// Σ(|w|/c)^q against 1 with q = a/b, as a sum of y with y^b = (|w|/c)^a, each found by bisection: among the integers above and
/// below the line first, which finds every rational root, then by halving.
///
/// Errors: as [`NetworkClass::contains`].
pub fn in_class(phi: &Network, class: &NetworkClass) -> Result<bool, Failure> {
    let zero = Rational::zero();
    if class.bound < zero || class.inverse_exponent > Rational::one() {
        return Err(Failure::Undefined("a class without members".into()));
    }
    let (b, a) = exponent_parts(&class.inverse_exponent)?;
    let sizes = phi.architecture();
    let hidden = &sizes[1..sizes.len() - 1];
    if phi.activation() != &crate::activation::Activation::Relu
        || phi.depth() != class.depth
        || sizes.last() != Some(&1)
        || hidden.iter().any(|n| *n > class.width)
    {
        return Ok(false);
    }
    for layer in phi.layers() {
        let weights = layer.weights();
        for entries in [weights.data(), layer.biases()] {
            let within = if b == 0 || class.bound.is_zero() {
                entries.iter().all(|w| w.abs() <= class.bound)
            } else {
                let shares = entries.iter().filter_map(|w| w.abs().over(&class.bound));
                sum_of_roots_at_most_one(&shares.map(|t| t.pow(a)).collect::<Vec<_>>(), b)?
            };
            if !within {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Whether Σ y_i ≤ 1 for y_i^b = s_i.
fn sum_of_roots_at_most_one(s: &[Rational], b: u32) -> Result<bool, Failure> {
    let mut brackets: Vec<Bracket> = s.iter().map(|s| Bracket::of(s, b)).collect();
    let mut steps = 0;
    loop {
        let sum = |end: fn(&Bracket) -> &Rational| {
            let ends = brackets.iter().map(end);
            ends.fold(Rational::zero(), |sum, end| &sum + end)
        };
        if sum(|bracket| &bracket.high) <= Rational::one() {
            return Ok(true);
        }
        if sum(|bracket| &bracket.low) > Rational::one() {
            return Ok(false);
        }
        if steps == MOST_STEPS {
            return Err(Failure::Unknown(
                "a sum of roots too close to its bound".into(),
            ));
        }
        steps += 1;
        brackets.iter_mut().for_each(|bracket| bracket.halve(b));
    }
}

/// low ≤ y ≤ high for y^b = s.
struct Bracket {
    value: Rational,
    low: Rational,
    high: Rational,
}

impl Bracket {
    fn of(value: &Rational, b: u32) -> Self {
        let denominator = IBig::from(value.denominator());
        let below = integer_root(&value.numerator(), b);
        let under = integer_root(&denominator, b);
        let exact = Rational::from(below.clone()).over(&Rational::from(under));
        if let Some(exact) = exact.filter(|y| y.pow(b) == *value) {
            return Self {
                value: value.clone(),
                low: exact.clone(),
                high: exact,
            };
        }
        Self {
            value: value.clone(),
            low: Rational::zero(),
            high: value + &Rational::one(),
        }
    }

    fn halve(&mut self, b: u32) {
        if self.low == self.high {
            return;
        }
        let middle = Rational::midpoint(&self.low, &self.high);
        if middle.pow(b) <= self.value {
            self.low = middle;
        } else {
            self.high = middle;
        }
    }
}

/// The largest m ≥ 0 with m^b ≤ n.
fn integer_root(n: &IBig, b: u32) -> IBig {
    let (mut low, mut high) = (IBig::ZERO, n + IBig::ONE);
    while &high - &low > IBig::ONE {
        let middle: IBig = (&low + &high) / IBig::from(2);
        if &middle.pow(b as usize) <= n {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// The derivative at c of H_L, H_1 = c(d + 1) and H_l = c(B·H_{l−1} + 1), from the coefficients of H_L.
pub fn perturbation_constant(
    inputs: usize,
    depth: usize,
    width: usize,
    bound: &Rational,
) -> Rational {
    let count = |n: usize| Rational::from(i64::try_from(n).expect("a size"));
    let mut coefficients = vec![Rational::zero(), count(inputs + 1)];
    for _ in 1..depth {
        let scaled = coefficients.iter().map(|a| &count(width) * a);
        coefficients = std::iter::once(Rational::zero()).chain(scaled).collect();
        coefficients[1] = &coefficients[1] + &Rational::one();
    }
    let terms = coefficients.iter().enumerate().skip(1);
    terms.fold(Rational::zero(), |sum, (k, a)| {
        let power = bound.pow(u32::try_from(k - 1).expect("a depth"));
        &sum + &(&(&count(k) * a) * &power)
    })
}
