#!/usr/bin/env python3
"""How long `init` takes to bring a large desk of release 0.1.0 up to date, and what a copy of it takes afterwards.

    cargo build --release && python3 benches/migration.py [ACCOUNTS] [--database URL]

The desk is the one that release left for the suite (tests/suite/kills/former), filled up by plain SQL: each account with a role
and its search words, six of ten with an enrollment. On SQLite (the default) nothing else is needed; with --database
postgres://… an empty database and `psql`."""
import argparse
import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peak import Peak

ROOT = Path(__file__).resolve().parent.parent
BALIE = Path(os.environ.get("BALIE_BINARY", ROOT / "target/release/balie"))
FORMER = ROOT / "tests/suite/kills/former"
FIRST = 1_000


def balie(env, *args):
    start = time.perf_counter()
    child = subprocess.Popen([str(BALIE), "--yes", "--format", "json", *args], env=env, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    peak = Peak(child.pid)
    out, err = child.stdout.read(), child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{args}: {err.decode()}{out.decode()}")
    named = ' '.join(arg for arg in args if not arg.startswith('/'))
    print(f"{named:<22} {wall:7.1f} s, {used.ru_utime + used.ru_stime:6.1f} s CPU, {peak.kib / 1024:.0f} MiB at most",
          flush=True)


def fill(numbers, text, random, secret):
    """The statements; `text` turns the number n into text, `random` gives 16 bytes, `secret` as many as a sealed one has."""
    name = f"'p' || {text}"
    return f"""
        INSERT INTO accounts (id, username, name, work_email, status, enroll_by, added_at)
        SELECT n, {name}, 'Persoon ' || {text}, {name} || '@beatrixschool.nl', 'active',
               CASE WHEN n % 10 < 6 THEN NULL ELSE 1796308437427336 END, 1796049237427336 FROM {numbers};
        INSERT INTO account_roles (account_id, organisation_id, role) SELECT n, 3, 'teacher' FROM {numbers};
        INSERT INTO account_search (account_id, words)
        SELECT n, 'persoon ' || {text} || ' p' || {text} || ' p' || {text} || '@beatrixschool.nl beatrixschool' FROM {numbers};
        INSERT INTO enrollments (id, account_id, uid, sealed_secret, key_id, algorithm, digits, period, secret_bits, begun_at, enrolled_at)
        SELECT n, n, {random}, {secret}, k.key_id, 'SHA1', 6, 30, 160, 1796049237490525, 1796049237490525
        FROM {numbers} CROSS JOIN sealing_keys k WHERE n % 10 < 6;
    """


def main():
    options = argparse.ArgumentParser()
    options.add_argument("accounts", nargs="?", type=int, default=1_000_000)
    options.add_argument("--database")
    options = options.parse_args()
    work = Path(tempfile.mkdtemp(prefix="balie-bench-"))
    last = FIRST + options.accounts - 1
    if options.database:
        def psql(text):
            subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", options.database], input=text.encode(), check=True,
                           stdout=subprocess.DEVNULL)
        psql((FORMER / "postgres/desk.sql").read_text())
        # The dump leaves the search path empty.
        psql("SET search_path = public;" + fill(
            f"generate_series({FIRST}, {last}) AS s (n)", "n::text", "uuid_send(gen_random_uuid())",
            "decode(repeat(replace(gen_random_uuid()::text, '-', ''), 4), 'hex')") + "ANALYZE;")
        database, keys = options.database, FORMER / "postgres/keys.toml"
    else:
        database, keys = str(work / "balie.db"), FORMER / "sqlite/keys.toml"
        Path(database).write_bytes(gzip.decompress((FORMER / "sqlite/desk.db.gz").read_bytes()))
        with sqlite3.connect(database) as connection:
            connection.executescript("BEGIN;" + fill(
                f"(WITH RECURSIVE s (n) AS (SELECT {FIRST} UNION ALL SELECT n + 1 FROM s WHERE n < {last}) SELECT n FROM s) AS s",
                "CAST(n AS TEXT)", "randomblob(16)", "randomblob(64)") + "COMMIT;")
        connection.close()
        print(f"{os.path.getsize(database) / 2**20:.0f} MiB before")
    env = {"HOME": str(work), "PATH": os.environ["PATH"], "BALIE_DATABASE": database, "BALIE_OPERATOR_LOGIN": "fatima"}
    where = work / ".config/balie"
    where.mkdir(parents=True)
    shutil.copy(keys, where / "keys.toml")
    (where / "keys.toml").chmod(0o600)
    balie(env, "init")
    balie(env, "init")
    balie(env, "audit", "verify", "--state")
    balie(env, "backup", str(work / "copy"))
    balie(env, "backup", "verify", str(work / "copy"))
    print(f"{(work / 'copy').stat().st_size / 2**20:.0f} MiB in the copy")
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
