//! The formulas and words of one card, printed from the checked trees of a claim.
//!
//! The pages depend on this alone, not on claims: what a card shows as the statement is what was checked, because every formula here comes
//! from the printers of the language.

mod build;

/// One formula in three formats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formula {
    /// A `<math>` element.
    pub mathml: String,
    /// For math mode.
    pub tex: String,
    /// Readable text.
    pub unicode: String,
}

/// A formula with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The name in the claim file.
    pub name: String,
    /// The formula.
    pub formula: Formula,
    /// Where it is from, or why it stands there.
    pub remark: Option<String>,
}

/// One quantified variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// The name in the claim file.
    pub name: String,
    /// In symbols: `∀ x ∈ ℝ^d`.
    pub symbols: Formula,
    /// In words: `for every vector x`.
    pub words: String,
    /// The restrictions that belong to the statement.
    pub restrictions: Vec<Formula>,
    /// The construction that gives it.
    pub by: Option<Formula>,
    /// The finite choice the statement makes.
    pub among: Vec<Formula>,
    /// Remarks: that it is decided for all values at once, where it is searched.
    pub remarks: Vec<String>,
}

/// One named conclusion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConclusionText {
    /// The name in the claim file.
    pub name: String,
    /// The variables it quantifies besides those of the statement.
    pub quantify: Vec<Bound>,
    /// The formula.
    pub formula: Formula,
}

/// The claim that refutes or implies a statement in prose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImplicationText {
    /// `refuted by` or `implied by`.
    pub relation: String,
    /// The other claim.
    pub claim: String,
    /// The argument.
    pub argument: String,
}

/// Everything a card shows of a claim file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardText {
    /// Id of the claim.
    pub id: String,
    /// Title of the claim.
    pub title: String,
    /// The prefix, in order.
    pub quantify: Vec<Bound>,
    /// Constants of the source.
    pub constants: Vec<Named>,
    /// Abbreviations, in the order of dependency.
    pub lets: Vec<Named>,
    /// Hypotheses.
    pub hypotheses: Vec<Named>,
    /// Conclusions.
    pub conclusions: Vec<ConclusionText>,
    /// The statement in prose, for a schema claim.
    pub prose: Option<String>,
    /// What refutes or implies a statement in prose.
    pub implication: Option<ImplicationText>,
    /// The formula as the source prints it, in TeX.
    pub source_tex: Option<String>,
    /// The order of the quantifiers as the source prints it.
    pub source_prefix: Option<String>,
}

impl CardText {
    /// The whole statement in TeX: prefix, hypotheses and conclusions.
    pub fn statement_tex(&self) -> String {
        self.joined(
            |formula| &formula.tex,
            " \\wedge ",
            " \\Rightarrow ",
            "\\colon ",
        )
    }

    /// The whole statement as readable text.
    pub fn statement_unicode(&self) -> String {
        self.joined(|formula| &formula.unicode, " and ", " ⟹ ", ": ")
    }

    fn joined(
        &self,
        part: impl Fn(&Formula) -> &String,
        and: &str,
        then: &str,
        colon: &str,
    ) -> String {
        if let Some(prose) = &self.prose {
            return prose.clone();
        }
        let prefix = |bounds: &[Bound]| -> String {
            bounds
                .iter()
                .map(|bound| {
                    let restrictions: Vec<&str> = bound
                        .restrictions
                        .iter()
                        .map(|formula| part(formula).as_str())
                        .collect();
                    let with = if restrictions.is_empty() {
                        String::new()
                    } else {
                        format!(" ({})", restrictions.join(and))
                    };
                    format!("{}{with}{colon}", part(&bound.symbols))
                })
                .collect()
        };
        let hypotheses: Vec<&str> = self
            .hypotheses
            .iter()
            .map(|named| part(&named.formula).as_str())
            .collect();
        let conclusions: Vec<String> = self
            .conclusions
            .iter()
            .map(|conclusion| {
                format!(
                    "{}{}",
                    prefix(&conclusion.quantify),
                    part(&conclusion.formula)
                )
            })
            .collect();
        let premise = if hypotheses.is_empty() {
            String::new()
        } else {
            format!("{}{then}", hypotheses.join(and))
        };
        format!(
            "{}{premise}{}",
            prefix(&self.quantify),
            conclusions.join(and)
        )
    }
}
