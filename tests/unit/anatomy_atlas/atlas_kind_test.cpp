// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "anatomy/kind/atlas/atlas_kind.h"
#include "anatomy/kind/atlas/inventory.h"
#include "anatomy/shape/solid.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/units/constants.h"
#include "lab/session/catalogue.h"
#include "lab/session/running_lab.h"
#include "toy_region.h"

using namespace aula;
using test::checkToyLab;
using test::toyMessage;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

/// A lab and its simulation, running.
struct Running {
  explicit Running(const std::string& scene, const std::string& knobs = "{}",
                   const std::string& instruments = "{}")
      : checked(checkToyLab(scene, knobs, instruments)),
        simulation(checked.plan->build({compute::DeviceKind::cpu, 1})) {}

  [[nodiscard]] scene::Frame frame() const {
    scene::Frame frame;
    simulation->publish(frame);
    return frame;
  }
  [[nodiscard]] std::vector<std::string> meshes() const {
    std::vector<std::string> names;
    for (const scene::View& view : frame().views)
      if (const auto* mesh = std::get_if<scene::MeshView>(&view)) names.push_back(mesh->name);
    return names;
  }
  [[nodiscard]] std::vector<std::string> labels() const {
    std::vector<std::string> ids;
    for (const scene::View& view : frame().views)
      if (const auto* label = std::get_if<scene::LabelView>(&view)) ids.push_back(label->structure);
    return ids;
  }
  [[nodiscard]] scene::MeshView mesh(const std::string& id) const {
    for (const scene::View& view : frame().views)
      if (const auto* mesh = std::get_if<scene::MeshView>(&view); mesh != nullptr && mesh->name == id)
        return *mesh;
    ADD_FAILURE() << id << " is not drawn";
    return {};
  }

  lab::CheckedLab checked;
  std::unique_ptr<lab::Simulation> simulation;
};

const std::string kPeelKnob = R"({"off": {"default": "0", "unit": "1", "range": ["0", "3"], "live": true,
  "label": "Layers taken off"}})";

TEST(AtlasKind, DrawsEveryPartUnderItsIdInTheAtlasOrder) {
  const Running running("{}");
  EXPECT_THAT(running.meshes(), ElementsAre("left_ventricle", "ascending_aorta", "sinoatrial_node"));
  const scene::MeshView mesh = running.mesh("left_ventricle");
  EXPECT_EQ(mesh.material.baseColour, anatomy::myocardiumMaterial().baseColour);
  EXPECT_EQ(mesh.material.opacity, 1);
  EXPECT_EQ(mesh.instances.at(0), scene::Transform{});
  EXPECT_TRUE(running.frame().clips.empty());
  // The same arrays again: the renderer knows a mesh by its address.
  EXPECT_EQ(mesh.mesh.get(), running.mesh("left_ventricle").mesh.get());
}

TEST(AtlasKind, ItsCatalogueHasTheRegionWithWhatIsDrawn) {
  const lab::CheckedLab checked = checkToyLab(R"({"hidden": ["ascending_aorta"]})");
  EXPECT_TRUE(checked.catalogue->find("left_ventricle")->isDrawn);
  EXPECT_FALSE(checked.catalogue->find("ascending_aorta")->isDrawn);
  EXPECT_FALSE(checked.catalogue->find("heart")->isDrawn);
  EXPECT_EQ(checked.catalogue->search("bundle of His").at(0)->id, "bundle_of_his");
}

TEST(AtlasKind, LabelsWhatIsInSight) {
  // The node lies inside the ventricle's ball.
  const Running all("{}");
  EXPECT_THAT(all.labels(), ElementsAre("left_ventricle", "ascending_aorta"));
  EXPECT_THAT(Running(R"({"labels": false})").labels(), IsEmpty());
  EXPECT_THAT(Running(R"({"labels": true, "hidden": ["left_ventricle"]})").labels(),
              ElementsAre("ascending_aorta", "sinoatrial_node"));
  // A list's order; a group's label stands at the best of its parts.
  EXPECT_THAT(Running(R"({"labels": ["ascending_aorta", "heart"]})").labels(),
              ElementsAre("ascending_aorta", "heart"));
  for (const scene::View& view : all.frame().views)
    if (const auto* label = std::get_if<scene::LabelView>(&view); label != nullptr) {
      EXPECT_TRUE(label->hasLeader);
      if (label->structure != "left_ventricle") continue;
      EXPECT_EQ(label->position, (core::Vec3{0, 0.02, 0}));
      EXPECT_EQ(label->priority, 5 + 800);  // Its own and its layer's.
    }
}

