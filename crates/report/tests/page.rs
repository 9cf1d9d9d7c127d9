//! The page: well-formed, offline, accessible, honest about green, and safe against hostile texts.
#![allow(clippy::unwrap_used)]

mod sample;
mod support;

use kernel::record::{ClaimRecord, RunRecord, Status};
use report::{CardText, html, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use support::markup::{Element, Kind, parse};

fn page() -> String {
    html::page_from(&sample::run(), &sample::texts(), None)
}

fn tree(text: &str) -> Element {
    parse(text, Kind::Html).unwrap_or_else(|problem| panic!("{problem}"))
}

#[test]
fn the_page_is_well_formed_and_ids_are_unique_and_links_lead_somewhere() {
    let root = tree(&page());
    let all = root.all();
    let ids: Vec<&str> = all
        .iter()
        .map(|element| element.attribute("id"))
        .filter(|id| !id.is_empty())
        .collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for element in &all {
        for name in ["href", "aria-labelledby"] {
            let value = element.attribute(name);
            let target = if name == "href" {
                value.strip_prefix('#')
            } else {
                Some(value)
            };
            if let Some(target) = target.filter(|target| !target.is_empty()) {
                assert!(unique.contains(target), "{name} {value}");
            }
        }
        let claim = element.attribute("data-claim");
        assert!(claim.is_empty() || unique.contains(claim), "{claim}");
    }
}

#[test]
fn nothing_is_fetched_and_the_policy_fits_the_page() {
    let text = page();
    let root = tree(&text);
    for element in root.all() {
        for (name, value) in &element.attributes {
            assert!(
                !name.starts_with("on") && name != "style",
                "{name} on {}",
                element.name
            );
            if [
                "href",
                "src",
                "action",
                "data",
                "poster",
                "srcset",
                "formaction",
            ]
            .contains(&name.as_str())
            {
                assert!(
                    value.starts_with('#') || value == "data:,",
                    "{name}={value}"
                );
            }
        }
        assert!(
            !["iframe", "object", "embed", "img", "base", "video", "audio"]
                .contains(&element.name.as_str())
        );
    }
    let style = root.named("style")[0].text.clone();
    assert!(!style.contains("url(") && !style.contains("@import"));
    let policy = root
        .named("meta")
        .iter()
        .find(|meta| meta.attribute("http-equiv") == "Content-Security-Policy")
        .expect("a policy")
        .attribute("content")
        .to_owned();
    assert!(policy.starts_with("default-src 'none'; "));
    for script in root
        .named("script")
        .iter()
        .filter(|script| script.attribute("type").is_empty())
    {
        assert!(
            policy.contains(&base64(&Sha256::digest(script.text.as_bytes()))),
            "the script is allowed"
        );
    }
    assert!(
        policy.contains(&base64(&Sha256::digest(style.as_bytes()))),
        "the style is allowed"
    );
}

/// Base 64, written differently from the one in the crate.
fn base64(bytes: &[u8]) -> String {
    let letters: Vec<char> = ('A'..='Z')
        .chain('a'..='z')
        .chain('0'..='9')
        .chain(['+', '/'])
        .collect();
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let mut text: String = bits
        .as_bytes()
        .chunks(6)
        .map(|chunk| {
            let digits: String = chunk.iter().map(|&bit| char::from(bit)).collect();
            letters[usize::from_str_radix(&format!("{digits:0<6}"), 2).expect("binary digits")]
        })
        .collect();
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

#[test]
fn headings_tables_and_landmarks_are_in_order() {
    let root = tree(&page());
    assert_eq!(root.named("h1").len(), 1);
    assert_eq!(root.named("main").len(), 1);
    let levels: Vec<u32> = root
        .all()
        .iter()
        .filter_map(|element| {
            element
                .name
                .strip_prefix('h')
                .and_then(|level| level.parse().ok())
        })
        .collect();
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
    let first_link = root.named("a")[0];
    assert_eq!(
        (first_link.attribute("class"), first_link.attribute("href")),
        ("skip", "#main")
    );
    let tables = root.named("table");
    assert!(tables.len() > 20);
    for table in tables {
        assert_eq!(table.named("caption").len(), 1);
        assert!(!table.named("thead").is_empty());
        assert!(
            table
                .named("th")
                .iter()
                .all(|cell| !cell.attribute("scope").is_empty())
        );
        assert!(
            table
                .named("tbody")
                .iter()
                .flat_map(|body| body.named("tr"))
                .all(|row| !row.named("th").is_empty()),
            "every row has a header"
        );
    }
    for region in root
        .all()
        .into_iter()
        .filter(|element| element.attribute("tabindex") == "0")
    {
        assert!(!region.attribute("role").is_empty() && !region.attribute("aria-label").is_empty());
    }
}

/// Everything in which the mathematics is not MathML Core as browsers draw it.
fn mathematics(root: &Element) -> Vec<String> {
    let mut found = Vec::new();
    for element in root.all() {
        let wanted = match element.name.as_str() {
            "msup" | "msub" | "mfrac" | "mover" | "munder" | "mroot" => 2,
            "msubsup" | "munderover" => 3,
            "merror" | "mfenced" => usize::MAX,
            _ => continue,
        };
        if element.children.len() != wanted {
            found.push(format!(
                "{} has {} children",
                element.name,
                element.children.len()
            ));
        }
    }
    found
}

#[test]
fn scripts_and_fractions_have_the_children_they_need() {
    let root = tree(&page());
    assert!(root.named("math").len() > 20);
    assert!(root.named("msup").len() > 3);
    assert_eq!(mathematics(&root), Vec::<String>::new());
    let wrong = tree("<math><msup><mi>x</mi></msup><merror></merror></math>");
    assert_eq!(mathematics(&wrong).len(), 2);
}

#[test]
fn green_is_only_what_is_green() {
    let mut run = sample::run();
    for claim in &mut run.claims {
        claim.green = true;
    }
    run.settle();
    let root = tree(&html::page_from(&run, &sample::texts(), None));
    let mut green = 0;
    for card in root.named("article") {
        let status: Status = card.attribute("data-status").parse().expect("a status");
        let marked = card
            .all()
            .iter()
            .any(|element| element.has_class("green") || element.has_class("whole"));
        assert_eq!(card.has_class("green"), status.may_be_green(), "{status}");
        assert!(!marked || status.may_be_green(), "{status}");
        green += usize::from(marked);
    }
    assert!(green > 3);
    for element in root
        .all()
        .into_iter()
        .filter(|element| element.has_class("s-sampled") || element.has_class("s-hypothesis"))
    {
        assert!(!element.has_class("green"));
    }
}

/// The card of a bound up to a constant shows the constant, the draws and the instance, and promises nothing more.
#[test]
fn a_fitted_constant_is_shown_as_fitted() {
    let root = tree(&page());
    let card = root
        .named("article")
        .into_iter()
        .find(|card| card.attribute("id") == "claim-poly-depth-fitted")
        .expect("the card");
    assert!(card.has_class("s-sampled") && !card.has_class("green"));
    let text: String = card
        .all()
        .iter()
        .map(|element| element.text.as_str())
        .collect();
    for words in [
        "Fitted constant",
        "holds with constant 23/4 on 20,000 draws",
        "Forced by n = 2, eps = 1/2",
        "another instance may need a larger constant",
        "needs a larger constant is below about",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let lower = text.to_lowercase();
    assert!(
        !lower.contains("proved") && !lower.contains("proof"),
        "{text}"
    );
}

#[test]
fn a_missing_hypothesis_is_neutral_and_never_called_refuted_on_its_card() {
    let root = tree(&page());
    let card = root
        .named("article")
        .into_iter()
        .find(|card| card.attribute("id") == "claim-samples-upper-printed")
        .expect("the card");
    assert!(card.has_class("s-hypothesis"));
    assert!(
        card.all()
            .iter()
            .all(|element| !element.has_class("s-refuted"))
    );
    let text: String = card
        .all()
        .iter()
        .map(|element| element.text.as_str())
        .collect();
    assert!(text.contains("needs the hypothesis m ≥ 1") && !text.contains("REFUTED"));
}

#[test]
fn unexpected_claims_come_first_and_the_correction_before_the_witness() {
    let text = page();
    let at = |needle: &str| {
        text.find(needle)
            .unwrap_or_else(|| panic!("{needle} is missing"))
    };
    assert!(at("<h1>") < at("id=\"claim-global-explicit\""));
    assert!(at("id=\"claim-global-explicit\"") < at("id=\"claim-backprop-ae\""));
    assert!(at("id=\"claim-backprop-ae\"") < at("<table class=\"index\""));
    assert!(at("<table class=\"index\"") < at("id=\"claim-nn-chain-rule\""));
    let card = &text[at("id=\"claim-poly-activation-degree\"")..];
    assert!(card.find("<dt>Correction</dt>") < card.find("Counterexample, exact"));
}

#[test]
fn equal_records_give_equal_bytes_and_only_one_line_is_dated() {
    assert_eq!(page(), page());
    let mut later = sample::run();
    later.timing.total = 1;
    later.timing.workers = 8;
    assert_eq!(
        page(),
        html::page_from(&later, &sample::texts(), None),
        "times do not enter the page"
    );
    let dated = |date| html::page_from(&sample::run(), &sample::texts(), Some(date));
    let (first, second) = (dated("2026-01-01"), dated("2026-01-02"));
    let differing: Vec<_> = first
        .lines()
        .zip(second.lines())
        .filter(|(a, b)| a != b)
        .collect();
    assert_eq!(
        differing,
        [(
            "<p class=\"generated\">Generated 2026-01-01</p>",
            "<p class=\"generated\">Generated 2026-01-02</p>"
        )]
    );
}

#[test]
fn the_run_stands_in_the_page_with_its_digest() {
    let root = tree(&page());
    let scripts = root.named("script");
    let data = scripts
        .iter()
        .find(|script| script.attribute("id") == "run")
        .expect("the data");
    assert_eq!(data.attribute("type"), "application/json");
    let digest: String = Sha256::digest(data.text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(data.attribute("data-sha256"), digest);
    assert_eq!(json::digest(&sample::run()), digest);
    assert_eq!(
        json::read(&data.text).expect("a record"),
        sample::run().comparable()
    );
}

const HOSTILE: &str = "</script></style><script>alert(1)</script><img src=x onerror=alert(1)>\" onclick=\"x' & \u{1b}[31m\u{202e}\u{0} `<b>`";

/// The run with every text replaced by a hostile one.
fn hostile() -> RunRecord {
    let mut value = serde_json::to_value(sample::run()).expect("a record is JSON");
    let free = [
        "title",
        "area",
        "locator",
        "cite",
        "statement",
        "detail",
        "var",
        "name",
        "summary",
        "value",
        "repair_text",
        "impact",
        "reading",
        "note",
        "message",
        "theorem",
        "checker",
        "profile",
        "version",
        "commit",
        "path",
    ];
    let mut waiting = vec![&mut value];
    while let Some(value) = waiting.pop() {
        match value {
            serde_json::Value::Object(fields) => {
                for (key, value) in fields.iter_mut() {
                    if value.is_string() && free.contains(&key.as_str()) {
                        *value = HOSTILE.into();
                    } else {
                        waiting.push(value);
                    }
                }
            }
            serde_json::Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    let mut run: RunRecord = serde_json::from_value(value).expect("still a record");
    for (index, claim) in run.claims.iter_mut().enumerate() {
        claim.id = format!("{index}{HOSTILE}");
        claim.messages = vec![HOSTILE.to_owned()];
        claim.uses = vec![format!("{}{HOSTILE}", index / 2)];
        claim.replay = Some(HOSTILE.to_owned());
    }
    run.settle();
    run
}

#[test]
fn hostile_texts_stay_texts() {
    let run = hostile();
    let texts: Vec<CardText> = run
        .claims
        .iter()
        .map(|claim| CardText {
            id: claim.id.clone(),
            prose: Some(HOSTILE.to_owned()),
            source_tex: Some(HOSTILE.to_owned()),
            ..CardText::default()
        })
        .collect();
    let text = html::page_from(&run, &texts, Some(HOSTILE));
    let root = tree(&text);
    assert_eq!(root.named("script").len(), 2);
    assert_eq!(root.named("style").len(), 1);
    assert!(root.named("img").is_empty());
    assert!(root.all().iter().all(|element| {
        element
            .attributes
            .keys()
            .all(|name| !name.starts_with("on"))
    }));
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{0}']));
    assert_eq!(root.named("article").len(), run.claims.len());
    let data = root
        .named("script")
        .into_iter()
        .find(|script| script.attribute("id") == "run")
        .expect("the data")
        .text
        .clone();
    assert_eq!(json::read(&data).expect("a record"), run.comparable());
}

#[test]
fn two_hundred_claims_fit_into_two_mebibytes() {
    let mut run = sample::run();
    let claims: Vec<ClaimRecord> = run.claims.clone();
    let texts = sample::texts();
    let mut many = Vec::new();
    run.claims = (0..200)
        .map(|index| {
            let claim = &claims[index % claims.len()];
            let id = format!("{}-{index}", claim.id);
            many.extend(
                texts
                    .iter()
                    .filter(|text| text.id == claim.id)
                    .map(|text| CardText {
                        id: id.clone(),
                        ..text.clone()
                    }),
            );
            ClaimRecord {
                id,
                ..claim.clone()
            }
        })
        .collect();
    run.settle();
    let size = html::page_from(&run, &many, None).len();
    assert!(size < 2 << 20, "{size}");
}

#[test]
fn an_empty_and_an_interrupted_run_have_a_page() {
    let mut run = RunRecord::new(kernel::record::Tool::default(), "quick", 0);
    run.settle();
    let text = html::page_from(&run, &[], None);
    tree(&text);
    assert!(text.contains("No claim was selected.") && text.contains("nothing selected"));
    let mut run = sample::five();
    run.interrupted = true;
    run.settle();
    let text = html::page_from(&run, &[], None);
    tree(&text);
    assert!(text.contains("Interrupted, so this is a partial report."));
}
