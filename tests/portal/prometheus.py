"""Reads Prometheus' text format from standard input with Prometheus' own client, and prints what it found as JSON: each
sample, with its name, its labels and its value; and each name with what is said of it."""
import json
import sys

from prometheus_client.parser import text_string_to_metric_families

families = list(text_string_to_metric_families(sys.stdin.read()))
print(json.dumps({
    "families": [[family.name, family.type, family.documentation] for family in families],
    "samples": [[sample.name, sample.labels, sample.value] for family in families for sample in family.samples],
}))
