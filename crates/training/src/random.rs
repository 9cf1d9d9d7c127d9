//! Pseudo-random numbers as a function of a purpose and some numbers.

/// The increment of SplitMix64, ⌊2⁶⁴/golden ratio⌋ made odd.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// Bits of a coefficient, so that it is exact in single precision.
const COEFFICIENT_BITS: u32 = 24;

/// What numbers are drawn for; streams of different purposes are unrelated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The entries of a teacher.
    Teacher,
    /// The points at which a teacher is sampled.
    Samples,
    /// The points at which a student is compared with its teacher.
    Test,
    /// The entries with which a student starts.
    Start,
    /// The order in which the samples are shown.
    Order,
}

/// SplitMix64 with a counter: the n-th number depends on the key and n alone.
#[derive(Clone, Debug)]
pub struct Stream {
    key: u64,
    counter: u64,
}

impl Stream {
    /// The stream of a purpose and some numbers.
    pub fn of(purpose: Purpose, numbers: &[u64]) -> Self {
        let start = mix(GAMMA.wrapping_mul(purpose as u64 + 1));
        let key = numbers
            .iter()
            .fold(start, |key, number| mix(key ^ mix(number ^ GAMMA)));
        Self { key, counter: 0 }
    }

    /// The stream without its first `count` numbers.
    pub fn after(&self, count: u64) -> Self {
        Self {
            key: self.key,
            counter: self.counter.wrapping_add(count),
        }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.counter = self.counter.wrapping_add(1);
        mix(self.key.wrapping_add(self.counter.wrapping_mul(GAMMA)))
    }

    /// A number below n, with a bias below n/2⁶⁴; n ≥ 1.
    pub fn below(&mut self, n: usize) -> usize {
        let product = u128::from(self.bits()) * n as u128;
        (product >> 64) as usize
    }

    /// A float in \[−1, 1), a multiple of 2⁻⁵².
    pub fn symmetric(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    /// An odd multiple of 2⁻²⁴ in (−1, 1).
    pub fn coefficient(&mut self) -> f64 {
        let scale = f64::from(1_u32 << COEFFICIENT_BITS);
        let index = (self.bits() >> (64 - COEFFICIENT_BITS)) as f64;
        (2.0 * index + 1.0 - scale) / scale
    }

    /// Puts the items into a random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_give_equal_numbers_and_others_differ() {
        let first = |purpose, numbers: &[u64]| Stream::of(purpose, numbers).bits();
        assert_eq!(
            first(Purpose::Teacher, &[1, 2]),
            first(Purpose::Teacher, &[1, 2])
        );
        let others = [
            first(Purpose::Teacher, &[1, 2]),
            first(Purpose::Teacher, &[2, 1]),
            first(Purpose::Teacher, &[1]),
            first(Purpose::Samples, &[1, 2]),
        ];
        for (index, number) in others.iter().enumerate() {
            assert!(!others[..index].contains(number));
        }
    }

    #[test]
    fn a_stream_can_be_entered_anywhere() {
        let stream = Stream::of(Purpose::Test, &[7]);
        let mut all = stream.clone();
        let numbers: Vec<u64> = (0..10).map(|_| all.bits()).collect();
        assert_eq!(stream.after(6).bits(), numbers[6]);
    }

    #[test]
    fn numbers_lie_in_their_ranges_with_the_moments_of_the_uniform_law() {
        let mut stream = Stream::of(Purpose::Start, &[3]);
        let count = 20_000;
        for draw in [Stream::symmetric, Stream::coefficient] {
            let values: Vec<f64> = (0..count).map(|_| draw(&mut stream)).collect();
            assert!(values.iter().all(|value| (-1.0..1.0).contains(value)));
            let mean = values.iter().sum::<f64>() / f64::from(count);
            let square = values.iter().map(|value| value * value).sum::<f64>() / f64::from(count);
            assert!(mean.abs() < 0.02 && (square - 1.0 / 3.0).abs() < 0.02);
        }
    }

    #[test]
    fn coefficients_are_exact_in_single_precision() {
        let mut stream = Stream::of(Purpose::Teacher, &[5]);
        for _ in 0..1000 {
            let value = stream.coefficient();
            assert!(f64::from(value as f32) == value && value != 0.0);
        }
    }

    #[test]
    fn shuffling_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        Stream::of(Purpose::Order, &[1]).shuffle(&mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
