//! Two desks, for a mail as it was sent and as somebody bent it.

use super::mail::Mail;
use super::post::{Dmarc, Post};
use super::received::Received;

/// The same mail at two desks: as it was sent, and as somebody bent it on its way.
pub(super) struct Twins {
    pub(super) sent: Post,
    pub(super) bent: Post,
}

impl Twins {
    pub(super) fn open() -> Self {
        let sent = Post::open();
        let bent = sent.another();
        Self { sent, bent }
    }

    pub(super) fn under(&self, policy: Dmarc) {
        self.sent.under(policy);
        self.bent.under(policy);
    }

    /// The law: unless the verdict drops, what is read of the bent mail is what was sent.
    #[track_caller]
    pub(super) fn read_alike(&self, what: &str, sent: &Mail, bent: &Mail) -> (Received, Received) {
        let sent = self.sent.receive(sent);
        let bent = self.bent.receive(bent);
        if !drops(&sent, &bent) {
            let why = format!("the text was {:?}, not {:?}", sent.text(), bent.text());
            bent.holds(what, &why, sent.text() == bent.text());
            bent.holds(what, "the desk was another", sent.region() == bent.region());
            bent.holds(
                what,
                "it became proven",
                sent.text_proven() == Some(true) || bent.text_proven() != Some(true),
            );
        }
        (sent, bent)
    }
}

/// Whether less is believed of the bent mail: by its verdict, or because nothing proves it any more and its words
/// are shown as unproven.
pub(super) fn drops(sent: &Received, bent: &Received) -> bool {
    let unproven = sent.check("dkim").0 == "pass" && bent.check("dkim").0 == "fail";
    unproven || rank(bent.verdict()) < rank(sent.verdict())
}

/// How much is believed.
fn rank(verdict: &str) -> u8 {
    match verdict {
        "verified" => 2,
        "challenge" => 1,
        _ => 0,
    }
}
