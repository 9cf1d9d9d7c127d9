//! Which products a network for a polynomial computes, stage by stage.

use std::collections::BTreeMap;

use super::certificate::{Block, Operand, Stage};
use crate::constructions::accuracy::Accuracy;
use crate::constructions::trees::pair_up;
use crate::number::multipoly::{Exponents, MultiPoly};
use crate::number::rational::Rational;

/// The stages, and for each monomial that is not constant the operand that holds it at the end.
pub(super) struct Plan {
    pub stages: Vec<Stage>,
    pub monomials: Vec<(Exponents, Rational, Operand)>,
}

/// The products laid so far.
pub(super) struct Planner {
    dimension: usize,
    m: usize,
    stages: Vec<Stage>,
    blocks: Vec<Accuracy>,
}

impl Planner {
    pub fn new(dimension: usize, m: usize) -> Self {
        Self {
            dimension,
            m,
            stages: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// All powers x_iᵉ with e ≤ n are shared, each of them e = ⌈e/2⌉ + ⌊e/2⌋; then one balanced tree for each monomial.
    pub fn shared(mut self, p: &MultiPoly, n: u32) -> Plan {
        let mut powers: BTreeMap<(usize, u32), Operand> = (0..self.dimension)
            .map(|i| ((i, 1), Operand::Input(i)))
            .collect();
        let mut reached = 1;
        while reached < n {
            let next = n.min(2 * reached);
            let mut stage = Stage {
                carried: powers.values().copied().collect(),
                blocks: Vec::new(),
            };
            for i in 0..self.dimension {
                for e in reached + 1..=next {
                    let factors = (powers[&(i, e.div_ceil(2))], powers[&(i, e / 2)]);
                    powers.insert((i, e), self.multiply(&mut stage, factors));
                }
            }
            self.stages.push(stage);
            reached = next;
        }
        self.trees(p, |i, e| vec![powers[&(i, e)]])
    }

    /// No power is shared: one balanced tree for each monomial, with e leaves for x_iᵉ.
    pub fn unshared(self, p: &MultiPoly) -> Plan {
        self.trees(p, |i, e| vec![Operand::Input(i); e as usize])
    }

    /// Balanced trees over the leaves of all monomials: neighbours are multiplied, a last one without neighbour is carried.
    fn trees(mut self, p: &MultiPoly, leaves: impl Fn(usize, u32) -> Vec<Operand>) -> Plan {
        let monomials: Vec<(&Exponents, &Rational)> =
            p.terms().filter(|(e, _)| !e.is_empty()).collect();
        let mut lists: Vec<Vec<Operand>> = monomials
            .iter()
            .map(|(exponents, _)| {
                let occurring = exponents.iter().enumerate().filter(|(_, e)| **e > 0);
                occurring.flat_map(|(i, &e)| leaves(i, e)).collect()
            })
            .collect();
        while let Some(paired) = pair_up(&lists) {
            let mut stage = Stage {
                carried: paired.carried,
                blocks: Vec::new(),
            };
            let mut values = stage.carried.clone();
            for factors in paired.products {
                values.push(self.multiply(&mut stage, factors));
            }
            lists = paired
                .lists
                .iter()
                .map(|list| list.iter().map(|&index| values[index]).collect())
                .collect();
            self.stages.push(stage);
        }
        Plan {
            stages: self.stages,
            monomials: monomials
                .into_iter()
                .zip(lists)
                .map(|((exponents, c), list)| (exponents.clone(), c.clone(), list[0]))
                .collect(),
        }
    }

    fn multiply(&mut self, stage: &mut Stage, (left, right): (Operand, Operand)) -> Operand {
        let accuracy = self.accuracy(left).times(&self.accuracy(right), self.m);
        self.blocks.push(accuracy.clone());
        stage.blocks.push(Block {
            left,
            right,
            accuracy,
        });
        Operand::Product(self.blocks.len() - 1)
    }

    fn accuracy(&self, operand: Operand) -> Accuracy {
        match operand {
            Operand::Input(i) => Accuracy::exact(
                (0..self.dimension)
                    .map(|j| Rational::from(i64::from(i == j)))
                    .collect(),
            ),
            Operand::Product(k) => self.blocks[k].clone(),
        }
    }
}
