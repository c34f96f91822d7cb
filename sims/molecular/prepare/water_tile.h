// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "molecular/model/box.h"

/// 216 molecules of liquid water in a periodic cube, the seed of every box of water. Private to prepare/.
namespace aula::molecular {

struct WaterTileMolecule {
  Vec3 oxygen;                ///< nm, within the cube
  Vec3 hydrogen1, hydrogen2;  ///< nm, from the oxygen
};
inline constexpr double kWaterTileEdge = 1.87516;  ///< nm
[[nodiscard]] std::span<const WaterTileMolecule> waterTile();

}  // namespace aula::molecular
