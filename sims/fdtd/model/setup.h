// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <variant>
#include <vector>

#include "core/vec3.h"
#include "fdtd/model/grid.h"

/// What a Maxwell simulation is, as its user states it: plain data in SI, checked by validate() before a solver exists. Every
/// implementation (reference, cpu, cuda) is built from this and the Medium made of it.
namespace aula::fdtd {

/// A resonance added to a material's permittivity, time dependence exp(-i w t):
///   drude:   -w_p^2 / (w^2 + i g w)               `frequency` = w_p (rad/s), `damping` = g (1/s), strength unused
///   lorentz: d w_0^2 / (w_0^2 - w^2 - i g w)      `strength` = d, `frequency` = w_0 (rad/s), `damping` = g (1/s)
///   debye:   d / (1 - i w tau)                    `strength` = d, `relaxation` = tau (s)
/// Taflove and Hagness 2005, sections 9.2 and 9.4 (there with the opposite sign of i, and 2 delta for g).
struct Pole {
  enum class Kind { drude, lorentz, debye } kind = Kind::drude;
  double strength = 0;
  double frequency = 0;
  double damping = 0;
  double relaxation = 0;
};

struct Material {
  std::string name;
  double permittivity = 1;          ///< Relative, at infinite frequency.
  double permeability = 1;          ///< Relative.
  double conductivity = 0;          ///< S/m
  double magneticConductivity = 0;  ///< ohm/m
  bool isPerfectConductor = false;  ///< E is zero inside; everything else is ignored.
  std::vector<Pole> poles;          ///< At most kMaximumPoles.
};
inline constexpr int kMaximumPoles = 4;

struct BoxShape {
  core::Vec3 centre, size;  ///< Full lengths, m; infinity along an axis is allowed.
};
struct SphereShape {
  core::Vec3 centre;
  double radius = 0;  ///< m
};
struct EllipsoidShape {
  core::Vec3 centre, semiAxes;  ///< Along x, y, z, m.
};
struct CylinderShape {
  core::Vec3 centre, axis{0, 0, 1};  ///< `axis` need not be a unit vector.
  double radius = 0, height = 0;     ///< m; an infinite height is allowed.
};
/// A triangular prism: the triangle (three points of the plane normal to z), from z - height/2 to z + height/2.
struct WedgeShape {
  std::array<core::Vec3, 3> corners;  ///< Their z is the mid-plane's; m.
  double height = 0;                  ///< m; an infinite height is allowed.
};
using Shape = std::variant<BoxShape, SphereShape, EllipsoidShape, CylinderShape, WedgeShape>;

/// A body of one material. Later objects cover earlier ones.
struct Object {
  std::string name;
  Shape shape;
  int material = 0;  ///< Index into Setup::materials.
};

enum class BoundaryKind { pec, pmc, periodic, cpml };

/// Convolutional perfectly matched layer, Roden and Gedney, Microw. Opt. Technol. Lett. 27, 334 (2000): inside the domain,
/// `cells` thick, closed by PEC. Grading polynomial of the given order; sigma_max = sigmaFactor * (order + 1) / (eta dx
/// sqrt(eps_r mu_r)) * 0.8 (their eq. 22 and Taflove and Hagness eq. 7.67).
struct CpmlSettings {
  int cells = 10;
  double order = 3;
  double sigmaFactor = 1;
  double kappaMaximum = 5;
  double alphaMaximum = 0.05;  ///< S/m; grades down to zero at the outer wall.
  double alphaOrder = 1;
  double backgroundIndex = 1;  ///< sqrt(eps_r mu_r) of what fills the layer.
};

struct Boundary {
  BoundaryKind kind = BoundaryKind::cpml;
  CpmlSettings cpml;
};

/// A value that goes from `from` to `to` by sin^2, beginning at time `start` and taking `length` seconds.
struct Glide {
  double from = 0, to = 0;
  double start = 0, length = 0;  ///< s; a length of 0: at once.
  [[nodiscard]] double at(double t) const;
};

/// What a running source is told to become.
struct Drive {
  double gain = 1;         ///< Times the amplitude it was built with.
  double frequency = 0;    ///< Hz, of a continuous wave; others keep theirs.
  double phaseChange = 0;  ///< rad, of a continuous wave, beside what the change of frequency needs.
  double glide = 0;        ///< s; gain and phase get there by sin^2 in this time.
};

/// A source's time course, amplitude 1.
struct Waveform {
  enum class Kind {
    gaussianPulse,  ///< exp(-(t-t0)^2 / (2 width^2)) * sin(2 pi f (t-t0) + phase): bandwidth set by width.
    gaussian,       ///< exp(-(t-t0)^2 / (2 width^2)), no carrier.
    gaussianDerivative, ///< -(t-t0)/width * exp(1/2 - (t-t0)^2 / (2 width^2)): no static part, peak 1.
    continuous      ///< sin(2 pi f t + phase), switched on by sin^2(pi t / 2 ramp) over `ramp` seconds.
  } kind = Kind::gaussianPulse;
  double frequency = 0;  ///< Hz
  double width = 0;      ///< s
  double delay = 0;      ///< t0, s; five widths make the switch-on invisible in single precision.
  double ramp = 0;       ///< s
  double phase = 0;      ///< rad
  Glide gain{1, 1, 0, 0};  ///< Times all of it.
  Glide shift;             ///< rad, beside the phase of a continuous wave.

