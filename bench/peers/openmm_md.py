#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""OpenMM's speed on its CPU platform, on the files and with the settings of `aula bench molecular`: particle mesh Ewald with
the splitting and the mesh of gromacs_md.py (tolerance 1e-5 at a cut-off of 1 nm, 0.12 nm), bonds to hydrogen and water rigid,
2 fs a step, 300 K. The mesh is of order 5: OpenMM has no other. Its thermostat is Langevin's (middle scheme), as it has no
velocity rescale by Bussi.

Prints one line of JSON: {"peer", "version", "simd", "atoms", "threads", "values", "processor"}: values in ns/day, one a repeat;
processor, milliseconds a step of all threads.
"""
import argparse
import json
import math
import re
import resource
import sys
import time


def evenFactors(size):
    """The next size whose only factors are 2, 3, 5 and 7."""
    while True:
        rest = size
        for factor in (2, 3, 5, 7):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return size
        size += 1


def splitting(cutoff, tolerance):
    """beta with erfc(beta cutoff) = tolerance."""
    low, high = 0.0, 10.0 / cutoff
    for _ in range(80):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if math.erfc(middle * cutoff) > tolerance else (low, middle)
    return low


def makeWaterRigid(system, topology, text):
    """OpenMM's reader passes over [ settles ]."""
    found = re.search(r"^\[ settles \]\s*\n(?:;.*\n)*\s*\d+\s+\d+\s+(\S+)\s+(\S+)", text, re.M)
    if found is None:
        return
    lengths = float(found.group(1)), float(found.group(2))
    for residue in topology.residues():
        if residue.name not in ("SOL", "HOH"):
            continue
        oxygen, first, second = (atom.index for atom in residue.atoms())
        for a, b, length in ((oxygen, first, lengths[0]), (oxygen, second, lengths[0]), (first, second, lengths[1])):
            system.addConstraint(a, b, length)


def wholeMolecules(system, positions, edges, openmm):
    """Positions in nm with no bond across the cell's faces: OpenMM's bonds and constraints know no periodic images."""
    bonds = [system.getConstraintParameters(n)[:2] for n in range(system.getNumConstraints())]
    for force in system.getForces():
        if isinstance(force, openmm.HarmonicBondForce):
            bonds += [force.getBondParameters(n)[:2] for n in range(force.getNumBonds())]
    neighbours = [[] for _ in positions]
    for a, b in bonds:
        neighbours[a].append(b)
        neighbours[b].append(a)
    known = [False] * len(positions)
    for first in range(len(positions)):
        if known[first]:
            continue
        known[first], queue = True, [first]
        while queue:
            a = queue.pop()
            for b in neighbours[a]:
                if known[b]:
                    continue
                known[b] = True
                queue.append(b)
                positions[b] = [x - edge * round((x - y) / edge) for x, y, edge in zip(positions[b], positions[a], edges)]
    return positions


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topology", required=True)
    parser.add_argument("--coordinates", required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", type=int, default=200, help="a repeat")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--include", default="/usr/share/gromacs/top", help="where the force fields of GROMACS lie")
    options = parser.parse_args()
    try:
        import openmm
        from openmm import app, unit
    except ImportError:
        sys.exit("OpenMM is not installed (Debian: apt install python3-simtk libopenmm-plugins)")
    if "CPU" not in [openmm.Platform.getPlatform(n).getName() for n in range(openmm.Platform.getNumPlatforms())]:
        sys.exit("OpenMM's CPU platform is not installed (Debian: apt install libopenmm-plugins)")
    coordinates = app.GromacsGroFile(options.coordinates)
    vectors = coordinates.getPeriodicBoxVectors()
    topology = app.GromacsTopFile(options.topology, periodicBoxVectors=vectors, includeDir=options.include)
    system = topology.createSystem(nonbondedMethod=app.PME, nonbondedCutoff=1.0 * unit.nanometer, constraints=app.HBonds,
                                   rigidWater=True, removeCMMotion=True)
    with open(options.topology) as file:
        makeWaterRigid(system, topology.topology, file.read())
    edges = [vectors[n][n].value_in_unit(unit.nanometer) for n in range(3)]
    for force in system.getForces():
        if isinstance(force, openmm.NonbondedForce):
            force.setPMEParameters(splitting(1.0, 1e-5), *(evenFactors(math.ceil(edge / 0.12)) for edge in edges))
            force.setUseDispersionCorrection(True)
    integrator = openmm.LangevinMiddleIntegrator(300 * unit.kelvin, 1 / unit.picosecond, 0.002 * unit.picoseconds)
    context = openmm.Context(system, integrator, openmm.Platform.getPlatformByName("CPU"), {"Threads": str(options.threads)})
    positions = [list(place) for place in coordinates.getPositions().value_in_unit(unit.nanometer)]
    context.setPositions(wholeMolecules(system, positions, edges, openmm))
    # Three decimals of a file leave bonds that are off: brought to their lengths, and downhill a little.
    context.applyConstraints(1e-5)
    openmm.LocalEnergyMinimizer.minimize(context, 500, 10)
    context.setVelocitiesToTemperature(300 * unit.kelvin, 1)
    integrator.step(max(options.steps // 4, 5))
    values, processor = [], []
    for _ in range(options.repeats):
        used, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        integrator.step(options.steps)
        # Work may be under way yet: the energy needs all of it.
        context.getState(getEnergy=True)
        seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
        values.append(86400 / seconds * options.steps * 2e-6)
        processor.append((after.ru_utime - used.ru_utime + after.ru_stime - used.ru_stime) / options.steps * 1e3)
    print(json.dumps({"peer": "openmm", "version": openmm.Platform.getOpenMMVersion(), "simd": "CPU platform",
                      "atoms": system.getNumParticles(), "threads": options.threads, "values": values, "processor": processor}))


main()
