//! Largest errors on an interval, by Bernstein coefficients and resultants.
//!
//! Critical points are isolated by the sign changes of Bernstein coefficients under bisection, and the polynomial of a value p(α)
//! is a resultant, found by interpolation: no Sturm chain, no multiplication matrix.

use super::line::{scalar, segments};
use super::realize;
use crate::failure::Failure;
use crate::geometry::line::{Curve, MOST_CRITICAL_DEGREE};
use crate::geometry::{Piece, Side};
use crate::network::Network;
use crate::number::poly::Poly;
use crate::number::rational::Rational;
use crate::number::roots::Algebraic;

/// sup |RΦ − f| over the interval; errors as for [`sup_error`](crate::geometry::line::sup_error).
pub fn sup_error(phi: &Network, f: &Curve, on: &Side) -> Result<Algebraic, Failure> {
    scalar(phi)?;
    if let (true, Some(x)) = (on.is_point(), &on.lower) {
        let value = realize(phi, std::slice::from_ref(x))?.swap_remove(0);
        return Ok((&f.near(x).evaluate(x) - &value).abs().into());
    }
    let pieces = differences(&segments(phi, on)?, f, on);
    let mut largest = over(&pieces)?;
    for (point, value) in f.points() {
        // The value at the point itself, against the continuous network from the left or, at the left end, from the right.
        for piece in &pieces {
            let ends = [&piece.lower, &piece.upper];
            if ends.into_iter().flatten().any(|end| end == point) {
                let difference = value - &piece.line;
                largest = largest.max(value_at(&difference, point)?.abs());
            }
        }
    }
    Ok(largest)
}

/// max(sup |RΦ − f|, ess sup |RΦ′ − f′|); errors as for [`w1inf_error`](crate::geometry::line::w1inf_error).
pub fn w1inf_error(phi: &Network, f: &Curve, on: &Side) -> Result<Algebraic, Failure> {
    scalar(phi)?;
    if on.is_point() {
        return Err(Failure::Undefined(
            "an essential supremum over a null set".into(),
        ));
    }
    let ends = [&on.lower, &on.upper].map(|end| end.clone().map(Algebraic::from));
    for (i, (point, value)) in f.points().iter().enumerate() {
        let inside = ends[0].as_ref().is_none_or(|end| end < point)
            && ends[1].as_ref().is_none_or(|end| point < end);
        let here = value_at(value, point)?;
        for side in [&f.parts()[i].poly, &f.parts()[i + 1].poly] {
            if inside && value_at(side, point)? != here {
                return Err(Failure::Undefined(format!(
                    "the derivative of a function that jumps at {point}"
                )));
            }
        }
    }
    let mut pieces = differences(&segments(phi, on)?, f, on);
    let values = over(&pieces)?;
    for piece in &mut pieces {
        piece.poly = piece.poly.derivative();
    }
    Ok(values.max(over(&pieces)?))
}

/// f − RΦ between neighbouring breakpoints of either.
struct Difference {
    lower: Option<Algebraic>,
    upper: Option<Algebraic>,
    poly: Poly,
    line: Poly,
}

fn differences(segments: &[Piece], f: &Curve, on: &Side) -> Vec<Difference> {
    let within = |point: &Algebraic| {
        on.lower
            .as_ref()
            .is_none_or(|end| point.compare_rational(end).is_gt())
            && on
                .upper
                .as_ref()
                .is_none_or(|end| point.compare_rational(end).is_lt())
    };
    let mut cuts: Vec<Algebraic> = segments
        .iter()
        .filter_map(|segment| segment.upper.clone())
        .map(Algebraic::from)
        .chain(f.points().iter().map(|(point, _)| point.clone()))
        .filter(within)
        .collect();
    cuts.sort();
    cuts.dedup();
    let first = on.lower.clone().map(Algebraic::from);
    let last = on.upper.clone().map(Algebraic::from);
    let starts = std::iter::once(first).chain(cuts.iter().cloned().map(Some));
    let ends = cuts.iter().cloned().map(Some).chain([last]);
    starts
        .zip(ends)
        .map(|(lower, upper)| {
            // The piece that ends at or behind the upper end; the last one where there is none.
            let reaches = |end: Option<&Algebraic>| match (end, &upper) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(end), Some(upper)) => end >= upper,
            };
            let at = segments.partition_point(|segment| {
                !reaches(segment.upper.clone().map(Algebraic::from).as_ref())
            });
            let part = f
                .parts()
                .partition_point(|part| !reaches(part.upper.as_ref()));
            let segment = &segments[at];
            let line = Poly::from_coefficients(vec![
                segment.intercept[0].clone(),
                segment.slope[0].clone(),
            ]);
            let poly = &f.parts()[part].poly - &line;
            Difference {
                lower,
                upper,
                poly,
                line,
            }
        })
        .collect()
}

