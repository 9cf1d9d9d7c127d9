//! Pages of C07xx and C08xx: network files and the baseline.

use super::{Example::*, Page};

#[rustfmt::skip]
pub(super) const PAGES: &[Page] = &[
    Page {
        code: "C0701",
        meaning: "A network file is no JSON or TOML of format 1: an object with `format`, `activation` and `layers`, each layer\n\
                  with its matrix `W` and its vector `b`.",
        wrong: Text("{ \"layers\": [ [[1]], [0] ] }\n"),
        right: Text("{ \"format\": 1, \"activation\": \"relu\", \"layers\": [ { \"W\": [[\"1\"]], \"b\": [\"0\"] } ] }\n"),
        advice: "write the file in the format shown.",
    },
    Page {
        code: "C0702",
        meaning: "An entry of a network is not an exact number. Entries are strings `p/q` or exact decimals; NaN and infinities\n\
                  have no place in a network.",
        wrong: Text("{ \"format\": 1, \"activation\": \"relu\", \"layers\": [ { \"W\": [[\"NaN\"]], \"b\": [\"0\"] } ] }\n"),
        right: Text("{ \"format\": 1, \"activation\": \"relu\", \"layers\": [ { \"W\": [[\"-1/2\"]], \"b\": [\"0\"] } ] }\n"),
        advice: "write the exact value; a floating-point number has one.",
    },
    Page {
        code: "C0703",
        meaning: "The layers of a network do not fit together: rows of different lengths, a bias of another length than its\n\
                  matrix has rows, a layer with another number of columns than the one before has rows, or no layer at all.",
        wrong: Text("{ \"format\": 1, \"activation\": \"relu\", \"layers\": [ { \"W\": [[\"1\"]], \"b\": [\"0\", \"0\"] } ] }\n"),
        right: Text("{ \"format\": 1, \"activation\": \"relu\", \"layers\": [ { \"W\": [[\"1\"]], \"b\": [\"0\"] } ] }\n"),
        advice: "correct the layer named in the message; matrices are listed row by row.",
    },
    Page {
        code: "C0704",
        meaning: "The activation of a network file is none of those the program knows exactly.",
        wrong: Text("{ \"format\": 1, \"activation\": \"sigmoid\", \"layers\": [ { \"W\": [[\"1\"]], \"b\": [\"0\"] } ] }\n"),
        right: Text("{ \"format\": 1, \"activation\": \"leaky(1/10)\", \"layers\": [ { \"W\": [[\"1\"]], \"b\": [\"0\"] } ] }\n"),
        advice: "take an activation of the list in the message.",
    },
    Page {
        code: "C0801",
        meaning: "The baseline `reports/baseline.toml` cannot be read. It is written by `runner baseline --update`.",
        wrong: Text("[claim]\nrung = \"high\"\n"),
        right: Text("[nn-chain-rule]\nrung = \"sampled\"\n"),
        advice: "undo edits by hand, or write it again with `runner baseline --update`.",
    },
    Page {
        code: "C0802",
        meaning: "A statement has another hash than in the baseline, so results cannot be compared. The claim is listed as\n\
                  CHANGED.",
        wrong: Text("statement = \"(hash of another statement)\"\n"),
        right: Text("statement = \"(hash of the statement as it is now)\"\n"),
        advice: "review the change, then run `runner baseline --update`.",
    },
    Page {
        code: "C0803",
        meaning: "A result is below the baseline: a lower rung, a bound that is no longer attained, or a mutant that came back to\n\
                  life.",
        wrong: Text("baseline: rung = \"box\"        this run: SAMPLED\n"),
        right: Text("baseline: rung = \"box\"        this run: BOX\n"),
        advice: "find the change; lower the baseline only with `--accept <id> --because \"…\"`.",
    },
    Page {
        code: "C0804",
        meaning: "The baseline has a claim the registry does not have, or the reverse.",
        wrong: Text("baseline: [old-claim]         registry: no such claim\n"),
        right: Text("baseline and registry list the same claims\n"),
        advice: "run `runner baseline --update`, which adds new claims; removed ones need `--accept`.",
    },
];
