//! Mails are kept compressed (zlib, RFC 1950).

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use crate::store::{Result, StoreError};

/// The bytes, smaller.
pub(in crate::store) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory doesn't fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// The `size` bytes that were made smaller; never more of them.
pub(in crate::store) fn inflate(zlib: &[u8], size: i64) -> Result<Vec<u8>> {
    let corrupt = |why: &dyn std::fmt::Display| {
        StoreError::Corrupt(format!("a stored mail can't be unpacked: {why}"))
    };
    let size = u64::try_from(size).map_err(|error| corrupt(&error))?;
    let mut bytes = Vec::new();
    let mut decoder = ZlibDecoder::new(zlib).take(size + 1);
    decoder
        .read_to_end(&mut bytes)
        .map_err(|error| corrupt(&error))?;
    if bytes.len() as u64 != size {
        return Err(corrupt(&"its size isn't the one on file"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_as_they_were_or_not_at_all() {
        for bytes in [&b""[..], b"\0\r\n\xff", &vec![7; 100_000]] {
            let small = deflate(bytes);
            let size = i64::try_from(bytes.len()).unwrap();
            assert_eq!(inflate(&small, size).unwrap(), bytes);
            assert!(inflate(&small, size + 1).is_err());
            assert!(inflate(&small[..small.len() - 1], size).is_err() || size == 0);
        }
        assert!(inflate(&deflate(&vec![0; 1 << 20]), 10).is_err());
    }
}
