//! A mail as text, and what anybody who holds it can do to it.

/// Header, empty line, body; lines end in CRLF.
#[derive(Clone, Debug)]
pub(super) struct Mail(pub(super) String);

impl Mail {
    pub(super) fn header(&self) -> &str {
        let end = self.0.find("\r\n\r\n").expect("a header ends");
        &self.0[..end + 2]
    }

    pub(super) fn body(&self) -> &str {
        &self.0[self.header().len() + 2..]
    }

    /// The fields from the top down, folds and all, without their line end.
    pub(super) fn fields(&self) -> Vec<String> {
        let mut fields: Vec<String> = Vec::new();
        for line in self.header().split_terminator("\r\n") {
            match fields.last_mut() {
                Some(last) if line.starts_with([' ', '\t']) => {
                    last.push_str("\r\n");
                    last.push_str(line);
                }
                _ => fields.push(line.to_owned()),
            }
        }
        fields
    }

    fn is(field: &str, name: &str) -> bool {
        field
            .split_once(':')
            .is_some_and(|(found, _)| found.trim_end().eq_ignore_ascii_case(name))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.fields().iter().any(|field| Self::is(field, name))
    }

    /// The value of the topmost field of that name.
    pub(super) fn value(&self, name: &str) -> String {
        let fields = self.fields();
        let field = fields.iter().find(|field| Self::is(field, name));
        let field = field.unwrap_or_else(|| panic!("no {name} in {}", self.0));
        field.split_once(':').unwrap().1.trim().to_owned()
    }

    fn of(fields: &[String], body: &str) -> Self {
        Self(format!("{}\r\n\r\n{body}", fields.join("\r\n")))
    }

    /// The topmost field of that name says something else.
    pub(super) fn set(&self, name: &str, value: &str) -> Self {
        let mut fields = self.fields();
        let field = fields.iter_mut().find(|field| Self::is(field, name));
        *field.unwrap_or_else(|| panic!("no {name} to set")) = format!("{name}: {value}");
        Self::of(&fields, self.body())
    }

    /// One more field, below all others.
    pub(super) fn add(&self, name: &str, value: &str) -> Self {
        let mut fields = self.fields();
        fields.push(format!("{name}: {value}"));
        Self::of(&fields, self.body())
    }

    /// One more field, above all others.
    pub(super) fn on_top(&self, field: &str) -> Self {
        Self(format!("{field}\r\n{}", self.0))
    }

    /// All fields of that name are gone.
    pub(super) fn without(&self, name: &str) -> Self {
        let mut fields = self.fields();
        fields.retain(|field| !Self::is(field, name));
        Self::of(&fields, self.body())
    }

    /// Another body below the same header.
    pub(super) fn with_body(&self, body: &str) -> Self {
        Self::of(&self.fields(), body)
    }
}
