// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/muscles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "anatomy/upper_limb/skin.h"
#include "scene/mesh/check.h"
#include "scene/mesh/measure.h"
#include "scene/mesh/topology.h"

namespace aula::anatomy {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

scene::TriangleMesh meshOf(const MuscleLayout& layout, const MuscleSurface& surface) {
  scene::TriangleMesh mesh;
  mesh.positions = surface.positions;
  mesh.normals = surface.normals;
  mesh.textureCoordinates = layout.textureCoordinates;
  mesh.triangles = layout.triangles;
  return mesh;
}

Pose bent(double degrees) {
  Pose pose;
  pose.elbowFlexion = degrees * kDegree;
  return pose;
}

TEST(UpperLimbMuscles, AreThoseOfTheLimbInItsOrder) {
  const UpperLimbMuscles& muscles = upperLimbMuscleShapes();
  ASSERT_EQ(muscles.ids().size(), upperLimb().muscles.size());
  const std::vector<MuscleSurface> surfaces = muscles.at({});
  for (std::size_t i = 0; i < surfaces.size(); ++i) {
    EXPECT_EQ(muscles.ids()[i], upperLimb().muscles[i].id);
    EXPECT_EQ(surfaces[i].id, muscles.ids()[i]);
  }
}

TEST(UpperLimbMuscles, KeepTheirVolumeAtEveryAngleAndPull) {
  const UpperLimbMuscles& muscles = upperLimbMuscleShapes();
  // A tendon gives at most 3.3 % at full force and about a third more beyond: 1 cm for the longest.
  for (const double stretch : {0.0, 0.01})
    for (const double angle : {0.0, 45.0, 90.0, 130.0}) {
      const std::vector<double> stretches(muscles.ids().size(), stretch);
      for (const MuscleSurface& surface : muscles.at(bent(angle), stretches)) {
        const double volume = upperLimb().find(surface.id)->volume;
        EXPECT_NEAR(surface.bellyVolume, volume, 0.01 * volume)
            << surface.id << " at " << angle << " degrees";
      }
    }
}

TEST(UpperLimbMuscles, AreClosedFaceOutwardsAndKeepTheirTopology) {
  const UpperLimbMuscles& muscles = upperLimbMuscleShapes();
  for (const double angle : {0.0, 60.0, 130.0}) {
    const std::vector<MuscleSurface> surfaces = muscles.at(bent(angle));
    for (std::size_t i = 0; i < surfaces.size(); ++i) {
      const scene::TriangleMesh mesh = meshOf(muscles.layout(i), surfaces[i]);
      EXPECT_TRUE(scene::findProblems(mesh).empty()) << surfaces[i].id;
      EXPECT_TRUE(scene::examineEdges(mesh).isWatertight()) << surfaces[i].id;
      EXPECT_EQ(scene::eulerCharacteristic(mesh), 2) << surfaces[i].id;
      // Flesh and tendons together hold more than the flesh, and tendons are thin.
      const double whole = scene::enclosedVolume(mesh);
      EXPECT_GE(whole, surfaces[i].bellyVolume * 0.999) << surfaces[i].id;
      EXPECT_LE(whole, surfaces[i].bellyVolume * 1.15 + 5e-6) << surfaces[i].id;
    }
  }
}

TEST(UpperLimbMuscles, DoNotCrossThemselvesAtRest) {
  const UpperLimbMuscles& muscles = upperLimbMuscleShapes();
  const std::vector<MuscleSurface> surfaces = muscles.at({});
  for (std::size_t i = 0; i < surfaces.size(); ++i)
    EXPECT_EQ(crossings(meshOf(muscles.layout(i), surfaces[i]), 0.0005), 0U) << surfaces[i].id;
}

TEST(UpperLimbMuscles, LieOnTheBonesNotInThem) {
  const UpperLimbMuscles& muscles = upperLimbMuscleShapes();
  for (const double angle : {0.0, 90.0}) {
    const LimbStage stage(upperLimb(), muscles.bones(), bent(angle));
    const std::vector<MuscleSurface> surfaces = muscles.at(bent(angle));
    for (std::size_t i = 0; i < surfaces.size(); ++i) {
      std::size_t flesh = 0, inside = 0;
      double deepest = 0;
      for (std::size_t k = 0; k < surfaces[i].positions.size(); ++k) {
        if (muscles.layout(i).tendon[k] > 0.5F) continue;
        ++flesh;
        const double distance = stage.boneDistance(scene::toVec3(surfaces[i].positions[k]));
        // The lattice of distances is 3 mm wide: within half of it bone may be missed at a sharp edge.
        if (distance < -0.0015) ++inside;
        deepest = std::min(deepest, distance);
      }
      ASSERT_GT(flesh, 100U);
      // Flesh fastened to bone goes into it for a point or two.
      EXPECT_LE(double(inside), 0.02 * double(flesh)) << surfaces[i].id << " at " << angle;
      EXPECT_GT(deepest, -0.004) << surfaces[i].id << " at " << angle;
    }
  }
}

TEST(UpperLimbMuscles, GiveWayToTheirNeighbours) {
  // Rings' middles and walls against the other tubes' walls. Neighbours that know of each other keep 0.6 mm
  // apart; limits are rounded over rings up to 5 mm apart, and those at different slopes meet between them.
  const UpperLimbMuscles& muscles = upperLimbMuscleShapes();
  for (const double angle : {0.0, 60.0}) {
    const UpperLimbMuscles::Forms forms = muscles.formsAt(bent(angle));
    std::size_t flesh = 0, inside = 0;
    for (std::size_t a = 0; a < forms.tubes.size(); ++a)
      for (int ring = MuscleTube::kFirst; ring <= MuscleTube::kLast; ++ring)
        for (int k = 0; k < MuscleTube::kAround; ++k) {
          ++flesh;
          for (std::size_t b = 0; b < forms.tubes.size(); ++b) {
            int hint = 0;
            if (b == a || forms.tubes[b].distance(forms.tubes[a].point(ring, k), hint) > -0.002) continue;
            ++inside;
            break;
          }
        }
    EXPECT_LT(double(inside), 0.05 * double(flesh)) << angle << " degrees: " << inside << " of " << flesh;
  }
}

TEST(UpperLimbMuscles, BulgeWhenTheyShorten) {
  const UpperLimbMuscles& muscles = upperLimbMuscleShapes();
  const auto thickness = [&](double angle) {
    const UpperLimbMuscles::Forms forms = muscles.formsAt(bent(angle));
    double most = 0;
    for (const MuscleTube& tube : forms.tubes)
      if (&tube - forms.tubes.data() == 5)  // Biceps, long head: recipes' order.
        for (int ring = 0; ring < MuscleTube::kRings; ++ring) {
          double area = 0;
          for (int k = 0; k < MuscleTube::kAround; ++k)
            area += double(tube.radius[std::size_t(ring)][std::size_t(k)]);
          most = std::max(most, area / MuscleTube::kAround);
        }
    return most;
  };
  EXPECT_GT(thickness(100), 1.1 * thickness(0));
}

TEST(UpperLimbMuscles, HaveFibresAlongTheirPath) {
  const UpperLimbMuscles& muscles = upperLimbMuscleShapes();
  const std::vector<MuscleSurface> surfaces = muscles.at({});
  for (std::size_t i = 0; i < surfaces.size(); ++i) {
    const std::vector<scene::Float3> fibres = UpperLimbMuscles::fibres(muscles.layout(i), surfaces[i]);
    ASSERT_EQ(fibres.size(), surfaces[i].positions.size());
    std::size_t flesh = 0, downwards = 0;
    for (std::size_t k = 0; k < fibres.size(); ++k) {
      EXPECT_NEAR(core::length(scene::toVec3(fibres[k])), 1, 1e-5);
      if (muscles.layout(i).tendon[k] > 0.5F) continue;
      ++flesh;
      if (fibres[k].z < 0) ++downwards;
    }
    // In a hanging arm every one of them runs down.
    EXPECT_GT(double(downwards), 0.9 * double(flesh)) << surfaces[i].id;
  }
}

TEST(UpperLimbMuscles, AreTheSameForTheSamePose) {
  const UpperLimbMuscles& muscles = upperLimbMuscleShapes();
  const std::vector<MuscleSurface> a = muscles.at(bent(70));
  (void)muscles.at(bent(10));
  const std::vector<MuscleSurface> b = muscles.at(bent(70));
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].positions, b[i].positions) << a[i].id;
}

TEST(UpperLimbSkin, IsClosedAndHoldsTheFlesh) {
  const UpperLimbMuscles& muscles = upperLimbMuscleShapes();
  const UpperLimbSkin skin(muscles, 0.006);
  double flesh = 0;
  for (const MuscleSpec& muscle : upperLimb().muscles) flesh += muscle.volume;
  for (const double angle : {0.0, 90.0}) {
    const UpperLimbSkin::Surface surface = skin.at(bent(angle), muscles.at(bent(angle)));
    scene::TriangleMesh mesh;
    mesh.positions = surface.positions;
    mesh.triangles = skin.triangles();
    EXPECT_TRUE(scene::examineEdges(mesh).isWatertight());
    // Bones and fat come on top.
    EXPECT_GT(scene::enclosedVolume(mesh), 1.1 * flesh) << angle;
  }
}

}  // namespace
}  // namespace aula::anatomy
