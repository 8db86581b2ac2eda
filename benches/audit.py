#!/usr/bin/env python3
"""What the audit costs: verifying, signing and copying a log, and counting every account.

    cargo build --release && python3 benches/audit.py [--database URL] [--accounts N] [--events N] [--keep DIR]

The log is filled by this script, which computes its hashes itself. Counting is run in turn with the same
aggregate query in `sqlite3` or `psql`, whole processes, A B A B …; quoted is the median of the ratios A/B.
On SQLite (the default) it needs `sqlite3`; with --database postgres://… an empty database and `psql`."""
import argparse
import hashlib
import io
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peak import Peak

ROOT = Path(__file__).resolve().parent.parent
BALIE = Path(os.environ.get("BALIE_BINARY", ROOT / "target/release/balie"))
RUNS = 7
NOW = int(time.time() * 1e6)

FACTOR = f"""
 LEFT JOIN enrollments e ON e.account_id = a.id AND e.retired_at IS NULL
 LEFT JOIN recovery_codes c ON c.account_id = a.id AND c.used_at IS NULL AND c.revoked_at IS NULL
       AND (c.expires_at IS NULL OR c.expires_at > {NOW})"""
COUNTS = f"""COUNT(*), COUNT(CASE WHEN e.enrolled_at IS NOT NULL AND e.locked_at IS NULL THEN 1 END),
 COUNT(CASE WHEN e.id IS NOT NULL AND e.enrolled_at IS NULL THEN 1 END), COUNT(*) - COUNT(e.id), COUNT(e.locked_at),
 COUNT(c.id), COUNT(CASE WHEN e.enrolled_at IS NOT NULL AND c.id IS NULL THEN 1 END),
 COUNT(CASE WHEN e.enrolled_at IS NULL AND a.enroll_by < {NOW} THEN 1 END)"""
# The groups alone, each account once in each: no totals and no findings, which balie gives besides.
ONCE = f"""SELECT r.code, {COUNTS}
FROM (SELECT DISTINCT ar.account_id, o.region_id FROM account_roles ar JOIN organisations o ON o.id = ar.organisation_id) p
JOIN accounts a ON a.id = p.account_id JOIN regions r ON r.id = p.region_id{FACTOR} GROUP BY r.code"""
# Simpler still, and wrong for who has several roles in a region.
EACH_ROLE = f"""SELECT r.code, {COUNTS}
FROM accounts a JOIN account_roles ar ON ar.account_id = a.id JOIN organisations o ON o.id = ar.organisation_id
JOIN regions r ON r.id = o.region_id{FACTOR} GROUP BY r.code"""

ENROLL = """
INSERT INTO enrollments (account_id, uid, sealed_secret, key_id, algorithm, digits, period, secret_bits, begun_at,
                         enrolled_at, last_used_at, locked_at)
SELECT id, {uid}, {uid}, (SELECT MIN(key_id) FROM sealing_keys), 'SHA1', 6, 30, CASE WHEN id % 90 = 1 THEN 80 ELSE 160 END,
       1, CASE WHEN id % 50 <> 0 THEN 2 END, CASE WHEN id % 4 <> 0 THEN 3 END, CASE WHEN id % 200 = 1 THEN 4 END
FROM accounts WHERE id % 10 < 7;
INSERT INTO recovery_codes (account_id, hash, issued_at, used_at)
SELECT id, '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 5,
       CASE WHEN id % 100 = 3 THEN 6 END
FROM accounts WHERE id % 10 < 6;
UPDATE accounts SET enroll_by = 7 WHERE id % 10 = 8;
"""


def run(command, env, output=subprocess.PIPE):
    """Wall seconds, CPU seconds and peak KiB of one process, and what it said."""
    start = time.perf_counter()
    child = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE)
    peak = Peak(child.pid)
    out = child.stdout.read() if output == subprocess.PIPE else b""
    err = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{command}: {err.decode()}")
    return wall, used.ru_utime + used.ru_stime, peak.kib, out.decode()


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def field(data):
    return len(data).to_bytes(8, "big") + data


def number(value):
    return value.to_bytes(8, "big", signed=True)


def lines_of_log(seq, before, count):
    """Lines that hold, as docs/operations.md describes them."""
    for seq in range(seq + 1, seq + count + 1):
        salt = sha(number(seq))
        detail = f'{{"verdict":"verified","accounts":["user{seq}"],"note":"an event as long as most are"}}'
        operator, action, account, request = "fatima", "request.receive", seq % 1_000_000 + 1, f"R-{seq % 100_000:05}"
        commitment = sha(b"balie.detail/1", field(salt), detail.encode())
        digest = sha(b"balie.event/1", field(number(seq)), field(number(NOW)), field(operator.encode()),
                     field(action.encode()), field(number(account)), field(request.encode()), field(commitment), before)
        yield (seq, NOW, operator, action, account, request, commitment, before, digest), (seq, salt, detail)
        before = digest


