//! A network on integers: pre-activations as affine forms in the input with one common denominator per layer.
//!
//! # Definition
//! On a cell the pre-activation z_{l,i} is an affine form of x. s_l·z_{l,i} has integer coefficients, where s_0 = 1 and s_l is
//! the smallest multiple of q_l·s'_{l−1} (q_l: common denominator of the weights of layer l, s'_{l−1}: the scale of the
//! activations before it) for which s_l·b_l and s_l·κ, κ a kink, are integers; s'_l = s_l·Q makes the pieces of the
//! activation integral.
//!
//! # Bound
//! Σ_j |W_ij|·(bound of input j) + |β_i| bounds every coefficient of form i on every cell, partial sums included. It picks
//! the integer type.

use dashu_int::ops::{Abs, BitTest, Gcd, UnsignedAbs};
use dashu_int::{IBig, UBig};

use crate::failure::Failure;
use crate::geometry::cells::integer::Integer;
use crate::geometry::standing::Profile;
use crate::network::Network;
use crate::number::rational::Rational;

/// One layer on integers.
#[derive(Clone, Debug)]
pub(super) struct Level {
    /// Number of neurons.
    pub rows: usize,
    /// Column j: the entries (i, weight) of layer input j.
    pub columns: Vec<Vec<(usize, IBig)>>,
    /// One bias per neuron.
    pub bias: Vec<IBig>,
    /// The denominator s_l of the forms.
    pub scale: IBig,
    /// The kinks times s_l, ascending.
    pub kinks: Vec<IBig>,
    /// The pieces of the activation: s'_l·ϱ(z) = slope·(s_l·z) + constant.
    pub pieces: Vec<(IBig, IBig)>,
    /// s'_l·ϱ(κ) for every kink κ.
    pub kink_values: Vec<IBig>,
}

/// All layers, and the size of the coefficients that can occur.
#[derive(Clone, Debug)]
pub(super) struct Levels {
    /// First to last; the last one has no kinks.
    pub list: Vec<Level>,
    /// Bound of the magnitude of every coefficient of every form and of every cut form − kink.
    pub bound: UBig,
}

impl Levels {
    /// Errors ([`Failure::Unknown`]): the activation is not continuous and piecewise linear.
    pub(super) fn new(phi: &Network) -> Result<Self, Failure> {
        let profile = Profile::piecewise_linear(phi.activation(), "the set of cells")?;
        if !profile.is_continuous() {
            return Err(Failure::Unknown(
                "the set of cells of a function that jumps".into(),
            ));
        }
        let mut list = Vec::with_capacity(phi.depth());
        // The scale and the bounds of the inputs of the next layer.
        let mut scale = IBig::ONE;
        let mut bounds = vec![UBig::ONE; phi.indim()];
        let mut bound = UBig::ONE;
        for (l, layer) in phi.layers().iter().enumerate() {
            let hidden = l + 1 < phi.depth();
            let weights = lcm_of_denominators(layer.stored());
            let coarse = &weights * &scale;
            let mut finest = layer.biases().to_vec();
            if hidden {
                finest.extend(profile.kinks().iter().cloned());
            }
            let scaled: Vec<Rational> = finest
                .iter()
                .map(|value| value * &Rational::from(coarse.clone()))
                .collect();
            let factor = lcm_of_denominators(&scaled);
            let own = &coarse * &factor;
            let integer = |value: &Rational, by: &IBig| {
                let scaled = value * &Rational::from(by.clone());
                debug_assert!(scaled.is_integer());
                scaled.numerator()
            };
            let mut columns = vec![Vec::new(); layer.cols()];
            let bias: Vec<IBig> = layer.biases().iter().map(|b| integer(b, &own)).collect();
            let by = &weights * &factor;
            let mut reach: Vec<UBig> = bias.iter().map(|b| b.unsigned_abs()).collect();
            for (i, reach) in reach.iter_mut().enumerate() {
                for (j, weight) in layer.entries(i) {
                    let weight = integer(weight, &by);
                    *reach += (&weight).unsigned_abs() * &bounds[j];
                    columns[j].push((i, weight));
                }
            }
            let mut level = Level {
                rows: layer.rows(),
                columns,
                bias,
                scale: own.clone(),
                kinks: Vec::new(),
                pieces: Vec::new(),
                kink_values: Vec::new(),
            };
            for size in &reach {
                bound = bound.max(size.clone());
            }
            if hidden {
                level.kinks = profile.kinks().iter().map(|k| integer(k, &own)).collect();
                let shift = level.kinks.iter().map(|k| k.unsigned_abs()).max();
                bound += shift.unwrap_or(UBig::ZERO);
                let count = level.kinks.len() + 1;
                let slopes: Vec<Rational> = (0..count)
                    .map(|i| profile.piece(i).coefficient(1))
                    .collect();
                let constants: Vec<Rational> = (0..count)
                    .map(|i| profile.piece(i).coefficient(0))
                    .chain((0..count - 1).map(|i| profile.kink_value(i).clone()))
                    .map(|value| &value * &Rational::from(own.clone()))
                    .collect();
                let q = lcm(
                    &lcm_of_denominators(&slopes),
                    &lcm_of_denominators(&constants),
                );
                level.pieces = slopes
                    .iter()
                    .zip(&constants)
                    .map(|(slope, constant)| (integer(slope, &q), integer(constant, &q)))
                    .collect();
                level.kink_values = constants[count..]
                    .iter()
                    .map(|value| integer(value, &q))
                    .collect();
                let steepest = level.pieces.iter().map(|(slope, _)| slope.unsigned_abs());
                let steepest = steepest.max().unwrap_or(UBig::ZERO);
                let largest = level
                    .pieces
                    .iter()
                    .map(|(_, constant)| constant.unsigned_abs());
                let largest = largest
                    .chain(level.kink_values.iter().map(|value| value.unsigned_abs()))
                    .max()
                    .unwrap_or(UBig::ZERO);
                bounds = reach
                    .iter()
                    .map(|size| size * &steepest + &largest)
                    .collect();
                for size in &bounds {
                    bound = bound.max(size.clone());
                }
                scale = &own * &q;
            }
            list.push(level);
        }
        Ok(Self { list, bound })
    }

