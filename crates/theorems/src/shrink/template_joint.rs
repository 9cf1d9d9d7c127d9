//! Candidates that change a template together with its parameter vector or its input.

use relu_core::number::rational::Rational;
use relu_core::parameters::{Entry, Template};

use super::complexity::Measured;
use super::template_sheet::Sheet;

/// The template with one parameter less, and θ without its coordinate: frozen at 0, frozen at its value, or tied to another
/// parameter. Behind them, where simpler, a parameter measured in another unit: t/a in place of t and a·θ_t, where a is the
/// first coefficient of t; the network stays.
///
/// Nothing if θ has not one coordinate per parameter. The last parameter goes too.
pub fn parameter_candidates(
    template: &Template,
    theta: &[Rational],
) -> impl Iterator<Item = (Template, Vec<Rational>)> + use<> {
    let parameters = template.parameters();
    let legal = theta.len() == parameters;
    let bound = template.complexity().plus(theta.complexity());
    let (sheet, theta) = (Sheet::new(template), theta.to_vec());
    let units = {
        let (sheet, theta) = (sheet.clone(), theta.clone());
        let all = 0..if legal { parameters } else { 0 };
        all.filter_map(move |t| in_its_unit(&sheet, &theta, t))
            .filter(move |pair| pair.complexity() < bound)
    };
    let fewer = (0..if legal { parameters } else { 0 }).flat_map(move |t| {
        let mut rest = theta.clone();
        let value = rest.remove(t);
        let mut substitutes = vec![Entry::frozen(Rational::zero()), Entry::frozen(value)];
        substitutes.extend(
            (0..parameters)
                .filter(|&other| other != t)
                .map(Entry::parameter),
        );
        let finished: Vec<_> = substitutes
            .into_iter()
            .filter_map(|substitute| {
                let mut changed = sheet.clone();
                changed
                    .entries_mut()
                    .for_each(|entry| *entry = substituted(entry, t, &substitute));
                changed
                    .finish(parameters - 1)
                    .map(|template| (template, rest.clone()))
            })
            .collect();
        finished
    });
    fewer.chain(units)
}

/// t/a in place of the parameter t and a·θ_t in place of θ_t, a being the first coefficient of t; `None` if t does not occur.
fn in_its_unit(sheet: &Sheet, theta: &[Rational], t: usize) -> Option<(Template, Vec<Rational>)> {
    let (mut changed, mut theta) = (sheet.clone(), theta.to_vec());
    let first = |entry: &mut Entry| entry.terms().iter().find(|(i, _)| *i == t).cloned();
    let (_, unit) = changed.entries_mut().find_map(first)?;
    let inverse = unit.recip()?;
    for entry in changed.entries_mut() {
        let rescaled = |(i, factor): &(usize, Rational)| {
            (
                *i,
                if *i == t {
                    factor * &inverse
                } else {
                    factor.clone()
                },
            )
        };
        *entry = Entry::new(
            entry.constant().clone(),
            entry.terms().iter().map(rescaled).collect(),
        );
    }
    theta[t] *= &unit;
    let parameters = theta.len();
    changed.finish(parameters).map(|template| (template, theta))
}

/// The entry with `substitute` in place of t_index, and the parameters behind it renumbered.
fn substituted(entry: &Entry, index: usize, substitute: &Entry) -> Entry {
    let mut constant = entry.constant().clone();
    let mut terms = Vec::new();
    let renumbered = |i: usize| if i > index { i - 1 } else { i };
    for (i, coefficient) in entry.terms() {
        if *i == index {
            constant.add_product(coefficient, substitute.constant());
            for (j, factor) in substitute.terms() {
                terms.push((renumbered(*j), coefficient * factor));
            }
        } else {
            terms.push((renumbered(*i), coefficient.clone()));
        }
    }
    Entry::new(constant, terms)
}

/// The template without one of its inputs, and the points without that coordinate; nothing for one input or a point of another
/// length.
pub fn template_dimension_candidates(
    template: &Template,
    points: &[Vec<Rational>],
) -> impl Iterator<Item = (Template, Vec<Vec<Rational>>)> + use<> {
    let indim = template.indim();
    let legal = indim >= 2 && points.iter().all(|x| x.len() == indim);
    let parameters = template.parameters();
    let (sheet, points) = (Sheet::new(template), points.to_vec());
    (0..if legal { indim } else { 0 }).filter_map(move |j| {
        let mut smaller = sheet.clone();
        smaller.remove_column(0, j);
        let without = |x: &Vec<Rational>| {
            let mut x = x.clone();
            x.remove(j);
            x
        };
        let points = points.iter().map(without).collect();
        smaller
            .finish(parameters)
            .map(|template| (template, points))
    })
}

