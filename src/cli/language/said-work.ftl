# Het dagelijkse werk: vandaag, verzoeken, resets, inloggen, koppelen.

# Vandaag, en wat er wacht
Nothing-waits = Er wacht niets.
all-commands-balie-help = alle opdrachten: balie --help
n-1-request-waits-for-the-desk-for-oldest-places = 1 verzoek wacht op de desk, sinds { $oldest }{ $places }
waiting-requests-wait-for-the-desk-the-oldest-for-oldest-places = { $waiting } verzoeken wachten op de desk, het oudste sinds { $oldest }{ $places }
no-region = geen regio
answers-phone-them = { $answers }: bel op
answer-came-in-that-doesnt-prove-itself = antwoord kwam binnen dat niets bewijst
answers-came-in-that-dont-prove-themselves = antwoorden kwamen binnen die niets bewijzen
request-waits-for-your-yes = verzoek wacht op jouw ja
requests-wait-for-your-yes = verzoeken wachten op jouw ja
plan-waits-for-your-yes = plan wacht op jouw ja
plans-wait-for-your-yes = plannen wachten op jouw ja
break-glass-case-waits-for-your-yes = noodgeval wacht op jouw ja
break-glass-cases-wait-for-your-yes = noodgevallen wachten op jouw ja
request-waits-for-its-requesters-code = verzoek wacht op de code van de aanvrager
requests-wait-for-their-requesters-codes = verzoeken wachten op de code van de aanvrager
mail-couldnt-be-delivered-this-week = mail kon deze week niet bezorgd worden
mails-couldnt-be-delivered-this-week = mails konden deze week niet bezorgd worden
enrollment-window-closes-today = koppeltermijn loopt vandaag af
enrollment-windows-close-today = koppeltermijnen lopen vandaag af
minutes-min = { $minutes } min
hours-h = { $hours } uur
days-days = { $days } dagen
hours-h-minutes-min = { $hours } uur { $minutes } min

# Het volgende verzoek
id-is-yours-until-until-balie-next-release-id-lets-it-go = { $id } is van jou tot { $until }; met `balie next --release { $id }` laat je het los
id-is-nobodys-now = { $id } is nu van niemand.
You-didnt-hold-id-nothing-was-let-go-Who-does-balie-request-show-id = Je had { $id } niet: er is niets losgelaten. Wie het wel heeft: `balie request show { $id }`
nothing-waits-for-the-desk-that-a-colleague-doesnt-have-open = er wacht niets op de desk dat een collega niet al open heeft
what-waits-for-somebody-else-balie-request-list-waiting = wat op een ander wacht: `balie request list --waiting`

# Lijst van verzoeken
No-such-request = Zo'n verzoek is er niet.
No-request-has-come-in-yet = Er is nog geen verzoek binnengekomen.
There-are-more-pass-limit-N-or-narrow-them-down = Er zijn er meer: geef --limit N op, of zoek gerichter.
an-account-to-be-named = een inlog die genoemd wordt
a-reset = een reset
a-seniors-yes = het ja van een senior
a-code-to-be-sent = een code die verstuurd wordt
a-call-an-answer-came-in = een telefoontje: er kwam een antwoord
the-requesters-code = de code van de aanvrager
waits-for-open-by = { $waits_for } (open: { $by })
none = geen
more-of-other-desks = { $more } van andere desks
accounts-and-more-more = { $accounts } en nog { $more }
text-isnt-an-age-such-as-30m-2h-or-1d = `{ $text }` is geen leeftijd zoals 30m, 2h of 1d
used = gebruikt
closed = gesloten
rejected = afgewezen
expired = verlopen
ready = klaar
waiting = wacht
answered = beantwoord

