#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""GROMACS' speed on the files and with the settings of `aula bench molecular`: particle mesh Ewald of order 4 at 0.12 nm,
cut-off 1 nm, bonds to hydrogen rigid, 2 fs a step, velocity rescale at 300 K, no tuning of cut-off against mesh.

Prints one line of JSON: {"peer", "version", "simd", "atoms", "threads", "values", "processor"}: values in ns/day, one a repeat, of
the second half of the steps (mdrun's own count); processor, milliseconds a step of all threads, from one run beside one of twice
the steps (its start is in both).
"""
import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile

SETTINGS = """
integrator = md
dt = 0.002
nsteps = -1
nstlog = 0
nstenergy = 0
nstcalcenergy = 100
cutoff-scheme = Verlet
coulombtype = PME
pme-order = 4
fourierspacing = 0.12
ewald-rtol = 1e-5
rcoulomb = 1.0
rvdw = 1.0
DispCorr = EnerPres
constraints = h-bonds
constraint-algorithm = lincs
lincs-order = 4
lincs-iter = 1
tcoupl = v-rescale
tc-grps = System
tau-t = 0.1
ref-t = 300
pcoupl = no
gen-vel = yes
gen-temp = 300
pbc = xyz
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topology", required=True)
    parser.add_argument("--coordinates", required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", type=int, default=400, help="a repeat; the first half warms up")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--gmx", default=os.environ.get("GMX", "gmx"), help="the program (else $GMX, else gmx)")
    options = parser.parse_args()
    environment = dict(os.environ, OMP_NUM_THREADS=str(options.threads), GMX_MAXBACKUP="-1")
    values, processor = [], []
    with tempfile.TemporaryDirectory() as folder:
        def run(*arguments):
            try:
                done = subprocess.run([options.gmx, "-quiet", *arguments], cwd=folder, env=environment, text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            except FileNotFoundError:
                sys.exit("GROMACS is not installed (Debian: apt install gromacs)")
            if done.returncode != 0:
                sys.exit("gmx " + arguments[0] + " failed: " + done.stdout.strip().split("\n")[-1])
        with open(os.path.join(folder, "run.mdp"), "w") as settings:
            settings.write(SETTINGS)
        run("grompp", "-f", "run.mdp", "-p", os.path.abspath(options.topology), "-c", os.path.abspath(options.coordinates),
            "-o", "run.tpr", "-maxwarn", "5")
        for _ in range(options.repeats):
            # mdrun forgets the first half by itself.
            run("mdrun", "-s", "run.tpr", "-ntmpi", "1", "-ntomp", str(options.threads), "-nsteps", str(options.steps),
                "-resethway", "-notunepme", "-noconfout", "-g", "run.log", "-e", "run.edr", "-pin", "off")
            with open(os.path.join(folder, "run.log"), errors="replace") as log:
                text = log.read()
            values.append(float(re.search(r"^Performance:\s+([0-9.]+)", text, re.M).group(1)))

            def used(steps):
                before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
                run("mdrun", "-s", "run.tpr", "-ntmpi", "1", "-ntomp", str(options.threads), "-nsteps", str(steps),
                    "-notunepme", "-noconfout", "-g", "used.log", "-e", "run.edr", "-pin", "off")
                return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
            processor.append((used(2 * options.steps) - used(options.steps)) / options.steps * 1e3)

    def named(pattern):
        found = re.search(pattern, text, re.M)
        return found.group(1).strip() if found else ""
    print(json.dumps({"peer": "gromacs", "version": named(r"^GROMACS version:\s+(.*)$"), "simd": named(r"^SIMD instructions:\s+(.*)$"),
                      "atoms": int(named(r"There are: (\d+) Atoms") or 0), "threads": options.threads, "values": values, "processor": processor}))


main()
