# Fouten van bestanden, configuratie, mail, sleutels, database en wat er getypt is.

# Bestanden
it-isnt-a-plain-file = het is geen gewoon bestand
its-a-link-to-something-else-put-the-file-itself-there = het is een verwijzing naar iets anders: zet het bestand zelf daar
its-too-large = het is te groot

# Configuratie
the-config-path-cant-be-read-why = de configuratie { $path } is niet te lezen: { $why }
path-isnt-a-config-it-has-to-be-a-plain-file-of-at-most-256-KiB = { $path } is geen configuratie: het moet een gewoon bestand zijn van hooguit 256 KiB
path-has-to-belong-to-root-and-nobody-else-may-write-to-it = { $path } moet van root zijn, en niemand anders mag erin schrijven
desk-only-and-files-count-in-roots-etc-balie-balie-toml-alone = `[desk] only` en `files` tellen alleen in /etc/balie/balie.toml van root
the-config-path-names-a-command-key-but-belongs-neither-to-root-nor-to-this-account = de configuratie { $path } noemt een opdracht (`{ $key }`), maar is niet van root en niet van dit account
the-config-path-names-a-command-key-but-others-can-write-to-it = de configuratie { $path } noemt een opdracht (`{ $key }`), maar anderen kunnen erin schrijven
name-isnt-used-a-command-has-to-be-in-a-config-that-belongs-to-root-or-to-this-account = { $name } telt niet: een opdracht moet in een configuratie staan die van root of van dit account is
the-config-path-cant-be-understood-why = de configuratie { $path } is niet te begrijpen: { $why }
the-config-path-has-the-unknown-key-key-the-nearest-known-one-is-nearest = in de configuratie { $path } staat de onbekende sleutel `{ $key }`; de dichtstbijzijnde bekende is `{ $nearest }`
the-environment-variable-name-cant-be-understood-why = de omgevingsvariabele { $name } is niet te begrijpen: { $why }

# Mail versturen en ophalen
the-mail-cant-be-written-why = de mail kan niet geschreven worden: { $why }
imap-after-isnt-leave-seen-or-move-FOLDER = `[imap] after` is niet `leave`, `seen` of `move:FOLDER`
text-isnt-a-mailbox-imaps-HOST-PORT-MAILBOX = `{ $text }` is geen mailbox: imaps://HOST[:PORT][/MAILBOX]
the-IMAP-user-or-its-password-has-a-line-break = in de IMAP-gebruiker of het wachtwoord staat een regeleinde
the-IMAP-server-cant-be-reached-it-sends-more-than-it-was-asked-for = de IMAP-server is niet bereikbaar: hij stuurt meer dan gevraagd
the-IMAP-server-cant-be-reached-why = de IMAP-server is niet bereikbaar: { $why }
the-IMAP-server-refuses-the-login-why = de IMAP-server weigert de inlog: { $why }
the-IMAP-server-doesnt-open-name-why = de IMAP-server opent `{ $name }` niet: { $why }
the-IMAP-server-refuses-why = de IMAP-server weigert: { $why }
the-IMAP-servers-answer-is-incomplete-why = het antwoord van de IMAP-server is niet compleet: { $why }
the-IMAP-server-cant-move-messages-RFC-6851 = de IMAP-server kan geen berichten verplaatsen (RFC 6851)
the-IMAP-server-doesnt-say-which-numbering-of-its-messages-this-is-UIDVALIDITY = de IMAP-server zegt niet welke nummering van berichten dit is (UIDVALIDITY)
path-isnt-an-mbox-it-doesnt-begin-with-a-line-such-as-From-SENDER-DATE = { $path } is geen mbox: het begint niet met een regel zoals `From SENDER DATE`
server-cant-be-used-for-DNS-why = `{ $server }` is niet te gebruiken voor DNS: { $why }
this-isnt-a-mail-its-empty = dit is geen mail: het is leeg
this-isnt-a-mail-it-has-no-header-fields-such-as-From-and-Date = dit is geen mail: er staat geen kop in zoals `From: …` en `Date: …`
this-mail-is-larger-than-25-MiB = deze mail is groter dan 25 MiB
pass-the-mail-as-it-came-in-including-its-headers-an-eml-file = geef de mail zoals die binnenkwam, met de kop erbij (een .eml-bestand)
this-is-Outlooks-own-format-msg-the-bytes-that-were-signed-arent-in-it = dit is de eigen indeling van Outlook (.msg): wat er ondertekend is, zit er niet in
download-it-as-eml-from-the-mails-menu-in-the-new-Outlook-or-Outlook-on-the-web-as-classic-Outlook-saves-only-msg-or-have-the-desks-mailbox-read-by-balie-mailbox-fetch = download de mail als .eml via het menu van de mail (…) in de nieuwe Outlook of Outlook op het web, want de klassieke Outlook bewaart alleen .msg; of laat de mailbox van de desk lezen met `balie mailbox fetch`
name-accounts-for-one-mail-at-a-time = geef inlogs op bij één mail tegelijk
pass-one-file-with-account-or-leave-account-out-and-use-balie-request-assign-ID-ACCOUNT = geef bij --account één bestand op, of laat --account weg en gebruik daarna `balie request assign ID INLOG`
standard-input-holds-one-mail-so-it-cant-be-one-of-several-files = standaardinvoer bevat één mail, en kan dus niet een van meer bestanden zijn
pass-the-files-by-name = geef de bestanden bij naam op
text-isnt-an-SMTP-server-smtps-user-host-port-smtp-or-on-loopback-smtp-plain-the-password-belongs-in-smtp-password-file = `{ $text }` is geen SMTP-server: smtps://[user@]host[:port], smtp://… of, op deze computer zelf, smtp+plain://…; het wachtwoord hoort in `[smtp] password_file`
smtp-plain-is-for-loopback-only-host-would-get-the-mails-unencrypted = smtp+plain is alleen voor deze computer zelf: { $host } zou de mails onversleuteld krijgen
text-isnt-a-sender-a-mail-address-such-as-Servicedesk-desk-example-nl = `{ $text }` is geen afzender: een mailadres zoals `Servicedesk <desk@example.nl>`
the-SMTP-server-didnt-accept-the-mail-why = de SMTP-server nam de mail niet aan: { $why }
the-SMTP-server-refuses-the-mail-for-good-why = de SMTP-server weigert de mail voorgoed: { $why }
the-SMTP-server-refuses-the-login-why = de SMTP-server weigert de inlog: { $why }
the-SMTP-server-cant-be-reached-why = de SMTP-server is niet bereikbaar: { $why }
check-smtp-from-in-the-config = controleer `[smtp] from` in de configuratie

