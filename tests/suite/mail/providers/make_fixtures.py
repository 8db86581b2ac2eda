#!/usr/bin/env python3
"""Signs some of the shapes of this folder with dkimpy, a signer (DKIM and ARC) that is not ours.

    pip install dkimpy authres && tests/suite/mail/providers/make_fixtures.py

The private keys are thrown away; the public ones go to fixtures/dns.txt. Times are fixed: the tests
judge at 2026-09-21T14:13:20Z. A name tells how the mail has to come out: verified, challenge or
hostile (anything but verified).
"""
import base64
import pathlib
import subprocess
import sys
import time

import dkim

HERE = pathlib.Path(__file__).parent / "fixtures"
NOW = 1_790_000_000
time.time = lambda: NOW - 600
DATE = "Mon, 21 Sep 2026 14:03:20 +0000"
DOMAIN, TENANT = "beatrixschool.nl", "stichtingdevecht.onmicrosoft.com"
MICROSOFT = "from:date:subject:message-id:content-type:mime-version:x-ms-exchange-senderadcheck"
SEAL = "from:date:subject:message-id:content-type:mime-version:x-ms-exchange-antispam-messagedata-chunkcount"
GOOGLE = "to:subject:message-id:date:from:mime-version:from:to:cc:subject:date:message-id:reply-to"
TRANSIP = "from:subject:to:cc:references:in-reply-to:date:mime-version:content-type"
records, keys = {}, {}


def openssl(*args, stdin=None):
    return subprocess.run(["openssl", *args], input=stdin, check=True, capture_output=True).stdout


def key(selector, domain):
    private = openssl("genrsa", "-traditional", "2048")
    public = openssl("rsa", "-pubout", "-outform", "DER", stdin=private)
    records[f"{selector}._domainkey.{domain}"] = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
    keys[selector, domain] = private


def text(number, first=""):
    return (f"{first}Beste servicedesk,\n\nWil je de 2FA van Joost Jansen (j.jansen) resetten?\n"
            f"Ons kenmerk is {number}.\n\nGroet,\nDaan Visser\n").replace("\n", "\r\n")


def alternative(boundary, words):
    html = "<div>" + words.replace("\r\n", "<br>\r\n") + "</div>"
    return (f"--{boundary}\r\nContent-Type: text/plain; charset=\"UTF-8\"\r\n\r\n{words}\r\n"
            f"--{boundary}\r\nContent-Type: text/html; charset=\"UTF-8\"\r\n\r\n{html}\r\n--{boundary}--\r\n")


def mail(number, body, kind, subject="Vraag", to="utrecht@otservicedesk.nl", more=""):
    return (f"From: Daan Visser <d.visser@beatrixschool.nl>\r\nTo: {to}\r\nSubject: {subject}\r\n"
            f"Date: {DATE}\r\nMessage-ID: <fixture-{number}@mail.beatrixschool.nl>\r\n{more}"
            f"Content-Type: {kind}\r\nMIME-Version: 1.0\r\n\r\n{body}").encode()


def sign(raw, selector, domain, fields, how=b"relaxed/relaxed"):
    return dkim.sign(raw, selector.encode(), domain.encode(), keys[selector, domain],
                     canonicalize=tuple(how.split(b"/")), include_headers=[f.encode() for f in fields.split(":")]) + raw


def seal(raw, results, selector="arcselector10001", domain="microsoft.com"):
    # dkimpy takes the results from the topmost Authentication-Results; that field then goes.
    said = f"Authentication-Results: mx.microsoft.com 1; {results}\r\n".encode()
    fields = dkim.arc_sign(said + raw, selector.encode(), domain.encode(), keys[selector, domain], b"mx.microsoft.com",
                           include_headers=[f.encode() for f in SEAL.split(":")], timestamp=NOW - 600)
    assert fields, "sealed"
    return b"".join(fields) + raw


def put(name, raw, holds=True):
    dns = {n + ".": r for n, r in records.items()}
    ask = lambda n, timeout=5: dns.get(n.decode(), "").encode()
    assert dkim.verify(raw, dnsfunc=ask) == holds, name
    if b"\nARC-Seal" in raw or raw.startswith(b"ARC-Seal"):
        cv, _, why = dkim.arc_verify(raw, dnsfunc=ask)
        assert cv == dkim.CV_Pass, (name, why)
    (HERE / f"{name}.eml").write_bytes(raw)
    print(f"{name}: as it should by dkimpy", file=sys.stderr)


