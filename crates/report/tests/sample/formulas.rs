//! The formulas of the sample, written by hand in the way the printers of the language write them.

use report::card_text::{Bound, CardText, ConclusionText, Formula, ImplicationText, Named};

fn formula(mathml: &str, tex: &str, unicode: &str) -> Formula {
    Formula {
        mathml: format!("<math>{mathml}</math>"),
        tex: tex.to_owned(),
        unicode: unicode.to_owned(),
    }
}

fn bound(name: &str, symbols: Formula, words: &str) -> Bound {
    Bound {
        name: name.to_owned(),
        symbols,
        words: words.to_owned(),
        ..Bound::default()
    }
}

fn with(mut bound: Bound, restrictions: &[Formula]) -> Bound {
    bound.restrictions = restrictions.to_vec();
    bound
}

fn remarked(mut bound: Bound, remark: &str) -> Bound {
    bound.remarks.push(remark.to_owned());
    bound
}

fn main(formula: Formula) -> Vec<ConclusionText> {
    vec![ConclusionText {
        name: "main".to_owned(),
        quantify: Vec::new(),
        formula,
    }]
}

fn named(name: &str, formula: Formula) -> Named {
    Named {
        name: name.to_owned(),
        formula,
        remark: None,
    }
}

fn all(symbol: &str, domain: &str, tex: &str, unicode: &str) -> Formula {
    formula(
        &format!("<mo>∀</mo><mi>{symbol}</mi><mo>∈</mo>{domain}"),
        tex,
        unicode,
    )
}

const REALS: &str = "<mi mathvariant=\"normal\">ℝ</mi>";
const NATURALS: &str = "<mi mathvariant=\"normal\">ℕ</mi>";

fn d(psi: &str, argument: &str) -> String {
    format!(
        "<msub><mi>D</mi><mi>c</mi></msub><mo>⁡</mo><mi>{psi}</mi><mrow><mo stretchy=\"false\">(</mo>{argument}<mo stretchy=\"false\">)</mo></mrow>"
    )
}

fn chain_rule() -> CardText {
    let r_phi = "<mi>R</mi><mi>Φ</mi><mrow><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo></mrow>";
    let composed = format!(
        "<msub><mi>D</mi><mi>c</mi></msub><mrow><mo stretchy=\"false\">(</mo><mi>Ψ</mi><mo>∘</mo><mi>Φ</mi><mo stretchy=\"false\">)</mo></mrow><mrow><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo></mrow><mo>=</mo>{}<mo>·</mo>{}",
        d("Ψ", r_phi),
        d("Φ", "<mi>x</mi>")
    );
    let dimension = "<msup><mi mathvariant=\"normal\">ℝ</mi><mrow><mi mathvariant=\"normal\">indim</mi><mo>⁡</mo><mi>Φ</mi></mrow></msup>";
    CardText {
        id: "nn-chain-rule".to_owned(),
        title: "Chain rule for the network derivative, everywhere".to_owned(),
        quantify: vec![
            with(
                bound(
                    "phi",
                    formula("<mo>∀</mo><mi>Φ</mi>", "\\forall\\Phi", "∀ Φ"),
                    "for every network Φ",
                ),
                &[formula(
                    "<msub><mi>ϱ</mi><mi>Φ</mi></msub><mo>=</mo><mi mathvariant=\"normal\">ReLU</mi>",
                    "\\varrho_\\Phi=\\mathrm{ReLU}",
                    "activation(phi) == relu",
                )],
            ),
            with(
                bound(
                    "psi",
                    formula("<mo>∀</mo><mi>Ψ</mi>", "\\forall\\Psi", "∀ Ψ"),
                    "for every network Ψ",
                ),
                &[
                    formula(
                        "<msub><mi>ϱ</mi><mi>Ψ</mi></msub><mo>=</mo><mi mathvariant=\"normal\">ReLU</mi>",
                        "\\varrho_\\Psi=\\mathrm{ReLU}",
                        "activation(psi) == relu",
                    ),
                    formula(
                        "<mi mathvariant=\"normal\">indim</mi><mo>⁡</mo><mi>Ψ</mi><mo>=</mo><mi mathvariant=\"normal\">outdim</mi><mo>⁡</mo><mi>Φ</mi>",
                        "\\operatorname{indim}\\Psi=\\operatorname{outdim}\\Phi",
                        "indim(psi) == outdim(phi)",
                    ),
                ],
            ),
            bound(
                "x",
                all(
                    "x",
                    dimension,
                    "\\forall x\\in\\mathbb R^{\\operatorname{indim}\\Phi}",
                    "∀ x ∈ ℝ^indim(phi)",
                ),
                "for every vector x",
            ),
            remarked(
                bound(
                    "c",
                    all("c", REALS, "\\forall c\\in\\mathbb R", "∀ c ∈ ℝ"),
                    "for every real number c",
                ),
                "decided for all values at once",
            ),
        ],
        conclusions: main(formula(
            &composed,
            "D_c(\\Psi\\circ\\Phi)(x)=D_c\\Psi(R\\Phi(x))\\cdot D_c\\Phi(x)",
            "deriv(compose(psi, phi), x, c) == deriv(psi, value(phi, x), c) * deriv(phi, x, c)",
        )),
        source_tex: Some("D(\\Psi\\circ\\Phi)(x)=D\\Psi(R\\Phi(x))\\,D\\Phi(x)".to_owned()),
        source_prefix: Some("all phi psi x c".to_owned()),
        ..CardText::default()
    }
}

