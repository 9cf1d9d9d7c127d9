//! Putting numbers or forms in the place of variables.

use relu_core::number::rational::Rational;

use super::form::{Atom, Form, Sum};
use super::laurent::Laurent;

/// The form with `ln x` replaced, in sums too; x occurs in no exponent. `None` if exponents become too large.
pub(super) fn replaced(form: &Form, x: usize, by: &Form) -> Option<Form> {
    mapped(
        form,
        &|atom| match atom {
            Atom::Variable(y) if *y == x => Some(by.clone()),
            other => Some(Form::of(other.clone())),
        },
        &|exponent| Some(exponent.clone()),
    )
}

/// The form with numbers for some variables; `None` for a variable that is 0 or negative, or a power that does not exist.
pub(super) fn at(form: &Form, known: &impl Fn(usize) -> Option<Rational>) -> Option<Form> {
    mapped(
        form,
        &|atom| match atom {
            Atom::Variable(x) => match known(*x) {
                Some(value) => Form::number(&value),
                None => Some(Form::of(atom.clone())),
            },
            Atom::BumpNorm(s, v) => Some(Form::of(Atom::BumpNorm(s.at(known)?, v.at(known)?))),
            other => Some(Form::of(other.clone())),
        },
        &|exponent| exponent.at(known),
    )
}

/// Rebuilds a form from below. Recursion is bounded by the nesting of sums, which is limited where a form is made.
fn mapped(
    form: &Form,
    atom_of: &impl Fn(&Atom) -> Option<Form>,
    exponent_of: &impl Fn(&Laurent) -> Option<Laurent>,
) -> Option<Form> {
    let mut result = Form::default();
    for (atom, exponent) in &form.0 {
        let exponent = exponent_of(exponent)?;
        if exponent.is_zero() && !matches!(atom, Atom::Sum(_)) {
            continue;
        }
        let inner = match atom {
            Atom::Sum(sum) => {
                let mut total = Sum::default();
                for (term, coefficient) in &sum.0 {
                    let term = mapped(term, atom_of, exponent_of)?;
                    total = total.plus(&Sum::exp(&term), coefficient);
                }
                let (positive, form) = total.logarithm()?;
                positive.then_some(form)?
            }
            other => atom_of(other)?,
        };
        result = result.plus(&inner.times(&exponent)?);
    }
    Some(result)
}
