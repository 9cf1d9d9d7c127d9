//! Template families: `free`, `frozen-zero-bias`, `tied`. One output, few layers, at most six parameters.
//!
//! If every neuron has a free bias of its own, backpropagation is right almost everywhere for a trivial reason: the parameters
//! with a zero pre-activation form a null set. The content is in frozen and shared entries, where a pre-activation may vanish on an
//! open set of parameters (regularity catalogue C29).

use relu_core::activation::Activation;
use relu_core::linear::matrix::Matrix;
use relu_core::number::rational::Rational;
use relu_core::parameters::{Entry, Template};

use super::draft::Draft;
use super::hints::MAX_HINTED_DIMENSION;
use super::named::named_networks;
use super::stream::Stream;

/// Largest number of parameters of a drawn template.
pub const MAX_PARAMETERS: usize = 6;

/// Largest hinted depth of a template.
const MAX_TEMPLATE_DEPTH: usize = 8;

/// Construction hints for a template; the output dimension is always 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateHints {
    /// Input dimension.
    pub indim: Option<usize>,
    /// Output dimension: anything but 1 is refused.
    pub outdim: Option<usize>,
    /// Depth.
    pub depth: Option<usize>,
    /// Number of parameters, 1 to [`MAX_PARAMETERS`].
    pub parameters: Option<usize>,
    /// Activation; `None` means ReLU.
    pub activation: Option<Activation>,
}

/// A family of templates; definitions and sources are in [`super::FAMILIES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TemplateFamily {
    /// Every parameter in one entry, the others frozen.
    Free,
    /// No biases.
    FrozenZeroBias,
    /// Parameters shared between entries.
    Tied,
}

impl TemplateFamily {
    /// Every family.
    pub const ALL: [Self; 3] = [Self::Free, Self::FrozenZeroBias, Self::Tied];

    /// The name used in claim files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::FrozenZeroBias => "frozen-zero-bias",
            Self::Tied => "tied",
        }
    }

    /// The family with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// A template of the family that agrees with the hints; `None` if there is none.
    pub fn draw(self, stream: &mut Stream, hints: &TemplateHints) -> Option<Template> {
        let fits = |hint: Option<usize>, most: usize| hint.is_none_or(|n| (1..=most).contains(&n));
        if !fits(hints.indim, MAX_HINTED_DIMENSION)
            || !fits(hints.outdim, 1)
            || !fits(hints.depth, MAX_TEMPLATE_DEPTH)
            || !fits(hints.parameters, MAX_PARAMETERS)
        {
            return None;
        }
        let sheet = match self {
            Self::Free => untied(stream, hints, true),
            Self::FrozenZeroBias => untied(stream, hints, false),
            Self::Tied => tied(stream, hints),
        }?;
        sheet.finish(hints.activation.clone().unwrap_or(Activation::Relu))
    }
}

/// The entries of a template under construction, layer by layer: weights row by row, then biases.
struct Sheet {
    widths: Vec<usize>,
    layers: Vec<(Vec<Entry>, Vec<Entry>)>,
    parameters: usize,
}

fn constant(n: i64) -> Entry {
    Entry::frozen(Rational::from_integer(n))
}

/// factor · t_index
fn multiple(factor: i64, index: usize) -> Entry {
    Entry::new(
        Rational::zero(),
        vec![(index, Rational::from_integer(factor))],
    )
}

impl Sheet {
    fn from_draft(draft: &Draft) -> Self {
        let frozen = |value: &Rational| Entry::frozen(value.clone());
        let layers = draft
            .layers
            .iter()
            .map(|layer| {
                (
                    layer.weights.iter().map(frozen).collect(),
                    layer.bias.iter().map(frozen).collect(),
                )
            })
            .collect();
        let widths = std::iter::once(draft.indim()).chain(draft.layers.iter().map(|l| l.rows));
        Self {
            widths: widths.collect(),
            layers,
            parameters: 0,
        }
    }