fn lipschitz() -> CardText {
    let natural = |name: &str, words: &str| {
        bound(
            name,
            all(
                name,
                NATURALS,
                &format!("\\forall {name}\\in\\mathbb N"),
                &format!("∀ {name} ∈ ℕ"),
            ),
            words,
        )
    };
    let at_least_one = |name: &str| {
        formula(
            &format!("<mi>{name}</mi><mo>≥</mo><mn>1</mn>"),
            &format!("{name}\\ge 1"),
            &format!("{name} >= 1"),
        )
    };
    CardText {
        id: "lipschitz-maxnorm".to_owned(),
        title: "Lipschitz constant of a ReLU network with entrywise bounded weights".to_owned(),
        quantify: vec![
            with(
                natural("d", "for every natural number d"),
                &[at_least_one("d")],
            ),
            with(
                natural("B", "for every natural number B"),
                &[at_least_one("B")],
            ),
            with(
                natural("L", "for every natural number L"),
                &[at_least_one("L")],
            ),
            with(
                bound(
                    "c",
                    all("c", REALS, "\\forall c\\in\\mathbb R", "∀ c ∈ ℝ"),
                    "for every real number c",
                ),
                &[formula("<mi>c</mi><mo>&gt;</mo><mn>0</mn>", "c>0", "c > 0")],
            ),
            bound(
                "phi",
                formula("<mo>∀</mo><mi>Φ</mi>", "\\forall\\Phi", "∀ Φ"),
                "for every network Φ of depth L, input dimension d and hidden widths B",
            ),
        ],
        hypotheses: vec![
            named(
                "weights",
                formula(
                    "<munder><mi mathvariant=\"normal\">max</mi><mi>ℓ</mi></munder><msub><mrow><mo stretchy=\"false\">‖</mo><msub><mi>A</mi><mi>ℓ</mi></msub><mo stretchy=\"false\">‖</mo></mrow><mi>∞</mi></msub><mo>≤</mo><mi>c</mi>",
                    "\\max_\\ell\\|A_\\ell\\|_\\infty\\le c",
                    "max_abs_weight(phi) <= c",
                ),
            ),
            named(
                "biases",
                formula(
                    "<munder><mi mathvariant=\"normal\">max</mi><mi>ℓ</mi></munder><msub><mrow><mo stretchy=\"false\">‖</mo><msub><mi>b</mi><mi>ℓ</mi></msub><mo stretchy=\"false\">‖</mo></mrow><mi>∞</mi></msub><mo>≤</mo><mi>c</mi>",
                    "\\max_\\ell\\|b_\\ell\\|_\\infty\\le c",
                    "max_abs_bias(phi) <= c",
                ),
            ),
            named(
                "scalar",
                formula(
                    "<mi mathvariant=\"normal\">outdim</mi><mo>⁡</mo><mi>Φ</mi><mo>=</mo><mn>1</mn>",
                    "\\operatorname{outdim}\\Phi=1",
                    "outdim(phi) == 1",
                ),
            ),
        ],
        conclusions: main(formula(
            "<msub><mi mathvariant=\"normal\">Lip</mi><mn>2</mn></msub><mo>⁡</mo><mi>Φ</mi><mo>≤</mo><msup><mi>c</mi><mi>L</mi></msup><mo>·</mo><msqrt><mi>d</mi></msqrt><mo>·</mo><msup><mi>B</mi><mrow><mi>L</mi><mo>−</mo><mn>1</mn></mrow></msup>",
            "\\operatorname{Lip}_2\\Phi\\le c^L\\sqrt d\\,B^{L-1}",
            "lip2(phi) <= c^L * sqrt(d) * B^(L-1)",
        )),
        source_tex: Some(
            "\\operatorname{Lip}_{\\ell^2}(\\phi)\\le c^{L}\\sqrt d\\,B^{L-1}".to_owned(),
        ),
        ..CardText::default()
    }
}

