//! Diagnostics as a terminal shows them.

use super::{BASE, changed, load, shown};

/// Each case with its rendered diagnostics.
fn report(cases: &[(&str, String)]) -> String {
    let mut report = String::new();
    for (title, text) in cases {
        let loaded = load("theorems/derivative/base.toml", text);
        assert!(!loaded.diagnostics.is_empty(), "{title}: no diagnostic");
        report.push_str(&format!(
            "## {title}\n\n{}",
            shown(&loaded.diagnostics, &loaded.file)
        ));
    }
    report
}

#[test]
fn shapes() {
    let cases = [
        ("unknown key", changed("expr = 'deriv", "epxr = 'deriv")),
        ("unknown table", changed("[source]", "[sources]")),
        (
            "missing key",
            changed("title = \"Chain rule on a small scale\"\n", ""),
        ),
        ("wrong type", changed("symbolic = true", "symbolic = 'yes'")),
        ("float", changed("symbolic = true", "min = 0.5")),
        (
            "conclusion without a table",
            changed("[conclusion.main]\nexpr", "[conclusion]\nmain"),
        ),
        (
            "given twice",
            changed("area = ", "area = 'global'\narea = "),
        ),
        ("not TOML", changed("jacobian(phi, x)'", "jacobian(phi, x)")),
        ("format", changed("format = 1", "format = 2")),
        ("word", changed("\"identity\"", "\"identitiy\"")),
        ("word far off", changed("\"holds\"", "\"true\"")),
        ("id", changed("\"base\"", "\"Base.Case\"")),
        ("file name", changed("\"base\"", "\"bases\"")),
        ("source", changed("\"begj-2019\"", "\"begj-2018\"")),
        ("schema", changed("\"identity\"", "\"schema\"")),
        (
            "prose",
            changed("[statement]", "[statement]\nprose = \"words\""),
        ),
        (
            "budget",
            changed("[statement]", "[search]\ndraws = 0\n[statement]"),
        ),
        (
            "share",
            changed(
                "[statement]",
                "[[cover]]\nname = \"c\"\nwhen = 'c == 0'\nat_least = \"3/2\"\n[statement]",
            ),
        ),
        (
            "circle",
            changed(
                "[statement]",
                "[let]\na = 'b + 1'\nb = 'e + 1'\ne = 'a'\n[statement]",
            ),
        ),
        (
            "own circle",
            changed(
                "[statement]",
                "[constants]\na = { value = \"a + 1\" }\n[statement]",
            ),
        ),
        (
            "name taken",
            changed("[statement]", "[let]\nc = '1'\ndepth = '2'\n[statement]"),
        ),
        ("no name", changed("all = \"c\"", "all = \"c d\"")),
        ("empty", "\n# nothing\n".to_owned()),
    ];
    insta::assert_snapshot!(report(&cases));
}

#[test]
fn formulas() {
    let cases = [
        (
            "literal string",
            changed("'deriv(phi, x, c)", "'dervi(phi, x, c)"),
        ),
        (
            "basic string",
            changed(
                "'deriv(phi, x, c) == jacobian(phi, x)'",
                "\"deriv(phi, x, \\u0063) ==\\tjacobain(phi, x)\"",
            ),
        ),
        (
            "several lines",
            changed(
                "'deriv(phi, x, c) == jacobian(phi, x)'",
                "'''\nderiv(phi, x, c)\n  == jacobain(phi, x)'''",
            ),
        ),
        ("domain", changed("vec(indim(phi))", "vec(indmi(phi))")),
        (
            "big O",
            changed(
                "deriv(phi, x, c) == jacobian(phi, x)",
                "depth(phi) <= O(width(phi)) and c == c and x == x",
            ),
        ),
        (
            "less than up to a constant",
            changed(
                "deriv(phi, x, c) == jacobian(phi, x)",
                "depth(phi) ≲ width(phi)",
            ),
        ),
        (
            "up to a constant out of place",
            changed(
                "deriv(phi, x, c) == jacobian(phi, x)",
                "deriv(phi, x, c) == jacobian(phi, x) and depth(phi) ≲ 1 and (not 1 ≲ depth(phi) or O(c) >= 1)",
            )
            .replace("\"identity\"", "\"asymptotic\"")
            .replace("[conclusion.", "[assume]\nshallow = { expr = 'depth(phi) <= O(1)' }\n[conclusion."),
        ),
        (
            "up to a constant in an abbreviation",
            changed("deriv(phi, x, c) == jacobian(phi, x)", "deriv(phi, x, c) == jacobian(phi, x) and y")
                .replace("[statement]", "[let]\ny = '1 ≲ 2'\n[statement]"),
        ),
        ("twin", changed("deriv(phi, x, c)", "deriv@post(phi, x, c)")),
        (
            "end of the formula",
            changed("== jacobian(phi, x)'", "== '"),
        ),
    ];
    insta::assert_snapshot!(report(&cases));
}

