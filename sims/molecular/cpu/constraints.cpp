// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/constraints.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include "core/error.h"

namespace aula::molecular::cpu {

namespace {

constexpr int kWatersOfWork = 256;       ///< A multiple of the batch.
constexpr int kConstraintsOfWork = 128;  ///< A set that is larger stays whole.
/// About the time of a water and of a constraint, for dealing out.
constexpr double kWaterCost = 1, kConstraintCost = 3;

std::size_t index(int n) {
  return static_cast<std::size_t>(n);
}

}  // namespace

ConstraintSolver::ConstraintSolver(const Topology& topology, const RigidPlan& plan,
                                   const DynamicsSettings& settings, int threads,
                                   const MotionKernels& kernels)
    : kernels_(&kernels),
      threads_(threads),
      order_(settings.lincsOrder),
      iterations_(settings.lincsIterations) {
  if (order_ < 1 || order_ > 64 || iterations_ < 1 || iterations_ > 64)
    throw core::inputError("LINCS wants an order and a number of iterations from 1 to 64, not " +
                           std::to_string(order_) + " and " + std::to_string(iterations_));
  addLincs(plan, topology.atomCount());
  addSettles(topology, plan);
  double all = 0, before = 0;
  for (const Work& work : work_) all += work.cost;
  firstWork_.assign(index(threads_) + 1, work_.size());
  firstWork_[0] = 0;
  int thread = 1;
  for (std::size_t n = 0; n < work_.size(); ++n) {
    before += work_[n].cost;
    while (thread < threads_ && before >= all * thread / threads_) firstWork_[index(thread++)] = n + 1;
  }
}

void ConstraintSolver::addSettles(const Topology& topology, const RigidPlan& plan) {
  // One list for each shape of water; a simulation has one or two.
  std::map<std::tuple<double, double, double, double>, std::size_t> known;
  for (const Settle& settle : topology.settles) {
    const double massO = plan.masses[index(settle.oxygen)], massH = plan.masses[index(settle.hydrogen1)];
    if (massH != plan.masses[index(settle.hydrogen2)])
      throw core::inputError("a rigid water has hydrogens of different mass (atoms " +
                             std::to_string(settle.hydrogen1 + 1) + " and " +
                             std::to_string(settle.hydrogen2 + 1) + ")");
    if (!(settle.distanceHH > 0) || !(settle.distanceHH < 2 * settle.distanceOH))
      throw core::inputError("the lengths of a rigid water make no triangle (atom " +
                             std::to_string(settle.oxygen + 1) + ")");
    const auto key = std::tuple{massO, massH, settle.distanceOH, settle.distanceHH};
    const auto [at, isNew] = known.try_emplace(key, settles_.size());
    if (isNew) {
      settles_.emplace_back();
      settles_.back().shape = settleShape<double>(massO, massH, settle.distanceOH, settle.distanceHH);
    }
    SettleList& list = settles_[at->second];
    list.atoms[0].push_back(settle.oxygen);
    list.atoms[1].push_back(settle.hydrogen1);
    list.atoms[2].push_back(settle.hydrogen2);
    ++list.count;
  }
  for (std::size_t n = 0; n < settles_.size(); ++n) {
    SettleList& list = settles_[n];
    for (auto& atoms : list.atoms)
      while (atoms.size() % kMotionBatch != 0) atoms.push_back(atoms.back());
    const int end = static_cast<int>(list.atoms[0].size());
    for (int first = 0; first < end; first += kWatersOfWork) {
      const int last = std::min(first + kWatersOfWork, end);
      work_.push_back({static_cast<int>(n), first, last, kWaterCost * (last - first)});
    }
  }
}

void ConstraintSolver::addLincs(const RigidPlan& plan, int atomCount) {
  const std::vector<Constraint>& all = plan.constraints;
  // Sets by union of atoms.
  std::vector<int> parent(index(atomCount));
  std::iota(parent.begin(), parent.end(), 0);
  const auto find = [&](int atom) {
    while (parent[index(atom)] != atom) atom = parent[index(atom)] = parent[index(parent[index(atom)])];
    return atom;
  };
  for (const Constraint& c : all) {
    if (!(c.length > 0))
      throw core::inputError("the constraint between atoms " + std::to_string(c.i + 1) + " and " +
                             std::to_string(c.j + 1) + " has no positive length");
    const int a = find(c.i), b = find(c.j);
    parent[index(std::max(a, b))] = std::min(a, b);
  }
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return find(all[a].i) < find(all[b].i); });

  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && end - begin < kConstraintsOfWork) {
      const int set = find(all[order[end]].i);
      while (end < order.size() && find(all[order[end]].i) == set) ++end;
    }
    LincsChunk chunk;
    std::map<int, std::vector<int>> ofAtom;
    for (std::size_t n = begin; n < end; ++n) {
      const Constraint& c = all[order[n]];
      const double inverseI = 1 / plan.masses[index(c.i)], inverseJ = 1 / plan.masses[index(c.j)];
      chunk.first.push_back(c.i);
      chunk.second.push_back(c.j);
      chunk.length.push_back(static_cast<float>(c.length));
      chunk.scale.push_back(static_cast<float>(1 / std::sqrt(inverseI + inverseJ)));
      chunk.inverseMassFirst.push_back(static_cast<float>(inverseI));
      chunk.inverseMassSecond.push_back(static_cast<float>(inverseJ));
      ofAtom[c.i].push_back(static_cast<int>(n - begin));
      ofAtom[c.j].push_back(static_cast<int>(n - begin));
    }
    chunk.couplingStart.push_back(0);
    for (int c = 0; c < static_cast<int>(chunk.first.size()); ++c) {
      for (const int atom : {chunk.first[index(c)], chunk.second[index(c)]})
        for (const int d : ofAtom[atom]) {
          if (d == c) continue;
          const bool isAlike = chunk.first[index(c)] == chunk.first[index(d)] ||
                               chunk.second[index(c)] == chunk.second[index(d)];
          const float strength =
              chunk.scale[index(c)] * chunk.scale[index(d)] / static_cast<float>(plan.masses[index(atom)]);
          chunk.coupled.push_back(d);
          chunk.coupling.push_back(isAlike ? -strength : strength);
        }
      chunk.couplingStart.push_back(static_cast<int>(chunk.coupled.size()));
    }
    chunk.scratch.resize(kLincsScratch * chunk.first.size() + chunk.coupled.size());
    const double cost = kConstraintCost * static_cast<double>(end - begin);
    work_.push_back({static_cast<int>(chunks_.size()), -1, 0, cost});
    chunks_.push_back(std::move(chunk));
    begin = end;
  }
}

