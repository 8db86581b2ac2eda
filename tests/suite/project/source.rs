//! The library's source as the compiler sees it: which file names what of which other, with every `pub use` followed
//! to where an item is really defined. Tests within a file are left out: they may name more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

pub(super) type ModulePath = Vec<String>;

/// A file, and the paths that it names: absolute ones begin below `crate`, others with an external crate.
#[derive(Default)]
pub(super) struct Module {
    pub(super) file: PathBuf,
    /// Paths into this library, as they are written, made absolute.
    named: BTreeSet<ModulePath>,
    /// First segments of paths that lead out of it: `std`, `sqlx` ...; with the second one, as in `std::fs`.
    pub(super) outside: BTreeSet<String>,
    /// What is handed on by `use`, and where it comes from.
    exports: BTreeMap<String, ModulePath>,
}

pub(super) struct Source {
    pub(super) modules: BTreeMap<ModulePath, Module>,
}

impl Source {
    /// Reads all of `src`.
    pub(super) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        collect(&root, &mut files);
        let places: BTreeMap<ModulePath, PathBuf> = files
            .into_iter()
            .map(|file| (module_of(&root, &file), file))
            .collect();
        let modules = places
            .iter()
            .map(|(path, file)| {
                let text = fs::read_to_string(file).unwrap();
                (path.clone(), read(path, file, &text, &places))
            })
            .collect();
        Self { modules }
    }

    /// The module in which what `path` names is defined.
    fn home_of(&self, path: &[String]) -> Option<&ModulePath> {
        let mut path = path.to_vec();
        for _ in 0..8 {
            let (module, rest) = self.split(&path)?;
            let item = rest.first()?;
            match self.modules[module].exports.get(item) {
                Some(origin) if *origin != path => {
                    path = origin.iter().chain(&rest[1..]).cloned().collect();
                }
                _ => return self.modules.get_key_value(module).map(|(home, _)| home),
            }
        }
        None
    }

    fn split<'p>(&self, path: &'p [String]) -> Option<(&'p [String], &'p [String])> {
        (0..=path.len())
            .rev()
            .map(|at| path.split_at(at))
            .find(|(module, _)| self.modules.contains_key(*module))
    }

    /// The files that a file takes something from.
    pub(super) fn needs(&self, module: &ModulePath) -> BTreeSet<&ModulePath> {
        let named = self.modules[module].named.iter();
        named
            .filter_map(|path| self.home_of(path))
            .filter(|home| *home != module)
            .collect()
    }

    /// The layers that a file names, by whatever way.
    pub(super) fn layers_named(&self, module: &ModulePath) -> BTreeSet<&str> {
        let named = self.modules[module].named.iter();
        named
            .filter_map(|path| path.first())
            .map(String::as_str)
            .collect()
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path);
        }
    }
}

fn module_of(root: &Path, file: &Path) -> ModulePath {
    let inner = file.strip_prefix(root).unwrap().with_extension("");
    let mut parts: ModulePath = inner
        .iter()
        .map(|part| part.to_str().unwrap().to_owned())
        .collect();
    if parts
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        parts.pop();
    }
    parts
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string() == "test")
    })
}

/// Walks one file.
struct Reader<'s> {
    here: &'s ModulePath,
    places: &'s BTreeMap<ModulePath, PathBuf>,
    /// What short names stand for.
    aliases: BTreeMap<String, ModulePath>,
    module: Module,
}

pub(super) fn read(
    here: &ModulePath,
    file: &Path,
    text: &str,
    places: &BTreeMap<ModulePath, PathBuf>,
) -> Module {
    let parsed = syn::parse_file(text).unwrap();
    let mut reader = Reader {
        here,
        places,
        aliases: BTreeMap::new(),
        module: Module {
            file: file.to_owned(),
            ..Module::default()
        },
    };
    // Names come first: a path in the code may begin with one of them.
    for item in &parsed.items {
        if let Item::Use(item) = item
            && !is_for_tests(&item.attrs)
        {
            let is_handed_on = !matches!(item.vis, syn::Visibility::Inherited);
            reader.imported(&item.tree, Vec::new(), is_handed_on);
        }
    }
    reader.visit_file(&parsed);
    reader.module
}

