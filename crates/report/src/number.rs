//! Exact numbers as a reader sees them: decimals that never round onto 1, shares, counts with separators.
//!
//! Values arrive as text, `p/q` or `p`. Anything else (an algebraic number, say) is shown as it stands.

use dashu_int::{IBig, UBig};

/// Decimals shown of a ratio.
const DIGITS: usize = 4;

/// A nonnegative fraction with a positive denominator.
struct Fraction {
    numerator: UBig,
    denominator: UBig,
}

impl Fraction {
    fn parse(text: &str) -> Option<Self> {
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(numerator) || !digits(denominator) {
            return None;
        }
        let denominator = UBig::from_str_radix(denominator, 10).ok()?;
        let numerator = UBig::from_str_radix(numerator, 10).ok()?;
        (denominator > UBig::ZERO).then_some(Self {
            numerator,
            denominator,
        })
    }

    /// ⌊10^exponent · self⌋ or ⌈…⌉.
    fn scaled(&self, exponent: isize, up: bool) -> UBig {
        let power = UBig::from(10u8).pow(exponent.unsigned_abs());
        let (top, bottom) = if exponent >= 0 {
            (&self.numerator * power, self.denominator.clone())
        } else {
            (self.numerator.clone(), &self.denominator * power)
        };
        let floor = &top / &bottom;
        if up && &floor * &bottom != top {
            floor + UBig::ONE
        } else {
            floor
        }
    }
}

/// The ratio as a decimal, rounded away from 1: below 1 downwards, above 1 upwards, so that `1` is printed for 1 alone.
///
/// A rounded value has all its decimals, an exact one no trailing zeros. Below 1/1000 and from 10⁶ on in scientific notation. Text that is no nonnegative fraction is returned as it stands.
pub fn ratio(text: &str) -> String {
    let Some(value) = Fraction::parse(text) else {
        return text.to_owned();
    };
    directed(&value, value.numerator > value.denominator)
}

/// A side of a comparison: numbers `between p/q and r/s` as decimals rounded outwards, others with at most `most` digits as [`shortened`] does.
pub fn side(text: &str, most: usize) -> String {
    let ends = text.strip_prefix("between ").and_then(|ends| {
        let (lower, upper) = ends.split_once(" and ")?;
        Some(format!(
            "between {} and {}",
            signed(lower, false)?,
            signed(upper, true)?
        ))
    });
    ends.unwrap_or_else(|| shortened(text, most))
}

/// A fraction of either sign as a decimal, rounded up or down.
fn signed(text: &str, up: bool) -> Option<String> {
    match text.strip_prefix('-') {
        Some(size) => Some(format!("-{}", directed(&Fraction::parse(size)?, !up))),
        None => Some(directed(&Fraction::parse(text)?, up)),
    }
}

/// The decimal, rounded up or down.
fn directed(value: &Fraction, up: bool) -> String {
    if value.numerator == UBig::ZERO {
        return "0".to_owned();
    }
    let small = value.scaled(3, false) == UBig::ZERO;
    let large = value.scaled(0, false) >= UBig::from(1_000_000u32);
    if small || large {
        scientific(value, up)
    } else {
        rounded(value, up)
    }
}

/// A share as a percentage with one decimal, rounded down. Text that is no nonnegative fraction is returned as it stands.
pub fn percent(text: &str) -> String {
    Fraction::parse(text).map_or_else(
        || text.to_owned(),
        |value| format!("{} %", decimal(&value.scaled(3, false), 1)),
    )
}

/// ⌊1000 · value⌋, at most 1000: the length of a bar. None if the text is no nonnegative fraction.
pub fn thousandths(text: &str) -> Option<u32> {
    let scaled = Fraction::parse(text)?.scaled(3, false);
    Some(u32::try_from(&scaled).unwrap_or(1000).min(1000))
}

/// The larger of two values, both as text; a value that is no fraction loses.
pub fn larger<'a>(a: &'a str, b: &'a str) -> &'a str {
    match (Fraction::parse(a), Fraction::parse(b)) {
        (Some(left), Some(right))
            if left.numerator.clone() * &right.denominator
                < right.numerator.clone() * &left.denominator =>
        {
            b
        }
        (None, Some(_)) => b,
        _ => a,
    }
}

/// The bound 3/n on a probability after n independent draws without a failure, as text; none for n < 3.
pub fn rule_of_three(draws: u64) -> Option<String> {
    (draws >= 3).then(|| {
        let common = if draws.is_multiple_of(3) { 3 } else { 1 };
        format!("{}/{}", 3 / common, grouped(draws / common))
    })
}

/// A count with commas between groups of three digits.
pub fn grouped(count: u64) -> String {
    separated(&count.to_string())
}

/// An integer or fraction whose digits are cut in the middle if there are more than `most` of them.
///
/// The first and last digits stay, with the number of digits between them. Other text is returned as it stands.
pub fn shortened(text: &str, most: usize) -> String {
    text.split('/')
        .map(|part| shortened_integer(part, most))
        .collect::<Vec<_>>()
        .join("/")
}

fn shortened_integer(text: &str, most: usize) -> String {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() <= most || text.parse::<IBig>().is_err() {
        return text.to_owned();
    }
    let kept = most / 2;
    let (head, tail) = (
        &text[..text.len() - digits.len() + kept],
        &text[text.len() - kept..],
    );
    format!("{head}…{tail} ({} digits)", digits.len())
}

