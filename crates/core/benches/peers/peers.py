"""Counts the cells of benchmark networks with the peers, one network per line of standard input.

A line in, `<file> <id>`, names a network of `<data>/<file>.json`. A line out is a JSON list, one object per peer that handles the network:
name with version, cells counted, median CPU time in milliseconds, number of runs.
"""

import json
import os
import statistics
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np

warnings.simplefilter("ignore")

import affinitree
import regioncam

RUNS = 21
FEWEST = 3
SECONDS = 1.0
# affinitree solves linear programs: with more neurons than this in two inputs, one run takes tens of seconds.
AFFINITREE_NEURONS = 64


def measure(count):
    """The count and the median CPU time of repeated runs after a warm-up."""
    cells = count()
    times = []
    while len(times) < FEWEST or (len(times) < RUNS and sum(times) < SECONDS):
        start = time.process_time()
        count()
        times.append(time.process_time() - start)
    return {"cells": cells, "ms": statistics.median(times) * 1e3, "runs": len(times)}


def layers(net):
    """Weights and biases as floats, which they are exactly."""
    return [(np.array(layer["w"]) / net["den"], np.array(layer["b"]) / net["den"]) for layer in net["layers"]]


def with_regioncam(net):
    """In single precision, on the square [-1,1]^2: the first layer maps it to the unit square."""
    affine = layers(net)
    w, b = affine[0]
    affine[0] = (w / 2, b + w.sum(axis=1) / 2)
    affine = [(np.ascontiguousarray(w.T, dtype=np.float32), b.astype(np.float32)) for w, b in affine]

    def count():
        complex_ = regioncam.Regioncam(size=1.0)
        for w, b in affine[:-1]:
            complex_.linear(w, b)
            complex_.relu()
        complex_.linear(*affine[-1])
        return complex_.num_faces

    return count


def with_affinitree(net):
    """In double precision, as a decision tree with infeasible branches removed."""
    affine = layers(net)
    d = affine[0][0].shape[1]
    architecture = affinitree.Architecture(d)
    for at, (w, b) in enumerate(affine):
        architecture.linear(affinitree.AffFunc.from_mats(w, b))
        if at + 1 < len(affine):
            architecture.relu()
    cube = affinitree.Polytope.hyperrectangle(d, [(0.0, 1.0)] * d)

    def count():
        start = affinitree.AffTree.from_poly(cube, affinitree.AffFunc.identity(d))
        terminals = affinitree.builder.from_layers(architecture, precondition=start).num_terminals
        return terminals() if callable(terminals) else terminals

    return count


def main():
    nets = {
        (path.stem, net["id"]): net
        for path in Path(sys.argv[1]).glob("*.json")
        for net in json.loads(path.read_text()).get("nets", [])
    }
    # affinitree reports its progress on standard output; the answers keep that for themselves.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        net = nets[tuple(line.split())]
        d = len(net["domain"]["lo"])
        neurons = sum(len(layer["b"]) for layer in net["layers"][:-1])
        answers = []
        if d == 2:
            answers.append({"peer": f"regioncam {version('regioncam')}"} | measure(with_regioncam(net)))
        if d > 2 or neurons <= AFFINITREE_NEURONS:
            answers.append({"peer": f"affinitree {version('affinitree')}"} | measure(with_affinitree(net)))
        print(json.dumps(answers), file=out, flush=True)


if __name__ == "__main__":
    main()