# Een verzoek
the-requester = de aanvrager
nobody-on-file = niemand die bekend is
name-capacity-at-place = { $name }, { $capacity } bij { $place }
verified-the-mail-is-proven-to-come-from-who = geverifieerd: bewezen is dat de mail van { $who } komt
verified-who-gave-back-the-code-that-was-mailed-to-the-address-on-file-at = geverifieerd: { $who } gaf de code terug die naar het bekende adres is gemaild ({ $at })
challenge-the-mail-is-proven-but-because = code nodig: de mail is bewezen, maar { $because }
challenge-it-may-be-genuine-but-the-mail-alone-doesnt-prove-it = code nodig: de mail kan echt zijn, maar bewijst dat zelf niet
closed-by-by-reason = gesloten door { $by }: { $reason }
rejected-by-by-reason = afgewezen door { $by }: { $reason }
rejected-nothing-shows-who-sent-it-a-code-to-the-address-on-file-still-can = afgewezen: niets toont wie de mail stuurde; een code naar het bekende adres kan dat nog wel
rejected-no-account-may-be-reset-on-it = afgewezen: hierop mag geen inlog gereset worden
username-used-at = { $username } (gebruikt { $at })
username-not-covered = { $username } (valt er niet onder)
and-elsewhere-of-other-desks = en { $elsewhere } van andere desks
none-named = geen genoemd
by-has-had-this-request-open-since-since = { $by } heeft dit verzoek open sinds { $since }.
An-answer-came-in-by-mail-at-what = Er kwam een antwoord per mail ({ $at }): { $what }.
it-confirms-the-request = het bevestigt het verzoek
DNS-didnt-answer-so-it-waits = DNS antwoordde niet, dus het wacht
its-proven-but-doesnt-say-JA-and-the-code-and-nothing-else-on-its-first-line = de herkomst is bewezen, maar op de eerste regel staat niet JA en de code en verder niets
its-proven-but-has-no-plain-text-and-its-HTML-alone-confirms-nothing-phone-them = de herkomst is bewezen, maar er is geen platte tekst, en HTML alleen bevestigt niets: bel op
its-proven-and-says-JA-but-this-line-of-it-takes-that-back-line = de herkomst is bewezen en er staat JA, maar deze regel neemt dat terug: `{ $line }`
its-proven-and-says-JA-but-not-with-the-open-code = de herkomst is bewezen en er staat JA, maar niet met de code die open staat
nothing-proves-who-sent-it-so-it-confirms-nothing-phone-them = niets bewijst wie het stuurde, dus het bevestigt niets: bel op

# De mail zelf
The-mails-text-isnt-kept = De tekst van de mail is niet bewaard.
The-requesters-words-as-they-were-signed = De woorden van de aanvrager, zoals ze ondertekend zijn:
Words-that-arent-proven-to-be-the-requesters = Woorden waarvan niet bewezen is dat ze van de aanvrager zijn:
No-text-why = (Geen tekst: { $why }.)
The-mail-has-more-text-than-is-kept-read-it-with-eml = De mail heeft meer tekst dan er bewaard is: lees hem met --eml.
There-is-more-text-v-shows-all-of-it = Er is meer tekst: -v toont alles.
The-HTML-part-doesnt-say-what-the-text-part-says = In het HTML-deel staat iets anders dan in het tekstdeel.
without-a-name = zonder naam
name-media-type-bytes-bytes = { $name } ({ $media_type }, { $bytes } bytes)
and-more-more = en nog { $more }
Attached-files = Bijlagen: { $files }

