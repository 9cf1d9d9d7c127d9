//! Simpler templates, and templates with fewer parameters together with the parameter vector.

use std::collections::HashSet;

use relu_core::linear::matrix::Matrix;
use relu_core::number::rational::Rational;
use relu_core::parameters::{Entry, Template};

use super::complexity::{Complexity, Measured};
use super::number::rational_candidates;

impl Measured for Template {
    /// Constants and coefficients count as entries, the number of parameters as size.
    fn complexity(&self) -> Complexity {
        let mut complexity = Complexity {
            layers: self.depth(),
            size: self.architecture().iter().sum::<usize>() + self.parameters(),
            ..Complexity::default()
        };
        for (weights, bias) in self.layers() {
            for entry in weights.data().iter().chain(bias) {
                if entry.is_frozen() || !entry.constant().is_zero() {
                    complexity.count(entry.constant());
                }
                entry
                    .terms()
                    .iter()
                    .for_each(|(_, coefficient)| complexity.count(coefficient));
            }
        }
        complexity
    }
}

/// A template that can be edited.
#[derive(Clone)]
struct Sheet {
    template: Template,
    /// Per layer (columns, rows of weights, biases).
    layers: Vec<(usize, Vec<Vec<Entry>>, Vec<Entry>)>,
}

impl Sheet {
    fn new(template: &Template) -> Self {
        let layer = |(weights, bias): &(Matrix<Entry>, Vec<Entry>)| {
            let rows = (0..weights.rows())
                .map(|i| weights.row(i).to_vec())
                .collect();
            (weights.cols(), rows, bias.clone())
        };
        Self {
            template: template.clone(),
            layers: template.layers().iter().map(layer).collect(),
        }
    }

    /// The edited template with this number of parameters; `None` if the shapes are not legal.
    fn finish(self, parameters: usize) -> Option<Template> {
        let layers = self
            .layers
            .into_iter()
            .map(|(cols, rows, bias)| {
                let matrix = Matrix::new(rows.len(), cols, rows.into_iter().flatten().collect());
                matrix.ok().map(|matrix| (matrix, bias))
            })
            .collect::<Option<_>>()?;
        Template::new(self.template.activation().clone(), parameters, layers).ok()
    }

    fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.layers
            .iter_mut()
            .flat_map(|(_, rows, bias)| rows.iter_mut().flatten().chain(bias))
    }

    fn remove_column(&mut self, l: usize, j: usize) {
        let (cols, rows, _) = &mut self.layers[l];
        *cols -= 1;
        for row in rows {
            row.remove(j);
        }
    }
}

/// Templates strictly simpler than `template`, with its activation, parameters, input and output dimension; each once, best first.
///
/// In this order: layers left out where the widths allow it, neighbouring layers merged if one of them is frozen (a product of
/// two entries with parameters is not affine), hidden neurons left out or merged by adding their outgoing weights, entries
/// frozen at 0, ±1 or their constant, entries that are one parameter, terms left out, simpler constants and coefficients.
pub fn template_candidates(template: &Template) -> impl Iterator<Item = Template> + use<> {
    let bound = template.complexity();
    let parameters = template.parameters();
    let sheet = Sheet::new(template);
    let passes: [fn(&Sheet) -> Vec<Sheet>; 3] = [fewer_layers, fewer_neurons, simpler_entries];
    let mut seen = HashSet::new();
    passes
        .into_iter()
        .flat_map(move |pass| pass(&sheet))
        .filter_map(move |sheet| sheet.finish(parameters))
        .filter(move |t| t.complexity() < bound && seen.insert(t.clone()))
}

fn fewer_layers(sheet: &Sheet) -> Vec<Sheet> {
    let depth = sheet.layers.len();
    let mut list = Vec::new();
    for length in (1..depth).rev() {
        for start in 0..=depth - length {
            let block = start..start + length;
            if sheet.layers[start].0 == sheet.layers[block.end - 1].2.len() {
                let mut shorter = sheet.clone();
                shorter.layers.drain(block);
                list.push(shorter);
            }
        }
    }
    list.extend((1..depth).filter_map(|l| merged_layers(sheet, l - 1)));
    list
}

