//! The language that an operator reads. English is the source text, where it's said; Dutch is beside this file, in
//! Fluent, found by an id. A run that writes JSON, NDJSON or CSV is an English one, down to its errors: they're the same
//! bytes in every language.

mod below;
mod below_doctor;
mod below_errors;
mod choice;
mod counted;
mod dutch;
mod help;
#[cfg(test)]
mod plain_tests;
mod said;
#[cfg(test)]
mod said_tests;
#[cfg(test)]
mod sentences;
#[cfg(test)]
mod tests;

pub(in crate::cli) use choice::{Spoken, format_asked, of_run, spoken};
pub(in crate::cli) use counted::accounts;
pub(in crate::cli) use help::{headings, in_dutch};
pub(in crate::cli) use said::{Run, in_dutch as said_in_dutch, noted, said, spoken_now, told};