HERE.mkdir(exist_ok=True)
for place in [("selector1", DOMAIN), ("google", DOMAIN), ("transip-a", DOMAIN),
              ("selector1-stichtingdevecht-onmicrosoft-com", TENANT), ("arcselector10001", "microsoft.com"),
              ("evil", "evil.example")]:
    key(*place)
ADCHECK = "x-ms-exchange-senderadcheck: 1\r\nx-ms-exchange-antispam-messagedata-chunkcount: 1\r\n"
INSIDE = (f"spf=pass smtp.mailfrom={DOMAIN}; dmarc=pass action=none header.from={DOMAIN};"
          f" dkim=pass header.d={DOMAIN}; arc=none")
OUTSIDE = (f"spf=fail smtp.mailfrom={DOMAIN}; dmarc=fail action=none header.from={DOMAIN};"
           " dkim=none (message not signed); arc=none")
LINE = "Aan: utrecht@otservicedesk.nl\n\n"


def microsoft(number, first=LINE, to="utrecht@otservicedesk.nl", subject="Vraag"):
    boundary = f"_000_AM9PR04MB8{number}EURPRD04_"
    kind = f"multipart/alternative;\r\n\tboundary=\"{boundary}\""
    return mail(number, alternative(boundary, text(number, first)), kind, subject, to, ADCHECK)


def signed(raw):
    return sign(raw, "selector1", DOMAIN, MICROSOFT)


put("verified-microsoft-line", seal(signed(microsoft(101)), INSIDE))
put("verified-microsoft-subject", seal(signed(microsoft(102, "", subject="2FA-reset utrecht@otservicedesk.nl")), INSIDE))
put("challenge-microsoft-no-line", seal(signed(microsoft(103, "")), INSIDE))
put("challenge-microsoft-unsealed", signed(microsoft(104)))
put("hostile-microsoft-injected", seal(signed(microsoft(105)), OUTSIDE))
put("hostile-microsoft-sealed-by-evil", seal(signed(microsoft(106)), INSIDE, "evil", "evil.example"))
put("hostile-microsoft-to-changed", seal(signed(microsoft(107, "", to="j.jansen@beatrixschool.nl")), INSIDE)
    .replace(b"To: j.jansen@beatrixschool.nl", b"To: utrecht@otservicedesk.nl", 1))
put("hostile-tenant", seal(sign(microsoft(108), "selector1-stichtingdevecht-onmicrosoft-com", TENANT, MICROSOFT), INSIDE))
blank = seal(signed(microsoft(109)), INSIDE)
put("verified-microsoft-blanks", blank.replace(b'charset="UTF-8"\r\n\r\n', b'charset="UTF-8"\r\n \r\n'))
bound = "000000000000a1c4f2062b"
google = mail(201, alternative(bound, text(201)), f"multipart/alternative; boundary=\"{bound}\"")
put("verified-google", sign(google, "google", DOMAIN, GOOGLE))
google = sign(mail(202, alternative(bound, text(202)), f"multipart/alternative; boundary=\"{bound}\""), "google", DOMAIN, GOOGLE)
put("hostile-google-as-html", google.replace(b"Content-Type: multipart/alternative;", b"Content-Type: text/html;", 1))
google = sign(mail(203, alternative(bound, text(203)), f"multipart/alternative; boundary=\"{bound}\""), "google", DOMAIN, GOOGLE)
put("hostile-google-base64", b"Content-Transfer-Encoding: base64\r\n" + google)
plain = "text/plain; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 7bit"
put("verified-transip", sign(mail(301, text(301), plain), "transip-a", DOMAIN, TRANSIP))
put("verified-transip-simple", sign(mail(302, text(302), plain), "transip-a", DOMAIN, TRANSIP, b"simple/simple"))
flipped = sign(mail(303, text(303), plain), "transip-a", DOMAIN, TRANSIP)
put("hostile-transip-base64", flipped.replace(b"Encoding: 7bit", b"Encoding: base64", 1))
(HERE / "dns.txt").write_text("".join(f"{n} {r}\n" for n, r in records.items()))
