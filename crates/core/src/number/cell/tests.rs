use super::*;
use crate::field::{Field, Order};
use crate::number::scalar::Scalar;

fn poly(coefficients: &[i64]) -> Poly {
    Poly::from_coefficients(coefficients.iter().map(|&a| Rational::from(a)).collect())
}

fn number(text: &str) -> Algebraic {
    Algebraic::from(text.parse::<Rational>().unwrap())
}

fn root_two() -> Algebraic {
    Algebraic::root(&poly(&[-2, 0, 1]), 1.into(), 2.into()).unwrap()
}

fn interval(lower: &str, upper: &str) -> RealCell {
    RealCell::open(Some(number(lower)), Some(number(upper))).unwrap()
}

mod cells {
    use super::*;

    #[test]
    fn signs_without_a_root_inside() {
        let line = RealCell::line();
        assert_eq!(line.sign_of(&poly(&[1, 0, 1])), Ok(Sign::Positive));
        assert_eq!(line.sign_of(&poly(&[-1, 1, -1])), Ok(Sign::Negative));
        assert_eq!(line.sign_of(&poly(&[-3])), Ok(Sign::Negative));
        assert_eq!(line.sign_of(&Poly::zero()), Ok(Sign::Zero));
        let unit = interval("0", "1");
        // Roots at the ends are not inside.
        assert_eq!(unit.sign_of(&poly(&[0, 1, -1])), Ok(Sign::Positive));
        assert_eq!(unit.sign_of(&poly(&[0, 1])), Ok(Sign::Positive));
        assert_eq!(unit.sign_of(&poly(&[-1, 1])), Ok(Sign::Negative));
        assert_eq!(unit.sign_of(&poly(&[-2, 0, 1])), Ok(Sign::Negative));
        let above = RealCell::open(Some(root_two()), None).unwrap();
        assert_eq!(above.sign_of(&poly(&[-2, 0, 1])), Ok(Sign::Positive));
        assert_eq!(above.sign_of(&poly(&[1, -1])), Ok(Sign::Negative));
    }

    #[test]
    fn roots_inside_split() {
        for (cell, coefficients, factor) in [
            (RealCell::line(), &[0, 1][..], &[0, 1][..]),
            (RealCell::line(), &[2, 0, -1], &[-2, 0, 1]),
            // A double root keeps the sign beside it, but not at it.
            (RealCell::line(), &[1, -2, 1], &[-1, 1]),
            (RealCell::line(), &[1, 0, 0, 7], &[1, 0, 0, 7]),
            (interval("0", "1"), &[-1, 2], &[-1, 2]),
            (interval("1", "2"), &[-2, 0, 1], &[-2, 0, 1]),
        ] {
            assert_eq!(
                cell.sign_of(&poly(coefficients)),
                Err(Failure::Split(poly(factor))),
                "{cell}"
            );
        }
        let above = RealCell::open(Some(root_two()), None).unwrap();
        assert!(above.sign_of(&poly(&[-3, 2])).is_err());
    }

    #[test]
    fn points_have_exact_signs() {
        let point = RealCell::Point(root_two());
        assert_eq!(point.sign_of(&poly(&[-2, 0, 1])), Ok(Sign::Zero));
        assert_eq!(point.sign_of(&poly(&[-3, 2])), Ok(Sign::Negative));
        assert_eq!(
            RealCell::Point(number("1/2")).sign_of(&poly(&[-1, 2])),
            Ok(Sign::Zero)
        );
    }

