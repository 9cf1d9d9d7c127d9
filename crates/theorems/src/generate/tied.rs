//! Templates with shared parameters: the hard cases of backpropagation, and random ties.

use relu_core::activation::Activation;
use relu_core::number::rational::Rational;
use relu_core::parameters::Entry;

use super::draft::Draft;
use super::named::named_networks;
use super::stream::Stream;
use super::template_sheet::{Sheet, constant, multiple};
use super::templates::{TemplateHints, widths};

/// Shared parameters; the patterns are the hard cases of backpropagation, and a random one.
pub(super) fn tied(stream: &mut Stream, hints: &TemplateHints) -> Option<Sheet> {
    let patterns: [fn(&mut Stream, &TemplateHints) -> Option<Sheet>; 6] = [
        opposite_pair,
        opposite_biases,
        duplicates,
        power,
        lifted,
        shared,
    ];
    let first = stream.index(patterns.len());
    let fits = |sheet: &Sheet| {
        hints.indim.is_none_or(|n| n == sheet.widths[0])
            && hints.depth.is_none_or(|n| n == sheet.layers.len())
            && hints.parameters.is_none_or(|n| n == sheet.parameters)
    };
    (0..patterns.len())
        .find_map(|step| patterns[(first + step) % patterns.len()](stream, hints).filter(fits))
}

/// A 1 → 2 → 1 template from its entries.
fn two_neurons(
    weights: [Entry; 2],
    bias: [Entry; 2],
    output: [Entry; 2],
    parameters: usize,
) -> Sheet {
    let layers = vec![
        (weights.into(), bias.into()),
        (output.into(), vec![constant(0)]),
    ];
    Sheet {
        widths: vec![1, 2, 1],
        layers,
        parameters,
    }
}

/// σ(t₀x + t₁) − σ(−t₀x − t₁), the bias t₁ possibly frozen at 0.
fn opposite_pair(stream: &mut Stream, hints: &TemplateHints) -> Option<Sheet> {
    let biased = hints
        .parameters
        .map_or_else(|| stream.chance(1, 2), |n| n == 2);
    let weights = [multiple(1, 0), multiple(-1, 0)];
    let output = [constant(1), constant(-1)];
    Some(if biased {
        two_neurons(weights, [multiple(1, 1), multiple(-1, 1)], output, 2)
    } else {
        two_neurons(weights, [constant(0), constant(0)], output, 1)
    })
}

/// σ(t₀) − σ(−t₀): a mutant of `backprop-ae`.
fn opposite_biases(stream: &mut Stream, _hints: &TemplateHints) -> Option<Sheet> {
    let weight = stream.pick(&[0, 0, 1]);
    let weights = [constant(weight), constant(-weight)];
    let output = [constant(1), constant(-1)];
    Some(two_neurons(
        weights,
        [multiple(1, 0), multiple(-1, 0)],
        output,
        1,
    ))
}

/// Two equal neurons σ(t₀x), read with t₁ and −t₁ or with 1 and −1.
fn duplicates(stream: &mut Stream, hints: &TemplateHints) -> Option<Sheet> {
    let read = hints
        .parameters
        .map_or_else(|| stream.chance(1, 2), |n| n == 2);
    let weights = [multiple(1, 0), multiple(1, 0)];
    let zeros = [constant(0), constant(0)];
    Some(if read {
        two_neurons(weights, zeros, [multiple(1, 1), multiple(-1, 1)], 2)
    } else {
        two_neurons(weights, zeros, [constant(1), constant(-1)], 1)
    })
}

/// t₀σ(t₀σ(…σ(t₀x))), of degree L in t₀: `param-map-degree-attained`.
fn power(stream: &mut Stream, hints: &TemplateHints) -> Option<Sheet> {
    let depth = hints.depth.unwrap_or_else(|| 2 + stream.index(2));
    let layers = vec![(vec![multiple(1, 0)], vec![constant(0)]); depth];
    Some(Sheet {
        widths: vec![1; depth + 1],
        layers,
        parameters: 1,
    })
}

/// W1, W2 or W3 with the first layer times t₀: `backprop-no-c`.
fn lifted(stream: &mut Stream, _hints: &TemplateHints) -> Option<Sheet> {
    let name = stream.pick(&["w1", "w2", "w3"]);
    let named = named_networks().iter().find(|named| named.name == name)?;
    let mut sheet = Sheet::from_draft(&Draft::from_network(&named.network));
    for entry in &mut sheet.layers[0].0 {
        *entry = Entry::new(Rational::zero(), vec![(0, entry.constant().clone())]);
    }
    sheet.parameters = 1;
    Some(sheet)
}

/// A random template: one to three parameters, each entry a constant, a multiple, 1 + t, or a sum of two parameters.
fn shared(stream: &mut Stream, hints: &TemplateHints) -> Option<Sheet> {
    let widths = widths(stream, hints);
    let parameters = hints.parameters.unwrap_or_else(|| 1 + stream.index(3));
    let draft = Draft::small_integers(stream, Activation::Relu, &widths);
    let mut sheet = Sheet::from_draft(&draft);
    let positions = sheet.positions(true);
    for (k, position) in positions.into_iter().enumerate() {
        // The first positions make sure that every parameter occurs.
        let index = if k < parameters {
            k
        } else {
            stream.index(parameters)
        };
        let one = Rational::one;
        let entry = match stream.index(8) {
            0 if k >= parameters => continue,
            1 if k >= parameters => constant(0),
            2 => multiple(2, index),
            3 => Entry::new(one(), vec![(index, one())]),
            4 if parameters > 1 => {
                let other = (index + 1) % parameters;
                Entry::new(Rational::zero(), vec![(index, one()), (other, one())])
            }
            5 | 6 => multiple(-1, index),
            _ => multiple(1, index),
        };
        sheet.set(position, entry);
    }
    sheet.parameters = parameters;
    (sheet.positions(true).len() >= parameters).then_some(sheet)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use relu_core::parameters::Template;

    #[test]
    fn tied_templates_contain_the_hard_cases() {
        let drawn: Vec<Template> = (0..200)
            .filter_map(|key| tied(&mut Stream::from_key(key, 8), &TemplateHints::default()))
            .filter_map(|sheet| sheet.finish(Activation::Relu))
            .collect();
        assert_eq!(drawn.len(), 200);
        for text in [
            "template(relu, 1, ([[t0], [-t0]], [0, 0]), ([[1, -1]], [0]))",
            "template(relu, 1, ([[0], [0]], [t0, -t0]), ([[1, -1]], [0]))",
            "template(relu, 1, ([[t0], [t0]], [0, 0]), ([[1, -1]], [0]))",
            "template(relu, 1, ([[t0]], [0]), ([[t0]], [0]))",
            "template(relu, 1, ([[t0], [-t0]], [0, 0]), ([[1, 0], [1, -2], [0, 1]], [0, 0, 0]), ([[2, -1, -1]], [0]))",
        ] {
            let wanted: Template = text.parse().unwrap();
            assert!(drawn.contains(&wanted), "{text}");
        }
        let terms = |template: &Template| -> usize {
            let entries = template
                .layers()
                .iter()
                .flat_map(|(w, b)| w.data().iter().chain(b));
            entries.map(|entry| entry.terms().len()).sum()
        };
        assert!(
            drawn
                .iter()
                .any(|template| terms(template) > template.parameters() + 3)
        );
    }
}
