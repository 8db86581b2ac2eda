//! The desk's own rules and servers (rule 17). On a closed desk they come from its database; what a caller
//! brings along may only make them stricter.

mod in_force;
mod key;

use std::collections::BTreeMap;

use serde_json::Value;

pub use in_force::{Brought, Ignored, InForce};
pub use key::{Kind, SETTINGS, Setting, Tightens, setting};

/// Values by key, such as `policy.max_age_hours`. A key that isn't there has its default.
pub type Values = BTreeMap<&'static str, Value>;
