// SPDX-License-Identifier: Apache-2.0
// Looking around a space and pointing at what is in it, without a window.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "desktop/model/explorer.h"
#include "desktop/model/selection.h"
#include "scene/geometry/primitives.h"
#include "scene/view/bounds.h"

namespace {

using namespace aula;
using core::Vec3;
using desktop::CameraMode;
using desktop::Explorer;
using desktop::Selection;

constexpr scene::Viewport kView{800, 600};
const scene::Bounds kBox{{-1, -1, -1}, {1, 1, 1}};

/// A cube of one value, -1 to 1 along each side.
scene::VolumeView fog(double value) {
  scene::VolumeView view;
  view.name = "fog";
  view.quantity = {"Electric field", "V/m"};
  view.nx = view.ny = view.nz = 5;
  view.origin = {-1, -1, -1};
  view.spacing = {0.5, 0.5, 0.5};
  view.values = std::make_shared<const std::vector<float>>(125, float(value));
  view.lower = -2;
  view.upper = 2;
  return view;
}

scene::MeshView cube(const std::string& name, double y, double half) {
  scene::MeshView view;
  view.name = name;
  view.mesh = std::make_shared<const scene::TriangleMesh>(
      scene::makeBox({-half, y - half, -half}, {half, y + half, half}));
  return view;
}

Selection pickAlongY(const scene::Frame& frame, double x = 0) {
  scene::Picker picker;
  picker.setFrame(frame);
  return desktop::pickAlong({{x, -10, 0}, {0, 1, 0}}, frame, picker);
}

TEST(DesktopExplorer, EveryNamedViewShowsTheWholeSceneBesideTheColourBar) {
  for (int i = 0; i < 7; ++i) {
    Explorer explorer;
    explorer.look(scene::makeView(static_cast<scene::NamedView>(i), kBox, kView), kBox, kView, 0.15, 10,
                  false);
    for (int corner = 0; corner < 8; ++corner) {
      const auto p = scene::project(explorer.camera(), kView, kBox.corner(corner));
      ASSERT_TRUE(p);
      EXPECT_GT(p->x, 0) << i;
      EXPECT_LT(p->x, 800 * 0.85) << i;
      EXPECT_GT(p->y, 0) << i;
      EXPECT_LT(p->y, 600) << i;
    }
  }
}

TEST(DesktopExplorer, AWayToAViewpointEndsThereAndAHandStopsIt) {
  Explorer explorer;
  explorer.look(scene::makeView(scene::NamedView::front, kBox, kView), kBox, kView, 0, 10, false);
  const Vec3 start = explorer.camera().eye;
  explorer.look(scene::makeView(scene::NamedView::top, kBox, kView), kBox, kView, 0, 10, true);
  EXPECT_TRUE(explorer.isMoving());
  explorer.advance(0.2, {});
  EXPECT_GT(core::length(explorer.camera().eye - start), 0.1);
  Explorer there;
  there.look(scene::makeView(scene::NamedView::top, kBox, kView), kBox, kView, 0, 10, false);
  Explorer stopped = explorer;
  explorer.advance(10, {});
  EXPECT_FALSE(explorer.isMoving());
  EXPECT_LT(core::length(explorer.camera().eye - there.camera().eye), 1e-9);
  stopped.drag(5, 0, false, kView);
  EXPECT_FALSE(stopped.isMoving());
}

TEST(DesktopExplorer, AnotherModeBeginsWhereOneIs) {
  Explorer explorer;
  explorer.look(scene::makeView(scene::NamedView::isometric, kBox, kView), kBox, kView, 0, 10, false);
  const scene::Camera before = explorer.camera();
  explorer.setMode(CameraMode::fly);
  EXPECT_LT(core::length(explorer.camera().eye - before.eye), 1e-9);
  // A second forwards is three tenths of the diagonal, whatever the scene's size.
  const Vec3 ahead = scene::axesOf(explorer.camera()).forward;
  desktop::Steering steering;
  steering.forward = 1;
  explorer.advance(1, steering);
  EXPECT_LT(core::length(explorer.camera().eye - before.eye - 0.3 * kBox.diagonal() * ahead), 1e-9);
  explorer.setMode(CameraMode::orbit);
  EXPECT_LT(core::length(scene::axesOf(explorer.camera()).forward - ahead), 1e-9);
}

TEST(DesktopExplorer, WalkingStaysLevel) {
  Explorer explorer;
  explorer.look(scene::makeView(scene::NamedView::isometric, kBox, kView), kBox, kView, 0, 10, false);
  explorer.setMode(CameraMode::walk);
  // In a scene two metres high a person's eyes are at a person's height above its floor.
  EXPECT_NEAR(explorer.camera().eye.z, -1 + 1.65, 1e-9);
  desktop::Steering steering;
  steering.forward = 1;
  steering.up = 1;
  explorer.drag(0, -200, false, kView);
  explorer.advance(2, steering);
  EXPECT_NEAR(explorer.camera().eye.z, -1 + 1.65, 1e-9);
}

TEST(DesktopSelection, TheFirstSolidThingAndItsInstance) {
  scene::Frame frame;
  auto cubes = cube("cubes", 0, 0.2);
  cubes.instances = {scene::Transform{}, scene::Transform{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0.7, 0, 0}}};
  frame.views = {cube("behind", 0.8, 0.2), cubes};
  EXPECT_EQ(pickAlongY(frame).view, "cubes");
  EXPECT_EQ(pickAlongY(frame, 0.7).item, std::optional<std::size_t>(1));
  EXPECT_NEAR(pickAlongY(frame).point->y, -0.2, 1e-6);
  EXPECT_EQ(pickAlongY(frame, 5).view, "");
}

