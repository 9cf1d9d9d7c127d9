//! Networks as bit strings: Elias-gamma headers, then the non-zero entries with their positions.
//!
//! # Definition
//! For a ReLU network with widths N₀,…,N_L, M non-zero entries, all of them in 2^{−q}ℤ: γ(L), γ(M + 1), γ(N₀),…,γ(N_L), then for
//! each non-zero entry, positions ascending, the position in ⌈log₂ P⌉ bits and the integer value·2^q in w bits, offset by
//! 2^{w−1}. P is the number of parameters (layer by layer, row by row, the bias last in its row); w = ⌈log₂(2m + 1)⌉
//! for the largest integer m. γ(n) is the Elias-gamma code: ⌊log₂ n⌋ zeros, then n in binary.
//!
//! The exponent q is known to both sides, not written: a code that also fixes q cannot obey [`bit_length_bound`], as the
//! networks ((2^{−q}),0), q ∈ ℕ, with B = 2^{−q} all have the same bound and are infinitely many. The width w is not written
//! either: what follows the header has M·(w + ⌈log₂ P⌉) bits.
//!
//! # Source
//! Claim `network-bit-length`.

mod bits;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};

use bits::{Bits, Reader, ceil_log2, floor_log2};

use crate::activation::Activation;
use crate::failure::Failure;
use crate::field::Sign;
use crate::network::{Layer, Network};
use crate::number::rational::Rational;
use crate::scaled::scaled_integer;

/// Largest number of parameters of a network that is decoded.
pub const MOST_PARAMETERS: usize = 1 << 24;

/// The code of Φ with grid exponent q; its length obeys [`bit_length_bound`] for every B ≥ ‖Φ‖_∞.
///
/// Errors: [`Failure::Shape`] if an activation other than ReLU is used or an entry is not in 2^{−q}ℤ.
pub fn encode(phi: &Network, q: u32) -> Result<Vec<bool>, Failure> {
    if *phi.activation() != Activation::Relu {
        return Err(Failure::Shape(format!(
            "encoding: expected a relu network, got {}",
            phi.activation()
        )));
    }
    let mut entries: Vec<(usize, IBig)> = Vec::with_capacity(phi.connectivity());
    let mut start = 0;
    for layer in phi.layers() {
        for i in 0..layer.rows() {
            let row = start + i * (layer.cols() + 1);
            for (j, value) in layer
                .entries(i)
                .chain(std::iter::once((layer.cols(), layer.bias(i))))
            {
                if !value.is_zero() {
                    entries.push((row + j, on_grid(value, q)?));
                }
            }
        }
        start += layer.rows() * (layer.cols() + 1);
    }
    let mut bits = Bits(Vec::new());
    bits.gamma(phi.depth());
    bits.gamma(entries.len() + 1);
    phi.architecture()
        .into_iter()
        .for_each(|width| bits.gamma(width));
    let largest = entries
        .iter()
        .map(|(_, value)| value.clone().into_parts().1)
        .max();
    let value_bits = largest.map_or(0, |m| (m * 2u8).bit_len());
    let position_bits = ceil_log2(phi.parameter_count());
    for (position, value) in entries {
        bits.number(&UBig::from(position), position_bits);
        let offset = value + (IBig::ONE << (value_bits - 1));
        bits.number(
            &UBig::try_from(offset).expect("|value| < 2^{w−1}"),
            value_bits,
        );
    }
    Ok(bits.0)
}