TEST(AtlasKind, LabelsAreInTheReadersLanguage) {
  const lab::CheckedLab checked = checkToyLab(R"({"labels": ["left_ventricle"]})");
  const lab::RunningLab running(checked, {compute::DeviceKind::cpu, 1});
  const auto text = [&](const char* language) {
    return std::get<scene::LabelView>(running.publish(language).views.back()).text;
  };
  EXPECT_EQ(text("en"), "Left ventricle");
  EXPECT_EQ(text("zh"), "左心室");
  EXPECT_EQ(text("fr"), "Ventricule gauche");
  EXPECT_EQ(text("es"), "Ventrículo izquierdo");
}

TEST(AtlasKind, PeelsLayers) {
  const std::string scene = R"({"peel": "off"})";
  Running running(scene, kPeelKnob);
  EXPECT_EQ(running.meshes().size(), 3U);
  // The aorta is layer 0, the ventricle 1, the node 2.
  EXPECT_TRUE(running.simulation->apply({0, "off", 0.25}));
  EXPECT_FLOAT_EQ(running.mesh("ascending_aorta").material.opacity, 0.75F);
  EXPECT_EQ(running.mesh("left_ventricle").material.opacity, 1);
  EXPECT_TRUE(running.simulation->apply({0, "off", 1}));
  EXPECT_THAT(running.meshes(), ElementsAre("left_ventricle", "sinoatrial_node"));
  EXPECT_THAT(running.labels(), ElementsAre("left_ventricle"));
  EXPECT_TRUE(running.simulation->apply({0, "off", 1.5}));
  EXPECT_THAT(running.labels(), ElementsAre("left_ventricle", "sinoatrial_node"));
  EXPECT_TRUE(running.simulation->apply({0, "off", 3}));
  EXPECT_THAT(running.meshes(), IsEmpty());
  EXPECT_THAT(running.labels(), IsEmpty());
}

TEST(AtlasKind, DrawsPartsApart) {
  const Running running(R"({"explode": 0.5, "labels": ["ascending_aorta"]})");
  // The whole reaches from -2 to 7 cm: its middle is at 2.5, the aorta's 3.5 further. The polygons' box is a
  // ball's but for the polygons' sagitta, an eighth of the radius wide: less than 0.1 mm.
  const core::Vec3 moved = running.mesh("ascending_aorta").instances.at(0).translation;
  EXPECT_NEAR(moved.x, 0.0175, 1e-4);
  EXPECT_NEAR(moved.y, 0, 1e-4);
  const auto label = std::get<scene::LabelView>(running.frame().views.back());
  EXPECT_NEAR(label.position.x, 0.06 + moved.x, 1e-12);
  EXPECT_NEAR(running.mesh("left_ventricle").instances.at(0).translation.x, -0.0125, 1e-4);
}

TEST(AtlasKind, CutsAndLabelsOnlyWhatIsLeft) {
  const std::string knobs = R"({"depth": {"default": "0 cm", "unit": "cm", "range": ["-10 cm", "10 cm"],
    "live": true, "label": "Depth"}})";
  Running running(R"({"cut": {"normal": [2, 0, 0], "point": ["1 cm", 0, 0], "offset": "depth"}})", knobs);
  ASSERT_EQ(running.frame().clips.size(), 1U);
  EXPECT_EQ(running.frame().clips[0].normal, (core::Vec3{1, 0, 0}));
  EXPECT_DOUBLE_EQ(running.frame().clips[0].offset, 0.01);
  // Something of the ventricle is left, nothing of the node.
  EXPECT_THAT(running.labels(), ElementsAre("left_ventricle", "ascending_aorta"));
  for (const scene::View& view : running.frame().views)
    if (const auto* label = std::get_if<scene::LabelView>(&view); label != nullptr) {
      EXPECT_GE(label->position.x, 0.01);
    }
  EXPECT_TRUE(running.simulation->apply({0, "depth", -0.025}));
  EXPECT_DOUBLE_EQ(running.frame().clips[0].offset, -0.015);
  EXPECT_THAT(running.labels(), ElementsAre("left_ventricle", "ascending_aorta", "sinoatrial_node"));
}

