// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "anatomy/airways/parts.h"
#include "anatomy/airways/tree_mesh.h"
#include "anatomy/model/atlas.h"
#include "scene/mesh/check.h"
#include "scene/mesh/measure.h"
#include "scene/mesh/topology.h"

namespace aula::tests {
namespace {

using namespace anatomy;

const std::vector<Part>& parts() {
  static const auto all = lungParts(0.004);
  return all;
}

const scene::TriangleMesh& meshOf(const std::string& id) {
  for (const Part& part : parts())
    if (part.id == id) return *part.mesh;
  throw std::runtime_error("no part " + id);
}

TEST(LungParts, AreTheAtlasStructuresEachOnce) {
  std::set<std::string> ids;
  for (const Part& part : parts()) EXPECT_TRUE(ids.insert(part.id).second) << part.id;
  for (const Term& term : Atlas::region("airways")->terms())
    EXPECT_EQ(ids.contains(term.structure.id), term.structure.isDrawn) << term.structure.id;
}

TEST(LungParts, AreClosedAndFreeOfCrossings) {
  for (const Part& part : parts()) {
    EXPECT_EQ(scene::findProblems(*part.mesh), std::vector<std::string>{}) << part.id;
    const scene::EdgeReport edges = scene::examineEdges(*part.mesh);
    EXPECT_TRUE(edges.isWatertight()) << part.id << ": " << scene::describe(edges);
    EXPECT_GT(scene::enclosedVolume(*part.mesh), 0) << part.id;
    // A hundredth of a millimetre, far below what is seen.
    EXPECT_EQ(crossings(*part.mesh, 1e-5), 0U) << part.id;
  }
}

TEST(LungParts, LobesHoldTheirSharesOfTheLungs) {
  const auto atlas = Atlas::region("airways");
  double total = 0;
  for (const Lobe lobe : kAllLobes) total += scene::enclosedVolume(meshOf(idOf(lobe)));
  // 5.4 L, less the fissures: half a millimetre of some 0.1 m^2, 1 %, and chords of 4 mm on curves, 1 %.
  EXPECT_NEAR(total, kDrawnGas + kLungTissue, 0.03 * (kDrawnGas + kLungTissue));
  for (const Lobe lobe : kAllLobes) {
    const double share = scene::enclosedVolume(meshOf(idOf(lobe))) / total;
    // Fissures take more of the small middle lobe, which they bound on two sides.
    EXPECT_NEAR(share, atlas->measure(idOf(lobe), "volume_share"), 0.005) << idOf(lobe);
  }
}

TEST(LungParts, LieWhereAnatomyHasThem) {
  const auto middle = [](const std::string& id) {
    Vec3 sum;
    const auto& positions = meshOf(id).positions;
    for (const scene::Float3& p : positions) sum = sum + scene::toVec3(p);
    return sum / double(positions.size());
  };
  // +x is the body's right, +y the front, +z up, the carina the origin.
  EXPECT_GT(middle("lobe_right_superior").x, 0.03);
  EXPECT_LT(middle("lobe_left_superior").x, -0.03);
  EXPECT_GT(middle("lobe_right_superior").z, middle("lobe_right_middle").z);
  EXPECT_GT(middle("lobe_right_middle").y, middle("lobe_right_inferior").y + 0.03);
  EXPECT_GT(middle("lobe_left_superior").z, middle("lobe_left_inferior").z + 0.03);
  EXPECT_GT(middle("trachea").z, 0.03);
  EXPECT_LT(middle("diaphragm").z, -0.1);
  // The heart's notch: the left lung's front edge stands back from the middle, the right one's does not.
  EXPECT_GT(lungDistance(Side::left, {-0.03, 0.07, -0.08}), 0.01);
  EXPECT_LT(lungDistance(Side::right, {0.03, 0.07, -0.08}), 0);
  // Right is wider and its bronchus steeper and shorter.
  const BronchialTree& tree = *usualTree();
  const auto r = tree.indexOf(NamedBranch::mainRight), l = tree.indexOf(NamedBranch::mainLeft);
  EXPECT_GT(tree.diameter[r], tree.diameter[l]);
  EXPECT_LT(tree.length[r], tree.length[l]);
  EXPECT_LT(core::normalised(tree.end[r]).z, core::normalised(tree.end[l]).z);
}

TEST(LungParts, AnchorsLieOnTheirSurfaces) {
  for (const Part& part : parts()) {
    double nearest = 1;
    for (const scene::Float3& p : part.mesh->positions)
      nearest = std::min(nearest, core::length(scene::toVec3(p) - part.anchor));
    EXPECT_LT(nearest, 1e-6) << part.id;
  }
}

TEST(TreeMesh, HasATubeForEachBranchAndItsColour) {
  const BronchialTree tree = growTree({5e-3});
  const TreeMesh tubes = treeMesh(tree, [](std::size_t) { return true; });
  EXPECT_EQ(scene::findProblems(*tubes.mesh), std::vector<std::string>{});
  std::set<std::uint32_t> branches(tubes.branchOf.begin(), tubes.branchOf.end());
  EXPECT_EQ(branches.size(), tree.size());
  const auto mesh = coloured(tubes, [](std::size_t b) { return scene::Colour{float(b), 0, 0}; });
  for (std::size_t i = 0; i < mesh->positions.size(); ++i)
    ASSERT_EQ(mesh->colours[i].red, float(tubes.branchOf[i])) << i;
}

}  // namespace
}  // namespace aula::tests
