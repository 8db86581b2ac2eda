//! Looking back: the log, enrollments and mails, verified, counted and pruned.

mod enrollments;
mod log;
mod mail;
mod prune;
mod receipts;
mod state;
mod verify;

pub use enrollments::{EnrollmentAudit, Group, audit_enrollments, list_finding};
pub use log::{Follower, LogOrder, export_log, follow_log, next_events, read_log};
pub use mail::{DomainMails, MailAudit, MailOrder, audit_mail};
pub use prune::{PruneReport, prune};
pub use receipts::{Held, HeldReceipt, print_receipt};
pub use state::check_state;
pub(super) use verify::{Against, Walked, checkpoint_of, walk};
pub use verify::{LogReport, VerifyOrder, sign_checkpoint, verify_log};