# Wat er nu te doen is
Everything-that-was-asked-for-is-done = Alles wat gevraagd werd, is gedaan.
A-colleague-closed-it-it-isnt-a-request-and-nobody-was-mailed = Een collega heeft het gesloten: het is geen verzoek, en niemand kreeg mail.
A-colleague-rejected-it = Een collega heeft het afgewezen.
The-mail-alone-doesnt-prove-it-and-a-code-to-the-address-on-file-can-First-name-the-account = De mail alleen bewijst het niet, een code naar het bekende adres kan dat wel. Noem eerst de inlog:
Nobody-can-be-reset-on-it-Ask-for-a-new-mail-or-tell-the-address-on-file-that-somebody-tried = Hierop kan niemand gereset worden. Vraag om een nieuwe mail, of meld het bekende adres dat iemand het probeerde:
Nobody-can-be-reset-on-it-and-nobody-is-answered-who-wrote-cant-be-read-A-new-mail-with-a-plain-sender-can-be-taken-in = Hierop kan niemand gereset worden, en niemand krijgt antwoord: niet te lezen is wie schreef. Een nieuwe mail met een gewone afzender kan wel.
Nobody-can-be-reset-on-it-and-nobody-is-answered-who-wrote-isnt-on-file = Hierop kan niemand gereset worden, en niemand krijgt antwoord: wie schreef, is niet bekend.
It-came-in-too-long-ago-Ask-the-requester-for-a-new-mail = Het kwam te lang geleden binnen. Vraag de aanvrager om een nieuwe mail.
DNS-didnt-answer-Once-it-does = DNS antwoordde niet. Zodra dat wel zo is:
No-account-is-named-yet-Read-the-mail-then = Er is nog geen inlog genoemd. Lees de mail, en dan:
Nothing-is-left-to-do-here-what-is-left-of-it-is-another-desks-or-isnt-covered = Hier is niets meer te doen: wat over is, is van een andere desk of valt er niet onder.
It-waits-for = Het { $waits_for }:
It-can-be-used = Het kan gebruikt worden:
An-answer-came-in-by-mail-that-doesnt-confirm-it-Phone-the-requester-at-a-number-that-you-already-have-once-the-code-is-read-out = Er kwam een antwoord per mail dat het niet bevestigt. Bel de aanvrager, op een nummer dat je al hebt; zodra de code is voorgelezen:
A-code-was-mailed-to-the-address-on-file-Once-the-requester-reads-it-out = Er is een code gemaild naar het bekende adres. Zodra de aanvrager die voorleest:
A-code-to-the-address-on-file-decides = Een code naar het bekende adres beslist:

# Opdrachten met een verzoek
id-is-approved-by-by-until-valid-until-unless-anything-changes = { $id } is goedgekeurd door { $by } tot { $valid_until }, tenzij er iets verandert.
The-code-that-was-mailed-was-for-other-accounts-and-is-void-Send-a-new-one-with-balie-request-challenge-id = De code die gemaild is, was voor andere inloggen en geldt niet meer. Stuur een nieuwe met `balie request challenge { $id }`.
pass-ACCOUNT-balie-request-assign-id-suggest-shows-who-the-mail-speaks-of = geef ACCOUNT op; `balie request assign { $id } --suggest` toont over wie de mail gaat
the-account = de inlog
username-name-by = { $username }  { $name }  ({ $by })
The-mail-doesnt-name-anybody-the-requester-may-ask-for = De mail noemt niemand voor wie de aanvrager iets mag vragen.
A-code-would-go-to-name-sent-to = Er zou een code gaan naar { $name }, { $sent_to }.
A-code-goes-to-name-sent-to = Er gaat een code naar { $name }, { $sent_to }.
It-works-once-until-expires-at-It-goes-with-the-next-balie-outbox-send-a-timer-a-senior-or-an-admin-Let-the-requester-read-it-out-and-never-tell-what-it-should-be = Hij werkt één keer, tot { $expires_at }. Hij gaat mee met de volgende `balie outbox send` (een timer, een senior of een beheerder). Laat de aanvrager hem voorlezen, en zeg nooit zelf wat hij moet zijn:
let-the-requester-read-it-out-again-this-didnt-count-as-a-try = laat de aanvrager hem nog eens voorlezen; dit telde niet als poging
a-reason-has-1-to-most-characters = een reden heeft 1 tot { $most } tekens
pass-reason-TEXT = geef --reason TEXT op
This-mail-came-in-before-as-id-nothing-was-changed-To-name-accounts-balie-request-assign-id-USERNAME = Deze mail kwam eerder binnen, als { $id }; er is niets gewijzigd. Inloggen noemen: balie request assign { $id } USERNAME
This-mail-answers-the-code-that-was-mailed-for-id = Deze mail is een antwoord op de code die voor { $id } gemaild is.
DNS-couldnt-be-reached-so-not-everything-is-decided-dns-unavailable = DNS was niet bereikbaar, dus nog niet alles is beslist [dns_unavailable]
DNS-still-cant-be-reached-so-not-everything-is-decided-dns-unavailable = DNS is nog steeds niet bereikbaar, dus nog niet alles is beslist [dns_unavailable]
The-record-isnt-what-the-mail-says-it-was-changed-tampered = Wat bewaard is, klopt niet met de mail: er is iets veranderd [tampered]
DNS-answered-the-verdict-is-verdict = DNS antwoordde: het oordeel is { $verdict }
Everything-on-file-follows-from-the-mail-and-the-stored-answers = Alles wat bewaard is, volgt uit de mail en de bewaarde antwoorden.
Judged-by-rules-rules-then-then-and-by-rules-rules-now-now = Toen beoordeeld volgens regels { $rules_then }, nu volgens regels { $rules_now }.

