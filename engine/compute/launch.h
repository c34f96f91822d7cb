// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

#include "compute/check/check_backend.h"
#include "compute/host_device.h"
#include "compute/kernel.h"
#include "compute/stream.h"

/// Starting a kernel from host code, whatever the device. See kernel.h for what a kernel is.
namespace aula::compute {

namespace cuda {
/// Defined in cuda/launch.cuh; each kernel's .cu file instantiates it.
template <class Kernel>
void launchKernel(void* stream, const LaunchShape& shape, const Kernel& kernel);
}  // namespace cuda

namespace check {

/// A block whose threads run one after the other, forwards or backwards.
template <class Registers>
class HostBlock {
 public:
  HostBlock(BlockIndex index, const LaunchShape& shape, std::vector<Registers>& registers, bool reverses)
      : index_(index), shape_(shape), registers_(registers), reverses_(reverses) {}
  [[nodiscard]] BlockIndex index() const { return index_; }

  template <class Phase>
  void phase(const Phase& body) {
    const int x = shape_.threads.x, y = shape_.threads.y, z = shape_.threads.z;
    const int count = x * y * z;
    for (int n = 0; n < count; ++n) {
      const int t = reverses_ ? count - 1 - n : n;
      body(ThreadIndex{t % x, t / x % y, t / (x * y)}, registers_[static_cast<std::size_t>(t)]);
    }
  }

 private:
  BlockIndex index_;
  const LaunchShape& shape_;
  std::vector<Registers>& registers_;
  bool reverses_;
};

/// The whole grid. Shared memory and registers begin as 0xff bytes, NaN for a float, in every block.
template <class Kernel>
void runGrid(const LaunchShape& shape, const Kernel& kernel, bool reverses) {
  using Registers = typename Kernel::Registers;
  using Shared = typename Kernel::Shared;
  static_assert(std::is_trivially_copyable_v<Registers> && std::is_trivially_copyable_v<Shared>);
  const long blocks = long{shape.blocks.x} * shape.blocks.y * shape.blocks.z;
  std::vector<Registers> registers(static_cast<std::size_t>(shape.threads.x) * shape.threads.y *
                                   shape.threads.z);
  const auto shared = std::make_unique<Shared>();
  for (long n = 0; n < blocks; ++n) {
    const long b = reverses ? blocks - 1 - n : n;
    std::memset(static_cast<void*>(registers.data()), 0xff, registers.size() * sizeof(Registers));
    std::memset(static_cast<void*>(shared.get()), 0xff, sizeof(Shared));
    const BlockIndex index{static_cast<int>(b % shape.blocks.x),
                           static_cast<int>(b / shape.blocks.x % shape.blocks.y),
                           static_cast<int>(b / (long{shape.blocks.x} * shape.blocks.y))};
    HostBlock<Registers> block(index, shape, registers, reverses);
    kernel(block, *shared);
  }
}

}  // namespace check

/// Starts `kernel` over the grid, in the stream's order. A shape without blocks starts nothing.
template <class Kernel>
void launch(Stream& stream, const LaunchShape& shape, const Kernel& kernel) {
  static_assert(std::is_trivially_copyable_v<Kernel>, "a kernel travels to the device byte by byte");
  if (shape.blocks.x <= 0 || shape.blocks.y <= 0 || shape.blocks.z <= 0) return;
  if (stream.backend().kind() == DeviceKind::check) {
    static_cast<CheckBackend&>(stream.backend()).execute(Kernel::kName, [shape, kernel](bool reverses) {
      check::runGrid(shape, kernel, reverses);
    });
    return;
  }
#if AULA_HAVE_CUDA
  cuda::launchKernel(stream.handle(), shape, kernel);
#endif
}

}  // namespace aula::compute
