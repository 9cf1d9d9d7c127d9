//! What is known about a network before it is drawn, and architectures that agree with it.

use relu_core::activation::Activation;

use super::stream::Stream;

/// Largest input or output dimension that a hint may ask for; a larger one is refused.
pub const MAX_HINTED_DIMENSION: usize = 64;

/// Largest depth that a hint may ask for; a larger one is refused.
pub const MAX_HINTED_DEPTH: usize = 64;

/// Construction hints for a network: what equations such as `indim(psi) == outdim(phi)` fix beforehand.
///
/// Hints that no network meets (a dimension or depth 0 or above the stated caps, more inputs than `max_inputs`) make every
/// family return `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkHints {
    /// Input dimension N₀.
    pub indim: Option<usize>,
    /// Output dimension N_L.
    pub outdim: Option<usize>,
    /// Depth L, the number of affine maps.
    pub depth: Option<usize>,
    /// Activation; `None` means ReLU.
    pub activation: Option<Activation>,
    /// Upper bound for N₀, for deciders that only reach few inputs.
    pub max_inputs: Option<usize>,
}

impl NetworkHints {
    /// The activation to build with: the hinted one, else ReLU.
    pub fn activation(&self) -> Activation {
        self.activation.clone().unwrap_or(Activation::Relu)
    }

    /// Whether some network agrees with the hints and their caps.
    pub fn satisfiable(&self) -> bool {
        let dimension =
            |hint: Option<usize>| hint.is_none_or(|n| (1..=MAX_HINTED_DIMENSION).contains(&n));
        let inputs = match (self.indim, self.max_inputs) {
            (Some(indim), Some(most)) => indim <= most,
            (None, Some(most)) => most >= 1,
            (_, None) => true,
        };
        dimension(self.indim)
            && dimension(self.outdim)
            && self
                .depth
                .is_none_or(|depth| (1..=MAX_HINTED_DEPTH).contains(&depth))
            && inputs
    }

    /// Whether a network with these sizes and this activation agrees with the hints.
    pub fn admits(&self, indim: usize, outdim: usize, depth: usize) -> bool {
        self.satisfiable()
            && self.indim.is_none_or(|n| n == indim)
            && self.outdim.is_none_or(|n| n == outdim)
            && self.depth.is_none_or(|l| l == depth)
            && self.max_inputs.is_none_or(|most| indim <= most)
    }

    /// A depth from `least` to `most` (or the hinted one, if it is at least `least`), small ones more often.
    pub(super) fn draw_depth(
        &self,
        stream: &mut Stream,
        least: usize,
        most: usize,
    ) -> Option<usize> {
        if let Some(depth) = self.depth {
            return (least..=MAX_HINTED_DEPTH).contains(&depth).then_some(depth);
        }
        // 1, 1, 2, 2, … at sizes 1, 2, 3, 4, … added to the least useful depth.
        let most = most.min(2 + stream.size().saturating_sub(1) / 2).max(least);
        Some(stream.pick(&[1, 2, 2, 2, 3, 3, 3, 4]).clamp(least, most))
    }

    /// The input dimension: the hinted one, else 1 to 3 and at most `max_inputs`.
    pub(super) fn draw_indim(&self, stream: &mut Stream) -> Option<usize> {
        if !self.satisfiable() {
            return None;
        }
        let most = self
            .max_inputs
            .unwrap_or(3)
            .min(if stream.size() < 3 { 2 } else { 3 });
        Some(
            self.indim
                .unwrap_or_else(|| stream.pick(&[1, 1, 1, 2, 2, 3]).min(most)),
        )
    }

    /// The output dimension: the hinted one, else 1 to 3.
    pub(super) fn draw_outdim(&self, stream: &mut Stream) -> Option<usize> {
        if !self.satisfiable() {
            return None;
        }
        Some(
            self.outdim
                .unwrap_or_else(|| stream.pick(&[1, 1, 1, 2, 2, 3])),
        )
    }

    /// Widths (N₀,…,N_L) that agree with the hints: depth from `least` to `most`, hidden widths 1 to 4, small ones more often.
    pub(super) fn draw_architecture(
        &self,
        stream: &mut Stream,
        least: usize,
        most: usize,
    ) -> Option<Vec<usize>> {
        if !self.satisfiable() {
            return None;
        }
        let depth = self.draw_depth(stream, least, most)?;
        let widest = (1 + stream.size().div_ceil(2)).min(4);
        let mut widths = Vec::with_capacity(depth + 1);
        widths.push(self.draw_indim(stream)?);
        for _ in 1..depth {
            widths.push(stream.pick(&[1, 1, 2, 2, 2, 3, 3, 4]).min(widest));
        }
        widths.push(self.draw_outdim(stream)?);
        Some(widths)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    fn hints(indim: Option<usize>, outdim: Option<usize>, depth: Option<usize>) -> NetworkHints {
        NetworkHints {
            indim,
            outdim,
            depth,
            ..NetworkHints::default()
        }
    }

    #[test]
    fn impossible_hints_are_recognised() {
        assert!(hints(None, None, None).satisfiable());
        assert!(hints(Some(64), Some(64), Some(64)).satisfiable());
        for bad in [
            hints(Some(0), None, None),
            hints(None, Some(0), None),
            hints(None, None, Some(0)),
            hints(Some(65), None, None),
            hints(None, Some(usize::MAX), None),
            hints(None, None, Some(usize::MAX)),
            NetworkHints {
                max_inputs: Some(0),
                ..NetworkHints::default()
            },
            NetworkHints {
                max_inputs: Some(1),
                ..hints(Some(2), None, None)
            },
        ] {
            assert!(!bad.satisfiable(), "{bad:?}");
            let mut stream = Stream::from_key(1, 8);
            assert_eq!(bad.draw_architecture(&mut stream, 1, 4), None);
        }
    }

    #[test]
    fn a_depth_below_the_least_of_a_family_is_refused() {
        let mut stream = Stream::from_key(1, 8);
        assert_eq!(
            hints(None, None, Some(1)).draw_architecture(&mut stream, 2, 4),
            None
        );
        let deep = hints(None, None, Some(9)).draw_architecture(&mut stream, 2, 4);
        assert_eq!(deep.map(|widths| widths.len()), Some(10));
    }

    #[test]
    fn architectures_stay_small_and_meet_every_depth() {
        let mut depths = [0; 5];
        for key in 0..400 {
            let mut stream = Stream::from_key(key, 8);
            let widths = hints(None, None, None)
                .draw_architecture(&mut stream, 1, 4)
                .unwrap();
            assert!(widths.iter().all(|&width| (1..=4).contains(&width)));
            assert!(widths[0] <= 3);
            depths[widths.len() - 1] += 1;
        }
        assert_eq!(depths[0], 0);
        assert!(depths[1..].iter().all(|&count| count > 20), "{depths:?}");
    }

    #[test]
    fn small_sizes_give_small_networks() {
        for key in 0..200 {
            let mut stream = Stream::from_key(key, 1);
            let widths = hints(None, None, None)
                .draw_architecture(&mut stream, 1, 4)
                .unwrap();
            assert!(widths.len() <= 3 && widths[0] <= 2, "{widths:?}");
        }
    }
}
