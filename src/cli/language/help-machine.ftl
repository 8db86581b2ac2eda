# Hulp bij inrichten en beheren: medewerkers, diensten, instellingen, sleutels, portalen, import.

-medewerker = De inlognaam van de medewerker
-rollen = operator (medewerker), senior, auditor of admin (beheerder)
-regios = Een regio waarin de medewerker werkt; één keer per regio (operator en senior)

help-init = Maak de database, de sleutels, de configuratie en de eerste medewerker
    .examples =
        Voorbeelden:
          balie init                                     een SQLite-bestand op de gewone plaats
          balie init --database postgres:///balie        op een PostgreSQL-server
          balie init --postgres-roles print              wat de eigen databaselogins van medewerkers mogen
        Nog eens uitgevoerd, werkt het een oudere database bij en wijzigt het verder niets.
help-init--key_file = Waar het sleutelbestand komt (standaard: naast de configuratie)
help-init--postgres_roles = In plaats daarvan: toon de rechten waarmee PostgreSQL-logins van medewerkers werken als eigenaar van de database, of ken ze toe
    .value-print = Schrijf het script naar standaarduitvoer
    .value-apply = Voer het uit
help-doctor = Loop alles na wat de desk nodig heeft: elke regel zegt hoe het te verhelpen is
    .examples =
        Voorbeelden:
          balie doctor
          balie --format json doctor
          balie --format prometheus doctor      voor de textfile collector van node_exporter: docs/operations.md
help-backup = Maak een kopie van de desk terwijl anderen werken, controleer er een of zet er een terug
    .examples =
        Voorbeelden:
          balie backup /mnt/safe/balie.backup          vervangt een eerdere kopie van deze desk, en niets anders
          balie backup /mnt/safe --keep 48             onder een eigen naam in die map; de nieuwste 48 blijven
          balie backup verify /mnt/safe/balie.backup   de kopie is heel, en haar logboek klopt
          balie backup restore /mnt/safe/balie.backup  de kopie wordt teruggezet, waar geen desk meer is

        Een kopie bevat alles wat vastgelegd was, terwijl anderen doorwerken; alleen de eigenaar kan haar lezen. De sleutels
        zitten er niet in: bewaar die apart, in een kluis. Op PostgreSQL is het een dump, die `pg_dump` maakt. Kopieën horen
        op een andere computer.
help-backup--file = Waar de kopie komt: een bestand, of met --keep een map
help-backup--keep = Houd zoveel kopieën in die map, en verwijder oudere van deze desk
help-backup-verify = Controleer dat een kopie heel is en dat haar logboek klopt
    .examples =
        Voorbeeld:
          balie backup verify /mnt/safe/balie.backup

        Dit heeft geen desk nodig en wijzigt niets. Een dump van PostgreSQL wordt tot het einde gelezen; het logboek ervan
        wordt nagelopen waar de dump teruggezet is, door `balie audit verify`. Exitcode 8 als de kopie beschadigd is of het
        logboek niet klopt.
help-backup-verify--file = De kopie
help-backup-restore = Zet een kopie terug waar geen desk meer is
    .examples =
        Voorbeelden:
          balie backup restore /mnt/safe/balie.backup
          balie backup restore /mnt/safe/balie.backup --checkpoint /mnt/safe/balie.checkpoint
          balie -n backup restore /mnt/safe/balie.backup      alles behalve de laatste stap

        Voor een admin, waar geen desk meer is: er wordt nooit iets vervangen. Het kan alleen met de sleutels van de desk. Van
        een gesloten desk vraagt het wachtwoord en code van een admin, zoals de kopie die kent. Eerst wordt de kopie
        gecontroleerd, haar logboek en haar stand. Sessies, verzoeken, codes, goedkeuringen en mails daarin die sindsdien
        gebruikt kunnen zijn, gelden niet meer. Het logboek gaat verder met een ondertekende regel, elke auditor krijgt
        bericht per mail, en met een checkpoint dat elders bewaard is, is bekend welke logregels weg zijn. Leg het logboek
        daar als eerste naast:
          balie audit verify --state --checkpoint BESTAND --restored 1207
