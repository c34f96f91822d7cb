// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "fdtd/instrument/instrument.h"

/// What the kinds of instruments share in reading their sections.
namespace aula::fdtd {

/// Where an instrument looks: a box of the domain whose extent along an axis may be zero.
struct Region {
  core::Vec3 lower, upper;
  [[nodiscard]] bool isFlat(int axis) const { return upper[axis] == lower[axis]; }
  /// Number of axes along which it extends.
  [[nodiscard]] int dimension() const { return int(!isFlat(0)) + int(!isFlat(1)) + int(!isFlat(2)); }
  /// The axis a plane is normal to; -1 when it is no plane.
  [[nodiscard]] int normal() const { return dimension() != 2 ? -1 : isFlat(0) ? 0 : isFlat(1) ? 1 : 2; }
};
/// "at"; or "from" and "to"; or "normal" and "position": the whole plane between the absorbing layers. None
/// of them, in 2-D: the whole interior.
[[nodiscard]] Region parseRegion(const lab::Node& node, const InstrumentContext& context);
/// Points of a region `spacing` apart or a little less (0: a cell), both ends included.
[[nodiscard]] Lattice makeLattice(const Region& region, const Grid& grid, double spacing);
/// Points such a lattice has, without making it.
[[nodiscard]] double countLattice(const Region& region, const Grid& grid, double spacing);
/// The lattice's axes for a dataset, slowest first; `keepsFlat` keeps those of one point.
[[nodiscard]] std::vector<lab::Axis> latticeAxes(const Lattice& lattice, bool keepsFlat);
/// A view of values on a lattice, x fastest.
[[nodiscard]] scene::VolumeView latticeView(const Lattice& lattice, const Grid& grid,
                                            const std::vector<double>& values);

/// "components": a list out of ex ... hz that this kind of grid computes; absent: ez, or hz where only that
/// is computed.
[[nodiscard]] std::vector<int> parseComponents(const lab::Node& node, const Grid& grid);
[[nodiscard]] const char* componentName(int component);
[[nodiscard]] std::string componentLabel(int component);
[[nodiscard]] const char* componentUnit(int component);  ///< "V/m" or "A/m"

/// Frequencies an instrument asks for and how its axis is labelled.
struct Frequencies {
  std::vector<double> hertz;
  lab::Axis axis;  ///< "frequency" in Hz, or "wavelength" in m when the file gives wavelengths.
};
/// "frequencies", "wavelengths", "frequency_band" or "wavelength_band"; none: the sources' carrier.
[[nodiscard]] Frequencies parseFrequencies(const lab::Node& node, const InstrumentContext& context);
/// "normalise"; absent: what suits the sources.
[[nodiscard]] Normalisation parseNormalisation(const lab::Node& node, const InstrumentContext& context);
/// Steps between samples so that nothing folds onto the frequencies asked for.
[[nodiscard]] std::int64_t fourierInterval(const Frequencies& frequencies, const InstrumentContext& context);

/// Complains when a region has more points than can be meant.
[[nodiscard]] bool checkPoints(const lab::Node& node, double points);

}  // namespace aula::fdtd
