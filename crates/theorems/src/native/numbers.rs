//! Natives on numbers.

use claim_language::expr::Type::{Activation, Bool, Int, Nat, Real};
use dashu_int::{IBig, UBig, ops::BitTest};
use relu_core::number::rational::Rational;
use relu_core::number::scalar::Scalar;
use relu_core::{Failure, Field, Order, Sign};

use super::arguments::{activation, rational, scalar, size};
use super::{Native, native};
use crate::algebraic::lowered;
use crate::enclosed;
use crate::operators::sign_of_difference;
use crate::value::{Context, Value};

const HOUSE: &str = "derived: standard";

/// Largest size of the value of `ceil_log`.
const MOST_LOGARITHM: i64 = 16_384;

pub(super) fn natives() -> Vec<Native> {
    vec![
        native("abs", &[Real], Real, "The absolute value.", HOUSE, absolute)
            .tex(r"\left|#1\right|"),
        native(
            "min",
            &[Real, Real],
            Real,
            "The smallest of its arguments.",
            HOUSE,
            |a, c| extreme(a, c, Sign::Negative),
        ),
        native(
            "max",
            &[Real, Real],
            Real,
            "The largest of its arguments.",
            HOUSE,
            |a, c| extreme(a, c, Sign::Positive),
        ),
        native("sign", &[Real], Int, "−1, 0 or 1.", HOUSE, |a, c| {
            let sign = sign_of_difference(a[0], &Value::integer(0), c)?;
            Ok(Value::integer(i64::from(sign.as_i8())))
        }),
        native(
            "floor",
            &[Real],
            Int,
            "The largest integer ≤ x.",
            HOUSE,
            |a, _| rounded(a[0], Rational::floor),
        ),
        native(
            "ceil",
            &[Real],
            Int,
            "The smallest integer ≥ x.",
            HOUSE,
            |a, _| rounded(a[0], Rational::ceil),
        ),
        native(
            "floor_log2",
            &[Real],
            Int,
            "⌊log₂ x⌋ for x > 0.",
            HOUSE,
            |a, _| floor_log2(rational(a[0])?),
        )
        .partial(),
        native(
            "ceil_log2",
            &[Real],
            Int,
            "⌈log₂ x⌉ for x > 0.",
            HOUSE,
            |a, _| ceil_log2(rational(a[0])?),
        )
        .partial(),
        native(
            "ceil_log",
            &[Real, Real],
            Int,
            "⌈log_b x⌉ for b > 1 and x > 0.",
            HOUSE,
            |a, _| ceil_log(rational(a[0])?, rational(a[1])?),
        )
        .partial()
        .tex(r"\lceil\log_{#1}#2\rceil"),
        native(
            "binom",
            &[Nat, Nat],
            Nat,
            "The binomial coefficient, 0 for k > n.",
            HOUSE,
            |a, _| binomial(a),
        )
        .tex(r"\binom{#1}{#2}"),
        native(
            "multi_indices",
            &[Nat, Nat],
            Nat,
            "The number of α ∈ ℕ₀^d with |α| ≤ n, counted one by one.",
            HOUSE,
            |a, _| count_multi_indices(size(a[0])?, size(a[1])?),
        ),
        native(
            "implies",
            &[Bool, Bool],
            Bool,
            "False only if the first holds and the second does not; lazy.",
            HOUSE,
            |_, _| {
                Err(Failure::Unknown(
                    "implication is compiled, never called".to_owned(),
                ))
            },
        )
        .tex(r"#1 \Rightarrow #2"),
        native(
            "leaky",
            &[Real],
            Activation,
            "The leaky ReLU max(x,0) + α·min(x,0).",
            "begj-2019: §IV",
            |a, _| {
                Ok(Value::Activation(relu_core::activation::Activation::Leaky(
                    rational(a[0])?.clone(),
                )))
            },
        ),
        native(
            "act",
            &[Activation, Real],
            Real,
            "The value ϱ(x).",
            "begj-2019: §II",
            |a, c| {
                Ok(Value::Scalar(
                    activation(a[0])?.value(scalar(a[1])?, &c.order)?,
                ))
            },
        )
        .partial()
        .tex("#1(#2)"),
        native(
            "act_slope",
            &[Activation, Real, Real],
            Real,
            "The derivative ϱ′(x), and c on the kinks.",
            "begj-2019: §IV",
            |a, c| {
                Ok(Value::Scalar(activation(a[0])?.slope(
                    scalar(a[1])?,
                    scalar(a[2])?,
                    &c.order,
                )?))
            },
        )
        .partial(),
        native(
            "O",
            &[Real],
            Real,
            "An unspecified constant times its argument: `a <= O(b)` is `a ≲ b`, and stands nowhere else.",
            "derived: Landau's symbol",
            |_, _| {
                Err(Failure::Unknown(
                    "a big-O has no value of its own".to_owned(),
                ))
            },
        )
        .partial()
        .tex(r"\mathcal{O}(#1)"),
        native(
            "in_svc",
            &[Real],
            Bool,
            "Whether x lies in the Smith–Volterra–Cantor set of the activation svc_gaps.",
            "derived: claim act-stability-needs-continuity",
            |a, _| {
                Ok(Value::Bool(relu_core::activation::in_cantor_set(
                    rational(a[0])?,
                )?))
            },
        )
        .partial(),
        native(
            "is_kink",
            &[Activation, Real],
            Bool,
            "Whether ϱ is not differentiable at x.",
            "begj-2019: §IV",
            |a, c| {
                Ok(Value::Bool(
                    activation(a[0])?.is_kink(scalar(a[1])?, &c.order)?,
                ))
            },
        )
        .partial(),
    ]
}