fn separated(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `scaled` · 10^(−digits) without trailing zeros.
fn decimal(scaled: &UBig, digits: usize) -> String {
    let text = format!("{:0>1$}", scaled.to_string(), digits + 1);
    let (whole, fraction) = text.split_at(text.len() - digits);
    let fraction = fraction.trim_end_matches('0');
    let whole = separated(whole);
    if fraction.is_empty() {
        whole
    } else {
        format!("{whole}.{fraction}")
    }
}

/// The value with [`DIGITS`] decimals; without trailing zeros if that is exact, so that they tell a rounded value.
fn rounded(value: &Fraction, up: bool) -> String {
    let text = decimal(&value.scaled(DIGITS as isize, up), DIGITS);
    if value.scaled(DIGITS as isize, true) == value.scaled(DIGITS as isize, false) {
        return text;
    }
    let decimals = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let point = if decimals == 0 { "." } else { "" };
    format!("{text}{point}{}", "0".repeat(DIGITS - decimals))
}

/// Two significant digits and a power of ten; `value` > 0.
fn scientific(value: &Fraction, up: bool) -> String {
    let length = |number: &UBig| number.to_string().len() as isize;
    // 10^(estimate − 1) < value < 10^(estimate + 1), so one of two exponents gives two digits
    let estimate = length(&value.numerator) - length(&value.denominator);
    let (ten, hundred) = (UBig::from(10u8), UBig::from(100u8));
    let exponent = if value.scaled(1 - estimate, false) >= ten {
        estimate
    } else {
        estimate - 1
    };
    let mut digits = value.scaled(1 - exponent, up);
    let mut exponent = exponent;
    if digits >= hundred {
        digits = ten;
        exponent += 1;
    }
    format!("{}e{exponent}", decimal(&digits, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_rounded_away_from_one() {
        assert_eq!(ratio("1"), "1");
        assert_eq!(ratio("7/7"), "1");
        assert_eq!(ratio("99999999/100000000"), "0.9999");
        assert_eq!(ratio("100000001/100000000"), "1.0001");
        assert_eq!(ratio("3/4"), "0.75");
        assert_eq!(ratio("1/3"), "0.3333");
        assert_eq!(ratio("2/3"), "0.6666");
        assert_eq!(ratio("4/3"), "1.3334");
        assert_eq!(ratio("0"), "0");
        assert_eq!(ratio("255/256"), "0.9960");
        assert_eq!(ratio("1025/1024"), "1.0010");
        assert_eq!(ratio("19999/10001"), "1.9998");
        assert_eq!(ratio("20001/10001"), "2.0000");
        assert_eq!(ratio("12345/2"), "6,172.5");
    }

    #[test]
    fn enclosed_sides_are_rounded_outwards() {
        assert_eq!(side("between 1/3 and 2/3", 30), "between 0.3333 and 0.6667");
        assert_eq!(
            side("between -2/3 and -1/3", 30),
            "between -0.6667 and -0.3333"
        );
        assert_eq!(side("between -1/2 and 0", 30), "between -0.5 and 0");
        assert_eq!(side("between 1/3 and x", 30), "between 1/3 and x");
        assert_eq!(side("1/3", 30), "1/3");
        assert_eq!(side("1234567", 4), shortened("1234567", 4));
    }

    #[test]
    fn very_small_and_very_large_ratios_are_scientific() {
        assert_eq!(ratio("1/1000"), "0.001");
        assert_eq!(ratio("1/1001"), "9.9e-4");
        assert_eq!(ratio("1/3000000"), "3.3e-7");
        assert_eq!(ratio("1/1000000"), "1e-6");
        assert_eq!(ratio("1000000"), "1e6");
        assert_eq!(ratio("9990001"), "1e7");
        assert_eq!(ratio(&format!("1{}", "0".repeat(300))), "1e300");
        assert_eq!(ratio(&format!("1/{}", "9".repeat(50))), "1e-50");
    }

    #[test]
    fn what_is_no_fraction_is_left_alone() {
        for text in [
            "",
            "/",
            "1/",
            "/2",
            "1/0",
            "-1/2",
            "root(3*c^2 - 1, 1/2, 1)",
            "1.5",
            "1e3",
            "½",
        ] {
            assert_eq!(ratio(text), text);
            assert_eq!(thousandths(text), None, "{text}");
        }
        assert_eq!(percent("many"), "many");
    }

    #[test]
    fn shares_and_bars_are_rounded_down() {
        assert_eq!(percent("1/2"), "50 %");
        assert_eq!(percent("999/1000"), "99.9 %");
        assert_eq!(percent("9999/10000"), "99.9 %");
        assert_eq!(percent("1/10000"), "0 %");
        assert_eq!(thousandths("999999/1000000"), Some(999));
        assert_eq!(thousandths("7/2"), Some(1000));
        assert_eq!(thousandths("0"), Some(0));
        assert_eq!(thousandths(&"9".repeat(60)), Some(1000));
    }

    #[test]
    fn counts_and_long_numbers() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(20_000), "20,000");
        assert_eq!(grouped(1_155_068_769_254_400), "1,155,068,769,254,400");
        assert_eq!(shortened("123/4567", 10), "123/4567");
        assert_eq!(
            shortened("-12345678901234567890", 10),
            "-12345…67890 (20 digits)"
        );
        assert_eq!(
            shortened("net(([[1]], [0]), ([[1]], [0]))", 10),
            "net(([[1]], [0]), ([[1]], [0]))"
        );
        assert_eq!(rule_of_three(20_000), Some("3/20,000".to_owned()));
        assert_eq!(rule_of_three(30_000), Some("1/10,000".to_owned()));
        assert_eq!(rule_of_three(2), None);
    }

    #[test]
    fn the_larger_of_two_ratios() {
        assert_eq!(larger("1/3", "1/2"), "1/2");
        assert_eq!(larger("2/3", "1/2"), "2/3");
        assert_eq!(larger("x", "1/2"), "1/2");
        assert_eq!(larger("1/2", "x"), "1/2");
    }
}
