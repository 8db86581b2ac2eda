//! `balie account shared`

use serde_json::{Map, Value, json};

use crate::cli::Outcome;
use crate::cli::language::said;
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::ending::show_some;
use crate::cli::shell::session::Session;
use crate::desk;
use crate::domain::account::shared_login::SharedSign;
use crate::store::account::LoginRow;

pub(in crate::cli) async fn run(limit: usize, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let logins = desk::account::shared_logins(&mut desk, limit).await?;
    let shown = logins.len();
    show_some(&mut out, &SharedView(logins), shown, limit)
}

/// The sign, for people.
pub(in crate::cli) fn in_words(sign: SharedSign) -> String {
    match sign {
        SharedSign::FunctionUsername => said!("the username is that of a function"),
        SharedSign::FunctionName => said!("the name is that of a function"),
        SharedSign::FunctionAddress => said!("the address is that of a function"),
        SharedSign::SeveralNames => said!("the name is that of several people"),
        SharedSign::SameAddress => said!("other logins have the same address"),
        SharedSign::ManyRoles => said!("many roles at one school"),
        SharedSign::PersonalIssued => said!("personal logins were issued to replace it"),
    }
}

struct SharedView(Vec<(LoginRow, Vec<SharedSign>)>);

impl View for SharedView {
    fn schema(&self) -> &'static str {
        "balie.shared_logins/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("accounts".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |(login, signs): &(LoginRow, Vec<SharedSign>)| {
            let row = json!({
                "username": login.username,
                "name": login.name,
                "work_email": login.work_email,
                "signs": signs,
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.0.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.0.is_empty() {
            page.line(Tone::Good, &said!("No login looks shared."));
            return;
        }
        let row = |(login, signs): &(LoginRow, Vec<SharedSign>)| {
            let signs: Vec<_> = signs.iter().map(|sign| in_words(*sign)).collect();
            vec![
                (Tone::Strong, login.username.to_string()),
                (Tone::Plain, login.name.clone()),
                (Tone::Plain, login.work_email.to_string()),
                (Tone::Warn, signs.join("; ")),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        page.table(
            &["username", "name", "work address", "looks shared because"],
            &rows,
        );
    }
}
