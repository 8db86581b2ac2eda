//! Requests and break-glass cases.

mod answers;
mod approvals;
mod bindings;
mod cases;
mod challenges;
mod mails;
mod offered;
mod queue;
mod ready;
mod requests;
mod today;

pub use answers::{AnswerRow, NewAnswer};
pub use bindings::{Ending, WithinRow};
pub use cases::{CaseRow, NewCase};
pub use challenges::{ChallengeRow, NewChallenge, OpenRequestRow};
pub use mails::SeenRow;
pub use offered::OfferedRequest;
pub use queue::{QueueFilter, QueueRow};
pub use ready::ReadyRow;
pub use requests::{BoundRow, CheckRow, NewRequest, RequestRow};
pub use today::WaitingCount;
