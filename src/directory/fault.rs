//! What is wrong with a file, told so that it can be mended without guessing.

use std::fmt;

/// How many faults are told at once.
const MOST: usize = 100;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name.
    pub file: &'static str,
    /// The line, from 1 on.
    pub line: u64,
    /// The column's name.
    pub column: String,
    /// What is there.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            found,
            expected,
        } = self;
        write!(
            f,
            "{file}:{line}: {column}: expected {expected}, found `{found}`"
        )
    }
}

/// Every fault so far.
#[derive(Debug, Default)]
pub struct Faults {
    list: Vec<Fault>,
    more: u64,
}

impl Faults {
    /// Adds one; beyond the first hundred they're only counted.
    pub fn push(&mut self, mut fault: Fault) {
        if self.list.len() >= MOST {
            self.more += 1;
            return;
        }
        // Each fault is one line.
        fault.found = fault
            .found
            .replace("\r\n", "\n")
            .replace(['\n', '\r'], "\u{240a}");
        if let Some((end, _)) = fault.found.char_indices().nth(120) {
            fault.found.truncate(end);
            fault.found.push('…');
        }
        self.list.push(fault);
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether going on would only count.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.list.len() >= MOST
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.list.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        if self.more > 0 {
            write!(f, "\n… and {} more", self.more)?;
        }
        Ok(())
    }
}
