// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "anatomy/airways/tree.h"
#include "core/units/constants.h"

namespace aula::anatomy {

namespace {

/// Sums over the branches of each class.
std::vector<BranchStatistics> gather(const BronchialTree& tree, const std::vector<int>& classes) {
  const int last = *std::max_element(classes.begin(), classes.end());
  std::vector<BranchStatistics> all(static_cast<std::size_t>(last) + 1);
  std::vector<int> angles(all.size());
  for (std::size_t b = 0; b < tree.size(); ++b) {
    const auto c = static_cast<std::size_t>(classes[b]);
    BranchStatistics& one = all[c];
    ++one.number;
    one.diameter += tree.diameter[b];
    one.diameterSpread += tree.diameter[b] * tree.diameter[b];
    one.length += tree.length[b];
    one.lengthSpread += tree.length[b] * tree.length[b];
    one.volume += core::kPi / 4 * tree.diameter[b] * tree.diameter[b] * tree.length[b];
    if (tree.parent[b] == BronchialTree::kNone) continue;
    const auto p = static_cast<std::size_t>(tree.parent[b]);
    const double cosine = core::dot(core::normalised(tree.end[b] - tree.start[b]),
                                    core::normalised(tree.end[p] - tree.start[p]));
    const double angle = std::acos(std::clamp(cosine, -1.0, 1.0));
    ++angles[c];
    one.angle += angle;
    one.angleSpread += angle * angle;
  }
  const auto settle = [](double& mean, double& spread, int number) {
    if (number == 0) return;
    mean /= number;
    spread = std::sqrt(std::max(0.0, spread / number - mean * mean));
  };
  for (std::size_t c = 0; c < all.size(); ++c) {
    settle(all[c].diameter, all[c].diameterSpread, all[c].number);
    settle(all[c].length, all[c].lengthSpread, all[c].number);
    settle(all[c].angle, all[c].angleSpread, angles[c]);
  }
  return all;
}

}  // namespace

std::vector<BranchStatistics> byGeneration(const BronchialTree& tree) {
  return gather(tree, std::vector<int>(tree.generation.begin(), tree.generation.end()));
}

std::vector<BranchStatistics> byOrder(const BronchialTree& tree) {
  // A parent of two children of equal order is one higher, otherwise as high as the higher (Strahler 1952).
  std::vector<int> orders(tree.size(), 1);
  for (std::size_t b = tree.size(); b-- > 0;) {
    if (tree.isTerminal(b)) continue;
    const auto c = static_cast<std::size_t>(tree.firstChild[b]);
    orders[b] = orders[c] == orders[c + 1] ? orders[c] + 1 : std::max(orders[c], orders[c + 1]);
  }
  return gather(tree, orders);
}

double volumeOf(const BronchialTree& tree) {
  double volume = 0;
  for (std::size_t b = 0; b < tree.size(); ++b)
    volume += core::kPi / 4 * tree.diameter[b] * tree.diameter[b] * tree.length[b];
  return volume;
}

}  // namespace aula::anatomy
