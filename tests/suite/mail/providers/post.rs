//! A desk that mails are received at, in process: what an operator sees of each is its document.

use std::cell::{Cell, RefCell};
use std::fs;
use std::rc::Rc;

use balie::loopback::{DnsServer, SmtpSink};
use serde_json::Value;

use super::build::{DOMAIN, KEYS};
use super::control::{Held, held};
use super::letter::{Letter, Program};
use super::mail::Mail;
use super::received::{Faults, Received};
use super::signer::Key;
use crate::support::in_process::Hours;
use crate::support::{Desk, Engine};

pub(super) const DIRECTOR: &str = "Daan Visser <d.visser@beatrixschool.nl>";
pub(super) const DESK: &str = "utrecht@otservicedesk.nl";
pub(super) const NOORD: &str = "noord@otservicedesk.nl";
/// The line that names the desk where To isn't signed.
pub(super) const LINE: &str = "Aan: utrecht@otservicedesk.nl";
/// The subject that does.
pub(super) const SUBJECT: &str = "2FA-reset utrecht@otservicedesk.nl";

const DIRECTORY: [(&str, &str); 4] = [
    (
        "regions.csv",
        "code,name,servicedesk_address\n\
         utrecht,Utrecht,utrecht@otservicedesk.nl\n\
         noord,Noord,noord@otservicedesk.nl\n",
    ),
    (
        "organisations.csv",
        "code,kind,name,region,parent,mail_domains\n\
         swv-utrecht,consortium,Samenwerkingsverband Utrecht,utrecht,,swv-utrecht.nl\n\
         bst-vecht,board,Stichting De Vecht,utrecht,swv-utrecht,devecht.nl\n\
         sch-beatrix,school,Beatrixschool,utrecht,bst-vecht,beatrixschool.nl;post.beatrixschool.nl\n\
         sch-linde,school,De Linde,utrecht,bst-vecht,\n\
         sch-kompas,school,Het Kompas,noord,,hetkompas.nl\n",
    ),
    (
        "accounts.csv",
        "username,name,work_email,roles,status\n\
         d.visser,Daan Visser,d.visser@beatrixschool.nl,director@sch-beatrix,active\n\
         j.jansen,Joost Jansen,j.jansen@beatrixschool.nl,teacher@sch-beatrix,active\n\
         p.smit,Pieter Smit,p.smit@beatrixschool.nl,teacher@sch-beatrix,active\n\
         m.devries,Marieke de Vries,m.devries@beatrixschool.nl,teacher@sch-beatrix,active\n\
         z.celik,Zoë Çelik,z.celik@devecht.nl,teacher@sch-beatrix;coordinator@bst-vecht,active\n\
         d.visser2,Daan Visser,daan@devecht.nl,teacher@sch-beatrix,active\n\
         k.bos,Kees Bos,k.bos@hetkompas.nl,teacher@sch-kompas,active\n",
    ),
    (
        "requesters.csv",
        "work_email,name,capacity,organisation,valid_from,valid_until\n\
         d.visser@beatrixschool.nl,Daan Visser,director,sch-beatrix,2024-08-01,\n\
         n.devries@devecht.nl,Noor de Vries,director,sch-linde,2024-08-01,\n\
         e.noord@hetkompas.nl,Els Noord,director,sch-kompas,2024-08-01,\n",
    ),
];

/// What the school's domain publishes about mail that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dmarc {
    Reject,
    None,
    /// No record at all.
    Absent,
}

impl Dmarc {
    pub(super) const ALL: [Self; 3] = [Self::Reject, Self::None, Self::Absent];
}

pub(super) struct Post {
    desk: Desk,
    pub(super) hours: Hours,
    /// One for each policy: everything else in them is the same.
    dns: [DnsServer; 3],
    policy: Cell<Dmarc>,
    numbers: Cell<u32>,
    faults: Faults,
    /// Whether the test fails for them when this desk closes.
    reports: bool,
    config: RefCell<Vec<(&'static str, &'static str)>>,
}

impl Post {
    pub(super) fn open() -> Self {
        Self::open_at(Hours::start())
    }

    /// Another desk of the same test: what comes out wrong here is told by this one.
    pub(super) fn another(&self) -> Self {
        let mut post = Self::open();
        post.faults = Rc::clone(&self.faults);
        post.reports = false;
        post
    }

