// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/particle_mesh.h"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>
#include <numbers>

#include "core/error.h"
#include "molecular/cpu/ewald_fit.h"
#include "molecular/model/constants.h"
#include "molecular/model/mesh.h"

#if AULA_HAVE_FFTW
#include <fftw3.h>
#endif

namespace aula::molecular::cpu {

namespace {

/// Mesh cells by which an atom may leave its block.
constexpr int kMargin = 2;

/// Essmann et al. 1995, eq. 4.4: |b(m)|^2 = 1 / |sum over k of M_n(k + 1) exp(2 pi i m k / K)|^2.
std::vector<double> splineModuli(int order, int size) {
  // M_n at whole numbers by the recursion of eq. 4.1.
  std::vector<double> value(static_cast<std::size_t>(order) + 1, 0.0);
  value[1] = 1;  // M_2(1)
  for (int n = 3; n <= order; ++n)
    for (int k = n - 1; k >= 1; --k) {
      const auto at = static_cast<std::size_t>(k);
      value[at] = (k * value[at] + (n - k) * value[at - 1]) / (n - 1);
    }
  std::vector<double> moduli(static_cast<std::size_t>(size));
  for (int m = 0; m < size; ++m) {
    double re = 0, im = 0;
    for (int k = 0; k < order - 1; ++k) {
      const double angle = 2 * std::numbers::pi * m * k / size;
      re += value[static_cast<std::size_t>(k) + 1] * std::cos(angle);
      im += value[static_cast<std::size_t>(k) + 1] * std::sin(angle);
    }
    moduli[static_cast<std::size_t>(m)] = re * re + im * im;
  }
  // Odd orders cannot represent the shortest wave (the sum is 0): its neighbours' mean.
  for (std::size_t m = 1; m + 1 < moduli.size(); ++m)
    if (moduli[m] < 1e-7) moduli[m] = 0.5 * (moduli[m - 1] + moduli[m + 1]);
  for (double& modulus : moduli) modulus = 1 / modulus;
  return moduli;
}

}  // namespace

#if AULA_HAVE_FFTW

/// Transforms of one plane (y and z) and of the columns along x of one row y. Plans are made by FFTW's
/// estimate, not by measuring, so that the same machine gives the same bits every time.
struct ParticleMesh::Plans {
  fftwf_plan planeForward = nullptr, planeBack = nullptr, rowForward = nullptr, rowBack = nullptr;

