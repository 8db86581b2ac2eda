//! Who is who: regions, organisations and requesters, imported or kept by hand.

mod import;
mod places;
mod requesters;

pub use import::{ImportReport, import_directory};
pub use places::{NewOrganisation, NewRegion, add_organisation, add_region};
pub use requesters::{
    NewRequester, add_requester, end_requester, requesters_due, review_requester,
};
