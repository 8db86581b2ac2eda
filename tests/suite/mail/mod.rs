//! Mails, in process: every genuine shape must be verified, no attack may be, and no change to a
//! genuine mail survives. Real signatures, and keys over a real DNS server on loopback.

mod any_bytes;
mod attacks;
mod bad_input;
mod batch;
mod bombs;
mod bounds;
mod genuine;
mod mutation;
mod name_servers;
mod other_signers;
mod providers;
mod world;