  static std::mutex& planner() {
    static std::mutex mutex;
    return mutex;
  }
  Plans(const std::array<int, 3>& size, int realRow, int complexRow, float* mesh, float* waves) {
    const std::lock_guard lock(planner());
    auto* complexMesh = reinterpret_cast<fftwf_complex*>(waves);
    const int plane[] = {size[1], size[2]}, realPlane[] = {size[1], realRow},
              complexPlane[] = {size[1], complexRow};
    planeForward = fftwf_plan_many_dft_r2c(2, plane, 1, mesh, realPlane, 1, 0, complexMesh, complexPlane, 1,
                                           0, FFTW_ESTIMATE);
    planeBack = fftwf_plan_many_dft_c2r(2, plane, 1, complexMesh, complexPlane, 1, 0, mesh, realPlane, 1, 0,
                                        FFTW_ESTIMATE);
    const int step = size[1] * complexRow;
    rowForward = fftwf_plan_many_dft(1, size.data(), size[2] / 2 + 1, complexMesh, nullptr, step, 1,
                                     complexMesh, nullptr, step, 1, FFTW_FORWARD, FFTW_ESTIMATE);
    rowBack = fftwf_plan_many_dft(1, size.data(), size[2] / 2 + 1, complexMesh, nullptr, step, 1, complexMesh,
                                  nullptr, step, 1, FFTW_BACKWARD, FFTW_ESTIMATE);
    if (planeForward == nullptr || planeBack == nullptr || rowForward == nullptr || rowBack == nullptr)
      throw core::Error("FFTW has no transform for a mesh of " + std::to_string(size[0]) + " x " +
                        std::to_string(size[1]) + " x " + std::to_string(size[2]));
  }
  ~Plans() {
    const std::lock_guard lock(planner());
    for (fftwf_plan plan : {planeForward, planeBack, rowForward, rowBack}) fftwf_destroy_plan(plan);
  }
  void forwardPlane(float* mesh, float* waves) const {
    fftwf_execute_dft_r2c(planeForward, mesh, reinterpret_cast<fftwf_complex*>(waves));
  }
  void backPlane(float* waves, float* mesh) const {
    fftwf_execute_dft_c2r(planeBack, reinterpret_cast<fftwf_complex*>(waves), mesh);
  }
  void alongX(bool isForward, float* waves) const {
    auto* at = reinterpret_cast<fftwf_complex*>(waves);
    fftwf_execute_dft(isForward ? rowForward : rowBack, at, at);
  }
};

#else

struct ParticleMesh::Plans {
  Plans(const std::array<int, 3>&, int, int, float*, float*) {
    throw core::inputError(
        "particle mesh Ewald on the CPU needs FFTW, and this build has none: configure with -DAULA_FFTW=ON "
        "(package "
        "libfftw3-dev), or take the reaction field (electrostatics) or another device");
  }
  void forwardPlane(float*, float*) const {}
  void backPlane(float*, float*) const {}
  void alongX(bool, float*) const {}
};

#endif

ParticleMesh::ParticleMesh(const NonbondedSettings& settings, const Box& box, const PairKernels& kernels)
    : size_(meshSize(settings, box)),
      order_(settings.meshOrder),
      beta_(ewaldCoefficient(settings.cutoff, settings.ewaldTolerance)),
      kernels_(kernels) {
  if (order_ != 4 && order_ != 5)
    throw core::inputError("meshOrder is " + std::to_string(order_) + "; 4 and 5 are possible");
  for (std::size_t axis = 0; axis < 3; ++axis) moduli_[axis] = splineModuli(order_, size_[axis]);
  // Behind each row the place of a stencil that begins in the last node, and a whole number of cache lines.
  constexpr int kStencil = 8, kLine = 16;
  const int row = (size_[2] + kStencil + kLine - 1) / kLine * kLine;
  shape_.nx = size_[0], shape_.ny = size_[1], shape_.nz = size_[2], shape_.rowStep = row;
  complexRow_ = (size_[2] / 2 + 1 + 7) / 8 * 8;
  const auto planes = static_cast<std::size_t>(size_[0]) * static_cast<std::size_t>(size_[1]);
  mesh_.assign(planes * static_cast<std::size_t>(row), 0.0F);
  waves_.assign(planes * 2 * static_cast<std::size_t>(complexRow_), 0.0F);
  influence_.assign(planes * static_cast<std::size_t>(complexRow_), 0.0F);
  rowSums_.resize(static_cast<std::size_t>(size_[1]));
  plans_ = std::make_unique<Plans>(size_, row, complexRow_, mesh_.data(), waves_.data());
  // Blocks of one colour stand a whole block apart, which holds the stencil and the margins of both.
  const int narrowest = order_ - 1 + 2 * kMargin;
  for (std::size_t axis = 0; axis < 2; ++axis) {
    blocks_[axis] = std::max(size_[axis] / narrowest / 2 * 2, 1);
  }
  for (int bx = 0; bx < blocks_[0]; ++bx)
    for (int by = 0; by < blocks_[1]; ++by)
      colours_[static_cast<std::size_t>(bx % 2 * 2 + by % 2)].push_back(bx * blocks_[1] + by);
  setBox(box);
}

ParticleMesh::~ParticleMesh() = default;

void ParticleMesh::setBox(const Box& box) {
  if (box == box_) return;
  box_ = box;
  const double ax = box.a.x, by = box.b.y, cz = box.c.z;
  reciprocal_ = {Vec3{1 / ax, -box.b.x / (ax * by), (box.b.x * box.c.y - by * box.c.x) / (ax * by * cz)},
                 Vec3{0, 1 / by, -box.c.y / (by * cz)}, Vec3{0, 0, 1 / cz}};
  for (int axis = 0; axis < 3; ++axis)
    for (int part = 0; part < 3; ++part)
      shape_.inverse[axis][part] = static_cast<float>(size_[static_cast<std::size_t>(axis)] *
                                                      reciprocal_[static_cast<std::size_t>(axis)][part]);
  // Essmann et al. 1995, eq. 3.9: exp(-pi^2 m^2/beta^2)/(pi V m^2) times the splines' moduli; charges hold
  // the root of 1 / (4 pi eps0). Half of it is the energy, the potential takes it whole.
  const double exponent = std::numbers::pi * std::numbers::pi / (beta_ * beta_);
  const double front = 1 / (std::numbers::pi * box.volume());
  const auto folded = [](int h, int size) { return h > size / 2 ? h - size : h; };
#pragma omp parallel for schedule(static)
  for (int y = 0; y < size_[1]; ++y)
    for (int x = 0; x < size_[0]; ++x) {
      float* to = influence_.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(size_[0]) +
                                       static_cast<std::size_t>(x)) *
                                          static_cast<std::size_t>(complexRow_);
      const Vec3 plane = static_cast<double>(folded(x, size_[0])) * reciprocal_[0] +
                         static_cast<double>(folded(y, size_[1])) * reciprocal_[1];
      const double moduli =
          front * moduli_[0][static_cast<std::size_t>(x)] * moduli_[1][static_cast<std::size_t>(y)];
      for (int z = 0; z <= size_[2] / 2; ++z) {
        const Vec3 m = plane + static_cast<double>(z) * reciprocal_[2];
        const double m2 = dot(m, m);
        to[z] = m2 == 0 ? 0.0F
                        : static_cast<float>(moduli * moduli_[2][static_cast<std::size_t>(z)] *
                                             std::exp(-exponent * m2) / m2);
      }
    }
}

