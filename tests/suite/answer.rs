use crate::support::on_both_databases;

on_both_databases! {
    fn an_answer_names_the_regions_address(desk: &Desk) {
        desk.import_small_directory().json();
        let told = desk.run(["answer", "geen", "herstelcode", "--region", "noord"]);
        assert_eq!(told.exit, 0, "{}", told.stderr);
        assert!(told.stdout.starts_with("Ik heb geen herstelcode, wat nu?"), "{}", told.stdout);
        assert!(told.stdout.contains("noord@otservicedesk.nl"), "{}", told.stdout);
        assert!(told.stdout.contains("regel `Aan: noord@otservicedesk.nl`"), "{}", told.stdout);
        let english = desk.run_json(["answer", "no-recovery-code", "--language", "en"]).json();
        let text = english["answers"][0]["text"].as_str().unwrap();
        assert!(text.contains("work address to your region's address"), "{text}");
        assert!(text.contains("line `Aan:` followed by that address") && text.contains("who it is about"), "{text}");
        let (exit, code, message) = desk.run_json(["answer", "xyzzy", "plugh"]).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{message}");
        let (exit, ..) = desk.run_json(["answer", "apps", "--region", "zeeland"]).error();
        assert_eq!(exit, 3);
        assert!(desk.run(["answer"]).stdout.contains("code-geweigerd"));
    }
}