help-backup-restore--file = De kopie
help-backup-restore--checkpoint = Een checkpoint dat elders bewaard is: het zegt welke logregels weg zijn (mag vaker)
help-backup-restore--login = Wie u bent, als admin in de kopie (standaard: de gebruiker van het systeem)
help-backup-restore--password_stdin = Lees het wachtwoord van standaardinvoer: de eerste regel
help-backup-restore--code_stdin = Lees de code van standaardinvoer: de laatste regel
help-operator = Wie hier werkt, als wat, en waar
help-operator-add = Leg een medewerker vast, met een eerste wachtwoord
    .examples =
        Voorbeelden:
          balie operator add petra --role senior --region utrecht --region rijnmond
          balie operator add omar --role auditor --work-email omar@otservicedesk.nl

        Het wachtwoord wordt één keer getoond, en moet binnen 72 uur vervangen worden bij de eerste `balie login`.
help-operator-add--login = Waarmee de medewerker inlogt
help-operator-add--role = { -rollen }
help-operator-add--regions = { -regios }
help-operator-add--work_email = Het eigen werkadres van de medewerker
help-operator-add--password_stdin = Lees het eerste wachtwoord van standaardinvoer, in plaats van er een te verzinnen
help-operator-list = Alle medewerkers
help-operator-show = Eén medewerker
help-operator-show--login = { -medewerker }
help-operator-disable = Schakel een medewerker uit: de sessies eindigen meteen
help-operator-disable--login = { -medewerker }
help-operator-enable = Laat een uitgeschakelde medewerker weer werken
help-operator-enable--login = { -medewerker }
help-operator-role = Geef een medewerker een andere rol, andere regio's, een werkadres of een taak
    .examples =
        Voorbeelden:
          balie operator role petra senior --region utrecht
          balie operator role petra --work-email petra@otservicedesk.nl
          balie operator role petra --duty totp              de computer van petra heeft de sleutels die geheimen openen
          balie operator role petra --duty none
help-operator-role--login = { -medewerker }
help-operator-role--role = { -rollen }
help-operator-role--regions = { -regios }
help-operator-role--work_email = Het eigen werkadres van de medewerker: zonder kan die niet resetten of goedkeuren
help-operator-role--duty = totp: wie een code moet laten controleren, wordt naar deze medewerker verwezen; none haalt dat weg
help-operator-reset-password = Geef een medewerker een eerste wachtwoord, of kies zelf een nieuw
    .examples =
        Voorbeelden:
          balie operator reset-password petra      koppeling en sessies van petra eindigen
          balie operator reset-password fatima     je eigen: vraagt om het oude, en je kiest het volgende
          … | balie operator reset-password fatima --old-password-stdin --password-stdin

        Je houdt je koppeling; je sessies eindigen, deze ook. Het eerste wachtwoord van een desk sluit hem voorgoed: vanaf
        dan moet iedereen inloggen met `balie login`.
help-operator-reset-password--login = { -medewerker }
help-operator-reset-password--old_password_stdin = Lees eerst je oude wachtwoord van standaardinvoer
help-operator-reset-password--old_password_file = Lees je oude wachtwoord uit een bestand
help-operator-reset-password--password_stdin = Lees het nieuwe wachtwoord van standaardinvoer
help-operator-token = Tokens voor scripts
help-operator-token-add = Maak een token voor een script
    .examples =
        Voorbeelden:
          balie operator token add nachtelijk --scope bulk:reset --region utrecht --expires 30d --out token
          BALIE_TOKEN_FILE=token balie bulk plan reset rijen.csv --request R-4K7Q2

        Het token mag nooit meer dan de rol van de medewerker. Het wordt één keer getoond; met --out komt het in een nieuw
        bestand dat alleen jij kunt lezen. Een token voor iemand anders werkt pas als die medewerker het aanvaardt.
help-operator-token-add--login = De medewerker voor wie het werkt (standaard: jijzelf)
help-operator-token-add--scopes = Waarvoor: read, log, reset, bulk:reset, bulk:reissue, request:receive, mailbox:fetch of outbox:send; één keer per doel
help-operator-token-add--regions = Alleen deze regio; één keer per regio (standaard: die van de medewerker)
help-operator-token-add--expires = Hoe lang: 12h, 30d
help-operator-token-add--out = Schrijf het naar dit nieuwe bestand
help-operator-token-list = Tokens, de nieuwste bovenaan
help-operator-token-list--login = Alleen van deze medewerker
help-operator-token-accept = Aanvaard een token dat een collega op jouw naam maakte
    .examples =
        Voorbeeld:
          balie operator token accept T-4K7Q2
