//! Authentication-Results (RFC 8601): a small strict tokenizer. What it doesn't understand to the end,
//! it doesn't understand at all.

use super::gate::{Gated, relaxed};
use crate::domain::request::evidence::AuthResults;

/// How many fields are looked at.
const MOST: usize = 20;
/// How many statements a field may make: one that makes more isn't understood.
const MOST_STATEMENTS: usize = 50;
/// The longest word that one may have, in bytes.
const WORD: usize = 253;

/// A method with its result and its properties.
#[derive(Debug, PartialEq, Eq)]
struct Statement {
    method: String,
    result: String,
    properties: Vec<(String, String)>,
}

impl Statement {
    /// The value of the first property of that name.
    fn property(&self, name: &str) -> Option<&str> {
        let mut properties = self.properties.iter();
        let found = properties.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Every Authentication-Results field that can be read, topmost first.
pub(super) fn read(gated: &Gated<'_>) -> Vec<AuthResults> {
    let mut found = Vec::new();
    // The hosts that took the mail in, the last one first.
    let hops: Vec<String> = gated.all("received").map(received_by).collect();
    let mut above = 0;
    for field in &gated.fields {
        match field.name.as_str() {
            "received" => above += 1,
            "authentication-results" if found.len() < MOST => {
                let Some((host, statements)) = parse(&field.value) else {
                    continue;
                };
                let methods = statements.into_iter().map(|s| (s.method, s.result));
                // Below its own Received field, or where it has none, below any other, a stranger put it.
                let own = hops.iter().position(|hop| *hop == host);
                found.push(AuthResults {
                    above_own_hop: above <= own.unwrap_or(0),
                    methods: methods.collect(),
                    host,
                });
            }
            _ => {}
        }
    }
    found
}

/// The host of a Received field's `by`.
fn received_by(value: &str) -> String {
    let mut words = value.split_whitespace();
    words.find(|word| word.eq_ignore_ascii_case("by"));
    let host = words.next().unwrap_or_default().trim_end_matches(';');
    host.to_ascii_lowercase()
}

/// The `header.d` (or the domain of `header.i`) of every `dkim=pass`.
pub(super) fn dkim_passes(value: &str) -> Vec<String> {
    let statements = parse(value).map(|(_, statements)| statements);
    statements
        .into_iter()
        .flatten()
        .filter(|statement| statement.method == "dkim" && statement.result == "pass")
        .filter_map(|statement| {
            let user = || statement.property("header.i")?.rsplit_once('@');
            let domain = statement.property("header.d");
            let domain = domain.or_else(|| user().map(|(_, domain)| domain));
            domain.map(str::to_ascii_lowercase)
        })
        .collect()
}

/// What the first host says of how a mail came to it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FirstHop {
    /// `header.from` of each dmarc=pass.
    pub(super) dmarc_passed: Vec<String>,
    /// `header.d` of each dkim=pass without a remark on a signature.
    pub(super) dkim_passed: Vec<String>,
    /// `header.d` of each dkim=pass that says that a signature was verified.
    pub(super) dkim_verified: Vec<String>,
    /// It names the address that the mail was handed in from.
    pub(super) came_from_outside: bool,
}

/// Reads Microsoft's own results: `dkim=pass header.d=…` without `(signature was verified)` is its word for
/// a mail of a tenant of its own; `sender ip is` appears where a mail came from outside.
pub(super) fn first_hop(value: &str) -> FirstHop {
    let mut hop = FirstHop {
        came_from_outside: relaxed(value).to_ascii_lowercase().contains("sender ip is"),
        ..FirstHop::default()
    };
    // Comments may hold a `;`: what can't be read to its end says nothing.
    if parse(value).is_none() {
        return hop;
    }
    for part in split_outside_comments(value) {
        let has_remark = part
            .to_ascii_lowercase()
            .replace(' ', "")
            .contains("(signature");
        let Some(statement) = without_comments(&part).and_then(|text| statement(text.trim()))
        else {
            continue;
        };
        if statement.result != "pass" {
            continue;
        }
        let named = |name: &str| statement.property(name).map(str::to_ascii_lowercase);
        match statement.method.as_str() {
            "dmarc" => hop.dmarc_passed.extend(named("header.from")),
            "dkim" if has_remark => hop.dkim_verified.extend(named("header.d")),
            "dkim" => hop.dkim_passed.extend(named("header.d")),
            _ => {}
        }
    }
    hop
}

/// The statements with their comments: a `;` within one ends nothing.
fn split_outside_comments(text: &str) -> Vec<String> {
    let (mut parts, mut part, mut depth) = (Vec::new(), String::new(), 0_u32);
    for c in relaxed(text).chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    parts.push(part);
    parts
}

fn parse(value: &str) -> Option<(String, Vec<Statement>)> {
    let text = without_comments(value)?;
    let mut parts = text.split(';').map(str::trim);
    let mut head = parts.next()?.split_whitespace();
    let host = head
        .next()
        .filter(|host| is_token(host))?
        .to_ascii_lowercase();
    // The version, 1 where it's there (RFC 8601 §2.2).
    if !matches!((head.next(), head.next()), (None | Some("1"), None)) {
        return None;
    }
    let mut statements = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if part.eq_ignore_ascii_case("none") {
            continue;
        }
        statements.push(statement(part)?);
        if statements.len() > MOST_STATEMENTS {
            return None;
        }
    }
    Some((host, statements))
}

