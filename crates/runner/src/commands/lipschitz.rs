//! `lipschitz`: the largest gradient of a network over a box, enclosed with a certificate; or a certificate re-checked.

use kernel::certificate::branch::{Certificate, Norm, Refused};
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use search::branch::{Failed, lipschitz as enclose};
use search::shadow::shade_of;
use serde_json::json;
use theorems::value::Value;

use super::eval;
use crate::cli::{GradientNorm, LipschitzArgs};
use crate::files;

/// What is printed.
struct Answer<'a> {
    norm: Norm,
    certificate: &'a Certificate,
    /// Nodes and steps of the search; nothing after a check.
    work: Option<(u64, u64)>,
}

/// Encloses, or checks with the kernel alone if a certificate is given.
pub fn lipschitz(args: &LipschitzArgs) -> u8 {
    match run(args) {
        Ok(()) => 0,
        Err((code, message)) => {
            anstream::eprintln!("{}", message.trim_end());
            code
        }
    }
}

fn run(args: &LipschitzArgs) -> Result<(), (u8, String)> {
    let unusable = |message: String| (2, message);
    let phi = eval::network(&args.network).map_err(unusable)?;
    let domain = ranges(&args.domain, &phi).map_err(unusable)?;
    let norm = match args.norm {
        GradientNorm::One => Norm::L1,
        GradientNorm::Two => Norm::L2Squared,
        GradientNorm::Infinity => Norm::LInfinity,
    };
    if let Some(path) = &args.check {
        let text = std::fs::read_to_string(path)
            .map_err(|error| unusable(format!("error: {}: {error}", path.display())))?;
        let refused = |refused: Refused| {
            let code = match refused {
                Refused::Unreadable(_) | Refused::Unsuitable(_) => 2,
                Refused::Mismatch { .. } | Refused::Point(_) | Refused::Step { .. } => 5,
            };
            (code, format!("REJECTED  {}  {refused}", path.display()))
        };
        let certificate = Certificate::parse(&text).map_err(refused)?;
        certificate.check(&phi, &domain, norm).map_err(refused)?;
        let answer = Answer {
            norm,
            certificate: &certificate,
            work: None,
        };
        print(&answer, args.json);
        return Ok(());
    }
    let found = enclose(&phi, &domain, norm, args.fuel).map_err(|failed| {
        let code = match failed {
            Failed::Refused(Refused::Unsuitable(_)) => 2,
            Failed::Refused(_) => 70,
            Failed::NoPoint => 4,
        };
        (code, format!("error: {failed}"))
    })?;
    if let Some(path) = &args.certificate {
        files::write(path, &found.certificate.text())
            .map_err(|error| unusable(format!("error: {}: {error}", path.display())))?;
    }
    let answer = Answer {
        norm,
        certificate: &found.certificate,
        work: Some((found.nodes, found.pivots)),
    };
    print(&answer, args.json);
    Ok(())
}

/// The ranges of a bounded box with as many sides as the network has inputs.
fn ranges(text: &str, phi: &Network) -> Result<Vec<(Rational, Rational)>, String> {
    let value = eval::constant(text)?;
    let Value::Box(domain) = &value else {
        return Err(format!(
            "error: --box {text}: expected a box, got {}",
            value.kind()
        ));
    };
    let sides = domain
        .sides(phi.indim())
        .map_err(|failure| format!("error: --box {text}: {failure}"))?;
    sides
        .into_iter()
        .map(|side| side.lower.zip(side.upper))
        .collect::<Option<_>>()
        .ok_or_else(|| format!("error: --box {text}: expected a bounded box, got an unbounded one"))
}

fn print(answer: &Answer, as_json: bool) {
    let Certificate {
        lower,
        upper,
        point,
        ..
    } = answer.certificate;
    let point: Vec<String> = point.iter().map(Rational::to_string).collect();
    if as_json {
        let (nodes, pivots) = answer.work.unzip();
        anstream::println!(
            "{}",
            json!({
                "norm": answer.norm.word(), "lower": lower.to_string(), "upper": upper.to_string(),
                "exact": lower == upper, "point": point, "nodes": nodes, "pivots": pivots,
            })
        );
        return;
    }
    let (name, root) = match answer.norm {
        Norm::L1 => ("‖∇RΦ‖₁", false),
        Norm::L2Squared => ("‖∇RΦ‖₂²", true),
        Norm::LInfinity => ("‖∇RΦ‖∞", false),
    };
    let shown = |bound: &Rational| {
        let value = shade_of(bound);
        match root {
            true => format!("{bound} ≈ {value:.9}, root ≈ {:.9}", value.sqrt()),
            false => format!("{bound} ≈ {value:.9}"),
        }
    };
    anstream::println!("max {name} over the box");
    anstream::println!("lower  {}", shown(lower));
    anstream::println!("upper  {}", shown(upper));
    match lower == upper {
        true => anstream::println!("the bounds meet"),
        false => anstream::println!(
            "the bounds do not meet: the difference is {:.4} % of the upper one",
            100.0 * (shade_of(upper) - shade_of(lower)) / shade_of(upper)
        ),
    }
    anstream::println!("lower is reached in the cell of [{}]", point.join(", "));
    match answer.work {
        Some((nodes, pivots)) => anstream::println!("{nodes} nodes, {pivots} pivots"),
        None => anstream::println!("certificate checked"),
    }
}
