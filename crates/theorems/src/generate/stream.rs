//! Streams: counter-based pseudo-random numbers, the only source of chance in this crate.
//!
//! A stream is a key and a counter; the n-th number is the splitmix64 finaliser of key + n·γ. So a stream is cheap to copy, its
//! numbers depend on nothing but (key, counter), and `fork` gives every variable of an instance its own stream: a family that
//! starts to draw one number more does not disturb its neighbours. No floats: probabilities are fractions.

use quickcheck::Gen;

/// The increment γ of splitmix64, ⌊2⁶⁴/golden ratio⌋ made odd.
const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// Largest size that an instance index is given; the families stop growing there.
pub const MAX_SIZE: usize = 8;

/// Separates the keys of the gallery from those of seeded instances.
const GALLERY: &str = "gallery";

/// A reproducible source of pseudo-random numbers with a size hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    key: u64,
    counter: u64,
    size: usize,
}

impl Stream {
    /// The stream with this key, at its first number.
    pub fn from_key(key: u64, size: usize) -> Self {
        Self {
            key,
            counter: 0,
            size,
        }
    }

    /// A stream whose key is drawn from `g`, with the size of `g`.
    ///
    /// The key is eight uniform bytes: `u64::arbitrary` returns 0, 1 or 2⁶⁴ − 1 every tenth time, and streams with equal keys
    /// would repeat each other.
    pub fn from_gen(g: &mut Gen) -> Self {
        const BYTES: [u8; 256] = {
            let mut bytes = [0; 256];
            let mut value = 0;
            while value < 256 {
                bytes[value] = value as u8;
                value += 1;
            }
            bytes
        };
        let mut key = 0_u64;
        for _ in 0..8 {
            let byte = g.choose(&BYTES).copied().unwrap_or(0);
            key = (key << 8) | u64::from(byte);
        }
        Self::from_key(key, g.size())
    }

    /// The stream of one instance: a function of (root seed, claim id, engine name, index) alone.
    ///
    /// The four are hashed (FNV-1a over length-prefixed fields, then mixed) to the seed of a quickcheck generator of size
    /// [`instance_size`]`(index)`, which seeds the stream.
    pub fn for_instance(root_seed: u64, claim: &str, engine: &str, index: u64) -> Self {
        let mut hash = Hash::new();
        hash.number(root_seed);
        hash.text(claim);
        hash.text(engine);
        hash.number(index);
        Self::from_gen(&mut Gen::from_size_and_seed(
            instance_size(index),
            hash.finish(),
        ))
    }

    /// The size hint; families keep their objects small for small sizes.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The stream derived from the key and `label`.
    ///
    /// It does not depend on how many numbers were drawn: equal labels give equal streams.
    pub fn fork(&self, label: &str) -> Self {
        self.fork_at(label, 0)
    }

    /// The stream derived from the key, `label` and `index`: the index-th try under one label.
    pub fn fork_at(&self, label: &str, index: u64) -> Self {
        let mut hash = Hash::new();
        hash.number(self.key);
        hash.text(label);
        hash.number(index);
        Self::from_key(hash.finish(), self.size)
    }

    /// The next number, uniform on 0..2⁶⁴.
    pub fn next_u64(&mut self) -> u64 {
        self.counter = self.counter.wrapping_add(1);
        mix(self.key.wrapping_add(self.counter.wrapping_mul(GAMMA)))
    }

    /// A number uniform on 0..n, without bias; 0 for n = 0.
    ///
    /// Lemire's method: the high half of u·n is uniform once the 2⁶⁴ mod n lowest values of its low half are rejected.
    pub fn below(&mut self, n: u64) -> u64 {
        if n < 2 {
            return 0;
        }
        loop {
            let product = u128::from(self.next_u64()) * u128::from(n);
            let low = product as u64;
            if low >= n || low >= n.wrapping_neg() % n {
                return (product >> 64) as u64;
            }
        }
    }

    /// An index uniform on 0..n; 0 for n = 0.
    pub fn index(&mut self, n: usize) -> usize {
        // usize is at most 64 bits wide, and the result is below n.
        self.below(n as u64) as usize
    }

    /// An integer uniform on lower..=upper; `lower` if the range is empty.
    pub fn between(&mut self, lower: i64, upper: i64) -> i64 {
        if upper <= lower {
            return lower;
        }
        let width = upper.wrapping_sub(lower) as u64;
        let offset = match width.checked_add(1) {
            Some(count) => self.below(count),
            None => self.next_u64(),
        };
        lower.wrapping_add(offset as i64)
    }

    /// An element of the slice, each with the same probability; `None` if it is empty.
    pub fn choose<'a, T>(&mut self, slice: &'a [T]) -> Option<&'a T> {
        slice.get(self.index(slice.len()))
    }

    /// An element of the array, each with the same probability: entries written twice are twice as likely.
    pub fn pick<T: Copy, const N: usize>(&mut self, table: &[T; N]) -> T {
        const { assert!(N > 0, "a table to pick from has an entry") };
        table[self.index(N)]
    }

    /// Whether an event of probability numerator/denominator happens; never for denominator 0.
    pub fn chance(&mut self, numerator: u64, denominator: u64) -> bool {
        self.below(denominator) < numerator && denominator != 0
    }
}

