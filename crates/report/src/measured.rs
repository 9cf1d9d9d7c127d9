//! Measured numbers, which are floats, as a reader sees them.

/// The number with so many significant digits; below 1/1000 and from 10⁶ on in scientific notation. Trailing zeros are digits.
pub(crate) fn significant(value: f64, digits: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    let scientific = format!("{value:.*e}", digits.saturating_sub(1));
    let exponent = scientific
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse::<i32>().ok());
    match exponent {
        Some(exponent @ -3..=5) => {
            let decimals = digits as i32 - 1 - exponent;
            format!("{value:.*}", decimals.max(0) as usize)
        }
        _ => scientific,
    }
}

/// A whole number in superscript.
pub(crate) fn raised(number: i32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let place = |character: char| match character.to_digit(10) {
        Some(digit) => DIGITS[digit as usize],
        None => '⁻',
    };
    number.to_string().chars().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn significant_digits() {
        for (value, text) in [
            (0.0123456, "0.0123"),
            (0.001, "0.00100"),
            (0.00099999, "0.00100"),
            (0.0009, "9.00e-4"),
            (12.345, "12.3"),
            (1234.5, "1234"),
            (999.96, "1000"),
            (-0.5, "-0.500"),
            (2.5e9, "2.50e9"),
            (0.0, "0"),
        ] {
            assert_eq!(significant(value, 3), text);
        }
        assert_eq!(significant(5.55, 1), "6");
    }

    #[test]
    fn superscripts() {
        assert_eq!(raised(-13), "⁻¹³");
        assert_eq!(raised(0), "⁰");
    }
}
