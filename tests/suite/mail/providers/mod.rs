//! Mails as the usual providers really send them, and what strangers make of them: genuine ones have to
//! be verified or challenged and never turned away, hostile ones may never be verified. Each is signed as its
//! provider signs, and mail-auth says past Balie whether the signature holds.

mod answers;
mod as_written;
mod attacks;
mod build;
mod challenged;
mod control;
mod genuine;
mod hostile_addressee;
mod hostile_origin;
mod hostile_structure;
mod law;
mod letter;
mod mail;
mod names;
mod other_signers;
mod post;
mod program_shapes;
mod programs;
mod read_as_sent;
mod received;
mod refused_genuine;
mod rules;
mod signer;
mod twins;
