//! The director's second mail: a recovery code for one of her people, and a reset for three at once.

use super::stage::Stage;
use crate::cli::Failure;

/// Who has lost the recovery code.
pub(super) const WITHOUT_CODE: &str = "g.bos";
const LIST: &str = "username,name\n\
                    o.termaas,Omar ter Maas\n\
                    b.terkuijpers,Björn ter Kuijpers\n\
                    w.vanthermans,Wouter van 't Hermans\n";

pub(super) fn serve(stage: &mut Stage<'_, '_>, mail: &str) -> Result<(), Failure> {
    stage.tell(
        "6. A whole team",
        "Vera Kok writes again: new phones for three of her people, and one has lost the recovery code. \
         A fresh one goes to him alone; no operator sees it.",
    )?;
    stage.put("mails/team.eml", mail)?;
    let file = stage.folder().join("mails/team.eml").display().to_string();
    stage.play(&["request", "receive", &file, "--account", WITHOUT_CODE], 0)?;
    let request = newest(stage, &["request", "list"], "requests")?;
    let reissue = ["recovery", "reissue", WITHOUT_CODE, "--request", &request];
    stage.play(&[&reissue[..], &["--deliver", "mail"]].concat(), 0)?;
    stage.tell(
        "",
        "The three are a list. Each row is checked when it is planned and again when it's done; a run that is \
         killed goes on where it ended.",
    )?;
    stage.put("team.csv", LIST)?;
    let list = stage.folder().join("team.csv").display().to_string();
    stage.play(&["bulk", "plan", "reset", &list, "--request", &request], 0)?;
    let plan = newest(stage, &["bulk", "list"], "plans")?;
    stage.play(&["bulk", "apply", &plan], 0)?;
    stage.play(&["outbox", "send"], 0)?;
    stage.tell(
        "7. Who still has no 2FA?",
        "Counted over every account, with what needs a look; `--html FILE` makes a page of it for a director.",
    )?;
    stage.play(&["audit", "enrollments"], 0)
}

/// The id of the first in a list.
fn newest(stage: &mut Stage<'_, '_>, list: &[&str], of: &str) -> Result<String, Failure> {
    let found = stage.ask(list)?;
    let id = found[of][0]["id"].as_str();
    let id = id.ok_or_else(|| Failure::internal(format!("none of the {of} is listed")))?;
    Ok(id.to_owned())
}
