//! Broken input: whatever the bytes are, there is an answer and no panic.

use quickcheck::{Arbitrary, Gen, QuickCheck};

use super::fixtures::ALL;
use super::{BASE, codes, vocabulary};
use crate::diagnostic::{Sources, code, render};
use crate::file::Claim;

/// Reads bytes and renders what was found, in both ways.
fn survives(bytes: &[u8]) {
    let loaded = Claim::from_bytes("theorems/derivative/base.toml", bytes, vocabulary::get());
    let sources = Sources::from(loaded.file.clone());
    let plain = render(&loaded.diagnostics, &sources, false);
    let _ = render(&loaded.diagnostics, &sources, true);
    assert_eq!(plain.is_empty(), loaded.diagnostics.is_empty());
    for diagnostic in &loaded.diagnostics {
        let _ = diagnostic.record(&sources);
        assert!(
            loaded.file.text.get(diagnostic.span.clone()).is_some(),
            "{diagnostic:?}"
        );
    }
    assert!(
        loaded.claim.is_some()
            || loaded
                .diagnostics
                .iter()
                .any(|diagnostic| diagnostic.is_error())
    );
    if let Some(claim) = loaded.claim {
        let _ = claim.statement_sha256(vocabulary::get());
        for mutant in &claim.mutants {
            assert!(
                claim.mutated(mutant, vocabulary::get()).is_ok(),
                "a mutant that was accepted applies"
            );
        }
    }
}

/// A worked claim after a few changes of its bytes.
#[derive(Clone, Debug)]
struct Mangled(Vec<u8>);

/// Pieces that mean something to one of the layers.
const PIECES: [&str; 30] = [
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\n",
    "#",
    "(",
    ")",
    "\\",
    "\u{feff}",
    "\r",
    "Φ",
    "_",
    "@",
    "=>",
    ":",
    "every(",
    "almost-all",
    "0",
    "1e9",
    "]]",
    "[[mutant]]\n",
    "\u{0}",
];

impl Arbitrary for Mangled {
    fn arbitrary(g: &mut Gen) -> Self {
        let (_, text) = g.choose(ALL).copied().unwrap_or(("", BASE));
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..1 + usize::arbitrary(g) % 4 {
            let at = usize::arbitrary(g) % (bytes.len() + 1);
            let to = (at + usize::arbitrary(g) % 12).min(bytes.len());
            match u8::arbitrary(g) % 6 {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..to)),
                2 => bytes.insert(at, u8::arbitrary(g)),
                3 => {
                    let again = bytes[at..to].to_vec();
                    drop(bytes.splice(at..at, again));
                }
                4 => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = u8::arbitrary(g);
                    }
                }
                _ => {
                    let piece = g.choose(&PIECES).copied().unwrap_or("");
                    drop(bytes.splice(at..to, piece.bytes()));
                }
            }
        }
        Mangled(bytes)
    }
}

#[test]
fn mangled_claims_never_panic() {
    fn property(Mangled(bytes): Mangled) -> bool {
        survives(&bytes);
        true
    }
    QuickCheck::new()
        .tests(2_000)
        .quickcheck(property as fn(Mangled) -> bool);
}

#[test]
fn random_bytes_never_panic() {
    fn property(bytes: Vec<u8>) -> bool {
        survives(&bytes);
        true
    }
    QuickCheck::new()
        .tests(500)
        .quickcheck(property as fn(Vec<u8>) -> bool);
}

#[test]
fn truncated_claims_never_panic() {
    for at in 0..BASE.len() {
        survives(&BASE.as_bytes()[..at]);
    }
}

#[test]
fn deep_nesting_is_reported_or_read() {
    let formula = |formula: &str| BASE.replace("deriv(phi, x, c) == jacobian(phi, x)", formula);
    let deep = 40_000;
    survives(formula(&format!("{}c{} == c", "(".repeat(deep), ")".repeat(deep))).as_bytes());
    survives(formula(&format!("{}c == c", "-".repeat(deep))).as_bytes());
    survives(formula(&"[".repeat(deep)).as_bytes());
    survives(formula(&format!("c == {}", "if c > 0 then ".repeat(deep))).as_bytes());
    survives(
        BASE.replace("vec(indim(phi))", &"vec(".repeat(deep))
            .as_bytes(),
    );
    survives(
        BASE.replace("generic(phi)", &format!("{}phi", "generic(".repeat(deep)))
            .as_bytes(),
    );
    survives(
        BASE.replace("almost-all => all", &format!("{} => all", "(".repeat(deep)))
            .as_bytes(),
    );
    assert_eq!(
        codes(&format!("x = {}", "[".repeat(200_000))).first(),
        Some(&code::NESTING)
    );
    assert!(!codes(&format!("{}x = 1", "a.".repeat(200_000))).is_empty());
    assert!(!codes(&format!("x = {}", "{a = ".repeat(200_000))).is_empty());
    assert!(!codes(&format!("[{}a]", "a.".repeat(200_000))).is_empty());
}

#[test]
fn long_lines_and_many_problems_are_bounded() {
    let many = format!(
        "{BASE}\n{}",
        (0..20_000)
            .map(|i| format!("k{i} = {i}\n"))
            .collect::<String>()
    );
    survives(many.as_bytes());
    let keys = format!(
        "{}{BASE}",
        (0..2_000)
            .map(|i| format!("k{i} = {i}\n"))
            .collect::<String>()
    );
    let loaded = Claim::from_bytes("base.toml", keys.as_bytes(), vocabulary::get());
    assert_eq!(loaded.diagnostics.len(), 2_000);
    let text = render(
        &loaded.diagnostics,
        &Sources::from(loaded.file.clone()),
        false,
    );
    assert!(text.ends_with("and 1980 more (1980 errors)\n"));
    let line = BASE.replace(
        "deriv(phi, x, c) ==",
        &format!("{}c ==", "c + ".repeat(20_000)),
    );
    survives(line.as_bytes());
}

#[test]
fn many_definitions_are_ordered_in_time() {
    let chain: String = (0..20_000)
        .map(|i| format!("a{i} = 'a{} + 1'\n", i + 1))
        .collect();
    let with = |last: &str| {
        let text = BASE.replace(
            "[statement]",
            &format!("[let]\n{chain}a20000 = '{last}'\n[statement]"),
        );
        codes(&text.replace("jacobian(phi, x)'", "jacobian(phi, x) or a0 == 0'"))
    };
    let start = std::time::Instant::now();
    assert_eq!(with("1"), [""; 0]);
    assert_eq!(with("a0"), [code::CYCLE]);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn control_characters_reach_no_terminal() {
    for text in [
        BASE.replace("\"identity\"", "\"\\u001b[31mred\""),
        BASE.replace("[statement]", "\"\\u001b[31m\" = 1\n[statement]"),
        BASE.replace("'quantify.x: almost-all => all'", "\"\\u001b: a => b\""),
        BASE.replace("all phi c ae x", "all \\u001b[31m"),
        BASE.replace("\"G1\"", "\"\\u001b[31m\""),
    ] {
        let loaded = Claim::from_bytes("base.toml", text.as_bytes(), vocabulary::get());
        let shown = render(
            &loaded.diagnostics,
            &Sources::from(loaded.file.clone()),
            false,
        );
        assert!(!shown.is_empty() && !shown.contains('\u{1b}'), "{shown:?}");
    }
}
