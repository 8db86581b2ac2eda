#!/usr/bin/env python3
"""Bulk resets against the raw SQL that does the same, as ratios in one run.

    cargo build --release && benches/bulk.py [--large 1000000] [--small 10000] [--engine sqlite|postgres]

Makes two directories, imports them, enrolls everybody by SQL, plans, and times `bulk apply` (several batches, each a
durable transaction, the chain of hashes, receipts) against one transaction of plain SQL with random bytes for hashes, in
`sqlite3` or `psql`. PostgreSQL is a cluster of its own with its default durability. Needs python3, sqlite3, PostgreSQL.
"""
import argparse
import glob
import json
import os
import pwd
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from peak import Peak

ROOT = Path(__file__).resolve().parent.parent
BALIE = ROOT / "target/release/balie"
ROUNDS = 3
CODES = 1_000
NOW = "CAST({micros} AS BIGINT)"

ENROLL = """
INSERT INTO enrollments (account_id, uid, sealed_secret, key_id, algorithm, digits, period, begun_at, enrolled_at)
SELECT id, {bytes16}, {bytes32}, (SELECT key_id FROM sealing_keys), 'SHA1', 6, 30, 1, 1 FROM accounts;
INSERT INTO recovery_codes (account_id, hash, issued_at) SELECT id, 'none', 1 FROM accounts;
UPDATE requesters SET capacity = 'board_member' WHERE work_email = 'toezicht@swv-utrecht.nl';
INSERT INTO requests (public_id, received_at, received_by, verdict, rule_version, region_id, requester_id, from_address,
                      subject, body_hash, evidence, facts, expires_at)
SELECT 'R-BENCH', 1, 'bench', 'verified', 1, o.region_id, q.id, q.work_email, 'bench', {bytes32}, {evidence}, {evidence},
       9000000000000000
FROM requesters q JOIN organisations o ON o.id = q.organisation_id WHERE q.work_email = 'toezicht@swv-utrecht.nl';
"""

RAW = """
{begin};
CREATE TEMPORARY TABLE pick AS
SELECT r.position, r.account_id, (SELECT MAX(seq) FROM events) + r.position AS seq
FROM plan_rows r JOIN plans p ON p.id = r.plan_id WHERE p.public_id = '{plan}' AND r.state = 'ready';
UPDATE request_accounts SET used_at = {now}, used_for = 'reset'
WHERE request_id = (SELECT id FROM requests) AND account_id IN (SELECT account_id FROM pick) AND used_at IS NULL;
UPDATE enrollments SET retired_at = {now}, destroy_at = {now}
WHERE account_id IN (SELECT account_id FROM pick) AND retired_at IS NULL;
UPDATE recovery_codes SET revoked_at = {now}
WHERE account_id IN (SELECT account_id FROM pick) AND used_at IS NULL AND revoked_at IS NULL;
UPDATE accounts SET session_epoch = session_epoch + 1, enroll_by = {now} WHERE id IN (SELECT account_id FROM pick);
INSERT INTO outbox (message_id, recipient, language, notice, queued_at, due_at)
SELECT {hex32} || '@otservicedesk.nl', a.work_email, 'nl',
       '{{"kind":"reset_holder","name":"' || a.name || '","username":"' || a.username || '","requester":"A B",'
       || '"request":"R-BENCH","at":"2026-11-24T20:00:00Z","enroll_by":"2026-11-27T20:00:00Z",'
       || '"desk":"utrecht@otservicedesk.nl"}}', {now}, {now}
FROM pick p JOIN accounts a ON a.id = p.account_id;
INSERT INTO events (seq, at, operator, action, account, request, detail_commitment, prev_hash, hash)
SELECT seq, {now}, 'bench', 'reset', account_id, 'R-BENCH', {bytes32}, {bytes32}, {bytes32} FROM pick;
INSERT INTO event_details (seq, salt, json)
SELECT seq, {bytes32}, '{{"second_factor":"active","recovery_code":"active","session_epoch":1,'
       || '"enroll_by":"2026-11-27T20:00:00Z","requester":"toezicht@swv-utrecht.nl","plan":"{plan}"}}' FROM pick;
UPDATE plan_rows SET state = 'done', event = (SELECT seq FROM pick WHERE pick.position = plan_rows.position)
WHERE plan_id = (SELECT id FROM plans WHERE public_id = '{plan}') AND state = 'ready';
COMMIT;
"""


