// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/airways/lobes.h"

/// The bronchial tree: trachea, main, intermediate and lobar bronchi as measured, everything below by the
/// rules of Kitaoka, Takaki and Suki (J. Appl. Physiol. 87, 2207, 1999), which fill a region with a branching
/// duct.
namespace aula::anatomy {

/// Branches that have a name, in this order at the beginning of every tree.
enum class NamedBranch : std::uint8_t {
  trachea,
  mainRight,
  mainLeft,
  intermediate,
  rightSuperior,
  rightMiddle,
  rightInferior,
  leftSuperior,
  leftInferior
};
inline constexpr int kNamedBranches = 9;
/// The atlas' id: "main_bronchus_right"; the intermediate bronchus has none of its own and is
/// "bronchus_intermedius".
[[nodiscard]] const char* idOf(NamedBranch branch);
[[nodiscard]] std::optional<NamedBranch> findNamedBranch(const std::string& id);

/// One array an attribute, one entry a branch. A branch stands behind its parent; its children, two or none,
/// are neighbours. Immutable once grown; any thread.
struct BronchialTree {
  static constexpr std::int32_t kNone = -1;
  std::vector<std::int32_t> parent;      ///< kNone: the trachea, branch 0.
  std::vector<std::int32_t> firstChild;  ///< kNone: a terminal bronchiole; the other child follows at once.
  std::vector<std::uint8_t> generation;  ///< Weibel's: the trachea is 0.
  std::vector<std::int8_t> lobe;         ///< Of Lobe; -1 where several are supplied.
  std::vector<std::uint8_t> segment;     ///< Number of the bronchopulmonary segment, 1..18; 0 above them.
  std::vector<Vec3> start, end;          ///< m
  std::vector<double> diameter, length;  ///< m
  std::vector<double> share;             ///< Of both lungs' volume that it supplies; the trachea's is 1.
  std::vector<std::int32_t> terminals;   ///< The terminal bronchioles, by rising number.
  std::vector<Vec3> acinus;              ///< Middle of what each terminal supplies, m.

  [[nodiscard]] std::size_t size() const { return parent.size(); }
  [[nodiscard]] bool isTerminal(std::size_t branch) const { return firstChild[branch] == kNone; }
  [[nodiscard]] std::size_t indexOf(NamedBranch branch) const { return static_cast<std::size_t>(branch); }
};

struct TreeOptions {
  /// A branch that supplies at most this share of the lungs is a terminal bronchiole. 6.15e-5 gives about
  /// 27,000 of them, 54,000 branches; a greater one a coarser tree for tests.
  double terminalShare = 6.15e-5;
};

/// Grows the tree into the lobes: about a second for 54,000 branches. The same options give the same bits.
/// Throws core::Error (input) for a share outside 1e-5..0.01.
[[nodiscard]] BronchialTree growTree(const TreeOptions& options = {});
/// The usual tree, grown once a process. Any thread.
[[nodiscard]] std::shared_ptr<const BronchialTree> usualTree();

/// Mean and standard deviation over the branches of one generation or order.
struct BranchStatistics {
  int number = 0;
  double diameter = 0, diameterSpread = 0;  ///< m
  double length = 0, lengthSpread = 0;      ///< m
  double angle = 0, angleSpread = 0;        ///< rad, between a branch and its parent
  double volume = 0;                        ///< m^3, of all together
};
/// By Weibel's generation, from 0.
[[nodiscard]] std::vector<BranchStatistics> byGeneration(const BronchialTree& tree);
/// By Strahler's order: terminal bronchioles are 1; index 0 is empty.
[[nodiscard]] std::vector<BranchStatistics> byOrder(const BronchialTree& tree);
/// Volume of all branches, m^3.
[[nodiscard]] double volumeOf(const BronchialTree& tree);

/// Mouth, pharynx and larynx: 50 mL in an adult man (ICRP Publication 66, 1994, table 4).
inline constexpr double kUpperAirwayVolume = 50e-6;

}  // namespace aula::anatomy
