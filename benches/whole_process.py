#!/usr/bin/env python3
"""Whole-process figures of the built binary, each beside the `sqlite3` shell doing the same work.

    cargo build --release && python3 benches/whole_process.py [ACCOUNTS] [--keep DIR]

Each pair runs in turn, A B B A …, on one database; quoted is the median of the ratios A/B. Needs
`sqlite3`. With 1,000,000 accounts (the default) it takes some minutes, most of it the import."""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peak import Peak

ROOT = Path(__file__).resolve().parent.parent
BALIE = ROOT / "target/release/balie"
RUNS = 30


def run(command, env, stdin=None, watch=False):
    """Wall seconds, CPU seconds, peak KiB (where that is watched) and output of one process."""
    start = time.perf_counter()
    child = subprocess.Popen(command, env=env, stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    peak = Peak(child.pid) if watch else None
    if stdin:
        child.stdin.write(stdin.encode())
        child.stdin.close()
    out, err = child.stdout.read(), child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{command}: {err.decode()}")
    return wall, used.ru_utime + used.ru_stime, peak and peak.kib, out.decode()


def pair(name, ours, theirs, goal):
    """Runs both in turn and prints the medians and the ratio. Who goes first finds pages that nobody has read yet:
    that is each of them every other turn."""
    a, b, ratios = [], [], []
    for turn in range(RUNS + 2):
        if turn % 2:
            second, first = run(*theirs(turn)), run(*ours(turn))
        else:
            first, second = run(*ours(turn)), run(*theirs(turn))
        if turn < 2:
            continue
        a.append(first[0])
        b.append(second[0])
        ratios.append(first[0] / second[0])
    median = statistics.median
    print(f"{name:<42} {median(a) * 1e3:8.2f} ms {median(b) * 1e3:8.2f} ms   {median(ratios):5.2f}x   goal {goal}")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("accounts", nargs="?", type=int, default=1_000_000)
    options.add_argument("--keep", type=Path)
    options = options.parse_args()
    work = options.keep or Path(tempfile.mkdtemp(prefix="balie-bench-"))
    work.mkdir(parents=True, exist_ok=True)
    database = work / "balie.db"
    env = {"HOME": str(work), "PATH": os.environ["PATH"], "BALIE_DATABASE": str(database),
           "BALIE_OPERATOR_LOGIN": "bench", "BALIE_DNS_SERVER": "127.0.0.1:9"}

    def balie(*args):
        return [str(BALIE), "--yes", "--format", "json", *args], env

    def shell(sql):
        return ["sqlite3", "-bail", str(database)], env, sql

    if not database.exists():
        run(*balie("init"))
        subprocess.run([sys.executable, ROOT / "demo/make-directory.py", work / "directory", str(options.accounts)],
                       check=True)
        wall, cpu, peak, _ = run(*balie("directory", "import", str(work / "directory")), watch=True)
        print(f"import of {options.accounts:,} accounts: {wall:.1f} s, {cpu:.1f} s CPU, {peak / 1024:.0f} MiB at most")
    lines = (work / "directory/accounts.csv").read_text().splitlines()[1:]
    # A second reset within thirty days needs a second operator: each run on one database takes its own schools.
    before = int(run(*shell("SELECT COUNT(DISTINCT requester_id) FROM requests;\n"))[3])
    school, big_school, other_school = (f"sch-{3 * before + step:04}" for step in range(3))

    def teachers(school):
        return [line.split(",")[0] for line in lines if f",teacher@{school},active" in line][:RUNS + 4]

    usernames, other = teachers(school), teachers(other_school)

    figures = [run(*balie("--version")) for _ in range(RUNS)]
    print(f"--version: {statistics.median(f[1] for f in figures) * 1e3:.2f} ms CPU (goal under 5), "
          f"{statistics.median(f[0] for f in figures) * 1e3:.2f} ms wall")
    print(f"{'':<42} {'balie':>11} {'sqlite3':>11}   ratio")

    def user(turn):
        return usernames[turn % len(usernames)]

    def look(turn):
        return ("SELECT a.id, a.username, a.name, a.work_email, a.status, a.session_epoch, a.enroll_by, e.begun_at, "
                "e.enrolled_at, e.last_used_at, e.locked_at FROM accounts a LEFT JOIN enrollments e "
                f"ON e.account_id = a.id AND e.retired_at IS NULL WHERE a.username = '{user(turn)}';"
                "SELECT ar.role, o.code, o.name, r.code FROM account_roles ar JOIN organisations o "
                "ON o.id = ar.organisation_id JOIN regions r ON r.id = o.region_id "
                f"WHERE ar.account_id = (SELECT id FROM accounts WHERE username = '{user(turn)}');"
                "SELECT issued_at, used_at FROM recovery_codes WHERE account_id = "
                f"(SELECT id FROM accounts WHERE username = '{user(turn)}') ORDER BY issued_at DESC LIMIT 1;\n")

    # The shell's event goes to a table of the same shape, so that the real log stays whole.
    run(*shell("PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS bench_events AS SELECT * FROM events LIMIT 0;"
               "CREATE TABLE IF NOT EXISTS bench_details AS SELECT * FROM event_details LIMIT 0;"
               "CREATE TABLE IF NOT EXISTS bench_mails AS SELECT * FROM outbox LIMIT 0;\n"))
    event = ("INSERT INTO bench_events VALUES (1, 1, 'bench', 'account.show', 1, NULL, randomblob(32), randomblob(32), "
             "randomblob(32), NULL); INSERT INTO bench_details VALUES (1, randomblob(32), '{}');")
    durable = "PRAGMA synchronous = FULL; BEGIN IMMEDIATE;"
    pair("account show, with its event", lambda t: balie("account", "show", user(t)),
         lambda t: shell(f"{durable}{look(t)}{event}COMMIT;\n"), "2x")
    pair("account show, against the bare query", lambda t: balie("account", "show", user(t)),
         lambda t: shell(look(t)), "(2x)")

    directors = (work / "directory/requesters.csv").read_text().splitlines()
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime())

    def ask(school, names):
        """A request of the school's director for these accounts."""
        director = next(line for line in directors if school in line).split(",")[0]
        mail = work / "request.eml"
        mail.write_text(f"From: {director}\r\nTo: utrecht@otservicedesk.nl\r\nSubject: 2FA\r\nDate: {date}\r\n"
                        f"Message-ID: <{time.time()}@bench>\r\n\r\n{time.time()}\r\n", newline="")
        named = [part for name in names for part in ("--account", name)]
        command, env = balie("request", "receive", str(mail), *named)
        asked = subprocess.run(command, env=env, capture_output=True, text=True)
        return asked.stdout.split('"id": "')[1].split('"')[0]

    requests = {name: ask(school, [name]) for name in usernames}
    many = teachers(big_school)
    request = ask(big_school, many)
    # The bench has no key of the schools: the verdict is set past the check.
    run(*shell("UPDATE requests SET verdict = 'verified'; UPDATE request_accounts SET covered = 1;\n"))
    insert = ("INSERT INTO bench_mails (message_id, recipient, language, notice, queued_at, due_at) "
              "VALUES (hex(randomblob(16)), 'a@b.nl', 'nl', hex(randomblob(100)), 1, 1);")

    def raw_reset(turn):
        who = f"(SELECT id FROM accounts WHERE username = '{other[turn % len(other)]}')"
        return shell(f"{durable}{look(turn)}"
                     f"UPDATE enrollments SET retired_at = 1, destroy_at = 2 WHERE account_id = {who} AND retired_at IS NULL;"
                     f"UPDATE recovery_codes SET revoked_at = 1 WHERE account_id = {who} AND used_at IS NULL;"
                     f"UPDATE accounts SET session_epoch = session_epoch + 1, enroll_by = 1 WHERE id = {who};"
                     f"UPDATE request_accounts SET used_at = 1 WHERE account_id = {who};"
                     f"{insert}{insert}{event}COMMIT;\n")

    pair("one durable reset", lambda t: balie("reset", user(t), "--request", requests[user(t)]), raw_reset, "2x")
    pair(f"one of a request's {len(many)} accounts",
         lambda t: balie("reset", many[t % len(many)], "--request", request), raw_reset, "(2x)")
    if not options.keep:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