    /// Positions (layer, is bias, index) of all weights, and of all biases if asked for.
    fn positions(&self, biases: bool) -> Vec<(usize, bool, usize)> {
        let mut positions = Vec::new();
        for (l, (weights, bias)) in self.layers.iter().enumerate() {
            positions.extend((0..weights.len()).map(|k| (l, false, k)));
            if biases {
                positions.extend((0..bias.len()).map(|k| (l, true, k)));
            }
        }
        positions
    }

    fn set(&mut self, (l, is_bias, k): (usize, bool, usize), entry: Entry) {
        let layer = &mut self.layers[l];
        if is_bias {
            layer.1[k] = entry
        } else {
            layer.0[k] = entry
        }
    }

    fn finish(self, activation: Activation) -> Option<Template> {
        let layers = self
            .layers
            .into_iter()
            .zip(self.widths.windows(2))
            .map(|((weights, bias), pair)| {
                Matrix::new(pair[1], pair[0], weights)
                    .ok()
                    .map(|matrix| (matrix, bias))
            })
            .collect::<Option<_>>()?;
        Template::new(activation, self.parameters, layers).ok()
    }
}

/// Widths with one output, hidden widths 1 to 2 (3 for one hidden layer).
fn widths(stream: &mut Stream, hints: &TemplateHints) -> Vec<usize> {
    let depth = hints
        .depth
        .unwrap_or_else(|| stream.pick(&[1, 2, 2, 2, 3, 3]));
    let mut widths = vec![hints.indim.unwrap_or_else(|| stream.pick(&[1, 1, 1, 2]))];
    let widest = if depth == 2 { 3 } else { 2 };
    widths.extend((1..depth).map(|_| stream.pick(&[1, 1, 2, 3]).min(widest)));
    widths.push(1);
    widths
}

/// Parameters in distinct entries: all weights, and all biases if `biases`, as far as the number of parameters goes; the
/// others are frozen at small integers, without `biases` the biases at 0.
fn untied(stream: &mut Stream, hints: &TemplateHints, biases: bool) -> Option<Sheet> {
    let widths = widths(stream, hints);
    let mut draft = Draft::small_integers(stream, Activation::Relu, &widths);
    if !biases {
        for layer in &mut draft.layers {
            layer.bias.fill(Rational::zero());
        }
    }
    let mut sheet = Sheet::from_draft(&draft);
    let mut positions = sheet.positions(biases);
    let wanted = hints.parameters.unwrap_or(MAX_PARAMETERS);
    if hints
        .parameters
        .is_some_and(|wanted| positions.len() < wanted)
    {
        return None;
    }
    while positions.len() > wanted {
        let dropped = stream.index(positions.len());
        positions.remove(dropped);
    }
    sheet.parameters = positions.len();
    for (t, position) in positions.into_iter().enumerate() {
        sheet.set(position, multiple(1, t));
    }
    Some(sheet)
}

