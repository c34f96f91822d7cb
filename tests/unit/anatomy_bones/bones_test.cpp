// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "anatomy/model/atlas.h"
#include "anatomy/upper_limb/landmarks.h"
#include "scene/mesh/check.h"
#include "scene/mesh/measure.h"
#include "scene/mesh/topology.h"
#include "shared_bones.h"

namespace aula::anatomy {
namespace {

TEST(Bones, AreThoseOfTheAtlas) {
  std::set<std::string> expected{"clavicle", "scapula", "humerus", "radius", "ulna", "carpals"};
  for (int i = 1; i <= 5; ++i) {
    expected.insert("metacarpal_" + std::to_string(i));
    expected.insert("proximal_phalanx_" + std::to_string(i));
    if (i > 1) expected.insert("middle_phalanx_" + std::to_string(i));
    expected.insert("distal_phalanx_" + std::to_string(i));
  }
  const auto atlas = Atlas::region("upper_limb");
  std::set<std::string> found;
  for (const BoneSolid& one : upperLimbBoneSolids()) {
    const std::string& id = one.id;
    found.insert(id);
    EXPECT_NE(atlas->find(id), nullptr) << id;
    EXPECT_EQ(one.body, id == "clavicle" || id == "scapula" ? "trunk"
                        : id == "humerus"                   ? "humerus"
                                                            : "forearm");
  }
  EXPECT_EQ(found, expected);
}

TEST(Bones, AreClosedWithoutFoldsAndInOnePiece) {
  for (const BoneSolid& one : upperLimbBoneSolids()) {
    const std::string& id = one.id;
    SCOPED_TRACE(id);
    const Part& part = bone(id);
    EXPECT_THAT(scene::findProblems(*part.mesh), testing::IsEmpty());
    EXPECT_EQ(scene::describe(scene::examineEdges(*part.mesh)), "");
    // Rounding to float, 3e-8 m half a metre from the origin, and nothing more.
    EXPECT_EQ(crossings(*part.mesh, 1e-6), 0U);
    // Like a ball: no loose pieces, no bubbles, no holes through. The notch beside the coracoid process is
    // open above.
    EXPECT_EQ(scene::eulerCharacteristic(*part.mesh), 2);
    EXPECT_EQ(part.mesh->colours.size(), part.mesh->positions.size());
    // A label's line ends on it.
    EXPECT_LT(std::abs(one.solid.distance(part.anchor)), 0.05 * kSpacing);
    EXPECT_GT(part.labelPriority, 0);
  }
}

TEST(Bones, LandmarksLieOnTheirBones) {
  for (const landmark::Named& named : landmark::kAll) {
    const BoneSolid& holder = boneSolid(named.bone);
    EXPECT_EQ(holder.body, named.body) << named.name;
    // Written to a tenth of a millimetre.
    EXPECT_LT(std::abs(holder.solid.distance(named.place)), 0.0002) << named.name;
  }
}

TEST(Bones, TwiceTheSame) {
  for (const char* id : {"scapula", "carpals", "distal_phalanx_2"}) {
    const scene::TriangleMesh a = polygonise(boneSolid(id).solid, {0.003}),
                              b = polygonise(boneSolid(id).solid, {0.003});
    EXPECT_EQ(a.positions, b.positions);
    EXPECT_EQ(a.normals, b.normals);
    EXPECT_EQ(a.triangles, b.triangles);
  }
}

}  // namespace
}  // namespace aula::anatomy
