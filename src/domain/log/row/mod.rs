//! What the log says of the desk's rows: which columns it answers for, a digest of each row that an event
//! leaves, the record of them that the event bears, and whether the rows still agree.

mod catalogue;
mod check;
mod digest;
mod record;

pub use catalogue::{Class, Column, Kind, LEFT_OUT, LeftOut, Owner, TABLES, Table, table};
pub use check::{Checked, Differs, Disagreement, RowCheck, Share, Tally, Unexplained, shares};
pub use digest::{Digested, Field};
pub use record::{Entry, PAGE_BYTES, PageWriter, Record, Root, commitment_with_rows, read_page};
