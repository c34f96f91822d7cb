// SPDX-License-Identifier: Apache-2.0
#include "scene/pick.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <random>

#include "scene/geometry/primitives.h"
#include "scene/mesh/bvh.h"

using namespace aula;
using namespace aula::scene;

namespace {

template <class T>
std::shared_ptr<const std::vector<T>> shared(std::vector<T> values) {
  return std::make_shared<const std::vector<T>>(std::move(values));
}

MeshView viewOf(TriangleMesh mesh, const std::string& name) {
  MeshView view;
  view.name = name;
  view.mesh = std::make_shared<const TriangleMesh>(std::move(mesh));
  return view;
}

// Every triangle tried one after the other is the oracle.
TEST(Bvh, FindsWhatTryingEveryTriangleFinds) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> number(-1, 1);
  TriangleMesh soup;
  for (int i = 0; i < 3000; ++i) {
    const core::Vec3 centre{2 * number(random), 2 * number(random), 2 * number(random)};
    const double size = i % 100 == 0 ? 1.5 : 0.1;
    for (int c = 0; c < 3; ++c) {
      soup.triangles.push_back(std::uint32_t(soup.positions.size()));
      soup.positions.push_back(
          toFloat3(centre + size * core::Vec3{number(random), number(random), number(random)}));
    }
  }
  const TriangleMesh torus = makeTorus(1, 0.3, 40, 20);
  for (const TriangleMesh& mesh : {soup, torus}) {
    const Bvh tree = makeBvh(mesh);
    int hits = 0;
    for (int i = 0; i < 500; ++i) {
      // From all around towards the middle, some along the axes.
      const core::Vec3 from{3 * number(random), 3 * number(random), 3 * number(random)};
      const Ray ray{from,
                    {number(random) - from.x, i % 5 == 0 ? 0 : number(random) - from.y,
                     i % 7 == 0 ? 0 : number(random) - from.z}};
      double best = 1e30;
      for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
        const auto p = [&](std::size_t c) { return toVec3(mesh.positions[mesh.triangles[3 * t + c]]); };
        const double d = hitTriangle(ray, p(0), p(1), p(2));
        if (d >= 0) best = std::min(best, d);
      }
      const double found = tree.traverse(ray, 0, 1e30, [&](std::uint32_t t, double farthest) {
        const auto p = [&](std::size_t c) { return toVec3(mesh.positions[mesh.triangles[3 * t + c]]); };
        const double d = hitTriangle(ray, p(0), p(1), p(2));
        return d >= 0 ? std::min(d, farthest) : farthest;
      });
      EXPECT_EQ(found, best);
      hits += best < 1e30 ? 1 : 0;
    }
    EXPECT_GT(hits, 20);
  }
}

TEST(Bvh, BearsNothingAndManyEqualBoxes) {
  EXPECT_TRUE(makeBvh({}).nodes().empty());
  EXPECT_EQ(Bvh().traverse({}, 0, 5, [](std::uint32_t, double) { return 0.0; }), 5);
  // A thousand triangles at one place cannot be told apart; the tree ends all the same.
  TriangleMesh same;
  same.positions = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}};
  for (int i = 0; i < 1000; ++i) same.triangles.insert(same.triangles.end(), {0, 1, 2});
  const Bvh tree = makeBvh(same);
  int tested = 0;
  (void)tree.traverse({{0.2, 0.2, 1}, {0, 0, -1}}, 0, 1e9, [&](std::uint32_t, double farthest) {
    ++tested;
    return farthest;
  });
  EXPECT_EQ(tested, 1000);
}

TEST(Pick, TheNearestOfSeveralViewsAndInstances) {
  Frame frame;
  MeshView boxes = viewOf(makeBox({-1, -1, -1}, {1, 1, 1}), "boxes");
  boxes.instances = {
      {}, {{2, 0, 0}, {0, 1, 0}, {0, 0, 1}, {10, 0, 0}}, {{0, 1, 0}, {1, 0, 0}, {0, 0, 1}, {20, 0, 0}}};
  frame.views.emplace_back(LabelView{"no body", {0, 0, 0}, false, 0});
  frame.views.emplace_back(boxes);
  frame.views.emplace_back(viewOf(makeIcosphere(0.5, 4), "ball"));
  Picker picker;
  picker.setFrame(frame);
  auto hit = picker.pick({{0, 0, 10}, {0, 0, -3}});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->view, 1U);
  EXPECT_EQ(hit->name, "boxes");
  EXPECT_EQ(hit->index, 0U);
  EXPECT_NEAR(hit->distance, 9, 1e-12);
  EXPECT_NEAR(length(hit->position - core::Vec3{0, 0, 1}), 0, 1e-12);
  EXPECT_NEAR(length(hit->normal - core::Vec3{0, 0, 1}), 0, 1e-12);
  // From afar along x: the mirrored third, then the stretched second (x from 8 to 12).
  hit = picker.pick({{30, 0.3, 0.3}, {-1, 0, 0}});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->index, 2U);
  hit = picker.pick({{15, 0.3, 0.3}, {-1, 0, 0}});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->index, 1U);
  EXPECT_NEAR(hit->position.x, 12, 1e-9);
  // From inside the box the ball is first; and with a nearest distance what lies before it is passed over.
  hit = picker.pick({{0, 0, 0.9}, {0, 0, -1}});
  EXPECT_EQ(hit->name, "ball");
  hit = picker.pick({{0, 0, 10}, {0, 0, -1}}, 9.1);
  EXPECT_EQ(hit->name, "ball");
  EXPECT_FALSE(picker.pick({{0, 0, 10}, {0, 0, -1}}, 0, 5));
  EXPECT_FALSE(picker.pick({{0, 5, 10}, {0, 0, -1}}));
  EXPECT_FALSE(picker.pick({{0, 0, 10}, {0, 0, 0}}));
}

