// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "glsl.h"

namespace aula::render::glsl {
namespace {

const vec3 kUp(0, 0, 1);

vec3 viewAt(float cosine) {
  return {sqrt(1 - cosine * cosine), 0, cosine};
}

/// Light given back from uniform surroundings, by the file's own choice of directions: mean of the weights.
vec3 reflected(const Brdf& brdf, const vec3& view, int side) {
  glm::dvec3 sum(0);
  std::mt19937 random(7);
  std::uniform_real_distribution<float> number(0, 1);
  for (int i = 0; i < side; ++i) {
    for (int j = 0; j < side; ++j) {
      const vec3 u((static_cast<float>(i) + number(random)) / static_cast<float>(side),
                   (static_cast<float>(j) + number(random)) / static_cast<float>(side), number(random));
      sum += sampleBrdf(brdf, kUp, view, u).weight;
    }
  }
  return vec3(sum / static_cast<double>(side * side));
}

/// Over a ball seen from afar each cosine counts with 2 cos d(cos).
template <typename F>
double overBall(F&& f) {
  double sum = 0;
  constexpr int kRings = 20;
  for (int i = 0; i < kRings; ++i)
    sum += f(static_cast<float>(std::sqrt((i + 0.5) / kRings)));  // Rings of equal area.
  return sum / kRings;
}

// A white ball in uniform light is not seen: it loses less than 0.5 %, whatever it is made of. The scatter of
// 20 x 96 x 96 samples is below 0.1 %.
TEST(Brdf, AWhiteBallGivesBackAllLight) {
  struct Case {
    float metallic, roughness, coat;
  };
  for (const Case c : {Case{1, 0.1F, 0}, Case{1, 0.4F, 0}, Case{1, 0.7F, 0}, Case{1, 1, 0}, Case{0, 0.1F, 0},
                       Case{0, 0.5F, 0}, Case{0, 1, 0}, Case{0.5F, 0.3F, 0}, Case{0, 0.6F, 1}}) {
    const double whole = overBall([&](float cosine) {
      const Brdf brdf = makeBrdf(vec3(1), c.metallic, c.roughness, c.coat, 0.1F, cosine);
      return reflected(brdf, viewAt(cosine), 96).x;
    });
    EXPECT_NEAR(whole, 1, 0.005) << "metallic " << c.metallic << ", roughness " << c.roughness << ", coat "
                                 << c.coat;
  }
}

// The rasteriser multiplies surroundings with these albedos: their sum is what the whole BRDF gives back.
TEST(Brdf, AlbedosAddUpToOneForWhite) {
  for (const float cosine : {0.05F, 0.3F, 0.7F, 1.0F}) {
    for (const float roughness : {0.0F, 0.3F, 0.6F, 1.0F}) {
      for (const float metallic : {0.0F, 1.0F}) {
        const Brdf b = makeBrdf(vec3(1), metallic, roughness, 0.7F, 0.2F, cosine);
        const float sum = diffuseAlbedo(b).x + b.specularAlbedo.x * (1 - b.coatAlbedo) + b.coatAlbedo;
        EXPECT_NEAR(sum, 1, 1e-5) << cosine << ' ' << roughness << ' ' << metallic;
      }
    }
  }
}

// The density belongs to the directions: it adds up to one over the hemisphere, except for facets whose
// reflection goes below the surface (less than 0.1 % for roughness 0.4 seen from 45 degrees).
TEST(Brdf, DensitiesAddUpToOne) {
  const vec3 view = viewAt(0.7071F);
  const Brdf brdf = makeBrdf(vec3(0.6F, 0.4F, 0.3F), 0, 0.4F, 0.5F, 0.3F, 0.7071F);
  double sum = 0;
  constexpr int kSide = 600;
  for (int i = 0; i < kSide; ++i) {
    for (int j = 0; j < kSide; ++j) {
      const double z = (i + 0.5) / kSide, phi = 2 * 3.141592653589793 * (j + 0.5) / kSide,
                   r = std::sqrt(1 - z * z);
      sum += brdfDensity(brdf, kUp, view, vec3(r * std::cos(phi), r * std::sin(phi), z));
    }
  }
  EXPECT_NEAR(sum * 2 * 3.141592653589793 / (kSide * kSide), 1, 0.004);
}

// Chosen directions and a regular net over the hemisphere measure the same integral of a light that is not
// uniform. The samples' scatter is about 0.2 %.
TEST(Brdf, ChosenDirectionsAgreeWithTheIntegral) {
  const vec3 view = viewAt(0.6F);
  const Brdf brdf = makeBrdf(vec3(0.8F, 0.5F, 0.2F), 0.3F, 0.45F, 0.4F, 0.3F, 0.6F);
  const auto light = [](const vec3& d) { return 1 + d.x + 0.5F * d.y * d.y; };
  glm::dvec3 net(0), chosen(0);
  constexpr int kSide = 800;
  std::mt19937 random(11);
  std::uniform_real_distribution<float> number(0, 1);
  for (int i = 0; i < kSide; ++i) {
    for (int j = 0; j < kSide; ++j) {
      const double z = (i + 0.5) / kSide, phi = 2 * 3.141592653589793 * (j + 0.5) / kSide,
                   r = std::sqrt(1 - z * z);
      const vec3 l(r * std::cos(phi), r * std::sin(phi), z);
      net += evaluateBrdf(brdf, kUp, view, l) * light(l);
      const vec3 u((static_cast<float>(i) + number(random)) / kSide,
                   (static_cast<float>(j) + number(random)) / kSide, number(random));
      const BrdfSample s = sampleBrdf(brdf, kUp, view, u);
      chosen += s.weight * light(s.direction);
    }
  }
  net *= 2 * 3.141592653589793 / (kSide * kSide);
  chosen /= kSide * kSide;
  for (int c = 0; c < 3; ++c) EXPECT_NEAR(chosen[c] / net[c], 1, 0.01) << c;
}

/// Mean of the studio over a net of directions, weighted.
template <typename F>
glm::dvec3 overSphere(F&& weight) {
  glm::dvec3 sum(0);
  double weights = 0;
  constexpr int kSide = 400;
  for (int i = 0; i < kSide; ++i) {
    for (int j = 0; j < 2 * kSide; ++j) {
      const double z = 2 * (i + 0.5) / kSide - 1, phi = 3.141592653589793 * (j + 0.5) / kSide,
                   r = std::sqrt(1 - z * z);
      const vec3 d(r * std::cos(phi), r * std::sin(phi), z);
      const double w = weight(d);
      if (w <= 0) continue;
      sum += w * glm::dvec3(studioSharp(d));
      weights += w;
    }
  }
  return sum / weights;
}

// Nine harmonics hold an irradiance to about 1 % (Ramamoorthi and Hanrahan 2001, table 1: 9 % at worst); the
// studio's lamps are sharper than a sky, and the darkest direction differs most.
TEST(Environment, TheMeanIsTheStudiosIntegral) {
  for (const vec3& n :
       {vec3(0, 0, 1), vec3(0, 0, -1), vec3(1, 0, 0), vec3(-0.6F, 0.64F, 0.48F), vec3(0.5F, -0.866F, 0)}) {
    const glm::dvec3 exact = overSphere([&](const vec3& d) { return std::max(0.0F, dot(d, n)); });
    for (int c = 0; c < 3; ++c) EXPECT_NEAR(studioMean(n)[c] / exact[c], 1, 0.09) << n.x << ' ' << n.z;
  }
}

// The closed blur against an integral over the lobe of GGX facets seen straight on: a look, not a
// measurement, so a fifth of the brightest lamp is allowed.
TEST(Environment, TheBlurFollowsTheLobe) {
  for (const float alpha : {0.04F, 0.16F, 0.36F, 1.0F}) {
    for (const vec3& n : {vec3(0, 0, 1), vec3(-0.31F, -0.853F, 0.42F), vec3(0.6F, -0.64F, 0.48F)}) {
      const glm::dvec3 exact = overSphere([&](const vec3& l) {
        const float nl = dot(n, l);
        return nl <= 0 ? 0.0F : ggx(dot(n, normalize(n + l)), alpha) * nl;
      });
      for (int c = 0; c < 3; ++c)
        EXPECT_NEAR(studioRadiance(n, alpha)[c], exact[c], 0.34) << alpha << ' ' << n.x;
    }
  }
}

TEST(ToneMap, InvertsToWithinHalfAStep) {
  for (int i = 0; i <= 255; ++i) {
    const float linear = linearChannel(static_cast<float>(i) / 255);
    const float shown = srgbChannel(filmicChannel(filmicInverseChannel(linear)));
    EXPECT_NEAR(255 * shown, i, 0.1) << i;
  }
}

TEST(ToneMap, RisesSmoothlyAndEndsAtWhite) {
  float before = -1, slope = 0;
  for (int i = 0; i <= 1000; ++i) {
    const float x = 0.01F * static_cast<float>(i), y = filmicChannel(x);
    EXPECT_GE(y, before);
    if (x > 0.1F && y < 1) {
      EXPECT_NEAR(y - before, slope, 0.0009) << x;  // No kink above the toe: second differences stay small.
    }
    slope = y - before;
    before = y;
  }
  EXPECT_EQ(filmicChannel(20), 1);
  EXPECT_GT(filmicInverseChannel(1), 5);
  EXPECT_LT(filmicInverseChannel(1), 12);
}

}  // namespace
}  // namespace aula::render::glsl