help-operator-token-accept--id = Het nummer, bijvoorbeeld T-4K7Q2
help-operator-token-revoke = Trek een token in
help-operator-token-revoke--id = Het nummer, bijvoorbeeld T-4K7Q2
help-service = Diensten: accounts voor timers, elk met een token voor één taak
help-service-add = Een account voor een timer, met een token voor alleen die taak
    .examples =
        Voorbeelden:
          balie service add ophaler --job fetch --out /etc/balie/fetch.token
          balie service add verzender --job send --expires 90d --out send.token
          BALIE_TOKEN_FILE=send.token balie outbox send

        fetch `mailbox fetch`, send `outbox send`, remind `pending --remind`, prune `audit prune`, checkpoint `audit checkpoint`,
        import `directory import`, export `audit export`, backup `backup BESTAND`, report `audit enrollments` en `audit mail`,
        doctor `doctor`; en elk ook `whoami`, om het token te proberen.
        Een dienst heeft geen wachtwoord. Nog eens uitgevoerd voor een bestaande dienst, maakt het nog een token;
        `balie operator token revoke` trekt er een in, `balie operator disable` schakelt de dienst uit.
help-service-add--name = Hoe de dienst heet
help-service-add--job = Wat de dienst doet
help-service-add--expires = Hoe lang het token werkt, bijvoorbeeld 90d; hooguit een jaar
help-service-add--out = Schrijf het token naar dit nieuwe bestand, in plaats van het te tonen
help-settings = De eigen regels en servers van de desk: bekijk en wijzig ze
help-settings-list = Elke instelling: wat er geldt, en wie het wanneer instelde
    .examples =
        Voorbeeld:
          balie settings list

        Op een gesloten desk gelden deze, wat iemands bestand of variabelen ook zeggen: die kunnen ze alleen strenger
        maken. Een open desk volgt de configuratie; sluit hij, dan wordt die de instellingen.
help-settings-set = Wijzig er een
    .examples =
        Voorbeelden:
          balie settings set policy.challenge always
          balie settings set smtp.url smtps://balie@mail.example.nl
          balie settings set policy.privileged_roles admin,beheerder,ict
          balie settings set policy.max_age_hours --default
help-settings-set--key = Groep en naam, zoals `balie settings list` ze toont
help-settings-set--value = Wat er moet gelden; in een lijst met komma's ertussen
help-settings-set--default = Terug naar de standaardwaarde
help-settings-import = Neem de helft van de desk over uit een configuratiebestand
    .examples =
        Voorbeelden:
          balie settings import /etc/balie/desk.toml
          balie settings import - < desk.toml

        Wat niet in het bestand staat, blijft zoals het is. Wat van elke computer zelf is (`[database]`, `[keys]`,
        `[operator]`, de wachtwoordbestanden), wordt niet overgenomen.
help-settings-import--file = Het bestand (- voor standaardinvoer)
help-key = Sleutels: wat waarmee verzegeld is, en een nieuwe
help-key-status = Welke sleutels er zijn, en wat er met elk verzegeld is
    .examples =
        Voorbeeld:
          balie key status
help-key-rotate = Maak een nieuwe sleutel en verzegel alles daarmee, terwijl anderen doorwerken
    .examples =
        Voorbeelden:
          balie key rotate
          balie key rotate --out nieuw.toml       de sleutels komen van een opdracht: zet dit bestand waar die leest

        Werd het onderbroken, voer het dan nog eens uit: het gaat verder waar het eindigde. Kopieer het nieuwe sleutelbestand
        naar elke computer van de desk, en naar de kluis. De oude sleutel blijft tot `balie key retire SLEUTEL`.
help-key-rotate--out = Schrijf de nieuwe sleutels naar dit bestand, als de sleutels van een opdracht komen
help-key-split = Schrijf een sleutelbestand voor een computer die kan resetten maar geen geheim kan openen
    .examples =
        Voorbeelden:
          balie key split desk-keys.toml
          balie operator role petra --duty totp        petra houdt het hele sleutelbestand, en controleert codes voor anderen

        Een computer met dat bestand kan reset, reissue, undo en enroll begin. Wat geheimen opent (totp check, enroll
        confirm, outbox send van mails met een code, key rotate) eindigt daar met keys_unavailable, en noemt wie het kan.
        Maak na `balie key rotate` nieuwe bestanden en deel ze uit.
