//! Names in a certificate: of rows, of multipliers, of what a lemma bounds, of facets.

use relu_core::number::rational::Rational;

/// The rows of the relaxation that belong to a neuron with pre-activation z ∈ [l, u], activation y, state t ∈ {0, 1} and flow
/// p = t·v, v ∈ [L, U] being the derivative of the output with respect to y; or to a coordinate g ∈ [l, u] of the gradient,
/// with size h = |g| and sign s ∈ {0, 1}.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// y ≥ z.
    Above,
    /// y ≤ u·t (z ≤ u·t in the last hidden layer); z ≤ u once the neuron is off.
    Off,
    /// y ≤ z − l·(1−t) (z ≥ l·(1−t) in the last hidden layer); z ≥ l once the neuron is on.
    On,
    /// p ≤ U·t.
    FlowHigh,
    /// p ≥ L·t.
    FlowLow,
    /// p ≤ v − L·(1−t).
    PassHigh,
    /// p ≥ v − U·(1−t).
    PassLow,
    /// p ≤ Σ_{k∈S} h_k·t + Σ_{k∉S} (a_k − l_k·(1−t)), where v = Σ a_k and a_k ∈ [l_k, h_k] is the share of neuron k of the next layer.
    SumHigh,
    /// p ≥ Σ_{k∈S} l_k·t + Σ_{k∉S} (a_k − h_k·(1−t)).
    SumLow,
    /// h ≤ g − 2l·(1−s); g ≥ l once the sign is known to be + (for the squared ℓ2 once it is known).
    Plus,
    /// h ≤ −g + 2u·s; g ≤ u once the sign is known to be − (for the squared ℓ2 once it is known).
    Minus,
}

impl Kind {
    /// All kinds with their letters in files.
    pub const LETTERS: [(Self, char); 11] = [
        (Self::Above, 'a'),
        (Self::Off, 'b'),
        (Self::On, 'c'),
        (Self::FlowHigh, 'd'),
        (Self::FlowLow, 'e'),
        (Self::PassHigh, 'f'),
        (Self::PassLow, 'g'),
        (Self::Plus, 'h'),
        (Self::Minus, 'i'),
        (Self::SumHigh, 'j'),
        (Self::SumLow, 'k'),
    ];

    /// Whether rows of this kind come with a set.
    pub fn has_set(self) -> bool {
        matches!(self, Self::SumHigh | Self::SumLow)
    }
}

/// The name of a row: the neuron (or the coordinate, for [`Kind::Plus`] and [`Kind::Minus`]), the kind, and the set S if the kind has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The hidden neuron, counted layer by layer, or the coordinate.
    pub owner: usize,
    /// Which of its rows.
    pub kind: Kind,
    /// S as bits: bit k stands for neuron k of the next layer. Neurons from 128 on are never in S.
    pub set: u128,
}

/// Non-negative multipliers n/2^shift of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Multipliers {
    /// The common denominator is 2^shift, shift ≤ 62.
    pub shift: u32,
    /// Row and numerator.
    pub entries: Vec<(Label, u64)>,
}

/// What a lemma encloses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The pre-activation of a hidden neuron.
    Preactivation(usize),
    /// The derivative of the output with respect to the activation of a hidden neuron.
    Outer(usize),
    /// A coordinate of the gradient.
    Gradient(usize),
}

/// An affine function of the input that is non-negative on the region of a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facet {
    /// x_j − lo_j.
    Low(usize),
    /// hi_j − x_j.
    High(usize),
    /// z or −z, for a neuron that is on or off while all neurons it depends on are decided.
    Neuron(usize),
}

impl Multipliers {
    /// The multiplier n/2^shift; `None` if it cannot be written.
    pub(super) fn value(&self, numerator: u64) -> Option<Rational> {
        let denominator = 1_i64.checked_shl(self.shift).filter(|&q| q > 0)?;
        Rational::new(i64::try_from(numerator).ok()?, denominator)
    }
}
