// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/injection.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "core/io/checkpoint.h"
#include "core/units/constants.h"
#include "fdtd/model/ade.h"
#include "fdtd/model/incident_wave.h"
#include "fdtd/model/yee.h"

namespace aula::fdtd {

namespace {

constexpr int kSpareSlots = 3;

std::size_t size(std::int64_t n) {
  return static_cast<std::size_t>(n);
}

/// Collects entries: turns terms of a step's right-hand side (R_E, R_H) into additions to the fields.
class Collector {
 public:
  Collector(const Setup& setup, const Medium& medium, InjectionPlan& plan)
      : setup_(setup), medium_(medium), plan_(plan) {
    for (std::size_t n = 0; n < medium.couplings.size(); ++n) {
      const auto& c = medium.couplings[n];
      nodes_[{c.i, c.j, c.k}] = n;
    }
  }

  /// A term of the right-hand side at one place: weights of table values slot .. slot + 3.
  void add(int component, std::array<int, 3> at, int slot, const std::array<double, 4>& weight) {
    push(component, at, slot, weight, coefficient(component, at));
    if (!isElectric(component) || nodes_.empty()) return;
    // Off-diagonal permittivity passes it on to the edges of other directions at both end nodes (medium.h).
    for (int end = 0; end < 2; ++end) {
      std::array<int, 3> node = at;
      node[size(component)] += end;
      const auto found = nodes_.find(node);
      if (found == nodes_.end()) continue;
      const auto& c = medium_.couplings[found->second];
      for (int other = 0; other < 3; ++other) {
        if (other == component) continue;
        const int pair = component + other;  // xy: 1, xz: 2, yz: 3
        const double xi = static_cast<double>(pair == 1 ? c.xy : pair == 2 ? c.xz : c.yz);
        if (xi == 0 || !setup_.grid.computes(other)) continue;
        for (int side = 0; side < 2; ++side) {
          std::array<int, 3> edge = node;
          edge[size(other)] -= side;
          push(other, edge, slot, weight, xi / 4);
        }
      }
    }
  }

 private:
  void push(int component, const std::array<int, 3>& at, int slot, const std::array<double, 4>& weight,
            double factor) {
    if (factor == 0) return;
    Injection entry;
    entry.i = at[0];
    entry.j = at[1];
    entry.k = at[2];
    entry.component = component;
    entry.slot = slot;
    for (std::size_t n = 0; n < 4; ++n) entry.weight[n] = static_cast<float>(weight[n] * factor);
    plan_.entries[isElectric(component) ? 1 : 0].push_back(entry);
  }

  /// cb there; 0 where the field is held at zero or is the copy in a closing periodic face.
  [[nodiscard]] double coefficient(int component, const std::array<int, 3>& at) const {
    const Grid& grid = setup_.grid;
    const int axes = grid.dimensions == Dimensions::three ? 3 : 2;
    for (int a = 0; a < axes; ++a) {
      const int index = at[size(a)];
      if (index < 0 || index >= grid.count(component, a)) return 0;
      if (!isElectric(component) || axisOf(component) == a) continue;
      const auto& faces = setup_.boundaries[size(a)];
      if (index == grid.cells(a) && faces[1].kind == BoundaryKind::periodic) return 0;
      const auto isWall = [](const Boundary& b) {
        return b.kind == BoundaryKind::pec || b.kind == BoundaryKind::cpml;
      };
      if ((index == 0 && isWall(faces[0])) || (index == grid.cells(a) && isWall(faces[1]))) return 0;
    }
    const auto c = size(axisOf(component));
    const std::size_t place =
        (size(at[2]) * size(grid.count(component, 1)) + size(at[1])) * size(grid.count(component, 0)) +
        size(at[0]);
    const auto value = [place](const auto& array, double otherwise) {
      return array.empty() ? otherwise : static_cast<double>(array[place]);
    };
    if (!isElectric(component))
      return yeeCoefficients(
                 value(medium_.inverseMu[c], medium_.backgroundMu),
                 value(medium_.magneticConductivity[c], 0) * grid.dt / (2 * core::kVacuumPermeability))
          .cb;
    double halfLoss = value(medium_.conductivity[c], 0) * grid.dt / (2 * core::kVacuumPermittivity);
    if (!medium_.dispersion[c].empty())
      for (const Pole& pole : setup_.materials[medium_.dispersion[c][place]].poles)
        halfLoss += poleCoefficients(pole, grid.dt).G;
    return yeeCoefficients(value(medium_.inverseEpsilon[c], medium_.background), halfLoss).cb;
  }