/// The largest |p| over all pieces: ends first, then the inside of those whose Bernstein coefficients exceed that.
fn over(pieces: &[Difference]) -> Result<Algebraic, Failure> {
    let mut largest = Algebraic::from(Rational::zero());
    for piece in pieces {
        if piece.poly.degree() > Some(MOST_CRITICAL_DEGREE) {
            return Err(Failure::Limit(format!(
                "degree of a difference: expected at most {MOST_CRITICAL_DEGREE}"
            )));
        }
        let bounded = piece.lower.is_some() && piece.upper.is_some();
        if !bounded && piece.poly.degree() > Some(0) {
            return Err(Failure::Undefined(
                "a supremum that is infinite: the difference grows without bound on a ray".into(),
            ));
        }
        for end in [&piece.lower, &piece.upper].into_iter().flatten() {
            largest = largest.max(value_at(&piece.poly, end)?.abs());
        }
        if let Some(value) = piece.poly.as_constant() {
            largest = largest.max(value.abs().into());
        }
    }
    for piece in pieces {
        let (Some(lower), Some(upper)) = (&piece.lower, &piece.upper) else {
            continue;
        };
        let (low, high) = (lower.lower(), upper.upper());
        let bound = bernstein(&piece.poly, low, high)
            .iter()
            .map(Rational::abs)
            .max();
        if bound.is_none_or(|bound| largest.compare_rational(&bound).is_ge()) {
            continue;
        }
        for point in isolated(&piece.poly.derivative().squarefree(), low, high)? {
            if point > *lower && point < *upper {
                largest = largest.max(value_at(&piece.poly, &point)?.abs());
            }
        }
    }
    Ok(largest)
}

/// The coefficients of p on [low, high] in the Bernstein basis of its degree: b_k = Σ_{i≤k} C(k,i)/C(n,i)·a_i for the
/// coefficients a_i of p(low + (high − low)·t).
fn bernstein(p: &Poly, low: &Rational, high: &Rational) -> Vec<Rational> {
    let moved = p.compose(&Poly::from_coefficients(vec![low.clone(), high - low]));
    let n = p.degree().unwrap_or(0);
    let choose = |n: usize, k: usize| {
        (0..k).fold(Rational::one(), |product, i| {
            let factor = Rational::new((n - i) as i64, (i + 1) as i64);
            &product * &factor.expect("i + 1 is not 0")
        })
    };
    (0..=n)
        .map(|k| {
            (0..=k).fold(Rational::zero(), |sum, i| {
                let share = choose(k, i).over(&choose(n, i)).expect("i ≤ n");
                &sum + &(&share * &moved.coefficient(i))
            })
        })
        .collect()
}

/// The roots of a squarefree polynomial strictly between the ends: one sign change of the Bernstein coefficients is one root,
/// none is none, and anything else is halved.
fn isolated(p: &Poly, low: &Rational, high: &Rational) -> Result<Vec<Algebraic>, Failure> {
    let mut roots = Vec::new();
    let mut open = vec![(low.clone(), high.clone())];
    while let Some((low, high)) = open.pop() {
        if low >= high || p.degree() < Some(1) {
            continue;
        }
        let signs = bernstein(p, &low, &high)
            .into_iter()
            .filter(|b| !b.is_zero())
            .map(|b| b > Rational::zero());
        let signs: Vec<bool> = signs.collect();
        let changes = signs.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let ends = [&low, &high].map(|end| p.evaluate(end).is_zero());
        match changes {
            0 => {}
            1 if ends == [false, false] => roots.push(Algebraic::root(p, low, high)?),
            _ => {
                let middle = Rational::midpoint(&low, &high);
                if p.evaluate(&middle).is_zero() {
                    roots.push(middle.clone().into());
                }
                open.push((low, middle.clone()));
                open.push((middle, high));
            }
        }
    }
    Ok(roots)
}

/// p(α): a root of Res_t(m(t), y − p(t)) for the polynomial m of α, picked by an enclosure.
fn value_at(p: &Poly, at: &Algebraic) -> Result<Algebraic, Failure> {
    if let Some(x) = at.to_rational() {
        return Ok(p.evaluate(x).into());
    }
    let rest = p.remainder(at.poly());
    if let Some(value) = rest.as_constant() {
        return Ok(value.into());
    }
    let degree = at.poly().degree().unwrap_or(0) as i64;
    let mut values = Poly::zero();
    // Newton interpolation at y = 0, …, n.
    let mut nodes = Poly::one();
    for y in 0..=degree {
        let y = Rational::from(y);
        let wanted = resultant(at.poly(), &(&Poly::constant(y.clone()) - &rest));
        let missing = &wanted - &values.evaluate(&y);
        let factor = missing
            .over(&nodes.evaluate(&y))
            .expect("the nodes are distinct");
        values.add_scaled(&factor, &nodes);
        nodes = &nodes * &Poly::from_coefficients(vec![-y, Rational::one()]);
    }
    let mut at = at.clone();
    loop {
        let range = bernstein(&rest, at.lower(), at.upper());
        let low = range.iter().min().expect("a polynomial has coefficients");
        let high = range.iter().max().expect("a polynomial has coefficients");
        if let Ok(value) = Algebraic::root(&values, low.clone(), high.clone()) {
            return Ok(value);
        }
        at.refine();
    }
}

/// Res(a, b) by Euclid's algorithm: (−1)^{deg a·deg b}·lc(b)^{deg a − deg r}·Res(b, r) for the remainder r of a by b.
fn resultant(a: &Poly, b: &Poly) -> Rational {
    let (mut a, mut b) = (a.clone(), b.clone());
    let mut factor = Rational::one();
    loop {
        let (Some(m), Some(n)) = (a.degree(), b.degree()) else {
            return Rational::zero();
        };
        let lead = b.leading().expect("b is not 0").clone();
        let power = |n: usize| lead.pow(u32::try_from(n).expect("a degree below 2³²"));
        if n == 0 {
            return &factor * &power(m);
        }
        let rest = a.remainder(&b);
        let Some(r) = rest.degree() else {
            return Rational::zero();
        };
        factor = &factor * &power(m - r);
        if m * n % 2 == 1 {
            factor = -factor;
        }
        (a, b) = (b, rest);
    }
}
