//! How operators look.

use secrecy::ExposeSecret as _;
use serde_json::{Map, Value, json};

use crate::cli::Failure;
use crate::cli::language::{noted, said, told};
use crate::cli::output::{Page, Tone, View};
use crate::desk::operator::{HandedOut, OperatorCard};

fn regions(card: &OperatorCard) -> String {
    card.regions.as_ref().map_or_else(
        || "all".to_owned(),
        |codes| {
            let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
            codes.join(", ")
        },
    )
}

fn status(card: &OperatorCard) -> &'static str {
    let operator = &card.operator;
    match (
        operator.disabled_at,
        operator.has_password,
        operator.password_until,
    ) {
        (Some(_), ..) => noted!("disabled"),
        (None, 0, _) => noted!("no_password"),
        (None, _, Some(_)) => noted!("handed_out"),
        _ if operator.is_enrolled == 0 => noted!("must_enroll"),
        _ => noted!("active"),
    }
}

fn row(card: &OperatorCard) -> Map<String, Value> {
    let operator = &card.operator;
    let row = json!({
        "login": operator.login,
        "role": operator.role,
        "regions": card.regions,
        "work_email": operator.work_email,
        "duty": operator.duty,
        "status": status(card),
        "added_at": operator.added_at,
        "last_login_at": operator.last_login_at,
        "disabled_at": operator.disabled_at,
    });
    row.as_object().cloned().unwrap_or_default()
}

fn page_of(card: &OperatorCard, page: &mut Page) {
    let operator = &card.operator;
    let last = operator
        .last_login_at
        .map_or_else(|| "never".to_owned(), |at| format!("{at:.0}"));
    let (address_tone, address) = match &operator.work_email {
        Some(address) => (Tone::Plain, address.to_string()),
        None if operator.role.is_regional() => (
            Tone::Warn,
            said!("none: without one this operator can't reset or approve"),
        ),
        None => (Tone::Plain, said!("none")),
    };
    page.fields(&[
        ("login", Tone::Strong, operator.login.clone()),
        ("role", Tone::Plain, operator.role.to_string()),
        ("regions", Tone::Plain, regions(card)),
        ("work address", address_tone, address),
        (
            "duty",
            Tone::Plain,
            operator
                .duty
                .map_or_else(|| said!("none"), |duty| duty.to_string()),
        ),
        ("status", Tone::Plain, told(status(card))),
        ("last login", Tone::Plain, last),
    ]);
}

pub(super) struct CardView(OperatorCard);

/// The one that was asked for.
pub(super) fn card_view(mut cards: Vec<OperatorCard>) -> Result<CardView, Failure> {
    let card = cards.pop();
    card.map(CardView)
        .ok_or_else(|| Failure::internal(said!("no operator came back")))
}

impl View for CardView {
    fn schema(&self) -> &'static str {
        "balie.operator/1"
    }

    fn fields(&self) -> Map<String, Value> {
        row(&self.0)
    }

    fn page(&self, page: &mut Page) {
        page_of(&self.0, page);
    }
}

pub(super) struct CardsView(pub(super) Vec<OperatorCard>);

impl View for CardsView {
    fn schema(&self) -> &'static str {
        "balie.operators/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("operators".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        self.0.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        let rows: Vec<_> = self
            .0
            .iter()
            .map(|card| {
                vec![
                    (Tone::Strong, card.operator.login.clone()),
                    (Tone::Plain, card.operator.role.to_string()),
                    (Tone::Plain, regions(card)),
                    (Tone::Plain, told(status(card))),
                ]
            })
            .collect();
        page.table(&["login", "role", "regions", "status"], &rows);
    }
}

pub(super) struct HandedOutView(pub(super) HandedOut);

impl View for HandedOutView {
    fn schema(&self) -> &'static str {
        "balie.operator/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let mut fields = row(&self.0.card);
        let password = self.0.password.as_ref();
        fields.insert(
            "initial_password".into(),
            password
                .map(|password| password.expose_secret().to_owned())
                .into(),
        );
        fields.insert("replace_by".into(), json!(self.0.until));
        fields.insert("desk_closed".into(), self.0.closes.into());
        fields
    }

    fn page(&self, page: &mut Page) {
        page_of(&self.0.card, page);
        if let Some(password) = &self.0.password {
            page.gap();
            page.line(Tone::Strong, password.expose_secret());
            page.line(
                Tone::Warn,
                &said!(
                    "This password is shown only now. Give it to the operator, and to nobody else."
                ),
            );
        }
        if let Some(until) = self.0.until {
            let text = said!(
                "It has to be replaced by {until}, at the first `balie login`.",
                until = format!("{until:.0}")
            );
            page.line(Tone::Faint, &text);
        }
    }
}
