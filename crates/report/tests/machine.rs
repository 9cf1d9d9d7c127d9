//! The machine formats: the JSON schema, JUnit and SARIF.
#![allow(clippy::unwrap_used)]

mod sample;
mod support;

use claim_language::diagnostic::{Position, Record};
use kernel::record::{CLOSED_LISTS, ClaimRecord, Located, RunRecord, Status};
use report::{json, junit, sarif};
use serde_json::Value;
use support::{markup, schema};

fn schema_value() -> Value {
    serde_json::from_str(json::SCHEMA).expect("the schema is JSON")
}

fn record_value(run: &RunRecord) -> Value {
    serde_json::from_str(&json::write(run)).expect("a record is JSON")
}

#[test]
fn every_record_satisfies_the_schema() {
    let schema = schema_value();
    for run in [
        sample::run(),
        sample::five(),
        RunRecord::new(kernel::record::Tool::default(), "quick", 0),
    ] {
        assert_eq!(
            schema::problems(&schema, &record_value(&run)),
            Vec::<String>::new()
        );
    }
}

#[test]
fn the_schema_refuses_what_is_not_in_the_format() {
    let schema = schema_value();
    let damaged = |change: &dyn Fn(&mut Value)| {
        let mut value = record_value(&sample::five());
        change(&mut value);
        schema::problems(&schema, &value).len()
    };
    assert_eq!(damaged(&|_| ()), 0);
    assert!(damaged(&|value| value["format"] = 2.into()) > 0);
    assert!(damaged(&|value| value["claims"][0]["status"] = "PASSED".into()) > 0);
    assert!(damaged(&|value| value["claims"][0]["status"] = "sampled".into()) > 0);
    assert!(damaged(&|value| value["claims"][0]["trials"] = 1.5.into()) > 0);
    assert!(damaged(&|value| value["claims"][0]["trials"] = (-1).into()) > 0);
    assert!(damaged(&|value| value["claims"][0]["scope"][0]["how"] = "guessed".into()) > 0);
    assert!(damaged(&|value| value["claims"][1]["best_ratio"] = 1.into()) > 0);
    assert!(damaged(&|value| value["claims"][0]["unknown"] = 1.into()) > 0);
    assert!(damaged(&|value| value["exit"]["code"] = 6.into()) > 0);
    assert!(damaged(&|value| value["summary"]["by_status"]["GREEN"] = 1.into()) > 0);
    assert!(damaged(&|value| drop(value.as_object_mut().expect("an object").remove("exit"))) > 0);
}

#[test]
fn the_closed_lists_stand_in_the_schema_and_in_the_documentation() {
    let schema = schema_value();
    let page = include_str!("../../../docs/run-json.md");
    for (name, words) in CLOSED_LISTS {
        assert_eq!(
            schema["$defs"][*name]["enum"],
            serde_json::json!(words),
            "{name}"
        );
        assert!(
            page.contains(&format!("| {name} | {} |", words.join(", "))),
            "{name} is missing in run-json.md"
        );
    }
}

#[test]
fn every_field_stands_in_the_schema_and_in_the_documentation() {
    let page = include_str!("../../../docs/run-json.md");
    let schema = schema_value();
    let value = record_value(&sample::run());
    for (object, properties) in [
        (&value, &schema["properties"]),
        (&value["claims"][0], &schema["$defs"]["claim"]["properties"]),
    ] {
        let fields: Vec<&String> = object.as_object().expect("an object").keys().collect();
        let described: Vec<&String> = properties.as_object().expect("an object").keys().collect();
        assert_eq!(fields, described);
        for field in fields {
            assert!(page.contains(&format!("`{field}`")), "{field}");
        }
    }
}

#[test]
fn the_public_names_of_the_format_are_there() {
    let value = record_value(&sample::run());
    for path in [
        "/format",
        "/tool/name",
        "/tool/version",
        "/profile",
        "/seed",
        "/registry/claims",
        "/registry/sources",
        "/summary/by_status/UNDER-COVERED",
        "/summary/unexpected",
        "/summary/mutants/alive_proved",
        "/exit/code",
        "/exit/reasons",
        "/timing",
        "/claims/0/statement_sha256",
        "/claims/0/source/cite",
        "/claims/0/source/locator",
        "/claims/0/conclusions/0/status",
        "/claims/0/scope/0/how",
        "/claims/0/engines/draws/stop",
        "/claims/4/engines/draws/best_ratio",
        "/claims/4/extremal/summary",
        "/claims/5/proof/axioms",
        "/claims/5/proof/checked",
        "/claims/6/reduction/by",
        "/claims/6/certificate/size",
        "/claims/0/mutants/0/witness",
        "/claims/4/hypotheses/0/needed",
        "/claims/8/witness/path",
        "/claims/8/repair",
        "/claims/14/conclusions/0/fitted/constant",
        "/claims/14/conclusions/0/fitted/forced_by/values/lhs",
    ] {
        assert!(
            value.pointer(path).is_some_and(|found| !found.is_null()),
            "{path}"
        );
    }
    for path in [
        "/claims/0/reduction",
        "/claims/0/witness",
        "/claims/0/proof",
        "/claims/0/best_ratio",
        "/claims/0/tight",
        "/claims/0/repair",
    ] {
        assert!(value.pointer(path).is_some_and(Value::is_null), "{path}");
    }
}