  /// Changes the course from time t (s) on. Frequency changes at once, without a jump of the phase: sin(2 pi f' t + phase')
  /// has at t the value it would have had. Gain and shift go on from where they are.
  void redirect(const Drive& drive, double t);
  /// What redirect() changes, for checkpoints.
  [[nodiscard]] std::array<double, 10> state() const;
  void restore(const std::array<double, 10>& state);
  /// Value at time t (s); zero before t = 0.
  [[nodiscard]] double value(double t) const;
};

/// A current element: I(t) * length along `direction` at `position`, spread over the nearest edges by (tri)linear weights. In 2-D
/// a line current, A m per metre of depth.
struct PointDipole {
  core::Vec3 position, direction{0, 0, 1};
  double amplitude = 1;  ///< A m
  Waveform waveform;
};

/// A sheet of surface current over a rectangle normal to `normalAxis`; with an infinite extent it emits plane waves of
/// E = -eta K / 2 to both sides.
struct SheetCurrent {
  int normalAxis = 2;
  core::Vec3 centre, size;  ///< size along the normal is ignored; m, infinity allowed.
  core::Vec3 direction{1, 0, 0};  ///< Of the current; must lie in the sheet.
  double amplitude = 1;  ///< A/m
  Waveform waveform;
};

/// Total-field/scattered-field box (Taflove and Hagness 2005, sections 5.6 to 5.9): a plane wave inside, only scattered field
/// outside. The incident wave runs on a one-dimensional grid whose phase velocity is matched to the Yee grid's in its
/// direction (their section 5.6), read between nodes by cubic interpolation; exact along an axis.
struct PlaneWave {
  core::Vec3 lower, upper;          ///< Box, m; snapped to nodes; must lie outside absorbing layers and in vacuum.
  core::Vec3 direction{0, 0, 1};    ///< Of propagation. In 2-D z must be 0.
  core::Vec3 polarisation{1, 0, 0}; ///< Of E; its part along `direction` must be zero.
  double amplitude = 1;             ///< V/m
  Waveform waveform;                ///< At the corner of the box that the wave meets first.
};

using Source = std::variant<PointDipole, SheetCurrent, PlaneWave>;

struct Setup {
  Grid grid;
  std::array<std::array<Boundary, 2>, 3> boundaries;  ///< [axis][0: low face, 1: high face]; periodic in pairs.
  std::vector<Material> materials{Material{"vacuum", 1, 1, 0, 0, false, {}}};  ///< 0 is the background.
  std::vector<Object> objects;
  std::vector<Source> sources;
  bool hasSubpixelAveraging = true;
};

/// The largest stable step of the Yee scheme in vacuum, Taflove and Hagness eq. 4.54b, s.
[[nodiscard]] double courantLimit(const Grid& grid);

/// Every reason why this setup cannot be computed, in words for its user; empty when it can.
[[nodiscard]] std::vector<std::string> validate(const Setup& setup);

}  // namespace aula::fdtd
