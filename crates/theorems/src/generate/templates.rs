//! Template families: `free`, `frozen-zero-bias`, `tied`. One output, few layers, at most six parameters.
//!
//! If every neuron has a free bias of its own, backpropagation is right almost everywhere for a trivial reason: the parameters
//! with a zero pre-activation form a null set. The content is in frozen and shared entries, where a pre-activation may vanish on an
//! open set of parameters (claim `backprop-ae`).

use relu_core::activation::Activation;
use relu_core::number::rational::Rational;
use relu_core::parameters::Template;

use super::draft::Draft;
use super::hints::MAX_HINTED_DIMENSION;
use super::stream::Stream;
use super::template_sheet::{Sheet, multiple};
use super::tied::tied;

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

/// Widths with one output, hidden widths 1 to 2 (3 for one hidden layer).
pub(super) fn widths(stream: &mut Stream, hints: &TemplateHints) -> Vec<usize> {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use relu_core::parameters::Entry;
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
