//! The tree: open nodes by bound, tasks in batches, and the certificate at the end.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use kernel::certificate::branch::{Certificate, Lemma, Norm, Ranges, Step, network_sha256};
use rayon::prelude::*;
use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::Certified;
use super::ascent::{best_points, climb, exact_height, on_grid};
use super::explore::{Fate, MARGIN, Waiting, explore};
use super::facts::{Facts, Number, Question};
use super::frame::{Frame, Problem};
use super::relaxation::Binary;

/// Tasks per batch; part of the result, so it does not depend on the number of threads.
const BATCH: usize = 8;
/// Nodes per task.
const ALLOWANCE: usize = 4;
/// Rounds of lemmas at the root.
const ROUNDS: usize = 3;

/// A node of the whole tree.
enum Node {
    Open(Waiting),
    Closed(Vec<Step>),
    Split(Binary, [usize; 2]),
    Slope(usize, Rational, [usize; 2]),
    Peak(Vec<usize>),
    Frame(Vec<Lemma>, usize),
}

/// An open node in the queue: largest bound first, then the oldest.
#[derive(PartialEq)]
struct Entry {
    bound: f64,
    index: usize,
}

impl Eq for Entry {}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bound
            .total_cmp(&other.bound)
            .then(other.index.cmp(&self.index))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The best point so far.
struct Best {
    point: Vec<Rational>,
    norm: Rational,
}

struct Search<'a> {
    phi: &'a Network,
    domain: &'a Ranges,
    problem: Problem,
    best: Best,
    nodes: Vec<Node>,
    queue: BinaryHeap<Entry>,
    dealt: u64,
    pivots: u64,
}

/// Searches with the given fuel; `None` if no drawn point lies inside a cell.
pub(super) fn grow(phi: &Network, domain: &Ranges, norm: Norm, fuel: u64) -> Option<Certified> {
    let problem = Problem {
        norm,
        floats: Question::new(phi, domain, norm),
        exact: Question::new(phi, domain, norm),
    };
    let best = first_point(phi, domain, &problem)?;
    let mut search = Search {
        phi,
        domain,
        problem,
        best,
        nodes: Vec::new(),
        queue: BinaryHeap::new(),
        dealt: 0,
        pivots: 0,
    };
    search.plant();
    search.run(fuel);
    Some(search.finish())
}

/// The best of many points that lies inside a cell.
fn first_point(phi: &Network, domain: &Ranges, problem: &Problem) -> Option<Best> {
    let mut best: Option<Best> = None;
    for x in best_points(&problem.floats, 2000, 24) {
        let point = on_grid(domain, &problem.floats, &x);
        if let Some(norm) = exact_height(phi, problem.norm, &point)
            && best.as_ref().is_none_or(|best| norm > best.norm)
        {
            best = Some(Best { point, norm });
        }
    }
    best
}