/// The template with the point moved to 0: b₁ + A₁·x as first bias, A₁ kept or replaced by 0; where that is simpler.
///
/// As functions of θ all pre-activations at the point stay. Nothing for a point of another length.
pub fn template_shift_candidates(
    template: &Template,
    point: &[Rational],
) -> impl Iterator<Item = (Template, Vec<Rational>)> + use<> {
    let bound = template.complexity().plus(point.complexity());
    let parameters = template.parameters();
    let origin = vec![Rational::zero(); point.len()];
    let mut list = Vec::new();
    if point.len() == template.indim() {
        let mut shifted = Sheet::new(template);
        let (_, rows, bias) = &mut shifted.layers[0];
        for (row, bias) in rows.iter().zip(bias) {
            let mut constant = bias.constant().clone();
            let mut terms = bias.terms().to_vec();
            for (entry, coordinate) in row.iter().zip(point) {
                constant.add_product(entry.constant(), coordinate);
                terms.extend(
                    entry
                        .terms()
                        .iter()
                        .map(|(t, factor)| (*t, factor * coordinate)),
                );
            }
            *bias = Entry::new(constant, terms);
        }
        let mut constant = shifted.clone();
        constant.layers[0].1.iter_mut().flatten().for_each(|entry| {
            *entry = Entry::frozen(Rational::zero());
        });
        list.extend(
            [constant, shifted]
                .into_iter()
                .filter_map(|sheet| sheet.finish(parameters)),
        );
    }
    let pairs = list
        .into_iter()
        .map(move |template| (template, origin.clone()));
    pairs.filter(move |pair| pair.complexity() < bound)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    fn template(text: &str) -> Template {
        text.parse().unwrap()
    }

    fn q(text: &str) -> Rational {
        text.parse().unwrap()
    }

    #[test]
    fn parameters_go_with_their_coordinates() {
        let start = template("template(relu, 3, ([[t0]], [t1 - t2]), ([[2*t2]], [0]))");
        let theta = [q("5"), q("6"), q("7")];
        let list: Vec<_> = parameter_candidates(&start, &theta).collect();
        // Three times frozen at 0, at its value, tied to one of two others; t2 in the unit −1 costs a sign in θ and the 2.
        assert_eq!(list.len(), 12);
        let at =
            |(template, theta): &(Template, Vec<Rational>)| template.instantiate(theta).unwrap();
        assert_eq!(list[0].1, [q("6"), q("7")]);
        assert_eq!(
            at(&list[0]).to_string(),
            "net(([[0]], [-1]), ([[14]], [0]))"
        );
        // Frozen at its own value the network stays.
        assert_eq!(at(&list[1]), start.instantiate(&theta).unwrap());
        // t0 tied to t1.
        assert_eq!(
            at(&list[2]).to_string(),
            "net(([[6]], [-1]), ([[14]], [0]))"
        );
        assert_eq!(parameter_candidates(&start, &theta[..2]).count(), 0);
    }

    #[test]
    fn parameters_are_measured_in_their_unit() {
        let start = template("template(relu, 1, ([[0]], [-1/2*t0]), ([[1/2*t0]], [0]))");
        let (simpler, theta) = parameter_candidates(&start, &[q("2")]).last().unwrap();
        assert_eq!(
            simpler,
            template("template(relu, 1, ([[0]], [t0]), ([[-t0]], [0]))")
        );
        assert_eq!(theta, [q("-1")]);
        assert_eq!(simpler.instantiate(&theta), start.instantiate(&[q("2")]));
    }

    #[test]
    fn the_input_moves_into_the_bias() {
        let start = template("template(relu, 1, ([[t0], [-t0]], [0, 1]), ([[1, -1]], [0]))");
        let list: Vec<_> = template_shift_candidates(&start, &[q("2")]).collect();
        let moved = template("template(relu, 1, ([[0], [0]], [2*t0, 1 - 2*t0]), ([[1, -1]], [0]))");
        assert_eq!(list, [(moved, vec![q("0")])]);
        assert_eq!(
            template_shift_candidates(&start, &[q("2"), q("1")]).count(),
            0
        );
        let constant = template("template(relu, 1, ([[0]], [t0]))");
        assert_eq!(template_shift_candidates(&constant, &[q("0")]).count(), 0);
    }
}
