//! What a game shows.

use std::time::Duration;

use kernel::certificate::game::{Certificate, InMean, Named, Worse, centre};
use relu_core::number::rational::Rational;
use search::game::bound_shade;
use search::shadow::shade_of;
use serde_json::{Value, json};

/// Digits of roots.
const DIGITS: u32 = 12;

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
    let bound = bound_shade(certificate);
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
        "queries": queries(certificate), "error": error.to_string(), "bound": bound,
        "bound_power": certificate.bound_power.to_string(), "ratio": shade_of(error) / bound,
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
    let bound = bound_shade(certificate);
    let mut lines = vec![
        match player {
            Some(player) => format!("learner  {}: {asked}", player.name),
            None => format!("certificate checked: {asked}"),
        },
        format!(
            "pair     ±φ with φ(x) = {height}·max(0, 1 − {}·‖x − y‖₁), {} layers, width {}, entries at most {}",
            2 * u128::from(*cells),
            rules.depth,
            rules.width(),
            rules.bound
        ),
        format!("cell     [{}] of {cells} per axis", cell_words.join(", ")),
        format!("centre   y = [{}]", point(&centre(*cells, cell)).join(", ")),
        format!("peak     {height} ≈ {:.9}", shade_of(height)),
        format!("hits     {hits} of {} runs", runs.len()),
        format!(
            "error    at least {error} ≈ {:.9} for φ or for −φ",
            shade_of(error)
        ),
        format!("bound    {bound:.9} in the theorem"),
        format!("ratio    {:.6}", shade_of(error) / bound),
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
        "worse    {on}: error at least {} ≈ {:.9} at y, {kind}",
        named.error,
        shade_of(&named.error)
    )
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
