// SPDX-License-Identifier: Apache-2.0
#include "molecular/cuda/device_mesh.h"

#include <cmath>
#include <complex>

#include "compute/launch.h"
#include "core/error.h"
#include "molecular/cuda/motion_kernels.h"
#include "molecular/cuda/totals.h"
#include "molecular/model/constants.h"
#include "molecular/model/mesh.h"

namespace aula::molecular::cuda {

namespace {

constexpr double kPi = 3.14159265358979323846;

FourierAxis planAxis(int length) {
  FourierAxis axis{};
  axis.length = length;
  int rest = length;
  for (const int radix : {4, 2, 3, 5, 7, 11, 13})
    while (rest % radix == 0) {
      axis.radix[axis.passes++] = radix;
      rest /= radix;
    }
  if (rest != 1 || length > FourierLines<LineKind::complexLines>::kRoom)
    throw core::inputError("a mesh of " + std::to_string(length) +
                           " points along an axis cannot be transformed on this device: sizes up to " +
                           std::to_string(FourierLines<LineKind::complexLines>::kRoom) +
                           " with no prime factor above 13 can; choose nonbonded.mesh so");
  return axis;
}

/// 1/|b|^2 (Essmann 1995, eq. 4.4); where the sum vanishes (odd orders at the middle) the node is left out.
std::vector<float> splineModuli(int length, int order) {
  double weight[kMostSplineOrder], slope[kMostSplineOrder];
  splineWeights(0.0, order, weight, slope);
  std::vector<float> moduli(static_cast<std::size_t>(length));
  for (int m = 0; m < length; ++m) {
    std::complex<double> sum = 0;
    for (int n = 0; n < order; ++n) sum += weight[n] * std::polar(1.0, 2 * kPi * m * n / length);
    const double square = std::norm(sum);
    moduli[static_cast<std::size_t>(m)] = square > 1e-10 ? static_cast<float>(1 / square) : 0.0F;
  }
  return moduli;
}

}  // namespace

DeviceMesh::DeviceMesh(compute::Stream& stream, const NonbondedSettings& settings, const Box& box,
                       double beta)
    : beta_(static_cast<float>(beta)) {
  const std::array<int, 3> size = meshSize(settings, box);
  mesh_.order = settings.meshOrder;
  if (mesh_.order < 3 || mesh_.order > kMostSplineOrder)
    throw core::inputError("the mesh order is " + std::to_string(mesh_.order) + "; allowed are 4 and 5");
  for (std::size_t n = 0; n < 3; ++n) {
    mesh_.size[n] = size[n];
    plan_[n] = planAxis(size[n]);
    std::vector<Complex> roots(static_cast<std::size_t>(size[n]));
    for (int k = 0; k < size[n]; ++k) {
      const double turn = -2 * kPi * k / size[n];
      roots[static_cast<std::size_t>(k)] = {static_cast<float>(std::cos(turn)),
                                            static_cast<float>(std::sin(turn))};
    }
    roots_[n] = {stream, roots.size(), "roots of unity"};
    roots_[n].upload(stream, roots);
    const std::vector<float> moduli = splineModuli(size[n], mesh_.order);
    moduli_[n] = {stream, moduli.size(), "spline moduli"};
    moduli_[n].upload(stream, moduli);
  }
  const std::size_t plane = static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]);
  const std::size_t points = plane * static_cast<std::size_t>(size[2]);
  charges_ = {stream, points, "mesh charges"};
  potential_ = {stream, points, "mesh potential"};
  spectrum_ = {stream, plane * static_cast<std::size_t>(mesh_.halfZ()), "mesh spectrum"};
  SolveMesh<true> solve{};
  solve.mesh = mesh_;
  blockSums_ = {stream, static_cast<std::size_t>(solve.shape().blocks.x) * kMeshSums, "sums of the mesh"};
}

FourierAxis DeviceMesh::axis(std::size_t n) const {
  FourierAxis axis = plan_[n];
  axis.roots = roots_[n].device();
  return axis;
}

void DeviceMesh::transform(compute::Stream& stream, bool isInverse) {
  const int nx = mesh_.size[0], ny = mesh_.size[1], nz = mesh_.size[2], half = mesh_.halfZ();
  const auto lines = [&]<LineKind kKind>(std::size_t n, int count, int inner, long outerStride, long stride) {
    FourierLines<kKind> kernel{};
    kernel.axis = axis(n);
    kernel.isInverse = isInverse;
    kernel.lines = count;
    kernel.linesEach = FourierLines<kKind>::linesABlock(kernel.axis.length);
    kernel.inner = inner;
    kernel.outerStride = outerStride;
    kernel.stride = stride;
    kernel.charges = charges_.device();
    kernel.spectrum = spectrum_.device();
    kernel.potential = potential_.device();
    compute::launch(stream, kernel.shape(), kernel);
  };
  const auto alongY = [&] {
    lines.operator()<LineKind::complexLines>(1, nx * half, half, long{ny} * half, half);
  };
  const auto alongX = [&] {
    lines.operator()<LineKind::complexLines>(0, ny * half, ny * half, 0, long{ny} * half);
  };
  if (!isInverse) {
    lines.operator()<LineKind::chargesToSpectrum>(2, nx * ny, 1, nz, 1);
    alongY();
    alongX();
  } else {
    alongX();
    alongY();
    lines.operator()<LineKind::spectrumToPotential>(2, nx * ny, 1, nz, 1);
  }
}

void DeviceMesh::launch(compute::Stream& stream, const DeviceCell* cell, const PointCharge* points, int slots,
                        const int* atomAt, Vec3f* forces, double* totals) {
  charges_.fillZero(stream);
  const SpreadCharges spread{{mesh_, cell, points, charges_.device()}, slots};
  compute::launch(stream, spread.shape(), spread);
  transform(stream, false);
  const auto solve = [&](auto kernel) {
    kernel.mesh = mesh_;
    kernel.cell = cell;
    kernel.beta = beta_;
    kernel.coulomb = static_cast<float>(kCoulomb);
    for (std::size_t n = 0; n < 3; ++n) kernel.moduli[n] = moduli_[n].device();
    kernel.spectrum = spectrum_.device();
    kernel.blockSums = blockSums_.device();
    compute::launch(stream, kernel.shape(), kernel);
    return kernel.shape().blocks.x;
  };
  if (totals != nullptr) {
    const int blocks = solve(SolveMesh<true>{});
    FoldSums fold{blockSums_.device(),
                  blocks,
                  kMeshSums,
                  totals,
                  {kTermTotals + static_cast<int>(Term::coulombReciprocal)},
                  false};
    for (int n = 0; n < 6; ++n) fold.target[1 + n] = kVirialTotals + n;
    compute::launch(stream, FoldSums::shape(), fold);
  } else {
    solve(SolveMesh<false>{});
  }
  transform(stream, true);
  const GatherForces gather{{mesh_, cell, points, atomAt, potential_.device(), forces}, slots};
  compute::launch(stream, gather.shape(), gather);
}

double DeviceMesh::bytes() const {
  return static_cast<double>(charges_.bytes() + potential_.bytes() + spectrum_.bytes() + blockSums_.bytes());
}

}  // namespace aula::molecular::cuda
