// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// What the kernels work on. Points have four floats each (x, y, z and one more), tetrahedra come in groups
/// of sixteen with one number of all after the other. All arrays begin on 64 bytes. Lengths in m, forces in
/// N.
namespace aula::anatomy::tissue::cpu {

inline constexpr int kGroup = 16;      ///< Tetrahedra of a group; the last group's rest has no volume.
inline constexpr int kChunk = 64;      ///< Points whose numbers are summed before others are added.
inline constexpr int kConstants = 20;  ///< Floats a tetrahedron, as model/formula/law.h has them.
inline constexpr int kTangent = 17;    ///< Likewise: f, m, k, bend, along, pull, rise.
inline constexpr int kStrains = 6;

struct Fields {
  int points = 0, groups = 0;
  bool hasFibre = false, isDamped = false;

  // The body.
  const std::int32_t* corners = nullptr;  ///< [group][corner][lane]
  const float* constants = nullptr;       ///< [group][kConstants][lane]
  const float* pointsLambda = nullptr;    ///< [group][lane], the blocks' share, times volume: Pa m^3
  const std::int32_t *first = nullptr, *slots = nullptr, *firstNeighbour = nullptr, *neighbours = nullptr;
  const std::uint16_t* rowPlaces = nullptr;  ///< Four a slot.
  const float* diagonal = nullptr;           ///< m/h^2 + guide stiffness, N/m.
  const float* inertia = nullptr;            ///< m/h^2
  const float* stiffness = nullptr;          ///< Pa/m^3 of a point's volume.
  const float* damping = nullptr;            ///< Likewise.
  const float* isFree = nullptr;             ///< 1, or 0 where it is held.

  // The step.
  const float* start = nullptr;     ///< Displacement from rest at the step's beginning.
  const float* aim = nullptr;       ///< Where inertia would go, from there.
  const float* guides = nullptr;    ///< Guide's place less the place at rest; w: stiffness, N/m.
  float* strains = nullptr;         ///< [group][6][lane] at the beginning, with damping.
  float* startDilations = nullptr;  ///< One a point, m^3, with damping.

  // Newton's method.
  float* move = nullptr;           ///< Since the beginning.
  float* place = nullptr;          ///< Displacement from rest, and pressure.
  float* dilations = nullptr;      ///< [group][lane], m^3
  float* cornerForces = nullptr;   ///< [group][corner][lane][4]: force, and its size or the change of volume.
  float* cornerBlocks = nullptr;   ///< [group][corner][lane][8]: block's xx yy zz yz, xz xy 0 0.
  float* cornerAreas = nullptr;    ///< [group][corner][lane][4]: derivative of the volume by the corner, m^2.
  float* tangent = nullptr;        ///< [group][kTangent][lane]
  float* dampingStress = nullptr;  ///< [group][6][lane]
  float* rows = nullptr;           ///< [neighbour][4]: a quarter of the sum of areas shared with it.
  float* inverses = nullptr;       ///< [point][12]: columns of the inverse block.
  float* forces = nullptr;         ///< Left at points.
  float* pressures = nullptr;      ///< One a point: their change, Pa.

  // Conjugate gradients.
  float *change = nullptr, *left = nullptr, *direction = nullptr, *image = nullptr;

  double* sums = nullptr;  ///< [chunk][4]
};

/// Kernels for one instruction set. Tetrahedra: groups from `begin` to before `end`; points: chunks likewise.
struct Kernels {
  const char* name;
  // Tetrahedra.
  void (*strain)(const Fields&, int begin, int end);  ///< strains from start
  void (*dilate)(const Fields&, int begin, int end);  ///< dilations from place
  void (*force)(const Fields&, int begin, int end);   ///< cornerForces from place and its pressure
  void (*linearise)(const Fields&, float limit, int begin, int end);
  void (*multiply)(const Fields&, int begin, int end);  ///< cornerForces: stiffness times direction
  // Points.
  void (*displace)(const Fields&, const float* along, float reach, int begin, int end);
  void (*noteDilation)(const Fields&, int begin, int end);  ///< startDilations
  void (*press)(const Fields&, int begin, int end);         ///< place's pressure from dilations
  void (*gatherForces)(const Fields&, int begin, int end);  ///< forces; sums: largest^2, scale, slope
  void (*gatherSlope)(const Fields&, int begin, int end);   ///< third sums: forces . change
  void (*gatherBlocks)(const Fields&, int begin, int end);  ///< rows, inverses
  void (*startSearch)(const Fields&, int begin, int end);   ///< left, change, direction; sums: left . z
  void (*gatherImage)(const Fields&, int begin, int end);   ///< image without pressures; pressures
  void (*pressImage)(const Fields&, int begin, int end);    ///< image; sums: direction . image
  void (*advance)(const Fields&, float along, int begin, int end);  ///< change, left; second sums: left . z
  void (*turn)(const Fields&, float turn, int begin, int end);      ///< direction = z + turn direction
};

/// The best of this machine, or the one asked for; see makeCpuSolver.
[[nodiscard]] const Kernels& kernels(const char* instructionSet);

}  // namespace aula::anatomy::tissue::cpu
