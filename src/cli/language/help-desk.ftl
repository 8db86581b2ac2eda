# Hulp bij wat er op de desk verder gebeurt: lijsten, noodgevallen, tweede factor, wie is wie, het logboek.

help-region = Regio's en de adressen van hun servicedesk
help-region-list = Elke regio, of de pagina met de adressen van hun servicedesks
    .examples =
        Voorbeelden:
          balie region list
          balie region list --html servicedesks.html          de pagina waar het inlogscherm naar verwijst

        Op de pagina staat de servicedesk van elke regio: die adressen zijn openbaar.
help-region-list--html = Schrijf een pagina voor directeuren naar dit bestand: het adres van elke servicedesk, met een link die een mail daarheen opent
help-region-list--language = De taal van die pagina: nl of en (standaard: de jouwe, anders die van de desk)
help-region-show = Eén regio
help-region-show--code = De code ervan
help-region-add = Leg een regio vast, met het adres van de servicedesk
    .examples =
        Voorbeeld:
          balie region add zeeland --name Zeeland --address zeeland@otservicedesk.nl
help-region-add--code = De code ervan
help-region-add--name = Hoe de regio heet
help-region-add--address = Waar de servicedesk mail ontvangt
help-org = Samenwerkingsverbanden, besturen en scholen
help-org-list = Elke instantie, of die van één regio
help-org-list--region = Alleen van deze regio
help-org-list--limit = { -hoeveel }
help-org-show = Eén instantie, met haar maildomeinen en aanvragers
help-org-show--code = De code ervan
help-org-add = Leg een samenwerkingsverband, bestuur of school vast
    .examples =
        Voorbeelden:
          balie org add brd-delta --kind board --name "De Delta" --region zeeland --domain dedelta.nl
          balie org add sch-haven --kind school --name "De Haven" --region zeeland --parent brd-delta --domain haven.nl
help-org-add--code = De code ervan
help-org-add--kind = consortium (samenwerkingsverband), board (bestuur), school of other (iets anders)
help-org-add--name = Hoe de instantie heet
help-org-add--region = De code van de regio
help-org-add--parent = De code van de instantie erboven
help-org-add--domains = Een eigen maildomein; één keer per domein
help-requester = Wie om een reset mag vragen
help-requester-list = Elke aanvrager, die van één instantie, of wie nagekeken moet worden
help-requester-list--org = Alleen van deze instantie
help-requester-list--due = Alleen wie een jaar lang niet nagekeken is
help-requester-list--limit = { -hoeveel }
help-requester-show = Wat er onder één werkadres vastligt
help-requester-show--address = Het werkadres
help-requester-add = Leg iemand vast die om een reset mag vragen
    .examples =
        Voorbeelden:
          balie requester add v.kok@deregenboog.nl --name "Vera Kok" --capacity director --org sch-regenboog
          balie requester add w.bos@deregenboog.nl --name "Wim Bos" --capacity director --org sch-regenboog --until 2026-12-31

        De tweede is waarnemend directeur. Op een nieuw adres alleen kan een paar dagen niets: een tweede medewerker moet
        het goedkeuren.
help-requester-add--address = Het werkadres
help-requester-add--name = De naam
help-requester-add--capacity = director (directeur), `board_member` (bestuurslid) of supervisor (toezichthouder)
help-requester-add--org = De code van de instantie
help-requester-add--from = De eerste dag
help-requester-add--until = De laatste dag: voor wie tijdelijk waarneemt
help-requester-end = Vanaf nu mag er van dit adres niets meer gevraagd worden
help-requester-end--address = Het werkadres
help-requester-end--org = Alleen voor deze instantie
help-requester-review = Leg vast dat de gegevens nagekeken zijn en kloppen
help-requester-review--address = Het werkadres
help-requester-review--org = Alleen voor deze instantie

