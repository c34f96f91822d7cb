// SPDX-License-Identifier: Apache-2.0
#include "fdtd/live/change.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"

namespace aula::fdtd {

namespace {

/// Each is checked by reading the lab twice.
constexpr int kMaximumLiveKnobs = 16;

// ---- Comparing plain data, member by member; everything was computed the same way, so equal means equal.

bool isSame(core::Vec3 a, core::Vec3 b) {
  return a.x == b.x && a.y == b.y && a.z == b.z;
}
bool isSame(const BoxShape& a, const BoxShape& b) {
  return isSame(a.centre, b.centre) && isSame(a.size, b.size);
}
bool isSame(const SphereShape& a, const SphereShape& b) {
  return isSame(a.centre, b.centre) && a.radius == b.radius;
}
bool isSame(const EllipsoidShape& a, const EllipsoidShape& b) {
  return isSame(a.centre, b.centre) && isSame(a.semiAxes, b.semiAxes);
}
bool isSame(const CylinderShape& a, const CylinderShape& b) {
  return isSame(a.centre, b.centre) && isSame(a.axis, b.axis) && a.radius == b.radius && a.height == b.height;
}
bool isSame(const WedgeShape& a, const WedgeShape& b) {
  return isSame(a.corners[0], b.corners[0]) && isSame(a.corners[1], b.corners[1]) &&
         isSame(a.corners[2], b.corners[2]) && a.height == b.height;
}
bool isSame(const Object& a, const Object& b) {
  if (a.material != b.material || a.shape.index() != b.shape.index()) return false;
  return std::visit(
      [&](const auto& shape) { return isSame(shape, std::get<std::decay_t<decltype(shape)>>(b.shape)); },
      a.shape);
}
bool isSame(const Pole& a, const Pole& b) {
  return a.kind == b.kind && a.strength == b.strength && a.frequency == b.frequency &&
         a.damping == b.damping && a.relaxation == b.relaxation;
}
bool hasSamePoles(const Material& a, const Material& b) {
  return std::equal(a.poles.begin(), a.poles.end(), b.poles.begin(), b.poles.end(),
                    [](const Pole& p, const Pole& q) { return isSame(p, q); });
}
bool isSame(const Material& a, const Material& b) {
  return a.permittivity == b.permittivity && a.permeability == b.permeability &&
         a.conductivity == b.conductivity && a.magneticConductivity == b.magneticConductivity &&
         a.isPerfectConductor == b.isPerfectConductor && hasSamePoles(a, b);
}
bool isSame(const Grid& a, const Grid& b) {
  return a.dimensions == b.dimensions && a.nx == b.nx && a.ny == b.ny && a.nz == b.nz && a.dx == b.dx &&
         a.dy == b.dy && a.dz == b.dz && isSame(a.origin, b.origin);
}
bool isSame(const Boundary& a, const Boundary& b) {
  return a.kind == b.kind && a.cpml.cells == b.cpml.cells;
}
bool isSamePlace(const PointDipole& a, const PointDipole& b) {
  return isSame(a.position, b.position) && isSame(a.direction, b.direction);
}
bool isSamePlace(const SheetCurrent& a, const SheetCurrent& b) {
  return a.normalAxis == b.normalAxis && isSame(a.centre, b.centre) && isSame(a.size, b.size) &&
         isSame(a.direction, b.direction);
}
bool isSamePlace(const PlaneWave& a, const PlaneWave& b) {
  return isSame(a.lower, b.lower) && isSame(a.upper, b.upper) && isSame(a.direction, b.direction) &&
         isSame(a.polarisation, b.polarisation);
}

bool isDispersive(const Setup& setup) {
  return std::any_of(setup.objects.begin(), setup.objects.end(), [&](const Object& object) {
    return !setup.materials[std::size_t(object.material)].poles.empty();
  });
}

double glideOf(const Waveform& waveform) {
  const bool hasCarrier = waveform.kind == Waveform::Kind::continuous && waveform.frequency > 0;
  return kGlidePeriods * (hasCarrier ? 1 / waveform.frequency : waveform.width);
}

template <class S>
void compareSource(const S& before, const S& after, const S& built, std::size_t index, SetupChange& change) {
  const std::string place = "simulation.sources[" + std::to_string(index) + "]";
  const Waveform& from = before.waveform;
  const Waveform& to = after.waveform;
  const bool isContinuous = from.kind == Waveform::Kind::continuous;
  if (!isSamePlace(before, after))
    change.refused.push_back("where the source " + place + " stands and points");
  if (from.kind != to.kind || from.width != to.width || from.delay != to.delay ||
      (!isContinuous && (from.frequency != to.frequency || from.phase != to.phase)))
    change.refused.push_back("the pulse of " + place);
  // How a source was switched on at the beginning is past: its ramp may say what it likes.
  if (before.amplitude == after.amplitude && from.frequency == to.frequency && from.phase == to.phase) return;
  change.drives.emplace_back(
      index, Drive{after.amplitude / built.amplitude, to.frequency, to.phase - from.phase, glideOf(to)});
}

}  // namespace

Setup builtSetup(Setup setup) {
  for (Source& source : setup.sources) {
    std::visit(
        [](auto& any) {
          if (any.amplitude != 0) return;
          any.amplitude = 1;
          any.waveform.gain = {0, 0, 0, 0};
        },
        source);
  }
  return setup;
}

SetupChange compareSetups(const Setup& before, const Setup& after, const Setup& built) {
  SetupChange change;
  if (!isSame(before.grid, after.grid)) change.refused.emplace_back("the grid (simulation.grid)");
  if (isSame(before.grid, after.grid) && before.grid.dt != after.grid.dt)
    change.refused.emplace_back("the time step (simulation.courant or simulation.time_step)");
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::size_t side = 0; side < 2; ++side)
      if (!isSame(before.boundaries[axis][side], after.boundaries[axis][side])) {
        change.refused.emplace_back("the boundaries (simulation.boundaries)");
        axis = 2;
        break;
      }
  if (before.sources.size() != after.sources.size()) {
    change.refused.emplace_back("the number of sources");
  } else {
    for (std::size_t i = 0; i < before.sources.size(); ++i) {
      std::visit(
          [&](const auto& source) {
            using S = std::decay_t<decltype(source)>;
            const S* other = std::get_if<S>(&after.sources[i]);
            if (other != nullptr)
              compareSource(source, *other, std::get<S>(built.sources[i]), i, change);
            else
              change.refused.push_back("the kind of simulation.sources[" + std::to_string(i) + "]");
          },
          before.sources[i]);
    }
  }

