#![no_main]

libfuzzer_sys::fuzz_target!(|raw: &[u8]| balie_fuzz::structure(raw));