# Sleutels en zegels
the-key-file-path-cant-be-read-why = het sleutelbestand { $path } is niet te lezen: { $why }
the-key-file-path-cant-be-written-why = het sleutelbestand { $path } kan niet geschreven worden: { $why }
others-can-read-the-key-file-path-mode-mode = anderen kunnen het sleutelbestand { $path } lezen (rechten { $mode })
the-key-file-path-is-damaged-it-isnt-what-balie-init-wrote = het sleutelbestand { $path } is beschadigd: het is niet wat `balie init` schreef
the-key-command-program-failed-why = de sleutelopdracht `{ $program }` mislukte: { $why }
the-key-command-program-doesnt-print-what-a-key-file-holds = de sleutelopdracht `{ $program }` toont niet wat er in een sleutelbestand staat
the-password-hash-cant-be-computed-there-isnt-enough-memory = de hash van het wachtwoord is niet te berekenen: er is niet genoeg geheugen
this-was-sealed-under-the-key-key-which-isnt-among-the-keys-here = dit is verzegeld met de sleutel { $key }, die hier niet is
this-was-sealed-under-the-key-key-whose-opening-half-isnt-on-this-machine = dit is verzegeld met de sleutel { $key }, waarvan de helft die opent niet op deze computer is
the-seal-doesnt-hold-it-was-changed-or-made-for-another-account-or-mail = het zegel klopt niet: het is veranderd, of voor een andere inlog of mail gemaakt
this-isnt-an-age-recipient-a-public-key-that-begins-with-age1 = dit is geen age-sleutel: een publieke sleutel die begint met `age1`
the-checkpoint-isnt-signed-with-this-desks-key = het ijkpunt is niet ondertekend met de sleutel van deze desk
the-checkpoints-signature-doesnt-match-it-was-changed-or-never-came-from-this-desk = de handtekening van het ijkpunt past niet: het is veranderd, of kwam nooit van deze desk
the-receipt-names-the-desk-key-found-which-isnt-this-one = het ontvangstbewijs noemt de sleutel { $found } van een desk, en dat is niet deze
the-signature-doesnt-match-the-receipt-was-changed-or-never-came-from-this-desk = de handtekening past niet: het ontvangstbewijs is veranderd, of kwam nooit van deze desk
keys-doesnt-have-this-databases-key-key = in { $keys } zit de sleutel { $key } van deze database niet
the-keys-on-this-machine-can-seal-secrets-but-cant-open-them = de sleutels op deze computer kunnen geheimen verzegelen, maar niet openen
the-database-hands-sealed-secrets-only-to-operators-with-the-duty-totp = de database geeft verzegelde geheimen alleen aan medewerkers met de taak `totp`
keys-has-a-signing-key-that-isnt-this-desks = in { $keys } zit een ondertekensleutel die niet van deze desk is
the-log-has-no-reset-like-the-one-the-receipt-states = in het logboek staat geen reset zoals het ontvangstbewijs noemt
the-log-doesnt-hold-at-event-seq-why = het logboek klopt niet bij logregel { $seq }: { $why }
the-checkpoint-is-of-the-log-found-but-this-database-holds-expected = het ijkpunt is van het logboek { $found }, maar in deze database zit { $expected }
youre-connected-to-the-database-as-own-and-cant-log-in-as-somebody-else = je bent met de database verbonden als { $own }, en kunt niet als iemand anders inloggen
its-number-doesnt-follow-the-line-before-a-line-is-missing-or-was-inserted = het nummer volgt niet op de regel ervoor: er ontbreekt een regel, of er is er een tussengezet
it-doesnt-carry-the-hash-of-the-line-before = de hash van de regel ervoor staat er niet in
its-fields-dont-match-its-hash-the-line-was-changed = de velden passen niet bij de hash: de regel is veranderd
its-detail-doesnt-match-its-commitment-the-detail-was-changed = het detail past niet bij wat vastgelegd is: het detail is veranderd
its-detail-is-gone-and-no-prune-in-the-log-accounts-for-it = het detail is weg, en geen opruiming in het logboek verklaart dat
its-record-of-the-rows-was-changed-or-removed = wat van de rijen is vastgelegd, is veranderd of weggehaald

