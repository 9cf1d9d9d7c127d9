//! The only maker of verdicts: re-checks witnesses and finite scopes.
