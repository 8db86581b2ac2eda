//! What the fuzz targets drive.

mod checks;

pub use checks::{changed, mail, texts};
