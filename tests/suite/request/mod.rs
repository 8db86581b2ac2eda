//! `balie request`.

mod answer;
mod assign;
pub(crate) mod challenge;
mod close;
pub(crate) mod copies;
pub(crate) mod lease;
mod next;
mod not_a_mail;
mod once_more;
mod queue;
pub(crate) mod receive;
mod reverify;
mod second_operator;
mod several;
