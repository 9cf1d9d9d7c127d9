//! Calls: natives by overload, false twins, and variables of function type.

use std::ops::Range;

use super::Checker;
use crate::expr::problem::{
    Problem, TWIN_OUTSIDE_MUTANT, UNKNOWN_NAME, WRONG_COUNT, WRONG_TYPE, suggestion,
};
use crate::expr::{NodeId, Type};
use crate::vocabulary::{Function, Overload};

impl<'a> Checker<'a> {
    pub(super) fn call(
        &mut self,
        id: NodeId,
        name: &'a str,
        variant: Option<&str>,
        arguments: &[NodeId],
    ) -> Option<Type> {
        let head = self.tree.head_span(id);
        let local = match self.bindings.binder[id as usize] {
            Some(binder) => Some(self.variable(binder)),
            None => self.scope.get(name).cloned().map(Some),
        };
        let function = self.vocabulary.function(name);
        match (local, function) {
            (Some(None), None) => None,
            (Some(Some(of)), None) if !of.is_applicable() => self.not_a_function(head, name, &of),
            (Some(Some(of)), _) if of.is_applicable() => self.apply(head, name, variant, arguments),
            _ if name == "defined" && variant.is_none() => {
                if arguments.len() != 1 {
                    self.wrong_count(
                        head,
                        "defined",
                        "1 argument",
                        arguments.len(),
                        "`defined(e)`",
                    );
                }
                Some(Type::Bool)
            }
            (_, Some(function)) => match variant {
                Some(twin) => self.twin(head, function, twin, arguments),
                None => self.native(head, name, function.folds(), &function.overloads, arguments),
            },
            (_, None) => self.unknown_function(head, name, arguments),
        }
    }

    fn not_a_function(&mut self, head: Range<usize>, name: &str, of: &Type) -> Option<Type> {
        let got = of.with_article();
        let problem = Problem::new(
            WRONG_TYPE,
            head,
            format!("`{name}` is {got}, not a function"),
            "cannot be applied",
        );
        self.report(match of {
            Type::Network => problem.help(format!("write `value({name}, x)` for its value at x")),
            _ if of.is_numeric() => problem.help(format!("write `{name} * (…)` for a product")),
            Type::Vec | Type::Matrix => problem.help(format!("write `{name}[i]` for an entry")),
            Type::Activation => problem.help(format!("write `act({name}, t)` for its value at t")),
            _ => problem,
        });
        None
    }

    /// `f(x)` for a variable f: ℝᵈ → ℝ; the argument is a vector, or a number if d = 1.
    fn apply(
        &mut self,
        head: Range<usize>,
        name: &str,
        variant: Option<&str>,
        arguments: &[NodeId],
    ) -> Option<Type> {
        if let Some(twin) = variant {
            self.report(Problem::new(
                UNKNOWN_NAME,
                head,
                format!("the variable `{name}` has no twin `{twin}`"),
                "only natives have twins",
            ));
        } else if let [argument] = arguments {
            if let Some(found) = self.type_of(*argument)
                && !found.is_numeric()
            {
                self.expect(&Type::Vec, *argument, &format!("the argument of `{name}`"));
            }
        } else {
            self.wrong_count(
                head,
                name,
                "1 argument",
                arguments.len(),
                &format!("`{name}(x)`"),
            );
        }
        Some(Type::Real)
    }

    fn unknown_function(
        &mut self,
        head: Range<usize>,
        name: &'a str,
        arguments: &[NodeId],
    ) -> Option<Type> {
        if !self.unknown.insert(name) {
            return None;
        }
        let types: Option<Vec<String>> = arguments
            .iter()
            .map(|argument| self.type_of(*argument).map(Type::with_article))
            .collect();
        let message = match types.filter(|types| !types.is_empty()) {
            Some(types) => format!("no function `{name}` takes {}", types.join(" and ")),
            None => format!("no function `{name}`"),
        };
        let problem = Problem::new(UNKNOWN_NAME, head, message, "unknown function")
            .maybe_help(self.function_suggestion(name))
            .help("`runner explain functions` lists every function with its definition");
        self.report(problem);
        None
    }

    /// Names that begin with the unknown one (`lip` → `lip1`, `lip2`, `lipinf`), else near ones.
    fn function_suggestion(&self, name: &str) -> Option<String> {
        let mut known = self.vocabulary.function_names();
        known.extend(
            self.scope
                .names()
                .filter(|name| self.scope.get(name).is_some_and(Type::is_applicable)),
        );
        let longer: Vec<String> = known
            .iter()
            .filter(|known| known.starts_with(name))
            .map(|known| format!("`{known}`"))
            .collect();
        if name.len() > 2 && (1..=8).contains(&longer.len()) {
            return Some(format!("did you mean {}?", longer.join(", ")));
        }
        suggestion(name, known)
    }

    fn twin(
        &mut self,
        head: Range<usize>,
        function: &Function,
        twin: &str,
        arguments: &[NodeId],
    ) -> Option<Type> {
        let name = function.name;
        let result = function
            .overloads
            .first()
            .map(|overload| overload.result.clone());
        let Some(found) = function.twin(twin) else {
            let problem = Problem::new(
                UNKNOWN_NAME,
                head,
                format!("`{name}` has no false twin `{twin}`"),
                "unknown twin",
            )
            .maybe_help(suggestion(
                twin,
                function.twins.iter().map(|twin| twin.name),
            ));
            self.report(problem);
            return result;
        };
        if !self.scope.twins_allowed {
            let problem = Problem::new(
                TWIN_OUTSIDE_MUTANT,
                head.clone(),
                format!("`{name}@{twin}` is a false twin of `{name}`"),
                "may stand in mutants only",
            )
            .help(format!(
                "write `{name}(…)` here and put the twin into an edit of a mutant"
            ));
            self.report(problem);
        }
        let signature = [Overload::new(found.parameters.clone(), result?)];
        self.native(
            head,
            &format!("{name}@{twin}"),
            false,
            &signature,
            arguments,
        )
    }

    pub(super) fn wrong_count(
        &mut self,
        head: Range<usize>,
        name: &str,
        takes: &str,
        got: usize,
        usage: &str,
    ) {
        let problem = Problem::new(
            WRONG_COUNT,
            head,
            format!("`{name}` takes {takes}, got {got}"),
            format!("{got} given"),
        );
        self.report(problem.help(format!("write {usage}")));
    }
}