/// Layers l and l + 1 as one layer, without the activation between them; `None` if a product of parameters occurs.
fn merged_layers(sheet: &Sheet, l: usize) -> Option<Sheet> {
    let mut shorter = sheet.clone();
    let (cols, inner, inner_bias) = shorter.layers.remove(l);
    let (_, outer, outer_bias) = &shorter.layers[l];
    let column = |j: usize| inner.iter().map(move |row| &row[j]);
    let mut rows = Vec::with_capacity(outer.len());
    let mut bias = Vec::with_capacity(outer.len());
    for (row, constant) in outer.iter().zip(outer_bias) {
        let weights = (0..cols).map(|j| sum_of_products(row, column(j)));
        rows.push(weights.collect::<Option<_>>()?);
        bias.push(sum(constant, &sum_of_products(row, inner_bias.iter())?));
    }
    shorter.layers[l] = (cols, rows, bias);
    Some(shorter)
}

fn sum_of_products<'a>(left: &[Entry], right: impl Iterator<Item = &'a Entry>) -> Option<Entry> {
    let mut total = Entry::frozen(Rational::zero());
    for (a, b) in left.iter().zip(right) {
        let product = match (a.is_frozen(), b.is_frozen()) {
            (true, _) => scaled(b, a.constant()),
            (_, true) => scaled(a, b.constant()),
            _ => return None,
        };
        total = sum(&total, &product);
    }
    Some(total)
}

fn scaled(entry: &Entry, factor: &Rational) -> Entry {
    let terms = entry
        .terms()
        .iter()
        .map(|(t, coefficient)| (*t, coefficient * factor));
    Entry::new(entry.constant() * factor, terms.collect())
}

fn sum(a: &Entry, b: &Entry) -> Entry {
    let terms = a.terms().iter().chain(b.terms()).cloned();
    Entry::new(a.constant() + b.constant(), terms.collect())
}

fn fewer_neurons(sheet: &Sheet) -> Vec<Sheet> {
    let mut list = Vec::new();
    for l in 0..sheet.layers.len() - 1 {
        let width = sheet.layers[l].2.len();
        if width == 1 {
            continue;
        }
        for i in 0..width {
            // Neuron i left out, then merged into each other neuron.
            for into in std::iter::once(i).chain((0..width).filter(|&k| k != i)) {
                let mut smaller = sheet.clone();
                smaller.layers[l].1.remove(i);
                smaller.layers[l].2.remove(i);
                if into != i {
                    for row in &mut smaller.layers[l + 1].1 {
                        row[into] = sum(&row[into], &row[i]);
                    }
                }
                smaller.remove_column(l + 1, i);
                list.push(smaller);
            }
        }
    }
    list
}

fn simpler_entries(sheet: &Sheet) -> Vec<Sheet> {
    let mut list = Vec::new();
    let count = sheet.clone().entries_mut().count();
    for k in 0..count {
        let original = sheet.clone().entries_mut().nth(k).cloned();
        for entry in original.iter().flat_map(entry_candidates) {
            let mut changed = sheet.clone();
            if let Some(place) = changed.entries_mut().nth(k) {
                *place = entry;
            }
            list.push(changed);
        }
    }
    list
}

