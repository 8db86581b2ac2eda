//! `balie operator`

mod show;
mod token;

use std::path::PathBuf;

use clap::Subcommand;
use secrecy::SecretString;

use super::output::Out;
use super::shell::offer;
use super::shell::secret_file::read_password;
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome, show as show_view};
use crate::cli::language::{said, told};
use crate::cli::shell::completing;
use crate::desk;
use crate::desk::operator::{NewOperator, OperatorChange, Whose};
use crate::domain::code::RegionCode;
use crate::domain::directory::address::{BadAddress, WorkAddress};
use crate::domain::operator::{ExtraDuty, Role};

use show::{CardsView, HandedOutView, card_view};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Register an operator, with an initial password
    #[command(after_help = "\
Examples:
  balie operator add petra --role senior --region utrecht --region rijnmond
  balie operator add omar --role auditor --work-email omar@otservicedesk.nl

The password is shown once, and has to be replaced within 72 hours at the first `balie login`.")]
    Add {
        /// What the operator logs in with
        login: String,
        /// operator, senior, auditor or admin
        #[arg(long, add = offer::roles())]
        role: Role,
        /// A region that the operator works in; once for each (operator and senior)
        #[arg(long = "region", value_name = "CODE", add = completing::regions())]
        regions: Vec<RegionCode>,
        /// The operator's own work address
        #[arg(long, value_name = "ADDRESS")]
        work_email: Option<String>,
        /// Read the initial password from standard input, rather than drawing one
        #[arg(long)]
        password_stdin: bool,
    },
    /// Every operator
    List,
    /// One operator
    Show {
        /// The login
        #[arg(add = completing::operators())]
        login: String,
    },
    /// Disable an operator: their sessions end at once
    Disable {
        /// The login
        #[arg(add = completing::operators())]
        login: String,
    },
    /// Let a disabled operator work again
    Enable {
        /// The login
        #[arg(add = completing::operators())]
        login: String,
    },
    /// Give an operator another role, other regions, a work address or a duty
    #[command(after_help = "\
Examples:
  balie operator role petra senior --region utrecht
  balie operator role petra --work-email petra@otservicedesk.nl
  balie operator role petra --duty totp              petra's machine has the keys that open secrets
  balie operator role petra --duty none")]
    Role {
        /// The login
        #[arg(add = completing::operators())]
        login: String,
        /// operator, senior, auditor or admin
        #[arg(required_unless_present_any = ["work_email", "duty"], add = offer::roles())]
        role: Option<Role>,
        /// A region that the operator works in; once for each (operator and senior)
        #[arg(long = "region", value_name = "CODE", requires = "role", add = completing::regions())]
        regions: Vec<RegionCode>,
        /// The operator's own work address: without one they can't reset or approve
        #[arg(long, value_name = "ADDRESS")]
        work_email: Option<String>,
        /// totp: whoever needs a code checked is sent to this operator; none takes it away
        #[arg(long, value_name = "DUTY")]
        duty: Option<DutyOrNone>,
    },
    /// Give an operator an initial password, or choose your own
    #[command(after_help = "\
Examples:
  balie operator reset-password petra      its authenticator and sessions end
  balie operator reset-password fatima     your own: asks for the old one, and you choose the next
  … | balie operator reset-password fatima --old-password-stdin --password-stdin

You keep your authenticator; your sessions end, including this one. The first password of a desk closes it for good: from then on everybody has to log in with `balie login`.")]
    ResetPassword {
        /// The login
        #[arg(add = completing::operators())]
        login: String,
        /// Read your old password from standard input first
        #[arg(long, conflicts_with = "old_password_file")]
        old_password_stdin: bool,
        /// Read your old password from a file
        #[arg(long, value_name = "FILE")]
        old_password_file: Option<PathBuf>,
        /// Read the new password from standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Tokens for scripts
    #[command(subcommand)]
    Token(token::Verb),
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Add { .. }
            | Self::Disable { .. }
            | Self::Enable { .. }
            | Self::Role { .. }
            | Self::ResetPassword { .. } => Rehearsal::ONE_STEP,
            Self::Token(verb) => verb.rehearsal(),
            Self::List | Self::Show { .. } => Rehearsal::OnlyReads,
        }
    }
}

/// A duty besides the role, or that there is none any more.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum DutyOrNone {
    Totp,
    None,
}

impl DutyOrNone {
    const fn duty(self) -> Option<ExtraDuty> {
        match self {
            Self::Totp => Some(ExtraDuty::Totp),
            Self::None => None,
        }
    }
}

