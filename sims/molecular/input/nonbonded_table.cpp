// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/nonbonded_table.h"

#include <cmath>

#include "molecular/input/text_file.h"

namespace aula::molecular {

NonbondedTable::NonbondedTable(const ForceFieldTables& tables) : tables_(tables) {
  const auto list = [](const std::vector<ForceFieldTables::BondedType>& from, auto& to, const char* section) {
    for (const auto& entry : from) {
      if (entry.types.size() != 2 || entry.parameters.size() < 2)
        throw errorAt(entry.place,
                      std::string("[ ") + section + " ] needs two types, function 1 and two parameters");
      const std::pair values{entry.parameters[0], entry.parameters[1]};
      to[{entry.types[0], entry.types[1]}] = values;
      to[{entry.types[1], entry.types[0]}] = values;
    }
  };
  list(tables.nonbondedPairs, listed_, "nonbond_params");
  list(tables.pairTypes, listed14_, "pairtypes");
}

std::optional<int> NonbondedTable::use(const std::string& type) {
  if (const auto known = usedIndex_.find(type); known != usedIndex_.end()) return known->second;
  const auto found = tables_.atomTypeIndex.find(type);
  if (found == tables_.atomTypeIndex.end()) return std::nullopt;
  const int index = static_cast<int>(used_.size());
  used_.push_back(found->second);
  usedIndex_.emplace(type, index);
  return index;
}

const ForceFieldTables::AtomType& NonbondedTable::type(int used) const {
  return tables_.atomTypes[static_cast<std::size_t>(used_[static_cast<std::size_t>(used)])];
}

LennardJones NonbondedTable::converted(double v, double w) const {
  if (tables_.combinationRule == 1) return {v, w};
  const double sixth = std::pow(std::fabs(v), 6);
  return {v < 0 ? 0 : 4 * w * sixth, 4 * w * sixth * sixth};
}

std::pair<double, double> NonbondedTable::combined(int a, int b) const {
  const ForceFieldTables::AtomType &first = type(a), &second = type(b);
  if (const auto found = listed_.find({first.name, second.name}); found != listed_.end())
    return found->second;
  const double w = std::sqrt(first.w * second.w);
  if (tables_.combinationRule == 1) return {std::sqrt(first.v * second.v), w};
  const double sign = first.v < 0 || second.v < 0 ? -1 : 1;
  if (tables_.combinationRule == 2) return {sign * (std::fabs(first.v) + std::fabs(second.v)) / 2, w};
  return {sign * std::sqrt(std::fabs(first.v * second.v)), w};
}

LennardJones NonbondedTable::pair(int a, int b) const {
  const auto [v, w] = combined(a, b);
  return converted(v, w);
}

std::optional<LennardJones> NonbondedTable::pair14(int a, int b) const {
  if (const auto found = listed14_.find({type(a).name, type(b).name}); found != listed14_.end())
    return converted(found->second.first, found->second.second);
  if (!tables_.generatesPairs) return std::nullopt;
  const LennardJones whole = pair(a, b);
  return LennardJones{tables_.fudgeLJ * whole.c6, tables_.fudgeLJ * whole.c12};
}

void NonbondedTable::store(Topology& topology) const {
  topology.typeCount = static_cast<int>(used_.size());
  topology.pairs.clear();
  topology.typeNames.clear();
  for (int a = 0; a < topology.typeCount; ++a) {
    topology.typeNames.push_back(type(a).name);
    for (int b = 0; b < topology.typeCount; ++b) topology.pairs.push_back(pair(a, b));
  }
}

}  // namespace aula::molecular
