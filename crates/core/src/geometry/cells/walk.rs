//! The walk through all full-dimensional cells of a network on a polytope, one after the other.

use std::rc::Rc;

use crate::failure::Failure;
use crate::field::Sign;
use crate::geometry::cells::filter::{Forms, Side};
use crate::geometry::cells::integer::Integer;
use crate::geometry::cells::levels::{State, Typed};
use crate::geometry::cells::plane::Homogeneous;
use crate::geometry::cells::polytope::{Polytope, TooManyFacets};

/// A cell of the arrangement of all hidden kinks.
pub(super) struct Leaf<'a, T, const N: usize, const W: usize> {
    pub polytope: &'a Polytope<N, W>,
    /// One state per hidden neuron, layer after layer.
    pub states: &'a [State],
    /// The forms of the outputs, coefficient k of output i at `k·outputs + i`, over the scale of the last layer.
    pub outputs: &'a [T],
}

/// What a walk does with the cells.
pub(super) trait Visitor {
    /// Called once per cell.
    fn visit<T: Integer, const N: usize, const W: usize>(
        &mut self,
        leaf: &Leaf<'_, T, N, W>,
    ) -> Result<(), Failure>;

    /// Forgets all cells: the walk starts again.
    fn restart(&mut self);
}

/// What is called with every cell.
pub(super) type Visit<'v, T, const N: usize, const W: usize> =
    dyn FnMut(&Leaf<'_, T, N, W>) -> Result<(), Failure> + 'v;

/// Why a walk ended before the last cell.
pub(super) enum Stop {
    /// A cell has too many facets for the sets in use.
    Facets,
    /// The visitor, or a cap.
    Failed(Failure),
}

impl From<TooManyFacets> for Stop {
    fn from(_: TooManyFacets) -> Self {
        Self::Facets
    }
}

/// A part of the polytope on which the layers before `layer`, and the cuts of `layer` not in `open`, are decided.
struct Node<T, const N: usize, const W: usize> {
    polytope: Polytope<N, W>,
    layer: usize,
    states: Vec<State>,
    /// The forms of the layer.
    forms: Rc<Vec<T>>,
    /// Cuts (neuron, kink) to decide, ascending.
    open: Rc<Vec<(u32, u8)>>,
    /// How many of them are decided.
    done: usize,
}

/// The walk itself, with its work space.
pub(super) struct Walk<'a, T, const N: usize, const W: usize> {
    layers: &'a Typed<T>,
    stack: Vec<Node<T, N, W>>,
    rounded: Forms,
    seen: Vec<u8>,
    signs: Vec<Sign>,
    inputs: Vec<T>,
    outputs: Vec<T>,
    most_cells: usize,
    cells_left: usize,
}

impl<'a, T: Integer, const N: usize, const W: usize> Walk<'a, T, N, W> {
    pub(super) fn new(layers: &'a Typed<T>, most_cells: usize) -> Self {
        Self {
            layers,
            stack: Vec::new(),
            rounded: Forms::default(),
            seen: Vec::new(),
            signs: Vec::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            most_cells,
            cells_left: most_cells,
        }
    }

    /// Visits every cell in the polytope; the order depends on the network and the polytope alone.
    pub(super) fn run(
        &mut self,
        start: Polytope<N, W>,
        visit: &mut Visit<'_, T, N, W>,
    ) -> Result<(), Stop> {
        let dimension = N - 1;
        // The inputs as forms: x_j itself.
        let one = T::from_big(&dashu_int::IBig::ONE);
        let mut identity = vec![T::zero(); N * dimension];
        for j in 0..dimension {
            identity[(j + 1) * dimension + j] = one.clone();
        }
        self.inputs = identity;
        self.enter(start, 0, Vec::new(), visit)?;
        while let Some(node) = self.stack.pop() {
            self.settle(node, visit)?;
        }
        Ok(())
    }

