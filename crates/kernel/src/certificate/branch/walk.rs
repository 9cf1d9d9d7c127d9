//! The walk through the tree: both sides of every split, every leaf.

use std::rc::Rc;

use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::facts::{Choice, Facts};
use super::flat::check_flat;
use super::system::{Objective, System};
use super::{Certificate, Lemma, Norm, Quantity, Refused, Step};

/// The cells still to be dealt with: those that meet the choices.
#[derive(Clone)]
struct Node {
    frame: Rc<System>,
    states: Vec<Choice>,
    signs: Vec<Choice>,
    peak: Option<(usize, bool)>,
    /// Splits of the gradient since the frame: coordinate, whether the value is an upper bound, value.
    slopes: Vec<(usize, bool, Rational)>,
}

impl Node {
    fn with_state(&self, n: usize, choice: Choice) -> Self {
        let mut node = self.clone();
        node.states[n] = choice;
        node
    }

    fn with_sign(&self, j: usize, choice: Choice) -> Self {
        let mut node = self.clone();
        node.signs[j] = choice;
        node
    }

    fn with_slope(&self, j: usize, upper: bool, value: &Rational) -> Self {
        let mut node = self.clone();
        node.slopes.push((j, upper, value.clone()));
        node
    }

    /// The facts of the frame under the choices of the node.
    fn facts(&self) -> Facts {
        let mut facts = self.frame.facts().clone();
        facts.states.clone_from(&self.states);
        facts.signs.clone_from(&self.signs);
        for (j, upper, value) in &self.slopes {
            facts.narrow(Quantity::Gradient(*j), *upper, value);
        }
        facts
    }
}

/// Checks all steps: the tree covers all cells, and every leaf shows the upper bound.
pub(super) fn walk(phi: &Network, certificate: &Certificate) -> Result<(), Refused> {
    let facts = Facts::at_the_root(phi, &certificate.domain);
    let mut open = vec![Node {
        states: facts.states.clone(),
        signs: facts.signs.clone(),
        frame: Rc::new(System::new(
            phi,
            &certificate.domain,
            certificate.norm,
            facts,
        )),
        peak: None,
        slopes: Vec::new(),
    }];
    for (index, step) in certificate.steps.iter().enumerate() {
        let refused = |reason: String| Refused::Step { index, reason };
        let node = open
            .pop()
            .ok_or_else(|| refused("expected the end of the tree, got a step".into()))?;
        open.extend(children(phi, certificate, &node, step).map_err(refused)?);
    }
    match open.len() {
        0 => Ok(()),
        missing => Err(Refused::Step {
            index: certificate.steps.len(),
            reason: format!("expected {missing} more subtrees, got the end"),
        }),
    }
}

/// The children of a node, last one first; none for a leaf that is right.
fn children(
    phi: &Network,
    certificate: &Certificate,
    node: &Node,
    step: &Step,
) -> Result<Vec<Node>, String> {
    let norm = certificate.norm;
    match step {
        Step::Neuron(n) => match node.states.get(*n) {
            Some(Choice::Open) => Ok(vec![
                node.with_state(*n, Choice::Off),
                node.with_state(*n, Choice::On),
            ]),
            _ => Err(format!("split: expected an open neuron, got {n}")),
        },
        Step::Sign(j) => match node.signs.get(*j) {
            Some(Choice::Open) if norm != Norm::LInfinity => Ok(vec![
                node.with_sign(*j, Choice::Off),
                node.with_sign(*j, Choice::On),
            ]),
            _ => Err(format!("split: expected an open sign, got {j}")),
        },
        Step::Slope(j, value) if *j < phi.indim() => Ok(vec![
            node.with_slope(*j, true, value),
            node.with_slope(*j, false, value),
        ]),
        Step::Slope(j, _) => Err(format!("split: expected a coordinate there is, got {j}")),
        Step::Peak if norm == Norm::LInfinity && node.peak.is_none() => {
            let peaks = (0..phi.indim()).flat_map(|j| [(j, true), (j, false)]);
            Ok(peaks
                .rev()
                .map(|peak| Node {
                    peak: Some(peak),
                    ..node.clone()
                })
                .collect())
        }
        Step::Peak => Err("expected one split by the largest coordinate, for linf".into()),
        Step::Frame(lemmas) => Ok(vec![frame(phi, certificate, node, lemmas)?]),
        Step::Interval => {
            let mut facts = node.facts();
            match facts.propagate(phi, &certificate.domain) {
                true => at_most(facts.norm_bound(norm, node.peak), certificate),
                false => Ok(vec![]),
            }
        }
        Step::Bound(multipliers) => {
            let objective = match node.peak {
                Some((j, positive)) => Objective::Peak(j, positive),
                None if norm == Norm::LInfinity => {
                    return Err("expected a split by the largest coordinate before a bound".into());
                }
                None => Objective::Norm,
            };
            let bound =
                node.frame
                    .bound(phi, &objective, multipliers, &node.states, &node.signs)?;
            at_most(bound, certificate)
        }
        Step::Infeasible(multipliers) => {
            let bound = node.frame.bound(
                phi,
                &Objective::Nothing,
                multipliers,
                &node.states,
                &node.signs,
            )?;
            match bound < Rational::zero() {
                true => Ok(vec![]),
                false => Err(format!("expected a contradiction 0 < 0, got 0 ≤ {bound}")),
            }
        }
        Step::Flat(facets) => {
            check_flat(phi, &certificate.domain, &node.states, facets).map(|()| vec![])
        }
    }
}

fn at_most(bound: Rational, certificate: &Certificate) -> Result<Vec<Node>, String> {
    match bound <= certificate.upper {
        true => Ok(vec![]),
        false => Err(format!(
            "expected a bound of at most {}, got {bound}",
            certificate.upper
        )),
    }
}

/// The node with the lemmas, each shown in the relaxation before, and the relaxation built from them.
fn frame(
    phi: &Network,
    certificate: &Certificate,
    node: &Node,
    lemmas: &[Lemma],
) -> Result<Node, String> {
    let mut facts = node.facts();
    for lemma in lemmas {
        let objective = Objective::Quantity(lemma.quantity, lemma.upper);
        let bound = node.frame.bound(
            phi,
            &objective,
            &lemma.multipliers,
            &node.states,
            &node.signs,
        )?;
        let (shown, bound) = match lemma.upper {
            true => (bound <= lemma.value, bound),
            false => (-&bound >= lemma.value, -&bound),
        };
        if !shown {
            return Err(format!(
                "lemma on {}: expected {}, got {bound}",
                lemma.quantity, lemma.value
            ));
        }
        facts.narrow(lemma.quantity, lemma.upper, &lemma.value);
    }
    if !facts.propagate(phi, &certificate.domain) {
        return Err("expected a frame with possible cells, got empty enclosures".into());
    }
    Ok(Node {
        states: facts.states.clone(),
        signs: facts.signs.clone(),
        frame: Rc::new(System::new(
            phi,
            &certificate.domain,
            certificate.norm,
            facts,
        )),
        peak: node.peak,
        slopes: Vec::new(),
    })
}
