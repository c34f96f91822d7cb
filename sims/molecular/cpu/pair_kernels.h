// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

/// The innermost loops of the CPU engine's non-bonded part, compiled once for each instruction set from
/// pair_kernels.cpp and mesh_kernels.cpp; this header is all the rest sees of them and holds no code.
namespace aula::molecular::cpu {

inline constexpr int kCluster = 4;  ///< Atoms a cluster; a list pairs clusters, 16 pairs of atoms at a time.
inline constexpr int kForceDegree = 11, kEnergyDegree = 13;  ///< Of the polynomials below.

/// An i-cluster with one periodic image and its j-clusters: [begin, specialEnd) have masks,
/// [specialEnd, ljEnd) Lennard-Jones and Coulomb, [ljEnd, end) Coulomb alone.
struct ListEntry {
  std::int32_t cluster, shift;
  std::int32_t begin, specialEnd, ljEnd, end;
};

/// Formulas' constants; see model/formula/pair.h.
struct PairConstants {
  float cutoff2 = 0;         ///< nm^2, of Lennard-Jones, and of Coulomb with Ewald.
  float coulombCutoff2 = 0;  ///< nm^2, without Ewald; huge where Coulomb is not cut off.
  float centre = 0;          ///< Polynomials run in t = r^2 - centre.
  float force[kForceDegree + 1]{};
  float energy[kEnergyDegree + 1]{};
  float coulombShift = 0;                         ///< c of the reaction field.
  float reactionField = 0;                        ///< k of the reaction field.
  float dispersionShift = 0, repulsionShift = 0;  ///< 1/rc^6, 1/rc^12, or 0.
  float switchStart = 0, switchWidthInverse = 0;  ///< nm, 1/nm
  const float* table = nullptr;                   ///< 12 c12 after 6 c6 for each pair of types.
  std::int32_t typeCount = 0;
};

struct PairTask {
  const PairConstants* constants;
  const ListEntry* entries;
  std::int32_t entryCount;
  const std::int32_t* clusters;  ///< The j-clusters.
  const std::uint32_t*
      masks;          ///< For special ones: bit 4 i + j, pairs that interact; 16 up: pairs counted at all.
  const float* xyzq;  ///< A cluster's 4 x, 4 y, 4 z, 4 charges times sqrt(1 / (4 pi eps0)).
  const float* lj;    ///< A cluster's 4 + 4 parameters.
  const std::int32_t* types;     ///< A cluster's 4, where a table is used.
  const float* shifts;           ///< nm; 3 an image, taken off the i-cluster.
  float* forces;                 ///< 3 vectors a cluster; rows are partial sums.
  double lennardJones, coulomb;  ///< Results, with energies.
  double virial[6];              ///< Sum of f (x) r: xx yy zz xy xz yz.
};

enum class CoulombKind { ewald, reactionField };
enum class LennardJonesRule { geometric, lorentzBerthelot, table };
inline constexpr int kPairVariants = 2 * 3 * 2 * 2;
constexpr int pairVariant(CoulombKind coulomb, LennardJonesRule rule, bool isSwitched, bool hasEnergies) {
  return ((static_cast<int>(coulomb) * 3 + static_cast<int>(rule)) * 2 + (isSwitched ? 1 : 0)) * 2 +
         (hasEnergies ? 1 : 0);
}

/// Which clusters have a pair of atoms nearer than a distance.
struct NearTask {
  const float* xyzq;
  std::int32_t cluster;
  float shift[3];
  float distance2;
};

/// A box for the mesh's atoms; see particle_mesh.h.
struct MeshShape {
  std::int32_t nx, ny, nz;
  std::int32_t rowStep;  ///< Floats between rows along z, room for a stencil past the end.
  float inverse[3][3];   ///< Rows: fractional coordinate times mesh size from a position.
};
struct SpreadTask {
  MeshShape shape;
  float* mesh;
  const float* xyzq;
  const std::int32_t* slots;  ///< Atoms to spread: cluster * 4 + lane.
  std::int32_t count;
};
struct GatherTask {
  MeshShape shape;
  const float* mesh;
  const float* xyzq;
  std::int32_t firstCluster, lastCluster;
  float* forces;  ///< 4 x, 4 y, 4 z a cluster, added to; starts at firstCluster.
};

struct PairKernels {
  const char* name;  ///< "AVX-512"
  int lanes;
  void (*pairs[kPairVariants])(PairTask& task);
  /// Copies to `to` those of [first, last) that are near, with no gaps; returns how many.
  std::int32_t (*nearRange)(const NearTask& task, std::int32_t first, std::int32_t last, std::int32_t* to);
  /// The same from a list (with masks where not null).
  std::int32_t (*nearList)(const NearTask& task, const std::int32_t* from, const std::uint32_t* masksFrom,
                           std::int32_t count, std::int32_t* to, std::uint32_t* masksTo);
  /// to[12] = sum over rows of the three vectors of each cluster, which become zero.
  void (*compact)(float* forces, std::int32_t clusters, float* to);
  void (*spread[2])(const SpreadTask& task);  ///< Order 4, 5.
  void (*gather[2])(const GatherTask& task);
};

extern const PairKernels kPairKernelsBaseline;
#if defined(__x86_64__)
extern const PairKernels kPairKernelsAvx2;
extern const PairKernels kPairKernelsAvx512;
#endif

}  // namespace aula::molecular::cpu