class Sqlite:
    def __init__(self, url):
        self.path = url

    def query(self, sql):
        return ["sqlite3", "-bail", self.path, sql]

    def enroll(self):
        uid = "randomblob(16)"
        self.script("PRAGMA synchronous = OFF;" + ENROLL.format(uid=uid) + "ANALYZE;")

    def script(self, sql):
        with sqlite3.connect(self.path) as connection:
            connection.executescript(sql)

    def fill_log(self, count):
        connection = sqlite3.connect(self.path)
        connection.execute("PRAGMA synchronous = OFF")
        seq, before = connection.execute("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1").fetchone()
        with connection:
            batch = []
            for pair in lines_of_log(seq, before, count):
                batch.append(pair)
                if len(batch) == 20_000 or pair[0][0] == seq + count:
                    connection.executemany("INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?)", (e for e, _ in batch))
                    connection.executemany("INSERT INTO event_details VALUES (?,?,?)", (d for _, d in batch))
                    batch = []
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Postgres:
    def __init__(self, url):
        self.url = url

    def query(self, sql):
        return ["psql", "-qAt", self.url, "-c", sql]

    def enroll(self):
        run(self.query("SET synchronous_commit = off;" + ENROLL.format(uid="decode(md5(id::text), 'hex')")), os.environ)
        run(self.query("VACUUM ANALYZE"), os.environ)

    def fill_log(self, count):
        out = run(self.query("SELECT seq, encode(hash, 'hex') FROM events ORDER BY seq DESC LIMIT 1"), os.environ)[3]
        seq, before = out.strip().split("|")
        events, details = io.StringIO(), io.StringIO()

        def text(value):
            return "\\\\x" + value.hex() if isinstance(value, bytes) else str(value)

        for event, detail in lines_of_log(int(seq), bytes.fromhex(before), count):
            events.write("\t".join(map(text, event)) + "\n")
            details.write("\t".join(map(text, detail)) + "\n")
        for table, rows in (("events", events), ("event_details", details)):
            subprocess.run(["psql", "-q", self.url, "-c", f"COPY {table} FROM STDIN"], input=rows.getvalue().encode(),
                           check=True)
        run(self.query("VACUUM ANALYZE events, event_details"), os.environ)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--database")
    options.add_argument("--accounts", type=int, default=1_000_000)
    options.add_argument("--events", type=int, default=1_000_000)
    options.add_argument("--keep", type=Path)
    options = options.parse_args()
    work = options.keep or Path(tempfile.mkdtemp(prefix="balie-bench-"))
    work.mkdir(parents=True, exist_ok=True)
    url = options.database or str(work / "balie.db")
    database = Postgres(url) if url.startswith("postgres") else Sqlite(url)
    env = {"HOME": str(work), "PATH": os.environ["PATH"], "BALIE_DATABASE": url, "BALIE_OPERATOR_LOGIN": "bench"}

    def balie(*args):
        return [str(BALIE), "--format", "json", *args]

    if not (work / "directory").exists():
        run(balie("init"), env)
        subprocess.run([sys.executable, ROOT / "demo/make-directory.py", work / "directory", str(options.accounts)],
                       check=True)
        wall, _, peak, _ = run(balie("directory", "import", str(work / "directory")), env)
        print(f"import of {options.accounts:,} accounts: {wall:.1f} s, {peak / 1024:.0f} MiB at most")
        database.enroll()
        database.fill_log(options.events)
    for name, args in (("verify", ("audit", "verify")), ("checkpoint", ("audit", "checkpoint")),
                       ("export", ("audit", "export"))):
        with open(os.devnull, "wb") as nowhere:
            figures = [run(balie(*args), env, nowhere) for _ in range(RUNS)]
        best = min(figures)
        wall = statistics.median(figure[0] for figure in figures)
        print(f"audit {name:<11} {options.events / wall:>10,.0f} events a second (best {options.events / best[0]:,.0f}), "
              f"{best[1]:.2f} s CPU, {max(f[2] for f in figures) / 1024:.0f} MiB at most")
    for name, sql in (("each account once a region", ONCE), ("each role", EACH_ROLE)):
        ours, theirs, ratios = [], [], []
        for _ in range(RUNS):
            ours.append(run(balie("audit", "enrollments"), env))
            theirs.append(run(database.query(sql), env | {"PGOPTIONS": ""}))
            ratios.append(ours[-1][0] / theirs[-1][0])
        median = statistics.median
        print(f"audit enrollments {median(f[0] for f in ours):6.2f} s, raw query ({name}) "
              f"{median(f[0] for f in theirs):6.2f} s: {median(ratios):.2f}x (goal 1.5x); CPU {median(f[1] for f in ours):.2f} s, "
              f"{median(f[1] for f in theirs):.2f} s")
    if not options.keep:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
