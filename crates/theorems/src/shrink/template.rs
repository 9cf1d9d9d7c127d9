//! Simpler templates with the same parameters.

use std::collections::HashSet;

use relu_core::number::rational::Rational;
use relu_core::parameters::{Entry, Template};

use super::complexity::Measured;
use super::number::rational_candidates;
use super::template_sheet::{Sheet, sum, sum_of_products};

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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use crate::shrink::{
        minimise, parameter_candidates, template_dimension_candidates, vector_candidates,
    };

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
}
