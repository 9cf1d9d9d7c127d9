//! Pages of C05xx: mutants.

use super::{Example::*, Page, RIGHT};

#[rustfmt::skip]
pub(super) const PAGES: &[Page] = &[
    Page {
        code: "C0501",
        meaning: "An edit is `path: pattern => replacement`. The path is a conclusion, or `let.k`, `constants.k`, `assume.h`,\n\
                  `quantify.x`, `quantify.x.where` (also `.min`, `.max`, `.in`, `.by`), or `name.quantify.x` for a quantifier of a\n\
                  conclusion; and that part must exist.",
        wrong: Claim(&[("main: 1", "conclusion: 1")]),
        right: RIGHT,
        advice: "take a path of the list in the message.",
    },
    Page {
        code: "C0502",
        meaning: "The pattern of an edit does not occur on its path. Patterns match parsed sub-expressions, not text: blanks and\n\
                  parentheses do not matter, but `a + b` is no part of `c + a + b`, which is `(c + a) + b`. For a quantifier the\n\
                  pattern is its binder. A mutant that does not apply would count as tried without being tried.",
        wrong: Claim(&[("main: 1", "main: 2")]),
        right: RIGHT,
        advice: "copy the sub-expression from the note; `_` alone stands for the whole formula.",
    },
    Page {
        code: "C0503",
        meaning: "An edit is not of the form `path: pattern => replacement`, or the edit of a quantifier is not made of the words\n\
                  `all`, `almost-all` and `some`.",
        wrong: Claim(&[("main: 1 => 0", "main: 1 -> 0")]),
        right: RIGHT,
        advice: "write for example 'main: B^(L-1) => B^(L-2)' or 'quantify.x: almost-all => all'.",
    },
    Page {
        code: "C0504",
        meaning: "The statement after the edits is the statement before them, so the mutant tests nothing.",
        wrong: Claim(&[("main: 1 => 0", "main: 1 => 1")]),
        right: RIGHT,
        advice: "write the wrong variant that is meant, or remove the mutant.",
    },
    Page {
        code: "C0505",
        meaning: "Two mutants of a claim have the same id, so results could not be told apart.",
        wrong: Claim(&[("main: 1 => 0'] }", "main: 1 => 0'] }, { id = \"no-merging\", expect = \"killed\", edits = ['main: 1 => 2'] }")]),
        right: Claim(&[("main: 1 => 0'] }", "main: 1 => 0'] }, { id = \"two-layers\", expect = \"killed\", edits = ['main: 1 => 2'] }")]),
        advice: "rename one of them.",
    },
    Page {
        code: "C0506",
        meaning: "`kills` names the conclusion that must fail, and the statement has none of this name.",
        wrong: Claim(&[("expect = \"killed\",", "expect = \"killed\", kills = \"depth\",")]),
        right: Claim(&[("expect = \"killed\",", "expect = \"killed\", kills = \"main\",")]),
        advice: "take the name of a conclusion, or leave `kills` out.",
    },
    Page {
        code: "C0507",
        meaning: "A mutant has either `edits`, or a statement of its own (`quantify`, `assume`, `let`, `expr` or `conclusion`).",
        wrong: Claim(&[(", edits = ['main: 1 => 0']", "")]),
        right: Claim(&[("edits = ['main: 1 => 0']", "expr = 'depth(compose(psi, phi)) == depth(psi) + depth(phi)'")]),
        advice: "add the edits or the statement, and only one of the two.",
    },
    Page {
        code: "C0508",
        meaning: "A mutant ended otherwise than its `expect` says. A wrong variant that survives shows that the claim is not\n\
                  tested where it matters; a true variant must not be killed.",
        wrong: Text("mutant `no-merging` is unresolved, expected killed\n"),
        right: Text("mutant `no-merging` is killed\n"),
        advice: "widen the search or name better generators; if the variant is true, say so with `expect` and `why`.",
    },
];
