//! Enclosing what has to be shown, on a box of the unknowns.

use std::collections::BTreeSet;

use dashu_int::{IBig, UBig};
use relu_core::Sign;
use relu_core::number::rational::Rational;

use super::case::{Case, Role};
use super::form::{Atom, Form, Sum};
use super::goal::{Goal, Relation, Side};
use super::laurent::{Laurent, Monomial};
use super::linear;
use super::span::Span;
use super::substitute;

/// Most factors of a norm of a bump.
const MOST_FACTORS: i64 = 256;

/// A range for every unknown of a case.
pub type Region = Vec<Span>;

/// How far a case is from being certified on a region.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shortfall {
    /// Some goal has no lower bound at all.
    Unbounded,
    /// The least lower bound of what has to be ≥ 0.
    By(Rational),
    /// Every goal holds for all values of the unknowns in the region. This is a proof; the others say nothing.
    Certified,
}

/// How far the goals of a case are from being certified for all values of the unknowns in the region.
pub fn shortfall(case: &Case, region: &[Span]) -> Shortfall {
    let region = with_exact_roundings(case, region);
    let mut worst = Shortfall::Certified;
    for goal in &case.goals {
        worst = worst.min(of_goal(case, goal, &region));
        if worst == Shortfall::Unbounded {
            break;
        }
    }
    worst
}

/// The unknowns that the goals depend on which are not certified on the region.
pub fn unsettled(case: &Case, region: &[Span]) -> BTreeSet<usize> {
    let exact = with_exact_roundings(case, region);
    let open = case
        .goals
        .iter()
        .filter(|goal| of_goal(case, goal, &exact) != Shortfall::Certified);
    let mut found: BTreeSet<usize> = open.flat_map(Goal::variables).collect();
    // A rounding is exact or not by other unknowns.
    for x in found.clone() {
        if let Role::Rounding {
            exact_when: Some(when),
            ..
        } = &case.unknowns[x].role
        {
            found.extend(when.variables());
        }
    }
    found
}

/// Roundings of integers are exact.
fn with_exact_roundings(case: &Case, region: &[Span]) -> Region {
    let one = Rational::one();
    let mut found = region.to_vec();
    for (number, unknown) in case.unknowns.iter().enumerate() {
        if let Role::Rounding {
            exact_when: Some(when),
            ..
        } = &unknown.role
            && when.enclosed(&|x| region[x].clone()).point() == Some(&one)
        {
            found[number] = Span::exactly(one.clone());
        }
    }
    found
}

fn of_goal(case: &Case, goal: &Goal, region: &[Span]) -> Shortfall {
    let known = |x: usize| region[x].point().cloned();
    let form = |form: &Form| {
        let mut form = substitute::at(form, &known)?;
        // Divided by powers of unknowns without bound, which do not change its sign, exponents have bounds.
        for (x, unknown) in case.unknowns.iter().enumerate() {
            if unknown.positive && region[x].upper.is_none() {
                form.divide_by_power(x, true);
            }
        }
        let vanishes = form.is_zero();
        // Where the form is monotone in an unknown, its least value is that at an end, exactly.
        let ends: Vec<Option<Rational>> = (0..region.len())
            .map(|x| least_at(&form, x, region))
            .collect();
        let form = substitute::at(&form, &|x| ends[x].clone())?;
        let range = enclosed(&form, region)?;
        let least_is_zero = form.is_zero() && goal.relation == Relation::AtLeast;
        Some((vanishes || least_is_zero, range))
    };
    let found = match &goal.side {
        Side::Logarithm(side) => form(side),
        Side::Positive(side) => {
            return match form(side) {
                Some(_) => Shortfall::Certified,
                None => Shortfall::Unbounded,
            };
        }
        Side::NonZero(side) => {
            return match is_nonzero(case, side, region) {
                true => Shortfall::Certified,
                false => Shortfall::Unbounded,
            };
        }
        Side::Rounding(_) => None,
        Side::Polynomial(side) => side.at(&known).map(|side| {
            let range = side.enclosed(&|x| region[x].clone());
            (side.is_zero(), range)
        }),
    };
    let Some((vanishes, range)) = found else {
        return Shortfall::Unbounded;
    };
    let sign = range.lower.as_ref().map(Rational::sign);
    let holds = match goal.relation {
        Relation::AtLeast => vanishes || sign.is_some_and(|sign| sign != Sign::Negative),
        Relation::Above => sign == Some(Sign::Positive),
        Relation::Equal => vanishes,
    };
    let holds = holds
        || matches!(&goal.side, Side::Polynomial(side) if follows(case, side, goal.relation, region));
    match (holds, range.lower) {
        (true, _) => Shortfall::Certified,
        (false, Some(lower)) => Shortfall::By(lower),
        (false, None) => Shortfall::Unbounded,
    }
}