    #[test]
    fn splitting_covers_the_cell() {
        let parts = RealCell::line().split(&poly(&[0, -1, 0, 1]));
        let texts: Vec<_> = parts.iter().map(RealCell::to_string).collect();
        assert_eq!(
            texts,
            [
                "(-∞, -1)",
                "{-1}",
                "(-1, 0)",
                "{0}",
                "(0, 1)",
                "{1}",
                "(1, ∞)"
            ]
        );
        assert_eq!(
            interval("0", "1").split(&poly(&[0, -1, 0, 1])),
            [interval("0", "1")]
        );
        assert_eq!(
            RealCell::Point(root_two()).split(&poly(&[-2, 0, 1])).len(),
            1
        );
        let parts = interval("0", "2").split(&poly(&[-2, 0, 1]));
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[1], RealCell::Point(root_two()));
        for part in &parts {
            assert!(part.sign_of(&poly(&[-2, 0, 1])).is_ok());
        }
    }

    #[test]
    fn samples_are_the_simplest_numbers() {
        let text = |cell: &RealCell| {
            cell.sample()
                .map_or("none".into(), |value| value.to_string())
        };
        assert_eq!(text(&RealCell::line()), "0");
        assert_eq!(text(&interval("0", "1")), "1/2");
        assert_eq!(
            text(&RealCell::open(Some(number("5/2")), None).unwrap()),
            "3"
        );
        assert_eq!(text(&RealCell::open(Some(number("3")), None).unwrap()), "4");
        assert_eq!(
            text(&RealCell::open(None, Some(number("-3"))).unwrap()),
            "-4"
        );
        assert_eq!(text(&RealCell::open(None, Some(number("3"))).unwrap()), "0");
        assert_eq!(text(&RealCell::open(Some(root_two()), None).unwrap()), "2");
        assert_eq!(
            text(&RealCell::open(Some(root_two()), Some(number("3/2"))).unwrap()),
            "10/7"
        );
        assert_eq!(text(&RealCell::Point(number("2/3"))), "2/3");
        assert_eq!(text(&RealCell::Point(root_two())), "none");
    }

    #[test]
    fn empty_intervals_are_refused() {
        assert_eq!(RealCell::open(Some(number("1")), Some(number("1"))), None);
        assert_eq!(RealCell::open(Some(root_two()), Some(number("1"))), None);
        assert!(!interval("0", "1").contains(&number("1")));
        assert!(interval("1", "2").contains(&root_two()));
    }
}

mod contexts {
    use super::*;

    fn infinitesimal(cell: RealCell) -> RealContext {
        RealContext::new(cell, Others::Infinitesimal)
    }

    fn equations(cell: RealCell) -> RealContext {
        RealContext::new(cell, Others::EquationOnly)
    }

    fn c() -> Scalar {
        Scalar::symbol(0)
    }

    fn e() -> Scalar {
        Scalar::symbol(1)
    }

    #[test]
    fn infinitesimals_do_not_change_a_sign() {
        let order = infinitesimal(interval("0", "1"));
        assert_eq!(order.sign(&e().plus(&1.into())), Ok(Sign::Positive));
        assert_eq!(order.sign(&e().minus(&c())), Ok(Sign::Negative));
        assert_eq!(
            order.sign(&e().plus(&c()).over(&c().minus(&2.into())).unwrap()),
            Ok(Sign::Negative)
        );
        assert_eq!(order.sign(&e().minus(&e())), Ok(Sign::Zero));
    }

    #[test]
    fn infinitesimals_alone_are_not_generic() {
        let order = infinitesimal(interval("0", "1"));
        assert_eq!(order.sign(&e()), Err(Failure::NonGeneric));
        assert_eq!(order.sign(&e().times(&c())), Err(Failure::NonGeneric));
        assert_eq!(
            order.sign(&Scalar::one().over(&e()).unwrap()),
            Err(Failure::NonGeneric)
        );
        // The constant coefficient changes its sign inside the cell.
        let value = e().plus(&c().times(&2.into())).minus(&1.into());
        assert_eq!(order.sign(&value), Err(Failure::Split(poly(&[-1, 2]))));
        let at = infinitesimal(RealCell::Point(number("1/2")));
        assert_eq!(at.sign(&value), Err(Failure::NonGeneric));
    }

