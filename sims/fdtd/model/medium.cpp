// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/medium.h"

#include <algorithm>
#include <cmath>

#include "fdtd/model/mixture.h"

namespace aula::fdtd {

namespace {

/// Which arrays a setup needs: one for every property that is not the same everywhere.
struct Needs {
  bool permittivity = false, permeability = false, conductivity = false, magneticConductivity = false,
       dispersion = false;

  explicit Needs(const Setup& setup) {
    const Material& background = setup.materials.at(0);
    conductivity = background.conductivity != 0;
    magneticConductivity = background.magneticConductivity != 0;
    permittivity = background.isPerfectConductor;
    for (const Object& object : setup.objects) {
      const Material& material = setup.materials.at(std::size_t(object.material));
      permittivity |= material.isPerfectConductor || material.permittivity != background.permittivity;
      if (material.isPerfectConductor) continue;
      permeability |= material.permeability != background.permeability;
      conductivity |= material.conductivity != 0;
      magneticConductivity |= material.magneticConductivity != 0;
      dispersion |= !material.poles.empty();
    }
  }
};

std::size_t pointCount(const Grid& grid, int component) {
  if (!grid.computes(component)) return 0;
  return std::size_t(grid.count(component, 0)) * std::size_t(grid.count(component, 1)) *
         std::size_t(grid.count(component, 2));
}

/// Fills one Medium, a slab of z at a time.
class Filler {
 public:
  Filler(const Setup& setup, Medium& medium)
      : setup_(setup), grid_(setup.grid), scene_(setup), medium_(medium) {
    const Needs needs(setup);
    const Material& background = setup.materials.at(0);
    medium.background = 1 / background.permittivity;
    medium.backgroundMu = 1 / background.permeability;
    for (int axis = 0; axis < 3; ++axis) {
      const std::size_t electric = pointCount(grid_, kEx + axis);
      const std::size_t magnetic = pointCount(grid_, kHx + axis);
      if (needs.permittivity) medium.inverseEpsilon[axis].resize(electric);
      if (needs.conductivity) medium.conductivity[axis].resize(electric);
      if (needs.dispersion) medium.dispersion[axis].resize(electric);
      if (needs.permeability) medium.inverseMu[axis].resize(magnetic);
      if (needs.magneticConductivity) medium.magneticConductivity[axis].resize(magnetic);
    }
    isUniform_ = !needs.permittivity && !needs.conductivity && !needs.dispersion && !needs.permeability &&
                 !needs.magneticConductivity;
  }

  void fill() {
    if (isUniform_) return;
    // Node planes 0..n along each axis; a block takes the component points that belong to its nodes.
    const int blocks[3] = {grid_.nx / kBlock + 1, grid_.ny / kBlock + 1,
                           grid_.dimensions == Dimensions::three ? grid_.nz / kBlock + 1 : 1};
    std::vector<std::vector<Medium::Coupling>> couplings(std::size_t(blocks[2]) * kBlock);
#pragma omp parallel for schedule(dynamic)
    for (int bk = 0; bk < blocks[2]; ++bk)
      for (int bj = 0; bj < blocks[1]; ++bj)
        for (int bi = 0; bi < blocks[0]; ++bi) fillBlock(bi * kBlock, bj * kBlock, bk * kBlock);
    if (!setup_.hasSubpixelAveraging || medium_.inverseEpsilon[0].empty() ||
        medium_.inverseEpsilon[1].empty())
      return;
#pragma omp parallel for schedule(dynamic)
    for (int bk = 0; bk < blocks[2]; ++bk)
      for (int bj = 0; bj < blocks[1]; ++bj)
        for (int bi = 0; bi < blocks[0]; ++bi) coupleBlock(bi * kBlock, bj * kBlock, bk * kBlock, couplings);
    for (auto& layer : couplings) {
      std::sort(layer.begin(), layer.end(),
                [](const auto& a, const auto& b) { return a.j != b.j ? a.j < b.j : a.i < b.i; });
      medium_.couplings.insert(medium_.couplings.end(), layer.begin(), layer.end());
    }
  }

 private:
  static constexpr int kBlock = 8;

