# Hulp bij het dagelijkse werk: vandaag, inloggen, inloggen van scholen, verzoeken, resets.

-overnemen = Neem over wat een collega open heeft; het logboek meldt het
-hoeveel = Hoeveel er hooguit getoond worden
-gebruikersnaam = De exacte gebruikersnaam
-zoals-verzoek = Het nummer, bijvoorbeeld R-4K7Q2

help = Tweestapsverificatie voor de servicedesk
    .examples =
        Voorbeelden:
          balie                              vandaag: wat er wacht, en met welke opdracht je verdergaat
          balie demo                         wat Balie doet, alleen op deze computer
          balie init                         een eigen desk, op SQLite
          balie directory import MAP         wie is wie, uit vier CSV-bestanden
          balie find jansen                  wie is dit?
          balie account show j.jansen
          balie request receive mail.eml --account j.jansen
          balie reset j.jansen --request R-4K7Q2

        Exitcodes: 0 klaar, 2 verkeerde aanroep, 3 bestaat niet, 4 geweigerd door een regel, 5 conflict,
        6 een deel is niet gedaan, 7 iets is niet bereikbaar, 8 het logboek of een zegel klopt niet.
help--config = Het configuratiebestand
help--database = De database: een bestand, sqlite:BESTAND of postgres://…
help--format = In welke vorm gegevens geschreven worden
    .value-table = Voor mensen
    .value-json = Eén document
    .value-ndjson = Eén object per regel
    .value-csv = Voor spreadsheets; formules zijn onschadelijk gemaakt
help--no_input = Stel nooit een vraag: stop, en noem de optie die nodig is (dit telt niet als ja)
help--yes = Ga door zonder te vragen: het ja dat een ingrijpende stap nodig heeft als niemand kan antwoorden
help--dry_run = Laat zien wat er zou gebeuren, en wijzig niets
help--color = Wanneer er kleuren gebruikt worden
    .value-auto = Op een terminal
    .value-always = Altijd
    .value-never = Nooit
help--lang = De taal om in te lezen en te schrijven; anders die van de configuratie of van het systeem
    .value-nl = Nederlands
    .value-en = Engels
help--quiet = Meld minder
help--verbose = Meld meer (tweemaal: nog meer)
help--help = Toon hulp (meer met --help)
    .long = Toon hulp (een samenvatting met -h)
help--version = Toon de versie
help-help = Toon deze hulp, of de hulp bij een opdracht

help-demo = Alles in een minuut: een ochtend op de desk, alleen op deze computer
    .examples =
        Voorbeelden:
          balie demo
          balie demo --keep ochtend          en kijk daarna rond

        De demo heeft geen netwerk nodig en blijft van je eigen desk af.
help-demo--keep = Bewaar de desk in deze map, die nieuw of leeg is
help-next = Pak het oudste verzoek dat wacht, en houd het 15 minuten vast
    .examples =
        Voorbeelden:
          balie next                       het oudste verzoek dat wacht, 15 minuten voor jou vastgehouden
          balie next --release R-4K7Q2     laat het los, voor een collega

        Vraag je het nog eens, dan krijg je hetzelfde verzoek, tot het afgehandeld of losgelaten is. Wat op de
        bevestigingscode van de aanvrager wacht, wordt niet uitgedeeld.
help-next--release = Laat een verzoek los dat je vasthoudt, in plaats van er een te pakken
help-desk = Begeleid werken op een terminal: de rij verzoeken, één zaak tegelijk
    .examples =
        Voorbeeld:
          balie desk

        Hiervoor is een terminal nodig. Elke stap toont de opdracht die hij typt; typ je die zelf, dan gebeurt
        precies hetzelfde.
help-login = Log in met wachtwoord en code
    .examples =
        Voorbeelden:
          balie login                                  vraagt om wachtwoord en code
          balie login petra
          printf '%s\n%s\n' "$PASSWORD" "$CODE" | balie login petra --password-stdin --code-stdin

        De eerste keer vervang je het wachtwoord dat je gekregen hebt, en zie je wat je authenticator-app moet
        scannen; log in met een code uit die app. Zonder terminal gaat dat in twee keer:
          … | balie login petra --password-stdin --new-password-stdin    schrijft de otpauth-URI
          … | balie login petra --password-stdin --code-stdin
help-login--login = Wie je bent (standaard: de gebruiker van het systeem)
help-login--password_stdin = Lees het wachtwoord van standaardinvoer: de eerste regel
help-login--new_password_stdin = Lees het nieuwe wachtwoord van standaardinvoer: de volgende regel
help-login--code_stdin = Lees de code van standaardinvoer: de laatste regel
help-logout = Beëindig je sessie
    .examples =
        Voorbeelden:
          balie logout
          balie logout --all          op elke computer
