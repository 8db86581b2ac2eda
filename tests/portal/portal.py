"""A portal's login and enrollment, from docs/portal-contract.md alone: no code of Balie's.

    portal.py DATABASE KEYS

DATABASE is a SQLite file or a postgres:// URL. Reads one JSON object a line, and answers with one a line:
verb `login` (username, password, and typed: what stood in the code field), `enroll` (username; begins and
confirms as the holder's app would, and gives the secret), `look` (username; what is written).
"""

import base64
import hashlib
import json
import os
import re
import sqlite3
import struct
import sys
import time
import tomllib
import urllib.parse

import nacl.bindings as nacl
import pyotp
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import Argon2Error, InvalidHashError
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey

ARGON2 = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
DUMMY = ARGON2.hash("a password that nobody has")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = ALPHABET + "*~$=U"
SECOND = 1_000_000
HOUR = 3_600 * SECOND
LOCKS_AT, VOIDS_AT = 10, 100


class Database:
    """One transaction on either engine. Times are whole microseconds since 1970, UTC."""

    def __init__(self, url):
        self.postgres = url.startswith("postgres")
        if self.postgres:
            import psycopg

            parts = urllib.parse.urlsplit(url)
            options = dict(urllib.parse.parse_qsl(parts.query))
            self.connection = psycopg.connect(dbname=parts.path.lstrip("/"), **options)
        else:
            self.connection = sqlite3.connect(url, isolation_level=None, timeout=20)
            self.connection.execute("PRAGMA foreign_keys = ON")

    def begin(self):
        if not self.postgres:
            self.connection.execute("BEGIN IMMEDIATE")

    def run(self, sql, *values):
        return self.connection.execute(sql if self.postgres else sql.replace("%s", "?"), values)

    def one(self, sql, *values):
        return self.run(sql, *values).fetchone()

    def lock(self, username):
        """The account; nobody else changes its second factor until the transaction ends."""
        suffix = " FOR UPDATE" if self.postgres else ""
        return self.one(
            "SELECT id, status, password_hash, enroll_by FROM accounts WHERE username = %s" + suffix, username
        )

    def commit(self):
        self.connection.commit() if self.postgres else self.connection.execute("COMMIT")


# What secrets are sealed with since 0.2.0 (RFC 9180), and for what.
SUITE = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.CHACHA20_POLY1305)
INFO = b"balie.seal-to-half/1"


