"""Reads WIDTH*HEIGHT grey pixels from standard input, and prints what a QR reader finds in them."""

import sys

import zxingcpp

width, height = map(int, sys.argv[1:])
pixels = memoryview(sys.stdin.buffer.read()).cast("B", (height, width))
found = zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormat.QRCode, try_invert=False)
print("\n".join(code.text for code in found))
