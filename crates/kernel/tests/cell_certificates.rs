//! Certificates of cells: round trips, and everything that has to be refused.
#![allow(clippy::unwrap_used)]

use kernel::certificate::cells::{Certificate, Quantity, Refused};
use relu_core::geometry::Domain;
use relu_core::geometry::cells::{Complex, Standing};
use relu_core::network::Network;
use relu_core::number::rational::Rational;

const TEXT: &str = "net(([[1,0],[0,1],[1,1],[0,0]], [0,0,-1,0]), ([[1,-2,1,1],[1,1,-1,1]], [0,1/3]), ([[1,-1]], [0]))";

fn network(text: &str) -> Network {
    text.parse().unwrap()
}

fn square() -> Domain {
    Domain::interval((-1).into(), 2.into())
        .unwrap()
        .power(2)
        .unwrap()
}

fn certificate() -> Certificate {
    let phi = network(TEXT);
    let complex = Complex::new(&phi, &square(), &[], 1000).unwrap();
    Certificate::of(&phi, &square(), &complex).unwrap()
}

#[test]
fn a_certificate_survives_its_file() {
    let good = certificate();
    let read: Certificate = good.to_string().parse().unwrap();
    assert_eq!(read, good);
    let checked = read.check(&network(TEXT)).unwrap();
    let count = Rational::from(i64::try_from(checked.list.len()).unwrap());
    assert!(good.quantities.contains(&(Quantity::Cells, count)));
    assert_eq!(good.quantities.len(), Quantity::ALL.len());
    // The neuron that vanishes everywhere stands on its kink.
    assert!(
        good.cells
            .cells
            .iter()
            .all(|cell| cell.pattern[3] == Standing::Kink(0))
    );
}

#[test]
fn nudged_values_are_refused() {
    let phi = network(TEXT);
    for i in 0..Quantity::ALL.len() {
        for step in [1, -1] {
            let mut wrong = certificate();
            let nudge = Rational::new(step, 1000).unwrap();
            wrong.quantities[i].1 = &wrong.quantities[i].1 + &nudge;
            assert!(
                matches!(wrong.check(&phi), Err(Refused::Value { quantity, .. }) if quantity == Quantity::ALL[i])
            );
        }
    }
}

#[test]
fn gaps_overlaps_and_foreign_networks_are_refused() {
    let phi = network(TEXT);
    let good = certificate();
    let mut gap = good.clone();
    gap.cells.cells.remove(2);
    gap.quantities.clear();
    assert!(matches!(gap.check(&phi), Err(Refused::List(_))));
    let mut overlap = good.clone();
    overlap.cells.cells.push(good.cells.cells[0].clone());
    assert!(matches!(overlap.check(&phi), Err(Refused::List(_))));
    let mut smaller = good.clone();
    smaller.domain[0].1 = Rational::one();
    assert!(matches!(smaller.check(&phi), Err(Refused::List(_))));
    let mut reversed = good.clone();
    reversed.domain[0] = (Rational::one(), Rational::zero());
    assert!(matches!(reversed.check(&phi), Err(Refused::List(_))));
    let other = network(&TEXT.replace("1/3", "1/4"));
    assert!(matches!(good.check(&other), Err(Refused::Network { .. })));
    // The right id for the wrong network does not help.
    let mut forged = good.clone();
    forged.network_sha256 = kernel::certificate::branch::network_sha256(&other);
    assert!(matches!(
        forged.check(&other),
        Err(Refused::List(_) | Refused::Value { .. })
    ));
}

#[test]
fn damaged_files_are_unreadable() {
    let text = certificate().to_string();
    for damaged in [
        String::new(),
        text[..text.len() / 2].to_owned(),
        text.replace("format = 1", "format = 2"),
        text.replace("kind = \"cells\"", "kind = \"faces\""),
        text.replace("sha256:", "md5:"),
        text.replace("\"largest ", "\"greatest "),
        text.replace("\"-1 2\"", "\"-1\""),
        text.replace(": 0", "; 0"),
        text.replace("vertices = [", "vertices = [\"x y\", "),
        format!("{text}more = 1\n"),
    ] {
        assert_ne!(damaged, text);
        let read = damaged.parse::<Certificate>();
        assert!(matches!(read, Err(Refused::Unreadable(_))), "{damaged}");
    }
}