fn absolute(a: &[&Value], context: &Context) -> Result<Value, Failure> {
    if let Value::Algebraic(number) = a[0] {
        return Ok(lowered(number.abs()));
    }
    if let Value::Enclosed(number) = a[0] {
        return Ok(enclosed::lowered(number.abs()));
    }
    Ok(Value::Scalar(magnitude(scalar(a[0])?, context)?))
}

/// |x|, with the sign decided by the context.
pub(super) fn magnitude(x: &Scalar, context: &Context) -> Result<Scalar, Failure> {
    Ok(if context.order.sign(x)? == Sign::Negative {
        x.negated()
    } else {
        x.clone()
    })
}

fn extreme(a: &[&Value], context: &Context, wanted: Sign) -> Result<Value, Failure> {
    let mut best = a[0].clone();
    for value in &a[1..] {
        if enclosed::concerns(value, &best) {
            best = enclosed::extreme(value, &best, wanted == Sign::Positive)?;
        } else if sign_of_difference(value, &best, context)? == wanted {
            best = (*value).clone();
        }
    }
    Ok(best)
}

fn integer(value: IBig) -> Result<Value, Failure> {
    Rational::from_parts(value, UBig::ONE)
        .map(Value::rational)
        .ok_or_else(|| Failure::Undefined("an integer".to_owned()))
}

/// A number rounded to an integer by a monotone function, if that is the same at both ends of what encloses it.
fn rounded(x: &Value, to: impl Fn(&Rational) -> IBig) -> Result<Value, Failure> {
    if let Value::Scalar(_) = x {
        return integer(to(rational(x)?));
    }
    let ends = enclosed::enclosure(x)?;
    let (lower, upper) = (to(&ends.lower), to(&ends.upper));
    match lower == upper {
        true => integer(lower),
        false => Err(Failure::Unknown(format!(
            "the integer next to a number between {} and {}",
            enclosed::brief(&ends.lower),
            enclosed::brief(&ends.upper)
        ))),
    }
}

/// ⌊log₂(p/q)⌋ is ⌊log₂ p⌋ − ⌊log₂ q⌋ or one less.
fn floor_log2(x: &Rational) -> Result<Value, Failure> {
    if x.sign() != Sign::Positive {
        return Err(Failure::Undefined(
            "logarithm of a number that is not positive".to_owned(),
        ));
    }
    let bits = |n: usize| i64::try_from(n).expect("bit lengths fit 63 bits");
    let guess = bits(x.numerator().bit_len()) - bits(x.denominator().bit_len());
    let two = Rational::from_integer(2);
    let power = two
        .power(guess)
        .ok_or_else(|| Failure::Undefined("a power of two".to_owned()))?;
    Ok(Value::integer(if power <= *x { guess } else { guess - 1 }))
}

fn ceil_log2(x: &Rational) -> Result<Value, Failure> {
    let inverse = x.recip().ok_or_else(|| {
        Failure::Undefined("logarithm of a number that is not positive".to_owned())
    })?;
    match floor_log2(&inverse)? {
        Value::Scalar(value) => Ok(Value::Scalar(value.negated())),
        other => Ok(other),
    }
}

/// The least n with x ≤ bⁿ, by doubling and bisection of n.
fn ceil_log(base: &Rational, x: &Rational) -> Result<Value, Failure> {
    if x.sign() != Sign::Positive || *base <= Rational::one() {
        return Err(Failure::Undefined(format!(
            "a logarithm of a positive number to a base above 1, got {x} to the base {base}"
        )));
    }
    let reaches = |n: i64| base.power(n).is_some_and(|power| *x <= power);
    let mut step = 1_i64;
    let (mut below, mut above) = (-1, 1);
    while reaches(below) || !reaches(above) {
        step *= 2;
        (below, above) = (-step, step);
        if step > MOST_LOGARITHM {
            return Err(Failure::Limit(format!(
                "a logarithm of at most {MOST_LOGARITHM} in size"
            )));
        }
    }
    while above - below > 1 {
        let middle = i64::midpoint(below, above);
        if reaches(middle) {
            above = middle;
        } else {
            below = middle;
        }
    }
    Ok(Value::integer(above))
}

fn binomial(a: &[&Value]) -> Result<Value, Failure> {
    let (n, k) = (size(a[0])?, size(a[1])?);
    if k > n {
        return Ok(Value::integer(0));
    }
    if n > 10_000 {
        return Err(Failure::Limit(format!(
            "binom(n, k) with n ≤ 10000, got n = {n}"
        )));
    }
    let mut result = IBig::ONE;
    for i in 0..k.min(n - k) {
        result = result * IBig::from(n - i) / IBig::from(i + 1);
    }
    integer(result)
}

/// Runs through all exponents in lexicographic order.
fn count_multi_indices(d: usize, n: usize) -> Result<Value, Failure> {
    const MOST: i64 = 1_000_000;
    if d == 0 {
        return Ok(Value::integer(1));
    }
    let mut index = vec![0; d];
    let (mut total, mut count) = (0, 1);
    loop {
        if total < n {
            index[d - 1] += 1;
            total += 1;
        } else {
            // The last positive entry goes back to zero and carries.
            match index.iter().rposition(|entry| *entry > 0) {
                None | Some(0) => break,
                Some(at) => {
                    total = total + 1 - index[at];
                    index[at] = 0;
                    index[at - 1] += 1;
                }
            }
        }
        count += 1;
        if count > MOST {
            return Err(Failure::Limit(format!("at most {MOST} multi-indices")));
        }
    }
    Ok(Value::integer(count))
}