class Sqlite:
    name = "sqlite3"
    words = dict(begin="BEGIN IMMEDIATE", bytes16="randomblob(16)", bytes32="randomblob(32)",
                 hex32="lower(hex(randomblob(16)))")

    def __init__(self, folder):
        self.url = str(folder / "balie.db")

    def sql(self, text):
        pragmas = "PRAGMA foreign_keys = ON;\nPRAGMA synchronous = FULL;\n"
        done = subprocess.run(["sqlite3", "-bail", self.url], input=pragmas + text, text=True, check=True,
                              capture_output=True)
        return done.stdout.split()

    def close(self):
        pass


class Postgres:
    name = "psql"
    words = dict(begin="BEGIN", bytes16="decode(md5(random()::text), 'hex')",
                 bytes32="decode(md5(random()::text) || md5(random()::text), 'hex')", hex32="md5(random()::text)")

    def __init__(self, folder):
        self.folder = folder / "server"
        self.bin = Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
        self.folder.mkdir()
        (self.folder / "data").mkdir()
        self.prefix = []
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            for path in (self.folder, self.folder / "data"):
                os.chown(path, user.pw_uid, user.pw_gid)
            self.prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self.run("initdb", "-U", "bench", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        self.run("pg_ctl", "-s", "-w", "-l", str(self.folder / "log"), "start", "-o",
                 f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'")
        self.url = f"postgres:///postgres?host={self.folder}&user=bench"

    def run(self, program, *args):
        subprocess.run([*self.prefix, self.bin / program, "-D", self.folder / "data", *args], check=True, cwd="/",
                       stdout=subprocess.DEVNULL)

    def sql(self, text):
        call = ["psql", "-h", self.folder, "-U", "bench", "-qAtX", "-v", "ON_ERROR_STOP=1", "postgres"]
        return subprocess.run(call, input=text, text=True, check=True, capture_output=True).stdout.split()

    def close(self):
        self.run("pg_ctl", "-s", "-m", "immediate", "stop")


class Desk:
    def __init__(self, engine, folder, directory):
        self.database, self.folder = engine, folder
        self.balie("init")
        print(f"  import of {directory.name}: {self.timed('directory', 'import', str(directory))[0]:.0f} s", flush=True)
        evidence = "'{}'"
        self.database.sql("BEGIN;" + ENROLL.format(evidence=evidence, **engine.words) + "COMMIT;\nANALYZE;")
        rows = self.database.sql("""SELECT DISTINCT a.username FROM accounts a JOIN account_roles r ON r.account_id = a.id
            JOIN organisations o ON o.id = r.organisation_id JOIN regions g ON g.id = o.region_id
            WHERE g.code = 'utrecht' AND a.status = 'active' ORDER BY a.username;""")
        random.Random(7).shuffle(rows)
        self.rows = rows

    def call(self, *args):
        env = dict(HOME=str(self.folder), BALIE_DATABASE=self.database.url, BALIE_OPERATOR_LOGIN="bench",
                   BALIE_POLICY_FOUR_EYES_ROWS="1000000")
        return [BALIE, "--no-input", "--yes", "--quiet", *args], env

    def balie(self, *args, text=None):
        args, env = self.call(*args)
        return subprocess.run(args, env=env, input=text, text=True, check=True, capture_output=True).stdout

    def timed(self, *args):
        """Seconds and peak memory in MiB."""
        args, env = self.call(*args)
        begun = time.monotonic()
        child = subprocess.Popen(args, env=env, stdout=subprocess.DEVNULL)
        peak = Peak(child.pid)
        assert child.wait() == 0, args
        return time.monotonic() - begun, peak.kib / 1024

    def plan(self, count, *what):
        taken, self.rows = self.rows[:count], self.rows[count:]
        assert len(taken) == count, "too few accounts in the region"
        made = json.loads(self.balie("--format", "json", "bulk", "plan", *(what or ["reset"]), "-",
                                     "--request", "R-BENCH", text="\n".join(taken)))
        assert made["ready"] == count, made
        return made["id"]

    def apply(self, count):
        return self.timed("bulk", "apply", self.plan(count))

    def raw(self, count):
        plan = self.plan(count)
        script = RAW.format(plan=plan, now=int(time.time() * 1e6), **self.database.words)
        begun = time.monotonic()
        self.database.sql(script)
        return time.monotonic() - begun


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--engine", choices=["sqlite", "postgres"])
    args = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="balie-bench-"))
    work.chmod(0o711)
    try:
        for size in (args.small, args.large):
            subprocess.run(["python3", ROOT / "demo/make-directory.py", work / str(size), str(size)], check=True)
        for engine in (Sqlite, Postgres):
            if args.engine in (None, engine.__name__.lower()):
                measure(engine, work, args)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def measure(engine, work, args):
    print(engine.name, flush=True)
    cost, plain, rows_at_once = {}, {}, args.small
    for size in (args.small, args.large):
        # A small directory has too few rows for all rounds: there each has a desk of its own.
        desks = [Desk(engine(folder), folder, work / str(size))
                 for folder in folders(work, engine, size, 1 if size == args.large else ROUNDS)]
        if size == args.large:
            desk = desks[0]
            rows = min(10_000, size // 100)
            ours = statistics.median(desk.apply(rows)[0] for _ in range(ROUNDS))
            many = min(100_000, size // 10)
            seconds, memory = desk.apply(many)
            desk.balie("audit", "verify")
            raw = statistics.median(desk.raw(rows) for _ in range(ROUNDS))
            print(f"  {rows:,} rows: balie {ours:.2f} s, raw SQL {raw:.2f} s: {ours / raw:.2f}x")
            print(f"  {many:,} rows: {seconds:.1f} s, {many / seconds:,.0f} rows a second, peak {memory:.0f} MiB")
            seconds, memory = desk.timed("bulk", "apply", desk.plan(CODES, "reissue", "--deliver", "mail"))
            print(f"  {CODES:,} recovery codes: {CODES / seconds:.0f} a second, peak {memory:.0f} MiB")
            desks = desks * ROUNDS
        rows = min(rows_at_once, len(desks[0].rows) // 2)
        # In turn, and last of all: raw SQL writes random hashes, and the log no longer holds.
        pairs = [(desk.apply(rows)[0] / rows, desk.raw(rows) / rows) for desk in desks]
        rows_at_once = rows
        cost[size], plain[size] = (statistics.median(side) for side in zip(*pairs))
        print(f"  {size:,} accounts: {cost[size] * 1e6:.0f} µs a row, raw SQL {plain[size] * 1e6:.0f} "
              f"({rows:,} rows, median of {ROUNDS})", flush=True)
        for desk in set(desks):
            desk.database.close()
            shutil.rmtree(desk.folder)
    print(f"  cost a row, {args.large:,} against {args.small:,} accounts: {cost[args.large] / cost[args.small]:.2f}x, "
          f"raw SQL {plain[args.large] / plain[args.small]:.2f}x")


def folders(work, engine, size, count):
    """One folder a desk."""
    for number in range(count):
        folder = work / f"{engine.name}-{size}-{number}"
        folder.mkdir()
        folder.chmod(0o711)
        yield folder


if __name__ == "__main__":
    main()
