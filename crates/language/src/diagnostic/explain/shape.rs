//! Pages of C01xx: the shape of the file.

use super::{Example::*, Page, RIGHT};

#[rustfmt::skip]
pub(super) const PAGES: &[Page] = &[
    Page {
        code: "C0101",
        meaning: "The file is not TOML: a quote, bracket, comma or equals sign is missing or out of place. Nothing else is\n\
                  looked at until this is right, since every further message might only follow from it.",
        wrong: Claim(&[("- 1'\n", "- 1\n")]),
        right: RIGHT,
        advice: "look at the marked place and at the line before it; write formulas in single quotes.",
    },
    Page {
        code: "C0102",
        meaning: "A table has a key that no table of its kind has. Unknown keys are never ignored: a misspelt `where` would\n\
                  silently change the statement.",
        wrong: Claim(&[("where =", "were =")]),
        right: RIGHT,
        advice: "take the suggested key, or remove the line.",
    },
    Page {
        code: "C0103",
        meaning: "A key without a default value is absent.",
        wrong: Claim(&[(", locator = \"Definition II.2\"", "")]),
        right: RIGHT,
        advice: "add the key to the marked table.",
    },
    Page {
        code: "C0104",
        meaning: "A value has another type than its key takes. Numbers with a decimal point are never TOML numbers here:\n\
                  they would be read as floating point, and every number of a statement is exact.",
        wrong: Claim(&[("in = \"network\" },", "in = \"network\", min = 0.5 },")]),
        right: RIGHT,
        advice: "write formulas and fractions as strings, counts as integers, `symbolic` as `true`.",
    },
    Page {
        code: "C0105",
        meaning: "`O(…)` and `≲` hide a constant. An instance contradicts such a bound only where its right side is not\n\
                  positive; otherwise the constant is fitted to the instances met, and the evidence never rises above SAMPLED.",
        wrong: Claim(&[("== depth(psi) + depth(phi) - 1", "<= O(depth(psi) + depth(phi))"), ("main: 1 => 0", "main: depth(phi) => 0")]),
        right: Claim(&[("== depth(psi) + depth(phi) - 1", "<= 1 * (depth(psi) + depth(phi))")]),
        advice: "write the constant, or bind it first with `some`; or set `kind = \"asymptotic\"`.",
    },
    Page {
        code: "C0106",
        meaning: "A key, or an entry of `let`, `constants` or `conclusion`, is given twice in one table.",
        wrong: Claim(&[("conclusion.main", "conclusion.main.expr = 'true'\nconclusion.main")]),
        right: RIGHT,
        advice: "keep one of the two, or give the second another name.",
    },
    Page {
        code: "C0107",
        meaning: "The file holds bytes that are no UTF-8 text. It may be in another encoding, or no text at all.",
        wrong: Bytes(b"format = 1\n# caf\xe9\n"),
        right: RIGHT,
        advice: "save the file as UTF-8.",
    },
    Page {
        code: "C0108",
        meaning: "The file has more than 1 MiB. It is not read.",
        wrong: Long { from: "format = 1\n", start: "format = 1\n", unit: "# a comment that is repeated far too often\n", times: 30_000, end: "" },
        right: RIGHT,
        advice: "keep large objects in witness or network files and name them from the claim.",
    },
    Page {
        code: "C0109",
        meaning: "`format` is the version of the file format. This program reads version 1.",
        wrong: Claim(&[("format = 1", "format = 2")]),
        right: RIGHT,
        advice: "write `format = 1`, or use a program that knows the other version.",
    },
    Page {
        code: "C0110",
        meaning: "Ids are lower-case words and digits joined by single hyphens, a letter first, so that they can be file names\n\
                  and parts of addresses everywhere.",
        wrong: Claim(&[("\"example\"", "\"Example_1\"")]),
        right: RIGHT,
        advice: "write the id in kebab-case.",
    },
    Page {
        code: "C0111",
        meaning: "The id of a claim is the name of its file without the extension; here the file is `example.toml`.",
        wrong: Claim(&[("\"example\"", "\"other\"")]),
        right: RIGHT,
        advice: "rename the file or change the id.",
    },
    Page {
        code: "C0112",
        meaning: "A key takes one word of a closed list and got another one. The lists are those of `area`, `kind`, `expect`,\n\
                  `rung`, `tight`, `needed`, the class of an erratum and the `expect` of mutants.",
        wrong: Claim(&[("\"killed\"", "\"survives\"")]),
        right: RIGHT,
        advice: "take a word of the list in the message.",
    },
    Page {
        code: "C0113",
        meaning: "`cite` is a key of the bibliography `theorems/sources.toml`, and there is no such entry.",
        wrong: Claim(&[("begj-2019", "begj-1905")]),
        right: RIGHT,
        advice: "take a key of the bibliography, or add the source there first.",
    },
    Page {
        code: "C0114",
        meaning: "A `schema` claim is prose that cannot be evaluated: it has `statement.prose`, and no `expect`, quantifiers,\n\
                  conclusion or mutants. Every other claim is a formula and has no prose.",
        wrong: Claim(&[("\"identity\"", "\"schema\"")]),
        right: RIGHT,
        advice: "give the claim another kind, or replace its formulas by `statement.prose`.",
    },
    Page {
        code: "C0115",
        meaning: "Variables, constants and abbreviations are written in formulas, so they are a letter followed by letters,\n\
                  digits and `_`, and no word of the language. Names of hypotheses, conclusions and mutants may hold hyphens;\n\
                  conclusions may not be called `let`, `constants`, `quantify` or `assume`, with which edit paths begin.",
        wrong: Claim(&[("conclusion.main.expr", "conclusion.quantify.expr"), ("main: 1", "quantify: 1")]),
        right: RIGHT,
        advice: "choose a name of the stated form.",
    },
    Page {
        code: "C0116",
        meaning: "Arrays and tables are nested more than 80 levels deep.",
        wrong: Claim(&[("format = 1\n", "format = 1\ntest.x = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n")]),
        right: RIGHT,
        advice: "flatten the value; formulas may be nested as deep as you like.",
    },
    Page {
        code: "C0117",
        meaning: "A number, share or text is outside what its key takes: budgets are at least 1, shares are above 0 and at most\n\
                  1, titles are not blank.",
        wrong: Claim(&[("format = 1\n", "format = 1\nsearch.draws = 0\n")]),
        right: Claim(&[("format = 1\n", "format = 1\nsearch.draws = 1000\n")]),
        advice: "take a value of the range in the message.",
    },
    Page {
        code: "C0118",
        meaning: "One name stands for two things: two variables, a variable and an abbreviation, or a variable and a word of\n\
                  the vocabulary. Then a formula could be read in two ways.",
        wrong: Claim(&[("format = 1\n", "format = 1\nlet.psi = 'phi'\n")]),
        right: RIGHT,
        advice: "rename one of the two.",
    },
    Page {
        code: "C0119",
        meaning: "Abbreviations (or constants) are defined by each other, so none of them has a meaning.",
        wrong: Claim(&[("format = 1\n", "format = 1\nlet.k = 'm + 1'\nlet.m = 'k - 1'\n"), ("- 1'", "- k'")]),
        right: Claim(&[("format = 1\n", "format = 1\nlet.k = 'm + 1'\nlet.m = '0'\n"), ("phi) - 1'", "phi) - k'"), ("main: 1 =>", "main: k =>")]),
        advice: "define one of them without the others.",
    },
    Page {
        code: "C0120",
        meaning: "An abbreviation or a constant occurs in no quantifier, hypothesis, conclusion or cover line. It may be left\n\
                  over, or a formula may use a literal where the name was meant.",
        wrong: Claim(&[("format = 1\n", "format = 1\nlet.k = '1'\n")]),
        right: Claim(&[("format = 1\n", "format = 1\nlet.k = '1'\n"), ("phi) - 1'", "phi) - k'"), ("main: 1 =>", "main: k =>")]),
        advice: "use it in a formula, or remove it.",
    },
    Page {
        code: "C0121",
        meaning: "The file holds nothing but blank lines and comments.",
        wrong: Bytes(b"# to be written\n"),
        right: RIGHT,
        advice: "start from a copy of another claim: `runner new <id> --from <id>`.",
    },
    Page {
        code: "C0122",
        meaning: "`a ≲ b`, also written `a <= O(b)`, says that one constant serves all instances. The constant is chosen once for\n\
                  a conclusion, so the bound is the conclusion or one of its parts joined by `and`. Under `not`, `or` or a\n\
                  condition, in a hypothesis or an abbreviation nobody could say what the constant depends on.",
        wrong: Claim(&[("kind = \"identity\"", "kind = \"asymptotic\""), ("== depth(psi) + depth(phi) - 1", "<= 1 + O(depth(psi) + depth(phi))"), ("main: 1 => 0", "main: depth(phi) => 0")]),
        right: Claim(&[("kind = \"identity\"", "kind = \"asymptotic\""), ("== depth(psi) + depth(phi) - 1", "≲ depth(psi) + depth(phi)"), ("main: 1 => 0", "main: depth(phi) => 0")]),
        advice: "let `≲` compare the two sides themselves, in a conclusion of its own.",
    },
];