#[test]
fn junit_is_well_formed_and_counts_what_happened() {
    let text = junit::write(&sample::run());
    assert_eq!(
        markup::problems(&text, markup::Kind::Xml),
        Vec::<String>::new()
    );
    // 14 claims and 22 mutants; one claim and one mutant fail, one claim has no verdict
    let root = text.lines().nth(1).expect("the root element");
    assert!(
        root.contains("failures=\"2\"") && root.contains("errors=\"1\""),
        "{root}"
    );
    assert!(text.contains("name=\"nn-chain-rule/outer-at-x\""));
    assert!(text.contains("replay: runner replay reports/latest/witnesses/global-explicit.toml"));
    assert_eq!(text, junit::write(&sample::run()));
}

#[test]
fn junit_strips_what_xml_forbids() {
    let mut run = sample::five();
    run.claims[0].status = Status::Refuted;
    run.claims[0].title = "\u{0}\u{8}\u{b}\u{1f}".to_owned();
    run.claims[0].id = "a\u{1}<&>\"'".to_owned();
    run.claims[0].messages = vec!["\u{0}\u{1b}[31m\u{fffe}\u{ffff}]]>".to_owned()];
    run.not_selected = vec!["b\u{2}".to_owned()];
    run.settle();
    let text = junit::write(&run);
    let forbidden = |character: char| {
        (character < ' ' && !matches!(character, '\n' | '\t'))
            || matches!(character, '\u{fffe}' | '\u{ffff}')
    };
    assert!(!text.contains(forbidden));
    assert_eq!(
        markup::problems(&text, markup::Kind::Xml),
        Vec::<String>::new()
    );
    assert!(text.contains("<skipped"));
}

fn diagnostic() -> Record {
    let position = |byte, column| Position {
        byte,
        line: 36,
        column,
    };
    Record {
        code: "C0102",
        severity: "error",
        path: "theorems/derivative/a b.toml".to_owned(),
        start: position(700, 1),
        end: position(703, 4),
        message: "unknown key `rsh` in [conclusion]".to_owned(),
        label: "not a key of [conclusion]".to_owned(),
        notes: Vec::new(),
        helps: vec!["did you mean `rhs`?".to_owned()],
    }
}

fn sarif_value(run: &RunRecord, diagnostics: &[Record]) -> Value {
    serde_json::from_str(&sarif::write(run, diagnostics)).expect("SARIF is JSON")
}

#[test]
fn sarif_has_its_required_fields() {
    let value = sarif_value(&sample::run(), &[diagnostic()]);
    assert_eq!(value["version"], "2.1.0");
    let run = &value["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "runner");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert!(!results.is_empty());
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        assert!(
            result["message"]["text"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
        assert_eq!(
            result["partialFingerprints"]["claimAndRule/v1"]
                .as_str()
                .map(str::len),
            Some(64)
        );
        for location in result["locations"].as_array().expect("locations") {
            let place = &location["physicalLocation"];
            let uri = place["artifactLocation"]["uri"]
                .as_str()
                .expect("a reference");
            assert!(!uri.contains([' ', '\\']) && !uri.starts_with('/'), "{uri}");
            assert!(
                place["region"]["startLine"]
                    .as_u64()
                    .is_some_and(|line| line >= 1)
            );
        }
    }
    let found = results
        .iter()
        .find(|result| result["ruleId"] == "C0102")
        .expect("the finding");
    assert_eq!(
        found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "theorems/derivative/a%20b.toml"
    );
    assert_eq!(
        found["locations"][0]["physicalLocation"]["region"]["endColumn"],
        4
    );
    assert!(
        found["message"]["text"]
            .as_str()
            .is_some_and(|text| text.ends_with("help: did you mean `rhs`?"))
    );
}

#[test]
fn moving_a_claim_file_keeps_its_fingerprints() {
    let fingerprints = |run: &RunRecord, diagnostics: &[Record]| -> Vec<String> {
        let value = sarif_value(run, diagnostics);
        let results = value["runs"][0]["results"]
            .as_array()
            .expect("results")
            .clone();
        results
            .iter()
            .map(|result| result["partialFingerprints"]["claimAndRule/v1"].to_string())
            .collect()
    };
    let run = sample::run();
    let mut moved = run.clone();
    for claim in &mut moved.claims {
        claim.file = Some(Located {
            path: format!("elsewhere/{}.toml", claim.id),
            line: 99,
            column: 1,
        });
    }
    let mut moved_diagnostic = diagnostic();
    moved_diagnostic.path = "elsewhere/a b.toml".to_owned();
    moved_diagnostic.start.line = 1;
    assert_eq!(
        fingerprints(&run, &[diagnostic()]),
        fingerprints(&moved, &[moved_diagnostic])
    );
    let mut all = fingerprints(&run, &[diagnostic()]);
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count, "fingerprints differ");
}

#[test]
fn sarif_stays_below_its_limit_and_keeps_the_most_important() {
    let mut run = sample::five();
    let template: ClaimRecord = run
        .claims
        .iter()
        .find(|claim| claim.id == "backprop-ae")
        .expect("a claim")
        .clone();
    run.claims = (0..6_000)
        .map(|index| ClaimRecord {
            id: format!("claim-{index}"),
            ..template.clone()
        })
        .collect();
    run.settle();
    let value = sarif_value(&run, &[]);
    let results = value["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), sarif::MOST_RESULTS);
    assert!(results.iter().all(|result| result["level"] == "error"));
    let notice =
        &value["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(notice, "7001 results left out: the limit is 4999");
}

#[test]
fn a_run_without_findings_has_no_results() {
    let mut run = sample::five();
    run.claims.truncate(1);
    run.settle();
    assert_eq!(
        sarif_value(&run, &[])["runs"][0]["results"],
        serde_json::json!([])
    );
}
