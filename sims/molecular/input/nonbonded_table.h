// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "molecular/input/molecule_type.h"

namespace aula::molecular {

/// The Lennard-Jones parameters of the types that a system uses, by combination rule 1 (geometric, c6 and
/// c12), 2 (Lorentz and Berthelot) or 3 (geometric, sigma and epsilon), with the exceptions that
/// [ nonbond_params ] and [ pairtypes ] list. A negative sigma means no attraction, as in GROMACS.
class NonbondedTable {
 public:
  explicit NonbondedTable(const ForceFieldTables& tables);

  /// The index of a type in the table in the making, which it joins at its first use; nothing when no
  /// [ atomtypes ] line gives it.
  [[nodiscard]] std::optional<int> use(const std::string& type);
  [[nodiscard]] const ForceFieldTables::AtomType& type(int used) const;
  [[nodiscard]] LennardJones pair(int a, int b) const;
  /// Between atoms three bonds apart: listed, or generated with the factor; nothing when neither.
  [[nodiscard]] std::optional<LennardJones> pair14(int a, int b) const;
  /// Two parameters as the combination rule has them.
  [[nodiscard]] LennardJones converted(double v, double w) const;
  void store(Topology& topology) const;

 private:
  using Key = std::pair<std::string, std::string>;
  [[nodiscard]] std::pair<double, double> combined(int a, int b) const;

  const ForceFieldTables& tables_;
  std::vector<int> used_;  ///< Into tables_.atomTypes.
  std::map<std::string, int> usedIndex_;
  std::map<Key, std::pair<double, double>> listed_, listed14_;
};

}  // namespace aula::molecular
