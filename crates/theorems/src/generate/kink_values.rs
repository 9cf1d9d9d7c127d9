//! Kinks of an activation as rational numbers, to be planted in pre-activations.

use relu_core::activation::{Activation, Kinks};
use relu_core::number::rational::Rational;

use super::stream::Stream;

/// p/q for a literal fraction.
pub(crate) fn fraction(p: i64, q: i64) -> Rational {
    Rational::new(p, q).expect("the denominator of a literal is not zero")
}

/// Some points of N_ϱ: all of them if N_ϱ is finite, the simplest three if it is countable, none if it is empty.
///
/// `binary_to_ternary`: 1/2, 1/4, 3/4. `svc_gaps`: the three kinks 31/64, 1/2, 33/64 of the first gap (3/8, 5/8), whose tent has
/// height 1/64.
pub fn kink_values(activation: &Activation) -> Vec<Rational> {
    match activation.kinks() {
        Kinks::None => Vec::new(),
        Kinks::Finite(values) => values,
        Kinks::Countable(_) => match activation {
            Activation::SvcGaps => vec![fraction(31, 64), fraction(1, 2), fraction(33, 64)],
            _ => vec![fraction(1, 2), fraction(1, 4), fraction(3, 4)],
        },
    }
}

/// One of [`kink_values`], or 0 if there is none.
pub(crate) fn draw_kink_value(stream: &mut Stream, activation: &Activation) -> Rational {
    // ReLU needs no list.
    if matches!(activation, Activation::Relu) {
        return Rational::zero();
    }
    stream
        .choose(&kink_values(activation))
        .cloned()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use relu_core::RationalOrder;
    use relu_core::number::poly::Poly;

    #[test]
    fn the_listed_values_are_kinks() {
        for (activation, count) in [
            (Activation::Relu, 1),
            (Activation::Leaky(fraction(1, 4)), 1),
            (Activation::Leaky(Rational::one()), 0),
            (Activation::Absolute, 1),
            (Activation::HardTanh, 2),
            (Activation::KinkedSquare, 1),
            (Activation::Heaviside, 1),
            (Activation::Identity, 0),
            (Activation::Polynomial(Poly::variable()), 0),
            (Activation::BinaryToTernary, 3),
            (Activation::SvcGaps, 3),
        ] {
            let values = kink_values(&activation);
            assert_eq!(values.len(), count, "{activation}");
            for value in &values {
                assert_eq!(
                    activation.is_kink(value, &RationalOrder),
                    Ok(true),
                    "{activation}"
                );
            }
            let drawn = draw_kink_value(&mut Stream::from_key(1, 1), &activation);
            assert!(values.contains(&drawn) || (values.is_empty() && drawn.is_zero()));
        }
    }
}