# De database bereiken
the-PostgreSQL-URL-cant-be-understood = de PostgreSQL-URL is niet te begrijpen
the-PostgreSQL-URL-has-an-unknown-sslmode = de PostgreSQL-URL heeft een onbekende `sslmode`
the-SQLite-URL-has-parameters-but-balie-doesnt-take-any = de SQLite-URL heeft parameters, maar die kent balie niet
the-database-is-given-as-key-value-pairs-but-balie-takes-a-URL-or-a-file = de database is opgegeven als `key=value`, maar balie wil een URL of een bestand
the-databases-file-begins-with-which-only-a-shell-understands = het bestand van de database begint met `~`, en dat begrijpt alleen een shell
the-database-is-neither-a-file-nor-sqlite-FILE-nor-postgres = de database is geen bestand, geen `sqlite:FILE` en geen `postgres://…`
login-isnt-allowed-to-create-tables-in-the-schema-schema = { $login } mag in het schema { $schema } geen tabellen maken
the-database-lacks-the-extension-pg-trgm-which-searching-needs = de database mist de uitbreiding pg_trgm, die zoeken nodig heeft
the-server-doesnt-accept-more-connections-why = de server neemt geen verbindingen meer aan: { $why }
it-took-longer-than-allowed-and-was-cancelled-nothing-was-changed = het duurde langer dan mag en is afgebroken; er is niets gewijzigd

# Kopieën
path-isnt-a-copy-of-a-Balie-desk = { $path } is geen kopie van een desk van Balie
path-is-a-database-that-is-in-use-not-a-copy = { $path } is een database die in gebruik is, geen kopie
path-is-a-copy-of-another-desk-found = { $path } is een kopie van een andere desk ({ $found })
the-copy-path-is-damaged = de kopie { $path } is beschadigd
program-isnt-installed-on-this-machine = `{ $program }` is niet geïnstalleerd op deze computer
program-failed-why = `{ $program }` mislukte: { $why }