TEST(AtlasKind, OnlyLiveKnobsTurn) {
  Running running(R"({"peel": "off"})",
                  R"({"off": {"default": "0", "unit": "1", "range": ["0", "3"], "label": "Off"}})");
  EXPECT_FALSE(running.simulation->apply({0, "off", 1}));
  EXPECT_FALSE(running.simulation->apply({0, "on", 1}));
  EXPECT_EQ(running.meshes().size(), 3U);
}

TEST(AtlasKind, CountsAndMeasures) {
  Running running("{}", "{}",
                  R"({"all": {"kind": "inventory"}, "chamber": {"kind": "inventory", "structures": ["heart"]},
                      "pair": {"kind": "inventory", "structures": ["left_ventricle", "ascending_aorta"]}})");
  const auto instruments = running.simulation->instruments();
  ASSERT_EQ(instruments.size(), 3U);
  const auto value = [&](std::size_t i, const std::string& name) {
    for (const lab::Dataset& dataset : instruments[i]->data())
      if (dataset.name == name) return dataset.values.at(0);
    ADD_FAILURE() << name;
    return 0.0;
  };
  EXPECT_EQ(value(0, "count"), 3);
  EXPECT_EQ(value(1, "count"), 2);  // The node is a part of the conducting system, and that of the heart.
  // A cell's diagonals are chords of 1.41/8 of the radius at most, 0.4 % of it below the surface in their
  // middles: so much is missing of a ball's radius at most, twice of its surface, three times of its volume.
  const double volume = 4.0 / 3 * core::kPi * (std::pow(0.02, 3) + std::pow(0.004, 3));
  EXPECT_NEAR(value(1, "volume"), volume, 0.012 * volume);
  const double surface = 4 * core::kPi * (std::pow(0.02, 2) + std::pow(0.004, 2));
  EXPECT_NEAR(value(1, "surface"), surface, 0.008 * surface);
  EXPECT_NEAR(value(1, "length"), 0.04, 0.004 * 0.04);
  EXPECT_NEAR(value(2, "length"), 0.09, 0.004 * 0.09);
}

TEST(AtlasKind, TheGreatestLengthIsExact) {
  const scene::TriangleMesh box =
      anatomy::polygonise(anatomy::roundBox({0.3, 0.1, 0}, {0.03, 0.02, 0.01}, 0.002), {0.002});
  double longest = 0;
  for (const scene::Float3 a : box.positions)
    for (const scene::Float3 b : box.positions)
      longest = std::max(longest, core::length({double(a.x) - b.x, double(a.y) - b.y, double(a.z) - b.z}));
  EXPECT_DOUBLE_EQ(anatomy::greatestLength({&box}), longest);
  EXPECT_EQ(anatomy::greatestLength({}), 0);
}

TEST(AtlasKind, StandsStillAndGoesOnWhereItWasSaved) {
  Running running(R"({"peel": "off"})", kPeelKnob);
  EXPECT_EQ(running.checked.plan->estimate({compute::DeviceKind::cpu, 1}).steps, 30);  // 0.5 s in 1/60 s.
  EXPECT_EQ(running.checked.plan->estimate({compute::DeviceKind::cpu, 1}).cells, 3);
  running.simulation->advance(7);
  EXPECT_TRUE(running.simulation->apply({7, "off", 2}));
  core::MemoryCheckpoint kept;
  core::CheckpointWriter writer(kept);
  running.simulation->save(writer);
  Running other(R"({"peel": "off"})", kPeelKnob);
  core::CheckpointReader reader(kept);
  other.simulation->load(reader);
  EXPECT_EQ(other.simulation->step(), 7);
  EXPECT_EQ(other.meshes(), running.meshes());
  EXPECT_THAT(other.meshes(), ElementsAre("sinoatrial_node"));
}

