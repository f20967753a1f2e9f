"""Labelled data: one JSON object on each line of a file that gzip has packed."""
import gzip
import json


def rows(path):
    with gzip.open(path, 'rt', encoding='utf-8') as file:
        return [json.loads(line) for line in file]