help-mailbox = De mailbox van de desk: haal er nieuwe verzoeken uit
help-mailbox-fetch = Haal nieuwe verzoeken uit de mailbox van de desk
    .examples =
        Voorbeelden:
          balie mailbox fetch                       de mailbox van `[imap]` in de configuratie
          balie mailbox fetch --maildir ~/Maildir
          balie mailbox fetch --mbox verzoeken.mbox

        Op een gesloten desk is dit voor een dienst (`balie service add NAAM --job fetch`), een senior of een beheerder, uit
        de eigen mailbox van de desk; --maildir en --mbox zijn voor een beheerder.

        Doe het zo vaak als je wilt: wat er al uit gehaald is, komt niet nog eens, en er wordt nooit iets verwijderd. Een
        bericht dat niet te lezen is, wordt met de reden apart gezet en houdt de rest niet op. Er hoort dan nog geen inlog
        bij: dat doet `balie request assign`.
help-mailbox-fetch--maildir = In plaats daarvan een Maildir
help-mailbox-fetch--mbox = In plaats daarvan een mbox
help-mailbox-authorise = Laat de gebruiker van de mailbox toestaan dat Balie erin leest en ermee verstuurt
    .examples =
        Voorbeelden:
          balie mailbox authorise

        Dit is voor `flow = "device_code"` in `[imap]` en `[smtp]` (zie docs/mailbox.md): het toont een adres en een code. De
        gebruiker van de mailbox opent dat adres op een willekeurig apparaat, logt daar in en typt de code. Wat dat oplevert, wordt op
        deze machine bewaard, voor het account dat balie draait, en vanzelf verlengd. Op een gesloten desk is het voor een beheerder.
help-mailbox-quarantine = Berichten die niet aangenomen konden worden, en waarom
    .examples =
        Voorbeelden:
          balie mailbox quarantine
          balie mailbox quarantine 7 --eml mail.eml      het bericht zelf, byte voor byte
help-mailbox-quarantine--id = Het nummer ervan in de lijst
help-mailbox-quarantine--eml = Schrijf het bericht zoals het binnenkwam naar dit bestand (- voor standaarduitvoer)
help-mailbox-quarantine--limit = { -hoeveel }
help-outbox = Mails aan eigenaren en aanvragers
help-outbox-list = De nieuwste mails, verstuurd of niet
help-outbox-list--limit = { -hoeveel }
help-outbox-show = Eén mail, zoals de lezer hem krijgt; een code die erin staat, wordt niet getoond
help-outbox-show--message_id = De Message-ID, die `balie outbox list --format json` noemt
help-outbox-send = Verstuur wat klaarstaat, via de server van `[smtp] url`
help-outbox-retry = Probeer mails opnieuw die zijn opgegeven of op hun volgende poging wachten
    .examples =
        Voorbeelden:
          balie outbox retry --failed -n        welke opgegeven mails opnieuw geprobeerd zouden worden
          balie outbox retry 0f3a…@otservicedesk.nl

        Ze staan meteen klaar, en gaan mee met de volgende `balie outbox send`. Allemaal, of geen.
help-outbox-retry--message_ids = De Message-ID's, die `balie outbox list --format json` noemt
help-outbox-retry--failed = Alle mails die zijn opgegeven
help-outbox-cancel = Trek mails in die wachten of zijn opgegeven: niemand krijgt te lezen wat erin staat
    .examples =
        Voorbeelden:
          balie outbox cancel 0f3a…@otservicedesk.nl
          balie outbox cancel 0f3a…@otservicedesk.nl -n

        Voor een beheerder. De mail wordt niet verstuurd, een code die erin staat wordt gewist, en `doctor` waarschuwt er niet meer voor.
        Allemaal, of geen.
help-outbox-cancel--message_ids = De Message-ID's, die `balie outbox list --format json` noemt

help-bulk = Veel inloggen tegelijk: maak een plan van een lijst, bekijk het, voer het uit
help-bulk-plan = Maak een plan van een lijst: elke inlog wordt nu gecontroleerd, er wordt niets gewijzigd
    .examples =
        Voorbeelden:
          balie bulk plan reset inloggen.csv --request R-4K7Q2
          cut -d, -f3 personeel.csv | balie bulk plan reset - --request R-4K7Q2
          balie bulk show P-4K7Q2M --failed --format csv | balie bulk plan reset - --request R-4K7Q2
          balie bulk plan reissue inloggen.csv --request R-4K7Q2 --deliver letter
          balie bulk plan reissue inloggen.csv --request R-4K7Q2 --deliver sealed --to age1…

        De lijst is CSV met een kolom `username` (de andere tellen niet mee), of één gebruikersnaam per regel. Inloggen
        waarvoor het mag, worden aan het verzoek gekoppeld. Vóór `balie bulk apply` gebeurt er niets mee.

        reset    de tweede factor van elke inlog, elk met een eigen koppeltermijn
        reissue  nieuwe herstelcodes: elk per mail (24 uur), of in bestanden die `bulk apply` schrijft: brieven, of
                 versleuteld met een age-sleutel (21 dagen)
