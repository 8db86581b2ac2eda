//! An account's page.

use serde_json::{Map, Value, json};

use super::shared;
use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::desk::account::AccountCard;
use crate::domain::account::SecondFactor;

pub(in crate::cli) struct AccountView<'c>(pub(in crate::cli) &'c AccountCard);

impl View for AccountView<'_> {
    fn schema(&self) -> &'static str {
        "balie.account/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let AccountCard {
            account,
            roles,
            recovery_code,
            signs,
            ..
        } = self.0;
        let mut organisations: Vec<_> = roles
            .iter()
            .map(|r| json!({ "code": r.organisation, "name": r.name, "region": r.region }))
            .collect();
        organisations.dedup();
        let fields = json!({
            "username": account.username,
            "name": account.name,
            "work_email": account.work_email,
            "status": account.status,
            "organisations": organisations,
            "roles": roles.iter().map(|r| json!({ "role": r.role, "organisation": r.organisation })).collect::<Vec<_>>(),
            "region": roles.first().map(|role| &role.region),
            "second_factor": SecondFactor::from(account.enrollment()),
            "recovery_code": recovery_code,
            "session_epoch": account.session_epoch,
            "last_login_at": account.last_login_at,
            "looks_shared": !signs.is_empty(),
            "shared_signs": signs,
            "open_by": self.0.open_by.as_ref().map(|(by, since)| json!({ "operator": by, "since": since })),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        self.page_with(page, Vec::new());
    }
}

impl AccountView<'_> {
    /// The page, with more lines below its own.
    pub(super) fn page_with(&self, page: &mut Page, more: Vec<(&str, Tone, String)>) {
        let AccountCard {
            account,
            roles,
            recovery_code,
            signs,
            ..
        } = self.0;
        page.heading(&format!("{}  ({})", account.name, account.username));
        let factor = SecondFactor::from(account.enrollment());
        let (tone, mut second) = match factor.state {
            "active" => (Tone::Good, said!("active")),
            "locked" => (Tone::Bad, said!("locked")),
            other => (Tone::Warn, told(other)),
        };
        let mut add = |label: &str, at: Option<crate::domain::timestamp::Timestamp>| {
            if let Some(at) = at {
                second = format!("{second}, {label} {at:.0}");
            }
        };
        add(&said!("since"), factor.enrolled_at);
        add(&said!("last used"), factor.last_used_at);
        add(&said!("may enroll until"), factor.enroll_by);
        let status = if account.status.as_str() == "active" {
            Tone::Good
        } else {
            Tone::Bad
        };
        let mut fields = vec![
            ("work address", Tone::Plain, account.work_email.to_string()),
            ("status", status, told(account.status.as_str())),
        ];
        for role in roles {
            let text = said!(
                "{role} at {place} ({code}, {region})",
                role = role.role,
                place = role.name,
                code = role.organisation,
                region = role.region
            );
            fields.push(("role", Tone::Plain, text));
        }
        fields.push(("second factor", tone, second));
        let issued = recovery_code
            .issued_at
            .map(|at| said!(", issued {at}", at = format!("{at:.0}")));
        fields.push((
            "recovery code",
            Tone::Plain,
            format!(
                "{}{}",
                told(recovery_code.state),
                issued.unwrap_or_default()
            ),
        ));
        let login = account
            .last_login_at
            .map_or_else(|| said!("never"), |at| format!("{at:.0}"));
        fields.push(("last login", Tone::Plain, login));
        if !signs.is_empty() {
            let signs: Vec<_> = signs.iter().map(|sign| shared::in_words(*sign)).collect();
            fields.push(("looks shared", Tone::Warn, signs.join("; ")));
        }
        fields.extend(more);
        page.fields(&fields);
        if let Some((by, since)) = &self.0.open_by {
            let text = said!(
                "{by} has had this account open since {since}.",
                by = by,
                since = format!("{since:.0}")
            );
            page.line(Tone::Bad, &text);
        }
    }
}
