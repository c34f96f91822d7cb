// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "anatomy/model/atlas.h"
#include "core/error.h"

using namespace aula;

namespace {

/// A whole file, of which each test changes one place.
const std::string kGood = R"({
  "systems": {"bones": {"en": "Bones", "zh": "骨", "fr": "Os", "es": "Huesos"}},
  "structures": {
    "arm": {"latin": "Brachium", "name": {"en": "Arm", "zh": "臂", "fr": "Bras", "es": "Brazo"},
      "system": "bones", "layer": 3, "group": true,
      "function": {"en": "a", "zh": "b", "fr": "c", "es": "d"}},
    "humerus": {"latin": "Humerus", "number": "A02.4.04.001",
      "name": {"en": "Humerus", "zh": "肱骨", "fr": "Humérus", "es": "Húmero"},
      "synonyms": ["Arm bone"], "system": "bones", "layer": 3, "parent": "arm",
      "function": {"en": "a", "zh": "b", "fr": "c", "es": "d"}},
    "brachialis": {"latin": "Musculus brachialis",
      "name": {"en": "Brachialis", "zh": "肱肌", "fr": "Brachial", "es": "Braquial"},
      "system": "bones", "layer": 2,
      "muscle": {"origins": ["humerus"], "insertions": [],
        "origin": {"en": "a", "zh": "b", "fr": "c", "es": "d"},
        "insertion": {"en": "a", "zh": "b", "fr": "c", "es": "d"},
        "action": {"en": "a", "zh": "b", "fr": "c", "es": "d"},
        "nerve": {"en": "a", "zh": "b", "fr": "c", "es": "d"}}}
  }
})";

