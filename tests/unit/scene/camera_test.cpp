// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "scene/camera/controllers.h"
#include "scene/camera/viewpoints.h"

using namespace aula;
using namespace aula::scene;

namespace {

constexpr Viewport kWide{800, 400};
/// Doubles of size 10 through some twenty operations.
constexpr double kExact = 1e-11;

void expectNear(core::Vec3 a, core::Vec3 b, double tolerance = kExact) {
  EXPECT_LT(length(a - b), tolerance);
}

Camera someCamera(bool isOrthographic = false) {
  Camera camera;
  camera.eye = {3, -4, 2};
  camera.target = {0.5, 1, -0.5};
  camera.isOrthographic = isOrthographic;
  camera.fieldOfView = 40;
  return camera;
}

TEST(Camera, RaysAndProjectionsAreInverse) {
  for (const bool isOrthographic : {false, true}) {
    const Camera camera = someCamera(isOrthographic);
    for (const auto& [x, y] : {std::pair{400.0, 200.0}, {10.5, 390.5}, {799.0, 0.0}}) {
      const Ray ray = rayThrough(camera, kWide, x, y);
      EXPECT_NEAR(length(ray.direction), 1, kExact);
      const auto point = project(camera, kWide, ray.origin + 7.0 * ray.direction);
      ASSERT_TRUE(point);
      EXPECT_NEAR(point->x, x, 1e-9);
      EXPECT_NEAR(point->y, y, 1e-9);
      const auto atTarget = project(camera, kWide, pointAtTarget(camera, kWide, x, y));
      EXPECT_NEAR(atTarget->x, x, 1e-9);
      EXPECT_NEAR(atTarget->y, y, 1e-9);
      EXPECT_NEAR(atTarget->depth, length(camera.target - camera.eye), kExact);
    }
    const auto middle = project(camera, kWide, camera.target);
    EXPECT_NEAR(middle->x, 400, 1e-9);
    EXPECT_NEAR(middle->y, 200, 1e-9);
    // The field of view is vertical: the upper edge lies half of it above the middle.
    EXPECT_NEAR(halfHeightAtTarget(camera),
                length(camera.target - camera.eye) * std::tan(20 * std::numbers::pi / 180), kExact);
  }
  EXPECT_FALSE(project(someCamera(), kWide, someCamera().eye));
  EXPECT_FALSE(project(someCamera(), kWide, {6, -9, 4.5}));
  // Right is right and up is up.
  Camera front;
  front.eye = {0, -5, 0};
  front.target = {0, 0, 0};
  EXPECT_GT(project(front, kWide, {1, 0, 0})->x, 400);
  EXPECT_LT(project(front, kWide, {0, 0, 1})->y, 200);
}

TEST(Camera, OddCamerasHaveAxesAllTheSame) {
  Camera camera;
  camera.eye = camera.target = {1, 2, 3};
  CameraAxes axes = axesOf(camera);
  expectNear(cross(axes.right, axes.forward), axes.up);
  camera.eye = {0, 0, 5};
  camera.target = {0, 0, 0};
  camera.up = {0, 0, 1};
  axes = axesOf(camera);
  EXPECT_NEAR(length(axes.right), 1, kExact);
  expectNear(axes.forward, {0, 0, -1});
}

TEST(Camera, EverythingFitsAndNothingIsWasted) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> number(-1, 1);
  for (int i = 0; i < 200; ++i) {
    Bounds bounds;
    bounds.add(core::Vec3{number(random), 3 * number(random), number(random)});
    bounds.add(core::Vec3{2 * number(random), number(random), number(random)});
    Camera camera;
    camera.eye = {5 * number(random), 5 * number(random), 5 * number(random)};
    camera.target = {number(random), number(random), number(random)};
    camera.isOrthographic = i % 2 == 0;
    const Viewport viewport{i % 3 == 0 ? 300.0 : 900.0, 600};
    const Camera fit = fitted(camera, bounds, viewport, 0.1);
    expectNear(axesOf(fit).forward, axesOf(camera).forward, 1e-9);
    double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
    for (int c = 0; c < 8; ++c) {
      const auto point = project(fit, viewport, bounds.corner(c));
      ASSERT_TRUE(point);
      EXPECT_GE(point->depth, -kExact);
      left = std::min(left, point->x / viewport.width);
      right = std::max(right, point->x / viewport.width);
      top = std::min(top, point->y / viewport.height);
      bottom = std::max(bottom, point->y / viewport.height);
    }
    EXPECT_GE(left, 0.1 - 1e-9);
    EXPECT_LE(right, 0.9 + 1e-9);
    EXPECT_GE(top, 0.1 - 1e-9);
    EXPECT_LE(bottom, 0.9 + 1e-9);
    // It touches the margin on one side at least (unless the eye would have to stand inside the body).
    EXPECT_LT(std::min({left - 0.1, 0.9 - right, top - 0.1, 0.9 - bottom}), 0.05);
  }
  const Camera same = someCamera();
  EXPECT_EQ(fitted(same, {}, kWide).eye, same.eye);
  Bounds point;
  point.add(core::Vec3{1, 1, 1});
  EXPECT_NEAR(length(fitted(same, point, kWide).eye - point.lower), 1, kExact);
}

