// SPDX-License-Identifier: Apache-2.0
// The white furnace: in light of radiance 1 from everywhere, what gives back all of it cannot be seen.
#include <cmath>

#include "scenes.h"

namespace aula::render {
namespace {

/// What a pixel may be off besides its statistical error: the tables' steps and single precision.
constexpr double kTolerance = 0.005;
/// Of a pixel's standard error, which is itself estimated from the batches: with 16 of them the quotient
/// follows Student's distribution of 15 degrees, beyond 7 in one case of 200,000.
constexpr double kErrors = 7;
constexpr int kBatches = 16;

void expectFurnace(const Measured& found, const char* what) {
  EXPECT_NEAR(found.average, 1, kTolerance) << what;
  // The mean over the picture is known far better than a pixel: a third of the tolerance would be seen.
  EXPECT_LT(found.averageError, kTolerance / 3) << what;
  int wrong = 0;
  double worst = 0;
  for (std::size_t i = 0; i < found.mean.pixels.size(); ++i) {
    if (i % 4 == 3) continue;
    const double off = std::abs(static_cast<double>(found.mean.pixels[i]) - 1);
    // Pixels of which some samples missed every object carry the coverage's share.
    const double coverage = static_cast<double>(found.mean.pixels[i - i % 4 + 3]);
    if (coverage < 1) continue;
    worst = std::max(worst, off);
    if (off > kTolerance + kErrors * static_cast<double>(found.error.pixels[i])) ++wrong;
  }
  EXPECT_GT(found.covered, 300) << what;
  EXPECT_EQ(wrong, 0) << what << ": worst " << worst;
  std::printf("furnace %s: mean %.5f +- %.5f, worst pixel off by %.4f\n", what, found.average,
              found.averageError, worst);
}

class Furnace : public PathTest {
 protected:
  /// Filling the picture, so that every pixel counts.
  void look(const scene::Frame& frame, const scene::Camera& camera, const char* what, int samples = 128) {
    PathTracerOptions options = pictureOf(20, 20);
    options.depth = 2000;  // Nothing may be cut short.
    expectFurnace(measure(options, frame, camera, furnaceStyle(), samples, kBatches), what);
  }
  static scene::Frame ballOf(const scene::Material& material) {
    scene::Frame frame;
    frame.views.emplace_back(ball("ball", {0, 0, 0}, 1, material));
    return frame;
  }
  /// The ball from near its middle to its very edge.
  const scene::Camera onBall = flatCamera({0, -5, 0}, {0, 0, 0}, 1.40);
};

TEST_F(Furnace, WhiteMattSurfacesAreInvisible) {
  look(ballOf(white()), onBall, "matt ball");
}

TEST_F(Furnace, WhiteMetalsAreInvisibleHoweverRough) {
  for (const float roughness : {0.0F, 0.3F, 0.7F, 1.0F}) {
    scene::Material metal = white();
    metal.metallic = 1;
    metal.roughness = roughness;
    look(ballOf(metal), onBall, ("metal ball of roughness " + std::to_string(roughness)).c_str());
  }
}

TEST_F(Furnace, GlossAndClearCoatTakeFromTheMattWhatTheyGive) {
  scene::Material glossy = white();
  glossy.roughness = 0.25F;
  look(ballOf(glossy), onBall, "glossy ball");
  glossy.clearCoat = 1;
  glossy.clearCoatRoughness = 0.1F;
  glossy.roughness = 0.8F;
  look(ballOf(glossy), onBall, "ball with clear coat");
  glossy.metallic = 1;
  look(ballOf(glossy), onBall, "metal ball with clear coat");
}

TEST_F(Furnace, LightCaughtInHollowsComesOutAgain) {
  // Inside of a box that is open at the top and holds a ball: light must find its way out over many surfaces.
  scene::Frame frame;
  scene::Material both = white();
  both.isTwoSided = true;
  const auto wall = [&](core::Vec3 corner, core::Vec3 u, core::Vec3 v) {
    frame.views.emplace_back(meshView("wall", scene::makeGrid(corner, u, v), both));
  };
  wall({-1, -1, 0}, {2, 0, 0}, {0, 2, 0});
  wall({-1, -1, 0}, {2, 0, 0}, {0, 0, 1});
  wall({-1, 1, 0}, {2, 0, 0}, {0, 0, 1});
  wall({-1, -1, 0}, {0, 2, 0}, {0, 0, 1});
  wall({1, -1, 0}, {0, 2, 0}, {0, 0, 1});
  scene::Material metal = white();
  metal.metallic = 1;
  metal.roughness = 0.4F;
  frame.views.emplace_back(ball("ball", {0.2, 0, 0.35}, 0.35, metal));
  look(frame, cameraAt({0.3, -0.2, 2.2}, {0, 0, 0}, 36), "open box with a ball");
}

TEST_F(Furnace, FacetedSolidsAreInvisible) {
  // Flat triangles, a hole through the middle, seen large.
  scene::Frame frame;
  frame.views.emplace_back(meshView("torus", faceted(scene::makeTorus(1, 0.45, 24, 16)), white()));
  look(frame, cameraAt({0, -1.2, 1.6}, {0, -0.75, 0}, 18), "faceted torus");
}

TEST_F(Furnace, AClosedRoomThatShinesHalfAndGivesBackHalfIsEverywhereOne) {
  // L = Le + albedo L. The room's own light alone: the surroundings cannot come in.
  scene::Frame frame;
  scene::Material half = matt(0.5F, 0.5F, 0.5F);
  half.isTwoSided = true;
  half.emission = {0.5F, 0.5F, 0.5F};
  half.roughness = 1;
  frame.views.emplace_back(meshView("room", scene::makeBox({-1, -1, -1}, {1, 1, 1}), half));
  SceneStyle style = furnaceStyle();
  style.environment = 0;
  const Measured found =
      measure(pictureOf(20, 20), frame, cameraAt({0.2, 0.1, 0}, {1, 0.4, -0.3}, 70), style, 128, kBatches);
  // The matt albedo is 0.5 plus what the dielectric gloss adds: L = 0.5 / (1 - albedo) with albedo between
  // 0.5 and 0.5 + 0.5 times the gloss's own, 0.04 to 0.06 over all angles.
  EXPECT_GT(found.average, 1);
  EXPECT_LT(found.average, 1 / (1 - 0.06));
}

}  // namespace
}  // namespace aula::render
