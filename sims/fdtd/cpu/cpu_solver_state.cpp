// SPDX-License-Identifier: Apache-2.0
#include "fdtd/cpu/cpu_solver.h"

#include <algorithm>
#include <bit>

#include "core/assert.h"
#include "core/io/checkpoint.h"

namespace aula::fdtd::cpu {

// Fields in and out.

template <class T>
void CpuSolver::readBox(int component, const IndexBox& box, std::span<T> out) const {
  AULA_ASSERT(out.size() == box.size());
  const float* const base = fields_.data();
  const bool isComputed = layout_.slot[size(component)] >= 0;
  std::size_t n = 0;
  for (int k = box.lower[2]; k < box.upper[2]; ++k)
    for (int j = box.lower[1]; j < box.upper[1]; ++j) {
      if (!isComputed) {
        std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(n), box.extent(0), T(0));
        n += size(box.extent(0));
        continue;
      }
      const float* const lanes = base + layout_.at(component, j, k);
      for (int i = box.lower[0]; i < box.upper[0]; ++i) out[n++] = static_cast<T>(lanes[i]);
    }
}

void CpuSolver::read(int component, const IndexBox& box, std::span<float> out) const {
  readBox(component, box, out);
}
void CpuSolver::read(int component, const IndexBox& box, std::span<double> out) const {
  readBox(component, box, out);
}

void CpuSolver::write(int component, const IndexBox& box, std::span<const double> values) {
  AULA_ASSERT(values.size() == box.size());
  if (layout_.slot[size(component)] < 0) return;
  const RowCoefficients& coefficients = isElectric(component) ? electricRows_ : magneticRows_;
  std::size_t n = 0;
  for (int k = box.lower[2]; k < box.upper[2]; ++k)
    for (int j = box.lower[1]; j < box.upper[1]; ++j)
      for (int i = box.lower[0]; i < box.upper[0]; ++i, ++n) {
        // E is held at zero wherever a step does not compute it; copies at periodic faces follow below.
        const bool isHeld = isElectric(component) && coefficients.cb(component, i, j, k) == 0;
        fields_.data()[layout_.at(component, j, k) + i] = isHeld ? 0.0F : static_cast<float>(values[n]);
      }
  refreshWalls();
}

bool CpuSolver::isFinite() const {
  const float* const base = fields_.data();
  const int planes = layout_.is3d ? layout_.nz + 1 : 1;
  bool isAllFinite = true;
#pragma omp parallel for num_threads(threads_) schedule(static) reduction(&& : isAllFinite)
  for (int k = 0; k < planes; ++k)
    for (int j = 0; j <= layout_.ny; ++j)
      for (int c = 0; c < 6; ++c) {
        if (layout_.slot[size(c)] < 0) continue;
        const float* const lanes = base + layout_.at(c, j, k);
        // An exponent of all ones marks infinities and what is not a number.
        std::uint32_t isBad = 0;
        for (int i = 0; i <= layout_.nx; ++i)
          isBad |= (std::bit_cast<std::uint32_t>(lanes[i]) & 0x7F800000U) == 0x7F800000U ? 1U : 0U;
        isAllFinite = isAllFinite && isBad == 0;
      }
  return isAllFinite;
}

void CpuSolver::save(core::CheckpointWriter& writer) const {
  writer.writeValue("cpu.step", step_);
  writer.writeArray("cpu.fields", fields_.values());
  for (std::size_t h = 0; h < 2; ++h) {
    const std::string prefix = h == 0 ? "cpu.magnetic." : "cpu.electric.";
    writer.writeArray(prefix + "psi_x", halves_[h].psiX.values());
    writer.writeArray(prefix + "psi_y", halves_[h].psiY.values());
    writer.writeArray(prefix + "psi_z", halves_[h].psiZ.values());
  }
  writer.writeArray("cpu.poles", poleState_.values());
  tables_.save(writer, "cpu.sources");
}

void CpuSolver::load(core::CheckpointReader& reader) {
  step_ = reader.readValue<std::int64_t>("cpu.step");
  reader.readArray("cpu.fields", fields_.values());
  for (std::size_t h = 0; h < 2; ++h) {
    const std::string prefix = h == 0 ? "cpu.magnetic." : "cpu.electric.";
    reader.readArray(prefix + "psi_x", halves_[h].psiX.values());
    reader.readArray(prefix + "psi_y", halves_[h].psiY.values());
    reader.readArray(prefix + "psi_z", halves_[h].psiZ.values());
  }
  reader.readArray("cpu.poles", poleState_.values());
  tables_.load(reader, "cpu.sources");
}

}  // namespace aula::fdtd::cpu
