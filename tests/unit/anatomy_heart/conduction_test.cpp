// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "anatomy/heart/body/chambers.h"
#include "anatomy/heart/body/conduction.h"

namespace aula::anatomy::heart {
namespace {

unsigned only(Trunk trunk) {
  return 1U << static_cast<unsigned>(trunk);
}

TEST(Conduction, TheSameTreeGrowsEachTime) {
  const ConductionSystem one, two;
  ASSERT_EQ(one.points().size(), two.points().size());
  for (std::size_t i = 0; i < one.points().size(); ++i) {
    EXPECT_EQ(one.points()[i].position, two.points()[i].position);
    EXPECT_EQ(one.points()[i].parent, two.points()[i].parent);
  }
}

TEST(Conduction, PurkinjeFibresLieOnTheEndocardium) {
  const ConductionSystem system;
  std::size_t left = 0, right = 0;
  for (const ConductionPoint& point : system.points()) {
    if (!point.isPurkinje) continue;
    const bool isRight = (point.above & only(Trunk::right)) != 0;
    const double away =
        isRight ? chambers::rightEndocardium(point.position) : chambers::leftEndocardium(point.position);
    // Newton's steps end within a tenth of a micrometre; in the right ventricle's corners, where two surfaces
    // meet, they may swing from one to the other.
    EXPECT_LT(std::abs(away), isRight ? 1e-3 : 1e-6);
    ++(isRight ? right : left);
  }
  EXPECT_GT(left, 1500U);
  EXPECT_GT(right, 1500U);
}

TEST(Conduction, BranchesKeepApart) {
  // Of points of different branches few are nearer than half of what ends a branch.
  const ConductionSystem system;
  std::size_t near = 0, endings = 0;
  const auto& points = system.points();
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points[i].isEnding) continue;
    ++endings;
    for (std::size_t j = 0; j < points.size(); ++j)
      if (points[j].isEnding && j != i &&
          core::length(points[i].position - points[j].position) < 0.4 * system.settings().apart) {
        ++near;
        break;
      }
  }
  EXPECT_GT(endings, 600U);
  EXPECT_LT(double(near), 0.12 * double(endings));
}

TEST(Conduction, TakesAsLongAsTheWayIs) {
  ConductionSettings settings;
  settings.bundleSpeed = settings.leftSpeed = settings.rightSpeed = 2;
  const ConductionSystem system(settings);
  const std::vector<double> times = system.arrivals(0);
  for (std::size_t i = 0; i < times.size(); i += 37) {
    double way = 0;
    for (std::int32_t p = std::int32_t(i); system.points()[std::size_t(p)].parent >= 0;
         p = system.points()[std::size_t(p)].parent) {
      const auto& point = system.points()[std::size_t(p)];
      way += core::length(point.position - system.points()[std::size_t(point.parent)].position);
    }
    EXPECT_NEAR(times[i], way / 2, 1e-12);
  }
}

TEST(Conduction, ABlockSilencesWhatIsBelowItAndNothingElse) {
  const ConductionSystem system;
  const std::vector<double> whole = system.arrivals(0);
  for (const Trunk trunk : {Trunk::his, Trunk::left, Trunk::leftAnterior, Trunk::leftPosterior,
                            Trunk::leftSeptal, Trunk::right}) {
    const std::vector<double> blocked = system.arrivals(only(trunk));
    std::size_t silent = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      const bool isBelow = (system.points()[i].above & only(trunk)) != 0;
      EXPECT_EQ(blocked[i] == ConductionSystem::kNever, isBelow);
      if (!isBelow) {
        EXPECT_EQ(blocked[i], whole[i]);
      }
      silent += isBelow;
    }
    EXPECT_GT(silent, 100U) << nameOf(trunk);
    EXPECT_EQ(silent == whole.size(), trunk == Trunk::his);
  }
}

TEST(Conduction, TheLeftVentricleBeginsBeforeTheRight) {
  // Durrer et al. 1970: left endocardium first, the right one 5 to 10 ms later (here up to 20).
  const ConductionSystem system;
  const std::vector<double> times = system.arrivals(0);
  double left = 1, right = 1;
  for (std::size_t i = 0; i < times.size(); ++i)
    if (system.points()[i].isEnding) {
      double& first = (system.points()[i].above & only(Trunk::right)) != 0 ? right : left;
      first = std::min(first, times[i]);
    }
  EXPECT_GT(right - left, 0.005);
  EXPECT_LT(right - left, 0.020);
}

TEST(Conduction, EntriesAreTissueNearEndingsEachOnce) {
  const Ventricles muscle = ventricles(0.002);
  const ConductionSystem system;
  const std::vector<Entry> all = entries(system, muscle, 0, 0.0025, 0.001);
  ASSERT_GT(all.size(), 30U);
  std::set<std::uint32_t> seen;
  double before = -1;
  for (const Entry& entry : all) {
    EXPECT_GT(entry.time, before);
    before = entry.time;
    EXPECT_TRUE(std::is_sorted(entry.nodes.begin(), entry.nodes.end()));
    for (const std::uint32_t node : entry.nodes) {
      EXPECT_TRUE(seen.insert(node).second);
      EXPECT_EQ(muscle.lattice.isTissue[node], 1);
    }
  }
  EXPECT_GT(seen.size(), 800U);
  EXPECT_TRUE(entries(system, muscle, only(Trunk::his), 0.0025, 0.001).empty());
}

}  // namespace
}  // namespace aula::anatomy::heart
