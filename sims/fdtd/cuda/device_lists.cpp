// SPDX-License-Identifier: Apache-2.0
#include "fdtd/cuda/device_lists.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "compute/launch.h"
#include "core/assert.h"
#include "core/io/checkpoint.h"

namespace aula::fdtd::cuda {

namespace {

template <class T>
void fill(compute::Stream& stream, compute::DeviceBuffer<T>& buffer, const std::vector<T>& values,
          const char* name) {
  buffer = {stream, values.size(), name};
  buffer.upload(stream, values);
}

}  // namespace

DeviceInjections::DeviceInjections(compute::Stream& stream, const Setup& setup, const Medium& medium,
                                   const DeviceGrid& grid, int window)
    : tables_(setup) {
  const InjectionPlan plan = makeInjectionPlan(setup, medium);
  const MediumReader reader(setup, medium);
  for (const Half half : {kMagnetic, kElectric}) {
    std::vector<Injection> sorted = plan.entries[half];
    // The closing face of a periodic axis is no field here but index 0 once more, which has its own entry.
    std::erase_if(sorted, [&](const Injection& e) {
      return e.i >= grid.owned[0] || e.j >= grid.owned[1] || e.k >= grid.owned[2];
    });
    const auto place = [](const Injection& e) { return std::tuple(e.component, e.k, e.j, e.i); };
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
    std::vector<InjectionTarget> targets;
    std::vector<InjectionEntry> entries;
    for (std::size_t n = 0; n < sorted.size(); ++n) {
      const Injection& injection = sorted[n];
      // What is added to the old H is damped with it, where there is magnetic loss.
      const double factor =
          half == kMagnetic
              ? 1 / (1 - reader.at(injection.component, injection.i, injection.j, injection.k).loss)
              : 1;
      InjectionEntry entry{injection.slot, {}};
      for (std::size_t w = 0; w < 4; ++w) entry.weight[w] = static_cast<float>(injection.weight[w] * factor);
      if (n == 0 || place(sorted[n - 1]) != place(injection))
        targets.push_back({grid.offset(injection.i, injection.j, injection.k), injection.component,
                           static_cast<int>(entries.size()), 0});
      ++targets.back().count;
      entries.push_back(entry);
    }
    List& list = lists_[half];
    list.slots = plan.slots[half];
    fill(stream, list.targets, targets, "injection targets");
    fill(stream, list.entries, entries, "injection entries");
    list.tables = {stream, static_cast<std::size_t>(window) * static_cast<std::size_t>(list.slots),
                   "injection tables"};
  }
}

void DeviceInjections::prepare(compute::Stream& stream, int steps) {
  std::array<std::vector<float>, 2> host;
  for (const Half half : {kMagnetic, kElectric})
    host[half].resize(static_cast<std::size_t>(steps) * static_cast<std::size_t>(lists_[half].slots));
  for (int step = 0; step < steps; ++step)
    tables_.advance(host[kMagnetic].data() + step * lists_[kMagnetic].slots,
                    host[kElectric].data() + step * lists_[kElectric].slots);
  for (const Half half : {kMagnetic, kElectric}) lists_[half].tables.upload(stream, host[half]);
}

void DeviceInjections::launch(compute::Stream& stream, Half half, int stepInWindow,
                              const Fields& fields) const {
  const List& list = lists_[half];
  const Inject kernel{{fields, list.targets.device(), list.entries.device(),
                       list.tables.device() + stepInWindow * list.slots},
                      static_cast<long>(list.targets.size())};
  compute::launch(stream, kernel.shape(), kernel);
}

double DeviceInjections::bytes() const {
  double sum = 0;
  for (const List& list : lists_)
    sum += static_cast<double>(list.targets.bytes() + list.entries.bytes() + list.tables.bytes());
  return sum;
}

DeviceCouplings::DeviceCouplings(compute::Stream& stream, const Setup& setup, const Medium& medium,
                                 const DeviceGrid& grid) {
  std::vector<CouplingNode> nodes;
  // An edge's ends: node m ends the edge m - 1/2 and begins the edge m + 1/2.
  std::map<std::tuple<int, long>, std::array<int, 2>> ends;
  for (const Medium::Coupling& coupling : medium.couplings) {
    const int node = static_cast<int>(nodes.size());
    nodes.push_back({coupling.i, coupling.j, coupling.k, coupling.xy, coupling.xz, coupling.yz});
    for (int component = 0; component < 3; ++component) {
      if (!setup.grid.computes(component)) continue;
      const int before[3] = {coupling.i - (component == 0), coupling.j - (component == 1),
                             coupling.k - (component == 2)};
      const auto end = [&](const long offset) -> std::array<int, 2>& {
        return ends.try_emplace({component, offset}, std::array<int, 2>{-1, -1}).first->second;
      };
      end(grid.offset(coupling.i, coupling.j, coupling.k))[0] = node;
      end(grid.offset(before[0], before[1], before[2]))[1] = node;
    }
  }
  std::vector<CoupledEdge> edges;
  for (const auto& [place, listed] : ends)
    edges.push_back({std::get<1>(place), std::get<0>(place), {listed[0], listed[1]}});
  fill(stream, nodes_, nodes, "coupling nodes");
  fill(stream, edges_, edges, "coupled edges");
  sums_ = {stream, 3 * nodes.size(), "coupling sums"};
}

void DeviceCouplings::launch(compute::Stream& stream, const DeviceGrid& grid, const UpdateTables& tables,
                             const Fields& fields) const {
  const CouplingSums sums{{grid, tables, fields, nodes_.device(), sums_.device()},
                          static_cast<long>(nodes_.size())};
  compute::launch(stream, sums.shape(), sums);
  const Couple couple{{fields, edges_.device(), sums_.device()}, static_cast<long>(edges_.size())};
  compute::launch(stream, couple.shape(), couple);
}

double DeviceCouplings::bytes() const {
  return static_cast<double>(nodes_.bytes() + sums_.bytes() + edges_.bytes());
}

DeviceDispersion::DeviceDispersion(compute::Stream& stream, const Setup& setup, const Medium& medium,
                                   const DeviceGrid& grid) {
  const MediumReader reader(setup, medium);
  for (int component = 0; component < 3; ++component) {
    if (medium.dispersion[static_cast<std::size_t>(component)].empty() || !setup.grid.computes(component))
      continue;
    std::map<int, std::vector<long>> cells;  // By material.
    const int next = (component + 1) % 3, afterNext = (component + 2) % 3;
    for (int k = 0; k < std::min(grid.owned[2], setup.grid.count(component, 2)); ++k)
      for (int j = 0; j < std::min(grid.owned[1], setup.grid.count(component, 1)); ++j)
        for (int i = 0; i < std::min(grid.owned[0], setup.grid.count(component, 0)); ++i) {
          const int material = reader.dispersion(component, i, j, k);
          const int index[3] = {i, j, k};
          if (material == 0 || grid.isWall(next, index[next]) || grid.isWall(afterNext, index[afterNext]))
            continue;
          cells[material].push_back(grid.offset(i, j, k));
        }
    for (const auto& [material, places] : cells) {
      List list;
      list.component = component;
      fill(stream, list.cells, places, "dispersive cells");
      const auto& poles = setup.materials[static_cast<std::size_t>(material)].poles;
      AULA_ASSERT(poles.size() <= kMaximumPoles);
      list.state = {stream, 2 * poles.size() * places.size(), "pole states"};
      list.state.fillZero(stream);
      for (const Pole& pole : poles) {
        const PoleCoefficients c = poleCoefficients(pole, setup.grid.dt);
        float* p = list.state.device() + 2 * static_cast<std::size_t>(list.poleCount) * places.size();
        const int kind = pole.kind == Pole::Kind::drude ? 0 : pole.kind == Pole::Kind::lorentz ? 1 : 2;
        list.poles[list.poleCount++] = {
            kind, static_cast<float>(c.d), static_cast<float>(c.b), static_cast<float>(c.g),
            p,    p + places.size()};
      }
      lists_.push_back(std::move(list));
    }
  }
}

void DeviceDispersion::launch(compute::Stream& stream, const UpdateTables& tables, const Fields& from,
                              const Fields& to) const {
  for (const List& list : lists_) {
    DisperseBody body{from.values[list.component],
                      to.values[list.component],
                      tables.coefficients[list.component],
                      list.cells.device(),
                      list.poleCount,
                      {}};
    std::copy(std::begin(list.poles), std::end(list.poles), std::begin(body.poles));
    const Disperse kernel{body, static_cast<long>(list.cells.size())};
    compute::launch(stream, kernel.shape(), kernel);
  }
}

double DeviceDispersion::bytes() const {
  double sum = 0;
  for (const List& list : lists_) sum += static_cast<double>(list.cells.bytes() + list.state.bytes());
  return sum;
}

void DeviceDispersion::save(compute::Stream& stream, core::CheckpointWriter& writer) const {
  for (std::size_t n = 0; n < lists_.size(); ++n) {
    std::vector<float> state(lists_[n].state.size());
    lists_[n].state.download(stream, state);
    writer.writeArray("poles/" + std::to_string(n), std::span<const float>(state));
  }
}

void DeviceDispersion::load(compute::Stream& stream, core::CheckpointReader& reader) {
  for (std::size_t n = 0; n < lists_.size(); ++n) {
    std::vector<float> state(lists_[n].state.size());
    reader.readArray("poles/" + std::to_string(n), std::span<float>(state));
    lists_[n].state.upload(stream, state);
  }
}

}  // namespace aula::fdtd::cuda