  /// The objects whose surface may pass through the averaging cells of a block's points.
  Scene::Candidates candidatesOf(int i0, int j0, int k0) const {
    const int first[3] = {i0, j0, k0};
    core::Vec3 centre, half;
    for (int axis = 0; axis < 3; ++axis) {
      const double d = grid_.spacing(axis);
      centre[axis] = grid_.origin[axis] + (first[axis] + 0.5 * (kBlock - 1)) * d;
      half[axis] = (0.5 * (kBlock - 1) + 1.01) * d;
    }
    if (grid_.dimensions != Dimensions::three) centre.z = grid_.origin.z, half.z = 0;
    return scene_.candidatesNear(centre, core::length(half));
  }

  /// Averaging cells at a periodic face reach round to the other side, out of the block's reach.
  bool touchesPeriodicFace(int i0, int j0, int k0) const {
    const int first[3] = {i0, j0, k0};
    for (int axis = 0; axis < (grid_.dimensions == Dimensions::three ? 3 : 2); ++axis)
      if (setup_.boundaries[axis][0].kind == BoundaryKind::periodic &&
          (first[axis] == 0 || first[axis] + kBlock > grid_.cells(axis)))
        return true;
    return false;
  }

  template <class Visit>
  void forBlock(int component, int i0, int j0, int k0, Visit visit) const {
    const int countX = grid_.count(component, 0);
    const int countY = grid_.count(component, 1);
    const int countZ = grid_.count(component, 2);
    for (int k = k0; k < std::min(k0 + kBlock, countZ); ++k)
      for (int j = j0; j < std::min(j0 + kBlock, countY); ++j)
        for (int i = i0; i < std::min(i0 + kBlock, countX); ++i)
          visit(
              i, j, k,
              (std::size_t(k) * std::size_t(countY) + std::size_t(j)) * std::size_t(countX) + std::size_t(i));
  }

  void fillBlock(int i0, int j0, int k0) {
    const Scene::Candidates near = touchesPeriodicFace(i0, j0, k0) ? scene_.all() : candidatesOf(i0, j0, k0);
    if (near.objects.empty()) return fillUniform(i0, j0, k0, near.below);
    for (int axis = 0; axis < 3; ++axis) {
      if (grid_.computes(kEx + axis))
        forBlock(kEx + axis, i0, j0, k0,
                 [&](int i, int j, int k, std::size_t at) { setE(axis, i, j, k, at, near); });
      const bool isMagnetic = !medium_.inverseMu[axis].empty() || !medium_.magneticConductivity[axis].empty();
      if (isMagnetic && grid_.computes(kHx + axis))
        forBlock(kHx + axis, i0, j0, k0,
                 [&](int i, int j, int k, std::size_t at) { setH(axis, i, j, k, at, near); });
    }
  }

  template <class T>
  void fillArray(std::vector<T>& values, int component, int i0, int j0, int k0, T value) {
    if (!values.empty())
      forBlock(component, i0, j0, k0, [&](int, int, int, std::size_t at) { values[at] = value; });
  }

  /// A block deep inside one material: most of them.
  void fillUniform(int i0, int j0, int k0, int index) {
    const Material& material = setup_.materials[std::size_t(index)];
    const bool isMetal = material.isPerfectConductor;
    for (int axis = 0; axis < 3; ++axis) {
      fillArray(medium_.inverseEpsilon[axis], kEx + axis, i0, j0, k0,
                isMetal ? 0.F : float(1 / material.permittivity));
      fillArray(medium_.conductivity[axis], kEx + axis, i0, j0, k0,
                isMetal ? 0.F : float(material.conductivity));
      fillArray(medium_.dispersion[axis], kEx + axis, i0, j0, k0,
                isMetal || material.poles.empty() ? std::uint8_t{0} : std::uint8_t(index));
      fillArray(medium_.inverseMu[axis], kHx + axis, i0, j0, k0,
                isMetal ? 1.F : float(1 / material.permeability));
      fillArray(medium_.magneticConductivity[axis], kHx + axis, i0, j0, k0,
                isMetal ? 0.F : float(material.magneticConductivity));
    }
  }