  const auto isSameAll = [](const auto& a, const auto& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return isSame(x, y); });
  };
  change.hasNewMedium = !isSameAll(before.materials, after.materials) ||
                        !isSameAll(before.objects, after.objects) ||
                        before.hasSubpixelAveraging != after.hasSubpixelAveraging;
  // Polarisation that is under way belongs to its cells: it could not move with a body.
  if (change.hasNewMedium && (isDispersive(before) || isDispersive(after)))
    change.refused.emplace_back("objects or materials beside a dispersive one (simulation.objects)");
  return change;
}

std::vector<std::string> refusedInstruments(const SimulationSpec& before, const SimulationSpec& after) {
  std::vector<std::string> refused;
  for (std::size_t i = 0; i < before.instruments.size(); ++i) {
    const InstrumentPlan& now = *before.instruments[i];
    if (!now.isAccumulating() && !after.instruments.at(i)->canGoOnFrom(now))
      refused.push_back("what instruments." + now.name() + " records");
  }
  return refused;
}

std::shared_ptr<const SimulationSpec> readTurned(const lab::Lab& lab, const lab::KnobValues& turned) {
  const std::shared_ptr<const lab::Lab> fresh = lab.withKnobs(turned);
  std::shared_ptr<SimulationSpec> spec;
  if (!fresh->diagnostics().hasErrors()) spec = readSpec(*fresh);
  fresh->diagnostics().throwIfErrors();
  return spec;
}

void checkLiveKnobs(const lab::Lab& lab, SimulationSpec& spec) {
  int count = 0;
  for (const lab::Knob& knob : lab.knobs()) {
    if (!knob.isLive) continue;
    const std::string place = "knobs." + knob.name + ".live";
    if (++count > kMaximumLiveKnobs) {
      lab.diagnostics().error(place, "at most " + std::to_string(kMaximumLiveKnobs) +
                                         " knobs of a simulation of kind fdtd can be live");
      return;
    }
    if (!spec.lab) spec.lab = lab.withKnobs({});
    std::vector<std::string> refused;
    for (const double end : {knob.lower, knob.upper}) {
      std::shared_ptr<const SimulationSpec> turned;
      try {
        turned = readTurned(*spec.lab, {{knob.name, end}});
      } catch (const core::Error& error) {
        if (error.fault() != core::Fault::input) throw;
        lab.diagnostics().error(place, "the lab does not hold over the knob's whole range; at " +
                                           core::formatIn(end, knob.unit) + ":\n    " + error.what());
        refused.clear();
        break;
      }
      const auto refuse = [&](const std::vector<std::string>& all) {
        for (const std::string& what : all)
          if (std::find(refused.begin(), refused.end(), what) == refused.end()) refused.push_back(what);
      };
      const auto compare = [&](const Setup& before, const Setup& after) {
        const SetupChange change = compareSetups(before, after, builtSetup(before));
        spec.canMoveObjects = spec.canMoveObjects || change.hasNewMedium;
        refuse(change.refused);
      };
      compare(spec.setup, turned->setup);
      if (spec.reference) compare(*spec.reference, *turned->reference);
      refuse(refusedInstruments(spec, *turned));
    }
    if (!refused.empty())
      lab.diagnostics().error(place,
                              "the knob changes " + core::listed(refused, "and") +
                                  ", which cannot change while the simulation runs; leave \"live\" out, "
                                  "or make it depend on other knobs only");
  }
}

}  // namespace aula::fdtd
