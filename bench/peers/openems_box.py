#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""openEMS's speed in a cube of vacuum with absorbing layers of ten cells inside it: the box of `aula bench fdtd`.

Writes openEMS's XML, runs the program and reads the speed it states itself. Prints one line of JSON:
{"peer", "version", "size", "threads", "values"}, values in Mcell/s, one a repeat.
"""
import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile


def xml(size, steps):
    lines = ",".join(str(n) for n in range(size + 1))
    axes = "".join(f'<{a}Lines Qty="{size + 1}">{lines}</{a}Lines>' for a in "XYZ")
    faces = " ".join(f'{a}{side}="PML_10"' for a in "xyz" for side in ("min", "max"))
    middle = size // 2
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<openEMS>
  <FDTD NumberOfTimesteps="{steps}" endCriteria="1e-30" f_max="3e10">
    <Excitation Type="0" f0="1.5e10" fc="1e10"/>
    <BoundaryCond {faces}/>
  </FDTD>
  <ContinuousStructure CoordSystem="0">
    <RectilinearGrid DeltaUnit="1e-3" CoordSystem="0">{axes}</RectilinearGrid>
    <Properties>
      <Excitation ID="0" Name="dipole" Number="0" Frequency="0" Delay="0" Type="0" Excite="0,0,1">
        <Primitives>
          <Box Priority="0">
            <P1 X="{middle}" Y="{middle}" Z="{middle}"/>
            <P2 X="{middle}" Y="{middle}" Z="{middle + 1}"/>
          </Box>
        </Primitives>
      </Excitation>
    </Properties>
  </ContinuousStructure>
</openEMS>
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100, help="cells along each edge, layers included")
    parser.add_argument("--steps", type=int, default=60, help="time steps a repeat")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    program = shutil.which("openEMS")
    if program is None:
        sys.exit("openEMS is not installed (Debian: apt install openems)")
    values, version = [], "unknown"
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/box.xml", "w", encoding="utf-8") as file:
            file.write(xml(options.size, options.steps))
        for _ in range(options.repeats):
            done = subprocess.run([program, "box.xml", "--disable-dumps", "--engine=multithreaded",
                                   f"--numThreads={options.threads}"], cwd=folder, capture_output=True, text=True,
                                  check=False)
            found = re.findall(r"Speed:\s*([0-9.eE+]+)\s*MCells/s", done.stdout)
            if not found:
                sys.exit("openEMS stated no speed:\n" + done.stdout[-2000:] + done.stderr[-2000:])
            values.append(float(found[-1]))
            match = re.search(r"version (v[0-9.]+)", done.stdout)
            version = match.group(1) if match else version
    print(json.dumps({"peer": "openems", "version": version, "size": options.size, "threads": options.threads,
                      "values": values}))


if __name__ == "__main__":
    main()
