//! The other side: the worst case of the piecewise constant learner on one network, beside the upper bound.

use relu_core::constructions::full_network;
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use search::game::learners::per_axis;
use search::game::{Worst, worst as largest};
use search::shadow::shade_of;
use serde_json::json;

use super::super::eval;
use super::print::{approximate, both};
use crate::cli::GameArgs;

/// Parts of cubes that are examined.
const STEPS: usize = 20_000;

/// The network with all weights c, by this name.
const FULL: &str = "full";

/// Encloses the error of `piecewise` with m samples on the network.
pub fn worst(args: &GameArgs, network: &str) -> Result<(), (u8, String)> {
    let unusable = |message: String| (2, message);
    if args
        .learner
        .as_deref()
        .is_some_and(|name| name != "piecewise")
    {
        return Err(unusable(
            "error: --against: expected --learner piecewise, whose worst case is known, got another one".into(),
        ));
    }
    let samples = args.samples.filter(|samples| *samples > 0);
    let samples =
        samples.ok_or_else(|| unusable("error: --samples: expected at least 1".into()))?;
    let phi = match network {
        FULL => full(args).map_err(unusable)?,
        path => eval::network(path).map_err(unusable)?,
    };
    let class = Class::of(&phi);
    class.agrees(args).map_err(unusable)?;
    let k = per_axis(samples, class.dimension);
    let found = largest(&phi, k, STEPS)
        .map_err(|failure| unusable(format!("error: {network}: {failure}")))?;
    print(network, &class, k, &found, args.json);
    Ok(())
}

fn full(args: &GameArgs) -> Result<Network, String> {
    let missing = "error: --against full: expected --d, --L and --c";
    let dimension = args.dimension.ok_or(missing)?;
    let (depth, bound) = (
        args.depth.ok_or(missing)?,
        args.bound.as_ref().ok_or(missing)?,
    );
    full_network(dimension, depth, dimension.saturating_mul(3), bound)
        .map_err(|failure| format!("error: --against full: {failure}"))
}

/// The smallest class with this width that a network is in.
struct Class {
    dimension: usize,
    depth: usize,
    width: usize,
    bound: Rational,
}

impl Class {
    fn of(phi: &Network) -> Self {
        let architecture = phi.architecture();
        let hidden = &architecture[1..architecture.len() - 1];
        let layers = phi.layers().iter();
        let entries = layers.flat_map(|layer| layer.stored().iter().chain(layer.biases()));
        Self {
            dimension: phi.indim(),
            depth: phi.depth(),
            width: hidden.iter().copied().max().unwrap_or(1),
            bound: entries
                .map(Rational::abs)
                .max()
                .unwrap_or_else(Rational::zero),
        }
    }

    /// Whether it is the class of the command line, where that is given; c may be larger there.
    fn agrees(&self, args: &GameArgs) -> Result<(), String> {
        let other = args.dimension.is_some_and(|d| d != self.dimension)
            || args.depth.is_some_and(|depth| depth != self.depth)
            || args.bound.as_ref().is_some_and(|bound| *bound < self.bound);
        match other {
            false => Ok(()),
            true => Err(format!(
                "error: --against: expected a network with the d and L of the command line and entries at most c, got d = {}, L = {} and c = {}",
                self.dimension, self.depth, self.bound
            )),
        }
    }

    /// c^L·d·B^{L−1}/(2k).
    fn bound(&self, k: u64) -> Rational {
        let small = |n: usize| u32::try_from(n).expect("sizes of a network in memory");
        let number = |n: u64| Rational::from_parts(n.into(), 1_u8.into()).expect("1 is not 0");
        let slope = &self.bound.pow(small(self.depth))
            * &number(self.width as u64).pow(small(self.depth - 1));
        let across = number(self.dimension as u64).over(&number(2 * k));
        &slope * &across.expect("there are nodes")
    }
}

fn print(network: &str, class: &Class, k: u64, found: &Worst, as_json: bool) {
    let words = |x: &[Rational]| x.iter().map(Rational::to_string).collect::<Vec<_>>();
    let bound = class.bound(k);
    let theorem = &bound * &Rational::from(2);
    let exact = found.lower == found.upper;
    let ratio = found.upper.over(&bound);
    if as_json {
        anstream::println!(
            "{}",
            json!({
                "learner": "piecewise", "against": network, "d": class.dimension, "L": class.depth, "width": class.width,
                "c": class.bound.to_string(), "per_axis": k, "lower": found.lower.to_string(), "upper": found.upper.to_string(),
                "exact": exact, "point": words(&found.point), "centre": words(&found.centre), "bound": bound.to_string(),
                "theorem": theorem.to_string(), "ratio": ratio.as_ref().map(shade_of),
            })
        );
        return;
    }
    anstream::println!("learner  piecewise with {k} nodes per axis");
    anstream::println!(
        "network  {network}: {} inputs, {} layers, width {}, entries at most {}",
        class.dimension,
        class.depth,
        class.width,
        class.bound
    );
    match exact {
        true => anstream::println!("error    {}", both(&found.lower)),
        false => anstream::println!(
            "error    between {} and {}; the bounds do not meet",
            approximate(&found.lower, 9),
            approximate(&found.upper, 9)
        ),
    }
    anstream::println!(
        "at       x = [{}], which is taken for y = [{}]",
        words(&found.point).join(", "),
        words(&found.centre).join(", ")
    );
    anstream::println!("bound    {} for all networks of this class", both(&bound));
    anstream::println!("theorem  {}", both(&theorem));
    if let Some(ratio) = ratio {
        anstream::println!(
            "ratio    {} of the error and the bound",
            approximate(&ratio, 6)
        );
    }
}