help-bulk-plan--action = Wat er met elke inlog gedaan wordt
help-bulk-plan--file = De lijst; - voor standaardinvoer
help-bulk-plan--request = Het geverifieerde verzoek dat erom vraagt
help-bulk-plan--deliver = Hoe herstelcodes bezorgd worden (standaard: mail)
help-bulk-plan--to = De publieke age-sleutel waarmee ze versleuteld worden, bij sealed
help-bulk-list = De nieuwste plannen
help-bulk-list--limit = { -hoeveel }
help-bulk-show = Een plan, en wat er van elke rij geworden is
    .examples =
        Voorbeelden:
          balie bulk show P-4K7Q2M
          balie bulk show P-4K7Q2M --failed --format csv > opnieuw.csv      een lijst voor het volgende plan
help-bulk-show--plan = Het plan
help-bulk-show--failed = Alleen de rijen die niet gedaan zijn en niet gedaan worden
help-bulk-approve = Keur een plan goed, als tweede medewerker
    .examples =
        Voorbeelden:
          balie bulk approve P-4K7Q2M

        Voor een senior van de regio, en nooit voor wie het plan maakte, erom vraagt, erin staat, of het daarna
        uitvoert. De goedkeuring geldt een uur, en vervalt zodra het verzoek verandert.
help-bulk-approve--plan = Het plan
help-bulk-approve--hash = Alleen als dit de hash van het plan is
help-bulk-apply = Voer een plan uit, vanaf waar de vorige keer eindigde
    .examples =
        Voorbeelden:
          balie bulk apply P-4K7Q2M
          balie bulk apply P-4K7Q2M --hash 3f9a…  --format ndjson      een uitkomst per rij, meteen
          balie bulk apply P-4K7Q2M --dry-run
          balie bulk apply P-4K7Q2M --out MAP                          herstelcodes als brief, of versleuteld

        Eerst worden een paar rijen gedaan en nagekeken; dan de rest, groep voor groep. Ctrl-C maakt de groep af en stopt
        (exitcode 130); een tweede Ctrl-C stopt meteen en bewaart niets van die groep. Waardoor het ook stopte, dezelfde
        opdracht gaat verder waar het eindigde. Een inlog die een collega open heeft, blijft over voor de volgende keer.

        Brieven en versleutelde codes komen in MAP, één bestand per groep, voordat de groep vastgelegd wordt. Gebruik de
        bestanden pas als alles klaar is, en neem elke keer dezelfde MAP: wat een onderbroken groep daar achterliet,
        opent niets en wordt overschreven.
help-bulk-apply--plan = Het plan
help-bulk-apply--hash = Alleen als dit de hash van het plan is
help-bulk-apply--out = De map voor herstelcodes die als brief of versleuteld de deur uitgaan
help-bulk-apply--take_over = { -overnemen }
help-bulk-cancel = Trek een plan in; wat al gedaan is, blijft staan
help-bulk-cancel--plan = Het plan
help-case = Noodgevallen: resets zonder verzoek, door twee medewerkers
help-case-list = De nieuwste noodgevallen
help-case-list--limit = { -hoeveel }
help-case-show = Eén noodgeval: wie het begon, en waarom
help-case-show--id = Het nummer, bijvoorbeeld B-4K7Q2
help-case-complete = Reset, als tweede medewerker
    .examples =
        Voorbeeld:
          balie case complete B-4K7Q2

        Voor een senior die het niet begon, binnen een uur, en alleen zolang de inlog is zoals wie het begon hem zag.
        De eigenaar en de school krijgen bericht dat er geen verzoek was.
