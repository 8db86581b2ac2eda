//! Operators, their sessions and tokens, and what they have open.

mod door;
mod factors;
mod leases;
mod limits;
mod operators;
mod sessions;
mod token_ends;

pub use door::DoorRow;
pub use factors::{NewOperatorFactor, OperatorFactorRow};
pub use leases::Leased;
pub use operators::{OperatorRow, PasswordRow};
pub use sessions::{NewToken, SessionRow, TokenRow};
pub use token_ends::TokenEnd;
