//! `balie enroll`, `totp`, `recovery` and `portal`.

mod enroll;
pub(crate) mod portal;
mod recovery;
mod totp;
