//! A mail world on loopback, for `balie demo` and the tests: a DNS server, a domain that signs its
//! mail, an SMTP sink. Real protocols over real sockets; nothing of it serves anybody else.

mod dns;
mod signing_domain;
mod smtp;

pub use dns::{Asked, DnsServer, Manner};
pub use signing_domain::{CannotSign, SigningDomain};
pub use smtp::SmtpSink;