fn statement(part: &str) -> Option<Statement> {
    let mut pairs = part.split_whitespace().map(|word| word.split_once('='));
    let (method, result) = pairs.next()??;
    // A method may name its version: `dkim/1`.
    let method = method.split('/').next().filter(|method| is_token(method))?;
    if !is_token(result) {
        return None;
    }
    let properties = pairs.map(|pair| {
        let (name, value) = pair?;
        (is_token(name) && !value.is_empty()).then(|| (name.to_ascii_lowercase(), value.to_owned()))
    });
    Some(Statement {
        method: method.to_ascii_lowercase(),
        result: result.to_ascii_lowercase(),
        properties: properties.collect::<Option<_>>()?,
    })
}

fn is_token(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.:".contains(&b);
    (1..=WORD).contains(&text.len()) && text.bytes().all(plain)
}

/// The text without its comments and with quoted strings made one word; nothing when either is open.
fn without_comments(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut quoted) = (0_u32, false);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if depth > 0 || quoted => {
                chars.next()?;
                if quoted && depth == 0 {
                    out.push('_');
                }
            }
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => {
                depth = depth.checked_sub(1)?;
                out.push(' ');
            }
            _ if depth > 0 => {}
            c if quoted && (c.is_whitespace() || matches!(c, ';' | '=')) => out.push('_'),
            c => out.push(c),
        }
    }
    (depth == 0 && !quoted).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_to_its_end_or_not_at_all() {
        let (host, statements) = parse(
            " mx.Otservicedesk.nl 1;\r\n dkim=pass (2048-bit; \\) key) header.d=school.nl header.b=\"a b\";\r\n\
             \tdmarc=fail (p=reject) header.from=school.nl; spf=none",
        )
        .unwrap();
        assert_eq!(host, "mx.otservicedesk.nl");
        let said: Vec<_> = statements
            .iter()
            .map(|s| (s.method.as_str(), s.result.as_str()))
            .collect();
        assert_eq!(said, [("dkim", "pass"), ("dmarc", "fail"), ("spf", "none")]);
        assert_eq!(
            parse("mx.example; none"),
            Some(("mx.example".into(), vec![]))
        );
        for text in [
            "",
            ";",
            "mx.example 2; dkim=pass",
            "mx.example; dkim",
            "mx.example; dkim=pass (open",
            "mx.example; dkim=pass )",
            "mx.example; dkim=pass \"open",
            "mx.example; dkim=pass header.d",
            "mx example; dkim=pass",
            "mx.example; =pass",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_host_tells_what_came_from_inside() {
        let inside = first_hop(
            " mx.microsoft.com 1; spf=pass smtp.mailfrom=school.nl;\r\n dmarc=pass action=none \
             header.from=School.nl; dkim=pass header.d=school.nl; arc=none",
        );
        let own = vec!["school.nl".to_owned()];
        let told = FirstHop {
            dmarc_passed: own.clone(),
            dkim_passed: own,
            ..FirstHop::default()
        };
        assert_eq!(inside, told);
        let outside = first_hop(
            "mx.microsoft.com 1; spf=pass (sender ip is 10.1.2.3) smtp.mailfrom=school.nl; \
             dmarc=pass (p=none;sp=none) action=none header.from=school.nl; \
             dkim=pass (signature was verified) header.d=school.nl; arc=none (0)",
        );
        assert!(outside.came_from_outside && outside.dkim_passed.is_empty());
        assert_eq!(outside.dkim_verified, ["school.nl"]);
        let unsigned =
            first_hop("mx.microsoft.com 1; dkim=none (message not signed) header.d=none");
        assert!(unsigned.dkim_passed.is_empty() && unsigned.dmarc_passed.is_empty());
    }

    #[test]
    fn only_signatures_that_passed_are_named() {
        let text = "relay.nl; dkim=fail header.d=a.nl; dkim=pass header.i=@b.nl; dkim=pass header.d=C.nl; arc=pass header.d=d.nl";
        assert_eq!(dkim_passes(text), ["b.nl", "c.nl"]);
    }
}
