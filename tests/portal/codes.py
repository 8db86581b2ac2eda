"""Reads lines of SECRET ALGORITHM DIGITS PERIOD SECONDS, and prints pyotp's code of each."""

import hashlib
import sys

import pyotp

for line in sys.stdin:
    secret, algorithm, digits, period, at = line.split()
    digest = getattr(hashlib, algorithm.lower())
    print(pyotp.TOTP(secret, digits=int(digits), digest=digest, interval=int(period)).at(int(at)))