    /// Computes the forms of a layer from `self.inputs` and opens its cuts, or visits the leaf after the last layer.
    fn enter(
        &mut self,
        polytope: Polytope<N, W>,
        layer: usize,
        mut states: Vec<State>,
        visit: &mut Visit<'_, T, N, W>,
    ) -> Result<(), Stop> {
        let level = &self.layers.list[layer];
        level.forms(&self.inputs, N, &mut self.outputs);
        if layer + 1 == self.layers.list.len() {
            if self.cells_left == 0 {
                return Err(Stop::Failed(Failure::Limit(format!(
                    "cells of a network: expected at most {}, got more",
                    self.most_cells
                ))));
            }
            self.cells_left -= 1;
            let leaf = Leaf {
                polytope: &polytope,
                states: &states,
                outputs: &self.outputs,
            };
            return visit(&leaf).map_err(Stop::Failed);
        }
        let first = states.len();
        states.resize(first + level.rows, 0);
        let mut open = Vec::new();
        for (index, kink) in level.kinks.iter().enumerate() {
            let shift = !kink.is_zero();
            if shift {
                let minus = kink.negated();
                self.outputs[..level.rows]
                    .iter_mut()
                    .for_each(|c| c.add(&minus));
            }
            self.rounded.load(level.rows, &self.outputs);
            let points = polytope.vertices.iter().map(|vertex| &vertex.rounded);
            self.rounded.sides(points, &mut self.seen);
            for (i, seen) in self.seen.iter().enumerate() {
                match Forms::side(*seen) {
                    Side::Positive => states[first + i] = 2 * (index as State + 1),
                    Side::Negative => {}
                    Side::Both | Side::Open => open.push((i as u32, index as u8)),
                }
            }
            if shift {
                self.outputs[..level.rows]
                    .iter_mut()
                    .for_each(|c| c.add(kink));
            }
        }
        open.sort_unstable();
        self.stack.push(Node {
            polytope,
            layer,
            states,
            forms: Rc::new(std::mem::take(&mut self.outputs)),
            open: Rc::new(open),
            done: 0,
        });
        Ok(())
    }

    /// Decides all open cuts of one node; what lies below a cut goes onto the stack.
    fn settle(
        &mut self,
        mut node: Node<T, N, W>,
        visit: &mut Visit<'_, T, N, W>,
    ) -> Result<(), Stop> {
        let level = &self.layers.list[node.layer];
        let first = node.states.len() - level.rows;
        while let Some(&(neuron, index)) = node.open.get(node.done) {
            node.done += 1;
            let (neuron, index) = (neuron as usize, usize::from(index));
            let state = &mut node.states[first + neuron];
            if *state % 2 == 1 {
                continue;
            }
            let plane = Homogeneous::<N>::new(|k| {
                let mut entry = node.forms[k * level.rows + neuron].clone();
                if k == 0 {
                    entry.add(&level.kinks[index].negated());
                }
                entry
            });
            let rounded = plane.rounded_form();
            node.polytope.signs(&plane, &rounded, &mut self.signs);
            let positive = self.signs.contains(&Sign::Positive);
            let negative = self.signs.contains(&Sign::Negative);
            match (positive, negative) {
                (true, false) => *state = (*state).max(2 * (index as State + 1)),
                (false, true) => {}
                // The form vanishes on a set with interior: it is zero.
                (false, false) => *state = 2 * index as State + 1,
                (true, true) => {
                    let below = node.states.clone();
                    node.states[first + neuron] =
                        node.states[first + neuron].max(2 * (index as State + 1));
                    let (upper, lower) = node.polytope.cut(&Rc::new(plane), &self.signs)?;
                    node.polytope = upper;
                    self.stack.push(Node {
                        polytope: lower,
                        layer: node.layer,
                        states: below,
                        forms: Rc::clone(&node.forms),
                        open: Rc::clone(&node.open),
                        done: node.done,
                    });
                }
            }
        }
        level.activated(&node.forms, &node.states[first..], N, &mut self.inputs);
        self.enter(node.polytope, node.layer + 1, node.states, visit)
    }
}
