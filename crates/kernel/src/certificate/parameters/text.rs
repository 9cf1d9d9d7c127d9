//! The certificate file: a line per range and per node of a tree.

use relu_core::number::rational::Rational;

use super::{Certificate, FORMAT, MOST_STEPS, Span, Step};

const TITLE: &str = "box certificate";

pub(super) fn write(certificate: &Certificate) -> String {
    let mut out = format!("{TITLE} {FORMAT}\n");
    let end = |end: &Option<Rational>| end.as_ref().map_or("-".to_owned(), ToString::to_string);
    for range in &certificate.ranges {
        out += &format!("range {} {}\n", end(&range.lower), end(&range.upper));
    }
    for tree in &certificate.trees {
        out += "case\n";
        for step in tree {
            out += &match step {
                Step::Split(unknown, at) => format!("split {unknown} {at}\n"),
                Step::Leaf => "leaf\n".to_owned(),
            };
        }
    }
    out
}

pub(super) fn read(text: &str) -> Result<Certificate, String> {
    let mut lines = text.lines().enumerate();
    match lines.next() {
        Some((_, title)) if title == format!("{TITLE} {FORMAT}") => {}
        _ => return Err(format!("expected `{TITLE} {FORMAT}` in the first line")),
    }
    let mut found = Certificate {
        ranges: Vec::new(),
        trees: Vec::new(),
    };
    for (number, line) in lines {
        if number > MOST_STEPS {
            return Err(format!("more than {MOST_STEPS} lines"));
        }
        let at = |what: &str| format!("line {}: expected {what}", number + 1);
        let words: Vec<&str> = line.split(' ').collect();
        match (words.as_slice(), found.trees.last_mut()) {
            (["range", lower, upper], None) => found.ranges.push(Span {
                lower: end(lower).ok_or_else(|| at("a rational or `-`"))?,
                upper: end(upper).ok_or_else(|| at("a rational or `-`"))?,
            }),
            (["case"], _) => found.trees.push(Vec::new()),
            (["split", unknown, value], Some(tree)) => tree.push(Step::Split(
                unknown
                    .parse()
                    .map_err(|_| at("the number of an unknown"))?,
                value.parse().map_err(|_| at("a rational"))?,
            )),
            (["leaf"], Some(tree)) => tree.push(Step::Leaf),
            (_, None) => return Err(at("`range a b` or `case`")),
            (_, Some(_)) => return Err(at("`split k t`, `leaf` or `case`")),
        }
    }
    Ok(found)
}

fn end(word: &str) -> Option<Option<Rational>> {
    match word {
        "-" => Some(None),
        word => word.parse().ok().map(Some),
    }
}
