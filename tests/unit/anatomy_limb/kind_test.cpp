// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "lab/session/catalogue.h"
#include "scene/view/view.h"
#include "unit/anatomy_limb/arm_lab.h"

namespace aula::tests {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

const std::string kKnobs = R"("knobs": {
  "biceps": {"default": 0, "unit": "1", "range": [0, 1], "live": true},
  "load": {"default": "1 kg", "unit": "kg", "range": ["0 kg", "10 kg"], "live": true},
  "angle": {"default": "60 deg", "unit": "deg", "range": ["0 deg", "120 deg"], "live": true},
  "forwards": {"default": "0 deg", "unit": "deg", "range": ["0 deg", "80 deg"], "live": true},
  "peel": {"default": 0, "unit": "1", "range": [0, 3], "live": true}})";
const std::string kInstruments = R"("instruments": {
  "elbow": {"kind": "joint", "every": "5 ms"},
  "biceps": {"kind": "muscle", "muscle": "biceps_brachii_long_head", "every": "5 ms"},
  "energy": {"kind": "muscle_energy", "every": "5 ms"}})";
const std::string kHeld =
    R"("mode": "isometric", "weight": "load", "excitation": {"biceps_brachii": "biceps"},
       "pose": {"elbow_flexion": "angle", "shoulder_flexion": "forwards"})";

std::string held(const std::string& scene = R"("scene": {"labels": false, "peel": "peel"})") {
  return armLab(kHeld, kKnobs + ", " + kInstruments + ", " + scene);
}

TEST(LimbKind, KnobsActWhileItRuns) {
  const lab::CheckedLab lab = checkedArm(held());
  const auto arm = builtArm(lab);
  arm->advance(100);
  const double relaxed = lastOf(*arm, "elbow", "muscle_torque");
  EXPECT_TRUE(arm->apply({100, "biceps", 1.0}));
  arm->advance(300);
  EXPECT_GT(lastOf(*arm, "elbow", "muscle_torque"), relaxed + 10);
  // Fully active after a few times the 10 ms that Thelen's rise takes.
  EXPECT_NEAR(lastOf(*arm, "biceps", "activation"), 1, 0.01);
  EXPECT_DOUBLE_EQ(lastOf(*arm, "biceps", "excitation"), 1);

  const double light = lastOf(*arm, "elbow", "load_torque");
  EXPECT_TRUE(arm->apply({400, "load", 5.0}));
  arm->advance(1);
  EXPECT_LT(lastOf(*arm, "elbow", "load_torque"), light - 5);

  EXPECT_TRUE(arm->apply({401, "angle", 100 * kDegree}));
  arm->advance(1);
  EXPECT_NEAR(lastOf(*arm, "elbow", "angle"), 100 * kDegree, 1e-12);

  const double before = lastOf(*arm, "biceps", "length");
  EXPECT_TRUE(arm->apply({402, "forwards", 60 * kDegree}));
  arm->advance(1);
  EXPECT_GT(std::abs(lastOf(*arm, "biceps", "length") - before), 0.002);
  EXPECT_FALSE(arm->apply({403, "no_such_knob", 1}));
}

TEST(LimbKind, AFreeArmFallsAndAnEvenTurnIsEven) {
  const lab::CheckedLab falling =
      checkedArm(armLab(R"("pose": {"elbow_flexion": "90 deg"}, "weight": "1 kg")", kInstruments));
  const auto arm = builtArm(falling);
  arm->advance(200);
  EXPECT_LT(lastOf(*arm, "elbow", "angle"), 70 * kDegree);
  EXPECT_LT(lastOf(*arm, "elbow", "velocity"), 0);
  EXPECT_NEAR(lastOf(*arm, "energy", "error"), 0, 1e-3);

  const lab::CheckedLab turning = checkedArm(armLab(
      R"("mode": "isokinetic", "velocity": "60 deg/s", "pose": {"elbow_flexion": "30 deg"}, "excitation": {"brachialis": 1})",
      kInstruments));
  const auto turned = builtArm(turning);
  turned->advance(500);
  EXPECT_NEAR(lastOf(*turned, "elbow", "angle"), 60 * kDegree, 1e-9);
  EXPECT_NEAR(lastOf(*turned, "elbow", "velocity"), 60 * kDegree, 1e-9);
}

