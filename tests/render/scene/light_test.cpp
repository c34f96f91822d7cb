// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <numbers>

#include "glsl.h"
#include "scene/geometry/primitives.h"
#include "scenes.h"

namespace aula::render {
namespace {

using glm::vec3;

/// Looks straight down onto z = 0; `height` metres of it fill the picture's height.
scene::Camera fromAbove(double height) {
  scene::Camera camera;
  camera.eye = {0, 0, 5};
  camera.up = {0, 1, 0};
  camera.isOrthographic = true;
  camera.fieldOfView = 2 * std::atan(height / 10) * 180 / std::numbers::pi;
  return camera;
}

/// Nothing but one lamp, fixed in the lab.
SceneStyle onlyLamp(core::Vec3 towards) {
  SceneStyle style;
  style.environment = 0;
  style.hasAmbientOcclusion = false;
  style.lights = {{towards, {1, 1, 1}, 2, false, false, 1}};
  return style;
}

/// Nothing but light from everywhere.
SceneStyle onlyRoom() {
  SceneStyle style;
  style.lights.clear();
  style.surroundings = Surroundings::uniform;
  style.hasAmbientOcclusion = false;
  return style;
}

/// A colour that 8 bits of sRGB hold exactly.
scene::Colour exact(int red, int green, int blue) {
  const auto linear = [](int v) { return glsl::linearChannel(static_cast<float>(v) / 255); };
  return {linear(red), linear(green), linear(blue)};
}

scene::MeshView floorOf(double half, const scene::Material& material) {
  return meshView("floor", scene::makeGrid({-half, -half, 0}, {2 * half, 0, 0}, {0, 2 * half, 0}), material);
}

TEST_F(SceneTest, UnlitColoursComeOutExactly) {
  SceneRenderer renderer(testGpu(), plain(64, 64));
  for (const double exposure : {0.0, 1.5, -2.0}) {
    for (const ToneMapping mapping : {ToneMapping::filmic, ToneMapping::none}) {
      for (const auto& c :
           {std::array{255, 255, 255}, {0, 0, 0}, {200, 30, 7}, {12, 128, 250}, {64, 90, 180}}) {
        scene::Material material = matt(exact(c[0], c[1], c[2]));
        material.isUnlit = true;
        scene::Frame frame;
        frame.views.emplace_back(floorOf(1, material));
        SceneStyle style;
        style.exposure = exposure;
        style.toneMapping = mapping;
        renderer.draw(frame, fromAbove(1), style);
        const Pixel p = at(renderer.image(), 32, 32);
        EXPECT_NEAR(p.red, c[0], 1);
        EXPECT_NEAR(p.green, c[1], 1);
        EXPECT_NEAR(p.blue, c[2], 1);
      }
    }
  }
}

// The rasteriser's light on a flat floor is the BRDF of brdf.glsl, evaluated here in C++, times the lamp's
// illuminance. Roughness and metallicity are multiples of 1/255, colours exact in 8 bits; what is left is
// half precision, 0.05 % each time light is added.
TEST_F(SceneTest, LampsLightByTheBrdf) {
  SceneRenderer renderer(testGpu(), plain(64, 64));
  const vec3 n(0, 0, 1);
  for (const vec3& l : {vec3(0, 0, 1), vec3(0.6F, 0, 0.8F), vec3(-0.3F, 0.9F, 0.3162278F)}) {
    for (const float metallic : {0.0F, 1.0F}) {
      scene::Material material = matt(exact(220, 140, 90), 102 / 255.0F);
      material.metallic = metallic;
      material.clearCoat = metallic;
      material.clearCoatRoughness = 52 / 255.0F;  // Stored halved.
      scene::Frame frame;
      frame.views.emplace_back(floorOf(1, material));
      renderer.draw(frame, fromAbove(1), onlyLamp({l.x, l.y, l.z}));
      const Pixel p = at(renderer.radiance(), 32, 32);
      const scene::Colour& c = material.baseColour;
      const glsl::Brdf brdf = glsl::makeBrdf(vec3(c.red, c.green, c.blue), metallic, material.roughness,
                                             material.clearCoat, material.clearCoatRoughness, 1);
      const vec3 wanted = 2.0F * glsl::evaluateBrdf(brdf, n, n, l);
      EXPECT_NEAR(p.red / wanted.x, 1, 0.012) << metallic << ' ' << l.x;
      EXPECT_NEAR(p.green / wanted.y, 1, 0.012) << metallic << ' ' << l.x;
      EXPECT_NEAR(p.blue / wanted.z, 1, 0.012) << metallic << ' ' << l.x;
    }
  }
}

// A white ball in uniform light cannot be seen: it gives back all of it, within 0.5 % for half precision and
// materials of 8 bits.
TEST_F(SceneTest, AWhiteBallVanishesInUniformLight) {
  SceneRenderer renderer(testGpu(), plain(96, 96));
  for (const float metallic : {0.0F, 0.5F, 1.0F}) {
    for (const float roughness : {0.1F, 0.5F, 1.0F}) {
      scene::Material white = matt({1, 1, 1}, roughness);
      white.metallic = metallic;
      white.clearCoat = 1 - roughness;
      scene::Frame frame;
      frame.views.emplace_back(meshView("ball", scene::makeSphere(1, 64, 32), white));
      renderer.draw(frame, cameraFor(frame), onlyRoom());
      const HdrImage light = renderer.radiance();
      int seen = 0;
      for (int i = 0; i < 96 * 96; ++i) {
        const Pixel p = at(light, i % 96, i / 96);
        if (p.alpha < 1) continue;
        ++seen;
        ASSERT_NEAR(p.green, 1, 0.005) << metallic << ' ' << roughness << " at " << i % 96 << ' ' << i / 96;
      }
      EXPECT_GT(seen, 2000);
    }
  }
}

// Occlusion finds nothing on a ball standing alone: its own curve hides nothing of the room. Facets of the
// triangles and depths between pixels leave a few per cent.
TEST_F(SceneTest, ABallAloneIsNotOccluded) {
  SceneRenderer renderer(testGpu(), plain(128, 128));
  scene::Frame frame;
  frame.views.emplace_back(meshView("ball", scene::makeSphere(1, 96, 48), matt({1, 1, 1}, 1)));
  SceneStyle style = onlyRoom();
  style.hasAmbientOcclusion = true;
  renderer.draw(frame, cameraFor(frame), style);
  const HdrImage light = renderer.radiance();
  double sum = 0;
  int seen = 0;
  for (int i = 0; i < 128 * 128; ++i) {
    const Pixel p = at(light, i % 128, i / 128);
    if (p.alpha < 1) continue;
    sum += p.green;
    ++seen;
    ASSERT_GT(p.green, 0.85) << i % 128 << ' ' << i / 128;
  }
  EXPECT_NEAR(sum / seen, 1, 0.02);
}

// A floor beside a long wall of height H: at distance d the wall takes (1 - d / sqrt(d^2 + H^2)) / 2 of the
// cosine-weighted sky (the form factor of two perpendicular planes sharing an edge). Half the pixels a side,
// four steps a direction and the smoothing over 8 pixels leave about 0.05.
TEST_F(SceneTest, OcclusionBesideAWall) {
  constexpr double kHeight = 0.1, kSide = 2;
  constexpr int kPixels = 200;
  SceneRenderer renderer(testGpu(), plain(kPixels, kPixels));
  scene::Frame frame;
  const scene::Material grey = matt({0.5F, 0.5F, 0.5F}, 1);
  frame.views.emplace_back(floorOf(1.2, grey));
  frame.views.emplace_back(meshView("wall", scene::makeBox({-0.9, -1.2, 0}, {-0.2, 1.2, kHeight}), grey));
  SceneStyle style = onlyRoom();
  const scene::Camera camera = fromAbove(kSide);
  renderer.draw(frame, camera, style);
  const double open = at(renderer.radiance(), 150, 100).green;
  style.hasAmbientOcclusion = true;
  style.occlusionRadius = 1;
  renderer.draw(frame, camera, style);
  const HdrImage light = renderer.radiance();
  // Light for a visibility as shading.glsl has it: several bounces on grey, and what is mirrored.
  const glsl::Brdf brdf = glsl::makeBrdf(vec3(0.5F), 0, 1, 0, 0, 1);
  const auto expected = [&](double v) {
    const double a = 2.0404 * 0.5 - 0.3324, b = -4.7951 * 0.5 + 0.6417, c = 2.7552 * 0.5 + 0.6903;
    const double bounced = std::max(v, ((v * a + b) * v + c) * v);
    const double mirrored = std::clamp(std::pow(1 + v, std::exp2(-17.0)) - 1 + v, 0.0, 1.0);
    return glsl::diffuseAlbedo(brdf).x * bounced + brdf.specularAlbedo.x * mirrored;
  };
  EXPECT_NEAR(open, expected(1), 0.005);
  for (const double d : {0.05, 0.1, 0.15, 0.2}) {
    const double seen = 1 - 0.5 * (1 - d / std::sqrt(d * d + kHeight * kHeight));
    const int x = static_cast<int>((d - 0.2 + kSide / 2) / kSide * kPixels);
    double mean = 0;
    for (int y = 96; y < 104; ++y) mean += at(light, x, y).green / 8;
    EXPECT_NEAR(mean, expected(seen), 0.05 * open) << d;
  }
  EXPECT_NEAR(at(light, 180, 100).green, open, 0.03 * open);
}

// A plate one metre above the floor in a lamp from 45 degrees casts its shadow one metre aside. The lamp's
// half width w makes the shadow's edge w / cos^2(45 degrees) wide to each side; at the edge itself half the
// lamp is seen.
TEST_F(SceneTest, ShadowsFallWhereTheyMustAndSoftenWithTheLamp) {
  constexpr int kPixels = 160;
  constexpr double kSide = 8;
  SceneRenderer renderer(testGpu(), plain(kPixels, kPixels));
  scene::Frame frame;
  frame.views.emplace_back(floorOf(4, matt({0.5F, 0.5F, 0.5F}, 1)));
  frame.views.emplace_back(
      meshView("plate", scene::makeBox({-1, -3, 1}, {1, 3, 1.02}), matt({0.5F, 0.5F, 0.5F}, 1)));
  SceneStyle style = onlyLamp({1, 0, 1});
  const scene::Camera camera = fromAbove(kSide);
  const auto column = [&](double x) { return static_cast<int>((x / kSide + 0.5) * kPixels); };
  renderer.draw(frame, camera, style);
  const double lit = at(renderer.radiance(), column(-3), kPixels / 2).green;
  style.lights[0].hasShadow = true;
  style.lights[0].angularDiameter = 0;
  (void)renderer.still(frame, camera, style, 4);
  HdrImage light = renderer.radiance();
  EXPECT_NEAR(at(light, column(-1.2), kPixels / 2).green, 0, 0.01 * lit);
  EXPECT_NEAR(at(light, column(-1.85), kPixels / 2).green, 0, 0.01 * lit);
  EXPECT_NEAR(at(light, column(-2.15), kPixels / 2).green, lit, 0.02 * lit);
  EXPECT_NEAR(at(light, column(2), kPixels / 2).green, lit, 0.02 * lit);

  style.lights[0].angularDiameter = 20;
  (void)renderer.still(frame, camera, style, 16);
  light = renderer.radiance();
  const double width = std::tan(10 * std::numbers::pi / 180) * 2;
  EXPECT_LT(at(light, column(-2 + 1.2 * width), kPixels / 2).green, 0.08 * lit);
  EXPECT_GT(at(light, column(-2 - 1.2 * width), kPixels / 2).green, 0.92 * lit);
  EXPECT_NEAR(at(light, column(-2), kPixels / 2).green, 0.5 * lit, 0.12 * lit);
  double before = -1;
  for (double x = -2 + width; x > -2 - width; x -= 0.1) {
    const double now = at(light, column(x), kPixels / 2).green;
    EXPECT_GE(now, before - 0.06 * lit) << x;
    before = now;
  }
}

// Light adds up: two lamps, their shadow maps side by side, give the sum of what each gives alone. Single
// pixels at shadows' edges may differ by half precision and by where a map's texels lie.
TEST_F(SceneTest, LampsAddUp) {
  SceneRenderer renderer(testGpu(), plain(160, 90));
  const scene::Frame frame = stillLife();
  const scene::Camera camera = cameraFor(frame, -70, 30);
  SceneStyle both = onlyLamp({0.6, -0.3, 0.7});
  both.lights.push_back({{-0.7, -0.5, 0.6}, {1, 0.6F, 0.3F}, 1.5, false, false, 6});
  for (Light& light : both.lights) light.hasShadow = true;
  const auto lightOf = [&](const SceneStyle& style) {
    renderer.draw(frame, camera, style);
    return renderer.radiance();
  };
  SceneStyle first = both, second = both;
  first.lights.pop_back();
  second.lights.erase(second.lights.begin());
  const HdrImage sum = lightOf(both), a = lightOf(first), b = lightOf(second);
  double apart = 0, whole = 0;
  for (std::size_t i = 0; i < sum.pixels.size(); ++i) {
    if (i % 4 == 3) continue;
    apart += std::abs(sum.pixels[i] - a.pixels[i] - b.pixels[i]);
    whole += sum.pixels[i];
  }
  EXPECT_GT(whole, 100);
  EXPECT_LT(apart / whole, 0.002);
}

// A lab may be a nanometre or a hundred kilometres wide: scaled by a power of two, which floats do exactly,
// the picture is the same.
TEST_F(SceneTest, PicturesDoNotDependOnTheSizeOfThings) {
  SceneRenderer renderer(testGpu(), plain(96, 54));
  std::vector<Image> pictures;
  for (const double scale : {1.0, std::exp2(-30), std::exp2(17)}) {
    scene::Frame frame = stillLife();
    for (scene::View& view : frame.views) {
      scene::Transform by;
      by.x = {scale, 0, 0};
      by.y = {0, scale, 0};
      by.z = {0, 0, scale};
      auto& mesh = std::get<scene::MeshView>(view);
      mesh.mesh = std::make_shared<const scene::TriangleMesh>(scene::transformed(*mesh.mesh, by));
      for (scene::Transform& t : mesh.instances) t.translation = scale * t.translation;
    }
    pictures.push_back(renderer.still(frame, cameraFor(frame), {}, 2));
  }
  for (std::size_t k = 1; k < pictures.size(); ++k) {
    int most = 0;
    for (std::size_t i = 0; i < pictures[0].pixels.size(); ++i)
      most = std::max(most, std::abs(pictures[k].pixels[i] - pictures[0].pixels[i]));
    EXPECT_LE(most, 2) << k;
  }
}

// Light that scatters below a surface comes out elsewhere, not less of it.
TEST_F(SceneTest, SubsurfaceMovesLightAndKeepsIt) {
  SceneRenderer renderer(testGpu(), plain(128, 128));
  scene::Material skin = matt({0.8F, 0.6F, 0.5F}, 0.6F);
  skin.subsurface = 1;
  skin.subsurfaceRadius = 0.15F;
  scene::Frame frame;
  frame.views.emplace_back(meshView("ball", scene::makeSphere(1, 64, 32), skin));
  SceneStyle style = onlyLamp({1, 0, 0.2});
  const scene::Camera camera = cameraFor(frame, -90, 0);
  const auto lightOf = [&](bool hasSubsurface) {
    style.hasSubsurface = hasSubsurface;
    (void)renderer.still(frame, camera, style, 4);
    return renderer.radiance();
  };
  const HdrImage hard = lightOf(false), soft = lightOf(true);
  double hardSum = 0, softSum = 0;
  for (std::size_t i = 0; i < hard.pixels.size(); i += 4) {
    hardSum += hard.pixels[i];
    softSum += soft.pixels[i];
  }
  EXPECT_NEAR(softSum / hardSum, 1, 0.04);
  // Beyond the terminator it is dark without, reddish with.
  double red = 0, blue = 0;
  for (std::size_t i = 0; i < hard.pixels.size(); i += 4) {
    if (hard.pixels[i] > 0.001F || hard.pixels[i + 3] < 1) continue;
    red = std::max<double>(red, soft.pixels[i]);
    blue = std::max<double>(blue, soft.pixels[i + 2]);
  }
  EXPECT_GT(red, 0.01);
  EXPECT_GT(red, 1.5 * blue);
}

}  // namespace
}  // namespace aula::render