help-key-split--file = Het nieuwe bestand; een bestaand wordt niet overschreven
help-key-retire = Haal een oude sleutel uit het sleutelbestand, als er niets meer mee verzegeld is
    .examples =
        Voorbeeld:
          balie key retire 1f3a9c02

        Bewaar een kopie in de kluis zolang er kopieën van de database zijn van daarvoor.
help-key-retire--key = De id van de sleutel, zoals `balie key status` hem toont
help-portal = Wat het inlogscherm beslist: de maatstaf voor portalen
help-portal-login = Beslis over het inloggen, precies zoals het inlogscherm: de maatstaf voor portalen
    .examples =
        Voorbeelden:
          balie portal login j.jansen --password-stdin --code-stdin < twee-regels
          balie portal login j.jansen --password-file F --explain

        Eén veld neemt beide soorten code: de zes cijfers van de app, of de herstelcode. Van standaardinvoer is de eerste
        regel het wachtwoord, de volgende de code. De uitkomst is granted, must_enroll (mag alleen koppelen) of denied;
        bij denied is de exitcode 4. De gevolgen worden vastgelegd: een code werkt één keer, na de tiende fout op rij
        gaat de tweede factor op slot, een herstelcode beëindigt de koppeling. docs/portal-contract.md zegt hoe een
        portaal hetzelfde zelf doet.
help-portal-login--account = Wat er als gebruikersnaam getypt is
help-portal-login--password_stdin = Lees het wachtwoord van standaardinvoer
help-portal-login--password_file = Lees het wachtwoord uit een bestand
help-portal-login--code_stdin = Lees de code van standaardinvoer
help-portal-login--explain = Vertel de medewerker wat er niet klopte
help-portal-password = Geef een wachtwoord aan een inlog die er geen heeft, of vervang het oude
    .examples =
        Voorbeelden:
          balie portal password j.jansen --password-stdin      het nieuwe
          balie portal password j.jansen --old-password-stdin --password-stdin      het oude, dan het nieuwe
          balie portal password j.jansen --hash-stdin          een Argon2id-hash die een ander systeem maakte

        Portalen bewaren wachtwoorden (accounts.password_hash); dit is voor portalen die er geen meebrengen. Een wachtwoord
        dat er is, kan alleen vervangen worden door wie het kent, dus kan de desk geen inlog overnemen. De eigenaar krijgt
        bericht.
help-portal-password--account = { -gebruikersnaam }
help-portal-password--password_stdin = Lees het nieuwe wachtwoord van standaardinvoer
help-portal-password--hash_stdin = Lees een Argon2id-hash (PHC-tekst) van standaardinvoer
help-portal-password--old_password_stdin = Lees eerst het oude wachtwoord van standaardinvoer
help-directory = Neem uit CSV-bestanden over wie wie is
help-directory-import = Neem regions.csv, organisations.csv, accounts.csv en requesters.csv over: alles of niets
    .examples =
        Voorbeelden:
          balie directory import ./map
          balie directory import ./map --dry-run          controleer de bestanden, wijzig niets

        Kolommen:
          regions        code,name,servicedesk_address
          organisations  code,kind,name,region,parent,mail_domains
          accounts       username,name,work_email,roles,status
          requesters     work_email,name,capacity,organisation,valid_from,valid_until
help-directory-import--folder = De map met de vier bestanden
help-completions = Schrijf de aanvullingen voor een shell
help-completions--shell = Welke shell
help-man = Schrijf de man-pagina's naar een map
help-man--folder = De map
help-schema = Hoe de documenten van `--format json` eruitzien: hun JSON-schema's
    .examples =
        Voorbeelden:
          balie schema                        de namen, en wat elk document vertelt
          balie schema request
          balie schema balie.request/1        hetzelfde: `schema` in een document noemt het
          balie schema found --row            een regel van `--format ndjson`

        Binnen een versie kunnen er velden bij komen, dus sla onbekende over; er valt er geen weg en geen enkel verandert
        van betekenis. Tijden zijn RFC 3339 in UTC, id's zijn tekst. `error` is het object op standaardfout.
help-schema--name = Welk document, bijvoorbeeld request of balie.request/1
help-schema--row = In plaats daarvan het schema van een regel van `--format ndjson`