# balie desk
a-terminal-to-guide-somebody-at = een terminal om iemand te begeleiden
the-single-commands-instead-balie-request-list-show-reset = de losse opdrachten: balie request list, show, reset
name-the-accounts-that-it-is-for = noem de inloggen waarvoor het is
mail-a-code-to-the-address-on-file = mail een code naar het bekende adres
enter-the-code-that-was-read-out = voer de code in die is voorgelezen
reject-it-and-say-why = wijs het af, en zeg waarom
close-it-it-isnt-a-request = sluit het: het is geen verzoek
every-check-with-its-evidence = elke controle, met het bewijs

# Resetten
This-was-a-dry-run-nothing-was-changed = Dit was een proef: er is niets gewijzigd.
This-was-a-dry-run-nothing-was-queued = Dit was een proef: er staat niets klaar om te versturen.
This-was-a-dry-run-nothing-was-added = Dit was een proef: er is niets toegevoegd.
username-2FA-was-reset = { $username }: 2FA is gereset.
username-can-be-reset = { $username }: kan gereset worden.
accounts-are-reset-on-one-request-at-a-time = inloggen worden op één verzoek tegelijk gereset
run-balie-reset-for-each-request = geef `balie reset` voor elk verzoek apart
pass-reason-wrong-phone-or-leave-it-out = geef --reason wrong-phone op, of laat het weg
a-break-glass-case-has-no-request = een noodgeval heeft geen verzoek
leave-request-out-or-leave-break-glass-out = laat { $request } weg, of laat --break-glass weg
a-case-is-about-one-account = een noodgeval gaat over één inlog
start-one-for-each-account = begin er een voor elke inlog
Break-glass-case-id = Noodgeval { $id }
started-by-at-started-at = { $started_by } op { $started_at }
Nothing-is-changed-yet-A-senior-other-than-started-by-completes-it-balie-case-complete-id = Er is nog niets gewijzigd. Een andere senior dan { $started_by } maakt het af: balie case complete { $id }
There-are-no-break-glass-cases = Er zijn geen noodgevallen.
id-isnt-a-case-id-such-as-B-4K7Q2 = `{ $id }` is geen nummer van een noodgeval, zoals B-4K7Q2
see-balie-case-list = zie `balie case list`
completed = afgemaakt
cancelled = geannuleerd
Reset-by-by-on-at = Gereset door { $by } op { $at }.
username-the-reset-can-be-undone = { $username }: de reset kan ongedaan gemaakt worden.
username-the-reset-was-undone-the-old-authenticator-works-again = { $username }: de reset is ongedaan gemaakt; de oude app werkt weer.
The-recovery-code-stays-void-Holder-and-requester-are-told-by-mail = De herstelcode blijft ongeldig. Eigenaar en aanvrager krijgen een mail.
The-receipt-holds = Het ontvangstbewijs klopt.
dont-believe-it-look-the-event-up-with-balie-account-history-USERNAME = geloof het niet; zoek het op met `balie account history USERNAME`
paste-the-whole-line-from-balie-receipt-1-to-the-end = plak de hele regel, van balie-receipt/1 tot het einde

