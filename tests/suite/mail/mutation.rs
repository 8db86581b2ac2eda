use balie::domain::policy::Policy;
use balie::domain::request::verdict::Verdict;
use proptest::prelude::*;
use std::sync::LazyLock;

use super::world::*;

struct Signed {
    world: World,
    mail: String,
}

static SIGNED_MAIL: LazyLock<std::sync::Mutex<Signed>> = LazyLock::new(|| {
    let world = World::new();
    let mail = sign(rsa(), &world.mail(), Shape::default());
    is_verified("unchanged", &world.judge(&mail));
    std::sync::Mutex::new(Signed { world, mail })
});

/// What matters: From, To, Subject, Date and the body, without the white space that relaxed
/// canonicalisation leaves out.
fn said(mail: &[u8]) -> Option<Vec<Vec<u8>>> {
    let at = mail.windows(4).position(|window| window == b"\r\n\r\n")?;
    let squeeze = |bytes: &[u8]| {
        let words = bytes
            .split(|b| b" \t\r\n".contains(b))
            .filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(&b' ')
    };
    let text = mail[..at].to_vec();
    let lines: Vec<&[u8]> = text.split(|b| *b == b'\n').collect();
    let named = |name: &[u8]| {
        let mut found = Vec::new();
        for line in &lines {
            if line.len() > name.len() && line[..name.len()].eq_ignore_ascii_case(name) {
                found.push(squeeze(&line[name.len()..]));
            }
        }
        found.join(&b'|')
    };
    let mut said: Vec<Vec<u8>> = [&b"from:"[..], b"to:", b"subject:", b"date:"]
        .map(named)
        .to_vec();
    let body = &mail[at..];
    said.push(squeeze(body));
    Some(said)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 400 } else { 4_000 }))]

    #[test]
    fn no_change_to_what_a_signed_mail_says_is_verified(
        at in any::<prop::sample::Index>(), bytes in proptest::collection::vec(any::<u8>(), 0..4), removed in 0_usize..5,
    ) {
        let signed = SIGNED_MAIL.lock().unwrap();
        let original = signed.mail.as_bytes();
        let at = at.index(original.len());
        let mut changed = original.to_vec();
        let until = (at + removed).min(changed.len());
        changed.splice(at..until, bytes);
        if said(&changed) == said(original) {
            return Ok(());
        }
        if let Ok(evidence) = signed.world.gather(&changed) {
            let facts = facts(&evidence);
            let judgement = balie::domain::request::judge::judge(&evidence, &facts, &Policy::default(), signed.world.now);
            prop_assert_ne!(judgement.verdict, Verdict::Verified, "{}", String::from_utf8_lossy(&changed));
        }
    }

    #[test]
    fn no_field_put_in_or_doubled_is_verified(
        name in prop_oneof!["From", "To", "Subject", "Date", "Cc", "Reply-To", "Sender", "Message-ID", "Content-Type", "Resent-From", "from ", "FROM"],
        value in "[ -~]{0,40}", position in 0_usize..9,
    ) {
        let signed = SIGNED_MAIL.lock().unwrap();
        let mut lines: Vec<String> = signed.mail.split("\r\n").map(str::to_owned).collect();
        let starts: Vec<usize> = (0..lines.len().min(12)).filter(|at| !lines[*at].starts_with([' ', '\t'])).collect();
        lines.insert(starts[position % starts.len()], format!("{name}: {value}"));
        if let Ok(evidence) = signed.world.gather(lines.join("\r\n").as_bytes()) {
            let facts = facts(&evidence);
            let judgement = balie::domain::request::judge::judge(&evidence, &facts, &Policy::default(), signed.world.now);
            prop_assert_ne!(judgement.verdict, Verdict::Verified);
        }
    }
}
