//! What a service is for: an account for a timer, whose token does this one job (rule 17).

use crate::domain::log::event::Action;
use crate::domain::text_value::text_enum;

text_enum! {
    /// A job.
    Job, UnknownJob, "job", {
        /// Emptying the desk's mailbox.
        Fetch = "fetch",
        /// Sending the outbox.
        Send = "send",
        /// Reminding holders that their window closes.
        Remind = "remind",
        /// Erasing what is past its time.
        Prune = "prune",
        /// Signing the log's size and root.
        Checkpoint = "checkpoint",
        /// Taking the directory over.
        Import = "import",
        /// Handing the log on.
        Export = "export",
        /// Copying the desk.
        Backup = "backup",
        /// Counting enrollments, and what the schools' mail lacks, for directors and boards.
        Report = "report",
        /// Examining the desk.
        Doctor = "doctor",
    }
}

impl Job {
    /// Whether it's part of the job. Nothing else is let through, whatever role could do it, except for asking whose token it
    /// is: so a timer's token can be tried without doing its work.
    #[must_use]
    pub const fn allows(self, action: Action) -> bool {
        if matches!(action, Action::WhoAmI) {
            return true;
        }
        match self {
            Self::Fetch => matches!(action, Action::MailboxFetch | Action::MailboxQuarantine),
            Self::Send => matches!(action, Action::OutboxSend),
            Self::Remind => matches!(action, Action::PendingRemind),
            Self::Prune => matches!(action, Action::AuditPrune),
            Self::Checkpoint => matches!(action, Action::AuditCheckpoint),
            Self::Import => matches!(action, Action::DirectoryImport),
            Self::Export => matches!(action, Action::AuditExport),
            Self::Backup => matches!(action, Action::Backup),
            // Counts, which name nobody.
            Self::Report => matches!(action, Action::AuditEnrollments | Action::AuditMail),
            Self::Doctor => matches!(action, Action::Doctor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::log::duty::Duty;

    #[test]
    fn no_job_looks_people_up_decides_or_manages_operators() {
        for job in Job::ALL {
            assert!(job.allows(Action::WhoAmI), "{job}");
            let own = |action: &&Action| **action != Action::WhoAmI && job.allows(**action);
            for action in Action::ALL.iter().filter(own) {
                let only_counts = matches!(action, Action::AuditEnrollments | Action::AuditMail);
                let looks_or_decides = matches!(
                    action.duty(),
                    Duty::Own | Duty::People | Duty::Places | Duty::Approve
                );
                assert!(only_counts || !looks_or_decides, "{job} {action}");
            }
            assert!(Action::ALL.iter().any(|action| own(&action)), "{job}");
        }
    }
}
