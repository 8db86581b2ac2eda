//! On which line of its file a record begins. The CSV reader counts from where it stopped: before the second
//! half of a CRLF, and before the empty lines that it passes over.

use std::collections::VecDeque;
use std::io;
use std::io::Read;

/// A reader that knows where lines begin, as far as they weren't asked for yet.
#[derive(Debug)]
pub(super) struct Lines<R> {
    inner: R,
    /// The first bytes of lines that aren't empty, with their numbers.
    begun: VecDeque<(u64, u64)>,
    read: u64,
    line: u64,
    at_start: bool,
    after_cr: bool,
}

impl<R> Lines<R> {
    pub(super) const fn new(inner: R) -> Self {
        Self {
            inner,
            begun: VecDeque::new(),
            read: 0,
            line: 1,
            at_start: true,
            after_cr: false,
        }
    }

    /// The line of the first record that begins at that byte or behind it, from 1 on. Earlier ones are
    /// forgotten.
    pub(super) fn line_at(&mut self, byte: u64) -> u64 {
        while self.begun.front().is_some_and(|(start, _)| *start < byte) {
            self.begun.pop_front();
        }
        self.begun.front().map_or(self.line, |(_, line)| *line)
    }

    fn pass(&mut self, byte: u8) {
        match byte {
            b'\n' if self.after_cr => {}
            b'\n' | b'\r' => {
                self.line += 1;
                self.at_start = true;
            }
            _ if self.at_start => {
                self.begun.push_back((self.read, self.line));
                self.at_start = false;
            }
            _ => {}
        }
        self.after_cr = byte == b'\r';
        self.read += 1;
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        for byte in &buffer[..read] {
            self.pass(*byte);
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The lines on which the records of a text begin.
    fn lines(text: &str) -> Vec<u64> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(7)
            .from_reader(Lines::new(text.as_bytes()));
        let mut record = csv::ByteRecord::new();
        let mut lines = Vec::new();
        while reader.read_byte_record(&mut record).unwrap() {
            let byte = record.position().unwrap().byte();
            lines.push(reader.get_mut().line_at(byte));
        }
        lines
    }

    #[test]
    fn crlf_empty_lines_and_breaks_in_cells_are_counted() {
        assert_eq!(lines("a\r\nb\r\nc"), [1, 2, 3]);
        assert_eq!(lines("a\nb\n\n,,,\n"), [1, 2, 4]);
        assert_eq!(lines("\r\n\r\na\r\n\r\n\r\nb\r\n"), [3, 6]);
        assert_eq!(lines("a,\"b\r\n\r\nc\"\r\nd\n"), [1, 4]);
        assert_eq!(lines("a\rb\r\rc"), [1, 2, 4]);
    }

    proptest! {
        #[test]
        fn they_are_an_editors_lines(text in "[ab,\\n\\r]{0,40}") {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            let filled = text.split('\n').enumerate().filter(|(_, line)| !line.is_empty());
            let expected: Vec<u64> = filled.map(|(index, _)| index as u64 + 1).collect();
            prop_assert_eq!(lines(&text), expected.clone());
            prop_assert_eq!(lines(&text.replace('\n', "\r\n")), expected);
        }
    }
}
