//! What the error bound of a polynomial network rests on: the list of its products.

use std::collections::BTreeMap;

use super::plan::Plan;
use crate::constructions::accuracy::{Accuracy, ErrorBound};
use crate::constructions::stages::Stages;
use crate::failure::Failure;
use crate::network::Network;
use crate::number::multipoly::{Exponents, MultiPoly};
use crate::number::rational::Rational;

/// A factor of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operand {
    /// The input x_i.
    Input(usize),
    /// The product with this index, counted over all stages.
    Product(usize),
}

/// A product T_m(left, right).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The first factor.
    pub left: Operand,
    /// The second factor.
    pub right: Operand,
    /// The exponents α of the monomial that the block approximates, as slopes, with its error bounds e and E_i.
    pub accuracy: Accuracy,
}

/// The m + 1 hidden layers in which some products are formed and other values are carried on.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Stage {
    /// The values carried on, one neuron per layer each.
    pub carried: Vec<Operand>,
    /// The products, behind the carried values.
    pub blocks: Vec<Block>,
}

/// The block certificate of a polynomial network: everything its W^{1,∞} error bound on \[0,1\]ᵈ is computed from.
///
/// [`crate::reference::check_polynomial`] rebuilds the network from it, computes all bounds again, and compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The number d of variables.
    pub dimension: usize,
    /// The precision m of every product.
    pub precision: usize,
    /// The number k of output layers with factor 4.
    pub quadruplings: usize,
    /// The stages, first to last.
    pub stages: Vec<Stage>,
    /// The operand that holds each monomial of the polynomial, the constant one excepted.
    pub monomials: BTreeMap<Exponents, Operand>,
    /// The bound Σ|c_α|·e_α, and Σ|c_α|·E_{α,i} for ∂_i.
    pub bound: ErrorBound,
}

/// The network that a plan describes, with its certificate.
pub(super) fn assemble(
    p: &MultiPoly,
    dimension: usize,
    m: usize,
    quadruplings: usize,
    plan: Plan,
) -> Result<(Network, Certificate), Failure> {
    let mut bound = ErrorBound::zero(dimension);
    let mut stages = Stages::from_inputs(dimension);
    let mut wires: BTreeMap<Operand, usize> =
        (0..dimension).map(|i| (Operand::Input(i), i)).collect();
    let mut accuracies: Vec<&Accuracy> = Vec::new();
    for stage in &plan.stages {
        let carried: Vec<usize> = stage.carried.iter().map(|operand| wires[operand]).collect();
        let products: Vec<(usize, usize)> = stage
            .blocks
            .iter()
            .map(|block| (wires[&block.left], wires[&block.right]))
            .collect();
        stages.advance(&carried, &products, m);
        let made = (accuracies.len()..).map(Operand::Product);
        wires = stage
            .carried
            .iter()
            .copied()
            .chain(made.take(stage.blocks.len()))
            .zip(0..)
            .collect();
        accuracies.extend(stage.blocks.iter().map(|block| &block.accuracy));
    }
    let mut terms = Vec::with_capacity(plan.monomials.len());
    for (_, coefficient, operand) in &plan.monomials {
        terms.push((wires[operand], coefficient.clone()));
        if let Operand::Product(k) = operand {
            bound.add(coefficient, accuracies[*k]);
        }
    }
    let network = scaled_sum(stages, &terms, &constant_of(p), quadruplings)?;
    let monomials = plan
        .monomials
        .into_iter()
        .map(|(exponents, _, operand)| (exponents, operand))
        .collect();
    let certificate = Certificate {
        dimension,
        precision: m,
        quadruplings,
        stages: plan.stages,
        monomials,
        bound,
    };
    Ok((network, certificate))
}

/// 4ᵏ·S for S = (Σ coefficient·wire + constant)/4ᵏ: the pair (S,−S) through k layers of factor 4, the last one closing it.
fn scaled_sum(
    mut stages: Stages,
    terms: &[(usize, Rational)],
    constant: &Rational,
    quadruplings: usize,
) -> Result<Network, Failure> {
    let exponent = u32::try_from(quadruplings).expect("the logarithm of a number in memory");
    let shrink = Rational::from(4)
        .pow(exponent)
        .recip()
        .expect("a power of 4 is not 0");
    let row = |factor: &Rational| {
        let terms = terms.iter().map(|(wire, c)| (*wire, c * factor)).collect();
        (terms, constant * factor)
    };
    if quadruplings == 0 {
        let sum = stages.outputs(&[row(&shrink)]);
        return stages.finish(sum);
    }
    let pair = stages.outputs(&[row(&shrink), row(&-&shrink)]);
    stages.activate(pair);
    let four = Rational::from(4);
    let single = |wire: usize, factor: &Rational| (vec![(wire, factor.clone())], Rational::zero());
    for _ in 1..quadruplings {
        let pair = stages.outputs(&[single(0, &four), single(1, &four)]);
        stages.activate(pair);
    }
    let sum = stages.outputs(&[(vec![(0, four.clone()), (1, -&four)], Rational::zero())]);
    stages.finish(sum)
}

fn constant_of(p: &MultiPoly) -> Rational {
    p.terms()
        .find(|(exponents, _)| exponents.is_empty())
        .map_or_else(Rational::zero, |(_, value)| value.clone())
}
