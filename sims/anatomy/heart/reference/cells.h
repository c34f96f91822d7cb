// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "anatomy/heart/model/solver.h"

namespace aula::anatomy::heart::reference {

/// The cells of a tissue: what each remembers, and how its potential answers.
class Cells {
 public:
  virtual ~Cells() = default;
  /// V of a cell at its published start.
  [[nodiscard]] virtual double start(std::size_t cell) const = 0;
  /// One step of reaction alone: changes the potential (V) and what the cell remembers.
  virtual void step(std::size_t cell, double& potential, double timeStep, double excitability) = 0;
  /// Aliev and Panfilov's v, ten Tusscher and Panfilov's Ca_i in mol/m^3.
  [[nodiscard]] virtual double recovery(std::size_t cell) const = 0;
  /// All that is remembered, for checkpoints.
  [[nodiscard]] virtual std::vector<double>& memory() = 0;
};

/// One factor of duration a cell.
[[nodiscard]] std::unique_ptr<Cells> makeAlievPanfilovCells(std::vector<double> durations);
/// One layer a cell.
[[nodiscard]] std::unique_ptr<Cells> makeTenTusscherCells(const std::vector<Layer>& layers);

}  // namespace aula::anatomy::heart::reference
