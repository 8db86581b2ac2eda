"""Checks a checkpoint, and an exported log against it, sharing no code with Balie:
check_checkpoint.py NOTE VERIFIER_KEY DESK_UID EXPORT. Written from RFC 8032, RFC 6962, c2sp.org/signed-note
and docs/operations.md."""
import base64
import hashlib
import json
import sys
from datetime import datetime, timezone

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - xx) % P == 0, "no point of the curve"
    return (P - x if x & 1 != sign else x), y


def plus(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    return ((x1 * y2 + x2 * y1) * pow(1 + t, P - 2, P) % P, (y1 * y2 + x1 * x2) * pow(1 - t, P - 2, P) % P)


def times(n, a):
    total = (0, 1)
    while n:
        if n & 1:
            total = plus(total, a)
        a, n = plus(a, a), n >> 1
    return total


def ed25519_holds(key, text, signature):
    base = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    s = int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    return s < L and times(s, base) == plus(point(signature[:32]), times(k, point(key)))


def root(leaves):
    if not leaves:
        return sha()
    if len(leaves) == 1:
        return sha(b"\0", leaves[0])
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1", root(leaves[:split]), root(leaves[split:]))


def field(data):
    return len(data).to_bytes(8, "big") + data


def signed64(number):
    return int(number).to_bytes(8, "big", signed=True)


def micros(text):
    seconds, _, fraction = text.rstrip("Z").partition(".")
    whole = datetime.strptime(seconds, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
    return int(whole.timestamp()) * 1_000_000 + int(fraction.ljust(6, "0"))


note, verifier_key, uid, export = sys.argv[1:]
text, signatures = open(note, "rb").read().rsplit(b"\n\n", 1)
text += b"\n"
origin, size, root_text = text.decode().splitlines()
name, key_id, key = verifier_key.split("+", 2)
key = base64.b64decode(key)
assert origin == name and key[0] == 1
assert sha(name.encode(), b"\n", key)[:4].hex() == key_id
dash, signer, signature = signatures.decode().splitlines()[0].split(" ")
signature = base64.b64decode(signature)
assert (dash, signer, signature[:4].hex()) == ("\u2014", name, key_id)
assert ed25519_holds(key[1:], text, signature[4:]), "the signature doesn't hold"
assert not ed25519_holds(key[1:], text + b" ", signature[4:])

hashes, before = [], sha(b"balie.genesis/1", uid.encode())
for number, line in enumerate(open(export, encoding="utf-8"), 1):
    e = json.loads(line)
    detail = json.dumps(e["detail"], separators=(",", ":"), ensure_ascii=False).encode()
    salt = bytes.fromhex(e["salt"])
    commitment = sha(b"balie.detail/1", field(salt), detail)
    if e["record"]:
        # What binds the record of rows before it (its number), the detail, and the root of its pages.
        record = bytes.fromhex(e["record"])
        assert len(record) == 72 and record[8:40] == commitment, e
        commitment = sha(b"balie.record/1", record)
    assert e["seq"] == str(number) and e["prev_hash"] == before.hex()
    assert commitment.hex() == e["detail_commitment"], e
    before = sha(
        b"balie.event/1", field(signed64(e["seq"])), field(signed64(micros(e["at"]))),
        field(e["operator"].encode()), field(e["action"].encode()),
        field(signed64(e["account_id"]) if e["account_id"] else b""), field((e["request"] or "").encode()),
        field(commitment), before)
    assert before.hex() == e["hash"], e
    hashes.append(before)
assert len(hashes) > int(size) > 0, "the export is newer than the checkpoint"
assert base64.b64encode(root(hashes[: int(size)])).decode() == root_text, "the root isn't the log's"
print("holds")