TEST(Camera, NamedViewsShowTheirSides) {
  const Bounds bounds{{-1, -2, -3}, {1, 2, 3}};
  // Which corner's direction is right and up in the picture.
  struct Expected {
    NamedView view;
    core::Vec3 right, up;
  };
  for (const Expected& e : {Expected{NamedView::front, {1, 0, 0}, {0, 0, 1}},
                            {NamedView::back, {-1, 0, 0}, {0, 0, 1}},
                            {NamedView::left, {0, -1, 0}, {0, 0, 1}},
                            {NamedView::right, {0, 1, 0}, {0, 0, 1}},
                            {NamedView::top, {1, 0, 0}, {0, 1, 0}},
                            {NamedView::bottom, {1, 0, 0}, {0, -1, 0}}}) {
    const CameraAxes axes = axesOf(makeView(e.view, bounds, kWide));
    expectNear(axes.right, e.right);
    expectNear(axes.up, e.up);
  }
  const Camera isometric = makeView(NamedView::isometric, bounds, kWide, true);
  EXPECT_TRUE(isometric.isOrthographic);
  // The three axes look equally long.
  const auto origin = project(isometric, kWide, {0, 0, 0});
  const auto lengthOf = [&](core::Vec3 axis) {
    const auto tip = project(isometric, kWide, axis);
    return std::hypot(tip->x - origin->x, tip->y - origin->y);
  };
  EXPECT_NEAR(lengthOf({1, 0, 0}), lengthOf({0, 1, 0}), 1e-9);
  EXPECT_NEAR(lengthOf({1, 0, 0}), lengthOf({0, 0, 1}), 1e-9);
  EXPECT_STREQ(nameOf(NamedView::isometric), "isometric");
}

TEST(Camera, TransitionsBeginAndEndExactlyAndTurnEvenly) {
  const Bounds bounds{{-1, -1, -1}, {1, 1, 1}};
  const Transition way{makeView(NamedView::front, bounds, kWide), makeView(NamedView::right, bounds, kWide),
                       2};
  EXPECT_EQ(way.at(-1).eye, way.from.eye);
  EXPECT_EQ(way.at(2).eye, way.to.eye);
  EXPECT_TRUE(way.isOver(2));
  EXPECT_FALSE(way.isOver(1.9));
  // Half way it has turned by 45 degrees at the same distance.
  const Camera half = way.at(1);
  expectNear(normalised(half.eye), core::normalised({1, -1, 0}), 1e-9);
  EXPECT_NEAR(length(half.eye), length(way.from.eye), 1e-9);
  double turned = 0;
  core::Vec3 last = axesOf(way.from).forward;
  for (int i = 1; i <= 20; ++i) {
    const core::Vec3 now = axesOf(blended(way.from, way.to, i / 20.0)).forward;
    const double step = std::acos(std::min(1.0, dot(now, last)));
    EXPECT_NEAR(step, std::numbers::pi / 40, 1e-6);
    turned += step;
    last = now;
  }
  EXPECT_NEAR(turned, std::numbers::pi / 2, 1e-6);
  // From the front to the top, and half round: no roll at the ends, no number lost on the way.
  for (const NamedView to : {NamedView::top, NamedView::back, NamedView::bottom})
    for (int i = 0; i <= 10; ++i) {
      const Camera c = blended(way.from, makeView(to, bounds, kWide), i / 10.0);
      EXPECT_TRUE(std::isfinite(c.eye.x + c.eye.y + c.eye.z + c.up.x));
      EXPECT_GT(length(c.eye), 1);
    }
  EXPECT_EQ(eased(0), 0);
  EXPECT_EQ(eased(0.5), 0.5);
  EXPECT_EQ(eased(7), 1);
}

