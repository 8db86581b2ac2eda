//! The fuzz targets' functions, on random bytes (`fuzz/README.md`).

use proptest::prelude::*;

#[path = "../../../fuzz/src/checks.rs"]
#[expect(unreachable_pub, reason = "the fuzz crate has it public")]
mod checks;

#[test]
fn the_seeds_hold() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/mail/fixtures");
    for entry in std::fs::read_dir(folder).unwrap() {
        checks::mail(&std::fs::read(entry.unwrap().path()).unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_bytes(raw in proptest::collection::vec(any::<u8>(), 0..600)) {
        checks::mail(&raw);
        checks::changed(&raw);
        checks::texts(&raw);
    }

    #[test]
    fn any_stretch(at in any::<u16>(), removed in any::<u8>(), put in "(\r\n|[ -~]|From:|Date: |b=|;){0,12}") {
        let mut raw = at.to_be_bytes().to_vec();
        raw.push(removed);
        raw.extend_from_slice(put.as_bytes());
        checks::changed(&raw);
    }
}
