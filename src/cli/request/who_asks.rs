//! Who a request is from, as its pages say it.

use crate::cli::language::{said, told};
use crate::store::directory::RequesterRow;

/// The requester's name, capacity and place.
pub(super) fn who_asks(requester: Option<&RequesterRow>) -> String {
    requester.map_or_else(
        || said!("nobody on file"),
        |requester| {
            said!(
                "{name}, {capacity} at {place}",
                name = requester.name,
                capacity = told(requester.capacity.as_str()),
                place = requester.organisation_name
            )
        },
    )
}
