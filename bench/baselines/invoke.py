"""Invokes one function like Lambda: python invoke.py <file> [event]. Equivalent to invoke.cjs."""

import importlib.util
import json
import os
import sys

spec = importlib.util.spec_from_file_location("function", sys.argv[1])
function = importlib.util.module_from_spec(spec)
spec.loader.exec_module(function)


def answer(line):
    os.write(3, (json.dumps(function.handler(json.loads(line), None)) + "\n").encode())


if len(sys.argv) > 2:
    answer(sys.argv[2])
    os._exit(0)
for line in sys.stdin:
    answer(line)