fn poly_degree() -> CardText {
    CardText {
        id: "poly-activation-degree".to_owned(),
        title: "A network with a polynomial activation has degree at most L·q".to_owned(),
        quantify: vec![
            bound(
                "q",
                all("q", NATURALS, "\\forall q\\in\\mathbb N", "∀ q ∈ ℕ"),
                "for every natural number q",
            ),
            bound(
                "L",
                all("L", NATURALS, "\\forall L\\in\\mathbb N", "∀ L ∈ ℕ"),
                "for every natural number L",
            ),
            with(
                bound(
                    "phi",
                    formula("<mo>∀</mo><mi>Φ</mi>", "\\forall\\Phi", "∀ Φ"),
                    "for every network Φ of depth L",
                ),
                &[formula(
                    "<msub><mi>ϱ</mi><mi>Φ</mi></msub><mo>=</mo><msup><mi>t</mi><mi>q</mi></msup>",
                    "\\varrho_\\Phi=t^q",
                    "activation(phi) == t^q",
                )],
            ),
        ],
        conclusions: main(formula(
            "<mi mathvariant=\"normal\">deg</mi><mo>⁡</mo><mi>Φ</mi><mo>≤</mo><mi>L</mi><mo>·</mo><mi>q</mi>",
            "\\deg\\Phi\\le L\\cdot q",
            "degree(phi) <= L * q",
        )),
        source_tex: Some("\\deg\\Phi\\le L\\cdot q".to_owned()),
        ..CardText::default()
    }
}

fn lower_le_upper() -> CardText {
    let power = |base: &str, exponent: &str| format!("<msup>{base}<mrow>{exponent}</mrow></msup>");
    let shared = format!(
        "{}<mo>·</mo>{}",
        power("<mi>c</mi>", "<mi>d</mi><mo>⁢</mo><mi>L</mi>"),
        power(
            "<mrow><mo stretchy=\"false\">(</mo><mn>3</mn><mo>⁢</mo><mi>d</mi><mo stretchy=\"false\">)</mo></mrow>",
            "<mi>d</mi><mo>·</mo><mrow><mo stretchy=\"false\">(</mo><mi>L</mi><mo>−</mo><mn>2</mn><mo stretchy=\"false\">)</mo></mrow>"
        )
    );
    let fraction = |top: &str, bottom: &str| {
        power(
            &format!("<mrow><mo>(</mo><mfrac>{top}{bottom}</mfrac><mo>)</mo></mrow>"),
            "<mi>d</mi>",
        )
    };
    let lower = format!(
        "<mi>lower</mi><mo>=</mo>{shared}<mo>·</mo>{}",
        fraction(
            "<mn>1</mn>",
            "<mrow><msub><mi>k</mi><mi mathvariant=\"normal\">low</mi></msub><mo>⁢</mo><mi>ε</mi></mrow>"
        )
    );
    let upper = format!(
        "<mi>upper</mi><mo>=</mo>{shared}<mo>·</mo>{}",
        fraction(
            "<mrow><msub><mi>k</mi><mi mathvariant=\"normal\">up</mi></msub><mo>⁢</mo><msup><mi>d</mi><mn>2</mn></msup></mrow>",
            "<mi>ε</mi>"
        )
    );
    CardText {
        id: "samples-lower-le-upper".to_owned(),
        title: "The two sample-size bounds do not contradict each other".to_owned(),
        quantify: vec![
            bound(
                "d",
                all("d", NATURALS, "", "∀ d ∈ ℕ"),
                "for every natural number d",
            ),
            bound(
                "L",
                all("L", NATURALS, "", "∀ L ∈ ℕ"),
                "for every natural number L",
            ),
            bound(
                "c",
                all("c", REALS, "", "∀ c ∈ ℝ"),
                "for every real number c",
            ),
            bound(
                "eps",
                all("ε", REALS, "", "∀ eps ∈ ℝ"),
                "for every real number ε",
            ),
        ],
        constants: vec![Named {
            name: "k_low".to_owned(),
            formula: formula(
                "<msub><mi>k</mi><mi mathvariant=\"normal\">low</mi></msub><mo>=</mo><msup><mn>2</mn><mn>7</mn></msup>",
                "",
                "k_low = 2^7",
            ),
            remark: Some("slide “Lower Bound”".to_owned()),
        }],
        lets: vec![
            named("lower", formula(&lower, "", "lower = …")),
            named("upper", formula(&upper, "", "upper = …")),
        ],
        conclusions: main(formula(
            "<mi>lower</mi><mo>≤</mo><mi>upper</mi>",
            "",
            "lower <= upper",
        )),
        ..CardText::default()
    }
}

