//! What `doctor` found, in Prometheus' text format (version 0.0.4): one block a name, each with what it means.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::desk::{Figure, Finding, Health};
use crate::domain::timestamp::Timestamp;

/// All of it.
pub(super) fn text(findings: &[Finding], now: Timestamp) -> String {
    let check = |finding: &Finding| {
        let stands = match finding.health {
            Health::Ok => 0,
            Health::Warn => 1,
            Health::Fail => 2,
        };
        let help = "How a check of `balie doctor` stands: 0 ok, 1 warn, 2 fail.";
        Figure::new("balie_check", help, stands).of("check", finding.name)
    };
    let version = Figure::new("balie_build_info", "Which Balie examined the desk.", 1)
        .of("version", env!("CARGO_PKG_VERSION"));
    let examined = Figure::new(
        "balie_examined_timestamp_seconds",
        "When the desk was examined.",
        now.as_seconds(),
    );
    let checks = findings.iter().map(check);
    let figures = findings.iter().flat_map(|finding| finding.figures.clone());
    let all = [version, examined].into_iter().chain(checks).chain(figures);
    let mut blocks: BTreeMap<&str, String> = BTreeMap::new();
    for figure in all {
        let block = blocks.entry(figure.name).or_insert_with(|| {
            let help = escaped(figure.help, false);
            format!("# HELP {0} {help}\n# TYPE {0} gauge\n", figure.name)
        });
        block.push_str(figure.name);
        let labels: Vec<_> = figure
            .labels
            .iter()
            .map(|(label, value)| format!("{label}=\"{}\"", escaped(value, true)))
            .collect();
        if !labels.is_empty() {
            let _ = write!(block, "{{{}}}", labels.join(","));
        }
        let _ = writeln!(block, " {}", figure.value);
    }
    blocks.into_values().collect()
}

/// What would end the line or the value that it's in, as the format has it.
fn escaped(text: &str, is_label: bool) -> String {
    let text = text.replace('\\', r"\\").replace('\n', r"\n");
    if is_label {
        text.replace('"', "\\\"")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_one_block_and_no_value_ends_its_line() {
        let of = |login: &str| Figure::new("balie_x", "A \\ b.", 7).of("login", login);
        let findings = [
            Finding::ok("keys", "").with([of("a\"b\n")]),
            Finding::warn("clock", "", "").with([of("c")]),
        ];
        let text = text(&findings, Timestamp::from_seconds(1_800_000_000));
        let expected = format!(
            "# HELP balie_build_info Which Balie examined the desk.\n\
             # TYPE balie_build_info gauge\n\
             balie_build_info{{version=\"{}\"}} 1\n\
             # HELP balie_check How a check of `balie doctor` stands: 0 ok, 1 warn, 2 fail.\n\
             # TYPE balie_check gauge\n\
             balie_check{{check=\"keys\"}} 0\n\
             balie_check{{check=\"clock\"}} 1\n\
             # HELP balie_examined_timestamp_seconds When the desk was examined.\n\
             # TYPE balie_examined_timestamp_seconds gauge\n\
             balie_examined_timestamp_seconds 1800000000\n\
             # HELP balie_x A \\\\ b.\n\
             # TYPE balie_x gauge\n\
             balie_x{{login=\"a\\\"b\\n\"}} 7\n\
             balie_x{{login=\"c\"}} 7\n",
            env!("CARGO_PKG_VERSION")
        );
        assert_eq!(text, expected);
    }
}
