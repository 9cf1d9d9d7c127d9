//! What a game shows.

use std::time::Duration;

use kernel::certificate::game::{Certificate, InMean, Named, Worse, centre};
use relu_core::number::rational::Rational;
use report::number::shortened;
use search::shadow::shade_of;
use serde_json::{Value, json};

/// Digits of roots.
const DIGITS: u32 = 12;

/// Digits of a number that are shown before it is shortened.
const MOST_DIGITS: usize = 24;

/// Who played, and how long it took.
pub struct Player<'a> {
    pub name: &'a str,
    pub time: Duration,
    pub own_time: Duration,
}

/// The hard pair and what it shows; without a player after a check.
pub fn print(certificate: &Certificate, player: Option<&Player<'_>>, as_json: bool) {
    match as_json {
        true => anstream::println!("{}", record(certificate, player)),
        false => {
            for line in lines(certificate, player) {
                anstream::println!("{line}");
            }
        }
    }
}

fn queries(certificate: &Certificate) -> usize {
    certificate.runs.iter().map(|run| run.queries.len()).sum()
}

fn point(x: &[Rational]) -> Vec<String> {
    x.iter().map(Rational::to_string).collect()
}

fn record(certificate: &Certificate, player: Option<&Player<'_>>) -> Value {
    let Certificate {
        rules,
        cells,
        cell,
        height,
        error,
        hits,
        runs,
        ..
    } = certificate;
    let bound = root(&certificate.bound_power, rules.dimension);
    let named = certificate.named.as_ref().map(|named| {
        json!({
            "worse": named.worse.to_string(), "point": point(&named.point), "error": named.error.to_string(),
            "essential": named.essential,
        })
    });
    let in_mean = certificate.in_mean.as_ref().map(|mean| {
        let shown = Mean::of(certificate, mean);
        json!({
            "p": mean.exponent, "norm_power": mean.norm_power.to_string(), "norm": shown.norm,
            "error_power": mean.error_power.to_string(), "error": shown.error,
            "bound_power": mean.bound_power.to_string(), "bound": shown.bound,
        })
    });
    let timing = player.map(|player| {
        json!({ "learner": player.time.as_secs_f64(), "referee": player.own_time.as_secs_f64() })
    });
    json!({
        "learner": player.map(|player| player.name), "d": rules.dimension, "L": rules.depth, "c": rules.bound.to_string(),
        "width": rules.width(), "samples": rules.samples, "cells": cells, "cell": cell,
        "centre": point(&centre(*cells, cell)), "height": height.to_string(), "seeds": runs.len(), "hits": hits,
        "queries": queries(certificate), "error": error.to_string(), "bound": shade_of(&bound),
        "bound_power": certificate.bound_power.to_string(), "ratio": shade_of(&ratio(certificate)),
        "ratio_power": certificate.ratio_power().to_string(), "named": named, "in_mean": in_mean, "timing": timing,
    })
}

fn lines(certificate: &Certificate, player: Option<&Player<'_>>) -> Vec<String> {
    let Certificate {
        rules,
        cells,
        cell,
        height,
        error,
        hits,
        runs,
        ..
    } = certificate;
    let asked = format!("{} queries in {} runs", queries(certificate), runs.len());
    let cell_words: Vec<String> = cell.iter().map(u64::to_string).collect();
    let bound = root(&certificate.bound_power, rules.dimension);
    let mut lines = vec![
        match player {
            Some(player) => format!("learner  {}: {asked}", player.name),
            None => format!("certificate checked: {asked}"),
        },
        format!(
            "pair     ±φ with φ(x) = {}·max(0, 1 − {}·‖x − y‖₁), {} layers, width {}, entries at most {}",
            shortened(&height.to_string(), MOST_DIGITS),
            2 * u128::from(*cells),
            rules.depth,
            rules.width(),
            rules.bound
        ),
        format!("cell     [{}] of {cells} per axis", cell_words.join(", ")),
        format!("centre   y = [{}]", point(&centre(*cells, cell)).join(", ")),
        format!("peak     {}", both(height)),
        format!("hits     {hits} of {} runs", runs.len()),
        format!("error    at least {} for φ or for −φ", both(error)),
        format!("bound    {} in the theorem", approximate(&bound, 9)),
        format!("ratio    {}", approximate(&ratio(certificate), 6)),
    ];
    lines.push(match &certificate.named {
        Some(named) => worse(named),
        None => "worse    on φ or on −φ: the output stays with the learner".to_owned(),
    });
    if let Some(mean) = &certificate.in_mean {
        lines.extend(Mean::of(certificate, mean).lines(mean));
    }
    if let Some(player) = player {
        lines.push(format!(
            "time     {:.3} s of the referee, {:.3} s of the learner",
            player.own_time.as_secs_f64(),
            player.time.as_secs_f64()
        ));
    }
    lines
}

fn worse(named: &Named) -> String {
    let on = match named.worse {
        Worse::Plus => "on φ",
        Worse::Minus => "on −φ",
        Worse::Both => "on φ and on −φ alike",
    };
    let kind = match named.essential {
        true => "also of the essential supremum, by continuity",
        false => "at this point only: nothing is said about continuity",
    };
    format!(
        "worse    {on}: error at least {} at y by what the learner answered there, {kind}",
        both(&named.error)
    )
}

