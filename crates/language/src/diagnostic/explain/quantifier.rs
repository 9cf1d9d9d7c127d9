//! Pages of C03xx: quantifiers.

use super::{Example::*, Page, RIGHT};

#[rustfmt::skip]
pub(super) const PAGES: &[Page] = &[
    Page {
        code: "C0301",
        meaning: "A variable is quantified and occurs in no hypothesis and no conclusion. A condition on the variable alone does\n\
                  not count: it is its range. Often the formula lost a term.",
        wrong: Claim(&[("prefix = \"all phi psi\"", "prefix = \"all phi psi p\""), ("\n]", "\n  { all = \"p\", in = \"real\", min = 1 },\n]")]),
        right: Claim(&[("prefix = \"all phi psi\"", "prefix = \"all phi psi p\""), ("\n]", "\n  { all = \"_p\", in = \"real\", min = 1 },\n]")]),
        advice: "use the variable, or write `_p` if the source quantifies over it without using it.",
    },
    Page {
        code: "C0302",
        meaning: "A domain, range, condition or value of a quantifier uses a variable that is bound later. Each quantifier may\n\
                  depend on earlier ones only; `where` may also use its own variable.",
        wrong: Claim(&[("in = \"network\" },", "in = \"network\", where = 'indim(psi) == outdim(phi)' },")]),
        right: RIGHT,
        advice: "move the condition to the later quantifier, or the quantifier up.",
    },
    Page {
        code: "C0303",
        meaning: "`[source].prefix` repeats the quantifiers in the order of the source, in the words `all`, `ae` (almost every) and\n\
                  `some`. The statement must have the same variables with the same quantifiers in the same order, up to order\n\
                  inside a run of equal quantifiers. The quantifiers of one conclusion may follow.",
        wrong: Claim(&[("prefix = \"all phi psi\"", "prefix = \"all psi some phi\"")]),
        right: RIGHT,
        advice: "read the source again, then change the order of the quantifiers or the prefix.",
    },
    Page {
        code: "C0304",
        meaning: "A prefix is a list of words: `all`, `ae` or `some`, each followed by the variables it binds.",
        wrong: Claim(&[("prefix = \"all phi psi\"", "prefix = \"forall phi, psi\"")]),
        right: RIGHT,
        advice: "write for example \"all phi psi ae x\".",
    },
    Page {
        code: "C0305",
        meaning: "A quantifier has exactly one of the keys `all`, `almost-all` and `some`, with the name it binds.",
        wrong: Claim(&[("{ all = \"phi\", in", "{ in")]),
        right: RIGHT,
        advice: "write for example `{ all = \"x\", in = \"real\" }`.",
    },
    Page {
        code: "C0306",
        meaning: "`in` names the domain of a variable: nat, int, rat, real, exponent, bool, vec(n), matrix(m, n), network, template,\n\
                  activation, poly(d), target, or an opaque learner, class, law, polyline(d). Conditions belong to `where`.",
        wrong: Claim(&[("\"phi\", in = \"network\"", "\"phi\", in = \"networks\"")]),
        right: RIGHT,
        advice: "take a domain of the list.",
    },
    Page {
        code: "C0307",
        meaning: "A key does not fit the binder or the domain: only numbers have `min`, `max` and `search`; only reals are\n\
                  `symbolic`; only `some` has `by`; `almost-all` needs Lebesgue measure; and a value is given in one way only.",
        wrong: Claim(&[("\"phi\", in = \"network\"", "\"phi\", in = \"network\", min = 1")]),
        right: Claim(&[("\"phi\", in = \"network\"", "\"phi\", in = \"network\", where = 'depth(phi) >= 1'")]),
        advice: "remove the key, or say the same with `where`.",
    },
    Page {
        code: "C0308",
        meaning: "Only one symbolic variable may be compared by order, since order is decided by isolating the roots of\n\
                  polynomials in one symbol. Further symbols may enter through equations.",
        wrong: Claim(&[("prefix = \"all phi psi\"", "prefix = \"all phi psi s t\""), ("\n]", "\n  { all = \"s\", in = \"real\", symbolic = true },\n  { all = \"t\", in = \"real\", symbolic = true, where = 's < t' },\n]")]),
        right: Claim(&[("prefix = \"all phi psi\"", "prefix = \"all phi psi s t\""), ("\n]", "\n  { all = \"s\", in = \"real\", symbolic = true },\n  { all = \"t\", in = \"real\", where = 's < t' },\n]")]),
        advice: "drop `symbolic = true` of one of them.",
    },
    Page {
        code: "C0309",
        meaning: "`from` lists generator families. A family is unknown, generates another kind of object, or has other arguments.",
        wrong: Claim(&[("\"phi\", in = \"network\"", "\"phi\", in = \"network\", from = [\"kinks(phi)\"]")]),
        right: Claim(&[("\"phi\", in = \"network\"", "\"phi\", in = \"network\", from = [\"G1\"]")]),
        advice: "take a family that fits; `runner explain families` lists them.",
    },
    Page {
        code: "C0310",
        meaning: "`search` is a string: `a..=b` for integers, a list such as `[1/2, 1]`, or `interval`. It only says where values are\n\
                  looked for and is no part of the statement.",
        wrong: Claim(&[("prefix = \"all phi psi\"", "prefix = \"all phi psi _n\""), ("\n]", "\n  { all = \"_n\", in = \"nat\", search = \"1..4\" },\n]")]),
        right: Claim(&[("prefix = \"all phi psi\"", "prefix = \"all phi psi _n\""), ("\n]", "\n  { all = \"_n\", in = \"nat\", search = \"1..=4\" },\n]")]),
        advice: "write one of the three forms.",
    },
    Page {
        code: "C0311",
        meaning: "`min` is above `max`, so the variable has no value and the statement says nothing.",
        wrong: Claim(&[("prefix = \"all phi psi\"", "prefix = \"all phi psi _n\""), ("\n]", "\n  { all = \"_n\", in = \"nat\", min = 4, max = 1 },\n]")]),
        right: Claim(&[("prefix = \"all phi psi\"", "prefix = \"all phi psi _n\""), ("\n]", "\n  { all = \"_n\", in = \"nat\", min = 1, max = 4 },\n]")]),
        advice: "swap or correct the two.",
    },
];
