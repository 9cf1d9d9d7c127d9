//! Conditions: ranges of single variables, and variables that a condition is solved for.

use claim_language::expr::BinaryOp;
use relu_core::Sign;
use relu_core::number::rational::Rational;

use super::case::{Case, Role, Unknown};
use super::form::{Atom, Form};
use super::goal::{Goal, Side, right};
use super::laurent::Laurent;
use super::meaning::Comparison;
use super::span::Span;
use super::substitute::replaced;

/// Narrows the ranges by the comparisons that are affine in one unknown; gives back the others.
pub(super) fn clip(comparisons: Vec<Comparison>, unknowns: &mut [Unknown]) -> Vec<Comparison> {
    comparisons
        .into_iter()
        .filter(|comparison| {
            let Some(difference) = difference(comparison) else {
                return true;
            };
            let both = comparison.relation == BinaryOp::Eq;
            let strict = matches!(comparison.relation, BinaryOp::Lt | BinaryOp::Gt);
            let narrowed = at_least(&difference, strict, unknowns);
            let opposite = difference.scaled(&-Rational::one());
            !(narrowed && (!both || at_least(&opposite, strict, unknowns)))
        })
        .collect()
}

/// What a comparison says, as polynomials ≥ 0; nothing where a side is no polynomial.
pub(super) fn facts(comparison: &Comparison) -> Vec<Laurent> {
    let Some(difference) = difference(comparison) else {
        return Vec::new();
    };
    match comparison.relation {
        BinaryOp::Eq => vec![difference.scaled(&-Rational::one()), difference],
        _ => vec![difference],
    }
}

/// Larger side minus smaller side.
fn difference(comparison: &Comparison) -> Option<Laurent> {
    let (left, right) = (
        comparison.left.laurent.as_ref()?,
        comparison.right.laurent.as_ref()?,
    );
    let minus = -Rational::one();
    match comparison.relation {
        BinaryOp::Ge | BinaryOp::Gt => Some(left.plus(&right.scaled(&minus))),
        BinaryOp::Le | BinaryOp::Lt | BinaryOp::Eq => Some(right.plus(&left.scaled(&minus))),
        _ => None,
    }
}

/// Narrows by a·x + b ≥ 0 (or > 0); false if the condition has another shape.
fn at_least(difference: &Laurent, strict: bool, unknowns: &mut [Unknown]) -> bool {
    let mut slope: Option<(usize, &Rational)> = None;
    for (monomial, coefficient) in &difference.0 {
        match (monomial.as_slice(), &slope) {
            ([], _) => {}
            ([(x, 1)], None) => slope = Some((*x, coefficient)),
            _ => return false,
        }
    }
    let Some((x, slope)) = slope else {
        return false;
    };
    let offset = difference.0.get(&Vec::new()).cloned();
    let end = -offset
        .unwrap_or_else(Rational::zero)
        .over(slope)
        .expect("coefficients are not 0");
    let unknown = &mut unknowns[x];
    let above = slope.sign() == Sign::Positive;
    let range = match (above, unknown.integer) {
        (true, false) => Span::from(end.clone()),
        (false, false) => Span::from(-&end).negated(),
        (true, true) => Span::from(whole(&end, true, strict)),
        (false, true) => Span::from(-&whole(&end, false, strict)).negated(),
    };
    unknown.range = unknown.range.meet(&range);
    let zero = Rational::zero();
    unknown.positive |= above && (end > zero || (end == zero && strict));
    true
}

/// The first integer from `end` on, upwards or downwards.
fn whole(end: &Rational, up: bool, strict: bool) -> Rational {
    let step = match (strict && end.is_integer(), up) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => -1,
    };
    let nearest = if up { end.ceil() } else { end.floor() };
    let nearest = Rational::from_parts(nearest, dashu_int::UBig::ONE).expect("1 is not 0");
    &nearest + &Rational::from_integer(step)
}