/// The d-th root, from below to about twelve digits.
fn root(power: &Rational, d: usize) -> Rational {
    let degree = u32::try_from(d).expect("the rules were checked");
    // Scaled by a power of 10 to a number of ordinary size, as digits are counted after the point.
    let shift = decade(power) / i64::from(degree);
    let scale = power_of_ten(-shift * i64::from(degree));
    let (low, _) = (power * &scale)
        .root_between(degree, DIGITS)
        .expect("a power of a positive number");
    &low * &power_of_ten(shift)
}

/// The error divided by the bound.
fn ratio(certificate: &Certificate) -> Rational {
    root(&certificate.ratio_power(), certificate.rules.dimension)
}

/// About the exponent of a positive number to base 10.
fn decade(value: &Rational) -> i64 {
    let length = |text: String| i64::try_from(text.len()).expect("a length of text in memory");
    length(value.numerator().to_string()) - length(value.denominator().to_string())
}

fn power_of_ten(exponent: i64) -> Rational {
    let power = Rational::from(10).power(exponent);
    power.expect("10 is not 0, and exponents are lengths of numbers in memory")
}

/// A number as it is, shortened where it is long, and as a decimal.
pub fn both(value: &Rational) -> String {
    format!(
        "{} ≈ {}",
        shortened(&value.to_string(), MOST_DIGITS),
        approximate(value, 9)
    )
}

/// A decimal with so many places, in scientific notation for large and small numbers.
pub fn approximate(value: &Rational, places: usize) -> String {
    let decade = decade(&value.abs());
    if value.is_zero() || (-3..=9).contains(&decade) {
        return format!("{:.places$}", shade_of(value));
    }
    let digits = format!("{:.places$e}", shade_of(&(value * &power_of_ten(-decade))));
    let (digits, shift) = digits.split_once('e').expect("in scientific notation");
    let exponent = decade + shift.parse::<i64>().expect("a small exponent");
    format!("{digits}e{exponent}")
}

/// Roots, each between two decimal fractions.
struct Mean {
    norm: [String; 2],
    error: [String; 2],
    bound: [String; 2],
    ratio: f64,
}

impl Mean {
    fn of(certificate: &Certificate, mean: &InMean) -> Self {
        let degree = u32::try_from(certificate.rules.dimension).expect("the rules were checked");
        let root = |power: &Rational, n: u32| {
            power
                .root_between(n, DIGITS)
                .expect("a power of a positive number")
        };
        let error = root(&mean.error_power, mean.exponent);
        let bound = root(&mean.bound_power, mean.exponent * degree);
        let shown = |(low, high): &(Rational, Rational)| [decimal(low), decimal(high)];
        Self {
            norm: shown(&root(&mean.norm_power, mean.exponent)),
            ratio: shade_of(&error.0) / shade_of(&bound.1),
            error: shown(&error),
            bound: shown(&bound),
        }
    }

    fn lines(&self, mean: &InMean) -> [String; 4] {
        let p = mean.exponent;
        let between = |ends: &[String; 2]| format!("between {} and {}", ends[0], ends[1]);
        [
            format!(
                "norm     of φ in L^{p} {}, its power {p} is {}",
                between(&self.norm),
                mean.norm_power
            ),
            format!(
                "error    in L^{p} at least a number {}",
                between(&self.error)
            ),
            format!("bound    in L^{p} {} in the theorem", between(&self.bound)),
            format!("ratio    in L^{p} {:.6}", self.ratio),
        ]
    }
}

/// A decimal fraction with all its digits.
fn decimal(value: &Rational) -> String {
    let mut scaled = value.clone();
    let mut places = 0;
    while !scaled.is_integer() {
        scaled = &scaled * &Rational::from(10);
        places += 1;
    }
    let digits = format!("{:0>1$}", scaled.to_string(), places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    match rest.is_empty() {
        true => whole.to_owned(),
        false => format!("{whole}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_and_small_numbers_are_in_scientific_notation() {
        for (value, places, text) in [
            ("3/8", 9, "0.375000000"),
            ("0", 3, "0.000"),
            ("32", 6, "32.000000"),
            ("1/3000000", 3, "3.333e-7"),
            ("12345678901234", 4, "1.2346e13"),
        ] {
            assert_eq!(approximate(&value.parse().unwrap(), places), text);
        }
        let huge = Rational::from(10).pow(400);
        assert_eq!(approximate(&huge, 2), "1.00e400");
        let tiny = huge.recip().unwrap();
        assert_eq!(approximate(&(&tiny * &Rational::from(7)), 1), "7.0e-400");
        assert_eq!(root(&huge, 4), Rational::from(10).pow(100));
        assert_eq!(root(&tiny, 4), Rational::from(10).pow(100).recip().unwrap());
    }

    #[test]
    fn decimals_have_all_their_digits() {
        for (value, text) in [
            ("0", "0"),
            ("7", "7"),
            ("3/8", "0.375"),
            ("1/1000", "0.001"),
            ("12345/100", "123.45"),
        ] {
            assert_eq!(decimal(&value.parse().unwrap()), text);
        }
    }
}
