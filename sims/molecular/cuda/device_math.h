// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "molecular/model/box.h"
#include "molecular/model/formula/vector.h"
#include "molecular/model/host_device.h"

/// What kernels compute with: small vectors, the cell in single precision, sums in memory that many threads
/// add to.
namespace aula::molecular::cuda {

using Vec3f = Vector<float>;
/// It lies in device memory, for a barostat changes it there.
using DeviceCell = Cell<float>;

/// A position and the charge that sits there, one load of 16 bytes.
struct alignas(16) PointCharge {
  float x, y, z, charge;
};

inline DeviceCell deviceCell(const Box& box) {
  const auto f = [](double v) { return static_cast<float>(v); };
  const auto inverse = [](double v) { return v > 0 ? static_cast<float>(1 / v) : 0.0F; };
  return {f(box.a.x), f(box.b.x),       f(box.b.y),       f(box.c.x),      f(box.c.y),
          f(box.c.z), inverse(box.a.x), inverse(box.b.y), inverse(box.c.z)};
}
AULA_HD bool isPeriodic(const DeviceCell& cell) {
  return cell.ax > 0;
}
AULA_HD float volume(const DeviceCell& cell) {
  return cell.ax * cell.by * cell.cz;
}
AULA_HD Vec3f cellShift(const DeviceCell& cell, int a, int b, int c) {
  const auto fa = static_cast<float>(a), fb = static_cast<float>(b), fc = static_cast<float>(c);
  return {fa * cell.ax + fb * cell.bx + fc * cell.cx, fb * cell.by + fc * cell.cy, fc * cell.cz};
}

/// Adds to a count that other threads of the grid add to as well; gives what stood there. The order of
/// threads is not known, so only sums of integers may be kept from it.
AULA_HD int addTo(int* sum, int value) {
#if defined(__CUDA_ARCH__)
  return atomicAdd(sum, value);
#else
  const int before = *sum;
  *sum += value;
  return before;
#endif
}
/// The same for fixed-point numbers: integers are summed in any order with the same bits.
AULA_HD void addTo(unsigned long long* sum, unsigned long long value) {
#if defined(__CUDA_ARCH__)
  atomicAdd(sum, value);
#else
  *sum += value;
#endif
}
/// The largest of what threads offer; numbers from 0 up compare as their bits do.
AULA_HD void raiseTo(int* largest, float value) {
  const int bits = __builtin_bit_cast(int, value);
#if defined(__CUDA_ARCH__)
  atomicMax(largest, bits);
#else
  if (bits > *largest) *largest = bits;
#endif
}

}  // namespace aula::molecular::cuda