class Keys:
    """The sealing keys: the last one seals, any of them opens."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.keys = [(key["id"], key) for key in tomllib.load(file)["seal"]]

    @staticmethod
    def bound_to(account, uid):
        return b"balie.totp/1" + struct.pack(">q", account) + uid

    def open(self, account, uid, key_id, sealed):
        sealed, bound = bytes(sealed), self.bound_to(account, bytes(uid))
        key = dict(self.keys)[key_id]
        if "public" in key:
            opening = X25519PrivateKey.from_private_bytes(base64.b64decode(key["open"]))
            opening = KEMKey.from_pyca_cryptography_key(opening)
            return SUITE.create_recipient_context(sealed[:32], opening, info=INFO).open(sealed[32:], aad=bound)
        return nacl.crypto_aead_xchacha20poly1305_ietf_decrypt(
            sealed[24:], bound, sealed[:24], base64.b64decode(key["key"])
        )

    def seal(self, account, uid, secret):
        key_id, key = self.keys[-1]
        bound = self.bound_to(account, uid)
        if "public" in key:
            public = X25519PublicKey.from_public_bytes(base64.b64decode(key["public"]))
            public = KEMKey.from_pyca_cryptography_key(public)
            encapsulated, context = SUITE.create_sender_context(public, info=INFO)
            return key_id, encapsulated + context.seal(secret, aad=bound)
        nonce = random_bytes(24)
        return key_id, nonce + nacl.crypto_aead_xchacha20poly1305_ietf_encrypt(
            secret, bound, nonce, base64.b64decode(key["key"])
        )


def random_bytes(length):
    return os.urandom(length)


def fits(stored, secret):
    """None where no hash is stored that can be checked; the work is done all the same."""
    try:
        cost = extract_parameters(stored or "")
        usable = cost.memory_cost <= 262_144 and cost.time_cost <= 10 and cost.parallelism <= 4
    except InvalidHashError:
        usable = False
    try:
        right = ARGON2.verify(stored if usable else DUMMY, secret)
    except Argon2Error:
        right = False
    return right if usable else None


def check_character(code):
    value = 0
    for c in code:
        value = value * 32 + ALPHABET.index(c)
    return CHECKS[value % 37]


def read_recovery_code(text):
    """The 20 characters; None for a typing error."""
    text = re.sub(r"[\s-]", "", text).upper()
    if len(text) != 21:
        return None
    code, check = (part.replace("O", "0").replace("I", "1").replace("L", "1") for part in (text[:20], text[20]))
    if any(c not in ALPHABET for c in code):
        return None
    return code if check_character(code) == check else None


def draw_recovery_code():
    """Twenty characters and their check character, which has to be one that people can read aloud."""
    while True:
        code = "".join(ALPHABET[byte & 31] for byte in os.urandom(20))
        if (check := check_character(code)) in ALPHABET:
            return code, check


def right_steps(row, keys, account, code, now):
    """The steps within one of now whose code this is, lowest first."""
    uid, key_id, sealed, algorithm, digits, period = row
    secret = base64.b32encode(keys.open(account, uid, key_id, sealed)).decode().rstrip("=")
    digest = {"SHA1": "sha1", "SHA256": "sha256", "SHA512": "sha512"}[algorithm]
    totp = pyotp.TOTP(secret, digits=digits, digest=getattr(hashlib, digest), interval=period)
    here = now // SECOND // period
    return [
        step for step in range(here - 1, here + 2) if pyotp.utils.strings_equal(totp.generate_otp(step), code)
    ]


def log_in(database, keys, username, password, typed):
    now = time.time_ns() // 1_000
    digits = re.sub(r"\s", "", typed)
    verification = digits if re.fullmatch(r"[0-9]{6,8}", digits) else None
    recovery = None if verification else read_recovery_code(typed)

    database.begin()
    account = database.lock(username.lower())
    enrollment = code_row = None
    if account:
        enrollment = database.one(
            "SELECT id, uid, key_id, sealed_secret, algorithm, digits, period, enrolled_at,"
            " last_accepted_step, failed_attempts, locked_at"
            " FROM enrollments WHERE account_id = %s AND retired_at IS NULL",
            account[0],
        )
        code_row = database.one(
            "SELECT id, hash, expires_at, failed_attempts FROM recovery_codes"
            " WHERE account_id = %s AND used_at IS NULL AND revoked_at IS NULL",
            account[0],
        )
    # The same work, whatever is right or there.
    password_fits = fits(account[2] if account else None, password)
    recovery_fits = fits(code_row[1] if code_row else None, recovery) if recovery else None

    outcome = decide(database, keys, now, account, enrollment, code_row, password_fits, verification, recovery, recovery_fits)
    database.commit()
    return outcome


def decide(database, keys, now, account, enrollment, code_row, password_fits, verification, recovery, recovery_fits):
    if not account or account[1] != "active" or not password_fits:
        return "denied"
    account_id, _, _, enroll_by = account
    enrolled = enrollment is not None and enrollment[7] is not None
    if not enrolled and enroll_by is not None and now < enroll_by:
        return "must_enroll"
    if recovery:
        return recover(database, now, account_id, code_row, recovery_fits)
    if not enrolled or not verification:
        return "denied"
    enrollment_id, last, locked_at = enrollment[0], enrollment[8], enrollment[10]
    if locked_at is not None:
        return "denied"
    if last is not None and last > now // SECOND // enrollment[6] + 1:
        return "denied"  # This server's clock has gone back: nobody is to be locked for it.
    steps = right_steps(enrollment[1:7], keys, account_id, verification, now)
    fresh = [step for step in steps if last is None or step > last]
    if fresh:
        accepted = database.run(
            "UPDATE enrollments SET last_accepted_step = %s, last_used_at = %s, failed_attempts = 0"
            " WHERE id = %s AND retired_at IS NULL AND locked_at IS NULL"
            " AND (last_accepted_step IS NULL OR last_accepted_step < %s)",
            fresh[0], now, enrollment_id, fresh[0],
        )
        if accepted.rowcount == 1:
            database.run("UPDATE accounts SET last_login_at = %s WHERE id = %s", now, account_id)
            return "granted"
    database.run(
        "UPDATE enrollments SET failed_attempts = failed_attempts + 1,"
        " locked_at = CASE WHEN failed_attempts + 1 >= %s THEN CAST(%s AS BIGINT) END"
        " WHERE id = %s AND retired_at IS NULL AND locked_at IS NULL",
        LOCKS_AT, now, enrollment_id,
    )
    return "denied"


def recover(database, now, account_id, code_row, recovery_fits):
    if not code_row or (code_row[2] is not None and code_row[2] <= now):
        return "denied"
    if not recovery_fits:
        database.run(
            "UPDATE recovery_codes SET failed_attempts = failed_attempts + 1,"
            " revoked_at = CASE WHEN failed_attempts + 1 >= %s THEN CAST(%s AS BIGINT) END"
            " WHERE id = %s AND used_at IS NULL AND revoked_at IS NULL",
            VOIDS_AT, now, code_row[0],
        )
        return "denied"
    used = database.run(
        "UPDATE recovery_codes SET used_at = %s WHERE id = %s AND used_at IS NULL AND revoked_at IS NULL",
        now, code_row[0],
    )
    if used.rowcount != 1:
        return "denied"
    database.run(
        "UPDATE enrollments SET retired_at = %s, destroy_at = %s WHERE account_id = %s AND retired_at IS NULL",
        now, now + 24 * HOUR, account_id,
    )
    database.run(
        "UPDATE accounts SET session_epoch = session_epoch + 1, enroll_by = %s, last_login_at = %s WHERE id = %s",
        now + HOUR, now, account_id,
    )
    return "must_enroll"


def enroll(database, keys, username):
    """Begins, lets the holder's app make a code, confirms, and shows the recovery code once."""
    now = time.time_ns() // 1_000
    database.begin()
    account_id, status, _, enroll_by = database.lock(username)
    if status != "active" or enroll_by is None or now >= enroll_by:
        return {"outcome": "denied"}
    if database.one(
        "SELECT 1 FROM enrollments WHERE account_id = %s AND retired_at IS NULL AND enrolled_at IS NOT NULL", account_id
    ):
        return {"outcome": "denied"}
    database.run(
        "UPDATE enrollments SET retired_at = %s, sealed_secret = NULL"
        " WHERE account_id = %s AND retired_at IS NULL AND enrolled_at IS NULL",
        now, account_id,
    )
    secret, uid = random_bytes(20), random_bytes(16)
    key_id, sealed = keys.seal(account_id, uid, secret)
    database.run(
        "INSERT INTO enrollments (account_id, uid, sealed_secret, key_id, algorithm, digits, period, begun_at)"
        " VALUES (%s, %s, %s, %s, 'SHA1', 6, 30, %s)",
        account_id, uid, sealed, key_id, now,
    )
    database.commit()

    shown = base64.b32encode(secret).decode()
    code = pyotp.TOTP(shown).now()
    characters, check = draw_recovery_code()
    recovery_hash = ARGON2.hash(characters)

    database.begin()
    database.lock(username)
    row = database.one(
        "SELECT uid, key_id, sealed_secret, algorithm, digits, period, id FROM enrollments"
        " WHERE account_id = %s AND retired_at IS NULL AND enrolled_at IS NULL",
        account_id,
    )
    now = time.time_ns() // 1_000
    steps = right_steps(row[:6], keys, account_id, code, now)
    confirmed = database.run(
        "UPDATE enrollments SET enrolled_at = %s, last_used_at = %s, last_accepted_step = %s, failed_attempts = 0"
        " WHERE id = %s AND retired_at IS NULL AND enrolled_at IS NULL",
        now, now, steps[0], row[6],
    )
    assert confirmed.rowcount == 1
    database.run("UPDATE accounts SET enroll_by = NULL WHERE id = %s", account_id)
    database.run(
        "UPDATE recovery_codes SET revoked_at = %s"
        " WHERE account_id = %s AND used_at IS NULL AND revoked_at IS NULL",
        now, account_id,
    )
    database.run(
        "INSERT INTO recovery_codes (account_id, hash, issued_at) VALUES (%s, %s, %s)", account_id, recovery_hash, now
    )
    database.commit()
    groups = [characters[at : at + 4] for at in range(0, 20, 4)] + [check]
    return {"outcome": "enrolled", "secret": shown, "recovery_code": "-".join(groups)}


