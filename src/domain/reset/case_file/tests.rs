use proptest::prelude::*;

use super::super::four_eyes::ReasonCode;
use super::*;

const NOW: i64 = 100_000_000;
const DAY: i64 = 24 * 3600;

fn now() -> Timestamp {
    Timestamp::from_seconds(NOW)
}

fn joost() -> Username {
    "j.jansen".parse().unwrap()
}

/// Daan asks, Fatima acts, and nothing speaks against a reset for Joost.
fn nothing_against_it() -> CaseFile {
    let account = AccountOnFile {
        id: 7,
        username: joost(),
        name: "Joost Jansen".into(),
        work_email: "j.jansen@school.nl".parse().unwrap(),
        blocked: false,
        roles: vec![(3, "teacher".into())],
        reset_at: None,
        bound: Some(Bound {
            covered: true,
            used_at: None,
        }),
        named: true,
        open_by: None,
        approved_by: None,
    };
    CaseFile {
        operator: Actor {
            login: "fatima".into(),
            work_email: Some("fatima@desk.nl".parse().unwrap()),
        },
        ground: Ground::Request(RequestOnFile {
            id: 1,
            verdict: Verdict::Verified,
            verified: true,
            challenge_open: false,
            confirmed: false,
            expires_at: Timestamp::from_seconds(NOW + 1),
            from: Some("d.visser@school.nl".into()),
            names: vec!["Daan Visser".into()],
            reach: HashSet::from([3]),
            reach_of_old: HashSet::from([3]),
            open_by: None,
        }),
        limits: Limits {
            privileged_roles: vec!["admin".parse().unwrap()],
            repeat_reset_days: 30,
        },
        accounts: HashMap::from([(joost(), account)]),
    }
}

fn request(file: &mut CaseFile) -> &mut RequestOnFile {
    match &mut file.ground {
        Ground::Request(request) => request,
        Ground::Case(_) => panic!("it rests on a case"),
    }
}

fn account(file: &mut CaseFile) -> &mut AccountOnFile {
    file.accounts.get_mut(&joost()).unwrap()
}

fn on_a_case(case: impl FnOnce(&mut CaseOnFile)) -> CaseFile {
    let mut on_file = CaseOnFile {
        id: 5,
        started_by: "omar".into(),
        over: false,
        expires_at: Timestamp::from_seconds(NOW + 1),
        changed: false,
    };
    case(&mut on_file);
    CaseFile {
        ground: Ground::Case(on_file),
        ..nothing_against_it()
    }
}

fn decided(file: &CaseFile) -> Result<Warrant, NotDone> {
    decide(file, &joost(), Purpose::Reset, now())
}

fn code(file: &CaseFile) -> &'static str {
    decided(file).map_or_else(|why| why.fault().as_str(), |_| "ok")
}

