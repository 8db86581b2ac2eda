//! Why the desk's rules say no.

use super::text_value::text_enum;

text_enum! {
    /// A rule that refuses. Its text is the code of the contract.
    Refusal, UnknownRefusal, "refusal", {
        /// Rule 1: the request isn't verified.
        RequestNotVerified = "request_not_verified",
        /// Rule 1: the request is older than it may be.
        RequestExpired = "expired",
        /// Rule 1: the request isn't for this account.
        NotCovered = "not_covered",
        /// Rule 1: the request was used for this account before.
        AlreadyUsed = "already_used",
        /// Rule 2: the requester has no authority over this account, or has it no longer.
        NotAuthorised = "not_authorised",
        /// Rule 2: requester, holder and operator are three people.
        SamePerson = "same_person",
        /// A second operator has to approve it first.
        FourEyesRequired = "four_eyes_required",
        /// The request was rejected: nothing can make it verified.
        RequestRejected = "request_rejected",
        /// The request was closed: it isn't one.
        RequestClosed = "request_closed",
        /// Rule 9: nobody is on file as the sender.
        NoAddressOnFile = "no_address_on_file",
        /// Rule 9: the address came on file these days, or after the request.
        FreshAddress = "fresh_address",
        /// The request is verified already.
        AlreadyVerified = "already_verified",
        /// The request is for nobody yet.
        NoAccounts = "no_accounts",
        /// A colleague sent a code at this very moment.
        AlreadyChallenged = "already_challenged",
        /// No code was sent, or it was used or replaced.
        NoChallenge = "no_challenge",
        /// It isn't the code that was sent.
        WrongCode = "wrong_code",
        /// The code is older than it may be.
        CodeExpired = "code_expired",
        /// Too many tries of a code, or too many codes for a request.
        CodeUsedUp = "code_used_up",
        /// The account is blocked.
        AccountBlocked = "account_blocked",
        /// What was shown to the second operator has changed meanwhile.
        ChangedSinceShown = "changed_since_shown",
        /// Rule 4: a reset must be undone by a different operator than the one who did it.
        OwnReset = "own_reset",
        /// Rule 4: the holder has enrolled since.
        EnrolledAgain = "enrolled_again",
        /// Rule 4: the account has since been reset again.
        ResetAgain = "reset_again",
        /// Rule 4: the retired enrollment is destroyed, or due to be.
        UndoOver = "undo_over",
        /// Rule 4: the reset didn't retire an enrollment, or has already been undone.
        NothingToUndo = "nothing_to_undo",
        /// The sealing key is the newest, or something is still sealed under it.
        KeyInUse = "key_in_use",
        /// The username is taken.
        UsernameTaken = "username_taken",
        /// It's already so.
        NothingToChange = "nothing_to_change",
        /// Rule 7: the policy lets no operator see a recovery code, or read it aloud.
        DeliveryNotAllowed = "delivery_not_allowed",
        /// The account isn't as it was when the plan was made.
        ChangedSincePlan = "changed_since_plan",
        /// The plan isn't the one that was meant.
        OtherPlan = "other_plan",
        /// Another run works on the plan.
        PlanInUse = "plan_in_use",
        /// The plan was cancelled.
        PlanCancelled = "plan_cancelled",
        /// The mail was sent.
        MailSent = "mail_sent",
        /// Somebody is sending the mail.
        MailUnderWay = "mail_under_way",
        /// The code that the mail carried is erased.
        CodeErased = "code_erased",
        /// There is nothing left to do of the plan.
        PlanFinished = "plan_finished",
        /// The operator isn't registered, or not any more.
        UnknownOperator = "unknown_operator",
        /// The operator's role may not do this.
        RoleMayNot = "role_may_not",
        /// A closed desk is brought up to date by its owner, or by an admin.
        OwnerOrAdmin = "owner_or_admin",
        /// The desk is closed, and nobody is logged in.
        NotLoggedIn = "not_logged_in",
        /// The session has ended.
        SessionEnded = "session_ended",
        /// The token is unknown, revoked or expired, or its operator may not work.
        TokenRefused = "token_refused",
        /// A token is accepted by nobody but the operator that it works for.
        TokenNotYours = "token_not_yours",
        /// Login, password or code isn't right.
        LoginRefused = "login_refused",
        /// Nobody has a password yet.
        DeskIsOpen = "desk_is_open",
        /// The first password must be an admin's.
        AdminFirst = "admin_first",
        /// Somebody has to be able to look after the desk.
        LastAdmin = "last_admin",
        /// It can't be done to oneself.
        NotYourself = "not_yourself",
        /// There is an operator of that login.
        OperatorExists = "operator_exists",
        /// A region that the operator doesn't have.
        OutOfRegion = "out_of_region",
        /// The break-glass case was completed or called off.
        CaseOver = "case_over",
        /// A break-glass case for this account waits for its second operator.
        CaseWaits = "case_waits",
        /// Too many lookups in a minute.
        TooManyLookups = "too_many_lookups",
        /// Too many resets in an hour.
        TooManyResets = "too_many_resets",
        /// The account has a second factor in use.
        AlreadyEnrolled = "already_enrolled",
        /// Rule 4: the enrollment window is over, or was never open.
        WindowClosed = "enrollment_window_closed",
        /// No enrollment was begun.
        NotBegun = "not_begun",
        /// Rule 6: the code is wrong or was used before.
        CodeNotAccepted = "code_not_accepted",
        /// Rule 6: too many in a row.
        TooManyTries = "too_many_tries",
        /// There is nothing to unlock.
        NotLocked = "not_locked",
        /// A password is replaced by whoever knows it.
        WrongPassword = "wrong_password",
    }
}

