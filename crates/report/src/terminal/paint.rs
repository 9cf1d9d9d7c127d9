//! Colours on a terminal. A status is always a word; the colour only repeats it.

use kernel::record::{ClaimRecord, Status};
use owo_colors::{OwoColorize, Style};

/// Whether colours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Text alone.
    Plain,
    /// ANSI colours.
    Coloured,
}

impl Paint {
    /// The text in the colour of the claim's status: green only if the claim is, no colour for a missing hypothesis.
    pub(super) fn status(self, claim: &ClaimRecord, text: &str) -> String {
        let style = if claim.needs_hypothesis() {
            Style::new().bold()
        } else {
            style_of(claim.status, claim.is_green())
        };
        self.styled(text, style)
    }

    /// The text in the colour of a status word in the table, where no single claim is meant.
    pub(super) fn word(self, status: Status, text: &str) -> String {
        self.styled(text, style_of(status, false))
    }

    /// The text as an alarm.
    pub(super) fn alarm(self, text: &str) -> String {
        self.styled(text, Style::new().bold().red())
    }

    /// The text in bold.
    pub(super) fn strong(self, text: &str) -> String {
        self.styled(text, Style::new().bold())
    }

    /// The text set back.
    pub(super) fn faint(self, text: &str) -> String {
        self.styled(text, Style::new().dimmed())
    }

    fn styled(self, text: &str, style: Style) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Coloured => text.style(style).to_string(),
        }
    }
}

fn style_of(status: Status, green: bool) -> Style {
    match status {
        Status::Instance | Status::Box | Status::Proved if green => Style::new().green(),
        Status::Refuted => Style::new().red(),
        Status::Instance => Style::new().cyan(),
        Status::Box => Style::new().blue(),
        Status::Proved => Style::new().bold().blue(),
        Status::Sampled | Status::Cited => Style::new(),
        Status::Vacuous | Status::UnderCovered | Status::Incomplete | Status::Stale => {
            Style::new().magenta()
        }
        Status::Broken => Style::new().bold().magenta(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::record::{Expect, Kind};

    const GREEN: &str = "\u{1b}[32m";

    fn claim(status: Status, green: bool) -> ClaimRecord {
        let mut claim = ClaimRecord::new("a", "networks", "A", Kind::Bound, Some(Expect::Holds));
        claim.status = status;
        claim.green = green;
        claim
    }

    #[test]
    fn only_a_green_claim_is_green() {
        assert!(
            Paint::Coloured
                .status(&claim(Status::Instance, true), "x")
                .contains(GREEN)
        );
        assert!(
            !Paint::Coloured
                .status(&claim(Status::Instance, false), "x")
                .contains(GREEN)
        );
        for &status in Status::ALL.iter().filter(|status| !status.may_be_green()) {
            assert!(
                !Paint::Coloured
                    .status(&claim(status, true), "x")
                    .contains(GREEN),
                "{status}"
            );
        }
    }

    #[test]
    fn plain_text_has_no_colour() {
        for &status in Status::ALL {
            assert_eq!(Paint::Plain.status(&claim(status, true), "x"), "x");
        }
        assert_eq!(Paint::Plain.alarm("x"), "x");
    }
}
