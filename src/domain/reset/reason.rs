//! Why an account is reset. For the log, and for what the holder is told.

use crate::domain::text_value::text_enum;

text_enum! {
    /// A reason.
    ResetReason, UnknownResetReason, "reason", {
        /// The phone is lost or stolen.
        LostPhone = "lost-phone",
        /// There is a new phone, and the old one is gone.
        NewPhone = "new-phone",
        /// The app was set up on a colleague's phone: the colleague has to remove the entry.
        WrongPhone = "wrong-phone",
        /// The codes aren't accepted, whatever was tried.
        CodesRefused = "codes-refused",
        /// Anything else.
        Other = "other",
    }
}