    pub(super) fn open_at(hours: Hours) -> Self {
        let desk = Desk::new(Engine::Sqlite);
        let folder = desk.path("directory");
        fs::create_dir(&folder).unwrap();
        for (name, text) in DIRECTORY {
            fs::write(folder.join(name), text).unwrap();
        }
        let dns = Dmarc::ALL.map(|policy| {
            let dns = DnsServer::start().unwrap();
            for (selector, domain, key) in KEYS {
                dns.publish(&format!("{selector}._domainkey.{domain}"), &key.record());
            }
            if let Some(record) = match policy {
                Dmarc::Reject => Some("v=DMARC1; p=reject"),
                Dmarc::None => Some("v=DMARC1; p=none"),
                Dmarc::Absent => None,
            } {
                dns.publish(&format!("_dmarc.{DOMAIN}"), record);
            }
            dns
        });
        let post = Self {
            desk,
            hours,
            dns,
            policy: Cell::new(Dmarc::Reject),
            numbers: Cell::new(0),
            faults: Faults::default(),
            reports: true,
            config: RefCell::default(),
        };
        let imported = post.run(&["directory", "import", &folder.display().to_string()]);
        assert!(imported["error"].is_null(), "{imported:#}");
        post
    }

    /// From now on the school's domain says this.
    pub(super) fn under(&self, policy: Dmarc) {
        self.policy.set(policy);
    }

    /// From now on the desk's config says this.
    pub(super) fn configure(&self, key: &'static str, value: &'static str) {
        self.config.borrow_mut().push((key, value));
    }

    pub(super) fn dns(&self) -> &DnsServer {
        &self.dns[self.policy.get() as usize]
    }

    /// One more key, under every policy.
    pub(super) fn publish(&self, selector: &str, domain: &str, key: Key) {
        for dns in &self.dns {
            dns.publish(&format!("{selector}._domainkey.{domain}"), &key.record());
        }
    }

    pub(super) fn seconds(&self) -> i64 {
        self.hours.now().as_jiff().as_second()
    }

    /// A letter of the director to the desk, unlike any before it.
    pub(super) fn letter(&self) -> Letter {
        let number = self.numbers.get() + 1;
        self.numbers.set(number);
        let date = jiff::fmt::rfc2822::DateTimePrinter::new()
            .timestamp_to_string(&self.hours.now().as_jiff())
            .unwrap();
        Letter {
            number,
            from: DIRECTOR.into(),
            to: DESK.into(),
            subject: format!("2FA Joost Jansen {number}"),
            date,
            message_id: format!("<AM9PR04MB8{number:03}@EURPRD04.PROD.OUTLOOK.COM>"),
            text: self.asks(""),
            written_with: Program::Outlook,
            more: Vec::new(),
        }
    }

    /// The words of a request, under a first line of their own where there is one.
    pub(super) fn asks(&self, first: &str) -> String {
        let number = self.numbers.get();
        let first = if first.is_empty() {
            String::new()
        } else {
            format!("{first}\n\n")
        };
        format!(
            "{first}Beste servicedesk,\n\nWil je de 2FA van Joost Jansen (j.jansen) resetten? Zijn telefoon is stuk.\nOns kenmerk is {number}.\n\nMet vriendelijke groet,\n\nDaan Visser\nDirecteur Beatrixschool"
        )
    }

    /// The same, with the desk named at the head of the subject (A2): what a Microsoft mail needs.
    pub(super) fn letter_by_subject(&self) -> Letter {
        Letter {
            subject: SUBJECT.into(),
            ..self.letter()
        }
    }

    /// The same, with the desk named by the first line (A2).
    pub(super) fn letter_by_line(&self) -> Letter {
        let letter = self.letter();
        Letter {
            text: self.asks(LINE),
            ..letter
        }
    }

    /// Types a command; what comes back is its document, or its error object.
    pub(super) fn run(&self, args: &[&str]) -> Value {
        self.run_in(&[], args)
    }

    fn run_in(&self, more: &[(&str, &str)], args: &[&str]) -> Value {
        let mut env = vec![("BALIE_DNS_SERVER", self.dns().address.as_str())];
        env.extend(self.config.borrow().iter());
        env.extend(more);
        self.hours.run(&self.desk, &env, args)
    }

    /// Imports the directory once more, with a further mail domain of the school's.
    pub(super) fn import_with_domain(&self, domain: &str) -> Value {
        let folder = self.desk.path("directory-2");
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in DIRECTORY {
            let text = text.replace("post.beatrixschool.nl\n", &format!("{domain}\n"));
            fs::write(folder.join(name), text).unwrap();
        }
        self.run(&["directory", "import", &folder.display().to_string()])
    }

