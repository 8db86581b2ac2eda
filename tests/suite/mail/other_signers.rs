use std::fs;
use std::path::Path;

use balie::domain::policy::Policy;
use balie::domain::request::evidence::Intake;
use balie::domain::request::judge::judge;
use balie::domain::request::verdict::{CheckName, CheckResult};
use balie::domain::timestamp::Timestamp;
use balie::loopback::DnsServer;
use balie::mail::{Dns, gather};

use super::world::facts;

/// Mails that dkimpy signed (`make_fixtures.py`), judged at the time that they were made for.
#[test]
fn mails_of_another_signer_are_judged_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/mail/fixtures");
    let dns = DnsServer::start().unwrap();
    dns.publish("_dmarc.beatrixschool.nl", "v=DMARC1; p=reject");
    for line in fs::read_to_string(folder.join("dns.txt")).unwrap().lines() {
        let (name, record) = line.split_once(' ').unwrap();
        dns.publish(name, record);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let now = Timestamp::from_seconds(1_790_000_000);
    let mut seen = (0, 0);
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.extension().is_none_or(|end| end != "eml") {
            continue;
        }
        let raw = fs::read(&path).unwrap();
        let evidence = runtime.block_on(async {
            let resolver = Dns::new(Some(&dns.address)).unwrap();
            gather(&raw, Intake::File, &resolver, now).await.unwrap()
        });
        // dkimpy writes the time of signing itself; the signature is judged when it was made.
        let signed_at = evidence
            .signatures
            .iter()
            .filter_map(|signature| signature.signed_at)
            .max();
        let facts = facts(&evidence);
        let policy = Policy {
            max_age_hours: u32::MAX,
            ..Policy::default()
        };
        let judgement = judge(
            &evidence,
            &facts,
            &policy,
            signed_at.unwrap_or(now).max(now),
        );
        let dkim = judgement
            .checks
            .iter()
            .find(|check| check.name == CheckName::Dkim);
        let proven = dkim.unwrap().result == CheckResult::Pass;
        if name.starts_with("good-") {
            assert!(proven, "{name}: {:#?}", judgement.checks);
            seen.0 += 1;
        } else {
            assert!(!proven, "{name}");
            seen.1 += 1;
        }
    }
    assert!(seen.0 >= 14 && seen.1 >= 3, "{seen:?}");
}
