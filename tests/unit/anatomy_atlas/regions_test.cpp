// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "anatomy/kind/atlas/placed_parts.h"
#include "anatomy/kind/atlas/shapes.h"
#include "scene/mesh/check.h"
#include "scene/mesh/measure.h"
#include "scene/mesh/topology.h"

using namespace aula;

namespace {

double distanceTo(const scene::TriangleMesh& mesh, core::Vec3 point) {
  double nearest = 1e9;
  for (const scene::Float3 p : mesh.positions)
    nearest = std::min(nearest, core::length(core::Vec3{p.x, p.y, p.z} - point));
  return nearest;
}

// Long because shapes take seconds where they are not in the cache.
class AtlasRegions : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    for (const anatomy::RegionShapes& shapes : anatomy::builtInShapes())
      if (shapes.region == GetParam()) shapes_ = &shapes;
    if (shapes_ == nullptr) GTEST_SKIP() << "this build has no shapes of " << GetParam();
    atlas_ = anatomy::Atlas::region(shapes_->region);
    parts_ = anatomy::partsOf(*shapes_, *atlas_, shapes_->spacing);
  }
  const anatomy::RegionShapes* shapes_ = nullptr;
  std::shared_ptr<const anatomy::Atlas> atlas_;
  std::shared_ptr<const anatomy::Parts> parts_;
};

TEST_P(AtlasRegions, EveryStructureHasAShape) {
  std::set<std::string> made;
  for (const anatomy::Part& part : *parts_) made.insert(part.id);
  for (const anatomy::Term& term : atlas_->terms())
    EXPECT_EQ(made.contains(term.structure.id), term.structure.isDrawn) << term.structure.id;
}

TEST_P(AtlasRegions, ShapesAreClosedAndLabelsEndOnThem) {
  for (const anatomy::Part& part : *parts_) {
    EXPECT_TRUE(scene::findProblems(*part.mesh).empty()) << part.id;
    const scene::EdgeReport edges = scene::examineEdges(*part.mesh);
    EXPECT_TRUE(edges.isWatertight()) << part.id << ": " << scene::describe(edges);
    EXPECT_GT(scene::enclosedVolume(*part.mesh), 0) << part.id << ": turned inside out";
    // The nearest point of the mesh is a polygon away; sheets and long bones have larger ones.
    EXPECT_LT(distanceTo(*part.mesh, part.anchor), 3 * shapes_->spacing + 0.002) << part.id;
  }
}

TEST_P(AtlasRegions, EveryStructureCanBeNamedAtSomeLayer) {
  const anatomy::PlacedParts placed(parts_, atlas_, {90, 4, 90});
  // Parts drawn apart show every label.
  anatomy::AtlasScene apart;
  apart.explode = 1;
  scene::Frame frame;
  placed.publish(apart, frame);
  std::set<std::string> named;
  for (const scene::View& view : frame.views)
    if (const auto* label = std::get_if<scene::LabelView>(&view)) named.insert(label->structure);
  EXPECT_EQ(named.size(), parts_->size());
  // Together some are behind others, but from no side is nothing named.
  for (double peel = 0; peel < 3; ++peel) {
    anatomy::AtlasScene scene;
    scene.peel = peel;
    scene::Frame together;
    placed.publish(scene, together);
    EXPECT_TRUE(std::any_of(together.views.begin(), together.views.end(), [](const scene::View& view) {
      return std::holds_alternative<scene::LabelView>(view);
    })) << peel;
  }
}

INSTANTIATE_TEST_SUITE_P(Long, AtlasRegions, testing::Values("upper_limb", "airways", "heart"));

}  // namespace
