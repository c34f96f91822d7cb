// SPDX-License-Identifier: Apache-2.0
#include "compute/bandwidth.h"

#include <algorithm>
#include <chrono>

#include "compute/buffer.h"

namespace aula::compute {

double measureCopyBandwidth(const std::shared_ptr<Backend>& backend) {
  Stream stream(backend);
  const double room = backend->properties().freeBytes / 8;
  const auto bytes = static_cast<std::size_t>(std::clamp(room, 1.0 * (1 << 20), 1.0 * (1 << 30)));
  DeviceBuffer<unsigned char> from(stream, bytes, "bandwidth source"), to(stream, bytes, "bandwidth target");
  from.fillZero(stream);
  // Several copies between two looks at the clock, so that starting them hardly counts.
  constexpr int kCopies = 10, kRepeats = 5;
  double best = 0;
  for (int repeat = 0; repeat <= kRepeats; ++repeat) {
    stream.synchronise();
    const auto start = std::chrono::steady_clock::now();
    for (int n = 0; n < kCopies; ++n) backend->copy(stream.handle(), to.device(), from.device(), bytes);
    stream.synchronise();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (repeat > 0)
      best = std::max(best, 2.0 * kCopies * static_cast<double>(bytes) / seconds);  // The first one warms up.
  }
  return best;
}

}  // namespace aula::compute
