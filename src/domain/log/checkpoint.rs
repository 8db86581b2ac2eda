//! What the log was at one moment: its size and its Merkle root, as a C2SP checkpoint
//! (<https://c2sp.org/tlog-checkpoint>), signed as a note (<https://c2sp.org/signed-note>).
//!
//! Kept away from the database, it shows what the log alone can't: that its tail was cut off, that it
//! was rewritten, or that an older copy was put back.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use super::event::Hash;

/// Ed25519, among the note's signature types.
const ED25519: u8 = 0x01;
/// What a signature line starts with: an em dash and a space.
const DASH: &str = "\u{2014} ";
/// What a line begins with that names a restore, among the checkpoint's extension lines.
const RESTORED: &str = "restored ";
/// Anything longer isn't a checkpoint.
const LONGEST: usize = 64 * 1024;

/// The state of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many events it has.
    pub size: u64,
    /// The RFC 6962 root over their hashes.
    pub root: Hash,
    /// The hashes of the restores among them, as extension lines: so a checkpoint of what a restore lost is told from a later one.
    pub restores: Vec<Hash>,
}

/// What the log of the desk `uid` is called, in checkpoints and as the name of its key.
#[must_use]
pub fn origin(desk_uid: &str) -> String {
    format!("balie.log/{desk_uid}")
}

/// The id of an Ed25519 key of that name.
#[must_use]
pub fn key_id(name: &str, public_key: &[u8; 32]) -> [u8; 4] {
    let digest: Hash = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', ED25519])
        .chain_update(public_key)
        .finalize()
        .into();
    [digest[0], digest[1], digest[2], digest[3]]
}

/// The key as other checkers of checkpoints take it: `name+id+key`.
#[must_use]
pub fn verifier_key(name: &str, public_key: &[u8; 32]) -> String {
    let id = u32::from_be_bytes(key_id(name, public_key));
    let key = BASE64.encode(&[&[ED25519], public_key.as_slice()].concat());
    format!("{name}+{id:08x}+{key}")
}

impl fmt::Display for Checkpoint {
    /// The text that is signed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            origin,
            size,
            root,
            restores,
        } = self;
        write!(f, "{origin}\n{size}\n{}\n", BASE64.encode(root))?;
        for restore in restores {
            writeln!(f, "{RESTORED}{}", BASE64.encode(restore))?;
        }
        Ok(())
    }
}

/// A checkpoint with its signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// What is signed.
    pub checkpoint: Checkpoint,
    /// The text as it was signed.
    pub text: String,
    /// Who signed: name, key id and signature. Those of witnesses may be among them.
    pub signatures: Vec<NoteSignature>,
}

/// One signature line of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key.
    pub name: String,
    /// The id of the key.
    pub key_id: [u8; 4],
    /// The signature.
    pub bytes: Vec<u8>,
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for NoteSignature {
            name,
            key_id,
            bytes,
        } in &self.signatures
        {
            let signature = BASE64.encode(&[key_id.as_slice(), bytes].concat());
            writeln!(f, "{DASH}{name} {signature}")?;
        }
        Ok(())
    }
}

impl FromStr for SignedCheckpoint {
    type Err = NotACheckpoint;

    fn from_str(note: &str) -> Result<Self, NotACheckpoint> {
        let fault = NotACheckpoint;
        if note.len() > LONGEST {
            return Err(fault("it's too long"));
        }
        if note.chars().any(|c| c < ' ' && c != '\n') {
            return Err(fault("it has control characters"));
        }
        let (text, signatures) = note
            .rsplit_once("\n\n")
            .ok_or(fault("there is no blank line before the signatures"))?;
        let signatures = signatures
            .strip_suffix('\n')
            .ok_or(fault("the last line doesn't end"))?;
        let mut lines = text.split('\n');
        let mut line = || lines.next().filter(|line| !line.is_empty());
        let origin = line().ok_or(fault("the origin is missing"))?;
        let size = line()
            .and_then(size_of)
            .ok_or(fault("the second line isn't a size"))?;
        let root = line()
            .and_then(hash_of)
            .ok_or(fault("the third line isn't a SHA-256 in base64"))?;
        let named = |line: &str| hash_of(line.strip_prefix(RESTORED)?);
        let restores = lines.filter_map(named).collect();
        let signatures = signatures
            .split('\n')
            .map(signature_of)
            .collect::<Option<Vec<_>>>()
            .ok_or(fault("a signature line can't be read"))?;
        Ok(Self {
            checkpoint: Checkpoint {
                origin: origin.to_owned(),
                size,
                root,
                restores,
            },
            text: format!("{text}\n"),
            signatures,
        })
    }
}

fn hash_of(text: &str) -> Option<Hash> {
    BASE64.decode(text.as_bytes()).ok()?.try_into().ok()
}

fn size_of(text: &str) -> Option<u64> {
    let size: u64 = text.parse().ok()?;
    (size.to_string() == text).then_some(size)
}

fn signature_of(line: &str) -> Option<NoteSignature> {
    let (name, signature) = line.strip_prefix(DASH)?.split_once(' ')?;
    let bytes = BASE64.decode(signature.as_bytes()).ok()?;
    let (key_id, bytes) = bytes.split_first_chunk::<4>()?;
    let good = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+');
    good.then(|| NoteSignature {
        name: name.to_owned(),
        key_id: *key_id,
        bytes: bytes.to_vec(),
    })
}

/// Why a text isn't a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this isn't a checkpoint: {0}")]
pub struct NotACheckpoint(pub &'static str);

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
";

    #[test]
    fn the_example_of_the_specification_reads_and_writes_back() {
        let signed: SignedCheckpoint = NOTE.parse().unwrap();
        assert_eq!(signed.checkpoint.size, 20_852_163);
        assert_eq!(signed.checkpoint.to_string(), signed.text);
        assert_eq!(signed.signatures[0].key_id, [0x03, 0x3d, 0xe0, 0xae]);
        assert_eq!(signed.to_string(), NOTE);
    }

    #[test]
    fn a_restore_is_named_and_other_extensions_are_left_alone() {
        let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        let extended = NOTE.replace(root, &format!("{root}restored {root}witness x\n"));
        let signed: SignedCheckpoint = extended.parse().unwrap();
        assert_eq!(signed.checkpoint.restores, [signed.checkpoint.root]);
        assert_eq!(signed.to_string(), extended);
        let own = Checkpoint {
            restores: vec![[7; 32], [8; 32]],
            ..signed.checkpoint
        };
        let again: SignedCheckpoint = format!("{own}\n{DASH}x AAAAAAA=\n").parse().unwrap();
        assert_eq!(again.checkpoint, own);
    }

    #[test]
    fn what_is_not_exactly_a_checkpoint_is_none() {
        for (from, to) in [
            ("20852163", "020852163"),
            ("20852163", "+20852163"),
            ("\n\n", "\n"),
            ("CsUY", "CsU"),
            ("\u{2014} ", "- "),
            ("sofa\n2", "sofa\r\n2"),
            ("YQ8=\n", "YQ8="),
            ("sofa Az3", "so+fa Az3"),
        ] {
            let changed = NOTE.replace(from, to);
            assert_ne!(changed, NOTE);
            assert!(changed.parse::<SignedCheckpoint>().is_err(), "{to}");
        }
    }
}