# Inloggen van scholen
active = actief
locked = vergrendeld
since = sinds
last-used = laatst gebruikt
may-enroll-until = kan koppelen tot
never = nooit
role-at-place-code-region = { $role } bij { $place } ({ $code }, { $region })
issued-at = , uitgegeven { $at }
by-has-had-this-account-open-since-since = { $by } heeft deze inlog open sinds { $since }.
username-was-reset-resets-time-s-in-the-last-90-days-last-on-last = { $username } is in de laatste 90 dagen { $resets } keer gereset, het laatst op { $last }.
number-other-request-s-name-username = Nog { $number } andere verzoeken noemen { $username }.
These-are-the-best-limit-there-may-be-more-Type-more-of-the-name-or-pass-limit = Dit zijn de beste { $limit }: er kunnen er meer zijn. Typ meer van de naam, of geef --limit op.
Nobody-matches-Try-a-shorter-part-or-another-spelling = Niemand gevonden. Probeer een korter stuk, of een andere spelling.
The-log-has-nothing-about-this = Het logboek heeft hier niets over.
Added-the-holder-is-told-by-mail = Toegevoegd; de eigenaar krijgt een mail.
blocked-its-sessions-are-ended-and-the-holder-is-told-by-mail = geblokkeerd; de sessies zijn beëindigd, en de eigenaar krijgt een mail.
unblocked-the-holder-is-told-by-mail = gedeblokkeerd; de eigenaar krijgt een mail.
pass-name-NAME = geef --name NAME op
pass-email-ADDRESS = geef --email ADDRESS op
pass-language-nl-or-en = geef --language nl of en op
text-isnt-a-role-at-an-organisation = `{ $text }` is geen rol bij een instantie
pass-role-ROLE-ORGANISATION-such-as-teacher-sch-0042 = geef --role ROLE@ORGANISATION op, zoals teacher@sch-0042
No-login-looks-shared = Geen inlog lijkt gedeeld.
the-username-is-that-of-a-function = de gebruikersnaam is die van een functie
the-name-is-that-of-a-function = de naam is die van een functie
the-address-is-that-of-a-function = het adres is dat van een functie
the-name-is-that-of-several-people = de naam is die van meer mensen
other-logins-have-the-same-address = andere inloggen hebben hetzelfde adres
many-roles-at-one-school = veel rollen bij één school
personal-logins-were-issued-to-replace-it = er zijn persoonlijke inloggen voor in de plaats gekomen
Everybody-who-was-reset-has-enrolled-again = Iedereen die gereset is, heeft weer gekoppeld.
over = voorbij
no-window = geen termijn
number-reminder-s-due = Herinneringen die nodig zijn: { $number }.
username-can-enroll-until-until = { $username } kan koppelen tot { $until }.

# Aanvragers
The-address-is-fresh-for-some-days-it-cant-authorise-alone = Het adres is nieuw: een paar dagen lang is het alleen niet genoeg.
text-isnt-a-valid-day = `{ $text }` is geen geldige dag
pass-a-day-such-as-2026-08-01 = geef een dag op, zoals 2026-08-01
pass-the-work-address-to-register = geef het werkmailadres op dat erbij moet
pass-capacity-director-board-member-or-supervisor = geef --capacity director, board_member of supervisor op