  void setE(int axis, int i, int j, int k, std::size_t at, const Scene::Candidates& near) {
    const core::Vec3 x = scene_.wrapped(grid_.position(kEx + axis, i, j, k));
    const int index = scene_.materialAt(x, near);
    const Material& material = setup_.materials[std::size_t(index)];
    double inverse = material.isPerfectConductor ? 0 : 1 / material.permittivity;
    if (setup_.hasSubpixelAveraging && isAveraged(material)) {
      if (const auto mixture = scene_.mix(x, Scene::Property::permittivity, near))
        inverse = mixture->inverse(axis, axis);
    }
    if (!medium_.inverseEpsilon[axis].empty()) medium_.inverseEpsilon[axis][at] = float(inverse);
    if (!medium_.conductivity[axis].empty())
      medium_.conductivity[axis][at] = material.isPerfectConductor ? 0.F : float(material.conductivity);
    if (!medium_.dispersion[axis].empty())
      medium_.dispersion[axis][at] =
          material.isPerfectConductor || material.poles.empty() ? std::uint8_t{0} : std::uint8_t(index);
  }

  void setH(int axis, int i, int j, int k, std::size_t at, const Scene::Candidates& near) {
    auto& inverseMu = medium_.inverseMu[axis];
    auto& conductivity = medium_.magneticConductivity[axis];
    const core::Vec3 x = scene_.wrapped(grid_.position(kHx + axis, i, j, k));
    const Material& material = setup_.materials[std::size_t(scene_.materialAt(x, near))];
    // H inside a conductor stays zero whatever stands here.
    double inverse = material.isPerfectConductor ? 1 : 1 / material.permeability;
    if (setup_.hasSubpixelAveraging) {
      if (const auto mixture = scene_.mix(x, Scene::Property::permeability, near))
        inverse = mixture->inverse(axis, axis);
    }
    if (!inverseMu.empty()) inverseMu[at] = float(inverse);
    if (!conductivity.empty())
      conductivity[at] = material.isPerfectConductor ? 0.F : float(material.magneticConductivity);
  }

  void coupleBlock(int i0, int j0, int k0, std::vector<std::vector<Medium::Coupling>>& couplings) const {
    const Scene::Candidates near = candidatesOf(i0, j0, k0);
    if (near.objects.empty()) return;
    const bool isThree = grid_.dimensions == Dimensions::three;
    if (grid_.dimensions == Dimensions::tm) return;
    for (int k = k0; k < std::min(k0 + kBlock, isThree ? grid_.nz : 1); ++k)
      for (int j = j0; j < std::min(j0 + kBlock, grid_.ny); ++j)
        for (int i = i0; i < std::min(i0 + kBlock, grid_.nx); ++i) {
          if (!isCouplingAllowed(i, j, k)) continue;
          const core::Vec3 x =
              grid_.origin + core::Vec3{i * grid_.dx, j * grid_.dy, isThree ? k * grid_.dz : 0};
          const auto mixture = scene_.mix(x, Scene::Property::permittivity, near);
          if (!mixture) continue;
          Medium::Coupling coupling{i, j, k, float(mixture->inverse(0, 1)), 0, 0};
          if (isThree)
            coupling.xz = float(mixture->inverse(0, 2)), coupling.yz = float(mixture->inverse(1, 2));
          limit(coupling);
          constexpr float kNegligible =
              1e-7F;  // Of single precision: nothing is added to a permittivity near 1.
          if (std::abs(coupling.xy) > kNegligible || std::abs(coupling.xz) > kNegligible ||
              std::abs(coupling.yz) > kNegligible)
            couplings[std::size_t(k)].push_back(coupling);
        }
  }

  /// Off every face and outside the absorbing layers.
  bool isCouplingAllowed(int i, int j, int k) const {
    const int at[3] = {i, j, k};
    for (int axis = 0; axis < (grid_.dimensions == Dimensions::three ? 3 : 2); ++axis) {
      const auto& faces = setup_.boundaries[axis];
      const int low = faces[0].kind == BoundaryKind::cpml ? faces[0].cpml.cells : 0;
      const int high = grid_.cells(axis) - (faces[1].kind == BoundaryKind::cpml ? faces[1].cpml.cells : 0);
      if (at[axis] <= low || at[axis] >= high) return false;
    }
    return true;
  }

