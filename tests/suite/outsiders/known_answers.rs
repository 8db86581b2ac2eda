use std::process::Command;

use balie::domain::second_factor::totp::{Algorithm, Authenticator};
use data_encoding::{BASE32_NOPAD, HEXLOWER};

use super::python;

struct Case {
    secret: Vec<u8>,
    algorithm: Algorithm,
    digits: i64,
    period: i64,
    at: u64,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (index, algorithm) in (0_u8..).zip([Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512])
    {
        for (length, digits, period, at) in [
            (16, 6, 30, 1),
            (20, 6, 30, 1_790_000_000),
            (32, 8, 60, 1_790_000_029),
            (64, 7, 15, 20_000_000_000),
        ] {
            let secret = (0..length)
                .map(|at: u8| at.wrapping_mul(37).wrapping_add(index))
                .collect();
            cases.push(Case {
                secret,
                algorithm,
                digits,
                period,
                at,
            });
        }
    }
    cases
}

fn assert_agrees(case: &Case, code: &str, who: &str) {
    let app = Authenticator::new(&case.secret, case.algorithm, case.digits, case.period).unwrap();
    let step = case.at / app.period();
    assert_eq!(
        app.code(step).shown(),
        code.trim(),
        "{who}: {} at {}",
        case.algorithm,
        case.at
    );
}

#[test]
fn oathtool_makes_the_same_codes() {
    for case in cases() {
        let output = Command::new("oathtool")
            .arg(format!("--totp={}", case.algorithm))
            .arg(format!("--digits={}", case.digits))
            .arg(format!("--time-step-size={}s", case.period))
            .arg(format!("--now=@{}", case.at))
            .arg(HEXLOWER.encode(&case.secret))
            .output()
            .expect("oathtool is needed and never skipped: run the tests with `tests/run`");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_agrees(&case, &String::from_utf8_lossy(&output.stdout), "oathtool");
    }
}

#[test]
fn pyotp_makes_the_same_codes() {
    let cases = cases();
    let lines: Vec<_> = cases
        .iter()
        .map(|case| {
            let secret = BASE32_NOPAD.encode(&case.secret);
            format!(
                "{secret} {} {} {} {}",
                case.algorithm, case.digits, case.period, case.at
            )
        })
        .collect();
    let made = python("codes.py", &[], lines.join("\n").as_bytes());
    assert_eq!(made.lines().count(), cases.len());
    for (case, code) in cases.iter().zip(made.lines()) {
        assert_agrees(case, code, "pyotp");
    }
}
