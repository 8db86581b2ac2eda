//! The holder's part of the demo: logging in again, with an app of its own.

use zeroize::Zeroizing;

use super::letters::HOLDER;
use super::stage::Stage;
use crate::cli::Failure;
use crate::domain::second_factor::otpauth;

/// The holder's password, for the length of a demo.
const PASSWORD: &str = "liever een lange zin dan een kort woord";

const LOGIN: &[&str] = &["portal", "login", HOLDER.account, "--password-stdin"];

/// The holder has had a password all along.
pub(super) fn set_password(stage: &mut Stage<'_, '_>) -> Result<(), Failure> {
    let args = ["portal", "password", HOLDER.account, "--password-stdin"];
    stage.ask_with(&args, PASSWORD).map(drop)
}

/// From the reset to a login with a code of the new app.
pub(super) fn enroll_again(stage: &mut Stage<'_, '_>) -> Result<(), Failure> {
    stage.tell(
        "5. The holder comes back",
        "The password alone lets Rachid enroll, and do nothing else.",
    )?;
    stage.play_with(LOGIN, PASSWORD, 0)?;
    stage.tell(
        "",
        "He scans the QR code with his new phone (`balie enroll begin` draws it on your terminal), and reads a \
         code back. The recovery code is shown this once.",
    )?;
    let begun = ["enroll", "begin", HOLDER.account, "--uri", "-"];
    let begun = stage.ask_with(&begun, "")?;
    let app = otpauth::read(begun["otpauth_uri"].as_str().unwrap_or_default())
        .map_err(|error| Failure::internal(error.to_string()))?;
    let now = app.step_at(stage.now());
    let confirm = ["enroll", "confirm", HOLDER.account, "--code-stdin"];
    stage.play_with(&confirm, app.code(now).shown(), 0)?;
    stage.tell(
        "",
        "From now on a login takes a code, and each code works once.",
    )?;
    let login = [LOGIN, &["--code-stdin"]].concat();
    let typed = Zeroizing::new(format!("{PASSWORD}\n{}\n", app.code(now + 1).shown()));
    stage.play_with(&login, &typed, 0)?;
    stage.play_with(
        &[&login[..], &["--explain"]].concat(),
        &typed,
        super::REFUSED,
    )
}
