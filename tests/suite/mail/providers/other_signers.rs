//! Some of the shapes, signed and sealed by dkimpy (`make_fixtures.py`): what comes out doesn't hang on our builder.

use std::fs;
use std::path::Path;

use balie::domain::timestamp::Timestamp;

use super::mail::Mail;
use super::post::{Dmarc, Post};
use crate::support::in_process::Hours;

#[test]
fn mails_of_another_signer_come_out_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/mail/providers/fixtures");
    let mut seen = 0;
    for policy in Dmarc::ALL {
        let post = Post::open_at(Hours::at(Timestamp::from_seconds(1_790_000_000)));
        post.under(policy);
        for line in fs::read_to_string(folder.join("dns.txt")).unwrap().lines() {
            let (name, record) = line.split_once(' ').unwrap();
            post.dns().publish(name, record);
        }
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|end| end != "eml") {
                continue;
            }
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let received = post.receive(&Mail(fs::read_to_string(&path).unwrap()));
            match name.split_once('-').unwrap().0 {
                "hostile" => drop(received.isnt_verified(&name)),
                verdict => {
                    received
                        .is(&name, verdict)
                        .shows(&name, "Wil je de 2FA van Joost Jansen");
                }
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 3 * 15);
}
