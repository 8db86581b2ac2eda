//! Where `bulk apply` puts recovery codes: a file a batch, in a folder that no other run writes into.
//!
//! A file is there, whole and on disk, before its batch is kept, so that a code that counts is never lost.
//! It's named after the first row that the batch settles, and a settled row never comes again: what a run that
//! died has left under a row's number counts for nothing, and goes when that row is settled.

use std::fmt::Write as _;
use std::fs::{DirBuilder, File, TryLockError};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::output::{Out, escape, file};
use crate::cli::recovery::letter::letters;
use crate::desk;
use crate::desk::bulk::Run;
use crate::desk::reset::Issued;
use crate::domain::bulk::plan::PlanId;
use crate::domain::bulk::work::Road;
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::vault::AgeRecipient;

/// The folder with a run's files.
pub(super) struct CodeFiles {
    folder: PathBuf,
    plan: PlanId,
    kind: Kind,
    /// Held for as long as the run: another one would write over what this one issues.
    _lock: File,
}

enum Kind {
    Letters(Language),
    Sealed(AgeRecipient),
}

impl CodeFiles {
    /// Opens the folder for a run that writes files; nothing for one that doesn't.
    pub(super) fn open(
        run: &Run,
        folder: Option<PathBuf>,
        language: Language,
        out: &mut Out<'_>,
    ) -> Result<Option<Self>, Failure> {
        let kind = match run.work().road() {
            Some(Road::Letter) => Kind::Letters(language),
            Some(Road::Sealed(to)) => {
                let damaged =
                    |_| Failure::internal(said!("the plan's age recipient can't be read"));
                Kind::Sealed(to.parse().map_err(damaged)?)
            }
            Some(Road::Mail) | None if folder.is_some() => {
                return Err(Failure::invalid(
                    said!("this plan writes no files"),
                    said!("don't pass --out"),
                ));
            }
            Some(Road::Mail) | None => return Ok(None),
        };
        if out.dry_run || run.plan().left() == 0 {
            return Ok(None);
        }
        let folder = match folder {
            Some(folder) => folder,
            None => out.ask_path(&said!("The folder to write the codes to"), "--out DIR")?,
        };
        let lock = lock(&folder)?;
        Ok(Some(Self {
            folder,
            plan: run.plan().public_id.clone(),
            kind,
            _lock: lock,
        }))
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What its files are called.
    pub(super) fn pattern(&self) -> String {
        format!("{}-*.{}", self.plan, self.kind.extension())
    }

    /// Writes the file of the batch that settles these rows, and removes what a batch that wasn't kept left
    /// under one of their numbers; gives back the file's name.
    pub(super) fn take(
        &self,
        numbers: &[i64],
        issued: &[Issued<'_>],
        now: Timestamp,
    ) -> io::Result<Option<String>> {
        let name_of = |number| format!("{}-{number:06}.{}", self.plan, self.kind.extension());
        for number in numbers {
            file::remove_in(&self.folder, &name_of(number))?;
        }
        let Some(name) = numbers.first().map(name_of).filter(|_| !issued.is_empty()) else {
            return Ok(None);
        };
        let text: Zeroizing<String> = match &self.kind {
            Kind::Letters(language) => letters(issued, *language, now)?,
            Kind::Sealed(recipient) => recipient.seal(&table(issued))?.into(),
        };
        file::put_in(&self.folder, &name, text.as_bytes())?;
        Ok(Some(name))
    }
}

impl Kind {
    const fn extension(&self) -> &'static str {
        match self {
            Self::Letters(_) => "html",
            Self::Sealed(_) => "age",
        }
    }
}

/// Makes the folder where there is none, and keeps other runs out of it.
fn lock(folder: &Path) -> Result<File, Failure> {
    let unusable = |error: io::Error| {
        Failure::invalid(
            said!(
                "{folder} can't be written to: {error}",
                folder = folder.display(),
                error = error
            ),
            said!("pass another --out DIR"),
        )
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(unusable)?;
    let lock = File::open(folder).map_err(unusable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(desk::Error::from(Refusal::PlanInUse).into()),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}

/// What is encrypted: CSV with each username, name and code.
fn table(issued: &[Issued<'_>]) -> Zeroizing<String> {
    let mut table = Zeroizing::new(String::with_capacity(32 + issued.len() * 128));
    table.push_str("username,name,code\n");
    for one in issued {
        let name = escape::for_spreadsheet(&one.account.name).replace('"', "\"\"");
        let code = one.code.shown();
        // Writing to a string doesn't fail.
        let _ = writeln!(
            table,
            "{},\"{name}\",{}",
            one.account.username,
            code.as_str()
        );
    }
    table
}
