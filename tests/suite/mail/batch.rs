//! Many mails at once: none keeps the answers of DNS from another, and each is told by itself.

use balie::domain::request::evidence::{Evidence, Intake, Outcome};
use balie::mail::{NotAMail, gather_all};

use super::bombs::BOMBS;
use super::world::*;

/// The slow ones take an unoptimised build longer than DNS is waited for; the other's key doesn't fit into a
/// datagram, so that it has to be asked for once more meanwhile.
#[test]
fn a_mail_that_takes_long_starves_no_other_of_its_answers() {
    let world = World::new();
    let name = format!("rsa._domainkey.{DOMAIN}");
    world.dns.publish_another(&name, &"x".repeat(1_400));
    let slow = BOMBS.iter().find(|bomb| bomb.name == "HTML").unwrap();
    let slow = slow.of_size(20 << 20);
    let genuine = sign(rsa(), &world.mail(), Shape::default());
    let mails: [&[u8]; 5] = [&slow, &slow, &slow, genuine.as_bytes(), b""];
    let mails = mails.map(|raw| (raw, Intake::File)).to_vec();
    let gathered = world
        .runtime
        .block_on(gather_all(mails, &world.resolver, world.now));
    assert_eq!(gathered.len(), 5);
    let is_sound = |slow: &Result<Evidence, NotAMail>| slow.as_ref().unwrap().malformed.is_empty();
    assert!(gathered[..3].iter().all(is_sound));
    let signatures = &gathered[3].as_ref().unwrap().signatures;
    assert_eq!(signatures[0].outcome, Outcome::Holds);
    assert!(matches!(gathered[4], Err(NotAMail::Empty)));
}
