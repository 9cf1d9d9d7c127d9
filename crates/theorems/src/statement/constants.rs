//! The values of the explicit constants of a claim.

use claim_language::file::Claim;

use crate::machine::Memory;
use crate::program::{Names, compile};
use crate::statement::evaluate;
use crate::value::{Backend, Value};

/// The value of every constant of a claim, by dependency.
pub fn constants(claim: &Claim) -> Result<Vec<(&str, Value)>, String> {
    let mut names = Names::new();
    let mut values = Vec::new();
    for constant in &claim.constants {
        let program = compile(&constant.value, &names)?;
        let value = evaluate(&program, &[], Backend::Fast, &mut Memory::default());
        names.define_let(&constant.name, constant.value.clone());
        values.push((constant.name.as_str(), value));
    }
    Ok(values)
}
