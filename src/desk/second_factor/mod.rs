//! Authenticators: bound, checked, unlocked, and what a login screen decides about them.

mod authenticator;
mod check_code;
mod enroll;
mod import;
mod portal;
mod unlock;

pub(super) use authenticator::unseal;
pub use check_code::{Colleague, Diagnosis, check_code};
pub use enroll::{BegunEnrollment, ConfirmedEnrollment, begin_enrollment, confirm_enrollment};
pub use import::{EnrollReport, import_enrollments};
pub use portal::{LoginReport, NewPassword, portal_login, set_portal_password};
pub use unlock::{Unlocked, unlock};
