//! Which mails answer the mail of a request, in its reader's list of mails.

use super::Notice;

impl Notice {
    /// The request whose mail it answers: what an operator did with it, told to who asked. A code never stands in the
    /// thread of the mail that asked for it, and what wasn't believed by itself may be a stranger's.
    #[must_use]
    pub fn answers_request(&self) -> Option<&str> {
        match self {
            Self::AnswerRequester(answer) => Some(&answer.request),
            Self::ResetRequester { request, .. }
            | Self::ReissuedRequester { request, .. }
            | Self::BulkBegunRequester { request, .. }
            | Self::BulkDoneRequester { request, .. }
            | Self::BulkReissueBegunRequester { request, .. }
            | Self::BulkReissueDoneRequester { request, .. }
            | Self::RequestRejected { request, .. } => Some(request),
            _ => None,
        }
    }

    /// The topic of the FAQ that it tells.
    #[must_use]
    pub fn topic(&self) -> Option<&str> {
        match self {
            Self::AnswerRequester(answer) => Some(&answer.topic),
            Self::AnswerHolder(answer) => Some(&answer.topic),
            _ => None,
        }
    }
}
