//! SARIF 2.1.0: findings about claim files and unexpected results, for code scanning.
//!
//! The rule of a finding is its code; the rules of results are `claim/refuted`, `claim/no-verdict`, `claim/broken`, `claim/weaker`,
//! `claim/regressed` and `mutant/survived`. A fingerprint is made from the claim id and the rule, so that moving a file opens no new alert.

use crate::json::sha256;
use crate::text::{one_line, safe};
use claim_language::diagnostic::Record;
use kernel::record::{ClaimRecord, Located, Outcome, RunRecord, Standing};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The most results that are written; hosts keep no more than the first 5,000.
pub const MOST_RESULTS: usize = 4_999;

/// Rules of results, with what they mean.
const RULES: [(&str, &str); 6] = [
    ("claim/broken", "two evaluations of a claim disagree"),
    (
        "claim/refuted",
        "the expectation of a claim is contradicted",
    ),
    (
        "claim/no-verdict",
        "no verdict was reached where one is required",
    ),
    (
        "claim/weaker",
        "less was reached than the claim file promises",
    ),
    (
        "claim/regressed",
        "less was reached than the baseline records",
    ),
    (
        "mutant/survived",
        "a mutant that should be refuted survives, or one that should survive is refuted",
    ),
];

struct Finding {
    rule: String,
    level: &'static str,
    message: String,
    at: Option<Region>,
    /// What the fingerprint is made of, besides the rule.
    key: String,
}

struct Region {
    path: String,
    start: (usize, usize),
    end: Option<(usize, usize)>,
}

/// The SARIF document for the findings about files and the results of the run, at most [`MOST_RESULTS`] of them, most important first.
pub fn write(run: &RunRecord, diagnostics: &[Record]) -> String {
    let mut findings: Vec<Finding> = diagnostics.iter().map(of_diagnostic).collect();
    findings.extend(run.claims.iter().flat_map(of_claim));
    findings.extend(of_baseline(run));
    findings.sort_by_key(|finding| {
        ["error", "warning", "note"]
            .iter()
            .position(|level| *level == finding.level)
    });
    let left_out = findings.len().saturating_sub(MOST_RESULTS);
    findings.truncate(MOST_RESULTS);
    let (rules, index) = rules(&findings);
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| result(finding, &index))
        .collect();
    let mut notifications = Vec::new();
    if left_out > 0 {
        notifications.push(json!({ "level": "warning", "message": { "text": format!("{left_out} results left out: the limit is {MOST_RESULTS}") } }));
    }
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": nonempty(&run.tool.name, "runner"), "semanticVersion": nonempty(&run.tool.version, "0.0.0"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !matches!(run.exit.code, 70 | 130),
                "exitCode": run.exit.code,
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&document).expect("a JSON value is writable");
    text.push('\n');
    text
}

fn nonempty(text: &str, otherwise: &str) -> String {
    if text.is_empty() {
        otherwise.to_owned()
    } else {
        safe(text)
    }
}

fn of_diagnostic(record: &Record) -> Finding {
    let mut message = record.message.clone();
    if !record.label.is_empty() {
        message.push_str(&format!(" ({})", record.label));
    }
    for (kind, texts) in [("note", &record.notes), ("help", &record.helps)] {
        for text in texts {
            message.push_str(&format!("\n{kind}: {text}"));
        }
    }
    let start = (record.start.line, record.start.column);
    let end = (record.end.line, record.end.column);
    Finding {
        rule: record.code.to_owned(),
        level: if record.severity == "error" {
            "error"
        } else {
            "warning"
        },
        message,
        at: Some(Region {
            path: record.path.clone(),
            start,
            end: (end > start).then_some(end),
        }),
        key: format!("{}\n{}", stem(&record.path), record.message),
    }
}

