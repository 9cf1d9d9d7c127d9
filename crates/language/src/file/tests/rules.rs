//! When there is a diagnostic, how many, and when there is none.

use super::{BASE, changed, clean, codes, load, shown};
use crate::diagnostic::{Severity, code};
use crate::file::{Claim, MAX_FILE_BYTES};

#[test]
fn everything_is_reported_at_once() {
    let text = BASE
        .replace("\"identity\"", "\"identiti\"")
        .replace("\"begj-2019\"", "\"begj-2020\"")
        .replace("from = [\"G1\"]", "form = [\"G1\"]")
        .replace("symbolic = true", "symbolic = true, min = 'k'")
        .replace("jacobian(phi, x)", "jacobain(phi, x)")
        .replace("\"killed\"", "\"kiled\"");
    let mut found = codes(&text);
    found.sort_unstable();
    let expected = [
        code::UNKNOWN_KEY,
        code::WORD,
        code::WORD,
        code::SOURCE_KEY,
        "C0201",
        "C0201",
    ];
    assert_eq!(found, expected);
}

#[test]
fn warnings_leave_the_claim() {
    let text = changed("jacobian(phi, x)'", "deriv(phi, x, 0)'")
        .replace("deriv(phi, x, c)", "deriv(phi, x, 1)");
    let loaded = load("base.toml", &text);
    assert_eq!(
        loaded
            .diagnostics
            .iter()
            .map(|d| (d.code, d.severity))
            .collect::<Vec<_>>(),
        [(code::UNUSED_VARIABLE, Severity::Warning)]
    );
    assert!(loaded.claim.is_some());
}

#[test]
fn one_mistake_is_one_message() {
    // A broken definition is not reported again where it is used.
    let broken = changed(
        "[statement]",
        "[let]\nm = 'depht(phi)'\nn = 'm + 1'\n[statement]",
    )
    .replace("== jacobian(phi, x)", "== jacobian(phi, x) and n == m");
    assert_eq!(codes(&broken), ["C0201"]);
    let broken = changed("in = \"real\"", "in = \"reel\"");
    assert_eq!(codes(&broken), [code::DOMAIN]);
}

#[test]
fn unused_variables_may_be_declared() {
    let declared = changed(
        "symbolic = true }",
        "symbolic = true }, { all = \"_p\", in = \"real\" }",
    )
    .replace("all phi c", "all phi c _p");
    let claim = clean("base.toml", &declared);
    assert!(claim.quantify[2].unused && claim.quantify[2].name == "p");
    let without = declared.replace("c _p", "c p");
    clean("base.toml", &without);
    let used = declared.replace("jacobian(phi, x)'", "jacobian(phi, x) and p == p'");
    assert!(
        codes(&used).contains(&"C0201"),
        "a variable declared unused is not in scope"
    );
}

#[test]
fn a_prefix_is_free_inside_a_run() {
    clean("base.toml", &changed("all phi c ae x", "all c phi ae x"));
    clean(
        "base.toml",
        &changed("all phi c ae x", "all phi all c ae x"),
    );
    for other in [
        "all phi ae x all c",
        "all c phi",
        "ae x c phi",
        "some phi c ae x",
        "all phi phi c ae x",
        "",
    ] {
        assert!(
            !codes(&changed("all phi c ae x", other)).is_empty(),
            "{other}"
        );
    }
}

#[test]
fn a_prefix_may_end_with_the_quantifiers_of_a_conclusion() {
    let moved = BASE
        .replace(
            "  { almost-all = \"x\", in = \"vec(indim(phi))\", from = [\"generic(phi)\"] },\n",
            "",
        )
        .replace(
            "expr = 'deriv",
            "quantify = [{ almost-all = \"x\", in = \"vec(indim(phi))\" }]\nexpr = 'deriv",
        )
        .replace("quantify.x:", "main.quantify.x:");
    clean("base.toml", &moved);
    clean("base.toml", &moved.replace("all phi c ae x", "all phi c"));
    assert_eq!(
        codes(&moved.replace("all phi c ae x", "all phi c x")),
        [code::PREFIX_ORDER]
    );
}