TEST(LimbKind, GoesOnBitForBitAfterARestart) {
  const lab::CheckedLab lab = checkedArm(held());
  const auto arm = builtArm(lab);
  const auto go = [](lab::Simulation& one, std::int64_t steps) {
    for (std::int64_t i = 0; i < steps; ++i) {
      one.advance(1);
      for (lab::Instrument* instrument : one.instruments())
        if (one.step() % instrument->interval() == 0) instrument->sample();
    }
  };
  go(*arm, 60);
  ASSERT_TRUE(arm->apply({60, "biceps", 0.7}));
  ASSERT_TRUE(arm->apply({60, "forwards", 30 * kDegree}));
  go(*arm, 37);
  core::MemoryCheckpoint memory;
  {
    core::CheckpointWriter writer(memory);
    writer.setPrefix("simulation/");
    arm->save(writer);
    for (lab::Instrument* one : arm->instruments()) {
      writer.setPrefix("instruments/" + one->name() + "/");
      one->save(writer);
    }
  }
  const auto other = builtArm(lab);
  go(*other, 11);
  core::CheckpointReader reader(memory);
  reader.setPrefix("simulation/");
  other->load(reader);
  for (lab::Instrument* one : other->instruments()) {
    reader.setPrefix("instruments/" + one->name() + "/");
    one->load(reader);
  }
  EXPECT_EQ(other->step(), arm->step());
  go(*arm, 80);
  go(*other, 80);
  ASSERT_TRUE(arm->apply({177, "load", 4.0}));
  ASSERT_TRUE(other->apply({177, "load", 4.0}));
  go(*arm, 40);
  go(*other, 40);
  const auto a = arm->instruments(), b = other->instruments();
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto x = a[i]->data(), y = b[i]->data();
    ASSERT_EQ(x.size(), y.size());
    for (std::size_t d = 0; d < x.size(); ++d) {
      EXPECT_EQ(x[d].values, y[d].values) << a[i]->name() << "/" << x[d].name;
      EXPECT_EQ(x[d].axes.at(0).values, y[d].axes.at(0).values);
    }
  }
}

TEST(LimbKind, NumbersDoNotDependOnHowARunIsCut) {
  const lab::CheckedLab lab = checkedArm(held());
  const auto a = builtArm(lab), b = builtArm(lab);
  a->advance(150);
  for (int i = 0; i < 150; ++i) b->advance(1);
  EXPECT_EQ(lastOf(*a, "biceps", "force"), lastOf(*b, "biceps", "force"));
}

TEST(LimbKind, ViewsBearTheCataloguesIds) {
  const lab::CheckedLab lab = checkedArm(held(R"("scene": {"labels": true, "skin": 0.3})"));
  const auto catalogue = lab.plan->catalogue();
  ASSERT_NE(catalogue, nullptr);
  scene::Frame frame;
  builtArm(lab)->publish(frame);
  std::size_t meshes = 0, labels = 0;
  for (const scene::View& view : frame.views) {
    if (const auto* label = std::get_if<scene::LabelView>(&view)) {
      ++labels;
      EXPECT_NE(catalogue->find(label->structure), nullptr) << label->structure;
    }
    if (const auto* mesh = std::get_if<scene::MeshView>(&view)) {
      ++meshes;
      EXPECT_TRUE(mesh->name == "weight" || catalogue->find(mesh->name) != nullptr) << mesh->name;
    }
  }
  EXPECT_GT(labels, 12U);
  // All that the catalogue says is drawn is drawn.
  std::size_t drawn = 0;
  for (const lab::Structure& one : catalogue->all()) drawn += one.isDrawn ? 1 : 0;
  EXPECT_EQ(meshes, drawn + 1);
}

std::size_t countMeshes(const lab::Simulation& arm) {
  scene::Frame frame;
  arm.publish(frame);
  std::size_t count = 0;
  for (const scene::View& view : frame.views) count += std::holds_alternative<scene::MeshView>(view) ? 1 : 0;
  return count;
}

TEST(LimbKind, LayersPeelAndHiddenOnesAreNotDrawn) {
  const lab::CheckedLab lab = checkedArm(held());
  const auto arm = builtArm(lab);
  const std::size_t all = countMeshes(*arm);
  ASSERT_TRUE(arm->apply({0, "peel", 2.0}));
  const std::size_t deep = countMeshes(*arm);
  EXPECT_LT(deep, all);
  ASSERT_TRUE(arm->apply({0, "peel", 3.0}));
  EXPECT_LT(countMeshes(*arm), deep);
  const lab::CheckedLab hidden = checkedArm(held(R"("scene": {"hidden": ["deltoid", "biceps_brachii"]})"));
  EXPECT_EQ(countMeshes(*builtArm(hidden)), all - 3);
}

TEST(LimbKind, EveryMomentHasANewMeshOfTheSameTopology) {
  const lab::CheckedLab lab = checkedArm(held());
  const auto arm = builtArm(lab);
  const auto biceps = [&] {
    scene::Frame frame;
    arm->publish(frame);
    for (const scene::View& view : frame.views)
      if (const auto* mesh = std::get_if<scene::MeshView>(&view);
          mesh && mesh->name == "biceps_brachii_long_head")
        return mesh->mesh;
    return std::shared_ptr<const scene::TriangleMesh>();
  };
  const auto before = biceps();
  ASSERT_TRUE(arm->apply({0, "angle", 110 * kDegree}));
  const auto after = biceps();
  ASSERT_TRUE(before && after);
  EXPECT_NE(before, after);
  EXPECT_EQ(before->triangles, after->triangles);
  EXPECT_NE(before->positions, after->positions);
}

}  // namespace
}  // namespace aula::tests
