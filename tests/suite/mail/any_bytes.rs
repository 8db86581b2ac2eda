//! The fuzz targets' functions, on random bytes (`fuzz/README.md`).

use proptest::prelude::*;

#[path = "../../../fuzz/src/checks.rs"]
#[expect(unreachable_pub, reason = "the fuzz crate has it public")]
mod checks;

#[test]
fn the_seeds_hold() {
    for seed in checks::SEEDS.iter().copied().flatten() {
        checks::mail(seed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_bytes(raw in proptest::collection::vec(any::<u8>(), 0..600)) {
        checks::mail(&raw);
        checks::changed(&raw);
        checks::structure(&raw);
        checks::parts(&raw);
        checks::texts(&raw);
    }

    #[test]
    fn any_stretch(which in any::<u8>(), at in any::<u16>(), removed in any::<u8>(), put in "(\r\n|[ -~]|From:|Date: |b=|;){0,12}") {
        let mut raw = vec![which];
        raw.extend(at.to_be_bytes());
        raw.extend([removed, u8::try_from(put.len()).unwrap()]);
        raw.extend_from_slice(put.as_bytes());
        checks::changed(&raw);
    }
}
