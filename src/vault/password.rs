//! Passwords and recovery codes: Argon2id hashes as PHC strings (rule 7).

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Block, Params, PasswordVerifier as _, Version};
use data_encoding::BASE64_NOPAD;
use rand::CryptoRng;

/// OWASP's numbers (Password Storage Cheat Sheet): 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// A stored hash that asks for more isn't computed: 256 MiB, ten passes, four lanes.
const MOST: (u32, u32, u32) = (262_144, 10, 4);
/// Bytes of a hash.
const OUTPUT: usize = 32;
/// How many hashes are computed at the same time, at most.
const AT_ONCE: usize = 2;
/// So few are left to one core.
const FEW: usize = 8;
/// Longest secret that is looked at, in bytes. A longer one is wrong.
const LONGEST_SECRET: usize = 1_024;

/// An Argon2id hash as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$…$…`.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// The hash of `secret`, with a fresh salt.
    pub fn draw(secret: &[u8], rng: &mut dyn CryptoRng) -> Result<Self, HashError> {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        Self::with_salt(secret, &salt)
    }

    /// The hash of `secret` with that salt; the salt has to be random.
    pub fn with_salt(secret: &[u8], salt: &[u8; 16]) -> Result<Self, HashError> {
        Self::in_memory(secret, salt, &mut blocks()?)
    }

    fn in_memory(
        secret: &[u8],
        salt: &[u8; 16],
        memory: &mut Vec<Block>,
    ) -> Result<Self, HashError> {
        let mut hash = [0; OUTPUT];
        argon2(MEMORY_KIB, PASSES, LANES)?
            .hash_password_into_with_memory(secret, salt, &mut hash, memory)
            .map_err(|_| HashError::NotComputed)?;
        let (salt, hash) = (BASE64_NOPAD.encode(salt), BASE64_NOPAD.encode(&hash));
        Ok(Self(format!(
            "$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${hash}"
        )))
    }

    /// The hash of `secret` with the numbers and the salt of another: of a whole one, or of one that stops before
    /// the hash itself.
    pub fn again(secret: &[u8], like: &str) -> Result<Self, HashError> {
        let like = phc::PasswordHash::new(like).map_err(|_| HashError::NotAHash)?;
        let known = like.algorithm.as_str() == "argon2id" && like.version == Some(0x13);
        let params = Params::try_from(&like).map_err(|_| HashError::NotAHash)?;
        let (memory, passes, lanes) = (params.m_cost(), params.t_cost(), params.p_cost());
        let salt = like.salt.as_ref().map(AsRef::<[u8]>::as_ref);
        let salt = salt.filter(|_| known).ok_or(HashError::NotAHash)?;
        if memory > MOST.0 || passes > MOST.1 || lanes > MOST.2 {
            return Err(HashError::TooCostly);
        }
        let mut hash = [0; OUTPUT];
        argon2(memory, passes, lanes)?
            .hash_password_into(secret, salt, &mut hash)
            .map_err(|_| HashError::NotComputed)?;
        let (salt, hash) = (BASE64_NOPAD.encode(salt), BASE64_NOPAD.encode(&hash));
        Ok(Self(format!(
            "$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${hash}"
        )))
    }

    /// A stored hash, once it's known to be one that can be checked.
    pub fn from_stored(text: &str) -> Result<Self, HashError> {
        let hash = phc::PasswordHash::new(text).map_err(|_| HashError::NotAHash)?;
        let cost = cost(&hash).ok_or(HashError::NotAHash)?;
        if cost.0 > MOST.0 || cost.1 > MOST.1 || cost.2 > MOST.2 {
            return Err(HashError::TooCostly);
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether it's the hash of `secret`. Compares in constant time.
    #[must_use]
    pub fn fits(&self, secret: &[u8]) -> bool {
        // The work is done for a secret of any length.
        let short = secret.get(..LONGEST_SECRET).unwrap_or(secret);
        let fits = Argon2::default()
            .verify_password(short, self.0.as_str())
            .is_ok();
        fits && secret.len() <= LONGEST_SECRET
    }

    /// Whether it was made with smaller numbers than those of today, and should be made again.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        phc::PasswordHash::new(&self.0)
            .ok()
            .and_then(|hash| cost(&hash))
            .is_none_or(|(memory, passes, _)| memory < MEMORY_KIB || passes < PASSES)
    }

    /// The PHC string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

/// Hashes many secrets, on two cores where there are two. It keeps its memory, 19 MiB a core: given back
/// and taken again a hundred times, it would end up as several times that.
#[derive(Default)]
pub struct Hasher {
    memory: Vec<Vec<Block>>,
}

impl Hasher {
    /// The hashes of `secrets`, each with a fresh salt.
    pub fn draw_many(
        &mut self,
        secrets: &[&[u8]],
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<PasswordHash>, HashError> {
        let mut salts = vec![[0; 16]; secrets.len()];
        for salt in &mut salts {
            rng.fill_bytes(salt);
        }
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let share = secrets.len().div_ceil(cores.clamp(1, AT_ONCE)).max(FEW);
        let shares = secrets.chunks(share).zip(salts.chunks(share));
        while self.memory.len() < shares.len() {
            self.memory.push(blocks()?);
        }
        std::thread::scope(|scope| {
            let threads: Vec<_> = shares
                .zip(&mut self.memory)
                .map(|((secrets, salts), memory)| {
                    scope.spawn(move || {
                        let pairs = secrets.iter().zip(salts);
                        pairs
                            .map(|(secret, salt)| PasswordHash::in_memory(secret, salt, memory))
                            .collect::<Result<Vec<_>, _>>()
                    })
                })
                .collect();
            let mut hashes = Vec::with_capacity(secrets.len());
            for thread in threads {
                hashes.extend(thread.join().map_err(|_| HashError::NotComputed)??);
            }
            Ok(hashes)
        })
    }

    /// Whether a hash of today's numbers is that of `secret`.
    pub fn fits(&mut self, hash: &PasswordHash, secret: &[u8]) -> Result<bool, HashError> {
        let parsed = phc::PasswordHash::new(&hash.0).map_err(|_| HashError::NotAHash)?;
        let salt = parsed.salt.as_ref().map(AsRef::<[u8]>::as_ref);
        let salt = salt.and_then(|salt| salt.try_into().ok());
        if self.memory.is_empty() {
            self.memory.push(blocks()?);
        }
        match (salt, self.memory.first_mut()) {
            (Some(salt), Some(memory)) => {
                Ok(PasswordHash::in_memory(secret, salt, memory)? == *hash)
            }
            _ => Err(HashError::NotAHash),
        }
    }
}

/// The work of checking `secret` where there is no hash to check it against, so that an account that
/// isn't there takes as long as one that is.
pub fn check_in_vain(secret: &[u8]) {
    let short = secret.get(..LONGEST_SECRET).unwrap_or(secret);
    let made = PasswordHash::with_salt(short, &[0; 16]);
    debug_assert!(made.is_ok());
    std::hint::black_box(made.is_ok());
}

/// Memory, passes and lanes of an Argon2id hash of today's version.
fn cost(hash: &phc::PasswordHash) -> Option<(u32, u32, u32)> {
    let known = hash.algorithm.as_str() == "argon2id" && hash.version == Some(0x13);
    let params = Params::try_from(hash).ok()?;
    (known && hash.salt.is_some() && hash.hash.is_some())
        .then(|| (params.m_cost(), params.t_cost(), params.p_cost()))
}

fn argon2(memory: u32, passes: u32, lanes: u32) -> Result<Argon2<'static>, HashError> {
    let params =
        Params::new(memory, passes, lanes, Some(OUTPUT)).map_err(|_| HashError::NotComputed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The memory of one hash.
fn blocks() -> Result<Vec<Block>, HashError> {
    let count = argon2(MEMORY_KIB, PASSES, LANES)?.params().block_count();
    let mut blocks = Vec::new();
    blocks
        .try_reserve_exact(count)
        .map_err(|_| HashError::NotComputed)?;
    blocks.resize(count, Block::new());
    Ok(blocks)
}

/// Why a hash can't be made or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// There is no memory for it.
    #[error("the password hash can't be computed: there isn't enough memory")]
    NotComputed,
    /// Something else.
    #[error("this isn't an Argon2id hash: expected $argon2id$v=19$m=…,t=…,p=…$salt$hash")]
    NotAHash,
    /// It asks for more work than anybody needs.
    #[error("the hash asks for more than 256 MiB, 10 passes or 4 lanes")]
    TooCostly,
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::PasswordHasher as _;
    use rand::rand_core::UnwrapErr;
    use rand::rngs::SysRng;

    #[test]
    fn a_hash_fits_its_secret_only_and_has_the_numbers_of_today() {
        let hash = PasswordHash::draw(b"correct horse", &mut UnwrapErr(SysRng)).unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(hash.fits(b"correct horse") && !hash.fits(b"correct horsf"));
        assert!(!hash.is_outdated());
        assert_eq!(PasswordHash::from_stored(hash.as_str()), Ok(hash.clone()));
        assert!(!format!("{hash:?}").contains("argon2id"));
    }

    #[test]
    fn many_hashes_come_back_in_the_order_of_their_secrets() {
        let secrets: Vec<_> = (0..21).map(|i| format!("secret {i}")).collect();
        let secrets: Vec<_> = secrets.iter().map(String::as_bytes).collect();
        let rng = &mut UnwrapErr(SysRng);
        let mut ahead = Hasher::default();
        let hashes = ahead.draw_many(&secrets, rng).unwrap();
        assert_eq!(hashes.len(), secrets.len());
        for (secret, hash) in secrets.iter().zip(&hashes) {
            assert!(hash.fits(secret) && !hash.fits(b"secret 99"));
            assert_eq!(ahead.fits(hash, secret), Ok(true));
            assert_eq!(ahead.fits(hash, b"secret 99"), Ok(false));
        }
        assert_eq!(ahead.draw_many(&[], rng).unwrap(), []);
    }

    #[test]
    fn a_hash_is_made_again_from_its_salt_alone() {
        let hash = PasswordHash::draw(b"7KQM3X9D", &mut UnwrapErr(SysRng)).unwrap();
        let (salt, _) = hash.as_str().rsplit_once('$').unwrap();
        assert_eq!(PasswordHash::again(b"7KQM3X9D", salt), Ok(hash.clone()));
        assert_ne!(PasswordHash::again(b"7KQM3X9E", salt), Ok(hash.clone()));
        let swap = |from: &str, to: &str| PasswordHash::again(b"x", &salt.replace(from, to));
        assert_eq!(swap("m=19456", "m=4194304"), Err(HashError::TooCostly));
        assert_eq!(swap("argon2id", "argon2i"), Err(HashError::NotAHash));
        assert_eq!(PasswordHash::again(b"x", ""), Err(HashError::NotAHash));
    }

    #[test]
    fn a_longer_secret_is_not_cut_to_one_that_fits() {
        let longest = vec![b'x'; LONGEST_SECRET];
        let hash = PasswordHash::with_salt(&longest, &[1; 16]).unwrap();
        assert!(hash.fits(&longest));
        assert!(!hash.fits(&[longest.as_slice(), b"y"].concat()));
    }

    #[test]
    fn the_reference_implementation_agrees() {
        // argon2-cffi: PasswordHasher(2, 19456, 1).hash("herstel", salt=b"saltsaltsaltsalt")
        let made = PasswordHash::with_salt(b"herstel", b"saltsaltsaltsalt").unwrap();
        assert_eq!(made.as_str(), REFERENCE);
    }

    const REFERENCE: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA\
        $TCj3jaX4NYjaxYUk8nHZ1mZjyIFRjVF/pgVL+jYAqpE";

    #[test]
    fn a_smaller_hash_is_outdated_and_a_foreign_or_monstrous_one_is_none() {
        let small = argon2(8_192, 1, 1).unwrap();
        let small = small
            .hash_password_with_salt(b"x", &[7; 16])
            .unwrap()
            .to_string();
        let small = PasswordHash::from_stored(&small).unwrap();
        assert!(small.fits(b"x") && small.is_outdated());
        let swap =
            |from: &str, to: &str| PasswordHash::from_stored(&small.as_str().replace(from, to));
        assert_eq!(swap("m=8192", "m=4194304"), Err(HashError::TooCostly));
        assert_eq!(swap("t=1", "t=1000"), Err(HashError::TooCostly));
        assert_eq!(swap("argon2id", "argon2i"), Err(HashError::NotAHash));
        for text in [
            "",
            "x",
            "$2b$12$abcdefghijklmnopqrstuv",
            "$argon2id$v=19$m=8192,t=1,p=1",
        ] {
            assert!(
                PasswordHash::from_stored(text).is_err(),
                "{text:?} was taken"
            );
        }
    }
}
