//! Pages on codes: what a code means, a wrong file, a right file, what to do.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::code;

mod evidence;
mod expression;
mod files;
mod mutant;
mod quantifier;
mod shape;

/// The page of one code.
pub(crate) struct Page {
    pub code: &'static str,
    /// What the code means.
    pub meaning: &'static str,
    pub wrong: Example,
    pub right: Example,
    /// What to do.
    pub advice: &'static str,
}

/// A file on a page.
pub(crate) enum Example {
    /// [`EXAMPLE`] after these replacements.
    Claim(&'static [(&'static str, &'static str)]),
    /// [`EXAMPLE`] with `from` replaced by `start`, `times` copies of `unit`, and `end`.
    Long {
        from: &'static str,
        start: &'static str,
        unit: &'static str,
        times: usize,
        end: &'static str,
    },
    /// The bytes of a file.
    Bytes(&'static [u8]),
    /// A file or terminal text that is no claim.
    Text(&'static str),
}

/// The right file.
pub(crate) const RIGHT: Example = Example::Claim(&[]);

/// The claim most pages change: `example.toml`.
pub(crate) const EXAMPLE: &str = r#"format = 1
claim = { id = "example", title = "Composition merges one layer", area = "networks", kind = "identity", expect = "holds" }
source = { cite = "begj-2019", locator = "Definition II.2", prefix = "all phi psi" }
statement.quantify = [
  { all = "phi", in = "network" },
  { all = "psi", in = "network", where = 'indim(psi) == outdim(phi)' },
]
conclusion.main.expr = 'depth(compose(psi, phi)) == depth(psi) + depth(phi) - 1'
mutant = [{ id = "no-merging", expect = "killed", edits = ['main: 1 => 0'] }]
"#;

/// Every page, in no particular order.
pub(crate) fn pages() -> impl Iterator<Item = &'static Page> {
    [
        shape::PAGES,
        expression::PAGES,
        quantifier::PAGES,
        evidence::PAGES,
        mutant::PAGES,
        files::PAGES,
    ]
    .into_iter()
    .flatten()
}

static TEXTS: LazyLock<BTreeMap<&'static str, String>> =
    LazyLock::new(|| pages().map(|page| (page.code, page.text())).collect());

/// The page of a code such as `C0303`, ready to print; `None` for an unknown code.
pub fn explain(code: &str) -> Option<&'static str> {
    TEXTS.get(code).map(String::as_str)
}

impl Page {
    fn text(&self) -> String {
        let title = code::all()
            .into_iter()
            .find(|entry| entry.code == self.code)
            .map_or("", |entry| entry.title);
        format!(
            "{}: {title}\n\n{}\n\nWrong:\n\n{}\nRight:\n\n{}\nWhat to do: {}\n",
            self.code,
            self.meaning,
            indented(&self.wrong.shown()),
            indented(&self.right.shown()),
            self.advice
        )
    }
}

impl Example {
    /// The file as a page shows it; long repetitions are counted.
    fn shown(&self) -> String {
        match self {
            Example::Claim(changes) => {
                changes.iter().fold(EXAMPLE.to_owned(), |text, (from, to)| {
                    text.replacen(from, to, 1)
                })
            }
            Example::Long {
                from,
                start,
                unit,
                times,
                end,
            } => EXAMPLE.replacen(
                from,
                &format!("{start}{unit}…{end} (`{}` {times} times)", unit.trim()),
                1,
            ),
            Example::Bytes(bytes) => bytes
                .escape_ascii()
                .to_string()
                .replace("\\n", "\n")
                .replace("\\\"", "\""),
            Example::Text(text) => (*text).to_owned(),
        }
    }