#[test]
fn bytes_are_checked_before_they_are_read() {
    let get = |bytes: &[u8]| Claim::from_bytes("base.toml", bytes, super::vocabulary::get());
    assert!(get(BASE.as_bytes()).claim.is_some());
    let mut latin = BASE.as_bytes().to_vec();
    latin[20] = 0xe9;
    let loaded = get(&latin);
    assert_eq!(loaded.diagnostics[0].code, code::NOT_TEXT);
    assert_eq!(loaded.diagnostics[0].span.start, 20);
    assert!(shown(&loaded.diagnostics, &loaded.file).contains("byte 20 is 0xe9"));
    let large = get(&vec![b'#'; MAX_FILE_BYTES + 1]);
    assert_eq!(large.diagnostics[0].code, code::TOO_LARGE);
    assert!(shown(&large.diagnostics, &large.file).contains("--> base.toml"));
    assert_eq!(
        get(&vec![b'#'; MAX_FILE_BYTES]).diagnostics[0].code,
        code::EMPTY
    );
}

#[test]
fn line_ends_and_byte_order_marks_are_accepted() {
    clean("base.toml", &BASE.replace('\n', "\r\n"));
    clean("base.toml", &format!("\u{feff}{BASE}"));
    let wrong = format!(
        "\u{feff}{}",
        changed("jacobian(phi, x)", "jacobain(phi, x)")
    )
    .replace('\n', "\r\n");
    let loaded = load("base.toml", &wrong);
    let text = shown(&loaded.diagnostics, &loaded.file);
    assert!(
        text.contains("base.toml:23:29") && text.contains("^^^^^^^^"),
        "{text}"
    );
    assert!(!text.contains('\r') && !text.contains('␍'), "{text}");
}

#[test]
fn what_was_lost_is_not_reported_again() {
    let lost = changed("all = \"phi\", ", "");
    assert_eq!(codes(&lost), [code::BINDER]);
    let lost = changed("all = \"c\"", "all = \"c d\"");
    assert_eq!(codes(&lost), [code::NAME_SHAPE]);
    let lost = changed("[statement]", "[let]\nk = true\n[statement]")
        .replace("jacobian(phi, x)'", "k * jacobian(phi, x)'");
    assert_eq!(codes(&lost), [code::VALUE_TYPE]);
    let lost = changed("expr = 'deriv", "epxr = 'deriv");
    assert_eq!(codes(&lost), [code::MISSING_KEY, code::UNKNOWN_KEY]);
}

#[test]
fn symbols_are_counted_in_each_conclusion() {
    let two = changed(
        "symbolic = true }",
        "symbolic = true }, { all = \"t\", in = \"real\", symbolic = true }",
    )
    .replace("all phi c", "all phi c t");
    let with = |formula: &str| two.replace("jacobian(phi, x)'", formula);
    assert_eq!(codes(&with("jacobian(phi, x) and t == c'")), [""; 0]);
    assert_eq!(
        codes(&with("jacobian(phi, x) and t < 1 and c * c == 1'")),
        [""; 0]
    );
    assert_eq!(codes(&with("jacobian(phi, x) and t < c'")), [code::SYMBOLS]);
    assert_eq!(
        codes(&with("jacobian(phi, x) and abs(t) == 1 and c > 0'")),
        [code::SYMBOLS]
    );
    let second = "jacobian(phi, x) and t < 1'\n[conclusion.second]\nexpr = 'c < 1'";
    assert_eq!(
        codes(&with(second)),
        [""; 0],
        "another conclusion, another symbol"
    );
    let let_of = format!(
        "{}\n[let]\nk = 'c + 1'\n",
        with("jacobian(phi, x) and t < 1 and k > 0'")
    );
    assert_eq!(codes(&let_of), [code::SYMBOLS], "through an abbreviation");
}

#[test]
fn families_that_list_values_take_values_of_the_domain() {
    let from = |from: &str| changed("symbolic = true", &format!("from = [\"{from}\"]"));
    clean("base.toml", &from("values(0, 1/2, 2)"));
    clean(
        "base.toml",
        &changed("[\"G1\"]", "[\"G1\", \"named(hat(), net(([[1]], [0])))\"]"),
    );
    assert_eq!(codes(&from("values(phi)")), ["C0202"]);
    assert_eq!(codes(&from("values()")), [code::FAMILY]);
    assert_eq!(codes(&from("values(x[0])")), [code::BOUND_LATER]);
    assert_eq!(codes(&from("values(1")), [code::FAMILY]);
}
