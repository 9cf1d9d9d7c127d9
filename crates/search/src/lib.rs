//! Untrusted search: families, draws, adversarial climbing and shrinking.
