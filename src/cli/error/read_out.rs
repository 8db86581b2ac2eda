//! What an operator can say to the caller where a rule refuses. It tells nothing of the account, its holder or its school:
//! whoever calls may be anybody.

use crate::cli::language::said;
use crate::domain::refusal::Refusal;

/// The sentence, where the refusal is one that somebody on the phone has to hear of.
pub(in crate::cli) fn of(code: &str) -> Option<String> {
    let sentence = match code.parse().ok()? {
        Refusal::RequestNotVerified => said!(
            "I can't tell yet whether this mail really comes from the person whose name is on it. I can send a code to that person's work address; I can go on once I hear it."
        ),
        Refusal::RequestExpired => said!(
            "This mail is too old to be used. Please have the same person send a new one from their work address."
        ),
        Refusal::NotCovered => said!(
            "The mail doesn't ask for this login. Please have a new mail sent that names everybody it's for."
        ),
        Refusal::AlreadyUsed => {
            said!("This mail has been used already. For another reset I need a new mail.")
        }
        Refusal::NotAuthorised => said!(
            "I can't do this on this mail. A director of your own school, somebody of its board, or your manager can send it, from their work address."
        ),
        Refusal::SamePerson => said!(
            "Nobody can ask this for their own login. Please have another director or somebody of the board send the mail."
        ),
        Refusal::FourEyesRequired => said!(
            "A colleague has to look at this before I can do it. We'll go on as soon as that is done; you don't need to send anything."
        ),
        Refusal::RequestRejected | Refusal::RequestClosed => said!(
            "I can't use this mail. Please have the director or somebody of the board send a new one from their work address."
        ),
        Refusal::NoAccounts => said!(
            "I can't tell from the mail whom it's for. Please have a new mail sent that names everybody."
        ),
        Refusal::NoChallenge | Refusal::CodeExpired => said!(
            "That code can't be used any more. I'll send a new one to the work address that we have."
        ),
        Refusal::WrongCode => {
            said!("That isn't the code. Please read it out once more from the mail that we sent.")
        }
        Refusal::CodeUsedUp => said!(
            "There were too many tries with this code. I'll send a new one to the work address that we have, or please have a new mail sent."
        ),
        Refusal::AccountBlocked => {
            said!("I can't do anything for this login. Please ask at your school.")
        }
        Refusal::AlreadyEnrolled => said!(
            "For a new phone I need a mail from your director, somebody of the board or your manager, from their work address."
        ),
        Refusal::WindowClosed => said!(
            "The time to set up two-factor authentication is over. I'll see whether I can open it again."
        ),
        Refusal::EnrolledAgain => said!("I can't undo this any more."),
        Refusal::CodeNotAccepted => said!(
            "That code isn't accepted. Please wait for the next one in the app, and check that the time on your phone is set automatically."
        ),
        Refusal::TooManyTries => said!("There were too many tries. Please try again in an hour."),
        Refusal::DeliveryNotAllowed => said!(
            "I can't see a recovery code or read it out. It will come to your work address or by post."
        ),
        Refusal::OutOfRegion => said!(
            "Another region's desk has to do this. Please use the address of your own region; it's on the login page."
        ),
        _ => return None,
    };
    Some(sentence)
}