fn square() -> CardText {
    let size = |name: &str, left: &str, right: &str| ConclusionText {
        name: name.to_owned(),
        quantify: Vec::new(),
        formula: formula(
            &format!("<mi mathvariant=\"normal\">{left}</mi><mo>⁡</mo><mi>Φ</mi><mo>≤</mo>{right}"),
            "",
            name,
        ),
    };
    CardText {
        id: "square-w1inf".to_owned(),
        title: "Squaring in W^{1,∞} with explicit size".to_owned(),
        quantify: vec![bound(
            "m",
            all("m", NATURALS, "", "∀ m ∈ ℕ"),
            "for every natural number m",
        )],
        lets: vec![named(
            "phi",
            formula(
                "<mi>Φ</mi><mo>=</mo><mi mathvariant=\"normal\">square</mi><mrow><mo stretchy=\"false\">(</mo><mi>m</mi><mo stretchy=\"false\">)</mo></mrow>",
                "",
                "phi = square(m)",
            ),
        )],
        conclusions: vec![
            size("depth", "depth", "<mi>m</mi><mo>+</mo><mn>1</mn>"),
            size("width", "width", "<mn>3</mn>"),
            size("size", "connectivity", "<mn>12</mn><mo>⁢</mo><mi>m</mi>"),
            size("weight", "weight", "<mn>4</mn>"),
            ConclusionText {
                name: "error".to_owned(),
                quantify: Vec::new(),
                formula: formula(
                    "<msub><mrow><mo>‖</mo><mi>R</mi><mi>Φ</mi><mo>−</mo><msup><mi>x</mi><mn>2</mn></msup><mo>‖</mo></mrow><mrow><msup><mi>W</mi><mrow><mn>1</mn><mo>,</mo><mi>∞</mi></mrow></msup><mo>(</mo><mn>0</mn><mo>,</mo><mn>1</mn><mo>)</mo></mrow></msub><mo>≤</mo><msup><mn>2</mn><mrow><mo>−</mo><mi>m</mi></mrow></msup>",
                    "",
                    "w1inf_error(phi, fn(x) x^2, [0,1]) <= 2^-m",
                ),
            },
        ],
        ..CardText::default()
    }
}

fn schema() -> CardText {
    CardText {
        id: "fundamental-lower-bound-printed".to_owned(),
        title: "Fundamental lower bound, as printed".to_owned(),
        prose: Some("For every activation, every Learn with error at most eps on the class and every gamma below the optimal exponent, no C bounds the complexity by C eps^-gamma.".to_owned()),
        implication: Some(ImplicationText {
            relation: "refuted by".to_owned(),
            claim: "one-activation-encodes-a-list".to_owned(),
            argument: "a countable dense list gives a class with a positive exponent and constant complexity 3".to_owned(),
        }),
        ..CardText::default()
    }
}

/// The texts that exist; the other claims show their canonical statement.
pub fn all_texts() -> Vec<CardText> {
    vec![
        chain_rule(),
        lipschitz(),
        poly_degree(),
        lower_le_upper(),
        square(),
        schema(),
    ]
}