    /// Bits of the largest coefficient.
    pub(super) fn bits(&self) -> usize {
        self.bound.bit_len()
    }
}

fn lcm(a: &IBig, b: &IBig) -> IBig {
    let divisor = IBig::from((&a.clone().unsigned_abs()).gcd(&b.clone().unsigned_abs()));
    (a / divisor * b).abs()
}

pub(super) fn lcm_of_denominators(values: &[Rational]) -> IBig {
    values.iter().fold(IBig::ONE, |all, value| {
        lcm(&all, &IBig::from(value.denominator()))
    })
}

/// The layers in one integer type.
#[derive(Clone, Debug)]
pub(super) struct Typed<T> {
    /// First to last.
    pub list: Vec<TypedLevel<T>>,
}

/// The weights of one layer input.
#[derive(Clone, Debug)]
pub(super) enum Column<T> {
    /// One weight for every neuron.
    Full(Vec<T>),
    /// The weights that are not zero, with their neurons.
    Sparse(Vec<(usize, T)>),
}

impl<T: Integer> Column<T> {
    fn new(entries: &[(usize, IBig)], rows: usize) -> Self {
        if entries.len() == rows {
            Self::Full(entries.iter().map(|(_, w)| T::from_big(w)).collect())
        } else {
            Self::Sparse(entries.iter().map(|(i, w)| (*i, T::from_big(w))).collect())
        }
    }
}

/// A [`Level`] in one integer type.
#[derive(Clone, Debug)]
pub(super) struct TypedLevel<T> {
    pub rows: usize,
    pub columns: Vec<Column<T>>,
    pub bias: Vec<T>,
    pub kinks: Vec<T>,
    pub pieces: Vec<(T, T)>,
    pub kink_values: Vec<T>,
}

impl<T: Integer> Typed<T> {
    pub(super) fn new(levels: &Levels) -> Self {
        let all = |values: &[IBig]| values.iter().map(T::from_big).collect();
        let list = levels
            .list
            .iter()
            .map(|level| TypedLevel {
                rows: level.rows,
                columns: level
                    .columns
                    .iter()
                    .map(|column| Column::new(column, level.rows))
                    .collect(),
                bias: all(&level.bias),
                kinks: all(&level.kinks),
                pieces: level
                    .pieces
                    .iter()
                    .map(|(slope, constant)| (T::from_big(slope), T::from_big(constant)))
                    .collect(),
                kink_values: all(&level.kink_values),
            })
            .collect();
        Self { list }
    }
}

/// Where a neuron stands on a cell: twice the index of its piece, or on a kink (odd).
///
/// Piece i lies between kink i − 1 and kink i. A neuron stands on a kink only where its form is constantly that kink.
pub(super) type State = u8;

impl<T: Integer> TypedLevel<T> {
    /// The forms of this layer, coefficient k of form i at `k·rows + i`, from those of its inputs in the same layout.
    pub(super) fn forms(&self, inputs: &[T], n: usize, out: &mut Vec<T>) {
        let width = self.columns.len();
        out.clear();
        out.extend(self.bias.iter().cloned());
        out.resize(n * self.rows, T::zero());
        for (j, column) in self.columns.iter().enumerate() {
            for k in 0..n {
                let input = &inputs[k * width + j];
                if input.is_zero() {
                    continue;
                }
                let row = &mut out[k * self.rows..(k + 1) * self.rows];
                match column {
                    Column::Full(weights) => {
                        for (sum, weight) in row.iter_mut().zip(weights) {
                            sum.add_product(weight, input);
                        }
                    }
                    Column::Sparse(weights) => {
                        for (i, weight) in weights {
                            row[*i].add_product(weight, input);
                        }
                    }
                }
            }
        }
    }

    /// The forms of ϱ(z) where neuron i is in state `states[i]`, from the forms of z.
    pub(super) fn activated(&self, forms: &[T], states: &[State], n: usize, out: &mut Vec<T>) {
        out.clear();
        out.resize(forms.len(), T::zero());
        for (i, state) in states.iter().enumerate() {
            let index = usize::from(*state / 2);
            if state % 2 == 1 {
                out[i] = self.kink_values[index].clone();
                continue;
            }
            let (slope, constant) = &self.pieces[index];
            if !slope.is_zero() {
                for k in 0..n {
                    out[k * self.rows + i].add_product(slope, &forms[k * self.rows + i]);
                }
            }
            out[i].add(constant);
        }
    }
}
