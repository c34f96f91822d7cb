// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include "core/error.h"
#include "golden.h"
#include "scene/glsl.h"
#include "scenes.h"

namespace aula::render {
namespace {

/// Pictures of one device differ by nothing; another version of the software device rounds differently, which
/// moves single paths.
constexpr GoldenTolerance kGolden{48, 0.6};

class Path : public PathTest {
 protected:
  /// A floor, a glossy ball, a metal ring, something see-through and molecules' balls and rods.
  static scene::Frame stillLife() {
    scene::Frame frame;
    scene::Material floor = matt(0.55F, 0.56F, 0.58F);
    frame.views.emplace_back(meshView("floor", scene::makeGrid({-4, -4, 0}, {8, 0, 0}, {0, 8, 0}), floor));
    scene::Material red = matt(0.75F, 0.09F, 0.07F);
    red.roughness = 0.5F;
    red.clearCoat = 1;
    red.clearCoatRoughness = 0.05F;
    frame.views.emplace_back(ball("ball", {-0.5, 0.3, 0.6}, 0.6, red));
    scene::Material gold = matt(1, 0.75F, 0.3F);
    gold.metallic = 1;
    gold.roughness = 0.25F;
    scene::Transform place;
    place.translation = {0.95, -0.5, 0.2};
    frame.views.emplace_back(
        meshView("ring", scene::transformed(scene::makeTorus(0.5, 0.2, 48, 24), place), gold));
    scene::Material glass = matt(0.2F, 0.5F, 0.8F);
    glass.opacity = 0.4F;
    glass.roughness = 0.2F;
    frame.views.emplace_back(meshView("box", scene::makeBox({-1.7, -0.9, 0.01}, {-1.0, -0.2, 0.7}), glass));
    scene::ParticlesView molecule = ball("molecule", {}, 0.16, matt(1, 1, 1));
    molecule.positions = std::make_shared<const std::vector<scene::Float3>>(
        std::vector<scene::Float3>{{1.6F, 0.6F, 0.5F}, {1.9F, 0.4F, 0.75F}, {1.35F, 0.35F, 0.75F}});
    molecule.colours = std::make_shared<const std::vector<scene::Colour>>(
        std::vector<scene::Colour>{{0.8F, 0.05F, 0.05F}, {0.85F, 0.85F, 0.85F}, {0.85F, 0.85F, 0.85F}});
    molecule.bonds = std::make_shared<const std::vector<std::array<std::uint32_t, 2>>>(
        std::vector<std::array<std::uint32_t, 2>>{{0, 1}, {0, 2}});
    molecule.bondRadius = 0.06F;
    molecule.material.roughness = 0.4F;
    frame.views.emplace_back(molecule);
    scene::LinesView line;
    line.name = "line";
    line.polylines = {{{-1.5, 1.2, 0.02}, {0, 1.2, 1.4}, {1.5, 1.2, 0.02}}};
    line.width = 4;
    frame.views.emplace_back(line);
    return frame;
  }
  const scene::Camera camera = cameraAt({1.2, -5.2, 2.6}, {0.15, 0, 0.45}, 32);
};

TEST_F(Path, MeshesBallsAndLinesLookAsTheyDid) {
  PathTracer& tracer = testTracer(pictureOf(240, 135));
  tracer.setScene(stillLife(), camera);
  EXPECT_TRUE(matchesGolden("path-still-life", develop(tracer.trace(32), {}), kGolden));
}

TEST_F(Path, QueriesAndPipelinesFollowTheSamePaths) {
  const auto picture = [&](RayCore core) {
    PathTracerOptions options = pictureOf(64, 36);
    options.core = core;
    PathTracer tracer(gpu, options);
    EXPECT_EQ(tracer.core(), core);
    tracer.setScene(stillLife(), camera);
    return tracer.trace(16);
  };
  const HdrImage a = picture(RayCore::queries), b = picture(RayCore::pipeline);
  // The same random numbers: only a path that rounding sends the other way differs, one in a thousand.
  double difference = 0, sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) {
    difference += std::abs(static_cast<double>(a.pixels[i] - b.pixels[i]));
    sum += static_cast<double>(a.pixels[i]);
  }
  EXPECT_LT(difference / sum, 2e-3);
}

TEST_F(Path, TilesAndPortionsOfSamplesGiveTheSameBits) {
  PathTracer& tracer = testTracer(pictureOf(48, 32));
  tracer.setScene(stillLife(), camera);
  const HdrImage whole = tracer.trace(12);
  HdrImage pieces = whole;
  for (const PictureTile tile :
       {PictureTile{0, 0, 20, 32}, PictureTile{20, 0, 28, 13}, PictureTile{20, 13, 28, 19}}) {
    std::vector<float> sums(std::size_t{4} * static_cast<std::size_t>(tile.width * tile.height), 0.0F);
    int first = 0;
    for (const int count : {5, 1, 6}) {
      EXPECT_EQ(tracer.accumulate(tile, first, count, sums), count);
      first += count;
    }
    for (int y = 0; y < tile.height; ++y) {
      for (int i = 0; i < 4 * tile.width; ++i)
        pieces.pixels[static_cast<std::size_t>(4 * ((tile.top + y) * 48 + tile.left) + i)] =
            sums[static_cast<std::size_t>(4 * y * tile.width + i)] / 12;
    }
  }
  EXPECT_EQ(whole.pixels, pieces.pixels);
}

TEST_F(Path, StopsBetweenPortions) {
  PathTracer& tracer = testTracer(pictureOf(32, 32));
  tracer.setScene(stillLife(), camera);
  std::vector<float> sums(std::size_t{4} * 32 * 32, 0.0F);
  const int done = tracer.accumulate({0, 0, 32, 32}, 0, 1 << 20, sums, [] { return true; });
  EXPECT_GT(done, 0);
  EXPECT_LT(done, 1 << 20);
}

TEST_F(Path, FewAndManySamplesHaveTheSameMean) {
  // Means over the picture, each with its standard error from eight seeds; they differ by less than three of
  // the difference's in all but one case of four hundred. The error itself falls at least as 1/sqrt(N): a
  // third for eight times the samples (2.8), within what eight seeds tell of it (a quarter, relative).
  constexpr int kSeeds = 8;
  const scene::Frame frame = stillLife();
  const Measured few = measure(pictureOf(32, 20, 11), frame, camera, {}, 16, kSeeds);
  const Measured more = measure(pictureOf(32, 20, 5011), frame, camera, {}, 128, kSeeds);
  const double error = std::hypot(few.averageError, more.averageError);
  std::printf("16 samples: %.5f +- %.5f, 128 samples: %.5f +- %.5f\n", few.average, few.averageError,
              more.average, more.averageError);
  EXPECT_NEAR(few.average, more.average, 3 * error);
  EXPECT_LT(more.averageError, few.averageError / std::sqrt(8.0) * 1.25);
  EXPECT_GT(more.averageError, 0);
}

class LongPath : public Path {};

TEST_F(LongPath, FewAndManySamplesHaveTheSameMean) {
  const scene::Frame frame = stillLife();
  const Measured few = measure(pictureOf(40, 24, 21), frame, camera, {}, 16, 16);
  const Measured many = measure(pictureOf(40, 24, 7021), frame, camera, {}, 1024, 16);
  std::printf("16 samples: %.5f +- %.5f, 1024 samples: %.5f +- %.5f\n", few.average, few.averageError,
              many.average, many.averageError);
  EXPECT_NEAR(few.average, many.average, 3 * std::hypot(few.averageError, many.averageError));
  EXPECT_LT(many.averageError, few.averageError / 8 * 1.25);
}

TEST_F(Path, ABallIsExact) {
  // A lamp without a shadow: what a point of the ball sends to the viewer is one formula of its normal, which
  // the shaders' own text, read as C++, gives in double's place.
  constexpr int kSide = 101;
  scene::Material material = matt(0.6F, 0.4F, 0.2F);
  material.roughness = 0.6F;
  scene::Frame frame;
  frame.views.emplace_back(ball("ball", {3, 2, 1}, 0.5, material));
  const core::Vec3 lamp = core::normalised({0.5, -1, 0.7});
  PathTracerOptions options = pictureOf(kSide, kSide);
  options.depth = 1;
  PathTracer& tracer = testTracer(options);
  tracer.setScene(frame, flatCamera({3, -7, 1}, {3, 2, 1}, 1.0), lampStyle(lamp, 0, false));
  const HdrImage image = tracer.trace(16);
  double covered = 0;
  for (int row = 0; row < kSide; ++row) {
    for (int column = 0; column < kSide; ++column) {
      const float* pixel = &image.pixels[static_cast<std::size_t>(4 * (row * kSide + column))];
      covered += static_cast<double>(pixel[3]);
      const double x = (column + 0.5) / kSide - 0.5, z = 0.5 - (row + 0.5) / kSide;
      if (x * x + z * z > 0.2) continue;
      const glm::vec3 normal(2 * x, -2 * std::sqrt(0.25 - x * x - z * z), 2 * z), towards(0, -1, 0);
      const glsl::Brdf brdf = glsl::makeBrdf({0.6F, 0.4F, 0.2F}, 0, 0.6F, 0, 0, glm::dot(normal, towards));
      const glm::vec3 light =
          std::numbers::pi_v<float> * glsl::evaluateBrdf(brdf, normal, towards, {lamp.x, lamp.y, lamp.z});
      // Within a pixel the cosine changes by up to 0.02 at the rim of what is compared, to both sides; the
      // reflectances' fit and table differ by 0.003; sixteen even points of the pixel leave a tenth of the
      // former.
      for (int c = 0; c < 3; ++c)
        EXPECT_NEAR(pixel[c], light[c], 0.004 + 0.004F * light[c]) << row << " " << column;
    }
  }
  // A circle of radius 0.5 in a picture 1 high. Pixels on its rim, 4 a row, are known to 1/16 each, at
  // random.
  EXPECT_NEAR(covered / (kSide * kSide), std::numbers::pi / 4,
              3 * std::sqrt(4.0 * kSide) / 16 / (kSide * kSide));
}

TEST_F(Path, ClipPlanesCutAndTheCutIsFilled) {
  // A box and a ball, the near half taken away: what is seen is the plane of the cut, lit square on.
  const SceneStyle style = lampStyle({0, -1, 0}, 0, false);
  PathTracerOptions options = pictureOf(40, 20);
  options.depth = 1;
  scene::Frame frame;
  frame.views.emplace_back(meshView("box", scene::makeBox({-2, -1, -1}, {0, 1, 1}), matt(0.5F, 0.5F, 0.5F)));
  frame.views.emplace_back(ball("ball", {1, 0, 0}, 1, matt(0.5F, 0.5F, 0.5F)));
  frame.clips = {{{0, 1, 0}, 0}};
  PathTracer& tracer = testTracer(options);
  tracer.setScene(frame, flatCamera({0, -9, 0}, {0, 0, 0}, 2), style);
  const HdrImage cut = tracer.trace(4);
  const auto at = [&](int column, int row) {
    return cut.pixels[static_cast<std::size_t>(4 * (row * 40 + column))];
  };
  // The same colour all over both cuts, the ball's as the box's.
  const float flat = at(10, 10);
  EXPECT_GT(flat, 0.4F);
  for (const int column : {3, 10, 16, 24, 30, 36}) {
    for (const int row : {8, 10, 12}) EXPECT_NEAR(at(column, row), flat, 1e-4) << column << " " << row;
  }
  EXPECT_EQ(at(21, 1), 0) << "beside the ball there is nothing";
  // A mesh that is not to be cut stays whole.
  std::get<scene::MeshView>(frame.views[0]).isClipped = false;
  tracer.setScene(frame, flatCamera({0, -9, 0}, {0, 0, 0}, 2), style);
  EXPECT_NEAR(tracer.trace(4).pixels[static_cast<std::size_t>(4 * (10 * 40 + 10))], flat, 1e-4);
}

TEST_F(Path, WhatIsSeeThroughShowsTheShareBehindIt) {
  // Unlit colours come out as given: 0.25 of the front one, the rest of the one behind.
  scene::Material front = matt(1, 0, 0), back = matt(0, 0, 1);
  front.isUnlit = back.isUnlit = true;
  front.opacity = 0.25F;
  scene::Frame frame;
  frame.views.emplace_back(meshView("front", scene::makeGrid({-5, 0, -5}, {10, 0, 0}, {0, 0, 10}), front));
  frame.views.emplace_back(meshView("back", scene::makeGrid({-5, 1, -5}, {10, 0, 0}, {0, 0, 10}), back));
  PathTracer& tracer = testTracer(pictureOf(16, 16));
  tracer.setScene(frame, flatCamera({0, -9, 0}, {0, 0, 0}, 2), furnaceStyle());
  const HdrImage image = tracer.trace(64);
  double red = 0, blue = 0;
  for (std::size_t i = 0; i < image.pixels.size(); i += 4) {
    red += static_cast<double>(image.pixels[i]) / 256;
    blue += static_cast<double>(image.pixels[i + 2]) / 256;
  }
  // A binomial of 256 x 64 draws.
  EXPECT_NEAR(red, 0.25, 4 * std::sqrt(0.25 * 0.75 / (256 * 64)));
  EXPECT_NEAR(red + blue, 1, 1e-5);
}

TEST_F(Path, UnlitColoursComeOutOfTheFilmAsTheyWere) {
  scene::Material mark = matt(0.2F, 0.5F, 0.8F);
  mark.isUnlit = true;
  scene::Frame frame;
  frame.views.emplace_back(meshView("mark", scene::makeGrid({-5, 0, -5}, {10, 0, 0}, {0, 0, 10}), mark));
  SceneStyle style;
  style.exposure = 1.5;
  PathTracer& tracer = testTracer(pictureOf(8, 8));
  tracer.setScene(frame, flatCamera({0, -9, 0}, {0, 0, 0}, 2), style);
  const Image image = develop(tracer.trace(3), style);
  // sRGB of 0.2, 0.5, 0.8.
  const auto pixel = image.at(4, 4);
  EXPECT_NEAR(pixel[0], 124, 1);
  EXPECT_NEAR(pixel[1], 188, 1);
  EXPECT_NEAR(pixel[2], 231, 1);
  EXPECT_EQ(pixel[3], 255);
}

TEST_F(Path, AnEmptySceneIsItsBackground) {
  SceneStyle style;
  style.backgroundOpacity = 0;
  PathTracer& tracer = testTracer(pictureOf(8, 8));
  tracer.setScene({}, cameraAt({0, -3, 0}, {0, 0, 0}), style);
  const Image image = develop(tracer.trace(2), style);
  for (const std::uint8_t byte : image.pixels) EXPECT_EQ(byte, 0);
}

TEST_F(Path, RefusesWhatCannotBeTraced) {
  const auto message = [&](auto&& call) -> std::string {
    try {
      call();
    } catch (const core::Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message([&] { PathTracer tracer(gpu, pictureOf(0, 10)); }),
            "A picture of 0x10 pixels cannot be traced: each side must be 1 to 1048576.");
  PathTracer& tracer = testTracer(pictureOf(8, 8));
  scene::Frame frame;
  scene::ParticlesView particles = ball("gas", {}, 1, white());
  particles.radii = std::make_shared<const std::vector<float>>(2, 1.0F);
  frame.views.emplace_back(particles);
  EXPECT_EQ(message([&] { tracer.setScene(frame, camera); }),
            "The view \"gas\" has 1 particles, 2 radii and 0 colours; there must be one radius for all or "
            "one each, and as "
            "many colours or none.");
  std::vector<float> sums(4, 0.0F);
  EXPECT_EQ(message([&] {
              tracer.accumulate({0, 0, 1, 1}, 0, 1, sums);
            }),
            "There is no scene to trace: setScene() comes first.");
  tracer.setScene({}, camera);
  EXPECT_EQ(
      message([&] {
        tracer.accumulate({7, 0, 2, 1}, 0, 1, sums);
      }),
      "A tile of 2x1 pixels at (7, 0) does not lie in a picture of 8x8, or its sums have another size.");
}

}  // namespace
}  // namespace aula::render