#[test]
fn quantifiers() {
    let prefix = |words: &str| changed("all phi c ae x", words);
    let cases = [
        ("unused", changed("jacobian(phi, x)'", "deriv(phi, x, 0)'").replace("deriv(phi, x, c) ==", "jacobian(phi, x) ==")),
        ("later", changed("from = [\"G1\"]", "where = 'value(phi, x) == x'")),
        ("later through let", changed("from = [\"G1\"]", "where = 'y == y'").replace("[statement]", "[let]\ny = 'value(phi, x)'\n[statement]")),
        ("source binds earlier", prefix("ae x all phi c")),
        ("other binder", prefix("all phi c x")),
        ("missing in the source", prefix("all phi ae x")),
        ("missing in the statement", prefix("all phi c d ae x")),
        (
            "one object for every accuracy",
            changed("all phi c ae x", "all c some phi ae x").replace("{ all = \"phi\"", "{ some = \"phi\""),
        ),
        ("foreign words", prefix("forall phi c ae x some")),
        ("no binder", changed("all = \"phi\", ", "")),
        ("two binders", changed("all = \"phi\", ", "all = \"phi\", some = \"phi\", ")),
        ("domain", changed("\"network\"", "\"netwrok\"")),
        ("dimensions", changed("vec(indim(phi))", "matrix(indim(phi))")),
        ("keys", changed("from = [\"G1\"]", "min = 1, search = \"1..=2\", symbolic = true, by = 'phi'")),
        ("almost all of a finite set", changed("from = [\"generic(phi)\"]", "among = ['[0]']")),
        ("null sets of networks", changed("{ all = \"phi\"", "{ almost-all = \"phi\"").replace("all phi c ae", "ae phi all c ae")),
        ("family", changed("\"G1\"", "\"G9\"")),
        ("family of another type", changed("\"G1\"", "\"kinks(phi)\"")),
        ("arguments of a family", changed("generic(phi)", "generic(phi, x)")),
        ("search", changed("symbolic = true", "search = \"1..4\"")),
        ("search in words", changed("symbolic = true", "search = \"small\"")),
        ("empty range", changed("symbolic = true", "min = 3, max = 2")),
        (
            "two symbols",
            changed("symbolic = true }", "symbolic = true, where = 'c > 0' }, { all = \"t\", in = \"real\", symbolic = true }")
                .replace("all phi c", "all phi c t")
                .replace("jacobian(phi, x)'", "jacobian(phi, x) or abs(t) == 0'"),
        ),
    ];
    insta::assert_snapshot!(report(&cases));
}

#[test]
fn mutants() {
    let edit = |edit: &str| changed("quantify.x: almost-all => all", edit);
    let whole = "edits = ['quantify.x: almost-all => all']";
    let cases = [
        ("does not apply", edit("main: deriv(phi, x, 1) => 0")),
        (
            "text but no sub-expression",
            changed(
                "x, c) ==",
                "x, c) + 0 * deriv(phi, x, c) + deriv(phi, x, c) ==",
            )
            .replace(
                "quantify.x: almost-all => all",
                "main: 0 * deriv(phi, x, c) + deriv(phi, x, c) => deriv(phi, x, c)",
            ),
        ),
        ("path", edit("mian: c => 0")),
        ("no such part", edit("quantify.x.where: c => 0")),
        ("shape", edit("main: c -> 0")),
        ("binder", edit("quantify.x: all => almost-all")),
        ("no binder word", edit("quantify.x: vec(n) => vec(m)")),
        ("idle", edit("main: c => c")),
        ("unreadable replacement", edit("main: c => (c +")),
        ("ill-typed replacement", edit("main: c => phi")),
        (
            "unknown twin",
            edit("main: deriv(phi, x, c) => deriv@other(phi, x, c)"),
        ),
        (
            "named twice",
            format!(
                "{BASE}\n[[mutant]]\nid = \"everywhere\"\nexpect = \"killed\"\nedits = ['main: c => 0']\n"
            ),
        ),
        (
            "kills",
            changed(whole, &format!("kills = \"mian\"\n{whole}")),
        ),
        ("nothing", changed(whole, "why = \"?\"")),
        ("both", changed(whole, &format!("expr = 'c == 0'\n{whole}"))),
        (
            "own statement",
            changed(
                whole,
                "quantify = [{ all = \"y\", in = \"real\" }]\nexpr = 'y == c'",
            ),
        ),
        ("words", changed("\"killed\"", "\"survives\"")),
    ];
    insta::assert_snapshot!(report(&cases));
}
