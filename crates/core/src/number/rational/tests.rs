use super::*;

fn number(text: &str) -> Rational {
    text.parse().unwrap()
}

const TOP: &str = "9223372036854775807";
const BOTTOM: &str = "-9223372036854775808";

#[test]
fn the_representation_is_canonical_at_the_limits() {
    let bottom = Rational::from_integer(i64::MIN);
    assert_eq!(bottom.small_parts(), None);
    assert_eq!(bottom.to_i64(), Some(i64::MIN));
    assert_eq!(bottom.to_string(), BOTTOM);
    assert_eq!(-&(-&bottom), bottom);
    assert_eq!(
        (&bottom + &Rational::one()).small_parts(),
        Some((i64::MIN + 1, 1))
    );
    assert_eq!(&number(TOP) + &Rational::one(), -&bottom);
    assert_eq!(
        (-&bottom - Rational::one()).small_parts(),
        Some((i64::MAX, 1))
    );
    assert_eq!(Rational::new(i64::MIN, i64::MIN), Some(Rational::one()));
    assert_eq!(
        Rational::new(1, i64::MIN).unwrap().to_string(),
        "-1/9223372036854775808"
    );
    assert_eq!(
        Rational::new(i64::MIN, 2).unwrap().small_parts(),
        Some((i64::MIN / 2, 1))
    );
    assert_eq!(Rational::new(0, -5), Some(Rational::zero()));
    assert_eq!(Rational::new(5, 0), None);
    assert_eq!(Rational::from_parts(1.into(), 0_u8.into()), None);
}

#[test]
fn a_product_of_large_numbers_comes_back() {
    let (a, b) = (number(TOP), number("9223372036854775783"));
    let product = &a * &b;
    assert_eq!(product.small_parts(), None);
    assert_eq!(product.over(&a), Some(b.clone()));
    assert_eq!(product.over(&b).unwrap().small_parts(), Some((i64::MAX, 1)));
    assert_eq!(product.recip().unwrap().recip(), Some(product.clone()));
    assert!((&product - &product).is_zero());
    let mut sum = -&product;
    sum.add_product(&a, &b);
    assert!(sum.is_zero());
}

#[test]
fn fused_sums_at_the_lower_limit_are_canonical() {
    // −3074457345618258602 − 2/3 = −2⁶³/3, and −(2⁶³ − 1) − 1 = −2⁶³.
    let mut sum = number("-3074457345618258602");
    sum.add_product(&number("-2"), &number("1/3"));
    assert_eq!(sum, number("-9223372036854775808/3"));
    assert_eq!(sum.small_parts(), None);
    let mut sum = number("-9223372036854775807");
    sum.add_product(&number("-1"), &Rational::one());
    assert_eq!(sum, number(BOTTOM));
    // −(2⁶³ − 2)/6 − 1/3 = −2⁶³/6 = −2⁶²/3 fits again.
    let mut sum = number("-9223372036854775806/6");
    sum.add_product(&number("-1"), &number("1/3"));
    assert_eq!(sum.small_parts(), Some((-(1 << 62), 3)));
}

#[test]
fn division_by_zero_is_none() {
    for text in ["0", "1", "-7/3", TOP] {
        assert_eq!(number(text).over(&Rational::zero()), None);
    }
    assert_eq!(Rational::zero().recip(), None);
    assert_eq!(Rational::zero().power(-1), None);
}

#[test]
fn roundings() {
    for (text, floor, ceil) in [
        ("7/2", 3, 4),
        ("-7/2", -4, -3),
        ("5", 5, 5),
        ("-5", -5, -5),
        ("0", 0, 0),
    ] {
        assert_eq!(
            (number(text).floor(), number(text).ceil()),
            (floor.into(), ceil.into()),
            "{text}"
        );
    }
    let large = number("-36893488147419103233/2");
    assert_eq!(large.floor().to_string(), "-18446744073709551617");
    assert_eq!(large.ceil().to_string(), "-18446744073709551616");
}

#[test]
fn powers() {
    assert_eq!(number("-2/3").pow(3), number("-8/27"));
    assert_eq!(number("-2/3").power(-3), Some(number("-27/8")));
    assert_eq!(Rational::zero().pow(0), Rational::one());
    assert_eq!(number("2").pow(63), number("9223372036854775808"));
    assert_eq!(number("1/3").pow(100).bits(), 160);
    assert_eq!(number("-1").power(i64::MIN), Some(Rational::one()));
    assert_eq!(number("-1").power(i64::MAX), Some(number("-1")));
    assert_eq!(Rational::zero().power(i64::MAX), Some(Rational::zero()));
    assert_eq!(number("2").power(1 << 32), None);
    assert_eq!(number("1/2").power(-(1 << 32)), None);
}

#[test]
fn predicates_and_conversions() {
    for (text, bits) in [
        ("0", 1),
        ("1", 2),
        ("-1", 2),
        ("5/4", 6),
        ("18446744073709551616", 66),
    ] {
        assert_eq!(number(text).bits(), bits, "{text}");
    }
    for (text, dyadic) in [
        ("3/4", true),
        ("0", true),
        ("1/3", false),
        ("1/6", false),
        ("1/18446744073709551616", true),
    ] {
        assert_eq!(number(text).is_dyadic(), dyadic, "{text}");
    }
    assert!(
        !number("1/18446744073709551617").is_dyadic() && number("18446744073709551617").is_dyadic()
    );
    assert_eq!(number("4294967295").to_u32(), Some(u32::MAX));
    for text in ["4294967296", "-1", "1/2"] {
        assert_eq!(number(text).to_u32(), None);
    }
    assert_eq!(number("9223372036854775808").to_i64(), None);
    assert_eq!(number("1/9223372036854775809").to_i64(), None);
    assert_eq!(
        Rational::midpoint(&number("1/3"), &number("1/2")),
        number("5/12")
    );
    assert_eq!(number("-3").half(), number("-3/2"));
    assert_eq!(number(BOTTOM).abs(), number("9223372036854775808"));
}

#[test]
fn a_number_is_two_words() {
    assert_eq!(size_of::<Rational>(), 16);
}