pub(super) async fn run(verb: Verb, mut session: Session<'_>) -> Outcome {
    match verb {
        Verb::Add {
            login,
            role,
            regions,
            work_email,
            password_stdin,
        } => {
            let invalid = |message: String| {
                Failure::invalid(message, said!("see `balie operator add --help`"))
            };
            let login =
                login
                    .parse()
                    .map_err(|error: crate::domain::operator::login::BadLogin| {
                        invalid(error.to_string())
                    })?;
            let work_email = address(work_email, "add")?;
            let password = given(password_stdin, &mut session)?;
            let new = NewOperator {
                login,
                role,
                work_email,
                regions,
                password,
            };
            let (mut desk, mut out, _) = session.open().await?;
            let handed_out = desk::operator::add_operator(&mut desk, &new).await?;
            show_view(&mut out, &HandedOutView(handed_out))
        }
        Verb::List => {
            let (mut desk, mut out, _) = session.open().await?;
            let cards = desk::operator::operators(&mut desk, None).await?;
            show_view(&mut out, &CardsView(cards))
        }
        Verb::Show { login } => {
            let (mut desk, mut out, _) = session.open().await?;
            let cards = desk::operator::operators(&mut desk, Some(&login)).await?;
            show_view(&mut out, &card_view(cards)?)
        }
        Verb::Disable { login } => {
            let (mut desk, mut out, _) = session.open().await?;
            out.must_go_on(&said!("Disable {login}", login = login))?;
            let card = desk::operator::disable_operator(&mut desk, &login).await?;
            show_view(&mut out, &card_view(vec![card])?)
        }
        Verb::Enable { login } => {
            let (mut desk, mut out, _) = session.open().await?;
            let card = desk::operator::enable_operator(&mut desk, &login).await?;
            show_view(&mut out, &card_view(vec![card])?)
        }
        Verb::Role {
            login,
            role,
            regions,
            work_email,
            duty,
        } => {
            let change = OperatorChange {
                role: role.map(|role| (role, regions)),
                work_email: address(work_email, "role")?,
                duty: duty.map(DutyOrNone::duty),
            };
            let what = question(&login, role, &change);
            let (mut desk, mut out, _) = session.open().await?;
            out.must_go_on(&what)?;
            let card = desk::operator::change_operator(&mut desk, &login, &change).await?;
            show_view(&mut out, &card_view(vec![card])?)
        }
        Verb::ResetPassword {
            login,
            old_password_stdin,
            old_password_file,
            password_stdin,
        } => {
            let mut old = match old_password_file {
                Some(path) => Some(read_password(&path)?),
                None => given(old_password_stdin, &mut session)?,
            };
            let mut password = given(password_stdin, &mut session)?;
            let (mut desk, mut out, _) = session.open().await?;
            let whose = desk::operator::whose_password(&mut desk, &login).await?;
            ask_about(whose, &login, &mut out, (&mut old, &mut password))?;
            let (old, password) = (old.as_ref(), password.as_ref());
            let handed_out =
                desk::operator::reset_password(&mut desk, &login, old, password).await?;
            say_closed(&mut out, handed_out.closes);
            show_view(&mut out, &HandedOutView(handed_out))
        }
        Verb::Token(verb) => token::run(verb, session).await,
    }
}

/// What changes of an operator, asked.
fn question(login: &str, role: Option<Role>, change: &OperatorChange) -> String {
    match (role, &change.work_email, &change.duty) {
        (Some(role), ..) => said!("Make {login} {role}", login = login, role = role),
        (None, Some(address), _) => said!(
            "Register {address} for {login}",
            address = address,
            login = login
        ),
        (None, None, Some(Some(duty))) => {
            said!("Give {login} the duty {duty}", login = login, duty = duty)
        }
        (None, None, _) => said!("Remove the duty of {login}", login = login),
    }
}

/// Asks what is still to be known before a password is changed: a yes for a colleague's, the own ones for one's own.
fn ask_about(
    whose: Whose,
    login: &str,
    out: &mut Out<'_>,
    (old, password): (&mut Option<SecretString>, &mut Option<SecretString>),
) -> Result<(), Failure> {
    if whose == Whose::Colleagues {
        let question = said!(
            "Give {login} another password, and end all sessions of {login}",
            login = login
        );
        return out.must_go_on(&question);
    }
    if whose == Whose::Own && old.is_none() {
        let flag = &said!("--old-password-stdin or --old-password-file FILE");
        *old = Some(out.ask_secret(&said!("Your current password"), flag)?);
    }
    if password.is_none() {
        *password = Some(out.ask_new_password("--password-stdin")?);
    }
    Ok(())
}

fn address(text: Option<String>, verb: &str) -> Result<Option<WorkAddress>, Failure> {
    let address = text.map(|text| text.parse()).transpose();
    address.map_err(|error: BadAddress| {
        Failure::invalid(
            told(&error.to_string()),
            said!("see `balie operator {verb} --help`", verb = verb),
        )
    })
}

fn given(stdin: bool, session: &mut Session<'_>) -> Result<Option<SecretString>, Failure> {
    stdin
        .then(|| session.required_line(&said!("the password")))
        .transpose()
}

/// What changes with the first password.
pub(super) fn say_closed(out: &mut Out<'_>, closes: bool) {
    if closes {
        out.say(&said!(
            "The desk is closed now: everybody has to log in with `balie login`."
        ));
    }
}
