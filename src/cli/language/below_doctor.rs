//! What `balie doctor` finds, with values in it, beside the sentences in `below`.

pub(super) const FINDINGS: &[&str] = &[
    "{count} sealing key(s) and the signing key fit this database",
    "not as Balie makes it: {what}",
    "the log's last event is of {last}, but here it's {now}",
    "the clocks of this machine and of the database's differ by {seconds} s",
    "closed; {admins} admins, {seniors} senior(s)",
    "reached in the last day by {who}",
    "{waiting} wait(s) for the desk, the oldest since {oldest}",
    "{number} mail(s) couldn't be delivered: their recipients don't know what was done",
    "{number} mail(s) wait, the oldest since {since}: more than a quarter of an hour",
    "{due} mail(s) are due, {later} are tried again later",
    "the next one ends at {next}",
    "ending within {days} days, or ended: {who}",
    "the newest sealing key is {days} days old",
    "the mailbox was last looked into at {last}",
    "what is past its time was last looked for at {last}",
    "the last copy of the desk was made at {last}",
    "the log was last signed at {last}",
];