TEST(AtlasKind, SaysWhatIsWrong) {
  EXPECT_EQ(toyMessage(R"({"labels": ["left_ventricel"]})"),
            "toy: scene.labels: \"left_ventricel\" is no structure of this region; did you mean "
            "\"left_ventricle\"?");
  EXPECT_EQ(toyMessage(R"({"hidden": ["tibia"]})"),
            "toy: scene.hidden: \"tibia\" is no structure of this region");
  EXPECT_THAT(toyMessage(R"({"peel": -1})"), HasSubstr("toy: scene.peel: "));
  EXPECT_THAT(toyMessage(R"({"explode": "1 m"})"), HasSubstr("toy: scene.explode: "));
  EXPECT_EQ(toyMessage(R"({"cut": {"normal": [0, 0, 0]}})"),
            "toy: scene.cut.normal: a plane's normal points somewhere; this one has no length");
  EXPECT_THAT(toyMessage(R"({"peal": 1})"), HasSubstr("did you mean \"peel\"?"));
  EXPECT_EQ(toyMessage("{}", "{}", R"({"n": {"kind": "inventory", "structures": ["tibia"]}})"),
            "toy: instruments.n.structures: \"tibia\" is no structure of this region");
  EXPECT_THAT(toyMessage("{}", "{}", R"({"n": {"kind": "probe"}})"), HasSubstr("toy: instruments.n.kind: "));
  EXPECT_THAT(toyMessage("{}", "{}", "{}", R"(, "spacing": "1 m")"), HasSubstr("toy: simulation.spacing: "));
  EXPECT_EQ(toyMessage("{}",
                       R"({"fine": {"default": "1 mm", "unit": "mm", "range": ["1 mm", "2 mm"], "live": true,
                           "label": "Fine"}})",
                       "{}", R"(, "spacing": "fine")"),
            "toy: knobs.fine.live: the knob changes simulation.spacing, which cannot change while the "
            "simulation runs; leave \"live\" out");
}

TEST(AtlasKind, AnUnknownRegionIsAnsweredWithTheNearest) {
  const auto message = [](const std::string& region) -> std::string {
    lab::Registry registry;
    registry.add(anatomy::makeAtlasKind(test::toyRegions()));
    try {
      (void)lab::checkLab(lab::Lab::readText(R"({"aula": 1, "title": "Toy", "simulation": {"kind": "atlas",
        "region": ")" + region +
                                                 R"("}, "scene": {"labels": ["x"], "hidden": ["y"], "cut":
        {"normal": [1, 0, 0]}}, "instruments": {"n": {"kind": "inventory", "structures": ["z"]}},
        "run": {"steps": 1}})",
                                             "toy"),
                          registry);
    } catch (const core::Error& error) {
      EXPECT_EQ(error.exitCode(), 2);
      return error.what();
    }
    return "no error";
  };
  EXPECT_EQ(message("hart"),
            "toy: simulation.region: \"hart\" is no region of the atlas; did you mean "
            "\"heart\"?");
  EXPECT_EQ(message("foot"), "toy: simulation.region: \"foot\" is no region of the atlas; there are heart");
}

TEST(AtlasKind, ShapesAndAtlasBelongTogether) {
  std::vector<anatomy::RegionShapes> regions = test::toyRegions();
  const auto atlas = anatomy::Atlas::region("heart");
  const auto message = [&]() -> std::string {
    try {
      (void)anatomy::partsOf(regions[0], *atlas, 0.002);
    } catch (const core::Error& error) {
      EXPECT_EQ(error.exitCode(), 1);
      return error.what();
    }
    return "no error";
  };
  const auto ball = [](const char* id) {
    return [id](double) { return anatomy::Parts{test::ballPart(id, {}, 0.01, 0)}; };
  };
  regions[0].sources[0].make = ball("left_ventricle");
  EXPECT_EQ(message(), "the shapes of heart (balls) lack ascending_aorta");
  regions[0].sources[0].make = ball("right_ventricle");
  EXPECT_EQ(message(), "the shapes of heart (balls) hold right_ventricle, which is not theirs to make");
}

}  // namespace