help-logout--all = Beëindig al je sessies, op elke computer
help-whoami = Wie er aan het werk is, en tot wanneer

help-find = Zoek een inlog (kort voor `account find`)
    .examples = { help-account-find.examples }
help-find--text = { help-account-find--text }
help-find--limit = { -hoeveel }
help-account = Inloggen: wie, waar, en hoe het met de tweede factor staat
help-account-find = Zoek een inlog
    .examples =
        Voorbeelden:
          balie find jansen beatrix       een deel van een naam, en van een school
          balie find jansne               tikfouten en vergeten accenten geven niet
help-account-find--text = Een deel van een naam, gebruikersnaam, werkadres of school
help-account-find--limit = { -hoeveel }
help-account-show = Eén inlog: wie, waar, en hoe het met de tweede factor staat
    .examples =
        Voorbeelden:
          balie account show j.jansen
          balie account show j.jansen@beatrixschool.nl       met het werkadres
          balie account show j.jansen --format json
help-account-show--username = De exacte gebruikersnaam, of het exacte werkadres
help-account-add = Leg een inlog vast: van een nieuwe collega, of een persoonlijke voor wie er een deelde
    .examples =
        Voorbeelden:
          balie account add a.bakker --name "Anna Bakker" --email a.bakker@beatrixschool.nl --role teacher@sch-beatrix
          balie account add a.bakker --name "Anna Bakker" --email a.bakker@beatrixschool.nl --personal-for team.beatrix

        Het werkadres moet in een maildomein van de instantie liggen, of van een instantie daarboven. De eigenaar
        krijgt bericht en heeft de gewone termijn om te koppelen. Een persoonlijke inlog voor wie er een deelde, krijgt
        de rollen daarvan, tenzij je andere opgeeft; blokkeer de gedeelde als iedereen een eigen inlog heeft.
help-account-add--username = De gebruikersnaam
help-account-add--name = De naam van de eigenaar
help-account-add--email = Het werkadres van de eigenaar
help-account-add--roles = Een rol bij een instantie; mag vaker
help-account-add--language = De taal van de mails: nl of en
help-account-add--personal_for = De gedeelde inlog waarvoor deze in de plaats komt
help-account-block = Blokkeer een inlog en beëindig de sessies ervan
    .examples =
        Voorbeeld:
          balie account block j.jansen --reason "telefoon gestolen, school belde"
help-account-block--username = { -gebruikersnaam }
help-account-block--reason = Waarom, voor het logboek
help-account-block--take_over = { -overnemen }
help-account-unblock = Hef de blokkade van een inlog op (een senior)
    .examples =
        Voorbeeld:
          balie account unblock j.jansen --reason "school bevestigde het per mail"
help-account-unblock--username = { -gebruikersnaam }
help-account-unblock--reason = Waarom, voor het logboek
help-account-unblock--take_over = { -overnemen }
help-account-shared = Inloggen die eruitzien alsof meer mensen ze gebruiken
    .examples =
        Voorbeeld:
          balie account shared

        De aanwijzingen: een gebruikersnaam, naam of adres van een functie; de naam van meer mensen; een adres dat ook
        bij andere inloggen staat; veel rollen op één school; persoonlijke inloggen die ervoor in de plaats kwamen.
help-account-shared--limit = { -hoeveel }
help-account-history = Wat er met één inlog gedaan is, het nieuwste bovenaan
    .examples =
        Voorbeeld:
          balie account history j.jansen
help-account-history--username = { -gebruikersnaam }
help-account-history--limit = { -hoeveel }

help-request = Verzoeken: mails van directeuren, bestuursleden en toezichthouders
help-request-receive = Neem een mail aan, controleer hem, en geef het oordeel
    .examples =
        Voorbeelden:
          balie request receive mail.eml --account j.jansen
          balie request receive - --account j.jansen < mail.eml
          balie request receive *.eml                een regel per mail, met het verzoek

        Het oordeel is verified, challenge of rejected; de exitcode is bij elk daarvan 0, en 7 als DNS niet bereikbaar
        was: dan wacht het verzoek, en `balie request reverify` maakt het af. Bij meer mails houdt een mail die niet
        kan worden aangenomen de andere niet op: dan is het 6.