    /// The bytes of a claim file, or `None` if the example is none.
    #[cfg(test)]
    fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Example::Claim(_) => Some(self.shown().into_bytes()),
            Example::Long {
                from,
                start,
                unit,
                times,
                end,
            } => {
                let long = format!("{start}{}{end}", unit.repeat(*times));
                Some(EXAMPLE.replacen(from, &long, 1).into_bytes())
            }
            Example::Bytes(bytes) => Some(bytes.to_vec()),
            Example::Text(_) => None,
        }
    }
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("    {line}\n")
        }
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::file::Claim;
    use crate::file::tests::{shown, vocabulary};

    /// Codes raised while a claim is run or another file is read.
    const RAISED_ELSEWHERE: [&str; 19] = [
        code::VACUOUS,
        code::UNDER_COVERED,
        code::UNDEFINED,
        code::FILTER,
        code::MUTANT_OUTCOME,
        code::WITNESS_MISSING,
        code::WITNESS_SHAPE,
        code::WITNESS_STALE,
        code::WITNESS_REPLAY,
        code::PROOF_MISSING,
        code::PROOF_AXIOMS,
        code::NETWORK_SHAPE,
        code::NETWORK_NUMBER,
        code::NETWORK_LAYERS,
        code::NETWORK_ACTIVATION,
        code::BASELINE_SHAPE,
        code::BASELINE_CHANGED,
        code::BASELINE_REGRESSED,
        code::BASELINE_MISSING,
    ];

    #[test]
    fn every_code_has_one_page() {
        let all: Vec<&str> = code::all().iter().map(|code| code.code).collect();
        let mut paged: Vec<&str> = pages().map(|page| page.code).collect();
        paged.sort_unstable();
        assert_eq!(paged, all);
        assert_eq!(explain("C9999"), None);
        assert!(
            explain("C0303")
                .expect("a page")
                .starts_with("C0303: quantifiers differ from the source\n")
        );
    }

    #[test]
    fn changes_of_examples_apply() {
        for page in pages() {
            for example in [&page.wrong, &page.right] {
                let sources: Vec<&str> = match example {
                    Example::Claim(changes) => changes.iter().map(|(from, _)| *from).collect(),
                    Example::Long { from, .. } => vec![from],
                    _ => Vec::new(),
                };
                let mut text = EXAMPLE.to_owned();
                for from in sources {
                    assert!(
                        text.contains(from),
                        "{}: `{from}` does not occur",
                        page.code
                    );
                    text = text.replacen(from, "", 1);
                }
            }
        }
    }

    #[test]
    fn the_wrong_file_has_the_problem_and_the_right_one_has_none() {
        for page in pages() {
            let (Some(wrong), Some(right)) = (page.wrong.bytes(), page.right.bytes()) else {
                assert!(
                    RAISED_ELSEWHERE.contains(&page.code),
                    "{} has no files",
                    page.code
                );
                continue;
            };
            let wrong =
                Claim::from_bytes("theorems/networks/example.toml", &wrong, vocabulary::get());
            let codes: BTreeSet<&str> = wrong
                .diagnostics
                .iter()
                .map(|diagnostic| diagnostic.code)
                .collect();
            assert!(
                codes.contains(page.code),
                "{}: the wrong file gives {codes:?}",
                page.code
            );
            let right =
                Claim::from_bytes("theorems/networks/example.toml", &right, vocabulary::get());
            assert!(
                right.diagnostics.is_empty(),
                "{}: {}",
                page.code,
                shown(&right.diagnostics, &right.file)
            );
        }
    }

    #[test]
    fn every_code_in_the_sources_has_a_page() {
        let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        let mut seen = 0;
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).expect("the sources can be listed") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = std::fs::read_to_string(&path).expect("a source file is text");
                    for (at, _) in text.match_indices("\"C") {
                        let code: String = text[at + 1..].chars().take(5).collect();
                        let shaped =
                            code.len() == 5 && code[1..].bytes().all(|byte| byte.is_ascii_digit());
                        if shaped && text[at + 6..].starts_with('"') && code != "C9999" {
                            assert!(
                                explain(&code).is_some(),
                                "{code} in {} has no page",
                                path.display()
                            );
                            seen += 1;
                        }
                    }
                }
            }
        }
        assert!(
            seen >= code::all().len(),
            "the search for codes finds too few"
        );
    }

    #[test]
    fn pages_are_complete() {
        for page in pages() {
            for text in [page.meaning, page.advice] {
                assert!(
                    text.len() > 12 && text.ends_with('.'),
                    "{}: {text}",
                    page.code
                );
            }
        }
    }

    #[test]
    fn a_page() {
        insta::assert_snapshot!(explain("C0302").expect("a page"));
    }
}