help-case-complete--id = Het nummer, bijvoorbeeld B-4K7Q2
help-case-complete--take_over = { -overnemen }
help-case-cancel = Trek het in
help-case-cancel--id = Het nummer, bijvoorbeeld B-4K7Q2

help-enroll = Koppelingen: koppel waar de eigenaar bij is, of neem ze over uit een ander systeem
help-enroll-begin = Begin een koppeling, terwijl de eigenaar erbij is en de QR-code met de eigen telefoon scant
    .examples =
        Voorbeelden:
          balie enroll begin j.jansen                    de eigenaar zit naast je en scant
          balie enroll begin j.jansen --qr koppeling.png
          balie enroll begin j.jansen --uri -            voor een portaal dat zelf een QR-code tekent

        Begeleid koppelen: de eigenaar is erbij, zelf of op een gedeeld scherm, scant met de eigen telefoon en leest een
        code voor. Wie de QR-code heeft, heeft de tweede factor: maak er geen foto van, neem het scherm niet op, mail hem
        niet. Balie toont het geheim nooit als tekst, tenzij --uri erom vraagt; het logboek meldt hoe het getoond is.
        Dit kan alleen binnen een open koppeltermijn, en nooit bij een inlog die al gekoppeld is.
help-enroll-begin--account = { -gebruikersnaam }
help-enroll-begin--qr = Schrijf de QR-code naar een nieuw bestand (.png of .svg) dat alleen jij kunt lezen
help-enroll-begin--uri = Schrijf de otpauth-URI naar een nieuw bestand dat alleen jij kunt lezen; `-` is standaarduitvoer
help-enroll-begin--take_over = { -overnemen }
help-enroll-confirm = Maak de koppeling actief met een code uit de app; de herstelcode wordt alleen nu getoond
    .examples =
        Voorbeelden:
          balie enroll confirm j.jansen
          echo 123456 | balie enroll confirm j.jansen --code-stdin

        Vanaf nu is er bij elke keer inloggen een code nodig. De herstelcode wordt nu getoond en daarna nooit meer: de
        eigenaar schrijft hem op of bewaart hem in een wachtwoordmanager, niet op de telefoon. Hij vervangt elke oudere.
        Na tien verkeerde codes moet de koppeling opnieuw beginnen.
help-enroll-confirm--account = { -gebruikersnaam }
help-enroll-confirm--code_stdin = Lees de code van standaardinvoer
help-enroll-confirm--take_over = { -overnemen }
help-enroll-import = Neem koppelingen over uit een CSV met otpauth-URI's: alles of niets, elk meteen verzegeld
    .examples =
        Voorbeeld:
          balie enroll import koppelingen.csv

        Kolommen: username,otpauth_uri
        In het bestand staan geheimen: verwijder het daarna (shred -u). Koppelingen met SHA-256, SHA-512, meer cijfers of
        een andere periode blijven zoals ze zijn, worden zo gecontroleerd, en tellen als ongewoon.
help-enroll-import--file = Het CSV-bestand
help-enroll-import--allow_short = Neem ook geheimen van minder dan 128 bits over
help-totp = "Mijn code wordt niet geaccepteerd": zeg waarom, en ontgrendel
help-totp-check = "Mijn code wordt niet geaccepteerd": zeg waarom, met een code die de beller voorleest
    .examples =
        Voorbeelden:
          balie totp check j.jansen                    vraagt om de code
          balie totp check j.jansen --whose-code       is het de telefoon van een collega?
          echo 123456 | balie totp check j.jansen --code-stdin

        Antwoorden: right, already_used, clock_ahead, clock_behind, previous_enrollment, other_account, unknown,
        locked, not_enrolled, server_clock; of second_code_needed: lees dan ook de volgende code (de tweede regel van
        standaardinvoer). Een juiste code is na de controle verbruikt, dus kan er niet mee ingelogd worden. Elke controle
        is een logregel; 10 per uur voor één inlog, 60 door één medewerker, waarvan 10 met --whose-code.
