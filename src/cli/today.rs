//! `balie` alone: today, a line each, with the command that goes on.

use serde_json::{Map, Value, json};

use super::output::{Page, Tone, View};
use super::request::age::age;
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Outcome, show};
use crate::cli::language::said;
use crate::desk;
use crate::desk::Today;
use crate::domain::timestamp::Timestamp;

/// What is typed without a command.
pub(super) struct Alone;

impl verb::Verb for Alone {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::OnlyReads
    }
}

pub(super) async fn run(session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let today = desk::today(&mut desk).await?;
    let now = desk.now;
    show(&mut out, &TodayView { today, now })
}

struct TodayView {
    today: Today,
    now: Timestamp,
}

impl TodayView {
    fn waiting(&self) -> i64 {
        self.today.for_desk().map(|count| count.requests).sum()
    }

    fn oldest_at(&self) -> Option<Timestamp> {
        self.today.for_desk().map(|count| count.oldest_at).min()
    }

    /// The regions with what waits for the desk there, in their order.
    fn by_region(&self) -> Vec<(Option<&str>, i64)> {
        let mut regions: Vec<(Option<&str>, i64)> = Vec::new();
        for count in self.today.for_desk() {
            let region = count.region.as_deref();
            match regions.iter_mut().find(|(known, _)| *known == region) {
                Some((_, requests)) => *requests += count.requests,
                None => regions.push((region, count.requests)),
            }
        }
        regions
    }

    /// `3 requests wait, the oldest for 2 h (noord 1, utrecht 2)`
    fn waiting_line(&self) -> String {
        let waiting = self.waiting();
        let oldest = self.oldest_at().map(|at| age(at, self.now));
        let oldest = oldest.unwrap_or_default();
        let regions = self.by_region();
        let each: Vec<String> = regions
            .iter()
            .map(|(region, requests)| {
                format!(
                    "{} {requests}",
                    region.map_or_else(|| said!("no region"), ToOwned::to_owned)
                )
            })
            .collect();
        let places = if regions.len() > 1 {
            format!(" ({})", each.join(", "))
        } else {
            String::new()
        };
        match waiting {
            1 => said!(
                "1 request waits for the desk, for {oldest}{places}",
                oldest = oldest,
                places = places
            ),
            _ => said!(
                "{waiting} requests wait for the desk, the oldest for {oldest}{places}",
                waiting = waiting,
                oldest = oldest,
                places = places
            ),
        }
    }
}

/// `1 mail`, `3 mails`
fn count(number: i64, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

impl View for TodayView {
    fn schema(&self) -> &'static str {
        "balie.today/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let today = &self.today;
        let by_region: Vec<Value> = self
            .by_region()
            .into_iter()
            .map(|(region, waiting)| json!({ "region": region, "waiting": waiting }))
            .collect();
        let fields = json!({
            "waiting": self.waiting(),
            "oldest_at": self.oldest_at(),
            "by_region": by_region,
            "for_code": today.waiting_for("code"),
            "for_my_yes": {
                "requests": today.requests_for_my_yes,
                "plans": today.plans_for_my_yes,
                "cases": today.cases_for_my_yes,
            },
            "answers": today.waiting_for("answer"),
            "bounced": today.bounced,
            "windows_today": today.windows_today,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let today = &self.today;
        let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let answers = today.waiting_for("answer");
        let coded = today.waiting_for("code");
        let lines = [
            (
                self.waiting(),
                Tone::Warn,
                self.waiting_line(),
                "balie next",
            ),
            (
                answers,
                Tone::Warn,
                said!(
                    "{answers}: phone them",
                    answers = count(
                        answers,
                        &said!("answer came in that doesn't prove itself"),
                        &said!("answers came in that don't prove themselves")
                    )
                ),
                "balie request list --waiting",
            ),
            (
                whole(today.requests_for_my_yes),
                Tone::Warn,
                count(
                    whole(today.requests_for_my_yes),
                    &said!("request waits for your yes"),
                    &said!("requests wait for your yes"),
                ),
                "balie request list --waiting",
            ),
            (
                whole(today.plans_for_my_yes),
                Tone::Warn,
                count(
                    whole(today.plans_for_my_yes),
                    &said!("plan waits for your yes"),
                    &said!("plans wait for your yes"),
                ),
                "balie bulk list",
            ),
            (
                today.cases_for_my_yes,
                Tone::Warn,
                count(
                    today.cases_for_my_yes,
                    &said!("break-glass case waits for your yes"),
                    &said!("break-glass cases wait for your yes"),
                ),
                "balie case list",
            ),
            (
                coded,
                Tone::Plain,
                count(
                    coded,
                    &said!("request waits for its requester's code"),
                    &said!("requests wait for their requesters' codes"),
                ),
                "balie request list --status waiting",
            ),
            (
                today.bounced,
                Tone::Bad,
                count(
                    today.bounced,
                    &said!("mail couldn't be delivered this week"),
                    &said!("mails couldn't be delivered this week"),
                ),
                "balie outbox list",
            ),
            (
                today.windows_today,
                Tone::Plain,
                count(
                    today.windows_today,
                    &said!("enrollment window closes today"),
                    &said!("enrollment windows close today"),
                ),
                "balie pending",
            ),
        ];
        let mut shown: Vec<Vec<(Tone, String)>> = Vec::new();
        for (number, tone, text, command) in lines {
            if number > 0 {
                shown.push(vec![(tone, text), (Tone::Faint, command.to_owned())]);
            }
        }
        if shown.is_empty() {
            page.line(Tone::Good, &said!("Nothing waits."));
            page.line(Tone::Faint, &said!("all commands: balie --help"));
            return;
        }
        page.list(&shown);
    }
}
