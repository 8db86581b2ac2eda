# Vragen aan een terminal, en wat een antwoord is. Het kenmerk van een tekst is het Engels, woord voor woord.


# Ja en nee
y-N = { "" }[j/N]
your-yes = je ja
you-said-no-nothing-was-changed = je zei nee; er is niets gewijzigd
no-answer-nothing-was-changed = geen antwoord; er is niets gewijzigd
no-answer-nothing-was-changed-error = geen antwoord; er is niets gewijzigd ({ $error })
interrupted-what-was-done-stands = afgebroken; wat al gedaan was, blijft staan
what-is-missing = { $what } ontbreekt
pass-flag = geef { $flag } op
n-1-account = 1 inlog
number-accounts = { $number } inloggen

# Wie en wat
Who = Wie
Which = Welke
On-which-request = Op welk verzoek
the-request = het verzoek
The-requests-id = Het nummer van het verzoek
Username = Gebruikersnaam
The-username = De gebruikersnaam
The-holders-name = De naam van de eigenaar
The-work-address = Het werkmailadres
The-mail-eml = De mail (.eml)
The-receipt = Het ontvangstbewijs
File-with-the-usernames = Bestand met de gebruikersnamen
Folder-with-the-four-CSV-files = Map met de vier CSV-bestanden
CSV-file-with-username-otpauth-uri = CSV-bestand met username,otpauth_uri
The-folder-to-write-the-codes-to = De map waarin de codes komen
The-file-to-write = Het bestand dat geschreven wordt
The-age-recipient = De age-sleutel van de ontvanger
The-holders-age-recipient = De age-sleutel van de eigenaar
The-code-that-was-mailed = De code uit de mail
The-holder-has-it-written-down-Enter = De eigenaar heeft hem opgeschreven (Enter)
Who-does-the-mail-speak-of-space-picks-enter-continues = Over wie gaat de mail (spatie kiest, Enter gaat door)
nobody-matches-text = niemand past bij `{ $text }`
try-a-shorter-part-or-another-spelling = probeer een korter stuk, of een andere spelling
no-request-is-ready-for-who = er staat geen verzoek klaar voor { $who }
see-what-waits-with-balie-request-list-waiting = bekijk wat er wacht met `balie request list --waiting`

# Waarom
Why = Waarom
Why-for-the-log = Waarom (voor het logboek)
Why-the-requester-reads-it = Waarom (de aanvrager leest dit)
Why-nobody-is-mailed = Waarom (niemand krijgt mail)

# Wachtwoorden
hidden = { "" }[verborgen]
New-password = Nieuw wachtwoord
Once-more = Nog een keer
Your-current-password = Je huidige wachtwoord
the-new-password = het nieuwe wachtwoord
Those-were-two-different-passwords = Dat waren twee verschillende wachtwoorden.
Choose-your-password-now-and-close-the-desk = Nu je wachtwoord kiezen, en zo de desk sluiten

# Wil je dit echt?
Reset-2FA-of-accounts = 2FA resetten van { $accounts }
Reset-2FA-of-accounts-on-request = 2FA resetten van { $accounts } op { $request }
Reset-2FA-of-accounts-which-name-asks-for-in-request = 2FA resetten van { $accounts }, op verzoek van { $name } ({ $request })
Reset-2FA-of-username-without-a-request = 2FA resetten van { $username } zonder verzoek
Start-a-break-glass-case-for-username = Een noodgeval beginnen voor { $username }
Issue-a-recovery-code-for-username-by-way = Een herstelcode uitgeven voor { $username } ({ $way })
Issue-recovery-codes-for-accounts = Herstelcodes uitgeven voor { $accounts }
Undo-the-reset-of-who = De reset van { $who } ongedaan maken
Approve-id-for-accounts = { $id } goedkeuren voor { $accounts }
Reject-id-for-good = { $id } definitief afwijzen
Close-id-for-good-and-tell-nobody = { $id } definitief sluiten, en niemand inlichten
Take-over-what-a-colleague-may-have-open-here = Overnemen wat een collega hier misschien open heeft
Is-the-holder-here-Begin-an-enrollment-of-username = Is de eigenaar hier? Een koppeling beginnen voor { $username }
Open-the-enrollment-window-of-username-again = { $username } opnieuw tijd geven om te koppelen
Unlock-the-second-factor-of-username = De tweede factor van { $username } ontgrendelen
Block-username = { $username } blokkeren
Unblock-username = { $username } deblokkeren
From-now-on-address-may-no-longer-ask = Vanaf nu mag { $address } niets meer aanvragen
Cancel-id = { $id } annuleren
Disable-login = { $login } uitschakelen
Make-login-role = { $login } de rol { $role } geven
Register-address-for-login = { $address } vastleggen voor { $login }
Give-login-the-duty-duty = { $login } de taak { $duty } geven
Remove-the-duty-of-login = De taak van { $login } weghalen
Give-login-another-password-and-end-all-sessions-of-login = { $login } een ander wachtwoord geven, en alle sessies van { $login } beëindigen
Revoke-id-at-once = { $id } nu intrekken
Seal-everything-under-a-new-key = Alles verzegelen onder een nieuwe sleutel
Remove-the-key-key = De sleutel { $key } verwijderen
Erase-what-has-been-kept-long-enough = Wissen wat lang genoeg bewaard is
Change-what = { $what } wijzigen

# balie desk
number-waiting = { $number } wachten
look-again = opnieuw kijken
thats-all-for-now = klaar voor nu
the-next-case = de volgende zaak
Request-id = Verzoek { $id }

# Hoe een herstelcode de eigenaar bereikt
mail = mail
letter = brief
sealed = verzegeld
screen = scherm

# Wat er verkeerd getypt is
usage = gebruik
typed-doesnt-belong-here = `{ $typed }` hoort hier niet
there-is-no-command-typed = er is geen opdracht `{ $typed }`
a-command-is-missing = er ontbreekt een opdracht
argument-is-missing = `{ $argument }` ontbreekt
argument-and-other-dont-go-together = `{ $argument }` en `{ $other }` gaan niet samen
argument-may-be-given-only-once = `{ $argument }` mag maar één keer
argument-needs-a-value = `{ $argument }` heeft een waarde nodig
value-isnt-a-value-of-argument = `{ $value }` is geen waarde van `{ $argument }`
argument-why = { $argument }: { $why }
value-is-one-value-too-many-for-argument = `{ $value }` is één waarde te veel voor `{ $argument }`
argument-takes-its-value-behind-an-equals-sign = `{ $argument }` krijgt zijn waarde achter een =-teken
what-was-typed-isnt-text-UTF-8 = wat getypt is, is geen tekst (UTF-8)
it-takes-values = mogelijk is `{ $values }`
see-the-help-command-help = zie de hulp: `{ $command } --help`
OPTIONS = { "" }[OPTIES]