def look(database, username):
    """What is written about an account, without times and secrets."""
    database.begin()
    account = database.one(
        "SELECT id, status, session_epoch, enroll_by IS NULL, last_login_at IS NULL FROM accounts WHERE username = %s",
        username,
    )
    enrollments = database.run(
        "SELECT enrolled_at IS NULL, last_used_at IS NULL, failed_attempts, locked_at IS NULL, retired_at IS NULL,"
        " destroy_at IS NULL, sealed_secret IS NULL FROM enrollments WHERE account_id = %s ORDER BY id",
        account[0],
    ).fetchall()
    codes = database.run(
        "SELECT used_at IS NULL, revoked_at IS NULL, failed_attempts FROM recovery_codes WHERE account_id = %s ORDER BY id",
        account[0],
    ).fetchall()
    database.commit()
    return [[int(value) if isinstance(value, bool) else value for value in row] for row in (account[1:], *enrollments, *codes)]


def main():
    url, key_file = sys.argv[1:]
    database, keys = Database(url), Keys(key_file)
    for line in sys.stdin:
        asked = json.loads(line)
        match asked["verb"]:
            case "login":
                typed = asked["typed"]
                answer = {"outcome": log_in(database, keys, asked["username"], asked["password"], typed)}
            case "enroll":
                answer = enroll(database, keys, asked["username"])
            case "look":
                answer = look(database, asked["username"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