TEST(Camera, OrbitTurnsWithThePointerAndNeverFlips) {
  OrbitController orbit;
  Camera camera;
  camera.eye = {0, -5, 0};
  camera.target = {0, 0, 0};
  orbit.setCamera(camera);
  expectNear(orbit.camera().eye, camera.eye);
  // What faces the viewer follows the pointer: to the right and down.
  const core::Vec3 facing{0, -1, 0};
  orbit.drag(20, 10, kWide);
  const auto moved = project(orbit.camera(), kWide, facing);
  EXPECT_GT(moved->x, 400);
  EXPECT_GT(moved->y, 200);
  // A hundred drags over the top: up stays up, the distance stays, the picture never turns upside down.
  for (int i = 0; i < 100; ++i) {
    orbit.drag(3, 25, kWide);
    EXPECT_NEAR(length(orbit.camera().eye), 5, 1e-9);
    EXPECT_GE(orbit.camera().up.z, -kExact);
    const CameraAxes axes = axesOf(orbit.camera());
    EXPECT_NEAR(axes.right.z, 0, 1e-9);
  }
  expectNear(orbit.camera().eye, {0, 0, 5}, 1e-9);
  // At the top the azimuth still turns the picture, and back down it comes.
  const core::Vec3 before = axesOf(orbit.camera()).right;
  orbit.drag(100, 0, kWide);
  EXPECT_LT(dot(before, axesOf(orbit.camera()).right), 0.99);
  orbit.drag(0, -200, kWide);
  EXPECT_NEAR(orbit.camera().eye.z, 0, 1e-9);
  // A view from the top keeps its way round when an orbit starts from it.
  const Camera top = makeView(NamedView::top, {{-1, -1, -1}, {1, 1, 1}}, kWide);
  orbit.setCamera(top);
  expectNear(axesOf(orbit.camera()).right, axesOf(top).right, 1e-9);
  expectNear(axesOf(orbit.camera()).up, axesOf(top).up, 1e-9);
}

TEST(Camera, ZoomAndPanKeepThePointUnderThePointer) {
  for (const bool isOrthographic : {false, true}) {
    OrbitController orbit;
    orbit.setCamera(someCamera(isOrthographic));
    const core::Vec3 under = pointAtTarget(orbit.camera(), kWide, 650, 90);
    const double distance = length(orbit.camera().eye - orbit.camera().target);
    for (int i = 0; i < 5; ++i) {
      orbit.zoom(1, 650, 90, kWide);
      const auto where = project(orbit.camera(), kWide, under);
      EXPECT_NEAR(where->x, 650, 1e-6);
      EXPECT_NEAR(where->y, 90, 1e-6);
    }
    EXPECT_NEAR(length(orbit.camera().eye - orbit.camera().target), distance * std::pow(0.9, 5), 1e-9);
    orbit.zoom(-5, 650, 90, kWide);
    expectNear(orbit.camera().target, someCamera().target, 1e-9);
    orbit.pan(-40, 25, kWide);
    const auto where = project(orbit.camera(), kWide, under);
    EXPECT_NEAR(where->x, 610, 1e-6);
    EXPECT_NEAR(where->y, 115, 1e-6);
    orbit.setDistances(1, 10);
    orbit.zoom(1000, 400, 200, kWide);
    EXPECT_NEAR(length(orbit.camera().eye - orbit.camera().target), 1, 1e-9);
    orbit.lookAt({9, 9, 9});
    EXPECT_EQ(orbit.camera().target, (core::Vec3{9, 9, 9}));
  }
}

TEST(Camera, FlyingFollowsTheView) {
  FlyController fly;
  Camera camera;
  camera.eye = {0, 0, 0};
  camera.target = {0, 4, 0};
  camera.fieldOfView = 60;
  fly.setCamera(camera);
  fly.move(2, 1, 0.5);
  expectNear(fly.camera().eye, {1, 2, 0.5});
  expectNear(fly.camera().target, {1, 6, 0.5});
  // The pointer to the right: the view turns to the right, by the field of view over the height.
  fly.look(400, 0, kWide);
  const CameraAxes axes = axesOf(fly.camera());
  EXPECT_NEAR(std::atan2(axes.forward.x, axes.forward.y), std::numbers::pi / 3, 1e-9);
  fly.look(0, -100000, kWide);
  expectNear(axesOf(fly.camera()).forward, {0, 0, 1}, 1e-9);
  EXPECT_NEAR(length(axesOf(fly.camera()).right), 1, kExact);
}

TEST(Camera, WalkingStaysOnTheFloor) {
  WalkController walk(0.5, 1.7);
  Camera camera;
  camera.eye = {0, 0, 9};
  camera.target = {0, 3, 5};
  walk.setCamera(camera);
  EXPECT_NEAR(walk.camera().eye.z, 2.2, kExact);
  walk.move(2, 1);
  expectNear(walk.camera().eye, {1, 2, 2.2});
  // Looking straight down one still walks ahead.
  walk.look(0, 100000, kWide);
  walk.move(1, 0);
  expectNear(walk.camera().eye, {1, 3, 2.2}, 1e-9);
  walk.setFloor(1);
  EXPECT_NEAR(walk.camera().eye.z, 2.7, kExact);
}

}  // namespace
