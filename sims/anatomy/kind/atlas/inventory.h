// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "anatomy/kind/atlas/shapes.h"
#include "lab/file/node.h"
#include "lab/session/simulation.h"

namespace aula::anatomy {

/// "inventory": how many structures there are, their volume, surface and greatest length. Shapes stand still,
/// so it samples once.
struct InventoryPlan {
  std::string name;
  std::vector<std::string> structures;  ///< Drawn ones that are counted.
  std::int64_t steps = 1;

  [[nodiscard]] lab::InstrumentOutline outline() const;
  [[nodiscard]] std::unique_ptr<lab::Instrument> build(const Parts& parts) const;
};

/// The section "instruments". "structures": ids, groups among them; absent: all. `atlas` null: only read.
[[nodiscard]] std::vector<InventoryPlan> readInventories(
    const std::vector<std::pair<std::string, lab::Node>>& instruments, const Atlas* atlas,
    std::int64_t steps);

/// The greatest distance between two points of the meshes together, m; 0: no points.
[[nodiscard]] double greatestLength(const std::vector<const scene::TriangleMesh*>& meshes);

}  // namespace aula::anatomy
