// SPDX-License-Identifier: Apache-2.0
#include "scene/view/bounds.h"

#include <gtest/gtest.h>

#include <cmath>

#include "scene/geometry/primitives.h"

using namespace aula;
using namespace aula::scene;

namespace {

template <class T>
std::shared_ptr<const std::vector<T>> shared(std::vector<T> values) {
  return std::make_shared<const std::vector<T>>(std::move(values));
}

void expectBounds(const Bounds& bounds, core::Vec3 lower, core::Vec3 upper) {
  // Floats of size 10 at most.
  EXPECT_LT(length(bounds.lower - lower), 2e-6);
  EXPECT_LT(length(bounds.upper - upper), 2e-6);
}

TEST(Bounds, NothingIsEmptyAndWhatIsNotFiniteIsLeftOut) {
  Bounds bounds = boundsOf(Frame{});
  EXPECT_TRUE(bounds.isEmpty());
  EXPECT_EQ(bounds.diagonal(), 0);
  bounds.add(core::Vec3{std::nan(""), 0, 0});
  bounds.add(Bounds{});
  EXPECT_TRUE(bounds.isEmpty());
  EXPECT_TRUE(bounds.grown(1).isEmpty());
  EXPECT_TRUE(transformed(bounds, {}).isEmpty());
  bounds.add(core::Vec3{1, 2, 3});
  EXPECT_FALSE(bounds.isEmpty());
  expectBounds(bounds.grown(1), {0, 1, 2}, {2, 3, 4});
}

TEST(Bounds, VolumesReachFromNodeToNodeAndSlicesHaveTheirThickness) {
  VolumeView volume;
  volume.nx = 5;
  volume.ny = 3;
  volume.nz = 1;
  volume.origin = {1, 1, 1};
  volume.spacing = {1, 2, 0.5};
  expectBounds(boundsOf(View(volume)), {1, 1, 0.75}, {5, 5, 1.25});
  expectBounds(boundsOf(View(IsoSurfaceView{"", volume, 0, {}})), {1, 1, 0.75}, {5, 5, 1.25});
  expectBounds(boundsOf(View(SliceView{"", volume, {0, 0, 0}, {1, 0, 1}, {0, -2, 0}})), {0, -2, 0},
               {1, 0, 1});
}

TEST(Bounds, ParticlesArrowsAndRibbonsReachPastTheirPoints) {
  ParticlesView particles;
  particles.positions = shared<Float3>({{0, 0, 0}, {4, 0, 0}});
  particles.radii = shared<float>({1, 0.5F});
  expectBounds(boundsOf(View(particles)), {-1, -1, -1}, {4.5, 1, 1});
  particles.radii = shared<float>({2});
  expectBounds(boundsOf(View(particles)), {-2, -2, -2}, {6, 2, 2});
  GlyphsView glyphs;
  glyphs.positions = shared<Float3>({{0, 0, 0}, {0, 5, 0}});
  glyphs.vectors = shared<Float3>({{2, 0, 0}, {0, 0, 100}});
  glyphs.metresPerUnit = 0.5;
  glyphs.longest = 4;
  expectBounds(boundsOf(View(glyphs)), {-0.5, 0, -2}, {0.5, 5, 2});
  RibbonView ribbon;
  ribbon.points = {{0, 0, 0}, {1, 0, 0}};
  ribbon.widths = {2};
  expectBounds(boundsOf(View(ribbon)), {-1, -1, -1}, {2, 1, 1});
}

TEST(Bounds, MeshesFollowTheirInstances) {
  MeshView view;
  EXPECT_TRUE(boundsOf(View(view)).isEmpty());
  view.mesh = std::make_shared<const TriangleMesh>(makeBox({0, 0, 0}, {1, 2, 3}));
  expectBounds(boundsOf(View(view)), {0, 0, 0}, {1, 2, 3});
  const Transform quarterTurn{{0, 1, 0}, {-1, 0, 0}, {0, 0, 1}, {10, 0, 0}};
  view.instances = {quarterTurn};
  expectBounds(boundsOf(View(view)), {8, 0, 0}, {10, 1, 3});
  view.instances.push_back({});
  expectBounds(boundsOf(View(view)), {0, 0, 0}, {10, 2, 3});
}

TEST(Bounds, AFrameHoldsAllItsViews) {
  Frame frame;
  LinesView lines;
  lines.polylines = {{{-1, 0, 0}, {0, 0, 0}}};
  frame.views.emplace_back(lines);
  frame.views.emplace_back(LabelView{"here", {0, 5, 0}, false, 0});
  frame.views.emplace_back(RulerView{"", {0, 0, -2}, {0, 0, 7}});
  expectBounds(boundsOf(frame), {-1, 0, -2}, {0, 5, 7});
}

}  // namespace