TEST(DesktopSelection, FogHidesWhatLiesDeepInItAndNothingWhereItIsThin) {
  scene::Frame frame;
  frame.views = {cube("cube", 0.8, 0.1), fog(2)};
  const Selection dense = pickAlongY(frame);
  EXPECT_EQ(dense.view, "fog");
  // Half of what is seen of a fog of full strength: ln 2 / 60 of the diagonal deep, to a step of the ray.
  EXPECT_NEAR(dense.point->y, -1 + std::log(2.0) / 60 * kBox.diagonal(), 2.0 / 200);
  frame.views[1] = fog(1e-4);
  EXPECT_EQ(pickAlongY(frame).view, "cube");
}

TEST(DesktopSelection, ValuesAreLinearBetweenNodesAndToldWithTheirUnit) {
  scene::VolumeView view = fog(0);
  auto values = std::make_shared<std::vector<float>>();
  for (int k = 0; k < 5; ++k)
    for (int j = 0; j < 5; ++j)
      for (int i = 0; i < 5; ++i) values->push_back(float(i + 10 * j + 100 * k) * 0.01F);
  view.values = values;
  EXPECT_NEAR(*desktop::valueAt(view, {-0.75, -0.5, 0.25}), 0.01 * (0.5 + 10 + 250), 1e-6);
  EXPECT_FALSE(desktop::valueAt(view, {1.2, 0, 0}));
  scene::Frame frame;
  frame.views = {view};
  const auto lines = desktop::describe({"fog", std::nullopt, Vec3{0, 0, 0}}, frame);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "2.22 V/m");
  EXPECT_EQ(lines[1], "(0, 0, 0) m");
}

TEST(DesktopSelection, HighlightsAreWhereTheThingIs) {
  scene::Frame frame;
  scene::ParticlesView atoms;
  atoms.name = "atoms";
  atoms.positions =
      std::make_shared<const std::vector<scene::Float3>>(std::vector<scene::Float3>{{0, 0, 0}, {3, 0, 0}});
  atoms.radii = std::make_shared<const std::vector<float>>(std::vector<float>{0.5F});
  frame.views = {atoms, fog(1)};
  EXPECT_EQ(pickAlongY(frame, 3).item, std::optional<std::size_t>(1));
  const auto box = desktop::highlightOf({"atoms", 1, std::nullopt}, frame);
  ASSERT_TRUE(box);
  const scene::Bounds around = scene::boundsOf(scene::View(*box));
  EXPECT_LT(around.lower.x, 2.5);
  EXPECT_GT(around.lower.x, 2.3);
  // A place in a field is marked by a cross there.
  const auto cross = desktop::highlightOf({"fog", std::nullopt, Vec3{0.5, 0, 0}}, frame);
  ASSERT_TRUE(cross);
  EXPECT_NEAR(scene::boundsOf(scene::View(*cross)).centre().x, 0.5, 1e-9);
  EXPECT_FALSE(desktop::highlightOf({"gone", std::nullopt, std::nullopt}, frame));
}

TEST(DesktopSelection, ASpaceShowsTheThickFieldsQuantityAlone) {
  const auto frame = std::make_shared<scene::Frame>();
  scene::VolumeView plane = fog(1);
  plane.name = "plane";
  plane.quantity.name = "Magnetic field";
  plane.ny = 1;
  plane.values = std::make_shared<const std::vector<float>>(25, 1.0F);
  frame->views = {plane, fog(1), cube("cube", 0, 0.1)};
  const auto shown = desktop::shownInSpace(frame);
  ASSERT_EQ(shown->views.size(), 2U);
  EXPECT_EQ(scene::nameOf(shown->views[0]), "fog");
  frame->views.erase(frame->views.begin());
  EXPECT_EQ(desktop::shownInSpace(frame), frame);
}

}  // namespace