/// The network with this code and grid exponent q; the inverse of [`encode`].
///
/// Errors: [`Failure::Shape`] for a bit string that is not the code of a network (named: the part that is wrong);
/// [`Failure::Limit`] for one with more than [`MOST_PARAMETERS`] parameters.
pub fn decode(bits: &[bool], q: u32) -> Result<Network, Failure> {
    let mut reader = Reader { bits, at: 0 };
    let depth = reader.gamma("depth")?;
    let count = reader.gamma("number of entries")? - 1;
    if depth > bits.len() {
        return Err(Failure::Shape(format!(
            "code of depth {depth}: expected a width per layer, got {} bits",
            bits.len()
        )));
    }
    let widths = (0..=depth)
        .map(|_| reader.gamma("width"))
        .collect::<Result<Vec<_>, _>>()?;
    let parameters = widths.windows(2).try_fold(0usize, |sum, pair| {
        sum.checked_add(pair[1].checked_mul(pair[0].checked_add(1)?)?)
    });
    let parameters = parameters
        .filter(|&p| p <= MOST_PARAMETERS)
        .ok_or_else(|| {
            Failure::Limit(format!(
                "decoding: expected at most {MOST_PARAMETERS} parameters, got widths {widths:?}"
            ))
        })?;
    let rest = bits.len() - reader.at;
    let position_bits = ceil_log2(parameters);
    let value_bits = match (count, rest) {
        (0, 0) => 0,
        (0, rest) => {
            return Err(Failure::Shape(format!(
                "code without entries: expected 0 bits after the header, got {rest}"
            )));
        }
        (count, rest) if rest % count == 0 && rest / count >= position_bits + 2 => {
            rest / count - position_bits
        }
        _ => {
            return Err(Failure::Shape(format!(
                "code of {count} entries: expected {count}·(w + {position_bits}) bits with w ≥ 2 after the header, got {rest}"
            )));
        }
    };
    let mut dense = vec![IBig::ZERO; parameters];
    let mut least = 0;
    let mut minimal = count == 0;
    for _ in 0..count {
        let position = reader.number(position_bits);
        let position = usize::try_from(&position)
            .ok()
            .filter(|p| (least..parameters).contains(p))
            .ok_or_else(|| {
                Failure::Shape(format!(
                    "position in a code: expected {least} to {}, got {position}",
                    parameters - 1
                ))
            })?;
        least = position + 1;
        let value = IBig::from(reader.number(value_bits)) - (IBig::ONE << (value_bits - 1));
        let magnitude = value.clone().into_parts().1;
        let length = (magnitude * 2u8).bit_len();
        if value == IBig::ZERO || length > value_bits {
            return Err(Failure::Shape(format!(
                "value in a code: expected 0 < |value| < 2^{}, got {value}",
                value_bits - 1
            )));
        }
        minimal |= length == value_bits;
        dense[position] = value;
    }
    if !minimal {
        return Err(Failure::Shape(format!(
            "width of the values in a code: expected the smallest one, got {value_bits} bits"
        )));
    }
    let grid = UBig::ONE << usize::try_from(q).expect("at least 32 bits in a usize");
    let mut values = dense.into_iter().map(|value| {
        Rational::from_parts(value, grid.clone()).expect("a power of two is not zero")
    });
    let layers = widths.windows(2).map(|pair| {
        let (cols, rows) = (pair[0], pair[1]);
        let mut bias = Vec::with_capacity(rows);
        let mut sparse = Vec::with_capacity(rows);
        for _ in 0..rows {
            sparse.push(values.by_ref().take(cols).enumerate().collect());
            bias.extend(values.next());
        }
        Layer::from_sparse_rows(cols, sparse, bias)
    });
    Network::relu(layers.collect::<Result<_, _>>()?)
}

/// M·(⌈log₂(2B·2^q + 1)⌉ + ⌈log₂ P⌉) + Σ_l (2⌊log₂ N_l⌋ + 1) + 2⌊log₂(L + 1)⌋ + 2⌊log₂(M + 1)⌋ + 2, for the M, N, L of Φ.
///
/// Errors: [`Failure::Undefined`] if B < 0; [`Failure::Limit`] if the bound exceeds the integers of the machine.
pub fn bit_length_bound(phi: &Network, q: u32, bound: &Rational) -> Result<usize, Failure> {
    if bound.sign() == Sign::Negative {
        return Err(Failure::Undefined(format!(
            "bit length bound: expected B at least 0, got {bound}"
        )));
    }
    let steps =
        Rational::from(IBig::ONE << (usize::try_from(q).expect("at least 32 bits in a usize") + 1));
    // ⌈log₂ r⌉ = ⌈log₂ ⌈r⌉⌉ for r ≥ 1, as powers of two are integers.
    let values = (bound * &steps + Rational::one()).ceil() - IBig::ONE;
    let entry = values
        .bit_len()
        .checked_add(ceil_log2(phi.parameter_count()));
    let count = phi.connectivity();
    let headers: usize = phi
        .architecture()
        .into_iter()
        .map(|width| 2 * floor_log2(width) + 1)
        .sum();
    entry
        .and_then(|entry| entry.checked_mul(count)?.checked_add(headers))
        .and_then(|sum| {
            sum.checked_add(2 * floor_log2(phi.depth() + 1) + 2 * floor_log2(count + 1) + 2)
        })
        .ok_or_else(|| {
            Failure::Limit("bit length bound: more bits than a machine integer counts".into())
        })
}