  const Setup& setup_;
  const Medium& medium_;
  InjectionPlan& plan_;
  std::map<std::array<int, 3>, std::size_t> nodes_;
};

/// Linear weights of the two indices around a position.
struct Linear {
  std::array<int, 2> index{};
  std::array<double, 2> weight{};
};
Linear linear(const Setup& setup, int component, int axis, double x) {
  const Grid& grid = setup.grid;
  if (axis == 2 && grid.dimensions != Dimensions::three) return {{0, 0}, {1, 0}};
  const double u = (x - grid.origin[axis]) / grid.spacing(axis) - Grid::offset(component, axis);
  const double floor = std::floor(u);
  Linear result;
  result.weight = {1 - (u - floor), u - floor};
  const bool isPeriodic = setup.boundaries[size(axis)][0].kind == BoundaryKind::periodic;
  const int n = grid.cells(axis), count = grid.count(component, axis);
  for (int side = 0; side < 2; ++side) {
    const int index = static_cast<int>(floor) + side;
    result.index[size(side)] = isPeriodic ? ((index % n) + n) % n : std::clamp(index, 0, count - 1);
  }
  return result;
}

void addDipole(const Setup& setup, const PointDipole& dipole, int slot, Collector& collector) {
  const Grid& grid = setup.grid;
  const core::Vec3 direction = core::normalised(dipole.direction);
  const double volume = grid.dx * grid.dy * (grid.dimensions == Dimensions::three ? grid.dz : 1);
  for (int c = 0; c < 3; ++c) {
    if (direction[c] == 0 || !grid.computes(c)) continue;
    const double current = dipole.amplitude * direction[c] / volume;
    std::array<Linear, 3> around;
    for (int a = 0; a < 3; ++a) around[size(a)] = linear(setup, c, a, dipole.position[a]);
    for (std::size_t corner = 0; corner < 8; ++corner) {
      const std::array<std::size_t, 3> side{corner & 1, corner >> 1 & 1, corner >> 2};
      double weight = -grid.dt / core::kVacuumPermittivity * current;
      std::array<int, 3> at{};
      for (std::size_t a = 0; a < 3; ++a) {
        weight *= around[a].weight[side[a]];
        at[a] = around[a].index[side[a]];
      }
      if (weight != 0) collector.add(c, at, slot, {weight, 0, 0, 0});
    }
  }
}

/// The fraction of the cell around a place, along one lateral axis, that a sheet covers.
double covered(const Grid& grid, int axis, double x, double centre, double extent) {
  const double d = grid.spacing(axis), low = grid.origin[axis], high = low + grid.cells(axis) * d;
  double first = centre - extent / 2, last = centre + extent / 2;
  if (!(first > low + 1e-6 * d)) first = -INFINITY;
  if (!(last < high - 1e-6 * d)) last = INFINITY;
  return std::max(0.0, (std::min(x + d / 2, last) - std::max(x - d / 2, first)) / d);
}

void addSheet(const Setup& setup, const SheetCurrent& sheet, int slot, Collector& collector) {
  const Grid& grid = setup.grid;
  const core::Vec3 direction = core::normalised(sheet.direction);
  const int normal = sheet.normalAxis;
  for (int c = 0; c < 3; ++c) {
    if (c == normal || direction[c] == 0 || !grid.computes(c)) continue;
    const Linear planes = linear(setup, c, normal, sheet.centre[normal]);
    const double current = sheet.amplitude * direction[c] / grid.spacing(normal);
    // Weights along the two lateral axes, then all places where both are positive.
    std::array<std::vector<double>, 3> lateral;
    for (int a = 0; a < 3; ++a) {
      if (a == normal) continue;
      const bool isFlat = a == 2 && grid.dimensions != Dimensions::three;
      for (int i = 0; i < grid.count(c, a); ++i)
        lateral[size(a)].push_back(
            isFlat ? 1.0
                   : covered(grid, a, grid.origin[a] + (i + Grid::offset(c, a)) * grid.spacing(a),
                             sheet.centre[a], sheet.size[a]));
    }
    const int first = normal == 0 ? 1 : 0, second = normal == 2 ? 1 : 2;
    for (std::size_t side = 0; side < 2; ++side)
      for (std::size_t m = 0; m < lateral[size(second)].size(); ++m)
        for (std::size_t n = 0; n < lateral[size(first)].size(); ++n) {
          const double weight = -grid.dt / core::kVacuumPermittivity * current * planes.weight[side] *
                                lateral[size(first)][n] * lateral[size(second)][m];
          if (weight == 0) continue;
          std::array<int, 3> at{};
          at[size(normal)] = planes.index[side];
          at[size(first)] = static_cast<int>(n);
          at[size(second)] = static_cast<int>(m);
          collector.add(c, at, slot, {weight, 0, 0, 0});
        }
  }
}

/// Corrections of every difference that has one member in the total field and one outside (Taflove and
/// Hagness 2005, section 5.8).
void addPlaneWave(const Setup& setup, const IncidentWave& wave, std::array<int, 2> slot,
                  Collector& collector) {
  const Grid& grid = setup.grid;
  const int axes = grid.dimensions == Dimensions::three ? 3 : 2;
  for (int a = 0; a < axes; ++a)
    for (int side = 0; side < 2; ++side) {
      const int face = side == 0 ? wave.lower()[size(a)] : wave.upper()[size(a)];
      if (face == 0 || face == grid.cells(a)) continue;  // in the domain's own wall: no face
      for (int c = 0; c < 6; ++c) {
        if (axisOf(c) == a || !grid.computes(c)) continue;
        // curl_c contains + D_a F_o when a follows c in cyclic order, else - D_a F_o.
        const int along = axisOf(c), o = 3 - a - along;
        const double sign = (along + 1) % 3 == a ? 1 : -1;
        const bool isElectricHere = isElectric(c);
        const double amplitude = isElectricHere ? wave.magnetic()[o] : wave.electric()[o];
        if (amplitude == 0) continue;
        // E in the face lacks H half a cell outside; H half a cell outside sees too much of E in the face.
        const double outward = side == 0 ? -1 : 1;
        const double factor = outward * sign * (isElectricHere ? 1 : -1) * core::kSpeedOfLight * grid.dt /
                              grid.spacing(a) * amplitude;
        std::array<int, 3> first = wave.lower(), last = wave.upper();
        for (int t = 0; t < 3; ++t)
          if (t < axes && Grid::offset(c, t) != 0) last[size(t)] -= 1;
        first[size(a)] = last[size(a)] = isElectricHere ? face : side == 0 ? face - 1 : face;
        if (axes == 2) first[2] = last[2] = 0;
        const int source = isElectricHere ? o + 3 : o;
        for (int k = first[2]; k <= last[2]; ++k)
          for (int j = first[1]; j <= last[1]; ++j)
            for (int i = first[0]; i <= last[0]; ++i) {
              std::array<int, 3> place{i, j, k};
              if (isElectricHere)
                place[size(a)] = side == 0 ? face - 1 : face;  // H at face -+ 1/2
              else
                place[size(a)] = face;
              const auto reading =
                  wave.reading(grid.position(source, place[0], place[1], place[2]), !isElectricHere);
              std::array<double, 4> weight{};
              for (std::size_t n = 0; n < 4; ++n) weight[n] = factor * reading.weight[n];
              collector.add(c, {i, j, k}, slot[isElectricHere ? 1 : 0] + reading.first, weight);
            }
      }
    }
}

}  // namespace

InjectionPlan makeInjectionPlan(const Setup& setup, const Medium& medium) {
  InjectionPlan plan;
  Collector collector(setup, medium, plan);
  // Tables: the electric one begins with the currents' waveforms; both end with the waves in turn.
  std::array<int, 2> slot{};
  for (const Source& source : setup.sources)
    if (!std::holds_alternative<PlaneWave>(source)) ++slot[1];
  int waveform = 0;
  for (const Source& source : setup.sources) {
    if (const auto* dipole = std::get_if<PointDipole>(&source))
      addDipole(setup, *dipole, waveform++, collector);
    if (const auto* sheet = std::get_if<SheetCurrent>(&source))
      addSheet(setup, *sheet, waveform++, collector);
    if (const auto* plane = std::get_if<PlaneWave>(&source)) {
      const IncidentWave wave(setup.grid, *plane);
      addPlaneWave(setup, wave, slot, collector);
      slot[0] += wave.size();
      slot[1] += wave.size();
    }
  }
  plan.slots = {slot[0] + kSpareSlots, slot[1] + kSpareSlots};
  for (auto& entries : plan.entries)
    std::stable_sort(entries.begin(), entries.end(), [](const Injection& a, const Injection& b) {
      return std::tie(a.k, a.j, a.component, a.i) < std::tie(b.k, b.j, b.component, b.i);
    });
  return plan;
}

InjectionTables::InjectionTables(const Setup& setup) : dt_(setup.grid.dt) {
  for (const Source& source : setup.sources) {
    if (const auto* plane = std::get_if<PlaneWave>(&source)) {
      places_.push_back({true, waves_.size()});
      waves_.push_back(std::make_unique<IncidentWave>(setup.grid, *plane));
      continue;
    }
    places_.push_back({false, waveforms_.size()});
    if (const auto* dipole = std::get_if<PointDipole>(&source)) waveforms_.push_back(dipole->waveform);
    if (const auto* sheet = std::get_if<SheetCurrent>(&source)) waveforms_.push_back(sheet->waveform);
  }
}
InjectionTables::~InjectionTables() = default;
InjectionTables::InjectionTables(InjectionTables&&) noexcept = default;

void InjectionTables::advance(float* magnetic, float* electric) {
  // Currents act in the middle of the step.
  for (const Waveform& waveform : waveforms_)
    *electric++ = static_cast<float>(waveform.value((static_cast<double>(step_) + 0.5) * dt_));
  for (const auto& wave : waves_) {
    for (const double value : wave->e()) *magnetic++ = static_cast<float>(value);
    wave->advanceMagnetic();
    for (const double value : wave->h()) *electric++ = static_cast<float>(value);
    wave->advanceElectric(step_);
  }
  std::fill_n(magnetic, kSpareSlots, 0.0F);
  std::fill_n(electric, kSpareSlots, 0.0F);
  ++step_;
}

void InjectionTables::drive(std::size_t source, const Drive& drive) {
  const Place& place = places_.at(source);
  if (place.isWave)
    waves_[place.index]->drive(drive, step_);
  else
    waveforms_[place.index].redirect(drive, static_cast<double>(step_) * dt_);
}

template <class Self, class Visit>
void InjectionTables::forEachWaveform(Self& self, const Visit& visit) {
  std::size_t n = 0;
  for (auto& waveform : self.waveforms_) visit(waveform, n++);
  for (auto& wave : self.waves_) visit(wave->waveform(), n++);
}

void InjectionTables::save(core::CheckpointWriter& writer, const std::string& prefix) const {
  writer.writeValue(prefix + ".step", step_);
  forEachWaveform(*this, [&](const Waveform& waveform, std::size_t n) {
    writer.writeValue(prefix + ".waveform" + std::to_string(n), waveform.state());
  });
  for (std::size_t n = 0; n < waves_.size(); ++n) {
    writer.writeArray(prefix + ".wave" + std::to_string(n) + ".e", std::span<const double>(waves_[n]->e()));
    writer.writeArray(prefix + ".wave" + std::to_string(n) + ".h", std::span<const double>(waves_[n]->h()));
  }
}

void InjectionTables::load(core::CheckpointReader& reader, const std::string& prefix) {
  step_ = reader.readValue<std::int64_t>(prefix + ".step");
  forEachWaveform(*this, [&](Waveform& waveform, std::size_t n) {
    waveform.restore(reader.readValue<std::array<double, 10>>(prefix + ".waveform" + std::to_string(n)));
  });
  for (std::size_t n = 0; n < waves_.size(); ++n) {
    std::vector<double> e(waves_[n]->e().size()), h(e.size());
    reader.readArray(prefix + ".wave" + std::to_string(n) + ".e", std::span<double>(e));
    reader.readArray(prefix + ".wave" + std::to_string(n) + ".h", std::span<double>(h));
    waves_[n]->restore(std::move(e), std::move(h));
  }
}

}  // namespace aula::fdtd