double ParticleMesh::longestWay() const {
  double steepest = 0;
  for (std::size_t axis = 0; axis < 2; ++axis)
    steepest = std::max(steepest, size_[axis] * core::length(reciprocal_[axis]));
  // A hair less than the margin, for rounding.
  return (kMargin - 0.05) / steepest;
}

void ParticleMesh::setBlocks(const ClusterGrid& grid) {
  const auto atoms = grid.atoms();
  const std::size_t count = static_cast<std::size_t>(blocks_[0]) * static_cast<std::size_t>(blocks_[1]);
  std::vector<std::int32_t> blockOf(atoms.size(), -1);
  blockStart_.assign(count + 1, 0);
  const auto node = [](float u, int size) {
    const int below = static_cast<int>(std::floor(u)) % size;
    return below < 0 ? below + size : below;
  };
  for (std::size_t slot = 0; slot < atoms.size(); ++slot) {
    const float* at = grid.xyzq() + 16 * (slot / 4) + slot % 4;
    if (atoms[slot] < 0 || at[12] == 0) continue;
    const float u =
        shape_.inverse[0][0] * at[0] + shape_.inverse[0][1] * at[4] + shape_.inverse[0][2] * at[8];
    const float v = shape_.inverse[1][1] * at[4] + shape_.inverse[1][2] * at[8];
    const int bx = static_cast<int>(static_cast<std::int64_t>(node(u, size_[0])) * blocks_[0] / size_[0]);
    const int by = static_cast<int>(static_cast<std::int64_t>(node(v, size_[1])) * blocks_[1] / size_[1]);
    blockOf[slot] = bx * blocks_[1] + by;
    ++blockStart_[static_cast<std::size_t>(blockOf[slot]) + 1];
  }
  for (std::size_t b = 0; b < count; ++b) blockStart_[b + 1] += blockStart_[b];
  slots_.resize(static_cast<std::size_t>(blockStart_[count]));
  std::vector<std::int32_t> next(blockStart_.begin(), blockStart_.end() - 1);
  for (std::size_t slot = 0; slot < atoms.size(); ++slot)
    if (blockOf[slot] >= 0)
      slots_[static_cast<std::size_t>(next[static_cast<std::size_t>(blockOf[slot])]++)] =
          static_cast<std::int32_t>(slot);
}

