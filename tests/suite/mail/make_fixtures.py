#!/usr/bin/env python3
"""Signs the mails of fixtures/ with dkimpy, a signer that is not ours: RSA keys of 1024 and 2048 bits
(and of 512, which must not count), Ed25519, both canonicalisations, bodies that end in blanks.

    pip install dkimpy pynacl && tests/suite/mail/make_fixtures.py

The private keys are thrown away; the public ones go to fixtures/dns.txt. Times are fixed: the tests
judge at 2026-09-21T14:13:20Z.
"""
import base64
import pathlib
import subprocess
import sys

import dkim
import nacl.signing

HERE = pathlib.Path(__file__).parent / "fixtures"
DATE = "Mon, 21 Sep 2026 14:03:20 +0000"
HEADERS = [b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type"]
MAIL = f"""From: Daan Visser <d.visser@beatrixschool.nl>\r
To: utrecht@otservicedesk.nl\r
Subject: 2FA van Joost Jansen\r
Date: {DATE}\r
Message-ID: <fixture@mail.beatrixschool.nl>\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset=utf-8\r
\r
Wil je de 2FA van  Joost Jansen (j.jansen) resetten? \r
\r
Groet,\tDaan Visser\r
"""


def openssl(*args, stdin=None):
    return subprocess.run(["openssl", *args], input=stdin, check=True, capture_output=True).stdout


records = {}


def rsa(selector, bits):
    key = openssl("genrsa", "-traditional", str(bits))
    public = openssl("rsa", "-pubout", "-outform", "DER", stdin=key)
    records[selector] = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
    return key


def ed25519(selector):
    key = nacl.signing.SigningKey.generate()
    records[selector] = f"v=DKIM1; k=ed25519; p={base64.b64encode(key.verify_key.encode()).decode()}"
    return base64.b64encode(key.encode())


def sign(name, mail, selector, key, how=b"relaxed/relaxed", algorithm=b"rsa-sha256"):
    raw = mail.encode()
    header = dkim.sign(
        raw, selector.encode(), b"beatrixschool.nl", key,
        canonicalize=tuple(how.split(b"/")), include_headers=HEADERS, signature_algorithm=algorithm,
    )
    (HERE / f"{name}.eml").write_bytes(header + raw)
    dns = {f"{s}._domainkey.beatrixschool.nl.": r for s, r in records.items()}
    holds = dkim.verify(header + raw, dnsfunc=lambda n, timeout=5: dns.get(n.decode(), "").encode(), minkey=512)
    print(f"{name}: {'holds' if holds else 'does not hold'} by dkimpy", file=sys.stderr)


HERE.mkdir(exist_ok=True)
big, small, tiny, ed = rsa("big", 2048), rsa("small", 1024), rsa("tiny", 512), ed25519("ed")
for how in ["relaxed/relaxed", "relaxed/simple", "simple/relaxed", "simple/simple"]:
    name = how.replace("/", "-")
    sign(f"good-rsa2048-{name}", MAIL, "big", big, how.encode())
    sign(f"good-ed25519-{name}", MAIL, "ed", ed, how.encode(), b"ed25519-sha256")
sign("good-rsa1024", MAIL, "small", small)
sign("good-blank-end", MAIL + " \r\n\t\r\n", "big", big)
sign("good-blank-lines-end", MAIL + "\r\n \r\n\r\n", "big", big)
sign("good-blanks-simple", MAIL + "\r\n \r\n\r\n", "big", big, b"relaxed/simple")
sign("good-no-final-newline", MAIL.rstrip(), "big", big)
sign("good-empty-body", MAIL.split("\r\n\r\n")[0] + "\r\n\r\n", "big", big)
sign("bad-rsa512", MAIL, "tiny", tiny)
sign("bad-rsa-sha1", MAIL, "big", big, algorithm=b"rsa-sha1")
changed = (HERE / "good-rsa2048-simple-simple.eml").read_bytes()
(HERE / "bad-one-blank-more.eml").write_bytes(changed.replace(b"van  Joost", b"van   Joost"))
(HERE / "dns.txt").write_text("".join(f"{s}._domainkey.beatrixschool.nl {r}\n" for s, r in records.items()))
