//! Pages for a browser. The one place where untrusted text becomes HTML (rule 13).

use minijinja::value::ValueKind;
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::escape;

/// Text, for between tags or in a quoted attribute: no markup, nothing that turns text around or hides it.
#[must_use]
pub fn for_html(text: &str) -> String {
    let shown = escape::for_line(text);
    let mut safe = String::with_capacity(shown.len());
    for c in shown.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// Lays `context` into one of our own templates. Whatever the template puts out is escaped: there is no
/// way for a value to be markup, and a value that isn't there is an error.
pub fn render(template: &'static str, context: &Value) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_formatter(escape_all);
    environment.add_template("page", template)?;
    environment.get_template("page")?.render(context)
}

fn escape_all(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.kind() == ValueKind::Undefined {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    out.write_str(&for_html(&value.to_string()))
        .map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_stays_text_wherever_a_template_puts_it() {
        let name = "\"><script>alert('x')</script>\u{202e}&";
        let context = Value::from_pairs([("name", name)]);
        let page = render(
            "<p title=\"{{ name }}\">{{ name }}</p>{{ name|safe }}",
            &context,
        )
        .unwrap();
        let safe = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\\u{202e}&amp;";
        assert_eq!(page, format!("<p title=\"{safe}\">{safe}</p>{safe}"));
        assert!(render("{{ nmae }}", &context).is_err());
    }

    proptest! {
        #[test]
        fn nothing_that_is_markup_gets_out(text in "\\PC*|[<>&\"'\\x00-\\x9f]*") {
            prop_assert!(!for_html(&text).contains(['<', '>', '"', '\'']));
        }
    }
}
