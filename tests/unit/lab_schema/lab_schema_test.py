#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""lab_schema_test.py ROOT: the schema is a schema; every shipped lab, those of corpus/ (every key there is) and the malformed labs'
right original are valid by it; files whose mistake a schema can see are not. Exit 77 without Python's jsonschema."""
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("SKIPPED: python3-jsonschema is not installed")
    sys.exit(77)

root = pathlib.Path(sys.argv[1])
schema = json.loads((root / "labs/schema/lab.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
failures = []

labs = sorted((root / "labs").glob("*/*.lab.json"))
if not labs:
    failures.append("no lab was found under labs/")
corpus = sorted((root / "tests/unit/lab_schema/corpus").glob("*.lab.json"))
for file in [*labs, *corpus, root / "tests/unit/lab_file/right.lab.json"]:
    for error in validator.iter_errors(json.loads(file.read_text(encoding="utf-8"))):
        failures.append(f"{file.name}: {'.'.join(map(str, error.absolute_path))}: {error.message[:200]}")

# Misspelt keys, missing keys, wrong types, unknown words: what an editor underlines while somebody types. Values inside texts
# (units, expressions) are the parser's alone.
visible = """
  activity-kind-unknown activity-without-text array-at-top boundary-of-no-axis boundary-unknown cell-is-object dimensions-unknown
  grid-missing instrument-component-unknown instrument-is-null instrument-kind-misspelt instrument-kind-unknown
  instrument-name-with-space knob-default-missing knob-key-misspelt knob-range-of-three knob-unit-missing knobs-is-array
  lesson-elsewhere material-conductor-is-number material-debye-without-relaxation material-five-poles material-key-misspelt
  material-permittivity-is-array material-pole-unknown measurement-reduction-unknown newer-version object-is-text
  object-shape-unknown object-wedge-of-two record-is-text run-missing run-without-length simulation-is-text
  simulation-kind-missing simulation-kind-unknown simulation-missing size-is-text size-of-one source-misspelt source-unknown
  source-without-waveform steps-fraction steps-huge steps-negative title-in-unknown-language title-is-number title-missing
  title-without-english unknown-section version-is-text version-missing version-zero video-is-text frames-too-many
  picture-size-huge
""".split()
for name in visible:
    text = (root / f"tests/unit/lab_file/malformed/{name}.lab.json").read_text(encoding="utf-8")
    if validator.is_valid(json.loads(text)):
        failures.append(f"malformed/{name}.lab.json: the schema finds nothing wrong")

# An editor can say something about every key.
def describe(node, path):
    if isinstance(node, dict):
        for key, value in node.get("properties", {}).items():
            target = value
            while "$ref" in target and "description" not in target:
                target = schema["definitions"][target["$ref"].rsplit("/", 1)[1]]
            if key != "comment" and "description" not in target:
                failures.append(f"schema: {path}.{key} has no description")
        for key, value in node.items():
            describe(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            describe(value, f"{path}[{index}]")

describe(schema, "")

print("\n".join(failures) if failures else f"{len(labs)} labs and {len(visible)} malformed ones")
sys.exit(1 if failures else 0)
