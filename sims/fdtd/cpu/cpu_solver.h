// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "fdtd/cpu/arena.h"
#include "fdtd/cpu/layout.h"
#include "fdtd/cpu/row_coefficients.h"
#include "fdtd/cpu/row_kernels.h"
#include "fdtd/cpu/tiles.h"
#include "fdtd/model/cpml.h"
#include "fdtd/model/injection.h"
#include "fdtd/model/solver.h"

namespace aula::fdtd::cpu {

/// Fields in single precision, rows along x in vectors, threads over diamonds in (y, time). All that happens
/// at a row in a half step (update, layers, poles, couplings, sources, images at walls) is one task that
/// touches only its own row, so that tasks may run in any order that keeps the scheme's dependencies, with
/// the same bits.
class CpuSolver final : public Solver {
 public:
  CpuSolver(const Setup& setup, const Medium& medium, const Tuning& tuning);

  [[nodiscard]] const Grid& grid() const override { return setup_.grid; }
  [[nodiscard]] std::int64_t step() const override { return step_; }
  void advance(std::int64_t steps) override;
  void read(int component, const IndexBox& box, std::span<float> out) const override;
  void read(int component, const IndexBox& box, std::span<double> out) const override;
  void write(int component, const IndexBox& box, std::span<const double> values) override;
  void drive(std::size_t source, const Drive& drive) override { tables_.drive(source, drive); }
  [[nodiscard]] bool isFinite() const override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;
  [[nodiscard]] double bytes() const override;
  [[nodiscard]] std::string description() const override;

 private:
  /// Layers' memory and what else one half step (H or E) needs besides coefficients.
  struct Half {
    RowShape shape;
    std::array<std::ptrdiff_t, 3> own{}, other{};  ///< Components' places within a row, or -1.
    Arena alongX;
    std::vector<float> ay, by, cy, az, bz, cz;  ///< By row and by plane.
    std::vector<int> layerY, layerZ;            ///< Place among the rows (planes) that lie in a layer, or -1.
    int layersY = 0, layersZ = 0;
    bool hasLayerX = false;
    Arena psiX, psiY, psiZ;
    std::vector<Injection> injections;
    std::vector<std::int32_t> firstInjection;  ///< By row, one more at the end; empty: none anywhere.
  };
  /// A stretch of a row filled by one pole.
  struct Pole {
    int component = 0, first = 0;  ///< `first`: the lane its first block begins at.
    PoleRun run;
  };

  void makeHalf(int half);
  void makePoles(const Medium& medium);
  void makeCouplings(const Medium& medium);
  void chooseTiles(int stepsPerSweep);

  /// All that row (j, k) does in a half step; `table` holds its injected values.
  void runRow(int half, int j, int k, const float* table, float* scratch);
  void injectRow(const Half& half, std::size_t row, int j, int k, const float* table);
  void coupleRow(int j, int k);
  void imageRow(int j, int k);
  void runPlain(std::int64_t steps);
  void runTiled(std::int64_t steps);
  /// E(n) and H(-1) across periodic faces: of one plane k (axis 1) or one row j of all planes (axis 2), of
  /// all.
  void copyPeriodicLine(int half, int axis, int line);
  void copyPeriodic(int half);
  /// Images and copies of H and E, after fields were set from outside.
  void refreshWalls();
  void fillTables(std::int64_t steps);
  [[nodiscard]] const float* table(int half, std::int64_t step) const;

  template <class T>
  void readBox(int component, const IndexBox& box, std::span<T> out) const;

  Setup setup_;
  int threads_ = 1;
  const RowKernels* kernels_;
  Layout layout_;
  Updated updated_;
  std::array<CpmlAxis, 3> cpml_;
  std::array<Half, 2> halves_;  ///< 0: H, 1: E.
  RowCoefficients magneticRows_, electricRows_;
  Arena fields_;
  Arena poleState_;
  std::vector<Pole> poles_;
  std::vector<std::int32_t> firstPole_;
  std::vector<Medium::Coupling> couplings_;
  std::vector<std::int32_t> firstCoupling_;
  InjectionTables tables_;
  std::array<int, 2> slots_{};
  std::array<std::vector<float>, 2> window_;
  TileShape tiles_;
  int wholeAxis_ = 0;  ///< The periodic axis (1 or 2) that a diamond takes whole; 0: none.
  bool isBlocked_ = true;
  bool hasImages_ = false;
  std::int64_t step_ = 0;
};

/// The kernels asked for by name, or the best this machine runs. Throws core::Error (input) for a name that
/// is not known or not supported here.
[[nodiscard]] const RowKernels& chooseKernels(const char* instructionSet);

}  // namespace aula::fdtd::cpu
