//! `--take-over`, and what is open at this operator's desk while a command asks and acts.

use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::output::Out;
use crate::desk;
use crate::desk::{Desk, Opening};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::request::id::RequestId;

// The flag of every command that a colleague's lease can stand in the way of. Its docstring would become
// the command's.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(in crate::cli) struct TakeOver {
    /// Take over what a colleague has open; the log says so
    #[arg(long)]
    take_over: bool,
}

impl TakeOver {
    /// Whether anything is opened: for who is asked, and for who takes it over.
    pub(in crate::cli) const fn opens(self, out: &Out<'_>) -> bool {
        !out.dry_run && (self.take_over || out.can_ask())
    }

    /// Does a step to one account.
    pub(in crate::cli) async fn of_account<'d, 'o, T>(
        self,
        (action, username): (Action, &Username),
        desk: &mut Desk<'d>,
        out: &mut Out<'o>,
        act: impl AsyncFnOnce(&mut Desk<'d>, &mut Out<'o>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let accounts = std::slice::from_ref(username);
        self.of((action, accounts, None), desk, out, act).await
    }

    /// Does a step to a request.
    pub(in crate::cli) async fn of_request<'d, 'o, T>(
        self,
        (action, request): (Action, &RequestId),
        desk: &mut Desk<'d>,
        out: &mut Out<'o>,
        act: impl AsyncFnOnce(&mut Desk<'d>, &mut Out<'o>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.of((action, &[], Some(request)), desk, out, act).await
    }

    /// Does a step. While somebody is asked, colleagues see who has it open; afterwards it's free again,
    /// whatever came of it.
    pub(in crate::cli) async fn of<'d, 'o, T>(
        self,
        (action, accounts, request): (Action, &[Username], Option<&RequestId>),
        desk: &mut Desk<'d>,
        out: &mut Out<'o>,
        act: impl AsyncFnOnce(&mut Desk<'d>, &mut Out<'o>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if !self.opens(out) {
            return act(desk, out).await;
        }
        // To take a colleague's work away wants a yes of its own, whatever the step is (rule 15).
        if self.take_over {
            out.must_go_on(&said!("Take over what a colleague may have open here"))?;
        }
        let opening = Opening {
            action,
            accounts,
            request,
            take_over: self.take_over,
        };
        let opened = desk::open(desk, &opening).await?;
        let done = act(desk, out).await;
        let freed = desk::let_go(desk, opened).await;
        let done = done?;
        freed?;
        Ok(done)
    }
}