/// A fact that speaks against it, and what is said of it.
type Against = (&'static str, fn(&mut CaseFile));

const AGAINST: &[Against] = &[
    ("not_covered", |file| account(file).bound = None),
    ("request_not_verified", |file| {
        request(file).verified = false;
    }),
    ("already_used", |file| {
        account(file).bound = Some(Bound {
            covered: true,
            used_at: Some(now()),
        });
    }),
    ("expired", |file| request(file).expires_at = now()),
    ("same_person", |file| {
        file.operator.login = "j.jansen".into();
    }),
    ("not_authorised", |file| request(file).reach.clear()),
    ("account_blocked", |file| account(file).blocked = true),
    ("four_eyes_required", |file| account(file).named = false),
];

#[test]
fn a_warrant_is_for_what_was_decided_and_nothing_else() {
    let warrant = decided(&nothing_against_it()).unwrap();
    let is_for = (warrant.request(), warrant.case(), warrant.account());
    assert_eq!(is_for, (Some(1), None, 7));
    assert_eq!(warrant.purpose(), Purpose::Reset);
}

#[test]
fn each_rule_alone_says_no() {
    for (expected, change) in AGAINST {
        let mut file = nothing_against_it();
        change(&mut file);
        assert_eq!(code(&file), *expected);
    }
    let other = "z.celik".parse().unwrap();
    let unknown = decide(&nothing_against_it(), &other, Purpose::Reset, now());
    assert_eq!(unknown.unwrap_err(), NotDone::Unknown);
}

#[test]
fn requester_holder_and_operator_are_three_people() {
    let changes: [fn(&mut CaseFile); 4] = [
        |file| file.operator.login = "j.jansen".into(),
        |file| file.operator.work_email = Some("j.jansen@school.nl".parse().unwrap()),
        |file| file.operator.work_email = Some("d.visser@school.nl".parse().unwrap()),
        |file| request(file).from = Some("j.jansen@school.nl".into()),
    ];
    for change in changes {
        let mut file = nothing_against_it();
        change(&mut file);
        assert_eq!(code(&file), "same_person");
    }
    // Two without an address aren't the same person.
    let mut file = nothing_against_it();
    file.operator.work_email = None;
    request(&mut file).from = None;
    assert_eq!(code(&file), "ok");
}

#[test]
fn whoever_is_refused_hears_every_reason_for_a_second_operator() {
    let mut file = nothing_against_it();
    let on_file = account(&mut file);
    on_file.roles.push((4, "admin".into()));
    on_file.reset_at = Some(Timestamp::from_seconds(NOW - 3 * DAY - 1));
    on_file.named = false;
    request(&mut file).reach_of_old.clear();
    request(&mut file).names = vec!["J. Jansen".into()];
    let why = decided(&file).unwrap_err();
    let codes: Vec<_> = why.reasons().iter().map(Reason::code).collect();
    let all = [
        ReasonCode::PrivilegedRole,
        ReasonCode::RepeatedReset,
        ReasonCode::FreshAddress,
        ReasonCode::SameName,
        ReasonCode::NotNamed,
    ];
    assert_eq!(codes, all);
    let begins =
        "needs approval by another operator, a senior (privileged role: admin; reset 3 days ago; ";
    assert!(why.sentence().starts_with(begins), "{}", why.sentence());
    // Another operator's yes is enough for all of them.
    account(&mut file).approved_by = Some("petra".into());
    assert_eq!(code(&file), "ok");
}

#[test]
fn a_reset_is_recent_for_as_long_as_the_policy_says() {
    for (days, expected) in [(30, "four_eyes_required"), (31, "ok")] {
        let mut file = nothing_against_it();
        account(&mut file).reset_at = Some(Timestamp::from_seconds(NOW - days * DAY));
        assert_eq!(code(&file), expected, "{days}");
    }
}

#[test]
fn what_a_colleague_has_open_waits_whatever_else_is_said() {
    let held = ("omar".to_owned(), now());
    for (_, change) in AGAINST {
        let mut file = nothing_against_it();
        change(&mut file);
        request(&mut file).open_by = Some(held.clone());
        assert_eq!(code(&file), "held_by_colleague");
        account(&mut file).open_by = Some(("petra".into(), now()));
        let why = decided(&file).unwrap_err();
        assert!(matches!(why, NotDone::Held(held) if held.what == "account" && held.by == "petra"));
    }
}

#[test]
fn a_plan_may_bind_an_account_unless_the_request_was_confirmed_for_others() {
    let planned = |file: &CaseFile| may_be_planned(file, &joost(), now());
    let mut file = nothing_against_it();
    account(&mut file).bound = None;
    assert_eq!(planned(&file), Ok(Vec::new()));
    request(&mut file).confirmed = true;
    assert_eq!(planned(&file), Err(Refusal::NotCovered.into()));
    // A challenge that can still prove it is enough to be planned, and not to be done.
    let mut file = nothing_against_it();
    request(&mut file).verdict = Verdict::Challenge;
    request(&mut file).verified = false;
    assert_eq!(planned(&file), Err(Refusal::RequestNotVerified.into()));
    request(&mut file).challenge_open = true;
    account(&mut file).named = false;
    assert_eq!(planned(&file), Ok(vec![Reason::NotNamed]));
    assert_eq!(code(&file), "request_not_verified");
}

#[test]
fn a_case_is_no_request() {
    let warrant = decided(&on_a_case(|_| {})).unwrap();
    let is_for = (warrant.request(), warrant.case(), warrant.account());
    assert_eq!(is_for, (None, Some(5), 7));
    let reissue = decide(&on_a_case(|_| {}), &joost(), Purpose::Reissue, now());
    assert_eq!(reissue.unwrap_err(), Refusal::RequestNotVerified.into());
    assert!(may_be_planned(&on_a_case(|_| {}), &joost(), now()).is_err());
}

proptest! {
    #[test]
    fn a_warrant_needs_every_rule_to_hold(against in any::<[bool; 8]>(), approved in any::<bool>()) {
        let mut file = nothing_against_it();
        account(&mut file).approved_by = approved.then(|| "petra".into());
        for ((_, change), _) in AGAINST.iter().zip(against).rev().filter(|(_, holds)| *holds) {
            change(&mut file);
        }
        // A yes stands in for a second operator, and for nothing else.
        let may = !against[..7].iter().any(|holds| *holds) && (!against[7] || approved);
        prop_assert_eq!(decided(&file).is_ok(), may);
    }

    #[test]
    fn glass_breaks_only_under_another_hand_in_time_and_on_what_was_shown(
        flags in any::<[bool; 4]>(), expires in -2_i64..3
    ) {
        let [over, other, changed, blocked] = flags;
        let mut file = on_a_case(|case| {
            case.over = over;
            case.changed = changed;
            case.expires_at = Timestamp::from_seconds(NOW + expires);
            if !other {
                case.started_by = "fatima".into();
            }
        });
        account(&mut file).blocked = blocked;
        let may = !over && other && !changed && !blocked && expires > 0;
        prop_assert_eq!(decided(&file).is_ok(), may);
    }
}