/// What is left where no mail may go.
const READ_IT_OUT: &str = "read the answer out by phone: `balie answer TOPIC`; the desk mails no address that came in with a request";

impl Refusal {
    /// Whether it refuses somebody who has no authority, or asks for the own account (rules 2 and 10).
    #[must_use]
    pub const fn is_without_authority(self) -> bool {
        matches!(self, Self::NotAuthorised | Self::SamePerson)
    }

    /// Whether a state was found that the caller didn't expect (exit 5), rather than a rule broken (4).
    #[must_use]
    pub const fn is_conflict(self) -> bool {
        matches!(
            self,
            Self::AlreadyUsed
                | Self::RequestExpired
                | Self::ChangedSinceShown
                | Self::OperatorExists
                | Self::CaseOver
                | Self::CaseWaits
                | Self::AlreadyEnrolled
                | Self::NotBegun
                | Self::NotLocked
                | Self::AlreadyVerified
                | Self::AlreadyChallenged
                | Self::CodeExpired
                | Self::EnrolledAgain
                | Self::ResetAgain
                | Self::UndoOver
                | Self::NothingToUndo
                | Self::KeyInUse
                | Self::UsernameTaken
                | Self::NothingToChange
                | Self::ChangedSincePlan
                | Self::OtherPlan
                | Self::PlanInUse
                | Self::PlanCancelled
                | Self::PlanFinished
                | Self::MailSent
                | Self::MailUnderWay
                | Self::CodeErased
        )
    }