    /// Takes a mail in for Joost Jansen.
    #[track_caller]
    pub(super) fn receive(&self, mail: &Mail) -> Received {
        self.receive_for(mail, &["j.jansen"])
    }

    #[track_caller]
    pub(super) fn receive_for(&self, mail: &Mail, accounts: &[&str]) -> Received {
        let file = self.desk.path("mail.eml");
        fs::write(&file, &mail.0).unwrap();
        let file = file.display().to_string();
        let mut args = vec!["request", "receive", &file];
        for account in accounts {
            args.extend(["--account", account]);
        }
        let document = self.run(&args);
        assert_eq!(
            document["schema"], "balie.request/1",
            "{document:#}\n{}",
            mail.0
        );
        Received {
            document,
            mail: mail.0.clone(),
            policy: self.policy.get(),
            faults: Rc::clone(&self.faults),
        }
    }

    /// What mail-auth says of it, past Balie.
    pub(super) fn held(&self, mail: &Mail) -> Held {
        held(mail, &self.dns().address)
    }

    /// The mail, whose signature of this domain holds whatever was done to it: else the attack tests nothing.
    #[track_caller]
    pub(super) fn still_signed(&self, domain: &str, mail: Mail) -> Mail {
        let held = self.held(&mail);
        assert!(
            held.by.iter().any(|by| by == domain),
            "{held:?}\n{}",
            mail.0
        );
        mail
    }

    /// Mails out what waits, and gives it back.
    pub(super) fn delivered(&self) -> Vec<String> {
        let sink = SmtpSink::start(false).unwrap();
        let env = [
            ("BALIE_SMTP_URL", sink.url.as_str()),
            ("BALIE_SMTP_FROM", "balie@otservicedesk.nl"),
        ];
        let sent = self.run_in(&env, &["outbox", "send"]);
        assert!(sent["error"].is_null(), "{sent:#}");
        sink.mails()
    }

    /// Has a code mailed for a request, and reads it as the director would; `None` where there is no way to
    /// the challenge, which is told.
    #[track_caller]
    pub(super) fn code_for(&self, what: &str, request: &Received) -> Option<Code> {
        self.challenge(what, request).then(|| self.code_in_outbox())
    }

    /// Whether a code goes out for a request; where none does, that is told.
    #[track_caller]
    pub(super) fn challenge(&self, what: &str, request: &Received) -> bool {
        let sent = self.run(&["request", "challenge", &request.id()]);
        let open = sent["sent_to"] == "d.visser@beatrixschool.nl";
        request.holds(what, &format!("the challenge should be open: {sent}"), open);
        open
    }

    /// The code in what is mailed out now.
    #[track_caller]
    fn code_in_outbox(&self) -> Code {
        let mails = self.delivered();
        let found = mails.iter().find_map(|mail| {
            let parsed = mail_parser::MessageParser::default().parse(mail)?;
            let text = parsed.body_text(0)?.into_owned();
            let code = text.lines().map(str::trim).find(|line| is_code(line))?;
            Some(Code {
                code: code.to_owned(),
                message_id: parsed.message_id()?.to_owned(),
            })
        });
        found.unwrap_or_else(|| panic!("no code in {mails:#?}"))
    }

    /// Gives the code to the operator; what the request's verdict then is.
    #[track_caller]
    pub(super) fn confirm(&self, request: &Received, code: &str) -> String {
        let args = ["request", "confirm", &request.id(), "--code-stdin"];
        let confirmed = self.desk.run_with(&args, code);
        assert_eq!(
            confirmed.exit, 0,
            "{}{}",
            confirmed.stdout, confirmed.stderr
        );
        self.verdict(request)
    }

    /// The verdict of a request as it stands now.
    pub(super) fn verdict(&self, request: &Received) -> String {
        let shown = self.run(&["request", "show", &request.id()]);
        shown["verdict"].as_str().unwrap_or_default().to_owned()
    }
}

fn is_code(line: &str) -> bool {
    line.len() == 9
        && line.as_bytes()[4] == b'-'
        && line
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
}

/// A code that was mailed to the address on file.
pub(super) struct Code {
    pub(super) code: String,
    pub(super) message_id: String,
}

impl Drop for Post {
    fn drop(&mut self) {
        let faults = self.faults.borrow();
        // A test that broke off for another reason tells that one.
        let fine = faults.is_empty() || !self.reports || std::thread::panicking();
        assert!(
            fine,
            "{} rows came out wrong:\n\n{}",
            faults.len(),
            faults.join("\n")
        );
    }
}
