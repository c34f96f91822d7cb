// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/validate_source.h"

#include <algorithm>
#include <cmath>

#include "core/units/constants.h"
#include "fdtd/model/shape.h"

namespace aula::fdtd {

namespace {

using Messages = std::vector<std::string>;
using core::Vec3;

const char* const kAxisNames[3] = {"x", "y", "z"};
/// Fewer cells a wavelength than this is no picture of a wave any more.
constexpr double kFewestCellsPerWavelength = 4;

bool isPositive(double value) {
  return std::isfinite(value) && value > 0;
}
bool isFinite(Vec3 v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}
int axesOf(const Grid& grid) {
  return grid.dimensions == Dimensions::three ? 3 : 2;
}

void checkWaveform(const Grid& grid, const Waveform& waveform, const char* source, Messages& messages) {
  const bool hasCarrier =
      waveform.kind == Waveform::Kind::gaussianPulse || waveform.kind == Waveform::Kind::continuous;
  const bool isPulse = waveform.kind != Waveform::Kind::continuous;
  if (hasCarrier && !isPositive(waveform.frequency)) {
    messages.push_back(
        formatMessage("The %s has a frequency of %g Hz; it must be positive.", source, waveform.frequency));
  } else if (hasCarrier) {
    double widest = 0;
    for (int axis = 0; axis < axesOf(grid); ++axis)
      if (grid.cells(axis) > 1) widest = std::max(widest, grid.spacing(axis));
    const double cells = core::kSpeedOfLight / waveform.frequency / widest;
    if (cells < kFewestCellsPerWavelength)
      messages.push_back(formatMessage(
          "The %s's wavelength of %.4g m is only %.3g cells; take smaller cells, at least %g (better "
          "20) a wavelength.",
          source, core::kSpeedOfLight / waveform.frequency, cells, kFewestCellsPerWavelength));
  }
  if (isPulse && !isPositive(waveform.width))
    messages.push_back(
        formatMessage("The %s's pulse has a width of %g s; it must be positive.", source, waveform.width));
  if (!isPulse && !(std::isfinite(waveform.ramp) && waveform.ramp >= 0))
    messages.push_back(formatMessage("The %s's ramp is %g s; it must be 0 or more.", source, waveform.ramp));
  if (!std::isfinite(waveform.delay) || !std::isfinite(waveform.phase))
    messages.push_back(formatMessage("The %s's delay or phase is not a finite number.", source));
}

void checkInside(const Grid& grid, Vec3 position, const char* source, int onlyAxis, Messages& messages) {
  for (int axis = 0; axis < axesOf(grid); ++axis) {
    if (onlyAxis >= 0 && axis != onlyAxis) continue;
    const double first = grid.origin[axis];
    const double last = first + grid.cells(axis) * grid.spacing(axis);
    const double slack = 1e-6 * grid.spacing(axis);
    if (!(position[axis] >= first - slack && position[axis] <= last + slack))
      messages.push_back(
          formatMessage("The %s stands at %s = %.6g m, outside the domain from %.6g to %.6g m.", source,
                        kAxisNames[axis], position[axis], first, last));
  }
}

/// A direction for a current or for E: not zero, and along what the grid computes.
bool checkDirection(const Grid& grid, Vec3 direction, const char* what, Messages& messages) {
  if (!isFinite(direction) || core::length(direction) == 0) {
    messages.push_back(formatMessage("The %s has no direction.", what));
    return false;
  }
  for (int axis = 0; axis < 3; ++axis) {
    if (direction[axis] == 0 || grid.computes(kEx + axis)) continue;
    messages.push_back(formatMessage(
        "The %s points partly along %s, where this two-dimensional grid (%s) has no electric field.", what,
        kAxisNames[axis], grid.dimensions == Dimensions::tm ? "TM: E along z" : "TE: E in x and y"));
    return false;
  }
  return true;
}

/// What a face of a total-field box may meet: nothing but vacuum, two cells to either side.
void checkFaceInVacuum(const Setup& setup, int axis, int node, const std::array<int, 3>& lower,
                       const std::array<int, 3>& upper, Messages& messages) {
  const Grid& grid = setup.grid;
  constexpr double kMargin = 2;
  const double place = grid.origin[axis] + node * grid.spacing(axis);
  const double margin = kMargin * grid.spacing(axis);
  for (const Object& object : setup.objects) {
    const Material& material = setup.materials[std::size_t(object.material)];
    const bool isVacuum = !material.isPerfectConductor && material.permittivity == 1 &&
                          material.permeability == 1 && material.conductivity == 0 &&
                          material.magneticConductivity == 0 && material.poles.empty();
    if (isVacuum) continue;
    std::optional<Shape> shape = object.shape;
    if (axesOf(grid) == 2) shape = sliceAt(object.shape, grid.origin.z);
    if (!shape) continue;
    const Bounds bounds = boundsOf(*shape);
    if (bounds.lower[axis] > place + margin || bounds.upper[axis] < place - margin) continue;
    // Close by its bounds; look at the face's nodes themselves.
    const int b = (axis + 1) % 3;
    const int c = (axis + 2) % 3;
    bool isHit = false;
    for (int jc = lower[c]; jc <= upper[c] && !isHit; ++jc)
      for (int jb = lower[b]; jb <= upper[b] && !isHit; ++jb) {
        Vec3 x = grid.origin;
        x[axis] = place;
        x[b] += jb * grid.spacing(b);
        x[c] += jc * grid.spacing(c);
        isHit = signedDistance(*shape, x) < margin;
      }
    if (isHit)
      messages.push_back(formatMessage(
          "The plane wave's box comes within %g cells of object '%s' at %s = %.6g m; its faces must stay "
          "in vacuum. Make the box larger than the object.",
          kMargin, object.name.c_str(), kAxisNames[axis], place));
  }
}

}  // namespace

void checkSource(const Setup& setup, const PointDipole& dipole, bool /*areObjectsGood*/, Messages& messages) {
  checkInside(setup.grid, dipole.position, "dipole", -1, messages);
  checkDirection(setup.grid, dipole.direction, "dipole", messages);
  if (!std::isfinite(dipole.amplitude)) messages.push_back("The dipole's amplitude is not a finite number.");
  checkWaveform(setup.grid, dipole.waveform, "dipole", messages);
}

void checkSource(const Setup& setup, const SheetCurrent& sheet, bool /*areObjectsGood*/, Messages& messages) {
  const Grid& grid = setup.grid;
  if (sheet.normalAxis < 0 || sheet.normalAxis >= axesOf(grid)) {
    messages.push_back(formatMessage("The current sheet's normal is axis %d; allowed are 0 to %d.",
                                     sheet.normalAxis, axesOf(grid) - 1));
    return;
  }
  checkInside(grid, sheet.centre, "current sheet", sheet.normalAxis, messages);
  for (int axis = 0; axis < axesOf(grid); ++axis) {
    if (axis == sheet.normalAxis) continue;
    if (!(sheet.size[axis] > 0) || !std::isfinite(sheet.centre[axis]))
      messages.push_back(formatMessage(
          "The current sheet's size along %s is %g m; it must be positive (infinity is allowed).",
          kAxisNames[axis], sheet.size[axis]));
  }
  if (checkDirection(grid, sheet.direction, "current sheet", messages) &&
      std::abs(sheet.direction[sheet.normalAxis]) > 1e-9 * core::length(sheet.direction))
    messages.push_back(formatMessage(
        "The current of the sheet normal to %s does not lie in the sheet: its direction is (%g, %g, %g).",
        kAxisNames[sheet.normalAxis], sheet.direction.x, sheet.direction.y, sheet.direction.z));
  if (!std::isfinite(sheet.amplitude))
    messages.push_back("The current sheet's amplitude is not a finite number.");
  checkWaveform(grid, sheet.waveform, "current sheet", messages);
}

void checkSource(const Setup& setup, const PlaneWave& wave, bool areObjectsGood, Messages& messages) {
  const Grid& grid = setup.grid;
  const int axes = axesOf(grid);
  checkWaveform(grid, wave.waveform, "plane wave", messages);
  if (!std::isfinite(wave.amplitude))
    messages.push_back("The plane wave's amplitude is not a finite number.");
  if (!isFinite(wave.direction) || core::length(wave.direction) == 0) {
    messages.push_back("The plane wave has no direction of propagation.");
    return;
  }
  const Vec3 direction = core::normalised(wave.direction);
  if (axes == 2 && std::abs(direction.z) > 1e-9) {
    messages.push_back(formatMessage(
        "In two dimensions a plane wave travels in the x-y plane; its direction has z = %g.", direction.z));
    return;
  }
  if (!checkDirection(grid, wave.polarisation, "plane wave's polarisation", messages)) return;
  const Vec3 polarisation = core::normalised(wave.polarisation);
  const double along = core::dot(polarisation, direction);
  if (std::abs(along) > 1e-6) {
    messages.push_back(formatMessage(
        "The plane wave's polarisation is %.4g degrees off being at right angles to its direction.",
        std::abs(std::asin(std::clamp(along, -1.0, 1.0))) * 180 / core::kPi));
    return;
  }
  const Material& background = setup.materials.front();
  if (background.permittivity != 1 || background.permeability != 1 || background.conductivity != 0 ||
      background.magneticConductivity != 0)
    messages.push_back(formatMessage("A plane wave needs vacuum around its box, but the background is '%s'.",
                                     background.name.c_str()));

  std::array<int, 3> lower{}, upper{};
  for (int axis = 0; axis < axes; ++axis) {
    const double d = grid.spacing(axis);
    const double first = grid.origin[axis];
    const int n = grid.cells(axis);
    const double low = (wave.lower[axis] - first) / d;
    const double high = (wave.upper[axis] - first) / d;
    if (!(low >= -0.5 && high <= n + 0.5 && std::lround(low) < std::lround(high))) {
      messages.push_back(
          formatMessage("The plane wave's box reaches from %.6g to %.6g m along %s; it must be at least a "
                        "cell long and lie in "
                        "the domain from %.6g to %.6g m.",
                        wave.lower[axis], wave.upper[axis], kAxisNames[axis], first, first + n * d));
      return;
    }
    lower[axis] = int(std::lround(low));
    upper[axis] = int(std::lround(high));
  }
  for (int axis = 0; axis < axes; ++axis) {
    for (int side = 0; side < 2; ++side) {
      const Boundary& face = setup.boundaries[axis][side];
      const int node = side == 0 ? lower[axis] : upper[axis];
      const int distance = side == 0 ? node : grid.cells(axis) - node;
      const char* const sideName = side == 0 ? "low" : "high";
      if (face.kind == BoundaryKind::cpml) {
        if (distance <= face.cpml.cells)
          messages.push_back(
              formatMessage("The plane wave's box comes to %d cells of the %s %s face, into its absorbing "
                            "layer of %d; keep "
                            "it at least one cell away.",
                            distance, sideName, kAxisNames[axis], face.cpml.cells));
      } else if (distance == 0) {
        // The wall continues the wave if it asks nothing of it.
        const Vec3 magnetic = core::cross(direction, polarisation);
        const bool slides = std::abs(direction[axis]) < 1e-9;
        const bool fits =
            face.kind == BoundaryKind::periodic ||
            (face.kind == BoundaryKind::pec && std::abs(std::abs(polarisation[axis]) - 1) < 1e-9) ||
            (face.kind == BoundaryKind::pmc && std::abs(std::abs(magnetic[axis]) - 1) < 1e-9);
        const bool isPaired =
            face.kind != BoundaryKind::periodic || (lower[axis] == 0 && upper[axis] == grid.cells(axis));
        if (!slides || !fits || !isPaired)
          messages.push_back(
              formatMessage("The plane wave's box touches the domain's %s %s face. It may do so only where "
                            "the wave slides along "
                            "it: at both faces of a periodic pair, at a perfect electric conductor with E "
                            "normal to it, or at a perfect magnetic one with H normal to it.",
                            sideName, kAxisNames[axis]));
        continue;  // No correction there.
      }
      if (areObjectsGood) checkFaceInVacuum(setup, axis, node, lower, upper, messages);
    }
  }
}

}  // namespace aula::fdtd