help-totp-check--account = { -gebruikersnaam }
help-totp-check--code_stdin = Lees de code van standaardinvoer; een tweede regel is de volgende code
help-totp-check--whose_code = Zoek ook bij collega's van dezelfde school en regio
help-totp-unlock = Ontgrendel een tweede factor die na tien verkeerde codes op rij op slot ging
    .examples =
        Voorbeeld:
          balie totp unlock j.jansen

        Er is geen verzoek voor nodig: zonder wachtwoord en telefoon komt niemand erin. Er komen tien pogingen bij, dus
        een inlog kan hooguit drie keer per dag ontgrendeld worden; de eigenaar krijgt bericht, en het is een logregel.
help-totp-unlock--account = { -gebruikersnaam }
help-totp-unlock--take_over = { -overnemen }

help-audit = Het logboek: lees het, controleer het
help-audit-enrollments = Tel wie gekoppeld is en wie niet, en noem wat een tweede blik verdient
    .examples =
        Voorbeelden:
          balie audit enrollments
          balie audit enrollments --by organisation --region utrecht --format csv
          balie audit enrollments --region utrecht --html utrecht.html          een pagina voor een directeur
          balie audit enrollments --finding overdue --limit 20                  wie het zijn

        Tellingen noemen niemand; --finding noemt gebruikersnamen, zoveel als je er vraagt, en is een eigen logregel.
help-audit-enrollments--by = Waarnaar geteld wordt: region (regio), organisation (instantie) of role (rol)
help-audit-enrollments--region = Alleen inloggen met een rol in deze regio (mag vaker)
help-audit-enrollments--finding = Noem om wie deze bevinding gaat
help-audit-enrollments--limit = Hoeveel daarvan hooguit getoond worden
help-audit-enrollments--html = Schrijf een pagina die zonder balie te lezen en af te drukken is naar dit bestand
help-audit-enrollments--language = De taal van die pagina: nl of en (standaard: die van de configuratie)
help-audit-mail = Tel per bestuur en maildomein hoe mails beoordeeld zijn, en wat eraan ontbreekt
    .examples =
        Voorbeelden:
          balie audit mail
          balie audit mail --since 30d --region utrecht
          balie audit mail --org brd-vecht --format csv

        Alleen mails van vastgelegde aanvragers tellen, en niemand wordt genoemd. Wat bij welke aanbieder aan moet:
        docs/requests.md.
help-audit-mail--since = { help-audit-log--since }
help-audit-mail--until = { help-audit-log--until }
help-audit-mail--org = Alleen mails van aanvragers van deze instantie, of daaronder
help-audit-mail--region = Alleen mails van aanvragers in deze regio
help-audit-log = De nieuwste logregels, of nieuwe zodra ze er zijn
    .examples =
        Voorbeelden:
          balie audit log --operator fatima --since 24h
          balie audit log --account j.jansen --action reset
          balie audit log --follow --format ndjson         tot Ctrl-C

        Noodgevallen staan bovenaan: wat op een tweede medewerker wacht, en wat er in de getoonde tijd was (de laatste 30
        dagen, als er geen --since of --until is), wat --action ook zegt. In JSON staan ze in `break_glass`, naast
        `events`.

        Het logboek lezen is ook een logregel; meelezen is er één, hoe lang het ook duurt.
help-audit-log--operator = Alleen wat deze medewerker deed
help-audit-log--action = Alleen deze handeling, bijvoorbeeld reset
help-audit-log--account = Alleen wat er met deze inlog gedaan is
help-audit-log--request = Alleen wat er voor dit verzoek gedaan is
help-audit-log--since = Alleen vanaf dan: 2026-10-01, 2026-10-01T08:00:00Z, of 30m, 24h, 7d geleden
help-audit-log--until = Alleen tot dan, of tot het einde van die dag
help-audit-log--limit = { -hoeveel }
help-audit-log--follow = Blijf logregels tonen zodra ze er zijn, de oudste eerst
help-audit-verify = Controleer dat er geen logregel gewijzigd, tussengevoegd of weggehaald is
    .examples =
        Voorbeelden:
          balie audit verify
          balie audit verify --checkpoint /mnt/safe/balie.checkpoint
          balie audit verify --state                 ook elke inlog, elk verzoek, plan, elke medewerker en mail: 's nachts
          balie audit verify --receipt tickets.txt   elk ontvangstbewijs daarin
          balie audit verify --checkpoint /mnt/safe/balie.checkpoint --restored 1207   dat er teruggezet is, is bekend

        Exitcode 8 noemt de eerste logregel die niet klopt, of de rijen en ontvangstbewijzen die niet zijn zoals het logboek
        zegt. Wat een portaal geschreven kan hebben, wordt geteld en is geen fout. Aan het logboek alleen is niet te zien
        dat het einde eraf is, dat alles herschreven is, of dat een oudere kopie teruggezet is: aan een checkpoint of
        ontvangstbewijs dat elders bewaard is wel. Elke keer dat er een kopie teruggezet is, wordt genoemd, met wat er
        zover bekend weg is. Een checkpoint daarvan geeft exitcode 8, behalve als --restored de logregel van het terugzetten noemt.