help-request-receive--files = De mail zoals hij binnenkwam (.eml), of - voor standaardinvoer; meer tegelijk kan ook
help-request-receive--accounts = Een inlog waar het om gaat; één keer per inlog
help-request-list = De verzoeken: eerst wat wacht, het oudste bovenaan
    .examples =
        Voorbeelden:
          balie request list
          balie request list --waiting --region utrecht
          balie request list --requester d.visser@beatrixschool.nl --older 2h
          balie request list --mine

        Bovenaan staat wat op de desk wacht, het oudste eerst; dan wat op de aanvrager wacht; dan de rest.
help-request-list--waiting = Alleen wat wacht, op de desk of op de aanvrager
help-request-list--status = Alleen verzoeken met deze status
    .value-ready = Geverifieerd: gebruik het
    .value-waiting = Een bevestigingscode beslist
    .value-used = Alles is gedaan
    .value-rejected = Hierop kan niemand gereset worden
    .value-closed = Het is geen verzoek
    .value-expired = Het is te lang geleden binnengekomen
help-request-list--region = Alleen verzoeken van deze regio
help-request-list--requester = Alleen verzoeken van dit adres
help-request-list--older = Alleen verzoeken die minstens zo lang geleden binnenkwamen, bijvoorbeeld 30m, 2h of 1d
help-request-list--mine = Alleen verzoeken die jij open hebt
help-request-list--limit = { -hoeveel }
help-request-show = Eén verzoek: wie vraagt, voor wie, en waarom het oordeel zo luidt
    .examples =
        Voorbeelden:
          balie request show R-4K7Q2
          balie request show R-4K7Q2 -v                  elke controle, en de hele tekst van de mail
          balie request show R-4K7Q2 --eml mail.eml      de mail zelf, byte voor byte
help-request-show--id = { -zoals-verzoek }
help-request-show--eml = Schrijf in plaats daarvan de mail zoals hij binnenkwam naar dit bestand (- voor standaarduitvoer)
help-request-approve = Keur goed wat er gevraagd wordt, als tweede medewerker
    .examples =
        Voorbeelden:
          balie request approve R-4K7Q2
          balie request approve R-4K7Q2 --account j.jansen

        Voor een senior van de regio, en nooit voor de aanvrager, de eigenaar, of wie het daarna uitvoert. De
        goedkeuring geldt een uur, en vervalt zodra er iets verandert van wat je zag.
help-request-approve--id = { -zoals-verzoek }
help-request-approve--accounts = Alleen deze inlog ervan; één keer per inlog
help-request-approve--action = Waarvoor
help-request-approve--take_over = { -overnemen }
help-request-assign = Zeg voor welke inloggen een verzoek is
    .examples =
        Voorbeelden:
          balie request assign R-4K7Q2 j.jansen
          balie request assign R-4K7Q2                       kies uit wie de mail lijkt te noemen
          balie request assign R-4K7Q2 --suggest             toont ze alleen
          balie request assign R-4K7Q2 --drop z.celik

        Alleen inloggen waarvoor de aanvrager mag vragen, kunnen erbij. Een bevestigingscode die al teruggegeven was, en
        een goedkeuring, gelden daarna niet meer: die waren voor andere inloggen.
help-request-assign--id = Het verzoek, bijvoorbeeld R-4K7Q2
help-request-assign--accounts = De inloggen waar het om gaat, naast die waar het al om ging
help-request-assign--drop = Een inlog waar het niet om gaat; één keer per inlog
help-request-assign--suggest = Toon de inloggen die de mail lijkt te noemen, en wijzig niets
help-request-assign--take_over = { -overnemen }
help-request-challenge = Mail een bevestigingscode naar het vastgelegde adres van de aanvrager
    .examples =
        Voorbeelden:
          balie request challenge R-4K7Q2
          balie request challenge R-4K7Q2 --plan P-4K7Q2M    voor een lijst: nodig bij meer dan 25 inloggen

        De code gaat naar het vastgelegde adres van de aanvrager, nooit als antwoord op de mail. Hij geldt 24 uur en werkt
        één keer. `balie request confirm` neemt hem aan; een nieuwe mail van dat adres met JA of YES en de code op de
        eerste regel werkt ook.
help-request-challenge--id = Het verzoek, bijvoorbeeld R-4K7Q2
help-request-challenge--plan = Voor de inloggen van dit plan, die de mail per school telt
help-request-challenge--take_over = { -overnemen }
help-request-confirm = Controleer de bevestigingscode die de aanvrager teruggeeft
    .examples =
        Voorbeelden:
          balie request confirm R-4K7Q2                        vraagt om de code
          balie request confirm R-4K7Q2 --code-stdin < code

        Een code kan 5 keer geprobeerd worden; elke poging is een logregel.
