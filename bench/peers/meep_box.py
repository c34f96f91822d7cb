#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Meep's speed in a cube of vacuum with absorbing layers of ten cells inside it: the box of `aula bench fdtd`.

Prints one line of JSON: {"peer", "version", "size", "processes", "values"}, values in Mcell/s, one a repeat.
For several processes: mpirun -n 2 python3 meep_box.py --size 300
"""
import argparse
import json
import sys
import time


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100, help="cells along each edge, layers included")
    parser.add_argument("--steps", type=int, default=20, help="time steps a repeat")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    try:
        import meep as mp
    except ImportError:
        sys.exit("Meep is not installed (Debian: apt install python3-meep-mpi-default)")
    mp.verbosity(0)
    simulation = mp.Simulation(
        cell_size=mp.Vector3(options.size, options.size, options.size), resolution=1, boundary_layers=[mp.PML(10)],
        eps_averaging=False,
        sources=[mp.Source(mp.GaussianSource(0.05, fwidth=0.04), component=mp.Ez, center=mp.Vector3())])
    simulation.init_sim()
    values = []
    for repeat in range(options.repeats + 1):
        start = time.perf_counter()
        for _ in range(options.steps):
            simulation.fields.step()
        seconds = time.perf_counter() - start
        if repeat > 0:  # the first warms up
            values.append(options.size**3 * options.steps / seconds * 1e-6)
    if mp.am_really_master():
        print(json.dumps({"peer": "meep", "version": mp.__version__, "size": options.size,
                          "processes": mp.count_processors(), "values": values}))


if __name__ == "__main__":
    main()