help-audit-verify--checkpoint = Vergelijk het logboek met dit checkpoint (mag vaker)
help-audit-verify--state = Vergelijk elke rij van de desk met de logregels die haar zo achterlieten
help-audit-verify--receipt = Vergelijk de ontvangstbewijzen in dit bestand, bijvoorbeeld een kopie van tickets, met het logboek (mag vaker)
help-audit-verify--restored = Dit terugzetten is bekend: een checkpoint van wat daarbij verloren ging is geen fout (mag vaker)
help-audit-verify--key = De publieke sleutel van de desk (standaard: desk.pub naast het sleutelbestand)
help-audit-checkpoint = Controleer het logboek, en onderteken omvang en wortel, om buiten de database te bewaren
    .examples =
        Voorbeelden:
          balie audit checkpoint > /mnt/safe/balie.checkpoint
          balie audit checkpoint --out /mnt/safe/balie.checkpoint     dagelijks: het logboek moet verdergaan op wat daar staat

        Het is een C2SP-checkpoint: de naam van het logboek, het aantal logregels, de RFC 6962-wortel over hun hashes, en
        de Ed25519-handtekening van de desk als signed note. --format json voegt de sleutel toe zoals andere
        controleprogramma's die lezen.
help-audit-checkpoint--out = Schrijf het naar dit bestand, in plaats van een eerder checkpoint waar het logboek op verdergaat
help-audit-export = Kopieer het logboek, één logregel per regel, de oudste eerst
    .examples =
        Voorbeelden:
          balie audit export > log.ndjson
          balie audit export --since 24h --as ocsf | collector
          balie audit export --as cef --out /var/log/balie.cef
          balie audit export --after 4711 --as cef         wat na regel 4711 kwam, voor een timer
          balie audit export --after 4711 --as ocsf --follow

        De laatste regel is de logregel van de kopie zelf. Velden: docs/operations.md.
help-audit-export--operator = { help-audit-log--operator }
help-audit-export--action = { help-audit-log--action }
help-audit-export--account = { help-audit-log--account }
help-audit-export--request = { help-audit-log--request }
help-audit-export--since = { help-audit-log--since }
help-audit-export--until = { help-audit-log--until }
help-audit-export--after = Alleen wat na deze regel komt: de `seq` van de laatste die je hebt
help-audit-export--follow = Ga door met elke logregel zodra hij er is, tot Ctrl-C
help-audit-export--shape = Hoe een regel geschreven wordt
    .value-ndjson = Elk veld, met alles waaruit de keten berekend wordt
    .value-ocsf = OCSF 1.3, één JSON-object per regel
    .value-cef = CEF, versie 0
help-audit-export--out = Schrijf het naar dit nieuwe bestand, dat alleen jij kunt lezen
help-audit-prune = Wis persoonlijke gegevens die lang genoeg bewaard zijn; het logboek blijft te controleren
    .examples =
        Voorbeelden:
          balie audit prune --dry-run      wat er weg zou gaan
          balie audit prune --yes          maandelijks, door cron (een dienst voor deze taak heeft geen --yes nodig)

        `[retention]` in de configuratie zegt hoe lang: log_months = 24 voor de bijzonderheden van het logboek, mails_days = 90
        voor mails en wat eruit gehaald is. De regels van het logboek, oordelen en hashes blijven.