std::string changed(const std::string& from, const std::string& to) {
  std::string text = kGood;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string messageOf(const std::string& terms) {
  try {
    (void)anatomy::Atlas::parse(terms, "arm.json");
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "no error";
}

std::string measuresMessage(const std::string& measures) {
  try {
    (void)anatomy::Atlas::parse(kGood, "arm.json", measures, "m.json");
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "no error";
}

TEST(AtlasReader, ReadsTheGoodFile) {
  const auto atlas = anatomy::Atlas::parse(
      kGood, "arm.json",
      R"({"humerus": {"comment": "x", "length": {"value": "32.4 cm", "spread": "1.5 cm", "source": "N 1990"}}})",
      "m.json");
  ASSERT_EQ(atlas->terms().size(), 3U);
  EXPECT_EQ(atlas->terms()[0].structure.id, "arm");
  EXPECT_DOUBLE_EQ(atlas->measure("humerus", "length"), 0.324);
  EXPECT_DOUBLE_EQ(atlas->find("humerus")->measures.at(0).spread, 0.015);
  EXPECT_EQ(atlas->find("humerus")->measures.at(0).source, "N 1990");
  EXPECT_TRUE(atlas->hasMeasure("humerus", "length"));
  EXPECT_FALSE(atlas->hasMeasure("humerus", "width"));
  EXPECT_EQ(atlas->find("brachialis")->structure.facts.size(), 4U);
  EXPECT_EQ(atlas->find("knee"), nullptr);
}

TEST(AtlasReader, AMeasurementThatIsNotThereIsOurOwnMistake) {
  const auto atlas = anatomy::Atlas::parse(
      kGood, "arm.json", R"({"humerus": {"length": {"value": "32 cm", "source": "N 1990"}}})", "m.json");
  const auto message = [&](const char* id, const char* what) -> std::string {
    try {
      (void)atlas->measure(id, what);
    } catch (const core::Error& error) {
      EXPECT_EQ(error.fault(), core::Fault::failure);
      return error.what();
    }
    return "no error";
  };
  EXPECT_EQ(message("humerus", "width"), "the atlas has no measurement \"width\" of humerus; it has length");
  EXPECT_EQ(message("arm", "width"), "the atlas has no measurement \"width\" of arm");
  EXPECT_EQ(message("knee", "width"), "the atlas has no structure \"knee\"");
}

struct Case {
  const char* from;
  const char* to;
  const char* message;
};

TEST(AtlasReader, SaysWhatIsWrongWithTerms) {
  const Case cases[] = {
      {R"("latin": "Humerus", )", "", "structures.humerus.latin: this key is missing"},
      {R"("fr": "Humérus", )", "", "structures.humerus.name.fr: this key is missing"},
      {R"("fr": "Humérus")", R"("fr": "")", "structures.humerus.name.fr: the text is empty"},
      {R"("fr": "Humérus")", R"("fr": "Humérus ")",
       "structures.humerus.name.fr: the text begins or ends with a space"},
      {R"("fr": "Humérus")", R"("fr": "Hum\nrus")",
       R"(structures.humerus.name.fr: the text "Hum\x0Arus" holds a control character)"},
      {R"("fr": "Humérus")", R"("fr": 7)",
       "structures.humerus.name.fr: a text is needed, this is the number 7"},
      {R"("fr": "Humérus")", R"("fr": "Humérus", "it": "Omero")",
       R"(structures.humerus.name: the key "it" is not known here; allowed are en, es, fr and zh)"},
      {R"("fr": "Humérus")", R"("fr": "BRAS")",
       R"(structures.humerus.name.fr: "BRAS" is the name of arm too)"},
      {R"("latin": "Humerus")", R"("latin": "Brachium")",
       R"(structures.humerus.latin: "Brachium" is the name of arm too)"},
      {R"(A02.4.04.001)", "A02..4",
       R"(structures.humerus.number: "A02..4" is no number of the Terminologia Anatomica, for example "A02.4.04.001")"},
      {R"(["Arm bone"])", R"("Arm bone")",
       R"(structures.humerus.synonyms: an array of texts is needed, this is the text "Arm bone")"},
      {R"(["Arm bone"])", R"([null])", "structures.humerus.synonyms[0]: a text is needed, this is null"},
      {R"("system": "bones", "layer": 3, "parent")", R"("system": "bone", "layer": 3, "parent")",
       R"(structures.humerus.system: "bone" is none of "systems": bones)"},
      {R"("layer": 3, "parent")", R"("layer": 10, "parent")",
       "structures.humerus.layer: a whole number from 0 to 9 is needed, this is the number 10"},
      {R"("layer": 3, "parent")", R"("layer": 1.5, "parent")",
       "structures.humerus.layer: a whole number from 0 to 9 is needed, this is the number 1.5"},
      {R"("layer": 3, "parent")", R"("parent")", "structures.humerus.layer: this key is missing"},
      {R"("parent": "arm")", R"("parent": "harm")",
       R"(structures.humerus.parent: there is no structure "harm"; did you mean "arm"?)"},
      {R"("parent": "arm")", R"("parent": "humerus")",
       "structures.humerus.parent: the structure is below itself"},
      {R"("group": true)", R"("group": "yes")",
       R"(structures.arm.group: true or false is needed, this is the text "yes")"},
      {R"("group": true)", R"("grup": true)",
       R"(structures.arm: the key "grup" is not known here; did you mean "group"?)"},
      {R"("origins": ["humerus"])", R"("origins": ["numerus"])",
       R"(structures.brachialis.muscle.origins[0]: there is no structure "numerus"; did you mean "humerus"?)"},
      {R"("insertions": [])", R"("insertions": ["tibia"])",
       R"(structures.brachialis.muscle.insertions[0]: there is no structure "tibia")"},
      {R"("humerus": {)", R"("Humerus!": {)",
       R"(structures: the id "Humerus!" is not made of small letters, digits and _ (at most 64, a letter first))"
       "\narm.json: structures.brachialis.muscle.origins[0]: there is no structure \"humerus\""},
      {R"("muscle": {)", R"("muscle": [], "x": {)",
       "structures.brachialis.muscle: an object is needed, this is an array"
       "\narm.json: structures.brachialis: the key \"x\" is not known here; allowed are function, group, "
       "landmarks, latin, layer, muscle, name, number, parent, synonyms and system"},
      {R"("systems": {"bones": {"en": "Bones", "zh": "骨", "fr": "Os", "es": "Huesos"}},)",
       R"("systems": {"bones": "Bones"},)",
       "systems.bones: an object is needed, this is the text \"Bones\""}};
  for (const Case& one : cases)
    EXPECT_EQ(messageOf(changed(one.from, one.to)), std::string("arm.json: ") + one.message) << one.to;
}

TEST(AtlasReader, ListsEveryProblem) {
  std::string text = changed(R"("layer": 3, "parent")", R"("layer": -1, "parent")");
  text.replace(text.find("\"Arm\""), 5, "false");
  EXPECT_EQ(
      messageOf(text),
      "arm.json: structures.arm.name.en: a text is needed, this is false\n"
      "arm.json: structures.humerus.layer: a whole number from 0 to 9 is needed, this is the number -1");
}

TEST(AtlasReader, SaysWhatIsNoFile) {
  EXPECT_EQ(messageOf("[]"), "arm.json: the file must be an object, this is an array");
  EXPECT_EQ(messageOf("7"), "arm.json: the file must be an object, this is the number 7");
  EXPECT_EQ(messageOf("{}"),
            "arm.json: systems: this key is missing\narm.json: structures: this key is missing");
  EXPECT_EQ(messageOf(R"({"systems": {}, "structures": {}})"), "arm.json: structures: there is no structure");
  EXPECT_EQ(messageOf(R"({"systems": {}, "systems": {}})"),
            R"(arm.json: the key "systems" stands twice in the same object; remove one)");
  EXPECT_EQ(messageOf("\xC3("), "arm.json: the text is not UTF-8");
  EXPECT_EQ(messageOf(std::string((4u << 20U) + 1, ' ')), "arm.json: the file is larger than 4 MiB");
  EXPECT_EQ(messageOf(std::string(100000, '[')),
            "arm.json: objects and arrays are nested deeper than 16 levels");
  EXPECT_TRUE(messageOf("{").starts_with("arm.json: this is not valid JSON: \"line 1, column 2: "))
      << messageOf("{");
  EXPECT_TRUE(messageOf("").starts_with("arm.json: this is not valid JSON: ")) << messageOf("");
}

TEST(AtlasReader, SaysWhatIsWrongWithMeasures) {
  const auto of = [](const std::string& measure) { return R"({"humerus": {"length": )" + measure + "}}"; };
  EXPECT_EQ(measuresMessage(R"({"humeru": {}})"),
            R"(m.json: the terms have no structure "humeru"; did you mean "humerus"?)");
  EXPECT_EQ(measuresMessage(R"({"humerus": 5})"),
            "m.json: humerus: an object is needed, this is the number 5");
  EXPECT_EQ(measuresMessage(of("5")), "m.json: humerus.length: an object is needed, this is the number 5");
  EXPECT_EQ(measuresMessage(of(R"({"source": "N 1990"})")),
            "m.json: humerus.length.value: this key is missing");
  EXPECT_EQ(measuresMessage(of(R"({"value": "3 cm"})")),
            "m.json: humerus.length.source: this key is missing");
  EXPECT_EQ(measuresMessage(of(R"({"value": "3 cm", "source": ""})")),
            "m.json: humerus.length.source: the text is empty");
  EXPECT_EQ(measuresMessage(of(R"({"value": "3 cm", "spread": "1 s", "source": "N 1990"})")),
            R"(m.json: humerus.length.spread: "1 s" is a time, but the value is a length)");
  EXPECT_EQ(measuresMessage(of(R"({"value": "3 cm", "spread": "-1 mm", "source": "N 1990"})")),
            R"(m.json: humerus.length.spread: "-1 mm" is below zero)");
  EXPECT_EQ(measuresMessage(of(R"({"value": "3 cm", "sorce": "x", "source": "N 1990"})")),
            R"(m.json: humerus.length: the key "sorce" is not known here; did you mean "source"?)");
  EXPECT_EQ(
      measuresMessage(R"({"humerus": {"Len": {"value": "3 cm", "source": "N 1990"}}})"),
      R"(m.json: humerus: the measurement "Len" is not made of small letters, digits and _ (at most 64, a letter first))");
  const std::string unit = measuresMessage(of(R"({"value": "3 cmm", "source": "N 1990"})"));
  EXPECT_TRUE(unit.starts_with("m.json: humerus.length: ")) << unit;
  EXPECT_NE(unit.find("cmm"), std::string::npos) << unit;
}

}  // namespace