void ParticleMesh::potential(const ClusterGrid& grid, bool hasEnergies, double* times) {
  const auto realPlane = static_cast<std::size_t>(size_[1]) * static_cast<std::size_t>(shape_.rowStep);
  const auto complexPlane = static_cast<std::size_t>(size_[1]) * 2 * static_cast<std::size_t>(complexRow_);
  const double begin = omp_get_wtime();
#pragma omp for schedule(static)
  for (int x = 0; x < size_[0]; ++x)
    std::memset(mesh_.data() + static_cast<std::size_t>(x) * realPlane, 0, realPlane * sizeof(float));
  for (const std::vector<std::int32_t>& colour : colours_) {
    const auto blocks = static_cast<std::ptrdiff_t>(colour.size());
    if (blocks == 0) continue;
#pragma omp for schedule(dynamic, 1)
    for (std::ptrdiff_t n = 0; n < blocks; ++n) {
      const auto block = static_cast<std::size_t>(colour[static_cast<std::size_t>(n)]);
      const SpreadTask task{shape_, mesh_.data(), grid.xyzq(), slots_.data() + blockStart_[block],
                            blockStart_[block + 1] - blockStart_[block]};
      kernels_.spread[order_ - 4](task);
    }
  }
  const double spread = omp_get_wtime();
#pragma omp for schedule(static)
  for (int x = 0; x < size_[0]; ++x) {
    float* plane = mesh_.data() + static_cast<std::size_t>(x) * realPlane;
    // What stands behind the end of a row belongs to its beginning.
    for (int y = 0; y < size_[1]; ++y) {
      float* row = plane + static_cast<std::ptrdiff_t>(y) * shape_.rowStep;
      for (int k = 0; k < order_ - 1; ++k) row[k] += row[size_[2] + k];
    }
    plans_->forwardPlane(plane, waves_.data() + static_cast<std::size_t>(x) * complexPlane);
  }
#pragma omp for schedule(static)
  for (int y = 0; y < size_[1]; ++y) solveRow(y, hasEnergies);
#pragma omp for schedule(static)
  for (int x = 0; x < size_[0]; ++x) {
    float* plane = mesh_.data() + static_cast<std::size_t>(x) * realPlane;
    plans_->backPlane(waves_.data() + static_cast<std::size_t>(x) * complexPlane, plane);
    for (int y = 0; y < size_[1]; ++y) {
      float* row = plane + static_cast<std::ptrdiff_t>(y) * shape_.rowStep;
      // Weights past the stencil's end are 0; what they meet must be finite.
      for (int k = 0; k < 8; ++k) row[size_[2] + k] = k < order_ - 1 ? row[k] : 0.0F;
    }
  }
  if (times != nullptr && omp_get_thread_num() == 0) {
    times[0] += spread - begin;
    times[1] += omp_get_wtime() - spread;
  }
}

void ParticleMesh::solveRow(int y, bool hasEnergies) {
  float* row = waves_.data() + static_cast<std::size_t>(y) * 2 * static_cast<std::size_t>(complexRow_);
  const std::size_t step = static_cast<std::size_t>(size_[1]) * 2 * static_cast<std::size_t>(complexRow_);
  plans_->alongX(true, row);
  Sums sums;
  const auto folded = [](int h, int size) { return h > size / 2 ? h - size : h; };
  const double exponent = std::numbers::pi * std::numbers::pi / (beta_ * beta_);
  const int half = size_[2] / 2;
  for (int x = 0; x < size_[0]; ++x) {
    float* waves = row + static_cast<std::size_t>(x) * step;
    const float* influence =
        influence_.data() +
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(size_[0]) + static_cast<std::size_t>(x)) *
            static_cast<std::size_t>(complexRow_);
    if (hasEnergies) {
      const Vec3 plane = static_cast<double>(folded(x, size_[0])) * reciprocal_[0] +
                         static_cast<double>(folded(y, size_[1])) * reciprocal_[1];
      for (int z = 0; z <= half; ++z) {
        const Vec3 m = plane + static_cast<double>(z) * reciprocal_[2];
        const double m2 = dot(m, m), re = waves[2 * z], im = waves[2 * z + 1];
        if (m2 == 0) continue;
        // Waves with 0 < z < half stand for their opposites too.
        const double count = z == 0 || 2 * z == size_[2] ? 1 : 2;
        const double energy = 0.5 * count * influence[z] * (re * re + im * im);
        const double factor = -2 * (1 + exponent * m2) / m2 * energy;
        sums.energy += energy;
        const double products[] = {m.x * m.x, m.y * m.y, m.z * m.z, m.x * m.y, m.x * m.z, m.y * m.z};
        for (std::size_t n = 0; n < 6; ++n) sums.modes[n] += factor * products[n] + (n < 3 ? energy : 0);
      }
    }
    for (int z = 0; z <= half; ++z) waves[2 * z] *= influence[z], waves[2 * z + 1] *= influence[z];
  }
  if (hasEnergies) rowSums_[static_cast<std::size_t>(y)] = sums;
  plans_->alongX(false, row);
}

ParticleMesh::Sums ParticleMesh::sums() const {
  Sums sums;
  for (const Sums& row : rowSums_) {
    sums.energy += row.energy;
    for (std::size_t n = 0; n < 6; ++n) sums.modes[n] += row.modes[n];
  }
  return sums;
}

void ParticleMesh::gather(const ClusterGrid& grid, std::int32_t firstCluster, std::int32_t lastCluster,
                          float* forces) const {
  kernels_.gather[order_ - 4](
      GatherTask{shape_, mesh_.data(), grid.xyzq(), firstCluster, lastCluster, forces});
}

std::size_t ParticleMesh::bytes() const {
  return 4 * (mesh_.size() + waves_.size() + influence_.size() + slots_.size());
}

}  // namespace aula::molecular::cpu