# Lijsten
the-list-is-empty-it-names-no-account = de lijst is leeg: er staat geen inlog in
the-list-names-more-than-most-accounts = in de lijst staan meer dan { $most } inloggen
line-1-has-number-columns-and-none-of-them-is-called-username = regel 1 heeft { $number } kolommen, en geen daarvan heet `username`
line-line-isnt-a-valid-username-lower-case-letters-digits-and = regel { $line } is geen geldige gebruikersnaam: kleine letters, cijfers en `.`, `_`, `-`, `@`
line-line-the-username-isnt-UTF-8-this-file-looks-like-Latin-1 = regel { $line }: de gebruikersnaam is geen UTF-8; dit bestand lijkt Latin-1
the-file-is-UTF-16-not-UTF-8 = het bestand is UTF-16, geen UTF-8
line-line-contains-a-NUL-this-isnt-a-text-file = in regel { $line } staat een NUL: dit is geen tekstbestand
line-line-is-longer-than-any-list-of-usernames-needs-is-a-quote-left-open = regel { $line } is langer dan een lijst van gebruikersnamen nodig heeft; staat er een aanhalingsteken open?
the-list-cant-be-read-why = de lijst is niet te lezen: { $why }

# Wat er getypt is
text-isnt-a-valid-region-code-1-to-32-lower-case-letters-digits-or = `{ $text }` is geen geldige regiocode: 1 tot 32 kleine letters, cijfers, `-`, `_` of `.`
text-isnt-a-valid-organisation-code-1-to-32-lower-case-letters-digits-or = `{ $text }` is geen geldige code van een instantie: 1 tot 32 kleine letters, cijfers, `-`, `_` of `.`
text-isnt-a-valid-username-1-to-64-lower-case-letters-digits-or = `{ $text }` is geen geldige gebruikersnaam: 1 tot 64 kleine letters, cijfers, `.`, `-`, `_` of `@`
text-isnt-a-valid-role-name-1-to-32-lower-case-letters-digits-or = `{ $text }` is geen geldige naam van een rol: 1 tot 32 kleine letters, cijfers, `-` of `_`
text-isnt-a-valid-login-1-to-64-lower-case-letters-digits-or = `{ $text }` is geen geldige inlognaam: 1 tot 64 kleine letters, cijfers, `.`, `-`, `_` of `@`
text-isnt-a-valid-name-1-to-200-characters-on-one-line = `{ $text }` is geen geldige naam: 1 tot 200 tekens op één regel
text-isnt-a-language-that-balie-writes-nl-or-en = `{ $text }` is geen taal die balie schrijft: `nl` of `en`
text-isnt-a-request-id-such-as-R-4K7Q2 = `{ $text }` is geen nummer van een verzoek, zoals R-4K7Q2
text-isnt-a-plan-id-such-as-P-4K7Q2M = `{ $text }` is geen nummer van een plan, zoals P-4K7Q2M
text-isnt-a-mail-address-it-has-no = `{ $text }` is geen mailadres: er staat geen `@` in
text-isnt-a-plain-mail-address-quotes-comments-and-spaces-arent-allowed = `{ $text }` is geen gewoon mailadres: aanhalingstekens, commentaar en spaties mogen niet
text-isnt-a-mail-domain-such-as-school-nl = `{ $text }` is geen maildomein, zoals `school.nl`
this-isnt-a-challenge-code-it-has-8-letters-and-digits-such-as-7KQM-3X9D = dit is geen bevestigingscode: die heeft 8 letters en cijfers, zoals 7KQM-3X9D
this-isnt-a-receipt-of-balie-why = dit is geen ontvangstbewijs van balie: { $why }
this-isnt-a-checkpoint-why = dit is geen ijkpunt: { $why }
a-recovery-code-has-21-characters-this-one-has-number = een herstelcode heeft 21 tekens, deze heeft er { $number }
it-contains-a-character-that-recovery-codes-never-have = er staat een teken in dat in herstelcodes niet voorkomt
it-was-mistyped-somewhere-its-last-character-doesnt-fit-the-rest = er zit een typefout in: het laatste teken past niet bij de rest
a-verification-code-is-the-6-digits-that-the-app-shows = een verificatiecode is de 6 cijfers die de app toont

