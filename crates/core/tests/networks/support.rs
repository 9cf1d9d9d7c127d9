//! Networks and points that sit on kinks more often than not.

use quickcheck::{Arbitrary, Gen};
use relu_core::activation::Activation;
use relu_core::network::{Layer, Network};
use relu_core::number::{Others, Rational, RealCell, RealContext, Scalar};

/// A number from its text.
pub fn q(text: &str) -> Rational {
    text.parse().unwrap()
}

/// A vector from texts.
pub fn v(values: &[&str]) -> Vec<Rational> {
    values.iter().map(|text| q(text)).collect()
}

/// A network from its text.
pub fn net(text: &str) -> Network {
    text.parse().unwrap()
}

/// ℝ for the symbol c; nothing else is compared by order.
pub fn line() -> RealContext {
    RealContext {
        cell: RealCell::line(),
        others: Others::EquationOnly,
    }
}

/// The symbol c.
pub fn c() -> Scalar {
    Scalar::symbol(0)
}

/// Σ coefficients_i·cⁱ.
pub fn in_c(coefficients: &[&str]) -> Scalar {
    use relu_core::Field;
    coefficients.iter().rev().fold(Scalar::zero(), |sum, text| {
        sum.times(&c()).plus(&Scalar::from(q(text)))
    })
}

/// The kinds of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries {
    /// −2…2, mostly zero.
    Small,
    /// Multiples of 1/4.
    Dyadic,
    /// Any denominators up to 6.
    Rational,
}

pub fn below(g: &mut Gen, n: u64) -> u64 {
    u64::arbitrary(g) % n
}

pub fn entry(g: &mut Gen, entries: Entries) -> Rational {
    let zero = below(g, 10) < 4;
    let n = i64::try_from(below(g, 5)).unwrap() - 2;
    match (zero, entries) {
        (true, _) => Rational::zero(),
        (_, Entries::Small) => n.into(),
        (_, Entries::Dyadic) => {
            Rational::new(i64::try_from(below(g, 33)).unwrap() - 16, 1 << below(g, 4)).unwrap()
        }
        (_, Entries::Rational) => {
            Rational::new(n * 3 + 1, 1 + i64::try_from(below(g, 6)).unwrap()).unwrap()
        }
    }
}

/// A network with the given widths; one in eight is the zero network.
pub fn network(g: &mut Gen, widths: &[usize], entries: Entries) -> Network {
    let zero = below(g, 8) == 0;
    let layers = widths.windows(2).map(|pair| {
        let mut value = || {
            if zero {
                Rational::zero()
            } else {
                entry(g, entries)
            }
        };
        let rows = (0..pair[1])
            .map(|_| (0..pair[0]).map(|_| value()).enumerate().collect())
            .collect();
        let bias = (0..pair[1]).map(|_| value()).collect();
        Layer::from_sparse_rows(pair[0], rows, bias).unwrap()
    });
    Network::relu(layers.collect()).unwrap()
}

/// Widths of a network of depth 1 to 4, width 1 often.
pub fn widths(g: &mut Gen, indim: usize) -> Vec<usize> {
    let depth = 1 + below(g, 4);
    let mut widths = vec![indim];
    for _ in 0..depth {
        widths.push(1 + usize::try_from(below(g, 4)).unwrap());
    }
    widths
}

pub fn point(g: &mut Gen, length: usize, entries: Entries) -> Vec<Rational> {
    (0..length).map(|_| entry(g, entries)).collect()
}

/// Two composable networks, a third one on top, and a point.
#[derive(Clone, Debug)]
pub struct Chain {
    pub phi: Network,
    pub psi: Network,
    pub chi: Network,
    pub x: Vec<Rational>,
}

impl Arbitrary for Chain {
    fn arbitrary(g: &mut Gen) -> Self {
        let entries = *g
            .choose(&[
                Entries::Small,
                Entries::Small,
                Entries::Dyadic,
                Entries::Rational,
            ])
            .unwrap();
        let indim = 1 + usize::try_from(below(g, 3)).unwrap();
        let inner = widths(g, indim);
        let middle = widths(g, inner[inner.len() - 1]);
        let outer = widths(g, middle[middle.len() - 1]);
        Self {
            phi: network(g, &inner, entries),
            psi: network(g, &middle, entries),
            chi: network(g, &outer, entries),
            x: point(g, indim, entries),
        }
    }
}

/// Two networks with equal depth, input and output dimension, and a point.
#[derive(Clone, Debug)]
pub struct Pair {
    pub first: Network,
    pub second: Network,
    pub x: Vec<Rational>,
}

impl Arbitrary for Pair {
    fn arbitrary(g: &mut Gen) -> Self {
        let entries = *g
            .choose(&[Entries::Small, Entries::Dyadic, Entries::Rational])
            .unwrap();
        let indim = 1 + usize::try_from(below(g, 3)).unwrap();
        let first = widths(g, indim);
        let mut second = first.clone();
        let hidden = 1..first.len() - 1;
        for width in &mut second[hidden] {
            *width = 1 + usize::try_from(below(g, 4)).unwrap();
        }
        Self {
            first: network(g, &first, entries),
            second: network(g, &second, entries),
            x: point(g, indim, entries),
        }
    }
}

/// A dyadic network, a dyadic kink value and a dyadic point.
#[derive(Clone, Debug)]
pub struct DyadicInstance {
    pub phi: Network,
    pub kink: Rational,
    pub x: Vec<Rational>,
}

impl Arbitrary for DyadicInstance {
    fn arbitrary(g: &mut Gen) -> Self {
        let entries = *g.choose(&[Entries::Small, Entries::Dyadic]).unwrap();
        let indim = 1 + usize::try_from(below(g, 10)).unwrap();
        let widths = widths(g, indim);
        let phi = network(g, &widths, entries);
        // Long numerators reach the wide kinds.
        let scale = Rational::from(2).pow(u32::try_from(below(g, 4) * 11).unwrap());
        let x = point(g, indim, entries)
            .iter()
            .map(|value| value * &scale)
            .collect();
        Self {
            phi,
            kink: entry(g, Entries::Dyadic),
            x,
        }
    }
}

/// All activations that a random network can be evaluated with.
pub fn activation(g: &mut Gen) -> Activation {
    g.choose(&[
        "relu",
        "leaky(1/4)",
        "leaky(-1)",
        "leaky(1)",
        "absolute",
        "hard_tanh",
        "kinked_square",
        "heaviside",
        "identity",
        "polynomial([1,0,1/2])",
        "binary_to_ternary",
        "svc_gaps",
    ])
    .unwrap()
    .parse()
    .unwrap()
}
