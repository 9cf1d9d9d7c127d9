//! The content security policy: nothing is fetched, and only the style and the script of this very page are used.

use sha2::{Digest, Sha256};

/// The policy for a page with this style and this script.
pub(super) fn content(style: &str, script: &str) -> String {
    let (style, script) = (source(style), source(script));
    format!(
        "default-src 'none'; style-src {style}; script-src {script}; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// The policy for a page with this style and no script.
pub(super) fn without_script(style: &str) -> String {
    format!(
        "default-src 'none'; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        source(style)
    )
}

fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

/// Base 64 with padding.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let value = (0..3).fold(0usize, |value, index| {
            value << 8 | usize::from(group.get(index).copied().unwrap_or(0))
        });
        for index in 0..4 {
            let letter = ALPHABET[value >> (18 - 6 * index) & 63];
            out.push(if index <= group.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_of_every_remainder() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn nothing_may_be_fetched() {
        let policy = content("a", "b");
        assert!(policy.starts_with("default-src 'none'; "));
        assert!(!policy.contains("http") && !policy.contains("unsafe") && !policy.contains('*'));
        assert!(
            policy.contains("style-src 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"),
            "{policy}"
        );
    }
}
