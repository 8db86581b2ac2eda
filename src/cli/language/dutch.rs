//! The Dutch texts, by id.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::LanguageIdentifier;

/// A file, with its name, which a fault is told by.
pub(super) type File = (&'static str, &'static str);

/// What is said at work.
pub(super) const SAID: [File; 8] = [
    ("said-checks.ftl", include_str!("said-checks.ftl")),
    ("said-errors.ftl", include_str!("said-errors.ftl")),
    ("said-labels.ftl", include_str!("said-labels.ftl")),
    ("said-machine.ftl", include_str!("said-machine.ftl")),
    ("said-mail.ftl", include_str!("said-mail.ftl")),
    ("said-prompts.ftl", include_str!("said-prompts.ftl")),
    ("said-refusals.ftl", include_str!("said-refusals.ftl")),
    ("said-work.ftl", include_str!("said-work.ftl")),
];

/// Help, by command and argument.
pub(super) const HELP: [File; 3] = [
    ("help-daily.ftl", include_str!("help-daily.ftl")),
    ("help-desk.ftl", include_str!("help-desk.ftl")),
    ("help-machine.ftl", include_str!("help-machine.ftl")),
];

pub(super) struct Dutch {
    bundle: FluentBundle<FluentResource>,
}

impl Dutch {
    pub(super) fn of(files: &[File]) -> Self {
        let language: LanguageIdentifier = "nl".parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![language]);
        // A terminal shows the marks around a value as boxes.
        bundle.set_use_isolating(false);
        for (_, text) in files {
            // What is wrong with a file, a test says.
            let resource =
                FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, _)| rest);
            let _ = bundle.add_resource(resource);
        }
        Self { bundle }
    }

    /// A text, or one of its attributes (`id.attribute`).
    pub(super) fn text(&self, id: &str) -> Option<String> {
        self.say(id, None)
    }

    /// The same with these values in it. Nothing where one is missing.
    pub(super) fn say(&self, id: &str, values: Option<&FluentArgs<'_>>) -> Option<String> {
        let (id, attribute) = match id.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (id, None),
        };
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut faults = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, values, &mut faults)
            .into_owned();
        faults.is_empty().then_some(text)
    }
}