help-request-confirm--id = Het verzoek, bijvoorbeeld R-4K7Q2
help-request-confirm--code_stdin = Lees de code van standaardinvoer
help-request-confirm--take_over = { -overnemen }
help-request-reject = Wijs een verzoek af, en meld het op het vastgelegde adres van de aanvrager
    .examples =
        Voorbeelden:
          balie request reject R-4K7Q2 --reason "De school bevestigt aan de telefoon dat zij dit niet vroeg"

        Het bericht gaat met de reden naar het vastgelegde adres van de aanvrager, nooit naar de afzender.
help-request-reject--id = { -zoals-verzoek }
help-request-reject--reason = Waarom; de aanvrager leest dit
help-request-reject--take_over = { -overnemen }
help-request-close = Sluit wat geen verzoek is (een bedankje, reclame, dezelfde mail nog eens): niemand krijgt een mail
    .examples =
        Voorbeelden:
          balie request close R-4K7Q2 --reason bedankje
          balie request close R-4K7Q2 --reason "dubbel, zie R-7M3XD"

        Niemand krijgt een mail. Stuurde iemand de mail uit naam van de aanvrager, gebruik dan `balie request reject`.
help-request-close--id = { -zoals-verzoek }
help-request-close--reason = Waarom; alleen collega's en auditors lezen dit
help-request-close--take_over = { -overnemen }
help-request-answer = Mail het antwoord uit de veelgestelde vragen naar het vastgelegde adres van de afzender
    .examples =
        Voorbeelden:
          balie request answer R-4K7Q2 --topic geen-herstelcode
          balie request answer R-4K7Q2 --topic lost-phone --language en
          balie answer                                       welke onderwerpen er zijn

        Het antwoord gaat naar het vastgelegde adres van de afzender, nooit naar een adres dat met de mail meekwam of pas
        dagen geleden is vastgelegd. De woorden zijn die van de veelgestelde vragen. Het verzoek blijft zoals het was: sluit
        het met `balie request close` als er verder niets gevraagd werd.
help-request-answer--id = { -zoals-verzoek }
help-request-answer--topic = Welk antwoord, met de exacte naam
help-request-answer--language = In welke taal: nl of en (standaard: die van de desk)
help-request-answer--take_over = { -overnemen }
help-request-reverify = Controleer opnieuw met wat bewaard is, en maak af wat DNS openliet
    .examples =
        Voorbeelden:
          balie request reverify R-4K7Q2
          balie request reverify R-4K7Q2 --offline       alleen met wat bewaard is, wat DNS ook openliet

        Alles komt uit de bewaarde mail en de bewaarde antwoorden van DNS, en wordt beoordeeld op het moment waarop de
        mail binnenkwam. Exitcode 8 als wat bewaard is niet overeenkomt met de mail.
help-request-reverify--id = { -zoals-verzoek }
help-request-reverify--offline = Vraag nooit iets aan DNS

help-reset = Reset de tweestapsverificatie van inloggen, op een geverifieerd verzoek
    .examples =
        Voorbeelden:
          balie reset R-4K7Q2                       voor wie dat verzoek is
          balie reset j.jansen                      op een terminal: op welk van de verzoeken die ervoor klaarstaan
          balie reset j.jansen --request R-4K7Q2
          balie reset j.jansen z.celik --request R-4K7Q2 --format json
          balie reset j.jansen --break-glass --reason "directeur aan de telefoon, stem bekend"

        Elke inlog die gereset is, geeft een ontvangstbewijs: één ondertekende regel om in het ticket te plakken, die
        `balie receipt verify` overal kan controleren.
help-reset--accounts = De exacte gebruikersnamen; alleen het nummer van een verzoek, met R-, staat voor iedereen om wie het gaat
help-reset--request = Het geverifieerde verzoek dat erom vraagt
help-reset--reason = Waarom: lost-phone, new-phone, wrong-phone (de eigenaar leest dan ook dat de collega de koppeling uit de app moet halen), codes-refused of other. Met --break-glass: wie erom vroeg, hoe je weet wie het was, en waarom het niet op een mail kan wachten
help-reset--break_glass = Er is geen verzoek, en het kan niet wachten: begin een noodgeval dat een senior afmaakt
help-reset--take_over = { -overnemen }
help-recovery = Herstelcodes: een nieuwe, op een geverifieerd verzoek
help-recovery-reissue = Geef op een geverifieerd verzoek een nieuwe herstelcode uit; die gaat naar de eigenaar
    .examples =
        Voorbeelden:
          balie recovery reissue j.jansen --request R-4K7Q2
          balie recovery reissue j.jansen --request R-4K7Q2 --deliver letter --out brief.html
          balie recovery reissue j.jansen --request R-4K7Q2 --deliver sealed --to age1… --out code.age

        mail    naar het vastgelegde werkadres; 24 uur bruikbaar
        letter  een brief om af te drukken, voor een vensterenvelop; 21 dagen
        sealed  versleuteld met de age-sleutel van de eigenaar; 21 dagen
        screen  op deze terminal, waar `[policy] screen_delivery` dat toestaat; 24 uur, voorgelezen 10 minuten

        De oude code vervalt; de koppeling werkt door tot de nieuwe code gebruikt wordt.
