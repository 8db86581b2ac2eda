//! A request mail from its arrival to its last answer.

mod answer;
mod approve;
mod assign;
mod card;
mod challenge;
mod close;
mod confirm;
mod end;
mod facts;
mod naming;
mod once_more;
mod queue;
mod receive;
mod reject;
mod reverify;
mod second_operator;
mod seen;
mod standing;

pub use approve::{ApprovalCard, ToApprove, approve_request, show_approval};
pub use assign::{Assigned, Suggestion, assign, suggest};
pub use card::{AnswerCard, CheckCard, RequestCard, original_mail, show_request};
pub use challenge::{ChallengeReport, challenge};
pub use close::close;
pub use confirm::confirm;
pub(super) use naming::SpokenOf;
pub(super) use once_more::is_verified;
pub use queue::{Queue, requests};
pub use receive::{Border, receive};
pub(super) use receive::{Incoming, take_in};
pub use reject::reject;
pub use reverify::{Difference, Reverification, reverify};
pub(super) use second_operator::{case_shown, shown};
pub use standing::RequestStanding;
pub(super) use standing::{request_of, requesters_at, standing};
