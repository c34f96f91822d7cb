// SPDX-License-Identifier: Apache-2.0
// What a hand holds and tells the simulation, without a window.
#include "desktop/model/hand.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "desktop/model/layers.h"
#include "lab/session/hand.h"

namespace {

using namespace aula;
using core::Vec3;
using desktop::Grip;
using desktop::Hand;
using desktop::HandCommands;
using desktop::HandTool;

constexpr scene::Viewport kView{800, 600};

scene::ParticlesView balls(const std::string& name, std::vector<scene::Float3> places) {
  scene::ParticlesView view;
  view.name = name;
  view.positions = std::make_shared<const std::vector<scene::Float3>>(std::move(places));
  view.radii = std::make_shared<const std::vector<float>>(1, 0.1F);
  return view;
}

/// Two views of particles, a box from 0 to 4 where `hasBox`.
scene::Frame atoms(bool hasBox, Vec3 moved = {3, 2, 2}) {
  scene::Frame frame;
  frame.views.emplace_back(balls("first", {{0, 0, 0}, {4, 4, 4}, {1, 1, 1}}));
  frame.views.emplace_back(balls("second", {{2, 2, 2}, scene::toFloat3(moved)}));
  if (hasBox) {
    scene::LinesView box;
    box.name = "box";
    box.polylines = {{{0, 0, 0}, {4, 4, 4}}};
    frame.views.emplace_back(box);
  }
  return frame;
}

/// Looks along y from afar at the middle of the scene.
scene::Camera camera() {
  scene::Camera camera;
  camera.eye = {2, -20, 2};
  camera.target = {2, 2, 2};
  camera.up = {0, 0, 1};
  return camera;
}

Vec3 placeOf(const HandCommands& commands) {
  EXPECT_EQ(commands.size(), 3U);
  if (commands.size() != 3) return {};
  EXPECT_EQ(commands[0].name, lab::hand::kX);
  EXPECT_EQ(commands[2].name, lab::hand::kZ);
  return {commands[0].value, commands[1].value, commands[2].value};
}

TEST(DesktopHand, ParticlesAreCountedThroughAllViews) {
  const scene::Frame frame = atoms(false);
  const auto grip = desktop::gripOf(frame, "second", 1);
  ASSERT_TRUE(grip);
  EXPECT_EQ(grip->number, 4U);
  EXPECT_EQ(grip->position.x, 3);
  EXPECT_FALSE(desktop::gripOf(frame, "second", 2));
  EXPECT_FALSE(desktop::gripOf(frame, "third", 0));
}

TEST(DesktopHand, WhatIsSeenNearestIsTaken) {
  const scene::Frame frame = atoms(false);
  const auto p = scene::project(camera(), kView, {3, 2, 2});
  ASSERT_TRUE(p);
  const auto grip = desktop::gripNear(frame, camera(), kView, p->x + 5, p->y - 5, 10);
  ASSERT_TRUE(grip);
  EXPECT_EQ(grip->number, 4U);
  EXPECT_FALSE(desktop::gripNear(frame, camera(), kView, p->x + 9, p->y + 9, 10));
}

TEST(DesktopHand, FollowsThePointerInThePlaneOfTheScreenAndKeepsWhereItWasTaken) {
  const scene::Frame frame = atoms(false);
  Hand hand;
  const HandCommands taken = hand.take(*desktop::gripOf(frame, "second", 0), frame);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].name, lab::hand::kTakeParticle);
  EXPECT_EQ(taken[0].value, 3);
  // Taken five pixels off its middle: there it stays.
  const auto middle = scene::project(camera(), kView, {2, 2, 2}),
             beside = scene::project(camera(), kView, {2.5, 2, 2});
  hand.setOut(camera(), kView, middle->x + 5, middle->y);
  EXPECT_TRUE(hand.moveTo(camera(), kView, middle->x + 5, middle->y).empty());
  const Vec3 moved = placeOf(hand.moveTo(camera(), kView, beside->x + 5, beside->y));
  EXPECT_NEAR(moved.x, 2.5, 1e-6);
  EXPECT_NEAR(moved.y, 2, 1e-6);
  EXPECT_NEAR(moved.z, 2, 1e-6);
  // Deeper: away from the eye, which looks along y.
  const Vec3 deeper = placeOf(hand.nudge(camera(), 0, 0, 1));
  EXPECT_NEAR(deeper.x, 2.5, 1e-6);
  EXPECT_GT(deeper.y, 2.05);
  const HandCommands free = hand.letGo();
  ASSERT_EQ(free.size(), 1U);
  EXPECT_EQ(free[0].name, lab::hand::kLetGo);
  EXPECT_TRUE(hand.letGo().empty());
  EXPECT_TRUE(hand.moveTo(camera(), kView, 0, 0).empty());
}

TEST(DesktopHand, ASpringIsNotStretchedAcrossTheBoxAndFollowsItsParticle) {
  const scene::Frame frame = atoms(true);
  Hand hand;
  (void)hand.take(*desktop::gripOf(frame, "second", 1), frame);
  // Far to the left, beyond the box's face at 0: a fifth of its diagonal is as far as the spring goes at
  // once.
  const auto beyond = scene::project(camera(), kView, {-3, 2, 2});
  const double reach = 0.2 * 4 * std::sqrt(3.0);
  EXPECT_NEAR(placeOf(hand.moveTo(camera(), kView, beyond->x, beyond->y)).x, 3 - reach, 1e-6);
  EXPECT_EQ(hand.target().x, 0);
  // The particle has come: the spring's end goes on, to the face.
  EXPECT_NEAR(placeOf(hand.follow(atoms(true, {2, 2, 2}))).x, 2 - reach, 1e-6);
  EXPECT_NEAR(placeOf(hand.follow(atoms(true, {0.5, 2, 2}))).x, 0, 1e-6);
  EXPECT_TRUE(hand.follow(atoms(true, {0.5, 2, 2})).empty());
}

TEST(DesktopHand, ABallOfHeatHasItsPlaceBeforeItsSizeAndGoesWhenLetGo) {
  const scene::Frame frame = atoms(true);
  Hand hand;
  for (const HandTool tool : {HandTool::heat, HandTool::cool}) {
    hand.setTool(tool);
    const HandCommands taken = hand.take(*desktop::gripOf(frame, "first", 2), frame);
    ASSERT_EQ(taken.size(), 5U);
    EXPECT_EQ(taken[0].name, lab::hand::kHeatX);
    EXPECT_EQ(taken[0].value, 1);
    EXPECT_EQ(taken[3].value, tool == HandTool::heat ? 1000 : 10);
    EXPECT_EQ(taken[4].name, lab::hand::kHeatRadius);
    EXPECT_GT(taken[4].value, 0);
    const HandCommands gone = hand.letGo();
    ASSERT_EQ(gone.size(), 1U);
    EXPECT_EQ(gone[0].name, lab::hand::kHeatRadius);
    EXPECT_EQ(gone[0].value, 0);
  }
  hand.setTool(HandTool::molecule);
  EXPECT_EQ(hand.take(*desktop::gripOf(frame, "first", 2), frame)[0].name, lab::hand::kTakeMolecule);
}

TEST(DesktopHand, LabelsAreNoLayers) {
  scene::Frame frame = atoms(true);
  frame.views.emplace_back(scene::LabelView{"129 pN", {0, 0, 0}, true, 1});
  desktop::Layers layers;
  layers.follow(frame);
  EXPECT_EQ(layers.all().size(), 3U);
}

}  // namespace
