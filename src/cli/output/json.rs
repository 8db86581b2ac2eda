//! JSON as everybody reads it, with the characters that steer a terminal as `\uXXXX`: the same text
//! to a program, and harmless to whoever looks at it (rule 13).

use std::io;
use std::io::Write;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::escape::is_harmless;

/// One document, indented.
pub(in crate::cli) fn document(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write(out, value, PrettyFormatter::new())
}

/// One object on one line.
pub(in crate::cli) fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write(out, value, CompactFormatter)
}

/// The same within a text.
pub(in crate::cli) fn text(value: &impl Serialize) -> String {
    let mut written = Vec::new();
    // Writing to memory doesn't fail.
    let _ = line(&mut written, value);
    String::from_utf8_lossy(written.trim_ascii_end()).into_owned()
}

fn write(
    mut out: &mut dyn Write,
    value: &impl Serialize,
    formatter: impl Formatter,
) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(
        &mut out,
        Guarded(formatter),
    ))?;
    out.write_all(b"\n")
}

/// A formatter whose texts are safe to look at.
struct Guarded<F>(F);

/// Hands each of these calls on as it is.
macro_rules! as_inner {
    ($($name:ident($($arg:ident: $type:ty),*)),+ $(,)?) => { $(
        fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $arg: $type)*) -> io::Result<()> {
            self.0.$name(writer $(, $arg)*)
        }
    )+ };
}

impl<F: Formatter> Formatter for Guarded<F> {
    as_inner!(
        begin_array(),
        end_array(),
        begin_array_value(first: bool),
        end_array_value(),
        begin_object(),
        end_object(),
        begin_object_key(first: bool),
        end_object_key(),
        begin_object_value(),
        end_object_value(),
    );

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| !is_harmless(*c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            // Beyond the basic plane JSON wants two units (RFC 8259 §7).
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_steers_a_terminal_is_escaped() {
        let mut out = Vec::new();
        line(&mut out, &"a\u{1b}[2J\u{9b}\u{202e}\u{e0041}é\n").unwrap();
        let shown = r#""a\u001b[2J\u009b\u202e\udb40\udc41é\n""#;
        assert_eq!(String::from_utf8(out).unwrap().trim_end(), shown);
    }

    proptest! {
        #[test]
        fn a_program_reads_the_very_same_text(text in "\\PC*|[\\x00-\\x9f\u{200b}-\u{206f}]*") {
            let mut out = Vec::new();
            document(&mut out, &text).unwrap();
            prop_assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
            let shown = String::from_utf8(out).unwrap();
            prop_assert!(shown.trim_end().chars().all(is_harmless));
        }
    }
}
