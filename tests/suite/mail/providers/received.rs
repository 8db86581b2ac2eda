//! What an operator sees of a mail that was taken in, and how a test says what is wrong with it.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::Value;

use super::post::Dmarc;

/// Rows that came out wrong: a test goes through all of its rows before it fails.
pub(super) type Faults = Rc<RefCell<Vec<String>>>;

/// What came of a mail.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) document: Value,
    pub(super) mail: String,
    pub(super) policy: Dmarc,
    pub(super) faults: Faults,
}

impl Received {
    pub(super) fn id(&self) -> String {
        self.document["id"].as_str().unwrap().to_owned()
    }

    pub(super) fn verdict(&self) -> &str {
        self.document["verdict"].as_str().unwrap()
    }

    /// A check's result and its sentence; a check that there isn't has result `absent`.
    pub(super) fn check(&self, name: &str) -> (&str, &str) {
        let checks = self.document["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["name"] == name);
        check.map_or(("absent", ""), |check| {
            (
                check["result"].as_str().unwrap(),
                check["detail"].as_str().unwrap(),
            )
        })
    }

    pub(super) fn failed(&self) -> Vec<&str> {
        let checks = self.document["checks"].as_array().unwrap();
        let failed = checks.iter().filter(|check| check["result"] == "fail");
        failed
            .map(|check| check["name"].as_str().unwrap())
            .collect()
    }

    /// What is shown of its text.
    pub(super) fn text(&self) -> &str {
        self.document["text"].as_str().unwrap_or_default()
    }

    /// Whether the text shown is said to be proven; `None`: nothing is said of it.
    pub(super) fn text_proven(&self) -> Option<bool> {
        self.document["text_proven"].as_bool()
    }

    pub(super) fn text_complete(&self) -> Option<bool> {
        self.document["text_complete"].as_bool()
    }

    pub(super) fn region(&self) -> Option<&str> {
        self.document["region"].as_str()
    }

    /// `request` or `answer`.
    pub(super) fn received_as(&self) -> Option<&str> {
        self.document["received_as"].as_str()
    }

    /// One row for whoever reads a failing test; the first that fails brings its checks and its mail.
    #[track_caller]
    fn wrong(&self, what: &str, why: &str) {
        let place = std::panic::Location::caller();
        let mut faults = self.faults.borrow_mut();
        let start = format!("- {what}, under {:?}: ", self.policy);
        if let Some(last) = faults.last_mut().filter(|last| last.starts_with(&start)) {
            *last = format!("{last}\n  and {why}");
            return;
        }
        let mut row = format!(
            "{start}{why}; it's {} by {:?} (line {})",
            self.verdict(),
            self.failed(),
            place.line()
        );
        if faults.is_empty() {
            row = format!(
                "{row}\nchecks: {:#}\ntext: {:?}\nthe mail:\n{}",
                self.document["checks"],
                self.text(),
                self.mail
            );
        }
        faults.push(row);
    }

    /// Notes a row that came out wrong, unless `right`.
    #[track_caller]
    pub(super) fn holds(&self, what: &str, why: &str, right: bool) -> &Self {
        if !right {
            self.wrong(what, why);
        }
        self
    }

    #[track_caller]
    pub(super) fn is(&self, what: &str, verdict: &str) -> &Self {
        self.holds(
            what,
            &format!("it should be {verdict}"),
            self.verdict() == verdict,
        )
    }

    #[track_caller]
    pub(super) fn isnt_verified(&self, what: &str) -> &Self {
        self.holds(
            what,
            "it must not be verified",
            self.verdict() != "verified",
        )
    }

    /// Not verified, and that check says why.
    #[track_caller]
    pub(super) fn is_caught(&self, what: &str, by: &str) -> &Self {
        self.isnt_verified(what);
        self.holds(
            what,
            &format!("`{by}` should fail"),
            self.check(by).0 == "fail",
        )
    }

    /// No other check fails but these.
    #[track_caller]
    pub(super) fn fails_only(&self, what: &str, names: &[&str]) -> &Self {
        let mut others = self.failed();
        others.retain(|name| !names.contains(name));
        self.holds(
            what,
            &format!("{others:?} shouldn't fail"),
            others.is_empty(),
        )
    }

    #[track_caller]
    pub(super) fn shows(&self, what: &str, words: &str) -> &Self {
        let why = format!("{words:?} isn't shown, but {:?}", self.text());
        self.holds(what, &why, one_line(self.text()).contains(&one_line(words)))
    }

    #[track_caller]
    pub(super) fn passes(&self, what: &str, name: &str) -> &Self {
        self.holds(
            what,
            &format!("`{name}` should pass"),
            self.check(name).0 == "pass",
        )
    }

    #[track_caller]
    pub(super) fn tells(&self, what: &str, name: &str, words: &str) -> &Self {
        let told = self.check(name).1;
        self.holds(
            what,
            &format!("`{name}` should tell {words:?}, not {told:?}"),
            told.contains(words),
        )
    }
}

/// Words without how they are broken into lines.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