  /// Keeps the operator positive definite, and drops the coupling next to conductors and lossy or dispersive
  /// matter.
  ///
  /// The operator's quadratic form is a sum over nodes of 1/2 [sum over edges xi_e D_e^2] + xi_xy (a_x a_y) +
  /// ..., where a_x is the mean of D_x on the node's two edges. For a given mean the first part is least with
  /// D_e proportional to 1/xi_e: it is then h_x a_x^2 with h_x the harmonic mean of the two xi. So the form
  /// is positive where the 3 x 3 matrix with diagonal h and these off-diagonals is, which a common factor on
  /// the off-diagonals ensures.
  void limit(Medium::Coupling& coupling) const {
    const int node[3] = {coupling.i, coupling.j, coupling.k};
    double h[3] = {1, 1, 1};
    for (int axis = 0; axis < 3; ++axis) {
      if (!grid_.computes(kEx + axis)) continue;
      double sum = 0;
      for (int before = 0; before < 2; ++before) {
        const int i = node[0] - (axis == 0 ? before : 0);
        const int j = node[1] - (axis == 1 ? before : 0);
        const int k = node[2] - (axis == 2 ? before : 0);
        const std::size_t at = (std::size_t(k) * std::size_t(grid_.count(kEx + axis, 1)) + std::size_t(j)) *
                                   std::size_t(grid_.count(kEx + axis, 0)) +
                               std::size_t(i);
        const float inverse = medium_.inverseEpsilon[axis][at];
        const bool isLossy = (!medium_.conductivity[axis].empty() && medium_.conductivity[axis][at] != 0) ||
                             (!medium_.dispersion[axis].empty() && medium_.dispersion[axis][at] != 0);
        if (inverse == 0 || isLossy) {
          coupling.xy = coupling.xz = coupling.yz = 0;
          return;
        }
        sum += 0.5 / inverse;
      }
      h[axis] = 1 / sum;
    }
    // Scaled to a unit diagonal: 1 - x^2 - y^2 - z^2 + 2xyz and the 2 x 2 minors must stay positive.
    const double x = coupling.xy / std::sqrt(h[0] * h[1]);
    const double y = coupling.xz / std::sqrt(h[0] * h[2]);
    const double z = coupling.yz / std::sqrt(h[1] * h[2]);
    double factor = 1;
    const auto isPositive = [&](double f) {
      const double squares = f * f * (x * x + y * y + z * z);
      return f * f * std::max({x * x, y * y, z * z}) < 1 && 1 - squares + 2 * f * f * f * x * y * z > 0;
    };
    while (factor > 0.01 && !isPositive(factor / 0.95)) factor *= 0.95;
    coupling.xy *= float(factor);
    coupling.xz *= float(factor);
    coupling.yz *= float(factor);
  }

  const Setup& setup_;
  const Grid& grid_;
  Scene scene_;
  Medium& medium_;
  bool isUniform_ = false;
};

template <class T>
double bytesOf(const std::array<std::vector<T>, 3>& arrays) {
  double sum = 0;
  for (const auto& array : arrays) sum += double(array.size() * sizeof(T));
  return sum;
}

}  // namespace

double Medium::bytes() const {
  return bytesOf(inverseEpsilon) + bytesOf(inverseMu) + bytesOf(conductivity) +
         bytesOf(magneticConductivity) + bytesOf(dispersion) + double(couplings.size() * sizeof(Coupling));
}

Medium makeMedium(const Setup& setup) {
  Medium medium;
  Filler(setup, medium).fill();
  return medium;
}

int materialAt(const Setup& setup, core::Vec3 point) {
  const Scene scene(setup);
  return scene.materialAt(scene.wrapped(point), scene.all());
}

double estimateMediumBytes(const Setup& setup) {
  const Needs needs(setup);
  double electric = 0;
  double magnetic = 0;
  for (int axis = 0; axis < 3; ++axis) {
    electric += double(pointCount(setup.grid, kEx + axis));
    magnetic += double(pointCount(setup.grid, kHx + axis));
  }
  return electric * (4.0 * needs.permittivity + 4.0 * needs.conductivity + 1.0 * needs.dispersion) +
         magnetic * (4.0 * needs.permeability + 4.0 * needs.magneticConductivity);
}

}  // namespace aula::fdtd