/// The claim id of a claim file: its name without folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn of_claim(claim: &ClaimRecord) -> Vec<Finding> {
    let finding = |rule: &str, level, text: &str, key: String| Finding {
        rule: rule.to_owned(),
        level,
        message: message(claim, text),
        at: claim.file.as_ref().map(region),
        key,
    };
    let shortfalls = claim.statement_shortfalls();
    let mut found: Vec<Finding> = shortfalls
        .iter()
        .map(|(standing, text)| {
            let (rule, level) = rule_of(*standing);
            finding(rule, level, text, claim.id.clone())
        })
        .collect();
    for mutant in &claim.mutants {
        if let Some((standing, text)) = mutant.shortfall() {
            let level = if standing == Standing::Contradicted {
                "error"
            } else {
                "warning"
            };
            found.push(finding(
                "mutant/survived",
                level,
                &text,
                format!("{}/{}", claim.id, mutant.id),
            ));
        } else if mutant.outcome == Outcome::Unresolved {
            let text = format!("mutant `{}` is unresolved, as the file says", mutant.id);
            found.push(finding(
                "mutant/survived",
                "note",
                &text,
                format!("{}/{}", claim.id, mutant.id),
            ));
        }
    }
    if found.is_empty() && !claim.as_expected {
        found.push(finding(
            "claim/refuted",
            "error",
            "not as expected",
            claim.id.clone(),
        ));
    }
    found
}

fn of_baseline(run: &RunRecord) -> Vec<Finding> {
    let regressions = run
        .baseline
        .iter()
        .flat_map(|baseline| &baseline.regressions);
    regressions
        .map(|regression| {
            let text = format!(
                "{} below the baseline: {}",
                regression.what, regression.detail
            );
            let claim = run.claim(&regression.claim);
            Finding {
                rule: "claim/regressed".to_owned(),
                level: "error",
                message: claim.map_or_else(
                    || format!("{}: {text}", regression.claim),
                    |claim| message(claim, &text),
                ),
                at: claim.and_then(|claim| claim.file.as_ref()).map(region),
                key: format!("{}\n{}", regression.claim, regression.what),
            }
        })
        .collect()
}

fn message(claim: &ClaimRecord, text: &str) -> String {
    let mut message = format!("{}: {text}", claim.id);
    if let Some(witness) = claim
        .witness
        .as_ref()
        .filter(|witness| !witness.summary.is_empty())
    {
        message.push_str(&format!("\nwitness: {}", one_line(&witness.summary)));
    }
    if let Some(replay) = &claim.replay {
        message.push_str(&format!("\nreplay: {}", one_line(replay)));
    }
    message
}

const fn rule_of(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Broken => ("claim/broken", "error"),
        Standing::Contradicted => ("claim/refuted", "error"),
        Standing::NoVerdict => ("claim/no-verdict", "error"),
        Standing::Weaker => ("claim/weaker", "warning"),
        Standing::News | Standing::AsExpected => ("claim/weaker", "note"),
    }
}

fn region(at: &Located) -> Region {
    Region {
        path: at.path.clone(),
        start: (at.line, at.column),
        end: None,
    }
}

/// The rules that occur, sorted by id, and the index of each.
fn rules(findings: &[Finding]) -> (Vec<Value>, BTreeMap<String, usize>) {
    let mut index: BTreeMap<String, usize> = findings
        .iter()
        .map(|finding| (finding.rule.clone(), 0))
        .collect();
    let rules = index
        .iter_mut()
        .enumerate()
        .map(|(position, (id, slot))| {
            *slot = position;
            let text = RULES.iter().find(|(rule, _)| rule == id).map_or_else(
                || format!("finding {id} about a claim file"),
                |(_, text)| (*text).to_owned(),
            );
            json!({ "id": id, "shortDescription": { "text": text } })
        })
        .collect();
    (rules, index)
}

fn result(finding: &Finding, index: &BTreeMap<String, usize>) -> Value {
    let fingerprint = sha256(format!("{}\n{}", finding.rule, finding.key).as_bytes());
    let locations: Vec<Value> = finding.at.iter().map(location).collect();
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index[&finding.rule],
        "level": finding.level,
        "message": { "text": safe(&finding.message) },
        "locations": locations,
        "partialFingerprints": { "claimAndRule/v1": fingerprint },
    })
}

/// A physical location; without a region if the place is not known.
fn location(at: &Region) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&at.path) } });
    if at.start.0 > 0 {
        let mut region = json!({ "startLine": at.start.0, "startColumn": at.start.1.max(1) });
        if let Some((line, column)) = at.end {
            region["endLine"] = json!(line);
            region["endColumn"] = json!(column.max(1));
        }
        physical["region"] = region;
    }
    json!({ "physicalLocation": physical })
}

/// The path as a relative reference: bytes that a reference cannot hold are percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            b'\\' => out.push('/'),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