# Wat de desk er verder van zegt
nothing-to-change-it-already-has-that-value = er valt niets te wijzigen: die waarde is er al
see-balie-settings-list = zie `balie settings list`
id-isnt-for-username = { $id } is niet voor { $username }
see-balie-request-show-id = zie `balie request show { $id }`
id-was-made-for-request-not-for-asked = { $id } is gemaakt voor { $request }, niet voor { $asked }
id-is-for-number-accounts-more-than-a-mail-with-a-code-can-name = { $id } is voor { $number } inloggen: meer dan een mail met een code kan noemen
make-a-plan-of-them-with-balie-bulk-plan-request-id-then-balie-request-challenge-id-plan-PLAN = maak er een plan van met `balie bulk plan --request { $id }`, en daarna `balie request challenge { $id } --plan PLAN`
the-password-is-too-short-or-too-long = het wachtwoord is te kort of te lang
choose-one-of-least-to-most-characters = kies er een van { $least } tot { $most } tekens
anyone-can-get-an-address-such-as-address = iedereen kan een adres krijgen zoals { $address }
pass-the-address-that-the-operator-has-at-work = geef het adres op dat de medewerker op het werk heeft
address-is-the-work-address-of-login = { $address } is het werkmailadres van { $login }
login-is-a-service-for-the-job-job = { $login } is een dienst, voor de taak { $job }
you-choose-your-own-password = je eigen wachtwoord kies je zelf
pass-password-stdin = geef --password-stdin op
a-token-needs-a-scope-and-has-to-expire-within-a-year = een token heeft een bereik nodig, en moet binnen een jaar verlopen
pass-scope-SCOPE-and-expires-30d = geef --scope SCOPE en --expires 30d op
a-services-token-works-for-a-year-at-most = een token van een dienst werkt hooguit een jaar
the-codes-cant-be-handed-over-so-none-of-this-batch-was-issued-why = de codes kunnen niet overhandigd worden, dus van deze groep is er geen uitgegeven: { $why }
free-some-space-or-pass-another-out-DIR-then-the-same-command-continues = maak ruimte vrij, of geef een andere --out DIR op; dezelfde opdracht gaat dan verder
that-is-the-what-of-the-shared-login-itself = dat is de { $what } van de gedeelde inlog zelf
a-personal-login-has-its-holders-own-name-and-work-address = een persoonlijke inlog heeft de eigen naam en het eigen werkmailadres van de eigenaar
the-account-has-no-role-at-any-organisation = de inlog heeft bij geen enkele instantie een rol
pass-role-ROLE-ORGANISATION = geef --role ROLE@ORGANISATION op
address-isnt-a-work-address-there-it-isnt-in-a-mail-domain-of-the-organisation-or-of-one-above-it = `{ $address }` is daar geen werkmailadres: het zit niet in een maildomein van de instantie of van een erboven
see-balie-org-show-CODE-private-addresses-arent-stored = zie `balie org show CODE`; privéadressen worden niet bewaard
there-is-nothing-to-search-for = er is niets om naar te zoeken
type-a-part-of-a-name-a-username-a-work-address-or-a-school = typ een stuk van een naam, gebruikersnaam, werkmailadres of school
this-took-too-long-and-was-stopped = dit duurde te lang en is gestopt
ask-for-less-longer-words-fewer-of-them-or-a-username = vraag minder: langere woorden, minder woorden, of een gebruikersnaam
no-answer-matches-topic = geen antwoord past bij `{ $topic }`
the-topics-are-topics = de onderwerpen zijn { $topics }
pass-the-desks-own-address = geef het eigen adres van de desk op
a-region-with-the-code-code-or-the-address-address-is-already-on-file = een regio met de code { $code } of het adres { $address } is al bekend
anyone-can-get-an-address-in-domain = iedereen kan een adres krijgen in { $domain }
pass-the-organisations-own-mail-domains = geef de eigen maildomeinen van de instantie op
code-is-already-on-file = { $code } is al bekend
see-balie-org-show-code = zie `balie org show { $code }`
address-isnt-a-work-address-of-code = { $address } is geen werkmailadres van { $code }
the-last-day-comes-before-the-first = de laatste dag komt voor de eerste
pass-a-later-day-with-until-than-with-from = geef met --until een latere dag op dan met --from
the-last-day-has-already-passed = de laatste dag is al voorbij
pass-a-future-day-with-until = geef met --until een dag in de toekomst op
nothing-was-imported-why = er is niets ingelezen: { $why }
fix-the-files-then-import-again = verbeter de bestanden, en lees ze opnieuw in
check-that-the-folder-and-its-files-can-be-read = kijk of de map en de bestanden te lezen zijn
this-desk-is-open-and-follows-the-config-of-whoever-runs-it = deze desk is open en volgt de configuratie van wie hem gebruikt
the-reason-is-too-short-or-too-long = de reden is te kort of te lang
say-who-asked-how-you-know-who-it-was-and-why-it-cant-wait-for-a-mail = zeg wie erom vroeg, hoe je weet wie het was, en waarom het niet op een mail kan wachten
