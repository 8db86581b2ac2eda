#!/usr/bin/env python3
"""What mails that are made to cost do cost: CPU and peak memory of one `balie request receive` each, at several sizes.

    cargo build --release && python3 benches/mail_bounds.py [--mib 1 4 16 25] [--only NAME]

The mails are the recipes of tests/suite/mail/bombs.rs. Quoted is what a mail takes above the same command on a mail of
one line. It fails where a malformed one takes over a second of CPU or 64 MiB above its own size, where a sound one
takes more than five times its size, and where the time of either grows by more than its size does."""
import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from peak import Peak

ROOT = Path(__file__).resolve().parent.parent
BALIE = Path(os.environ.get("BALIE_BINARY", ROOT / "target/release/balie"))

SMALL = b"From: Daan Visser <d.visser@beatrixschool.nl>\r\nDate: Mon, 30 Nov 2026 10:00:00 +0100\r\n\r\nHallo\r\n"


def cost(env, file):
    """CPU seconds and peak MiB of one command; how it ends is no matter, as long as it isn't by a signal."""
    child = subprocess.Popen([BALIE, "request", "receive", file], env=env, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = Peak(child.pid)
    _, status, used = os.wait4(child.pid, 0)
    if os.WIFSIGNALED(status):
        sys.exit(f"{file} ends it by signal {os.WTERMSIG(status)}")
    return used.ru_utime + used.ru_stime, peak.kib / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mib", type=int, nargs="+", default=[1, 4, 16, 25])
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    failed, taken = [], {}
    with tempfile.TemporaryDirectory() as folder:
        env = {"HOME": folder, "PATH": os.environ["PATH"], "BALIE_DATABASE": f"{folder}/balie.db",
               "BALIE_OPERATOR_LOGIN": "bench", "BALIE_DNS_SERVER": "127.0.0.1:9"}
        subprocess.run([BALIE, "init"], env=env, check=True, stdout=subprocess.DEVNULL)
        small = Path(folder, "small.eml")
        small.write_bytes(SMALL)
        base_cpu, base = min(cost(env, small) for _ in range(5))
        for mib in asked.mib:
            mails = Path(folder, str(mib))
            mails.mkdir()
            make = {**os.environ, "BALIE_BOMBS": str(mails), "BALIE_BOMBS_MIB": str(mib)}
            subprocess.run(["cargo", "test", "--quiet", "--test", "suite", "the_bombs_can_be_measured"], cwd=ROOT, env=make,
                           check=True, stdout=subprocess.DEVNULL)
            for file in sorted(mails.iterdir()):
                if asked.only not in file.name:
                    continue
                size = file.stat().st_size / 2**20
                cpu, peak = cost(env, file)
                cpu, peak = cpu - base_cpu, peak - base
                kind, name, _ = file.name.split(".")
                most = size * 5 if kind == "sound" else size + 64
                before = taken.get(name)
                is_steep = before and cpu > 0.2 and cpu / before[1] > 2 * max(1, size / before[0])
                is_fine = peak <= max(most, 64) and (kind == "sound" or cpu <= 1) and not is_steep
                taken[name] = (size, max(cpu, 0.02))
                print(f"{mib:3} MiB  {kind:9} {name:45} {cpu:6.2f} s {peak:6.0f} MiB{'' if is_fine else '   <-- too much'}", flush=True)
                if not is_fine:
                    failed.append((mib, name))
                file.unlink()
    if failed:
        sys.exit(f"too much: {failed}")


if __name__ == "__main__":
    main()