# De code wordt niet geaccepteerd
Code-that-the-caller-reads-aloud = Code die de beller voorleest
To-be-sure-the-next-code-wait-until-it-changes = Voor de zekerheid de volgende code (wacht tot hij verandert)
seconds-seconds = { $seconds } seconden
minutes-minutes = { $minutes } minuten
hours-hours-and-minutes-minutes = { $hours } uur en { $minutes } minuten
ahead = voor
behind = achter
or-the-code-was-read-aloud-too-late = { "" } (of de code is te laat voorgelezen)
of-the-same-school = , van dezelfde school
The-code-is-right-and-used-up-now-log-in-with-the-next-one-If-that-fails-too-the-password-is-wrong = De code klopt, en is nu verbruikt: log in met de volgende. Lukt dat ook niet, dan is het wachtwoord fout.
The-code-was-right-but-was-used-already-wait-for-the-next-one = De code klopte, maar was al gebruikt: wacht op de volgende.
The-phones-clock-is-time-which-late-Set-the-time-on-the-phone-to-automatic = De klok van de telefoon loopt { $time } { $which }{ $late }. Zet de tijd op de telefoon op automatisch.
A-code-of-the-entry-from-before-the-reset-remove-that-entry-and-use-the-new-one-or-enroll-again = Een code van de koppeling van vóór de reset: verwijder die uit de app en gebruik de nieuwe, of koppel opnieuw.
A-code-of-name-username-school-a-colleagues-phone-or-a-shared-login-Each-needs-an-own-enrollment-on-an-own-phone = Een code van { $name } ({ $username }){ $school }: de telefoon van een collega, of een gedeelde inlog. Ieder moet op de eigen telefoon koppelen.
One-code-doesnt-tell-check-again-with-the-next-code-as-well-as-a-second-line = Eén code zegt te weinig: controleer nog eens, met de volgende code als tweede regel.
Not-the-phone-this-servers-clock-has-gone-back-so-nobodys-code-can-be-judged-Set-it-right-NTP = Niet de telefoon: de klok van deze server is teruggezet, dus geen enkele code is te beoordelen. Zet hem goed (NTP).
This-isnt-a-code-of-this-account-probably-its-another-entry-in-the-app-or-an-old-phone-If-there-is-no-other-entry-the-recovery-code-helps-or-a-reset = Dit is geen code van deze inlog: waarschijnlijk een andere regel in de app, of een oude telefoon. Is er geen andere regel, dan helpt de herstelcode, of een reset.
Locked-by-ten-wrong-codes-in-a-row-the-code-wasnt-looked-at-balie-totp-unlock-unlocks-so-does-the-recovery-code = Vergrendeld door tien foute codes op rij; naar de code is niet gekeken. `balie totp unlock` ontgrendelt; de herstelcode ook.
There-is-no-second-factor-the-holder-has-to-enroll-first = Er is geen tweede factor: de eigenaar moet eerst koppelen.
Locked-since-at = Vergrendeld sinds { $at }.
The-enrollment-window-ends-at-until = De koppeltermijn loopt tot { $until }.
username-could-be-unlocked-nothing-was-changed = { $username }: kan ontgrendeld worden; er is niets gewijzigd.
username-unlocked-The-next-code-from-the-app-works = { $username }: ontgrendeld. De volgende code uit de app werkt.

# Herstelcodes
flag-makes-no-sense-with-deliver-deliver = { $flag } past niet bij --deliver { $deliver }
dont-pass-flag = laat { $flag } weg
pass-to-age1 = geef --to age1… op
a-recovery-code-is-shown-on-a-terminal-only-never-to-a-file-or-a-pipe = een herstelcode komt alleen op een terminal, nooit in een bestand of een pijp
run-it-at-a-terminal-without-format-or-pass-deliver-mail-letter-or-sealed = doe het op een terminal zonder --format, of geef --deliver mail, letter of sealed op
Enter-wipes-it-from-the-screen = Met Enter verdwijnt hij van het scherm.
username-a-recovery-code-can-be-issued = { $username }: een herstelcode kan uitgegeven worden.
username-a-recovery-code-was-issued-to-be-used-once-until-expires-at = { $username }: er is een herstelcode uitgegeven, één keer te gebruiken tot { $expires_at }.
It-goes-with-the-next-balie-outbox-send-a-timer-a-senior-or-an-admin = Hij gaat mee met de volgende `balie outbox send` (een timer, een senior of een beheerder).
Print-file-put-it-in-the-envelope-and-delete-the-file = Print { $file }, doe het in de envelop, en verwijder het bestand.
It-is-in-file-for-the-holder-alone = Hij staat in { $file }, alleen voor de eigenaar.
The-log-records-that-you-have-seen-it = In het logboek staat dat jij hem gezien hebt.

