// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/looking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>

#include "desktop/model/quiz.h"
#include "desktop/model/tape.h"
#include "scene/geometry/primitives.h"

namespace aula::desktop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

lab::Structure structure(std::string id, int layer, std::string parent = "", bool isDrawn = true) {
  lab::Structure s;
  s.name.byLanguage = {{"en", "the " + id}, {"fr", "le " + id}};
  s.id = std::move(id);
  s.layer = layer;
  s.parent = std::move(parent);
  s.isDrawn = isDrawn;
  return s;
}

std::shared_ptr<const lab::Catalogue> body() {
  return std::make_shared<const lab::Catalogue>(std::vector<lab::Structure>{
      structure("skin", 0), structure("arm", 2, "", false), structure("radius", 2, "arm"),
      structure("ulna", 2, "arm"), structure("biceps", 1)});
}

/// A box a structure, 1 m apart along x, a label each; an arrow that is no structure.
std::shared_ptr<const scene::Frame> frame() {
  auto made = std::make_shared<scene::Frame>();
  double x = 0;
  for (const char* id : {"skin", "radius", "ulna", "biceps"}) {
    scene::MeshView mesh;
    mesh.name = id;
    mesh.mesh = std::make_shared<const scene::TriangleMesh>(scene::makeBox({x, 0, 0}, {x + 0.5, 0.5, 0.5}));
    made->views.emplace_back(mesh);
    scene::LabelView label;
    label.text = id;
    label.structure = id;
    label.position = {x + 0.25, 0.25, 0.5};
    made->views.emplace_back(label);
    x += 1;
  }
  scene::LinesView arrow;
  arrow.name = "force";
  arrow.polylines = {{{0, 0, 0}, {0.1, 0, 0}}};
  made->views.emplace_back(arrow);
  return made;
}

std::vector<std::string> meshesOf(const scene::Frame& frame) {
  std::vector<std::string> names;
  for (const scene::View& view : frame.views)
    if (std::holds_alternative<scene::MeshView>(view)) names.push_back(scene::nameOf(view));
  return names;
}
std::vector<std::string> labelsOf(const scene::Frame& frame) {
  std::vector<std::string> texts;
  for (const scene::View& view : frame.views)
    if (const auto* label = std::get_if<scene::LabelView>(&view)) texts.push_back(label->text);
  return texts;
}
const scene::MeshView& meshOf(const scene::Frame& frame, const std::string& name) {
  for (const scene::View& view : frame.views)
    if (const auto* mesh = std::get_if<scene::MeshView>(&view); mesh && mesh->name == name) return *mesh;
  throw std::runtime_error("no mesh " + name);
}

Looking looking() {
  Looking made;
  made.setCatalogue(body());
  made.setNames(Names::all);
  return made;
}

TEST(Looking, PeelsFromOutsideAndKeepsTheLastLayer) {
  Looking look = looking();
  EXPECT_EQ(look.layerCount(), 3);
  EXPECT_THAT(meshesOf(*look.apply(frame())), ElementsAre("skin", "radius", "ulna", "biceps"));
  look.peel(1);
  EXPECT_THAT(meshesOf(*look.apply(frame())), ElementsAre("radius", "ulna", "biceps"));
  look.peel(9);
  EXPECT_EQ(look.peeled(), 2);
  EXPECT_THAT(meshesOf(*look.apply(frame())), ElementsAre("radius", "ulna"));
  EXPECT_THAT(labelsOf(*look.apply(frame())), ElementsAre("radius", "ulna"));
  look.show("biceps", true);
  EXPECT_EQ(look.peeled(), 1) << "what is asked for by name comes forth";
  EXPECT_EQ(look.apply(frame())->views.back().index(), scene::View(scene::LinesView{}).index());
}

TEST(Looking, IsolatesGroupsAndFadesTheRest) {
  Looking look = looking();
  look.peel(1);
  look.isolate("arm", false);
  EXPECT_THAT(meshesOf(*look.apply(frame())), ElementsAre("radius", "ulna"));
  EXPECT_TRUE(look.isVisible("arm"));
  look.isolate("arm", false);
  EXPECT_FALSE(look.isIsolating()) << "a second time takes it back";
  look.isolate("skin", true);
  const auto seen = look.apply(frame());
  EXPECT_THAT(meshesOf(*seen), ElementsAre("skin", "radius", "ulna", "biceps"));
  EXPECT_EQ(meshOf(*seen, "skin").material.opacity, 1) << "isolated though its layer was peeled";
  EXPECT_LT(meshOf(*seen, "ulna").material.opacity, 0.5);
  EXPECT_THAT(labelsOf(*seen), ElementsAre("skin")) << "ghosts have no names";
  look.isolate("no such thing", false);
  EXPECT_TRUE(look.isIsolated("skin"));
}

TEST(Looking, HidesAndShows) {
  Looking look = looking();
  look.show("arm", false);
  EXPECT_THAT(meshesOf(*look.apply(frame())), ElementsAre("skin", "biceps"));
  EXPECT_FALSE(look.isVisible("ulna"));
  look.show("ulna", true);
  EXPECT_THAT(meshesOf(*look.apply(frame())), ElementsAre("skin", "ulna", "biceps"));
  look.showAll();
  EXPECT_THAT(meshesOf(*look.apply(frame())), testing::SizeIs(4));
}

