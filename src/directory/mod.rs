//! The directory's CSV files, read row by row. Finds fault with file, line and column; decides nothing.

mod fault;
mod lines;
mod rows;
mod table;
mod username_list;

pub use fault::{Fault, Faults};
pub use rows::{AccountRow, OrganisationRow, RegionRow, RequesterRow, RoleAt, Row};
pub use table::{Table, open, open_file};
pub use username_list::{BadList, Counted, UsernameList, read_usernames};
