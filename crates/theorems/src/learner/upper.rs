//! Upper bounds for the worst errors of learners that are better than piecewise constants where they apply.

use dashu_int::UBig;
use dashu_int::ops::BitTest;
use relu_core::class::perturbation_constant;
use relu_core::number::enclosure::Enclosure;
use relu_core::number::logarithm::logarithm;
use relu_core::number::rational::Rational;
use relu_core::{Failure, reference};

use super::{Class, count, whole};
use crate::enclosed::real_power;
use crate::value::Backend;

/// Most samples of a bisection.
const MOST_BISECTION: u32 = 100_000;

/// Most binary digits of the number of samples of a net.
const MOST_BITS: u32 = 4096;

/// An upper bound for the largest error of bisection over networks of one variable and one neuron in every layer.
///
/// # Definition
/// A function of that class is constant, then affine, then constant, monotone, and of slope at most c^L. After the values at 0 and 1, k = ⌊(m − 2)/2⌋ halvings enclose each of the two
/// ends of the affine part in an interval of length 2^(−k). If the intervals differ, the function is known exactly outside of them, as it is affine in between; if they agree, it
/// equals its value at 0 before and that at 1 after. On an interval it changes by at most c^L·2^(−k), and any monotone function with the right values at its ends is as close.
///
/// # Exactness
/// Exact. For one neuron every entrywise norm is the absolute value.
pub(super) fn bisection(samples: u32, class: &Class) -> Result<Rational, Failure> {
    if class.width != 1 {
        return Err(Failure::Unknown(
            "the error of bisection for networks of more than one neuron in a layer".to_owned(),
        ));
    }
    if !(2..=MOST_BISECTION).contains(&samples) {
        return Err(Failure::Limit(format!(
            "a bisection with 2 to {MOST_BISECTION} samples, got {samples}"
        )));
    }
    Ok(&class.bound.pow(class.layers) * &Rational::one().half().pow((samples - 2) / 2))
}

/// An upper bound for the largest mean error in L^p, p ≤ 2, of a function of a net that is within η of all m values.
///
/// # Definition
/// Parameters on a grid of c·2^(−j), 2^j ≥ m, give a net of N ≤ 2^(jW) functions within η = T·c·2^(−j) of every member, W the number of parameters and T the perturbation constant. Let
/// |g − u| ≤ D = 2H, H the largest value of a member. A function g of the net with E|g − u|² > η² + D²p differs from u by more than η with probability more than p, and passes all m
/// tests with probability less than (1 − p)^m. For p = (ln N + ln m)/m some such g passes with probability at most 1/m. As a member of the net passes, the mean error is at most
/// √(η² + D²(ln N + ln m)/m) + D/m in L², and less in L^p for p < 2. For q < ∞ the class is smaller.
///
/// # Exactness
/// The root and the logarithms are enclosed; the upper end is given. T and H are evaluated by each backend in its own way.
pub(super) fn net(
    samples: &UBig,
    class: &Class,
    norm: &Rational,
    backend: Backend,
) -> Result<Rational, Failure> {
    if norm < &Rational::one().half() {
        return Err(Failure::Unknown(
            "the error of a net for p above 2".to_owned(),
        ));
    }
    let size =
        |n: u64| usize::try_from(n).map_err(|_| Failure::Limit("a class of that size".to_owned()));
    let (d, l, b) = (
        class.inputs,
        size(u64::from(class.layers))?,
        size(class.width)?,
    );
    let c = &class.bound;
    let fast = perturbation_constant(d, l, b, c, true)?;
    let moved = match backend {
        Backend::Fast => fast,
        Backend::Reference => reference::perturbation_constant(d, l, b, c),
    };
    let bits = samples.bit_len();
    let exponent = u32::try_from(bits).ok().filter(|bits| *bits <= MOST_BITS);
    let exponent = exponent.ok_or_else(|| {
        Failure::Limit(format!("a number of samples of at most {MOST_BITS} bits"))
    })?;
    let mesh = c * &Rational::one().half().pow(exponent);
    let known = |value: Option<Enclosure>| {
        value.ok_or_else(|| Failure::Undefined("a net with at least one sample".to_owned()))
    };
    let two = known(logarithm(&Rational::from(2)))?;
    let exactly = Enclosure::exactly;
    let entropy = exactly(&count(bits as u64) * &class.parameters()).times(&two);
    let entropy = entropy.plus(&known(logarithm(&whole(samples)))?);
    let share = known(whole(samples).recip().map(exactly))?;
    let diameter = exactly(&Rational::from(2) * &class.extreme(&Rational::one(), c));
    let near = exactly((&moved * &mesh).pow(2));
    let squared = near.plus(&diameter.pow(2).times(&entropy.times(&share)));
    let root = match squared.to_rational().is_some_and(Rational::is_zero) {
        true => squared,
        false => real_power(&squared, &Rational::one().half())?,
    };
    Ok(root.plus(&diameter.times(&share)).upper)
}