fn on_grid(value: &Rational, q: u32) -> Result<IBig, Failure> {
    scaled_integer(
        value,
        usize::try_from(q).expect("at least 32 bits in a usize"),
    )
    .ok_or_else(|| {
        Failure::Shape(format!(
            "entry of an encoded network: expected a multiple of 2^-{q}, got {value}"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constructions::{identity_network, sawtooth, square};

    fn net(text: &str) -> Network {
        text.parse().unwrap()
    }

    fn check(phi: &Network, q: u32) {
        let bits = encode(phi, q).unwrap();
        assert_eq!(decode(&bits, q).unwrap(), *phi);
        assert!(
            bits.len() <= bit_length_bound(phi, q, &phi.weight_bound()).unwrap(),
            "{phi}"
        );
    }

    #[test]
    fn codes_round_trip_within_the_bound() {
        check(&net("net(([[0]], [0]))"), 0);
        check(&net("net(([[1]], [0]))"), 0);
        check(
            &net("net(([[-1,0,3/4],[0,0,0]], [0,-5/2]), ([[1/8,-1/8]], [1/2]))"),
            3,
        );
        check(&identity_network(3, 4).unwrap(), 0);
        check(&sawtooth(4).unwrap(), 1);
        check(&square(6).unwrap(), 14);
        check(&net("net(([[123456789012345678901234567890]], [1]))"), 2);
    }

    #[test]
    fn the_code_of_the_unit_network() {
        // γ(1) γ(2) γ(1) γ(1), position 0 in 1 bit, value 1 + 2 in 2 bits.
        let bits = encode(&net("net(([[1]], [0]))"), 0).unwrap();
        let text: String = bits
            .iter()
            .map(|&bit| if bit { '1' } else { '0' })
            .collect();
        assert_eq!(text, "1010110".to_owned() + "11");
        assert_eq!(
            bit_length_bound(&net("net(([[1]], [0]))"), 0, &Rational::one()).unwrap(),
            11
        );
    }

    #[test]
    fn entries_off_the_grid_and_other_activations_are_refused() {
        for (text, q) in [
            ("net(([[1/2]], [0]))", 0),
            ("net(([[1]], [1/3]))", 8),
            ("with_activation(net(([[1]], [0])), absolute)", 0),
        ] {
            assert!(
                matches!(encode(&net(text), q), Err(Failure::Shape(_))),
                "{text}"
            );
        }
    }

    #[test]
    fn strings_that_are_no_codes_are_refused() {
        let read = |text: &str| {
            decode(
                &text.bytes().map(|byte| byte == b'1').collect::<Vec<_>>(),
                0,
            )
        };
        assert!(read("101011011").is_ok());
        for text in [
            "",
            "0",
            "1",
            "10",
            "1010",
            "101011", // cut off
            "1010110101",
            "10101101",    // a bit more than the value 1 needs, a bit less
            "101011010",   // value 0
            "101011000",   // value −2 needs 3 bits
            "10101101011", // w = 4 is not the smallest width: 1011 = 3 needs 3 bits
            "1111",        // M = 0, fine header
            "11110",       // … with a bit left over
        ] {
            if text == "1111" {
                assert!(read(text).is_ok());
            } else {
                assert!(read(text).is_err(), "{text}");
            }
        }
        let zeros = vec![false; 5000];
        assert!(decode(&zeros, 0).is_err());
        let mut huge = Bits(Vec::new());
        [1, 1, 1 << 40, 1 << 40]
            .into_iter()
            .for_each(|n| huge.gamma(n));
        assert!(matches!(decode(&huge.0, 0), Err(Failure::Limit(_))));
    }

    #[test]
    fn every_prefix_and_every_flipped_bit_fails_or_means_another_network() {
        let phi = net("net(([[1,-2],[0,3]], [0,-5]), ([[4,0]], [1]))");
        let bits = encode(&phi, 0).unwrap();
        for i in 0..bits.len() {
            assert!(decode(&bits[..i], 0).is_err());
            let mut flipped = bits.clone();
            flipped[i] ^= true;
            if let Ok(other) = decode(&flipped, 0) {
                assert_ne!(other, phi);
                assert_eq!(encode(&other, 0).unwrap(), flipped);
            }
        }
    }

    #[test]
    fn a_negative_bound_is_refused() {
        let phi = net("net(([[1]], [0]))");
        assert!(bit_length_bound(&phi, 0, &Rational::from(-1)).is_err());
        assert!(bit_length_bound(&phi, 3, &Rational::new(1, 3).unwrap()).is_ok());
    }
}
