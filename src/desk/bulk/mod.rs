//! Many accounts at once: planned, approved, and carried out batch by batch.

mod apply;
mod approval;
mod approve;
mod batch;
mod check;
mod codes;
mod judged;
mod notices;
mod plan;
mod reasons;
mod result;
mod run;

pub use apply::{ApplyReport, Onlooker, apply};
pub use approve::approve_plan;
pub use codes::HandOver;
pub use plan::{PlanCard, PlanOrder, cancel_plan, each_plan_row, make_plan, plans, show_plan};
pub(super) use plan::{existing_plan, waits_for_a_yes};
pub use result::RowResult;
pub use run::{Run, open_plan};