impl Reader<'_> {
    fn imported(&mut self, tree: &UseTree, mut path: Vec<String>, is_handed_on: bool) {
        match tree {
            UseTree::Path(inner) => {
                path.push(inner.ident.to_string());
                self.imported(&inner.tree, path, is_handed_on);
            }
            UseTree::Group(group) => {
                for item in &group.items {
                    self.imported(item, path.clone(), is_handed_on);
                }
            }
            UseTree::Name(name) if name.ident == "self" => {
                self.import(path.last().cloned(), &path, is_handed_on);
            }
            UseTree::Name(name) => {
                path.push(name.ident.to_string());
                self.import(Some(name.ident.to_string()), &path, is_handed_on);
            }
            UseTree::Rename(name) => {
                path.push(name.ident.to_string());
                self.import(Some(name.rename.to_string()), &path, is_handed_on);
            }
            UseTree::Glob(_) => {
                path.push("*".into());
                self.import(None, &path, is_handed_on);
            }
        }
    }

    fn import(&mut self, name: Option<String>, path: &[String], is_handed_on: bool) {
        let Some(path) = self.absolute(path) else {
            return self.leads_out(path);
        };
        if let Some(name) = name {
            if is_handed_on {
                // A room's door: whoever comes through it needs what is behind, and the door doesn't.
                self.module.exports.insert(name, path);
                return;
            }
            // Whoever is below may come through a private door as well.
            self.module.exports.insert(name.clone(), path.clone());
            self.aliases.insert(name, path.clone());
        }
        self.module.named.insert(path);
    }

    /// A path from the library's root, if it leads into the library.
    fn absolute(&self, path: &[String]) -> Option<ModulePath> {
        let first = path.first()?.as_str();
        match first {
            "crate" => Some(path[1..].to_vec()),
            "self" => Some(self.here.iter().chain(&path[1..]).cloned().collect()),
            "super" => {
                let up = path.iter().take_while(|part| *part == "super").count();
                let kept = self.here.len().checked_sub(up)?;
                Some(
                    self.here[..kept]
                        .iter()
                        .chain(&path[up..])
                        .cloned()
                        .collect(),
                )
            }
            _ => {
                let child: ModulePath = self
                    .here
                    .iter()
                    .cloned()
                    .chain([first.to_owned()])
                    .collect();
                if let Some(meant) = self.aliases.get(first) {
                    return Some(meant.iter().chain(&path[1..]).cloned().collect());
                }
                self.places
                    .contains_key(&child)
                    .then(|| child.iter().chain(&path[1..]).cloned().collect())
            }
        }
    }

    fn leads_out(&mut self, path: &[String]) {
        if let Some(first) = path.first() {
            self.module.outside.insert(first.clone());
            if let Some(second) = path.get(1) {
                self.module.outside.insert(format!("{first}::{second}"));
            }
        }
    }

    fn named(&mut self, path: &[String]) {
        match self.absolute(path) {
            Some(absolute) => {
                self.module.named.insert(absolute);
            }
            None if path.len() > 1 => self.leads_out(path),
            None => {}
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_use(&mut self, _: &'ast syn::ItemUse) {}

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        self.named(&parts);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        // What stands in a macro's call isn't parsed: its paths are taken from its tokens.
        let text = call.tokens.to_string().replace(" :: ", "::");
        for word in text.split(|c: char| !(c.is_alphanumeric() || "_:".contains(c))) {
            let parts: Vec<String> = word.split("::").map(ToOwned::to_owned).collect();
            if parts.len() > 1
                && parts
                    .iter()
                    .all(|part| !part.is_empty() && !part.contains(':'))
            {
                self.named(&parts);
            }
        }
        visit::visit_macro(self, call);
    }
}
