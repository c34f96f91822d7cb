// SPDX-License-Identifier: Apache-2.0
#include "physics/anatomy_airways/lungs.h"

#include <algorithm>
#include <cmath>

namespace aula::tests {

using namespace anatomy;

std::shared_ptr<const BronchialTree> coarseTree() {
  static const auto tree = std::make_shared<const BronchialTree>(growTree({1e-3}));
  return tree;
}

namespace {

void addBranch(BronchialTree& tree, std::int32_t parent, int generation, double diameter, double length,
               double share) {
  const Vec3 start = parent < 0 ? Vec3{} : tree.end[static_cast<std::size_t>(parent)];
  tree.parent.push_back(parent);
  tree.firstChild.push_back(BronchialTree::kNone);
  tree.generation.push_back(static_cast<std::uint8_t>(generation));
  tree.lobe.push_back(parent < 0 ? std::int8_t{-1} : std::int8_t{0});
  tree.segment.push_back(0);
  tree.start.push_back(start);
  tree.end.push_back(start + Vec3{0, 0, -length});
  tree.diameter.push_back(diameter);
  tree.length.push_back(length);
  tree.share.push_back(share);
}

void finish(BronchialTree& tree) {
  for (std::size_t b = 0; b < tree.size(); ++b)
    if (tree.isTerminal(b)) {
      tree.terminals.push_back(static_cast<std::int32_t>(b));
      tree.acinus.push_back({});
    }
}

}  // namespace

std::shared_ptr<const BronchialTree> symmetricTree(int last) {
  auto tree = std::make_shared<BronchialTree>();
  const TubeLaw& first = tubeLaw(0);
  addBranch(*tree, BronchialTree::kNone, 0, first.diameter, first.length, 1);
  // Breadth first: children of one branch stand together, behind all of its generation.
  for (std::size_t b = 0; b < tree->size(); ++b) {
    const int generation = tree->generation[b] + 1;
    if (generation > last) break;
    tree->firstChild[b] = static_cast<std::int32_t>(tree->size());
    for (int child = 0; child < 2; ++child)
      addBranch(*tree, static_cast<std::int32_t>(b), generation, tubeLaw(generation).diameter,
                tubeLaw(generation).length, std::ldexp(1.0, -generation));
  }
  finish(*tree);
  return tree;
}

std::shared_ptr<const BronchialTree> twoCompartments(double diameter, double firstShare) {
  auto tree = std::make_shared<BronchialTree>();
  addBranch(*tree, BronchialTree::kNone, 0, 0.018, 0.12, 1);
  tree->firstChild[0] = 1;
  addBranch(*tree, 0, 1, diameter, 0.05, firstShare);
  addBranch(*tree, 0, 1, diameter, 0.05, 1 - firstShare);
  finish(*tree);
  return tree;
}

ForcedBreath forcedBreath(const std::shared_ptr<const BronchialTree>& tree, BreathingSettings settings,
                          double step) {
  settings.pattern.isForced = true;
  settings.pattern.forcedStart = 8;
  Breathing breathing(tree, settings);
  ForcedBreath found;
  for (const double resistance : breathing.resistanceByGeneration(0.5e-3)) found.resistance += resistance;
  std::vector<double> times, volumes, flows;
  double least = 1, most = 0;
  while (breathing.time() < 16.5) {
    breathing.advance(step);
    if (breathing.time() > 4 && breathing.time() < 8) {
      least = std::min(least, breathing.volume());
      most = std::max(most, breathing.volume());
    }
    times.push_back(breathing.time());
    volumes.push_back(breathing.volume());
    flows.push_back(breathing.flow());
  }
  found.quietVolume = most - least;
  found.result = readSpirometry(times, volumes, flows);
  return found;
}

BreathingSettings narrowed(double diameter) {
  BreathingSettings settings;
  for (std::size_t z = 3; z < settings.narrowing.size(); ++z) settings.narrowing[z] = diameter;
  return settings;
}

}  // namespace aula::tests
