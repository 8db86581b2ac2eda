#!/usr/bin/env python3
"""How long `outbox send` takes for many notices, over a mail server on loopback that takes them all.

    cargo build --release && python3 benches/outbox.py [MAILS] [--database URL] [--delay MS] [--most N] [--runs N]

The notices are copies of one that the desk itself queued. The server is another process; with --delay it thinks so long
about each mail, as real ones do, and with --most it turns away whoever opens more connections than that. On SQLite (the
default) nothing else is needed; with --database postgres://… an empty database and `psql`."""
import argparse
import asyncio
import multiprocessing
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


def serve(told, delay, most):
    """A server that takes every mail, and tells the parent its port, and then what it took when it's asked."""
    taken, open_now, widest, total = [], 0, 0, 0

    async def talk(reader, writer):
        nonlocal open_now, widest, total
        if most and open_now >= most:
            writer.write(b"421 4.3.2 too many connections\r\n")
            writer.close()
            return
        open_now, total = open_now + 1, total + 1
        widest = max(widest, open_now)
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                mail = await reader.readuntil(b"\r\n.\r\n")
                await asyncio.sleep(delay / 1000)
                taken.append(mail.split(b"Message-ID: <")[1].split(b">")[0])
                writer.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 fine\r\n")
        open_now -= 1
        writer.close()

    async def run():
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        async with server:
            while True:
                while not told.poll():
                    await asyncio.sleep(0.01)
                told.recv()
                told.send((len(taken), len(set(taken)), widest, total))
                taken.clear()

    asyncio.run(run())


def balie(env, *args, watch=False):
    start = time.perf_counter()
    child = subprocess.Popen([str(BALIE), "--yes", "--format", "json", *args], env=env, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    peak = Peak(child.pid) if watch else None
    out, err = child.stdout.read(), child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{args}: {err.decode()}{out.decode()}")
    return wall, used.ru_utime + used.ru_stime, peak and peak.kib, out.decode()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("mails", nargs="?", type=int, default=5_000)
    options.add_argument("--database")
    options.add_argument("--delay", type=float, default=0)
    options.add_argument("--most", type=int, default=0)
    options.add_argument("--runs", type=int, default=3)
    options = options.parse_args()
    work = Path(tempfile.mkdtemp(prefix="balie-bench-"))
    database = options.database or str(work / "balie.db")
    told, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(theirs, options.delay, options.most), daemon=True)
    server.start()
    env = {"HOME": str(work), "PATH": os.environ["PATH"], "BALIE_DATABASE": database, "BALIE_OPERATOR_LOGIN": "bench",
           "BALIE_DNS_SERVER": "127.0.0.1:9", "BALIE_SMTP_URL": f"smtp+plain://127.0.0.1:{told.recv()}",
           "BALIE_SMTP_FROM": "Servicedesk <utrecht@otservicedesk.nl>"}

    def sql(text):
        if options.database:
            subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", database, "-c", text], check=True)
        else:
            with sqlite3.connect(database) as connection:
                connection.executescript(text)

    balie(env, "init")
    subprocess.run([sys.executable, ROOT / "demo/make-directory.py", work / "directory", "100"], check=True)
    balie(env, "directory", "import", str(work / "directory"))
    account = (work / "directory/accounts.csv").read_text().splitlines()[1].split(",")[0]
    balie(env, "account", "block", account, "--reason", "phone stolen")
    numbers = ("generate_series(1, {n}) AS s (n)" if options.database else
               "(WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {n}) SELECT n FROM s) AS s")
    for turn in range(options.runs):
        sql(f"""INSERT INTO outbox (message_id, recipient, language, notice, region_id, queued_at, due_at)
                SELECT 'copy' || {turn} || '.' || s.n || '@bench', o.recipient, o.language, o.notice, o.region_id, o.queued_at, 1
                FROM (SELECT * FROM outbox ORDER BY id LIMIT 1) AS o, {numbers.format(n=options.mails)};
                UPDATE outbox SET sent_at = 1 WHERE id = (SELECT MIN(id) FROM outbox);""")
        wall, cpu, peak, _ = balie(env, "outbox", "send", watch=True)
        told.send("?")
        taken, different, widest, total = told.recv()
        print(f"{taken} mails, {different} of them different, over {widest} connections at once ({total} so far): {wall:.1f} s, "
              f"{taken / wall:.0f} a second, {cpu:.1f} s CPU, {peak / 1024:.0f} MiB at most", flush=True)
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
