//! `quickcheck::Arbitrary` for networks, pairs, networks with a point, and templates.

use quickcheck::{Arbitrary, Gen};
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::parameters::Template;

use super::hints::NetworkHints;
use super::kinks::kinks;
use super::network_family::{Drawn, NetworkFamily};
use super::stream::Stream;
use super::templates::{TemplateFamily, TemplateHints};
use super::vectors::{generic, small};
use crate::shrink;

/// The mix of families for a network of which nothing is known: every family, G1 and G8 most often.
const MIX: [NetworkFamily; 14] = [
    NetworkFamily::G1,
    NetworkFamily::G1,
    NetworkFamily::G1,
    NetworkFamily::G2,
    NetworkFamily::G3,
    NetworkFamily::G4,
    NetworkFamily::G5,
    NetworkFamily::G6,
    NetworkFamily::G7,
    NetworkFamily::G8,
    NetworkFamily::G8,
    NetworkFamily::Named,
    NetworkFamily::Constant,
    NetworkFamily::Affine,
];

/// A network of the mix that agrees with satisfiable hints.
fn mixed(stream: &mut Stream, hints: &NetworkHints) -> Drawn {
    let family = stream.pick(&MIX);
    family
        .draw(stream, hints)
        .or_else(|| NetworkFamily::G1.draw(stream, hints))
        .expect("G1 meets all satisfiable hints")
}

/// A point of interest for a drawn network: on a kink, small, or generic.
fn point(stream: &mut Stream, drawn: &Drawn) -> Vec<Rational> {
    match stream.index(4) {
        0 | 1 => kinks(stream, &drawn.network, &drawn.planted),
        2 => small(stream, drawn.network.indim()),
        _ => {
            generic(stream, &drawn.network).unwrap_or_else(|| small(stream, drawn.network.indim()))
        }
    }
}

/// Any network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnyNetwork(pub Network);

impl Arbitrary for AnyNetwork {
    fn arbitrary(g: &mut Gen) -> Self {
        Self(mixed(&mut Stream::from_gen(g), &NetworkHints::default()).network)
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        Box::new(shrink::network_candidates(&self.0).map(Self))
    }
}

/// Networks Φ, Ψ that compose: the input dimension of Ψ is the output dimension of Φ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkPair {
    /// The inner network.
    pub phi: Network,
    /// The outer network.
    pub psi: Network,
}

impl Arbitrary for NetworkPair {
    fn arbitrary(g: &mut Gen) -> Self {
        let mut stream = Stream::from_gen(g);
        // One time in four both are G5: the image of Φ lies in a kink of Ψ.
        let dependent = stream.chance(1, 4);
        let mut draw = |hints: &NetworkHints| {
            match dependent {
                true => NetworkFamily::G5.draw(&mut stream, hints),
                false => None,
            }
            .unwrap_or_else(|| mixed(&mut stream, hints))
            .network
        };
        let outdim = dependent.then_some(2);
        let phi = draw(&NetworkHints {
            outdim,
            ..NetworkHints::default()
        });
        let psi = draw(&NetworkHints {
            indim: Some(phi.outdim()),
            ..NetworkHints::default()
        });
        Self { phi, psi }
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let joint = shrink::composable_candidates(&self.phi, &self.psi);
        let inner = shrink::network_candidates(&self.phi).map({
            let psi = self.psi.clone();
            move |phi| (phi, psi.clone())
        });
        let outer = shrink::network_candidates(&self.psi).map({
            let phi = self.phi.clone();
            move |psi| (phi.clone(), psi)
        });
        Box::new(
            joint
                .chain(inner)
                .chain(outer)
                .map(|(phi, psi)| Self { phi, psi }),
        )
    }
}

/// A network with an input, half of the time on a kink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkAt {
    /// The network.
    pub network: Network,
    /// A vector of length N₀.
    pub point: Vec<Rational>,
}

impl Arbitrary for NetworkAt {
    fn arbitrary(g: &mut Gen) -> Self {
        let mut stream = Stream::from_gen(g);
        let drawn = mixed(&mut stream, &NetworkHints::default());
        let point = point(&mut stream, &drawn);
        Self {
            network: drawn.network,
            point,
        }
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let candidates = shrink::pointed_candidates(&self.network, &self.point);
        Box::new(candidates.map(|(network, point)| Self { network, point }))
    }
}

/// Any template with one output.
#[derive(Clone, Debug, PartialEq)]
pub struct AnyTemplate(pub Template);

impl Arbitrary for AnyTemplate {
    fn arbitrary(g: &mut Gen) -> Self {
        let mut stream = Stream::from_gen(g);
        let family = stream.pick(&TemplateFamily::ALL);
        let template = family.draw(&mut stream, &TemplateHints::default());
        Self(template.expect("every template family draws without hints"))
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        Box::new(shrink::template_candidates(&self.0).map(Self))
    }
}