TEST(Looking, PullsThingsApartFromTheMiddle) {
  Looking look = looking();
  look.explode(1);
  const auto seen = look.apply(frame());
  // Boxes' middles are at 0.25, 1.25, 2.25, 3.25 m, the whole's at 1.75.
  EXPECT_DOUBLE_EQ(meshOf(*seen, "skin").instances.at(0).translation.x, 0.25 - 1.75);
  EXPECT_DOUBLE_EQ(meshOf(*seen, "biceps").instances.at(0).translation.x, 3.25 - 1.75);
  for (const scene::View& view : seen->views) {
    const auto* label = std::get_if<scene::LabelView>(&view);
    if (label != nullptr && label->structure == "biceps") {
      EXPECT_DOUBLE_EQ(label->position.x, 3.25 + 1.5) << "names go with their things";
    }
  }
  EXPECT_TRUE(meshOf(*frame(), "skin").instances.empty()) << "the frame itself stays";
  const scene::Bounds room = look.boundsOf("arm", *seen);
  EXPECT_DOUBLE_EQ(room.lower.x, 1 - 0.5);
  EXPECT_DOUBLE_EQ(room.upper.x, 2.5 + 0.5);
}

TEST(Looking, CutsAcrossTheScene) {
  Looking look = looking();
  look.setCut(Cut{0, 0.25, false});
  const scene::ClipPlane plane = look.apply(frame())->clips.at(0);
  // Kept: x below a quarter of 0 to 3.5 m.
  EXPECT_DOUBLE_EQ(plane.normal.x, -1);
  EXPECT_DOUBLE_EQ(plane.offset, -0.875);
  look.setCut(Cut{0, 0.25, true});
  EXPECT_DOUBLE_EQ(look.apply(frame())->clips.at(0).offset, 0.875);
  look.setCut(std::nullopt);
  EXPECT_THAT(look.apply(frame())->clips, IsEmpty());
}

TEST(Looking, NamesWhatIsChosenAndHidesNamesInAQuiz) {
  Looking look = looking();
  look.setNames(Names::chosen);
  EXPECT_THAT(labelsOf(*look.apply(frame())), IsEmpty());
  look.choose("arm");
  EXPECT_THAT(labelsOf(*look.apply(frame())), ElementsAre("radius", "ulna", "the arm"))
      << "a group without a label of its own gets one";
  EXPECT_GT(meshOf(*look.apply(frame()), "ulna").material.emission.blue, 0);
  look.setLanguage("fr");
  EXPECT_EQ(labelsOf(*look.apply(frame())).back(), "le arm");
  look.pin("biceps");
  EXPECT_THAT(labelsOf(*look.apply(frame())), ElementsAre("?"));
  EXPECT_EQ(meshOf(*look.apply(frame()), "biceps").material.opacity, 1);
  EXPECT_LT(meshOf(*look.apply(frame()), "skin").material.opacity, 0.5) << "it is seen through the others";
  look.pin("");
  look.choose("nobody");
  EXPECT_THAT(look.chosen(), IsEmpty());
}

TEST(Looking, WithoutACatalogueNothingChanges) {
  const Looking look;
  const auto original = frame();
  EXPECT_EQ(look.apply(original), original);
}

TEST(Quiz, AsksEachOnceAndTheMissedOnesAgain) {
  Quiz quiz;
  quiz.begin(body(), QuizKind::find, 10, 7);
  ASSERT_EQ(quiz.count(), 4U) << "groups are not asked for";
  std::set<std::string> asked;
  std::string missed;
  for (std::size_t i = 0; i < 4; ++i) {
    asked.insert(quiz.asked());
    if (i == 2) missed = quiz.asked();
    EXPECT_EQ(quiz.answer(i == 2 ? "nothing" : quiz.asked()), i != 2);
  }
  EXPECT_EQ(asked.size(), 4U);
  EXPECT_FALSE(quiz.isOver());
  EXPECT_EQ(quiz.asked(), missed);
  quiz.skip();
  EXPECT_TRUE(quiz.isOver()) << "a second miss does not come back again";
  EXPECT_EQ(quiz.right(), 3U);
  EXPECT_THAT(quiz.missed(), ElementsAre(missed));
  EXPECT_FALSE(quiz.answer("late"));
}

TEST(Quiz, TheSameSeedDrawsTheSame) {
  Quiz one, two, other;
  one.begin(body(), QuizKind::name, 4, 3);
  two.begin(body(), QuizKind::name, 4, 3);
  EXPECT_EQ(one.asked(), two.asked());
  EXPECT_TRUE(one.answer("THE " + one.asked())) << "any spelling of a name";
  other.begin(std::make_shared<const lab::Catalogue>(), QuizKind::name, 4, 3);
  EXPECT_FALSE(other.isRunning());
}

TEST(Tape, MeasuresLengthsAndAngles) {
  Tape tape;
  EXPECT_EQ(tape.text(), "");
  tape.add({0, 0, 0});
  EXPECT_EQ(tape.views().size(), 1U);
  tape.add({0.03, 0.04, 0});
  EXPECT_DOUBLE_EQ(tape.length(), 0.05);
  EXPECT_EQ(tape.text(), "50 mm");
  tape.add({0.03 - 0.04, 0.04 + 0.03, 0});
  EXPECT_NEAR(tape.angle(), std::numbers::pi / 2, 1e-15);
  EXPECT_EQ(tape.text(), "50 mm, 90.0°");
  tape.add({1, 1, 1});
  EXPECT_EQ(tape.points().size(), 1U) << "a fourth begins anew";
  tape.add({1, 1, 1});
  tape.add({2, 1, 1});
  EXPECT_EQ(tape.angle(), 0) << "no angle where two points are one";
  tape.clear();
  EXPECT_THAT(tape.views(), IsEmpty());
}

}  // namespace
}  // namespace aula::desktop
