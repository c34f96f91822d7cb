// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "fdtd/model/setup.h"
#include "fdtd/model/shape.h"

namespace aula::fdtd {

/// A lossless dielectric without poles: where two of them meet the permittivity is averaged.
[[nodiscard]] inline bool isAveraged(const Material& material) {
  return !material.isPerfectConductor && material.poles.empty() && material.conductivity == 0 &&
         material.magneticConductivity == 0;
}

/// What a cell across an interface holds.
struct Mixture {
  double mean = 1;         ///< <eps>
  double meanInverse = 1;  ///< <1/eps>
  core::Vec3 normal;       ///< Unit vector across the interface.

  /// P <1/eps> + (1 - P)/<eps>, P = normal normal^T (Farjadpour et al. 2006, eq. 1).
  [[nodiscard]] double inverse(int a, int b) const {
    const double across = normal[a] * normal[b];
    return across * meanInverse + ((a == b ? 1.0 : 0.0) - across) / mean;
  }
};

/// A setup's objects as the grid sees them: in 2-D their cuts with its plane. Read by several threads at
/// once.
class Scene {
 public:
  enum class Property { permittivity, permeability };
  /// Objects that matter near a place, last (topmost) first, above one that covers everything there.
  struct Candidates {
    std::vector<int> objects;
    int below = 0;  ///< Material under them.
  };

  explicit Scene(const Setup& setup);

  /// Those whose surface may come nearer to `centre` than `radius`.
  [[nodiscard]] Candidates candidatesNear(core::Vec3 centre, double radius) const;
  [[nodiscard]] Candidates all() const;
  /// The topmost material at a point. A millionth of a cell outside still counts as inside, so that a surface
  /// laid through points of the grid takes all of them.
  [[nodiscard]] int materialAt(core::Vec3 point, const Candidates& near) const;
  /// Periodic copies of a point folded into the domain (its high face onto the low one).
  [[nodiscard]] core::Vec3 wrapped(core::Vec3 point) const;

  /// What the cell around a point holds, or nothing where it is uniform or must not be averaged. The cell is
  /// cut off at the domain's faces (a mirror image would say the same) and goes on at the other side of a
  /// periodic one.
  [[nodiscard]] std::optional<Mixture> mix(core::Vec3 centre, Property property,
                                           const Candidates& near) const;

 private:
  struct Part {
    core::Vec3 centre, half;
  };
  struct Sums;
  [[nodiscard]] bool addPart(const Part& part, double share, Property property, const Candidates& near,
                             Sums& sums) const;
  [[nodiscard]] bool addSamples(const Part& part, double share, Property property, const Candidates& near,
                                Sums& sums) const;
  [[nodiscard]] double valueOf(int material, Property property) const;

  struct Body {
    Shape shape;
    int material;
    Bounds bounds;
  };
  const Setup& setup_;
  std::vector<Body> bodies_;
  int axes_;
  double tolerance_;
};

}  // namespace aula::fdtd
