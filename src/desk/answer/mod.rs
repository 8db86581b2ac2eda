//! `balie answer` and `balie request answer`: what the public FAQ says, read out or mailed.

mod mailed;
mod told;

pub use mailed::{AnswerMailed, AnswerOrder, ToAnswer, mail_answer};
pub use told::answers;