/// Shared parameters; the patterns are the hard cases of C29 and X6–X7, and a random one.
fn tied(stream: &mut Stream, hints: &TemplateHints) -> Option<Sheet> {
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

/// σ(t₀) − σ(−t₀): C29, mutant (a).
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

/// t₀σ(t₀σ(…σ(t₀x))), of degree L in t₀: X6.
fn power(stream: &mut Stream, hints: &TemplateHints) -> Option<Sheet> {
    let depth = hints.depth.unwrap_or_else(|| 2 + stream.index(2));
    let layers = vec![(vec![multiple(1, 0)], vec![constant(0)]); depth];
    Some(Sheet {
        widths: vec![1; depth + 1],
        layers,
        parameters: 1,
    })
}

/// W1, W2 or W3 with the first layer times t₀: X7.
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
    use super::*;
    use relu_core::parameters::has_vanishing_neuron;

    fn terms(template: &Template) -> Vec<(usize, Rational)> {
        let layers = template.layers().iter();
        layers
            .flat_map(|(w, b)| w.data().iter().chain(b))
            .flat_map(|e| e.terms().to_vec())
            .collect()
    }

    fn draws(family: TemplateFamily, hints: &TemplateHints) -> Vec<Template> {
        (0..200)
            .filter_map(|key| family.draw(&mut Stream::from_key(key, 8), hints))
            .collect()
    }

    #[test]
    fn sizes_and_names() {
        for family in TemplateFamily::ALL {
            assert_eq!(TemplateFamily::from_name(family.name()), Some(family));
            let drawn = draws(family, &TemplateHints::default());
            assert_eq!(drawn.len(), 200);
            for template in &drawn {
                assert_eq!(template.outdim(), 1);
                assert!((1..=MAX_PARAMETERS).contains(&template.parameters()));
                let used = terms(template);
                assert!((0..template.parameters()).all(|t| used.iter().any(|(i, _)| *i == t)));
            }
        }
        assert_eq!(TemplateFamily::from_name("frozen"), None);
    }

    #[test]
    fn free_parameters_stand_alone_and_zero_biases_stay() {
        for template in draws(TemplateFamily::Free, &TemplateHints::default()) {
            let used = terms(&template);
            assert_eq!(used.len(), template.parameters());
            assert!(used.iter().all(|(_, coefficient)| coefficient.is_one()));
        }
        for template in draws(TemplateFamily::FrozenZeroBias, &TemplateHints::default()) {
            let zero = Entry::frozen(Rational::zero());
            assert!(
                template
                    .layers()
                    .iter()
                    .all(|(_, bias)| bias.iter().all(|b| *b == zero))
            );
        }
    }

    #[test]
    fn tied_templates_contain_the_hard_cases() {
        let drawn = draws(TemplateFamily::Tied, &TemplateHints::default());
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
        assert!(
            drawn
                .iter()
                .any(|template| terms(template).len() > template.parameters() + 3)
        );
    }

    #[test]
    fn neurons_vanish_on_open_sets_of_parameters() {
        let mut vanishing = 0;
        for key in 0..200 {
            let mut stream = Stream::from_key(key, 8);
            let family = stream.pick(&TemplateFamily::ALL);
            let template = family.draw(&mut stream, &TemplateHints::default()).unwrap();
            let theta: Vec<Rational> = (0..template.parameters())
                .map(|_| Rational::new(stream.between(-200, 200), 101).unwrap())
                .collect();
            let x = if stream.chance(1, 2) {
                vec![Rational::zero(); template.indim()]
            } else {
                crate::generate::small(&mut stream, template.indim())
            };
            vanishing += usize::from(has_vanishing_neuron(&template, &theta, &x) == Ok(true));
        }
        assert!(vanishing >= 40, "{vanishing}");
    }

    #[test]
    fn hints_are_kept_or_refused() {
        for family in TemplateFamily::ALL {
            for indim in [1, 2, 5] {
                for depth in 1..=4 {
                    for parameters in [None, Some(1), Some(2)] {
                        let hints = TemplateHints {
                            indim: Some(indim),
                            outdim: Some(1),
                            depth: Some(depth),
                            parameters,
                            activation: Some(Activation::Absolute),
                        };
                        for template in draws(family, &hints) {
                            assert_eq!((template.indim(), template.depth()), (indim, depth));
                            assert!(parameters.is_none_or(|n| n == template.parameters()));
                            assert_eq!(*template.activation(), Activation::Absolute);
                        }
                    }
                }
            }
            for bad in [
                TemplateHints {
                    outdim: Some(2),
                    ..TemplateHints::default()
                },
                TemplateHints {
                    indim: Some(0),
                    ..TemplateHints::default()
                },
                TemplateHints {
                    depth: Some(0),
                    ..TemplateHints::default()
                },
                TemplateHints {
                    depth: Some(usize::MAX),
                    ..TemplateHints::default()
                },
                TemplateHints {
                    parameters: Some(0),
                    ..TemplateHints::default()
                },
                TemplateHints {
                    parameters: Some(7),
                    ..TemplateHints::default()
                },
            ] {
                assert!(draws(family, &bad).is_empty(), "{bad:?}");
            }
        }
    }
}
