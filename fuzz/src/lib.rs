//! What the fuzz targets drive.

mod checks;

pub use checks::{SEEDS, changed, mail, parts, structure, texts};