SettleView ConstraintSolver::view(const SettleList& list) const {
  return {list.shape, list.atoms[0].data(), list.atoms[1].data(), list.atoms[2].data(), list.count};
}

LincsView ConstraintSolver::view(LincsChunk& chunk) const {
  return {static_cast<int>(chunk.first.size()),
          chunk.first.data(),
          chunk.second.data(),
          chunk.length.data(),
          chunk.scale.data(),
          chunk.inverseMassFirst.data(),
          chunk.inverseMassSecond.data(),
          chunk.couplingStart.data(),
          chunk.coupled.data(),
          chunk.coupling.data(),
          chunk.scratch.data(),
          order_,
          iterations_};
}

void ConstraintSolver::moves(int thread, const PlacesView& places, float* move, float* v, float inverseTime,
                             ConstraintSums* sums) {
  for (std::size_t n = firstWork_[index(thread)]; n < firstWork_[index(thread) + 1]; ++n) {
    const Work& work = work_[n];
    ConstraintSums* const own = sums != nullptr ? sums + n : nullptr;
    if (own != nullptr) *own = {};
    if (work.first >= 0)
      kernels_->settleMoves(view(settles_[index(work.view)]), work.first, work.last, places, move, v,
                            inverseTime, own);
    else
      kernels_->lincsMoves(view(chunks_[index(work.view)]), places, move, v, inverseTime, own);
  }
}

void ConstraintSolver::rates(int thread, const PlacesView& places, float* v) {
  for (std::size_t n = firstWork_[index(thread)]; n < firstWork_[index(thread) + 1]; ++n) {
    const Work& work = work_[n];
    if (work.first >= 0)
      kernels_->settleRates(view(settles_[index(work.view)]), work.first, work.last, places, v);
    else
      kernels_->lincsRates(view(chunks_[index(work.view)]), places, v);
  }
}

double ConstraintSolver::largestError(const PlacesView& places) const {
  double largest = 0;
  const auto compare = [&](int i, int j, double length) {
    double d[3];
    for (int axis = 0; axis < 3; ++axis) {
      const auto at = [&](int atom) {
        return static_cast<double>(places.x[3 * atom + axis]) +
               static_cast<double>(places.rest[3 * atom + axis]);
      };
      d[axis] = at(i) - at(j);
    }
    const Cell<float>& c = places.cell;
    const Cell<double> cell{c.ax, c.bx, c.by, c.cx, c.cy, c.cz, c.inverseAx, c.inverseBy, c.inverseCz};
    const Vector<double> r = nearestImage(Vector<double>{d[0], d[1], d[2]}, cell);
    largest = std::max(largest, std::abs(std::sqrt(dot(r, r)) / length - 1));
  };
  for (const SettleList& list : settles_)
    for (std::size_t n = 0; n < index(list.count); ++n) {
      const double height = list.shape.distanceOH;
      compare(list.atoms[0][n], list.atoms[1][n], height);
      compare(list.atoms[0][n], list.atoms[2][n], height);
      compare(list.atoms[1][n], list.atoms[2][n], list.shape.distanceHH);
    }
  for (const LincsChunk& chunk : chunks_)
    for (std::size_t n = 0; n < chunk.first.size(); ++n)
      compare(chunk.first[n], chunk.second[n], static_cast<double>(chunk.length[n]));
  return largest;
}

double ConstraintSolver::bytes() const {
  double all = 0;
  for (const SettleList& list : settles_) all += 12.0 * static_cast<double>(list.atoms[0].size());
  for (const LincsChunk& chunk : chunks_)
    all +=
        4.0 * static_cast<double>(7 * chunk.first.size() + 2 * chunk.coupled.size() + chunk.scratch.size());
  return all;
}

}  // namespace aula::molecular::cpu
