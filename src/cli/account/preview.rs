//! What a step will hit, shown before it's asked for (rule 12).

use super::view::AccountView;
use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::output::{Out, Page, Tone, View as _};
use crate::desk;
use crate::desk::Desk;
use crate::desk::reset::Preview;
use crate::domain::code::Username;
use crate::domain::request::id::RequestId;

/// Who these are and what a step to them hits (rule 12), on standard error: it isn't data.
pub(in crate::cli) async fn show_impact(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    usernames: &[Username],
    request: Option<&RequestId>,
) -> Result<(), Failure> {
    let whole = |preview: &Preview, page: &mut Page| {
        AccountView(&preview.card).page(page);
        earlier(preview, page);
    };
    show_each(whole, desk, out, usernames, request).await
}

/// The same where the account itself is shown already.
pub(in crate::cli) async fn show_earlier(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    usernames: &[Username],
    request: Option<&RequestId>,
) -> Result<(), Failure> {
    show_each(earlier, desk, out, usernames, request).await
}

pub(in crate::cli) async fn show_each(
    draw: impl Fn(&Preview, &mut Page),
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    usernames: &[Username],
    request: Option<&RequestId>,
) -> Result<(), Failure> {
    for preview in &desk::reset::preview(desk, usernames, request).await? {
        let mut page = out.page();
        draw(preview, &mut page);
        out.tell(page);
    }
    Ok(())
}

pub(in crate::cli) fn earlier(preview: &Preview, page: &mut Page) {
    let username = &preview.card.account.username;
    let (resets, last) = preview.resets;
    if let (1.., Some(last)) = (resets, last) {
        let text = said!(
            "{username} was reset {resets} time(s) in the last 90 days, last on {last}.",
            username = username,
            resets = resets,
            last = format!("{last:.0}")
        );
        page.line(Tone::Warn, &text);
    }
    if preview.other_requests > 0 {
        let text = said!(
            "{number} other request(s) name {username}.",
            number = preview.other_requests,
            username = username
        );
        page.line(Tone::Warn, &text);
    }
}