/// Whether a polynomial is not 0 on the region: by its enclosure, or as a single product of unknowns that are not.
fn is_nonzero(case: &Case, side: &Laurent, region: &[Span]) -> bool {
    let zero = Span::exactly(Rational::zero());
    let excludes_zero = |range: &Span| range.meet(&zero).is_empty();
    let product = |monomial: &Monomial| {
        let factors = monomial.iter();
        factors.fold(true, |so_far, (x, _)| {
            so_far && (case.unknowns[*x].positive || excludes_zero(&region[*x]))
        })
    };
    match side.0.iter().next() {
        Some((monomial, _)) if side.0.len() == 1 => product(monomial),
        // A negative power has no value at 0.
        _ => {
            let powers = side.0.keys().flatten().filter(|(_, power)| *power < 0);
            let mut divisors = powers.map(|(x, _)| *x);
            divisors.all(|x| case.unknowns[x].positive || excludes_zero(&region[x]))
                && excludes_zero(&side.enclosed(&|x| region[x].clone()))
        }
    }
}

/// The end of the range of an unknown at which the form is least; `None` where it is not seen to be monotone, or the end is not a positive number.
fn least_at(form: &Form, x: usize, region: &[Span]) -> Option<Rational> {
    if region[x].point().is_some() || form.depends_otherwise(x) {
        return None;
    }
    let exponent = form.0.get(&Atom::Variable(x))?;
    let range = exponent.enclosed(&|y| region[y].clone());
    let sign = |end: &Option<Rational>| end.as_ref().map(Rational::sign);
    let end = match (sign(&range.lower), sign(&range.upper)) {
        (Some(Sign::Positive | Sign::Zero), _) => region[x].lower.clone(),
        (_, Some(Sign::Negative | Sign::Zero)) => region[x].upper.clone(),
        _ => None,
    };
    end.filter(|end| end.sign() == Sign::Positive)
}

/// Whether a polynomial has its sign by the conditions of the case and the ranges of the unknowns.
fn follows(case: &Case, side: &Laurent, relation: Relation, region: &[Span]) -> bool {
    let unknowns: BTreeSet<usize> = case
        .facts
        .iter()
        .chain([side])
        .flat_map(Laurent::variables)
        .collect();
    let mut facts = linear::bounds(&unknowns, region);
    facts.extend(case.facts.iter().cloned());
    match relation {
        Relation::AtLeast => linear::implied(side, &facts),
        Relation::Equal => {
            linear::implied(side, &facts)
                && linear::implied(&side.scaled(&-Rational::one()), &facts)
        }
        Relation::Above => false,
    }
}

/// All values of a form; `None` if a sum may be 0 or negative.
fn enclosed(form: &Form, region: &[Span]) -> Option<Span> {
    let range = |x: usize| region[x].clone();
    let mut total = Span::exactly(Rational::zero());
    for (atom, exponent) in &form.0 {
        let logarithm = match atom {
            Atom::Prime(base) => {
                let base = Rational::from_parts(IBig::from(base.clone()), UBig::ONE)?;
                Span::exactly(base).logarithm()
            }
            Atom::Variable(x) => region[*x].logarithm(),
            Atom::Sum(sum) => positive(sum, region)?.logarithm(),
            Atom::BumpNorm(s, v) => bump_norm(s, v, region)?,
        };
        total = total.plus(&exponent.enclosed(&range).times(&logarithm));
    }
    Some(total)
}

fn positive(sum: &Sum, region: &[Span]) -> Option<Span> {
    let mut total = Span::exactly(Rational::zero());
    for (form, coefficient) in &sum.0 {
        let term = enclosed(form, region)?.exponential();
        total = total.plus(&Span::exactly(coefficient.clone()).times(&term));
    }
    let lower = total.lower.as_ref()?;
    (lower.sign() == Sign::Positive).then_some(total)
}

/// ln of Π_{i=1}^{s} (1/v + i)^{−v} = Σ v·ln(v/(1 + iv)) for 0 ≤ v ≤ 1.
///
/// Every term falls: with w = 1/(1 + iv) its derivative is ln((1 − w)/i) + w ≤ ln(1 − w) + w ≤ 0. It is never positive, so that the sum falls with s too, and the ends
/// of v and s give the ends.
fn bump_norm(s: &Laurent, v: &Laurent, region: &[Span]) -> Option<Span> {
    let s = s.enclosed(&|x| region[x].clone());
    let (fewest, most) = (s.lower?.ceil(), s.upper?.floor());
    let (fewest, most) = (i64::try_from(&fewest).ok()?, i64::try_from(&most).ok()?);
    let v = v.enclosed(&|x| region[x].clone());
    let (low, high) = (v.lower?, v.upper?);
    let unit = Span::between(Rational::zero(), Rational::one());
    if fewest < 0
        || most > MOST_FACTORS
        || !unit.contains(&Span::between(low.clone(), high.clone()))
    {
        return None;
    }
    let at = |v: &Rational, s: i64| {
        let mut total = Span::exactly(Rational::zero());
        if v.is_zero() {
            return total;
        }
        for i in 1..=s {
            let divisor = &Rational::one() + &(&Rational::from_integer(i) * v);
            let quotient = v.over(&divisor).expect("at least 1");
            let term = Span::exactly(quotient).logarithm();
            total = total.plus(&Span::exactly(v.clone()).times(&term));
        }
        total
    };
    Some(Span {
        lower: at(&high, most).lower,
        upper: at(&low, fewest).upper,
    })
}