TEST(Pick, AtomsAndRodsByTheirNumbers) {
  Frame frame;
  ParticlesView atoms;
  atoms.name = "atoms";
  std::vector<Float3> positions;
  for (int i = 0; i < 10; ++i)
    for (int j = 0; j < 10; ++j) positions.push_back({float(i), float(j), 0});
  positions.push_back({NAN, 0, 0});
  atoms.positions = shared(positions);
  atoms.radii = shared<float>({0.2F});
  atoms.bonds = shared<std::array<std::uint32_t, 2>>({{0, 1}, {5, 6000}});
  atoms.bondRadius = 0.1F;
  frame.views.emplace_back(atoms);
  Picker picker;
  picker.setFrame(frame);
  for (const int i : {0, 37, 99}) {
    const auto hit = picker.pick({{double(i / 10), double(i % 10), 4}, {0, 0, -1}});
    ASSERT_TRUE(hit);
    EXPECT_EQ(hit->index, std::size_t(i));
    EXPECT_NEAR(hit->distance, 3.8, 1e-6);
    EXPECT_NEAR(hit->normal.z, 1, 1e-6);
  }
  // The rod from (0, 0) to (0, 1): nearer to the second of them.
  const auto rod = picker.pick({{0, 0.7, 4}, {0, 0, -1}});
  ASSERT_TRUE(rod);
  EXPECT_EQ(rod->index, 1U);
  EXPECT_NEAR(rod->distance, 3.9, 1e-6);
  EXPECT_FALSE(picker.pick({{0.15, 0.5, 4}, {0, 0, -1}}));
  EXPECT_FALSE(picker.pick({{0.5, 0.5, 4}, {0, 0, -1}}));
}

TEST(Pick, WhatIsCutAwayIsNotHit) {
  Frame frame;
  frame.clips = {{{0, 0, -1}, 0}};  // Kept: z <= 0.
  frame.views.emplace_back(viewOf(makeBox({-1, -1, -1}, {1, 1, 1}), "cut"));
  ParticlesView ball;
  ball.name = "ball";
  ball.positions = shared<Float3>({{5, 0, 0}});
  ball.radii = shared<float>({1});
  frame.views.emplace_back(ball);
  Picker picker;
  picker.setFrame(frame);
  // Through the open top onto the inside of the lower face.
  auto hit = picker.pick({{0, 0.2, 5}, {0, 0, -1}});
  ASSERT_TRUE(hit);
  EXPECT_NEAR(hit->position.z, -1, 1e-9);
  hit = picker.pick({{5, 0, 5}, {0, 0, -1}});
  ASSERT_TRUE(hit);
  EXPECT_NEAR(hit->position.z, -1, 1e-6);
  std::get<MeshView>(frame.views[0]).isClipped = false;
  picker.setFrame(frame);
  EXPECT_NEAR(picker.pick({{0, 0.2, 5}, {0, 0, -1}})->position.z, 1, 1e-9);
}

TEST(Pick, VolumesAndSlicesOnlyBehindNothingSolid) {
  Frame frame;
  VolumeView volume;
  volume.name = "field";
  volume.nx = volume.ny = volume.nz = 11;
  volume.origin = {-1, -1, -1};
  volume.spacing = {0.2, 0.2, 0.2};
  frame.views.emplace_back(volume);
  frame.views.emplace_back(SliceView{"cut", volume, {-1, -1, 1.5}, {2, 0, 0}, {0, 2, 0}});
  ParticlesView atom;
  atom.name = "atom";
  atom.positions = shared<Float3>({{0, 0, 0}});
  atom.radii = shared<float>({0.1F});
  frame.views.emplace_back(atom);
  Picker picker;
  picker.setFrame(frame);
  EXPECT_EQ(picker.pick({{0, 0, 5}, {0, 0, -1}})->name, "atom");
  EXPECT_EQ(picker.pick({{0.5, 0.5, 5}, {0, 0, -1}})->name, "cut");
  const auto hit = picker.pick({{0.5, 0.5, -5}, {0, 0, 1}});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->name, "field");
  EXPECT_NEAR(hit->distance, 4, 1e-9);
}

// Six hundred thousand triangles: a tree once, then rays by the thousand. Microseconds each; the test allows
// a hundred times as much, for a machine that is busy with other things.
TEST(Pick, LargeMeshesArePickedFast) {
  Frame frame;
  frame.views.emplace_back(viewOf(makeSphere(1, 1000, 300), "large"));
  Picker picker;
  picker.setFrame(frame);
  std::mt19937 random(2);
  std::uniform_real_distribution<double> number(-0.6, 0.6);
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 2000; ++i) {
    const double x = number(random), y = number(random);
    const auto hit = picker.pick({{x, y, 5}, {0, 0, -1}});
    ASSERT_TRUE(hit);
    // Chords of 1/300 of half a turn lie (pi/600)²/2 inside the ball, seen at most at 60 degrees.
    ASSERT_NEAR(hit->position.z, std::sqrt(1 - x * x - y * y), 1e-4);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::printf("%.2f microseconds a ray\n", seconds / 2000 * 1e6);
  EXPECT_LT(seconds / 2000, 1e-3);
  // The same frame again costs nothing: the tree is known by the mesh's address.
  const auto again = std::chrono::steady_clock::now();
  for (int i = 0; i < 3; ++i) picker.setFrame(frame);
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - again).count(), 0.5);
}

}  // namespace
