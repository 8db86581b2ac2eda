//! The language that an operator reads. English is the source text, where it's said; Dutch is beside this file, in
//! Fluent, found by an id. JSON, NDJSON and CSV are the same bytes in every language.

mod choice;
mod dutch;
mod help;
#[cfg(test)]
mod tests;

pub(in crate::cli) use choice::{Spoken, spoken};
pub(in crate::cli) use help::{headings, in_dutch};
