//! What a mail was taken in as.

use crate::domain::text_value::text_enum;

text_enum! {
    /// What a mail was taken in as.
    ReceivedAs, UnknownReceivedAs, "way of being received", {
        /// A request of its own.
        Request = "request",
        /// The same mail as one that came in before.
        Again = "again",
        /// An answer to a challenge.
        Answer = "answer",
    }
}