help-recovery-reissue--account = { -gebruikersnaam }
help-recovery-reissue--request = Het geverifieerde verzoek dat erom vraagt
help-recovery-reissue--deliver = Langs welke weg hij naar de eigenaar gaat
help-recovery-reissue--out = Het bestand dat geschreven wordt, bij letter en sealed; een bestaand bestand wordt nooit overschreven
help-recovery-reissue--to = De publieke age-sleutel van de eigenaar, bij sealed
help-recovery-reissue--read_aloud = Toon hem ook in woorden van het spelalfabet, bij screen
help-recovery-reissue--take_over = { -overnemen }
help-undo = Maak de reset van een verkeerde inlog ongedaan, als andere medewerker
    .examples =
        Voorbeelden:
          balie undo j.jansen                                   de laatste reset van die inlog
          balie undo --event 4711                               de reset die deze logregel is
          balie undo "balie-receipt/1 account=… sig=…"
          balie undo - < bewijs.txt

        Dit doet een andere medewerker dan wie resette, binnen `policy.undo_hours`, en alleen zolang de eigenaar
        nog niet opnieuw gekoppeld heeft. De oude koppeling werkt weer; de herstelcode blijft vervallen.
help-undo--receipt = De inlog, de regel van het ontvangstbewijs, of - voor een ontvangstbewijs op standaardinvoer
help-undo--event = De reset die deze logregel is, zoals `balie account history` haar noemt
help-undo--take_over = { -overnemen }
help-pending = Wie gereset is en nog niet opnieuw koppelde: tijd over, herinneren, termijn heropenen
    .examples =
        Voorbeelden:
          balie pending                       wie gereset is en nog niet opnieuw koppelde, en de tijd die over is
          balie pending --remind              zet de herinneringen klaar (door cron: elke gaat één keer)
          balie pending --reopen j.jansen     de termijn is voorbij: heropen hem

        De eigenaar krijgt een herinnering als de helft van de termijn om is, en in het laatste zesde deel.
help-pending--all = Ook wie nooit een tweede factor had
help-pending--remind = Zet de herinneringsmails klaar die nu moeten
help-pending--reopen = Heropen de koppeltermijn van deze inlog
help-pending--limit = { -hoeveel }
help-pending--take_over = { -overnemen }
help-receipt = Ontvangstbewijzen van resets
help-receipt-show = Toon het ontvangstbewijs van een reset nog eens
    .examples =
        Voorbeelden:
          balie receipt show 4711
          balie receipt show 4711 --format json

        Het is dezelfde regel die de reset gaf: `account history` noemt het nummer van de logregel.
help-receipt-show--event = Het nummer van de logregel van de reset
help-receipt-verify = Controleer een ontvangstbewijs met de publieke sleutel van de desk, zonder netwerk
    .examples =
        Voorbeelden:
          balie receipt verify "balie-receipt/1 account=… sig=…"
          balie receipt verify - --key desk.pub < bewijs.txt

        Exitcode 8 als het ontvangstbewijs niet klopt.
help-receipt-verify--receipt = De regel van het ontvangstbewijs, of - voor standaardinvoer
help-receipt-verify--key = De publieke sleutel van de desk (standaard: desk.pub naast het sleutelbestand)
help-answer = Het antwoord uit de veelgestelde vragen om voor te lezen of te mailen, met het adres van de regio erin
    .examples =
        Voorbeelden:
          balie answer                              waarover er antwoorden zijn
          balie answer lost-phone --region utrecht
          balie answer telefoon kwijt --language en
          balie answer telefoon-kwijt --mail j.jansen        mailt het naar het vastgelegde werkadres van de eigenaar

        Wat gemaild wordt, noem je precies, en de woorden zijn die van de veelgestelde vragen. `balie request answer` mailt
        het naar wie een verzoek stuurde.
help-answer--topic = Waar het over gaat: een onderwerp, of woorden uit de vraag
help-answer--region = Van welke regio het adres erin komt
help-answer--language = In welke taal: nl of en (standaard: de jouwe, anders die van de desk)
help-answer--mail = Mail het naar de eigenaar van deze inlog, op het vastgelegde werkadres