/// The size of the instance with this index: 1, 2, …, 8, 1, 2, … so that every block of eight indices meets every size.
pub fn instance_size(index: u64) -> usize {
    1 + (index % MAX_SIZE as u64) as usize
}

/// The stream of the index-th object of a gallery: the same for everybody, whatever the root seed.
///
/// It does not pass through quickcheck, so the objects do not change with its version.
pub fn gallery_stream(index: u64) -> Stream {
    let mut hash = Hash::new();
    hash.text(GALLERY);
    hash.number(index);
    Stream::from_key(hash.finish(), instance_size(index))
}

/// The finaliser of splitmix64 (a bijection of 0..2⁶⁴).
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// FNV-1a over length-prefixed fields, so that ("ab", "c") and ("a", "bc") differ.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }

    fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes(text.as_bytes());
    }

    fn finish(&self) -> u64 {
        mix(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_are_those_of_splitmix64() {
        let mut zero = Stream::from_key(0, 1);
        let drawn: Vec<u64> = (0..3).map(|_| zero.next_u64()).collect();
        assert_eq!(
            drawn,
            [
                0xE220_A839_7B1D_CDAF,
                0x6E78_9E6A_A1B9_65F4,
                0x06C4_5D18_8009_454F
            ]
        );
        let mut other = Stream::from_key(1_234_567, 1);
        assert_eq!(other.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(other.next_u64(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn an_instance_depends_on_each_of_its_four_names() {
        let base = Stream::for_instance(1, "claim", "random", 5);
        assert_eq!(base, Stream::for_instance(1, "claim", "random", 5));
        for other in [
            Stream::for_instance(2, "claim", "random", 5),
            Stream::for_instance(1, "claims", "random", 5),
            Stream::for_instance(1, "claim", "random ", 5),
            Stream::for_instance(1, "clai", "mrandom", 5),
            Stream::for_instance(1, "claim", "random", 13),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn keys_from_quickcheck_do_not_repeat() {
        let keys: BTreeSet<u64> = (0..2000)
            .map(|i| Stream::for_instance(7, "a", "b", i).key)
            .collect();
        assert_eq!(keys.len(), 2000);
    }

    #[test]
    fn a_fork_ignores_the_draws_made_before_it() {
        let mut stream = Stream::from_key(9, 4);
        let before = stream.fork("phi");
        stream.next_u64();
        assert_eq!(before, stream.fork("phi"));
        assert_ne!(before, stream.fork("psi"));
        assert_ne!(before, stream.fork_at("phi", 1));
        assert_eq!(before.size(), 4);
    }

    #[test]
    fn below_stays_below_and_meets_everything() {
        let mut stream = Stream::from_key(3, 1);
        let mut counts = [0_u32; 7];
        for _ in 0..7000 {
            counts[stream.index(7)] += 1;
        }
        // 1000 expected, standard deviation below 30.
        assert!(
            counts.iter().all(|&count| (850..=1150).contains(&count)),
            "{counts:?}"
        );
        assert_eq!(stream.below(0), 0);
        assert_eq!(stream.below(1), 0);
        assert!(stream.below(u64::MAX) < u64::MAX);
    }

    #[test]
    fn ranges_and_chances_at_their_ends() {
        let mut stream = Stream::from_key(4, 1);
        assert_eq!(stream.between(3, 3), 3);
        assert_eq!(stream.between(3, -3), 3);
        let met: BTreeSet<i64> = (0..200).map(|_| stream.between(-2, 2)).collect();
        assert_eq!(met.into_iter().collect::<Vec<_>>(), [-2, -1, 0, 1, 2]);
        stream.between(i64::MIN, i64::MAX);
        assert!(!stream.chance(0, 5));
        assert!(stream.chance(5, 5));
        assert!(!stream.chance(1, 0));
        assert_eq!(stream.choose::<u8>(&[]), None);
        assert_eq!(stream.pick(&[8]), 8);
    }

    #[test]
    fn sizes_cycle_and_the_gallery_is_fixed() {
        let sizes: Vec<usize> = (0..10).map(instance_size).collect();
        assert_eq!(sizes, [1, 2, 3, 4, 5, 6, 7, 8, 1, 2]);
        assert_eq!(gallery_stream(3), gallery_stream(3));
        assert_ne!(gallery_stream(3), gallery_stream(11));
        assert_eq!(gallery_stream(0).next_u64(), GALLERY_FIRST);
    }

    /// The first number of the first gallery object; a change here changes every stored gallery.
    const GALLERY_FIRST: u64 = 5_950_944_972_180_909_867;
}