impl Search<'_> {
    /// The frames at the root, and the first open nodes.
    fn plant(&mut self) {
        let mut facts = Facts::at_the_root(&self.problem.exact);
        let mut frame = Frame::new(&self.problem, facts, None);
        for _ in 0..ROUNDS {
            let quantities = frame.quantities(&self.problem);
            let Some((lemmas, next)) =
                frame.tightened(&self.problem, &quantities, &mut self.pivots)
            else {
                break;
            };
            if lemmas.is_empty() {
                break;
            }
            facts = next;
            frame = Frame::new(&self.problem, facts, None);
            let index = self.nodes.len();
            self.nodes.push(Node::Frame(lemmas, index + 1));
        }
        if self.problem.norm == Norm::LInfinity {
            let first = self.nodes.len() + 1;
            let d = self.problem.floats.indim();
            self.nodes
                .push(Node::Peak((first..first + 2 * d).collect()));
            for j in 0..d {
                for positive in [true, false] {
                    let frame = Frame::new(&self.problem, frame.exact.clone(), Some((j, positive)));
                    self.push_root(Arc::new(frame));
                }
            }
        } else {
            self.push_root(Arc::new(frame));
        }
    }

    fn push_root(&mut self, frame: Arc<Frame>) {
        let choices = frame.relaxation.root.clone();
        let multipliers = frame.program.multipliers(&frame.relaxation);
        let bound = frame
            .relaxation
            .bound(Some(&frame.objective), &multipliers, &choices);
        self.pivots += frame.program.tableau.pivots();
        self.open(Waiting {
            frame,
            choices,
            bound,
            multipliers,
        });
    }

    fn open(&mut self, waiting: Waiting) {
        self.queue.push(Entry {
            bound: waiting.bound,
            index: self.nodes.len(),
        });
        self.nodes.push(Node::Open(waiting));
    }

    /// Deals with batches of open nodes until none is left or the fuel is used up.
    fn run(&mut self, fuel: u64) {
        while self.dealt < fuel && !self.queue.is_empty() {
            let mut batch = Vec::with_capacity(BATCH);
            while batch.len() < BATCH
                && let Some(entry) = self.queue.pop()
            {
                if let Node::Open(waiting) = &self.nodes[entry.index] {
                    batch.push((entry.index, waiting.clone()));
                }
            }
            let remaining = usize::try_from(fuel - self.dealt).unwrap_or(usize::MAX);
            let allowance = ALLOWANCE.min(remaining.div_ceil(batch.len().max(1)));
            let lower = &self.best.norm;
            let problem = &self.problem;
            let grown: Vec<_> = batch
                .par_iter()
                .map(|(_, waiting)| explore(problem, waiting, lower, allowance))
                .collect();
            for ((index, _), grown) in batch.iter().zip(grown) {
                self.pivots += grown.pivots;
                for x in &grown.points {
                    let (_, x) = climb(&self.problem.floats, x);
                    let point = on_grid(self.domain, &self.problem.floats, &x);
                    self.offer(point);
                }
                for point in grown.exact {
                    self.offer(point);
                }
                self.graft(*index, grown.nodes);
            }
        }
    }

    /// Takes a point if it is better.
    fn offer(&mut self, point: Vec<Rational>) {
        if let Some(norm) = exact_height(self.phi, self.problem.norm, &point)
            && norm > self.best.norm
        {
            self.best = Best { point, norm };
        }
    }

    /// Puts what a task grew in the place of its node.
    fn graft(&mut self, index: usize, fates: Vec<Fate>) {
        // Node 0 takes the place of the open node, the others follow at the end.
        let base = self.nodes.len();
        let place = |local: usize| if local == 0 { index } else { base + local - 1 };
        for (local, fate) in fates.into_iter().enumerate() {
            let node = match fate {
                Fate::Open(waiting) => {
                    self.queue.push(Entry {
                        bound: waiting.bound,
                        index: place(local),
                    });
                    Node::Open(waiting)
                }
                Fate::Closed(steps) => {
                    self.dealt += 1;
                    Node::Closed(steps)
                }
                Fate::Framed(child) => Node::Frame(Vec::new(), place(child)),
                Fate::Slope(j, value, [above, below]) => {
                    self.dealt += 1;
                    Node::Slope(j, value, [place(above), place(below)])
                }
                Fate::Split(binary, [on, off]) => {
                    self.dealt += 1;
                    Node::Split(binary, [place(on), place(off)])
                }
            };
            match local {
                0 => self.nodes[index] = node,
                _ => self.nodes.push(node),
            }
        }
    }

    /// The certificate: the upper bound is the lower one, or what the open nodes allow.
    fn finish(self) -> Certified {
        let mut upper = self.best.norm.clone();
        for node in &self.nodes {
            if let Node::Open(waiting) = node {
                upper = upper.max(above(waiting.bound));
            }
        }
        let limit = f64::from_rational(&upper);
        let limit = limit - 1e-12 * limit.abs();
        let mut steps = Vec::new();
        let mut stack = vec![0];
        while let Some(index) = stack.pop() {
            match &self.nodes[index] {
                Node::Open(waiting) => steps.push(open_leaf(waiting, limit)),
                Node::Closed(closed) => steps.extend(closed.iter().cloned()),
                Node::Split(binary, [on, off]) => {
                    steps.push(match *binary {
                        Binary::Neuron(n) => Step::Neuron(n),
                        Binary::Sign(j) => Step::Sign(j),
                    });
                    stack.extend([*off, *on]);
                }
                Node::Slope(j, value, [above, below]) => {
                    steps.push(Step::Slope(*j, value.clone()));
                    stack.extend([*below, *above]);
                }
                Node::Peak(children) => {
                    steps.push(Step::Peak);
                    stack.extend(children.iter().rev());
                }
                Node::Frame(lemmas, child) => {
                    steps.push(Step::Frame(lemmas.clone()));
                    stack.push(*child);
                }
            }
        }
        let certificate = Certificate {
            network_sha256: network_sha256(self.phi),
            domain: self.domain.to_vec(),
            norm: self.problem.norm,
            lower: self.best.norm.clone(),
            upper: upper.clone(),
            point: self.best.point,
            steps,
        };
        Certified {
            lower: self.best.norm,
            upper,
            certificate,
            nodes: self.dealt,
            pivots: self.pivots,
        }
    }
}

/// A short dyadic number a little above a bound.
fn above(bound: f64) -> Rational {
    let scale = 30 - bound.abs().max(1e-9).log2().ceil() as i32;
    let scale = scale.clamp(0, 60);
    let numerator = ((bound + MARGIN * bound.abs()) * f64::from(scale).exp2()).ceil() as i64 + 1;
    Rational::new(numerator, 1_i64 << scale).expect("a power of two is not zero")
}

/// The leaf for a node that stayed open.
fn open_leaf(waiting: &Waiting, limit: f64) -> Step {
    let multipliers = waiting.frame.relaxation.rounded(
        Some(&waiting.frame.objective),
        &waiting.multipliers,
        &waiting.choices,
        limit,
    );
    Step::Bound(multipliers.unwrap_or_default())
}
