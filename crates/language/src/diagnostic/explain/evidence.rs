//! Pages of C04xx and C06xx: what a run finds, and stored evidence.

use super::{Example::*, Page};

#[rustfmt::skip]
pub(super) const PAGES: &[Page] = &[
    Page {
        code: "C0401",
        meaning: "No instance that was drawn meets the hypotheses, so nothing was tested. The status is VACUOUS, never SAMPLED.",
        wrong: Text("{ all = \"c\", in = \"real\", search = \"[-2, -1]\" }\nassume.positive.expr = 'c > 0'\n"),
        right: Text("{ all = \"c\", in = \"real\", search = \"[1/2, 1, 2]\" }\nassume.positive.expr = 'c > 0'\n"),
        advice: "widen the search range, or name a generator family that builds admissible objects.",
    },
    Page {
        code: "C0402",
        meaning: "A line of `cover` asks for instances the run did not meet often enough. The status is UNDER-COVERED.",
        wrong: Text("{ all = \"x\", in = \"vec(indim(phi))\", from = [\"generic(phi)\"] }\n[[cover]]\nname = \"on a kink\"\nwhen = 'has_zero_preactivation(phi, x)'\nat_least = \"1/2\"\n"),
        right: Text("{ all = \"x\", in = \"vec(indim(phi))\", from = [\"kinks(phi)\", \"generic(phi)\"] }\n[[cover]]\nname = \"on a kink\"\nwhen = 'has_zero_preactivation(phi, x)'\nat_least = \"1/2\"\n"),
        advice: "add a family that produces such instances; lower `at_least` only if the case is truly rare.",
    },
    Page {
        code: "C0403",
        meaning: "More than 1 % of the instances have an undefined conclusion, and the statement does not say `defined`. An\n\
                  undefined instance neither refutes nor supports a claim. The status is BROKEN.",
        wrong: Text("conclusion.main.expr = 'deriv(phi, x, 0) == jacobian(phi, x)'\n"),
        right: Text("conclusion.main.expr = 'implies(defined(jacobian(phi, x)), deriv(phi, x, 0) == jacobian(phi, x))'\n"),
        advice: "say what happens where the value is undefined, or exclude these instances by `where`.",
    },
    Page {
        code: "C0404",
        meaning: "The generator of a variable tried 1000 values and none passed its `where`. Equations such as\n\
                  `indim(psi) == outdim(phi)` are met by construction, other conditions only filter.",
        wrong: Text("{ all = \"phi\", in = \"network\", where = 'connectivity(phi) == 137 and depth(phi) == 9' }\n"),
        right: Text("{ all = \"phi\", in = \"network\", where = 'depth(phi) == 9', from = [\"G1\"] }\n"),
        advice: "name a family whose values meet the condition.",
    },
    Page {
        code: "C0601",
        meaning: "The claim or one of its mutants names a witness file that does not exist under `theorems/witnesses`.",
        wrong: Text("[witness]\nfile = \"poly-degree.toml\"       # no such file\n"),
        right: Text("[witness]\nfile = \"poly-degree.q2L5.toml\"\n"),
        advice: "correct the name, or store a witness with `runner run <id>`.",
    },
    Page {
        code: "C0602",
        meaning: "A witness file cannot be read: it is no TOML of the witness format, or a value is not an exact number.",
        wrong: Text("[values]\nx = 0.1\n"),
        right: Text("[values]\nx = \"1/10\"\n"),
        advice: "write numbers as strings `p/q`; `runner replay <file>` checks one witness.",
    },
    Page {
        code: "C0603",
        meaning: "A witness was found for another statement: the formula, a range, a constant or the meaning of a native has\n\
                  changed since. The status is STALE until it replays.",
        wrong: Text("statement_sha256 = \"(of the statement before the last edit)\"\n"),
        right: Text("statement_sha256 = \"(of the statement as it is now)\"\n"),
        advice: "run the claim again and review what changed; never edit the hash by hand.",
    },
    Page {
        code: "C0604",
        meaning: "A witness does not refute its statement: evaluated exactly, a hypothesis is not true or the conclusion is.",
        wrong: Text("claim x^2 >= x for all real x, witness x = \"2\"\n"),
        right: Text("claim x^2 >= x for all real x, witness x = \"1/2\"\n"),
        advice: "store a witness that the program found itself, or look for the change that repaired the claim.",
    },
    Page {
        code: "C0605",
        meaning: "A formal proof is missing, or proves another proposition than the one generated from the statement.",
        wrong: Text("Theorem lower_le_upper : (* retyped by hand *) … .\n"),
        right: Text("Theorem lower_le_upper : Generated.lower_le_upper.statement.\n"),
        advice: "generate the proposition again with `runner prove` and prove that one.",
    },
    Page {
        code: "C0606",
        meaning: "A formal proof rests on an axiom that is not on the allowed list, so it does not prove the statement.",
        wrong: Text("Axiom cheat : forall P : Prop, P.\nTheorem t : statement. Proof. apply cheat. Qed.\n"),
        right: Text("Theorem t : statement. Proof. … Qed.\n"),
        advice: "remove the axiom; the card lists the axioms a proof uses.",
    },
];
