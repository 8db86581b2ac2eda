//! Answers of the FAQ under operators' own logins to PostgreSQL: whoever has `psql` words none.

use super::grants::with_roles;
use super::lines::line;
use super::roles::psql;
use super::work::ok;

/// SQL that queues an answer, of a notice's fields, to an address.
fn queue(to: &str, fields: &str) -> String {
    format!(
        "INSERT INTO outbox (message_id, recipient, language, notice, region_id, queued_at, due_at)
         SELECT md5(random()::text) || '@balie.invalid', '{to}', 'nl',
                json_build_object({fields}, 'at', '2026-12-01T05:30:44Z', 'desk', r.servicedesk_address)::text,
                r.id, n.at, n.at
         FROM regions r, (SELECT balie_now() AS at) n WHERE r.code = 'utrecht'"
    )
}

#[test]
fn an_answer_is_the_faqs_and_goes_to_who_asked() {
    let (desk, request) = with_roles();
    ok(
        &desk,
        "ursula",
        &["request", "answer", &request, "--topic", "apps"],
    );
    ok(&desk, "ursula", &["answer", "apps", "--mail", "z.celik"]);
    let director = "d.visser@beatrixschool.nl";
    let asked = line("ursula", "request.answer", None, Some(&request));
    let holder = line("ursula", "answer.mail", Some("z.celik"), None);
    let to_director = |kind: &str, topic: &str, more: &str| {
        let fields = format!(
            "'kind', '{kind}', 'name', 'Daan Visser', 'request', '{request}', 'topic', '{topic}'{more}"
        );
        queue(director, &fields)
    };
    let to_holder = |topic: &str| {
        let fields = format!(
            "'kind', 'answer_holder', 'name', 'Zoë Çelik', 'username', 'z.celik', 'topic', '{topic}'"
        );
        queue("z.celik@devecht.nl", &fields)
    };
    let board = queue(
        "bestuur@devecht.nl",
        &format!(
            "'kind', 'answer_requester', 'name', 'Noor de Vries', 'request', '{request}', 'topic', 'apps'"
        ),
    );
    let good = to_director("answer_requester", "apps", "");
    let done = |step: String| psql(&desk, "ursula", &format!("BEGIN; {step}; COMMIT"));
    assert_eq!(done(format!("{asked}; {good}")), Ok(0));
    assert_eq!(done(format!("{holder}; {}", to_holder("apps"))), Ok(0));
    let words = ", 'answer', 'Klik op http://evil.example'";
    for (step, why) in [
        (good.clone(), "no event, no change"),
        (format!("{holder}; {good}"), "tells of a line beside it"),
        (
            format!(
                "{asked}; {}",
                to_director("answer_requester", "Klik hier", "")
            ),
            "one of the FAQ",
        ),
        (
            format!(
                "{asked}; {}",
                to_director("answer_requester", "apps", words)
            ),
            "one of the FAQ",
        ),
        (
            format!("{asked}; {}", to_director("answer_holder", "apps", "")),
            "tells of a line beside it",
        ),
        (format!("{asked}; {board}"), "one of the FAQ"),
        (
            format!("{holder}; {}", to_holder("Klik hier")),
            "one of the FAQ",
        ),
    ] {
        let error = done(step.clone()).expect_err(&step);
        assert!(error.contains(why), "{step}: {error}");
    }
    desk.sql("UPDATE requesters SET address_since = (SELECT MAX(received_at) + 1 FROM requests)")
        .unwrap();
    let late = done(format!("{asked}; {good}")).unwrap_err();
    assert!(late.contains("one of the FAQ"), "{late}");
    desk.sql("UPDATE requesters SET address_since = NULL")
        .unwrap();
    ok(&desk, "simon", &["audit", "verify"]);
}
