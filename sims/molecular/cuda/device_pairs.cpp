// SPDX-License-Identifier: Apache-2.0
#include "molecular/cuda/device_pairs.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "compute/launch.h"
#include "molecular/cuda/motion_kernels.h"
#include "molecular/cuda/totals.h"
#include "molecular/model/constants.h"

namespace aula::molecular::cuda {

namespace {

template <class T>
void fillFrom(compute::Stream& stream, compute::DeviceBuffer<T>& buffer, const std::vector<T>& values,
              const char* name) {
  buffer = {stream, values.size(), name};
  buffer.upload(stream, values);
}
/// Grows a buffer, never shrinks it: boxes breathe.
template <class T>
bool makeRoom(compute::Stream& stream, compute::DeviceBuffer<T>& buffer, std::size_t size, const char* name) {
  if (buffer.size() >= size) return false;
  buffer = {stream, size + size / 8, name};
  return true;
}

}  // namespace

DevicePairs::DevicePairs(compute::Stream& stream, const Topology& topology, const PairParameters& parameters)
    : parameters_(parameters), atoms_(topology.atomCount()), typeCount_(topology.typeCount) {
  std::vector<float> charges, table;
  for (const double charge : topology.charges) charges.push_back(static_cast<float>(charge));
  for (const LennardJones& pair : topology.pairs) {
    table.push_back(static_cast<float>(6 * pair.c6));
    table.push_back(static_cast<float>(12 * pair.c12));
  }
  fillFrom(stream, charges_, charges, "charges");
  fillFrom(stream, lennardJones_, table, "Lennard-Jones table");
  fillFrom(stream, types_, topology.types, "types");
  fillFrom(stream, exclusionStart_, topology.exclusionStart, "first exclusions");
  fillFrom(stream, exclusions_, topology.exclusions, "exclusions");
  const auto atoms = static_cast<std::size_t>(atoms_);
  cellOf_ = {stream, atoms, "cells of atoms"};
  slotOf_ = {stream, atoms, "slots of atoms"};
}

void DevicePairs::makeGrid(compute::Stream& stream, const Box& box, std::span<const Vec3f> hostPositions) {
  SearchGrid grid{};
  Box room = box;
  if (!box.isPeriodic()) {
    Vec3f lower{1e30F, 1e30F, 1e30F}, upper{-1e30F, -1e30F, -1e30F};
    for (const Vec3f& p : hostPositions) {
      lower = {smaller(lower.x, p.x), smaller(lower.y, p.y), smaller(lower.z, p.z)};
      upper = {larger(upper.x, p.x), larger(upper.y, p.y), larger(upper.z, p.z)};
    }
    grid.origin = lower;
    room = rectangularBox(larger(upper.x - lower.x, 0.1F), larger(upper.y - lower.y, 0.1F),
                          larger(upper.z - lower.z, 0.1F));
  }
  // Columns as wide as a cluster of eight is high where atoms are evenly spread; cells of one atom.
  const double density = atoms_ / room.volume(), edge = std::cbrt(kCluster / density);
  const auto count = [&](double length) { return std::clamp(static_cast<int>(length / edge), 1, 1024); };
  grid.columnsX = count(room.a.x);
  grid.columnsY = count(room.b.y);
  grid.cellsZ = std::clamp(
      static_cast<int>(std::ceil(double(atoms_) / (double(grid.columnsX) * grid.columnsY))), 1, 4096);
  const double ax = room.a.x, bx = room.b.x, by = room.b.y, cx = room.c.x, cy = room.c.y, cz = room.c.z;
  const auto f = [](double v) { return static_cast<float>(v); };
  grid.inverse[0] = {f(1 / ax), f(-bx / (ax * by)), f((bx * cy / by - cx) / (ax * cz))};
  grid.inverse[1] = {0, f(1 / by), f(-cy / (by * cz))};
  grid.inverse[2] = {0, 0, f(1 / cz)};
  grid_ = grid;

  const auto columns = static_cast<std::size_t>(grid.columns()),
             cells = columns * static_cast<std::size_t>(grid.cellsZ);
  makeRoom(stream, cellCounts_, cells, "atoms of cells");
  makeRoom(stream, cellStarts_, cells, "first atoms of cells");
  makeRoom(stream, columnClusters_, columns, "clusters of columns");
  makeRoom(stream, columnStarts_, columns + 1, "first clusters of columns");
  // A column wastes less than a cluster.
  const std::size_t clusters = static_cast<std::size_t>(atoms_) / kCluster + columns + 1;
  if (clusters != static_cast<std::size_t>(clusters_)) ++layout_;
  clusters_ = static_cast<int>(clusters);
  makeRoom(stream, atomAt_, clusters * kCluster, "atoms of slots");
  makeRoom(stream, slotTypes_, clusters * kCluster, "types of slots");
  makeRoom(stream, points_, clusters * kCluster, "points");
  makeRoom(stream, bounds_, clusters, "bounds of clusters");
  makeRoom(stream, pairCounts_, clusters, "pairs of clusters");
  makeRoom(stream, blockSums_, clusters * kPairSums, "sums of pairs");
}

void DevicePairs::sort(compute::Stream& stream, const DeviceCell* cell, Vec3f* positions,
                       std::int32_t* images) {
  cellCounts_.fillZero(stream);
  atomAt_.fillZero(stream);
  const auto run = [&](const auto& body, long count) {
    const compute::ForEach<std::decay_t<decltype(body)>> kernel{body, count};
    compute::launch(stream, kernel.shape(), kernel);
  };
  const long columns = grid_.columns(), cells = columns * grid_.cellsZ;
  run(BinAtomsBody{cell, grid_, positions, images, cellOf_.device(), cellCounts_.device()}, atoms_);
  run(ColumnPrefixBody{grid_.cellsZ, cellCounts_.device(), cellStarts_.device(), columnClusters_.device()},
      columns);
  const ScanColumns scan{static_cast<int>(columns), columnClusters_.device(), columnStarts_.device()};
  compute::launch(stream, {{1, 1, 1}, {ScanColumns::kThreads, 1, 1}}, scan);
  run(PlaceAtomsBody{grid_.cellsZ, cellOf_.device(), cellStarts_.device(), columnStarts_.device(),
                     cellCounts_.device(), atomAt_.device()},
      atoms_);
  run(SortCellsBody{grid_.cellsZ,
                    cellStarts_.device(),
                    columnStarts_.device(),
                    cellCounts_.device(),
                    {atomAt_.device(), slotOf_.device()}},
      cells);
  run(BoundClustersBody{atomAt_.device(), positions, bounds_.device()}, clusters_);
  run(FillTypesBody{atomAt_.device(), types_.device(), slotTypes_.device()}, slots());
}

void DevicePairs::search(compute::Stream& stream, const DeviceCell* cell, const Box& box, float reach,
                         Vec3f* positions, std::int32_t* images, std::span<const Vec3f> hostPositions) {
  makeGrid(stream, box, hostPositions);
  sort(stream, cell, positions, images);
  if (capacity_ == 0) {
    // Clusters within reach of a cluster as dense as the box is on average, and half as much again.
    const double side = std::cbrt(kCluster * box.volume() / atoms_);
    const double near =
        box.isPeriodic() ? atoms_ / box.volume() / kCluster * 4.19 * std::pow(reach + side, 3) : clusters_;
    capacity_ = std::max(16, static_cast<int>(std::min(1.5 * near, 27.0 * clusters_)));
  }
  for (;;) {
    if (makeRoom(stream, pairs_, static_cast<std::size_t>(clusters_) * static_cast<std::size_t>(capacity_),
                 "pairs of clusters"))
      ++layout_;
    FindPairsBody body{};
    body.cell = cell;
    body.grid = grid_;
    body.reach = reach;
    body.capacity = capacity_;
    for (int& image : body.images) image = box.isPeriodic() ? 1 : 0;
    body.order = {atomAt_.device(), slotOf_.device()};
    body.columnStarts = columnStarts_.device();
    body.bounds = bounds_.device();
    body.exclusionStart = exclusionStart_.device();
    body.exclusions = exclusions_.device();
    body.pairs = pairs_.device();
    body.pairCounts = pairCounts_.device();
    const FindPairs find{body, clusters_};
    compute::launch(stream, find.shape(), find);
    std::vector<int> counts(static_cast<std::size_t>(clusters_));
    pairCounts_.download(stream, counts);
    clusterPairs_ = std::accumulate(counts.begin(), counts.end(), 0.0);
    const int most = counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
    if (most <= capacity_) return;
    capacity_ = most + most / 4;
    ++layout_;
  }
}

void DevicePairs::launch(compute::Stream& stream, const DeviceCell* cell, const Vec3f* positions,
                         Vec3f* forces, double* totals) {
  const FillSlots fill{{atomAt_.device(), positions, charges_.device(), points_.device()}, slots()};
  compute::launch(stream, fill.shape(), fill);
  const auto run = [&](auto kernel) {
    kernel.cell = cell;
    kernel.parameters = parameters_;
    kernel.coulomb = static_cast<float>(kCoulomb);
    kernel.typeCount = typeCount_;
    kernel.lennardJones = lennardJones_.device();
    kernel.points = points_.device();
    kernel.slotTypes = slotTypes_.device();
    kernel.atomAt = atomAt_.device();
    kernel.pairs = pairs_.device();
    kernel.pairCounts = pairCounts_.device();
    kernel.capacity = capacity_;
    kernel.forces = forces;
    kernel.blockSums = blockSums_.device();
    compute::launch(stream, {{clusters_, 1, 1}, {kernel.kThreads, 1, 1}}, kernel);
  };
  if (totals == nullptr) {
    run(PairForces<false>{});
    return;
  }
  run(PairForces<true>{});
  FoldSums fold{
      blockSums_.device(),
      clusters_,
      kPairSums,
      totals,
      {kTermTotals + static_cast<int>(Term::lennardJones), kTermTotals + static_cast<int>(Term::coulombReal)},
      false};
  for (int n = 0; n < 6; ++n) fold.target[2 + n] = kVirialTotals + n;
  compute::launch(stream, FoldSums::shape(), fold);
}

double DevicePairs::bytes() const {
  return static_cast<double>(charges_.bytes() + lennardJones_.bytes() + types_.bytes() +
                             exclusionStart_.bytes() + exclusions_.bytes() + cellOf_.bytes() +
                             cellCounts_.bytes() + cellStarts_.bytes() + columnClusters_.bytes() +
                             columnStarts_.bytes() + atomAt_.bytes() + slotOf_.bytes() + slotTypes_.bytes() +
                             pairCounts_.bytes() + bounds_.bytes() + pairs_.bytes() + points_.bytes() +
                             blockSums_.bytes());
}

}  // namespace aula::molecular::cuda