# Koppelen
a-QR-code-is-written-as-png-or-svg = een QR-code wordt geschreven als .png of .svg
pass-qr-FILE-png-or-qr-FILE-svg = geef --qr FILE.png of --qr FILE.svg op
a-terminal-to-show-the-QR-code-on = een terminal om de QR-code op te tonen
path-cant-be-made-error = { $path } kan niet gemaakt worden: { $error }
pass-the-name-of-a-new-file-in-an-existing-folder = geef de naam van een nieuw bestand op, in een map die bestaat
the-QR-code-needs-rows-rows-and-columns-columns-and-this-terminal-has-fewer = de QR-code heeft { $rows } regels en { $columns } kolommen nodig, en zoveel heeft deze terminal er niet
make-the-window-larger-or-pass-qr-FILE-png-and-show-that = maak het venster groter, of geef --qr FILE.png op en toon dat
Begun-Confirm-with-balie-enroll-confirm-username = Begonnen. Bevestig met `balie enroll confirm { $username }`.
username-can-be-enrolled-nothing-was-changed = { $username }: kan koppelen; er is niets gewijzigd.
Written-to-path-It-holds-the-secret-delete-it-afterwards = Geschreven naar { $path }. Het geheim staat erin: verwijder het daarna.
Then-confirm-with-a-code-from-the-app-balie-enroll-confirm-username = Bevestig daarna met een code uit de app: balie enroll confirm { $username }
the-code = de code
it-as-a-line-of-standard-input = het als regel op standaardinvoer
Code-that-the-app-shows = Code die de app toont
username-is-enrolled = { $username } is gekoppeld.
Recovery-code-of-the-holder-shown-this-once = Herstelcode van de eigenaar, alleen deze keer te zien:
Keep-it-in-a-safe-place-not-on-the-phone-It-logs-in-once-then-enroll-again = Bewaar hem op een veilige plek, niet op de telefoon. Je kunt er één keer mee inloggen; koppel daarna opnieuw.
enrolled-accounts-enrolled-unchanged-were-already = { $enrolled } inloggen gekoppeld, { $unchanged } waren het al.
unusual-of-them-use-a-hash-number-of-digits-or-period-that-not-every-app-supports-theyre-kept-and-checked-as-they-are = { $unusual } daarvan hebben een hash, aantal cijfers of periode die niet elke app kent; ze zijn bewaard en worden gecontroleerd zoals ze zijn.
The-file-holds-secrets-delete-it-now = Er staan geheimen in het bestand: verwijder het nu.

# De kaart van een inlog, en een antwoord per mail
school = school
last-reset = laatste reset
open-request = open verzoek
may-ask = mag vragen
window = termijn
the-topic = het onderwerp
Which-answer-balie-answer-lists-them = Welk antwoord (`balie answer` toont ze)
Mail-this-to-name-to = Dit mailen aan { $name }, { $to }
This-would-go-to-name-to = Dit zou gaan naar { $name }, { $to }:
This-goes-to-name-to = Dit gaat naar { $name }, { $to }:
a-mail-to-the-work-address-wasnt-taken-at-see-balie-outbox-list = een mail aan het werkmailadres is niet aangenomen ({ $at }): zie `balie outbox list`
Nobody-on-file-may-ask-for-this-account = Niemand die bekend is, mag voor deze inlog iets vragen.
Who-may-ask-isnt-to-be-read-out-let-the-caller-name-them = Lees niet voor wie het mag vragen: laat de beller ze noemen.
on-request = { "" } op { $request }
ago-ago-by-operator-on-at = { $ago } geleden, door { $operator }{ $on } ({ $at })
over-balie-pending-reopen-opens-it-again = voorbij: `balie pending --reopen` geeft opnieuw tijd
left-min-left = nog { $left } min
left-h-left = nog { $left } uur
Scan-it-with-their-own-phone = Scan hem met de eigen telefoon.
remark-Code-that-the-app-shows-or-later = { $remark } Code die de app toont (of `{ $later }`)
Six-digits-please = Zes cijfers, graag.
That-code-isnt-right = Die code klopt niet.
