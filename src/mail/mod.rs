//! Mail in: what a request mail shows. Gathers evidence, and judges nothing.

mod dkim;
mod dns;
mod gate;
mod gather;

pub use dns::{BadServer, Dns};
pub use gather::{NotAMail, gather, regather};