fn entry_candidates(entry: &Entry) -> Vec<Entry> {
    let one = Rational::one();
    let constant = entry.constant();
    let mut list: Vec<Entry> = [Rational::zero(), one.clone(), -&one, constant.clone()]
        .into_iter()
        .map(Entry::frozen)
        .collect();
    list.extend(entry.terms().iter().map(|(t, _)| Entry::parameter(*t)));
    for k in 0..entry.terms().len() {
        let mut terms = entry.terms().to_vec();
        terms.remove(k);
        list.push(Entry::new(constant.clone(), terms));
    }
    let with_constant = |value| Entry::new(value, entry.terms().to_vec());
    list.extend(rational_candidates(constant).map(with_constant));
    for (k, (_, coefficient)) in entry.terms().iter().enumerate() {
        for simpler in rational_candidates(coefficient) {
            let mut terms = entry.terms().to_vec();
            terms[k].1 = simpler;
            list.push(Entry::new(constant.clone(), terms));
        }
    }
    list
}

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
    use super::*;
    use crate::shrink::{minimise, vector_candidates};

    fn template(text: &str) -> Template {
        text.parse().unwrap()
    }

    fn q(text: &str) -> Rational {
        text.parse().unwrap()
    }

    #[test]
    fn everything_shrinks_to_the_zero_template() {
        let start =
            template("template(relu, 2, ([[t0, 2], [1 + t1, 0]], [0, -3]), ([[1, t0]], [t1]))");
        let all = minimise(start.clone(), template_candidates, |_| true, 10_000);
        // Widths (2,2,1): the square layer is left out.
        assert_eq!(all, template("template(relu, 2, ([[0, 0]], [0]))"));
        assert_eq!(
            minimise(start.clone(), template_candidates, |_| false, 10_000),
            start
        );
    }

    #[test]
    fn shared_parameters_shrink_to_two_entries() {
        let start =
            template("template(relu, 2, ([[2*t0 + t1], [-3*t0]], [0, 1/2]), ([[1, t1]], [-t0]))");
        let uses = |t: &Template| {
            let entries = t
                .layers()
                .iter()
                .flat_map(|(w, b)| w.data().iter().chain(b));
            entries
                .filter(|e| e.terms().iter().any(|(i, _)| *i == 0))
                .count()
                >= 2
        };
        let shrunk = minimise(start, template_candidates, uses, 10_000);
        assert_eq!(
            shrunk,
            template("template(relu, 2, ([[t0]], [0]), ([[0]], [t0]))")
        );
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
    fn every_candidate_is_strictly_simpler() {
        let start =
            template("template(relu, 2, ([[t0, 2], [1 + t1, 0]], [0, -3]), ([[1, t0]], [t1]))");
        let theta = vec![q("1/2"), q("-3")];
        let bound = start.complexity();
        assert!(template_candidates(&start).all(|t| t.complexity() < bound));
        let bound = start.complexity().plus(theta.complexity());
        for (template, theta) in parameter_candidates(&start, &theta) {
            assert!(template.complexity().plus(theta.complexity()) < bound);
        }
        let points = [vec![q("1"), q("0")]];
        let list: Vec<_> = template_dimension_candidates(&start, &points).collect();
        assert_eq!(list.len(), 2);
        assert!(list.iter().all(|(t, x)| t.indim() == 1 && x[0].len() == 1));
        assert_eq!(
            template_dimension_candidates(&list[0].0, &list[0].1).count(),
            0
        );
        assert_eq!(vector_candidates(&theta).next().unwrap(), [q("0"), q("0")]);
    }

    #[test]
    fn frozen_layers_merge_and_neurons_too() {
        let start = template("template(relu, 1, ([[2]], [1]), ([[t0]], [t0]), ([[3]], [0]))");
        let list: Vec<_> = template_candidates(&start).collect();
        for merged in [
            "template(relu, 1, ([[2*t0]], [2*t0]), ([[3]], [0]))",
            "template(relu, 1, ([[2]], [1]), ([[3*t0]], [3*t0]))",
        ] {
            assert!(list.contains(&template(merged)), "{merged}");
        }
        let square = template("template(relu, 1, ([[t0], [1]], [0, 0]), ([[t0, 1]], [0]))");
        // t0·t0 is not affine.
        assert!(template_candidates(&square).all(|t| t.depth() == 2));
        let twins = template("template(relu, 1, ([[1], [1]], [0, 0]), ([[t0, 2]], [0]))");
        let merged = template("template(relu, 1, ([[1]], [0]), ([[2 + t0]], [0]))");
        assert!(template_candidates(&twins).any(|t| t == merged));
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