    /// What happened, for the operator.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::RequestNotVerified => {
                "the request isn't verified, so no account may be reset on it"
            }
            Self::RequestExpired => "the request has expired",
            Self::NotCovered => "the request isn't for this account",
            Self::AlreadyUsed => "the request was already used for this account",
            Self::NotAuthorised => "the requester has no authority over this account",
            Self::SamePerson => {
                "requester, account holder and operator must be three different people"
            }
            Self::FourEyesRequired => {
                "a second operator must approve this first: an account is privileged or was reset recently, the requester's address was added only days ago, or the list is long"
            }
            Self::RequestRejected => "the request was rejected",
            Self::RequestClosed => "the request was closed: it isn't one",
            Self::NoAddressOnFile => "nobody who may ask is on file as the sender of this request",
            Self::FreshAddress => {
                "the sender's address on file is only days old, or newer than the request"
            }
            Self::AlreadyVerified => "the request is already verified",
            Self::NoAccounts => "the request isn't for any account yet",
            Self::AlreadyChallenged => "a colleague has just sent a code for this request",
            Self::NoChallenge => "no code is open for this request",
            Self::WrongCode => "this isn't the code that was mailed",
            Self::CodeExpired => "the code has expired",
            Self::CodeUsedUp => "there were too many tries",
            Self::AccountBlocked => "the account is blocked",
            Self::ChangedSinceShown => "what you were shown has since changed",
            Self::OwnReset => {
                "a reset must be undone by a different operator than the one who did it"
            }
            Self::EnrolledAgain => "the holder has since enrolled an authenticator",
            Self::ResetAgain => "the account has since been reset again",
            Self::UndoOver => {
                "this reset can no longer be undone: the old enrollment has been destroyed"
            }
            Self::NothingToUndo => {
                "the reset didn't retire an enrollment, or has already been undone"
            }
            Self::KeyInUse => {
                "the key is still in use: it's the newest one, or something is sealed under it"
            }
            Self::UsernameTaken => "there is already an account with that username",
            Self::NothingToChange => "nothing to change: it is already as requested",
            Self::DeliveryNotAllowed => {
                "the desk's policy doesn't let operators see a recovery code or read it aloud"
            }
            Self::ChangedSincePlan => "the account changed since the plan was made",
            Self::OtherPlan => "the plan's hash isn't the one you gave",
            Self::PlanInUse => "another run is working on this plan right now",
            Self::PlanCancelled => "the plan was cancelled",
            Self::MailSent => "the mail was sent already",
            Self::MailUnderWay => "the mail is being sent right now",
            Self::CodeErased => {
                "the code that the mail carried was erased when the mail was given up"
            }
            Self::PlanFinished => "nothing in this plan is left to do",
            Self::UnknownOperator => "you aren't registered as an operator of this desk",
            Self::RoleMayNot => "your role may not do this",
            Self::OwnerOrAdmin => {
                "this desk is closed: only its owner or an admin can bring it up to date"
            }
            Self::NotLoggedIn => "you aren't logged in",
            Self::SessionEnded => "your session has ended",
            Self::TokenRefused => "this token is invalid, revoked or expired",
            Self::TokenNotYours => {
                "this token is a colleague's, and only that colleague can accept it"
            }
            Self::LoginRefused => "the login, password or code is wrong, or the login is disabled",
            Self::DeskIsOpen => "nobody has a password yet, so there is nothing to log in to",
            Self::AdminFirst => {
                "the first password closes the desk, and nobody could then administer it"
            }
            Self::LastAdmin => "nobody else could administer the desk",
            Self::NotYourself => "you can't do this to yourself",
            Self::OperatorExists => "there is already an operator with that login",
            Self::OutOfRegion => "the operator doesn't work in that region",
            Self::CaseOver => "the case was completed or cancelled, or has expired",
            Self::CaseWaits => "a case for this account is already waiting for a second operator",
            Self::TooManyLookups => "you've made more lookups within a minute than the desk allows",
            Self::TooManyResets => "you've done more resets within an hour than the desk allows",
            Self::AlreadyEnrolled => "the account already has a second factor in use",
            Self::WindowClosed => "the enrollment window isn't open",
            Self::NotBegun => "no enrollment has been begun for this account",
            Self::CodeNotAccepted => "the code is wrong or was used before",
            Self::TooManyTries => "that was tried too often; wait before trying again",
            Self::NotLocked => "the second factor isn't locked",
            Self::WrongPassword => {
                "the account already has a password, and the old one you gave is wrong"
            }
        }
    }

    /// What to do next.
    #[expect(clippy::too_many_lines, reason = "one for each")]
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::RequestNotVerified => "read why with `balie request show ID`",
            Self::RequestExpired => "ask the requester for a new mail",
            Self::RequestRejected | Self::RequestClosed => {
                "read why with `balie request show ID`; ask for a new mail only if you know who asks in some other way"
            }
            Self::NotCovered => {
                "if the mail truly asks for it: `balie request assign ID USERNAME`; else ask for a new mail that names it"
            }
            Self::AlreadyUsed => {
                "see `balie account history USERNAME`; for another reset ask for a new mail"
            }
            Self::NotAuthorised => {
                "only a director, board member or supervisor of the holder's own school may ask"
            }
            Self::SamePerson => "let a colleague handle it, or ask another director of the school",
            Self::FourEyesRequired => {
                "have a senior of the region look at it: `balie request approve ID`, or for a plan `balie bulk approve PLAN`; the approver can't also carry it out"
            }
            Self::NoAddressOnFile | Self::FreshAddress => READ_IT_OUT,
            Self::AlreadyVerified => "use it: `balie reset ACCOUNT --request ID`",
            Self::NoAccounts => "name them: `balie request assign ID ACCOUNT...`",
            Self::AlreadyChallenged => "see `balie request show ID`",
            Self::NoChallenge => "send one: `balie request challenge ID`",
            Self::WrongCode => {
                "let the requester read it out from the mail; somebody who can't isn't the requester"
            }
            Self::CodeExpired => "send a new one: `balie request challenge ID`",
            Self::CodeUsedUp => {
                "send a new code with `balie request challenge ID` (3 at most), or ask for a new mail"
            }
            Self::AccountBlocked => {
                "find out why the school blocked it; a blocked account can't log in anyway"
            }
            Self::ChangedSinceShown => "look at it again, and decide on what it is now",
            Self::OwnReset => "ask a colleague to run this command",
            Self::EnrolledAgain => "the new one counts; see `balie account show USERNAME`",
            Self::ResetAgain => "the later reset counts; see `balie account history USERNAME`",
            Self::UndoOver => "the holder has to enroll again; see `balie pending`",
            Self::NothingToUndo => "see `balie account history USERNAME`",
            Self::KeyInUse => {
                "see `balie key status`; `balie key rotate` seals everything under a newer one"
            }
            Self::UsernameTaken => "choose another one; see `balie account show USERNAME`",
            Self::NothingToChange => "there is nothing to do",
            Self::DeliveryNotAllowed => {
                "pass --deliver mail, letter or sealed; `[policy] screen_delivery` decides"
            }
            Self::ChangedSincePlan => {
                "look at the account; make a new plan of what is left with `balie bulk show PLAN --failed --format csv`"
            }
            Self::OtherPlan => "read what it holds with `balie bulk show PLAN`",
            Self::PlanInUse => "wait for it to end; a dead run's claim lapses within seconds",
            Self::PlanCancelled => "make a new one with `balie bulk plan`",
            Self::MailSent => "see when with `balie outbox list`",
            Self::MailUnderWay => "look again in 5 minutes with `balie outbox list`",
            Self::CodeErased => {
                "send a new one: `balie request challenge ID`, or `balie recovery reissue USERNAME`"
            }
            Self::PlanFinished => "see what became of each row with `balie bulk show PLAN`",
            Self::UnknownOperator => {
                "log in as the user that ran `balie init`, or have that user register you"
            }
            Self::RoleMayNot => "ask a colleague whose role allows it",
            Self::OwnerOrAdmin => "log in as an admin, or have whoever owns the database run it",
            Self::NotLoggedIn | Self::SessionEnded => "log in with `balie login`",
            Self::TokenRefused => "see `balie operator token list`, and make a new one",
            Self::TokenNotYours => "see whose it is with `balie operator token list`",
            Self::LoginRefused => {
                "try again with a fresh code; an admin helps with `balie operator reset-password LOGIN`"
            }
            Self::DeskIsOpen => "close the desk with `balie operator reset-password LOGIN`",
            Self::AdminFirst => {
                "choose a password yourself first: `balie operator reset-password LOGIN`, with your own login"
            }
            Self::LastAdmin => {
                "make somebody else an admin first: `balie operator add LOGIN --role admin`"
            }
            Self::NotYourself => "ask another admin",
            Self::OperatorExists => "see `balie operator list`",
            Self::OutOfRegion => "see `balie operator show LOGIN`",
            Self::CaseWaits => {
                "see `balie case list`; complete that one, or cancel it: `balie case cancel ID`"
            }
            Self::CaseOver => "see `balie case list`; start another one if it's still needed",
            Self::TooManyLookups => {
                "wait a minute; `[policy] lookups_per_minute` says how many are allowed"
            }
            Self::TooManyResets => {
                "have a colleague go on; `[policy] resets_per_hour` says how many are allowed"
            }
            Self::AlreadyEnrolled => {
                "a new phone needs a reset first: `balie reset ACCOUNT --request ID`"
            }
            Self::WindowClosed => "see `balie account show ACCOUNT`; a reset opens a window",
            Self::NotBegun => "begin with `balie enroll begin ACCOUNT`",
            Self::CodeNotAccepted => {
                "wait for the next code in the app; if none is right, the phone's clock may be off: set it to automatic"
            }
            Self::TooManyTries => {
                "wait an hour; meanwhile check the phone's clock and the line in the app"
            }
            Self::NotLocked => "find out why a code isn't accepted with `balie totp check ACCOUNT`",
            Self::WrongPassword => "only its owner can change it, by giving the current password",
        }
    }
}
