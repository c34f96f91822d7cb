// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <cstring>

#include "core/io/atomic_file.h"
#include "molecular/analysis/trajectory.h"

namespace aula::molecular {

namespace {

/// Fortran's unformatted records: a length before and after.
class Records {
 public:
  template <class T>
  void put(const T& value) {
    const auto* bytes = reinterpret_cast<const char*>(&value);
    record_.append(bytes, sizeof(T));
  }
  void text(std::string line, std::size_t width) {
    line.resize(width, ' ');
    record_ += line;
  }
  void end() {
    const auto size = static_cast<std::int32_t>(record_.size());
    const std::string marker(reinterpret_cast<const char*>(&size), sizeof size);
    whole_ += marker + record_ + marker;
    record_.clear();
  }
  [[nodiscard]] const std::string& whole() const { return whole_; }

 private:
  std::string record_, whole_;
};

constexpr double kAkma = 0.04888821;  // ps

}  // namespace

void writeDcd(const std::filesystem::path& file, const Trajectory& trajectory) {
  Records records;
  const auto frames = static_cast<std::int32_t>(trajectory.frames());
  const bool isPeriodic = !trajectory.boxes.empty() && trajectory.boxes[0] > 0;
  const std::int64_t first = frames > 0 ? trajectory.steps.front() : 0;
  const std::int64_t every = frames > 1 ? trajectory.steps[1] - first : 1;
  records.text("CORD", 4);
  const std::array<std::int32_t, 9> head{frames, static_cast<std::int32_t>(first),
                                         static_cast<std::int32_t>(every),
                                         static_cast<std::int32_t>(every * frames)};
  for (const std::int32_t value : head) records.put(value);
  records.put(static_cast<float>(trajectory.timeStep / kAkma));
  records.put(std::int32_t{isPeriodic ? 1 : 0});
  for (int i = 0; i < 8; ++i) records.put(std::int32_t{0});
  records.put(std::int32_t{24});  // As CHARMM 24 writes them.
  records.end();
  records.put(std::int32_t{1});
  records.text("Written by Aula", 80);
  records.end();
  records.put(static_cast<std::int32_t>(trajectory.atoms));
  records.end();
  const auto atoms = static_cast<std::size_t>(trajectory.atoms);
  for (std::size_t frame = 0; frame < trajectory.frames(); ++frame) {
    if (isPeriodic) {
      const double* e = trajectory.boxes.data() + 9 * frame;
      const core::Vec3 a{e[0], e[1], e[2]}, b{e[3], e[4], e[5]}, c{e[6], e[7], e[8]};
      const auto cosine = [](core::Vec3 u, core::Vec3 v) {
        return core::dot(u, v) / core::length(u) / core::length(v);
      };
      // A, gamma, B, beta, alpha, C.
      for (const double value : {10 * core::length(a), cosine(a, b), 10 * core::length(b), cosine(a, c),
                                 cosine(b, c), 10 * core::length(c)})
        records.put(value);
      records.end();
    }
    for (std::size_t axis = 0; axis < 3; ++axis) {
      for (std::size_t n = 0; n < atoms; ++n)
        records.put(10 * trajectory.positions[(frame * atoms + n) * 3 + axis]);
      records.end();
    }
  }
  core::writeFile(file, records.whole());
}

}  // namespace aula::molecular