    #[test]
    fn coefficients_that_vanish_at_the_point_do_not_count() {
        let order = infinitesimal(RealCell::Point(root_two()));
        let zero_there = c().pow(2).minus(&2.into());
        assert_eq!(order.sign(&zero_there.times(&e())), Ok(Sign::Zero));
        assert_eq!(
            order.sign(&zero_there.times(&e()).minus(&c())),
            Ok(Sign::Negative)
        );
        assert_eq!(order.sign(&zero_there.plus(&e())), Err(Failure::NonGeneric));
        let order = equations(RealCell::Point(root_two()));
        assert_eq!(order.sign(&zero_there.times(&e())), Ok(Sign::Zero));
        assert_eq!(
            order.equal(&zero_there.times(&e()).plus(&c()), &c()),
            Ok(true)
        );
        assert_eq!(
            order.equal(&zero_there.over(&e()).unwrap(), &Scalar::zero()),
            Ok(true)
        );
    }

    #[test]
    fn equation_only_symbols_have_no_order() {
        let order = equations(RealCell::line());
        assert!(matches!(order.sign(&e()), Err(Failure::Unknown(_))));
        assert!(matches!(
            order.sign(&e().pow(2).plus(&1.into())),
            Err(Failure::Unknown(_))
        ));
        assert!(matches!(
            order.sign(&Scalar::one().over(&e()).unwrap()),
            Err(Failure::Unknown(_))
        ));
        assert!(matches!(order.equal(&e(), &c()), Err(Failure::Unknown(_))));
        assert!(matches!(
            order.compare(&e(), &Scalar::zero()),
            Err(Failure::Unknown(_))
        ));
        assert_eq!(order.equal(&e().times(&c()), &c().times(&e())), Ok(true));
        assert_eq!(order.equal(&e(), &e().plus(&1.into())), Ok(false));
        assert_eq!(
            order.compare(&e().plus(&2.into()), &e()),
            Ok(Ordering::Greater)
        );
    }

    #[test]
    fn common_factors_do_not_hide_a_value() {
        // (e + 1)(c − 3)/((e + 1)(c² + 1)): neither side divides the other.
        let factor = e().plus(&1.into());
        let top = factor.times(&c().minus(&3.into())).numerator();
        let bottom = factor.times(&c().pow(2).plus(&1.into())).numerator();
        let value = Scalar::fraction(top, bottom).unwrap();
        assert_eq!(
            equations(interval("0", "1")).sign(&value),
            Ok(Sign::Negative)
        );
        assert_eq!(
            equations(RealCell::line()).sign(&value),
            Err(Failure::Split(poly(&[-3, 1])))
        );
    }

    #[test]
    fn denominators_must_not_vanish() {
        let value = Scalar::one().over(&c().minus(&1.into())).unwrap();
        for others in [Others::EquationOnly, Others::Infinitesimal] {
            let order = |cell| RealContext::new(cell, others);
            assert_eq!(
                order(RealCell::line()).sign(&value),
                Err(Failure::Split(poly(&[-1, 1])))
            );
            assert_eq!(order(interval("0", "1")).sign(&value), Ok(Sign::Negative));
            let at_pole = order(RealCell::Point(number("1"))).sign(&value);
            assert!(matches!(at_pole, Err(Failure::Undefined(_))));
        }
    }

    #[test]
    fn equality_of_expressions_in_the_ordered_symbol() {
        let order = equations(RealCell::line());
        assert_eq!(order.equal(&c(), &c()), Ok(true));
        assert_eq!(order.equal(&c(), &c().plus(&1.into())), Ok(false));
        assert_eq!(
            order.equal(&c(), &1.into()),
            Err(Failure::Split(poly(&[-1, 1])))
        );
        assert_eq!(
            equations(RealCell::Point(number("1"))).equal(&c(), &1.into()),
            Ok(true)
        );
        assert_eq!(order.equal(&2.into(), &3.into()), Ok(false));
    }
}
