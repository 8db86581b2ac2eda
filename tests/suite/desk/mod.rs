//! The desk in process: whole commands, with a clock that the test sets.

mod every_column;
mod same_answer;
mod sequence;
