//! Bit strings with Elias-gamma numbers.

use dashu_int::UBig;
use dashu_int::ops::BitTest;

use crate::failure::Failure;

/// ⌊log₂ n⌋ for n ≥ 1.
pub(super) fn floor_log2(n: usize) -> usize {
    usize::try_from(n.ilog2()).expect("at least 32 bits in a usize")
}

/// ⌈log₂ n⌉ for n ≥ 1: the number of bits of n − 1.
pub(super) fn ceil_log2(n: usize) -> usize {
    (n - 1).bit_len()
}

/// A bit string being written.
pub(super) struct Bits(pub Vec<bool>);

impl Bits {
    /// The Elias-gamma code of n ≥ 1.
    pub fn gamma(&mut self, n: usize) {
        let length = floor_log2(n);
        self.0.extend(std::iter::repeat_n(false, length));
        self.number(&UBig::from(n), length + 1);
    }

    /// `width` bits, most significant first.
    pub fn number(&mut self, value: &UBig, width: usize) {
        self.0.extend((0..width).rev().map(|i| value.bit(i)));
    }
}

/// A position in a bit string.
pub(super) struct Reader<'a> {
    pub bits: &'a [bool],
    pub at: usize,
}

impl Reader<'_> {
    /// An Elias-gamma number; the error names `what` it was to be.
    pub fn gamma(&mut self, what: &str) -> Result<usize, Failure> {
        let zeros = self.bits[self.at..].iter().take_while(|bit| !**bit).count();
        let start = self.at + zeros;
        let complete = self.bits.len() > start + zeros;
        if zeros >= 63 || !complete {
            return Err(Failure::Shape(format!(
                "{what} in a code: expected an Elias-gamma number below 2^63 at bit {}, got {zeros} zeros and {} more bits",
                self.at,
                self.bits.len() - start
            )));
        }
        self.at = start;
        Ok(usize::try_from(&self.number(zeros + 1)).expect("fewer than 64 bits"))
    }

    /// `width` bits that are known to be there.
    pub fn number(&mut self, width: usize) -> UBig {
        let bits = &self.bits[self.at..self.at + width];
        self.at += width;
        bits.iter().fold(UBig::ZERO, |value, &bit| {
            value * 2u8 + UBig::from(u8::from(bit))
        })
    }
}