/// Solves each condition for a variable, if there is one that occurs suitably; other conditions are left out.
///
/// That the logarithm of a condition is right is shown for the variables as they are, not as they are solved for: where it is wrong, the condition may hold at
/// numbers that the solution does not give.
pub(super) fn solve(case: &mut Case, conditions: Vec<Comparison>) {
    // Each with what makes its logarithm right.
    let mut forms: Vec<(Form, Vec<Goal>)> = conditions
        .iter()
        .filter_map(|condition| Some((form(condition)?, right(condition))))
        .map(|(form, goals)| (form, goals.iter().map(|goal| case.resolved(goal)).collect()))
        .collect();
    let mut kept: Vec<Goal> = Vec::new();
    while let Some((form, right)) = forms.pop() {
        let Some((x, exponent)) = solvable(case, &form, &forms) else {
            continue;
        };
        let quotient = case.unknowns.len();
        case.unknowns.push(Unknown {
            name: format!("quotient for {}", case.unknowns[x].name),
            role: Role::Quotient,
            range: Span::from(Rational::one()),
            positive: true,
            integer: false,
        });
        // form = e·ln x + rest = ln y, so ln x = (ln y − rest)/e.
        let mut rest = form.clone();
        let e = Laurent::constant(exponent.clone());
        rest.add(Atom::Variable(x), &e.scaled(&-Rational::one()));
        let inverse = Laurent::constant(exponent.recip().expect("not 0"));
        let solution = Form::of(Atom::Variable(quotient))
            .minus(&rest)
            .times(&inverse)
            .expect("a constant factor adds no terms");
        let everywhere = |form: &Form| replaced(form, x, &solution);
        let goals: Option<Vec<Goal>> = case
            .goals
            .iter()
            .map(|goal| goal.mapped(everywhere))
            .collect();
        let roles: Option<Vec<Role>> = case
            .unknowns
            .iter()
            .map(|unknown| {
                Some(match &unknown.role {
                    Role::Rounding {
                        condition,
                        exact_when,
                    } => Role::Rounding {
                        condition: everywhere(condition)?,
                        exact_when: exact_when.clone(),
                    },
                    role => role.clone(),
                })
            })
            .collect();
        let others: Option<Vec<(Form, Vec<Goal>)>> = forms
            .iter()
            .map(|(form, right)| Some((everywhere(form)?, right.clone())))
            .collect();
        if let (Some(goals), Some(roles), Some(others)) = (goals, roles, others) {
            case.goals = goals;
            for (unknown, role) in case.unknowns.iter_mut().zip(roles) {
                unknown.role = role;
            }
            forms = others;
            case.solved.insert(x);
            kept.extend(right);
        } else {
            case.unknowns.pop();
        }
    }
    case.goals.extend(kept);
}

/// The logarithm of the quotient of the sides, ≥ 0.
fn form(comparison: &Comparison) -> Option<Form> {
    let (left, right) = (comparison.left.logarithm()?, comparison.right.logarithm()?);
    match comparison.relation {
        BinaryOp::Ge | BinaryOp::Gt => Some(left.minus(&right)),
        BinaryOp::Le | BinaryOp::Lt => Some(right.minus(&left)),
        _ => None,
    }
}

/// A variable with unbounded range that occurs in the condition as a power of constant exponent, and elsewhere never in an exponent or polynomial: any positive
/// number before others, real ones before integers, later ones before earlier ones.
fn solvable(case: &Case, form: &Form, others: &[(Form, Vec<Goal>)]) -> Option<(usize, Rational)> {
    let mut best: Option<(bool, bool, usize, Rational)> = None;
    for (atom, exponent) in &form.0 {
        let (Atom::Variable(x), Some(exponent)) = (atom, exponent.to_rational()) else {
            continue;
        };
        let unknown = &case.unknowns[*x];
        let unbounded = unknown.range.upper.is_none() || !unknown.integer;
        let suitable = matches!(unknown.role, Role::Quantified)
            && unbounded
            && !case.solved.contains(x)
            && !in_exponents(form, *x, true)
            && !others
                .iter()
                .any(|(other, _)| in_exponents(other, *x, false))
            && case.goals.iter().all(|goal| match &goal.side {
                Side::Logarithm(form) | Side::Positive(form) => !in_exponents(form, *x, false),
                Side::Polynomial(laurent) | Side::NonZero(laurent) => {
                    !laurent.variables().any(|y| y == *x)
                }
                Side::Rounding(_) => true,
            })
            && case.unknowns.iter().all(|unknown| match &unknown.role {
                Role::Rounding {
                    condition,
                    exact_when,
                } => {
                    !in_exponents(condition, *x, false)
                        && exact_when
                            .as_ref()
                            .is_none_or(|laurent| !laurent.variables().any(|y| y == *x))
                }
                _ => true,
            });
        if suitable {
            // Of a variable that may be any positive number nothing is forgotten.
            let zero = Rational::zero();
            let any = unknown
                .range
                .lower
                .as_ref()
                .is_none_or(|lower| *lower <= zero)
                && unknown.range.upper.is_none();
            best = best.max(Some((any, !unknown.integer, *x, exponent)));
        }
    }
    best.map(|(_, _, x, exponent)| (x, exponent))
}

/// Whether x occurs in an exponent, or, if sums count, in a sum.
fn in_exponents(form: &Form, x: usize, sums_count: bool) -> bool {
    let mut open = vec![form];
    while let Some(form) = open.pop() {
        for (atom, exponent) in &form.0 {
            if exponent.variables().any(|y| y == x) {
                return true;
            }
            match atom {
                Atom::Prime(_) | Atom::Variable(_) => {}
                Atom::Sum(sum) => {
                    if sums_count && sum.0.keys().any(|inner| inner.variables().contains(&x)) {
                        return true;
                    }
                    open.extend(sum.0.keys());
                }
                Atom::BumpNorm(s, v) => {
                    if s.variables().chain(v.variables()).any(|y| y == x) {
                        return true;
                    }
                }
            }
        }
    }
    false
}
