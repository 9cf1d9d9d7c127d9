//! Pages of C02xx: formulas.

use super::{Example::*, Page, RIGHT};

/// The formula that most pages change.
const FORMULA: &str = "depth(compose(psi, phi)) == depth(psi) + depth(phi) - 1";

#[rustfmt::skip]
pub(super) const PAGES: &[Page] = &[
    Page {
        code: "C0201",
        meaning: "A name, function, field or twin that nobody defined. Formulas use the variables bound before, constants,\n\
                  abbreviations, and the functions of the vocabulary.",
        wrong: Claim(&[("depth(psi)", "depht(psi)")]),
        right: RIGHT,
        advice: "take the suggestion; `runner explain functions` lists every function with its definition.",
    },
    Page {
        code: "C0202",
        meaning: "An operand, argument, condition or body has another type than its place takes.",
        wrong: Claim(&[("depth(psi) +", "depth(depth(psi)) +")]),
        right: RIGHT,
        advice: "compare the types in the message with `runner explain <function>`.",
    },
    Page {
        code: "C0203",
        meaning: "A function is called with more or fewer arguments than it takes.",
        wrong: Claim(&[("compose(psi, phi)", "compose(psi, phi, phi)")]),
        right: RIGHT,
        advice: "compare the call with `runner explain <function>`.",
    },
    Page {
        code: "C0204",
        meaning: "A character or a literal that the language does not have.",
        wrong: Claim(&[("- 1'", "- 1$'")]),
        right: RIGHT,
        advice: "remove it; numbers are written 12, 0.1 or 1/10, operators are words or ASCII signs.",
    },
    Page {
        code: "C0205",
        meaning: "A bracket is not closed, or closes nothing.",
        wrong: Claim(&[("compose(psi, phi))", "compose(psi, phi)")]),
        right: RIGHT,
        advice: "add or remove the bracket.",
    },
    Page {
        code: "C0206",
        meaning: "A formula has more than 10^6 bytes or more than 10^5 nodes. It is not read.",
        wrong: Long { from: "- 1'", start: "- 1", unit: " + 1", times: 100_000, end: "'" },
        right: RIGHT,
        advice: "use `sum(i, a, b: e)` and abbreviations.",
    },
    Page {
        code: "C0207",
        meaning: "An operand, argument or keyword is missing, or something stands where nothing fits.",
        wrong: Claim(&[("- 1'", "-'")]),
        right: RIGHT,
        advice: "complete the formula at the marked place.",
    },
    Page {
        code: "C0208",
        meaning: "Two expressions stand side by side. A product is always written with `*`.",
        wrong: Claim(&[("- 1'", "- 1 depth(phi)'")]),
        right: RIGHT,
        advice: "write the operator.",
    },
    Page {
        code: "C0209",
        meaning: "Comparisons are not chained: `a < b < c` would compare a truth value with c.",
        wrong: Claim(&[("compose(psi, phi)) ==", "compose(psi, phi)) >= 1 ==")]),
        right: RIGHT,
        advice: "write `a < b and b < c`.",
    },
    Page {
        code: "C0210",
        meaning: "An operator of another language. Here equality is `==`, inequality `!=`, and the logical operators are the\n\
                  words `and`, `or`, `not`.",
        wrong: Claim(&[(" == depth(psi)", " = depth(psi)")]),
        right: RIGHT,
        advice: "write the operator of this language.",
    },
    Page {
        code: "C0211",
        meaning: "A variable bound inside a formula has the name of something already in scope, so that the same name would\n\
                  mean two things on one line.",
        wrong: Claim(&[("- 1'", "- sum(phi, 1, 1: 1)'"), ("main: 1 => 0", "main: depth(psi) => 0")]),
        right: RIGHT,
        advice: "give the bound variable another name.",
    },
    Page {
        code: "C0212",
        meaning: "`f@twin` is a deliberately wrong neighbour of `f`. Twins may only be used in mutants.",
        wrong: Claim(&[("compose(psi, phi)", "compose@swapped(psi, phi)")]),
        right: Claim(&[("main: 1 => 0", "main: compose(psi, phi) => compose@swapped(psi, phi)")]),
        advice: "use the function itself, or write the twin into an edit.",
    },
    Page {
        code: "C0213",
        meaning: "A special form (`net(…)`, `fn(x) e`, `if … then … else …`, `every(…)`, `sum(…)`) is not of its shape.",
        wrong: Claim(&[(FORMULA, "sum(1, 2) == 3"), ("main: 1 => 0", "main: 3 => 0")]),
        right: Claim(&[(FORMULA, "sum(i, 1, 2: i) == 3 and depth(psi) >= 1 and depth(phi) >= 1"), ("main: 1 => 0", "main: 3 => 0")]),
        advice: "write the form as in the message.",
    },
    Page {
        code: "C0214",
        meaning: "An equality or an order between things that cannot be compared. Only numbers have an order.",
        wrong: Claim(&[(FORMULA, "compose(psi, phi) < phi"), ("main: 1 => 0", "main: phi => psi")]),
        right: RIGHT,
        advice: "compare numbers, for example sizes or norms.",
    },
    Page {
        code: "C0215",
        meaning: "A number stands where a vector belongs, or the reverse. Numbers are never spread over vectors.",
        wrong: Claim(&[(FORMULA, "value(phi, [1]) == value(psi, [1]) + 1"), ("main: 1 => 0", "main: phi => psi")]),
        right: Claim(&[(FORMULA, "value(phi, [1]) == value(psi, [1]) + [1]"), ("main: 1 => 0", "main: phi => psi")]),
        advice: "write the vector, or take an entry `v[i]`.",
    },
    Page {
        code: "C0216",
        meaning: "A box is expected: `[a, b]`, a product `[a, b]x[c, d]`, a power `[a, b]^d`, or the whole space `Rd`.",
        wrong: Claim(&[(FORMULA, "sup_error(compose(psi, phi), fn(x) x[0], 1) <= 1")]),
        right: Claim(&[(FORMULA, "sup_error(compose(psi, phi), fn(x) x[0], [0, 1]) <= 1")]),
        advice: "write the box.",
    },
    Page {
        code: "C0217",
        meaning: "`_` stands for the whole formula (alone, as the pattern of an edit) or for what the pattern matched (in the\n\
                  replacement). It is no name and has no meaning elsewhere.",
        wrong: Claim(&[("depth(psi) +", "depth(_) +")]),
        right: Claim(&[("main: 1 => 0", "main: depth(phi) => _ + 1")]),
        advice: "write the expression that is meant.",
    },
];
