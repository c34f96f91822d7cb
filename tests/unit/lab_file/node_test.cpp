// SPDX-License-Identifier: Apache-2.0
#include "lab/file/node.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "lab_text.h"

namespace aula::lab {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A lab whose simulation section has these members.
std::shared_ptr<const Lab> labWith(const std::string& members, const std::string& knobs = "{}") {
  return readLab(labText("{\"kind\": \"test\", " + members + "}", knobs));
}

/// What reading one member says.
template <class Read>
std::string problem(const std::string& members, Read read) {
  const auto lab = labWith(members);
  (void)read(lab->simulation());
  return errorsOf(*lab);
}

TEST(Node, ReadsQuantities) {
  const auto lab = labWith(
      "\"a\": \"20 nm\", \"b\": 1.5, \"c\": 0, \"d\": \"30 deg\", \"e\": [\"1 um\", 0, \"gap / 2\"],"
      "\"f\": \"2 %\", \"g\": \"infinite\"",
      "{\"gap\": {\"default\": \"6 um\", \"range\": [0, \"1 m\"], \"unit\": \"um\"}}");
  const Node node = lab->simulation();
  EXPECT_EQ(node.quantity("a", "m"), 20e-9);
  EXPECT_EQ(node.quantity("b", "1"), 1.5);
  EXPECT_EQ(node.quantity("c", "m"), 0);
  EXPECT_NEAR(node.quantity("d", "rad"), M_PI / 6, 1e-15);
  EXPECT_EQ(node.quantity("none", "m", kPositive, 3.0), 3.0);
  EXPECT_EQ(node.vector("e", "m"), (core::Vec3{1e-6, 0, 3e-6}));
  EXPECT_EQ(node.vector("none", "m", kAnyValue, {1, 2, 3}), (core::Vec3{1, 2, 3}));
  EXPECT_EQ(node.quantities("e", "m").size(), 3U);
  EXPECT_EQ(node.tolerance("f", "m")->value, 0.02);
  EXPECT_TRUE(node.tolerance("f", "m")->isRelative);
  EXPECT_EQ(node.tolerance("a", "m")->value, 20e-9);
  EXPECT_FALSE(node.tolerance("a", "m")->isRelative);
  EXPECT_FALSE(node.tolerance("none", "m").has_value());
  EXPECT_EQ(node.quantity("g", "m", {0, kInfinity, true, true}), kInfinity);
  EXPECT_EQ(errorsOf(*lab), "");
}

TEST(Node, ReadsExpressionsWithVariables) {
  const auto lab = labWith("\"a\": \"(right - left) / gap\", \"b\": \"width\"",
                           "{\"gap\": {\"default\": \"6 um\", \"range\": [0, \"1 m\"], \"unit\": \"um\"}}");
  const Node node = lab->simulation();
  const std::vector<Variable> variables = {{"left", 1e-6, "m"}, {"right", 4e-6, "um"}};
  EXPECT_NEAR(node.quantityWith("a", "1", variables), 0.5, 1e-15);
  EXPECT_EQ(errorsOf(*lab), "");
  EXPECT_TRUE(std::isnan(node.quantityWith("b", "m", variables)));
  EXPECT_EQ(errorsOf(*lab),
            "simulation.b: \"width\": there is no knob called \"width\"; there are gap, left and right");
  // What could not be measured gives no value, and no second complaint.
  EXPECT_TRUE(std::isnan(node.quantityWith("a", "1", {{"left", NAN, "m"}, {"right", 4e-6, "m"}})));
  EXPECT_EQ(lab->diagnostics().errors().size(), 1U);
}

TEST(Node, SaysWhatIsWrongWithAQuantity) {
  const auto length = [](const Node& node) { return node.quantity("a", "m", kPositive); };
  EXPECT_EQ(problem("\"a\": \"20 s\"", length),
            "simulation.a: \"20 s\" is a time, a length is needed, for example \"20 nm\"");
  EXPECT_EQ(problem("\"a\": 20", length),
            "simulation.a: 20 has no unit, a length is needed, for example \"20 nm\"");
  EXPECT_EQ(problem("\"a\": \"-20 nm\"", length), "simulation.a: \"-20 nm\" must be greater than 0 m");
  EXPECT_EQ(problem("\"a\": true", length),
            "simulation.a: true stands where a length is needed, for example \"20 nm\"");
  EXPECT_EQ(problem("\"a\": null", length),
            "simulation.a: null stands where a length is needed, for example \"20 nm\"");
  EXPECT_EQ(problem("\"a\": {}", length),
            "simulation.a: an object stands where a length is needed, for example \"20 nm\"");
  EXPECT_EQ(problem("\"b\": 1", length), "simulation.a: missing; a length is needed, for example \"20 nm\"");
  EXPECT_EQ(problem("\"a\": \"infinite\"", length),
            "simulation.a: infinity is not possible here; a length is needed, for example \"20 nm\"");
  EXPECT_EQ(problem("\"a\": 30", [](const Node& n) { return n.quantity("a", "rad"); }),
            "simulation.a: 30 has no unit, an angle is needed, for example \"30 deg\"");
  EXPECT_EQ(problem("\"a\": \"3 m\"", [](const Node& n) { return n.quantity("a", "1"); }),
            "simulation.a: \"3 m\" is a length, a pure number is needed, for example 1.5");
  EXPECT_EQ(problem("\"a\": \"3 m\"",
                    [](const Node& n) {
                      return n.quantity("a", "m", {1e-6, 2e-3});
                    }),
            "simulation.a: \"3 m\" is outside the range from 1 um to 2 mm");
  EXPECT_EQ(problem("\"a\": \"3 m\"",
                    [](const Node& n) {
                      return n.quantity("a", "m", {-INFINITY, 2});
                    }),
            "simulation.a: \"3 m\" must not be greater than 2 m");
  EXPECT_EQ(problem("\"a\": -1", [](const Node& n) { return n.quantity("a", "1", kNotNegative); }),
            "simulation.a: -1 must not be less than 0");
}

TEST(Node, SaysWhatIsWrongWithAVector) {
  const auto vector = [](const Node& node) { return node.vector("a", "m"); };
  const std::string needed =
      "three values are needed, [x, y, z]; for each a length is needed, for example \"20 nm\"";
  EXPECT_EQ(problem("\"a\": [0, 0]", vector), "simulation.a: an array of 2 stands where " + needed);
  EXPECT_EQ(problem("\"a\": \"1 m\"", vector), "simulation.a: the text \"1 m\" stands where " + needed);
  EXPECT_EQ(problem("\"b\": 0", vector), "simulation.a: missing; " + needed);
  EXPECT_EQ(problem("\"a\": [0, 5, \"1 s\"]", vector),
            "simulation.a[1]: 5 has no unit, a length is needed, for example \"20 nm\"\n"
            "simulation.a[2]: \"1 s\" is a time, a length is needed, for example \"20 nm\"");
}

TEST(Node, ReadsIntegers) {
  const auto lab = labWith("\"a\": 3, \"b\": \"2 * order\", \"c\": 4.0",
                           "{\"order\": {\"default\": 2, \"range\": [1, 5], \"unit\": \"1\"}}");
  EXPECT_EQ(lab->simulation().integer("a", 1, 10), 3);
  EXPECT_EQ(lab->simulation().integer("b", 1, 10), 4);
  EXPECT_EQ(lab->simulation().integer("c", 1, 10), 4);
  EXPECT_EQ(lab->simulation().integer("none", 1, 10, 7), 7);
  EXPECT_EQ(errorsOf(*lab), "");
  const auto integer = [](const Node& node) { return node.integer("a", 1, 10); };
  const std::string needed = " stands where a whole number from 1 to 10 is needed";
  EXPECT_EQ(problem("\"a\": 11", integer), "simulation.a: the number 11" + needed);
  EXPECT_EQ(problem("\"a\": 2.5", integer), "simulation.a: the number 2.5" + needed);
  EXPECT_EQ(problem("\"a\": 18446744073709551615", integer),
            "simulation.a: the number 1.8446744073709552e+19" + needed);
  EXPECT_EQ(problem("\"a\": \"2.5\"", integer), "simulation.a: the text \"2.5\"" + needed);
  EXPECT_EQ(problem("\"a\": []", integer), "simulation.a: an array" + needed);
  EXPECT_EQ(problem("\"b\": 1", integer), "simulation.a: missing; a whole number from 1 to 10 is needed");
}

TEST(Node, ReadsWordsAndTexts) {
  const auto lab = labWith(
      "\"a\": \"pec\", \"b\": \"free text\", \"c\": [\"x\", \"y\"], \"d\": {\"en\": \"E\", \"es\": \"S\"},"
      "\"e\": true");
  const Node node = lab->simulation();
  EXPECT_EQ(node.word("a", {"pec", "pmc"}), "pec");
  EXPECT_EQ(node.word("none", {"pec", "pmc"}, "pmc"), "pmc");
  EXPECT_EQ(node.text("b"), "free text");
  EXPECT_TRUE(node.isText("b"));
  EXPECT_FALSE(node.isText("e"));
  EXPECT_EQ(node.texts("c"), (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(node.localText("d").in("es"), "S");
  EXPECT_EQ(node.localText("b").in("es"), "free text");
  EXPECT_TRUE(node.boolean("e", false));
  EXPECT_EQ(errorsOf(*lab), "");

  const auto word = [](const Node& n) { return n.word("a", {"pec", "pmc", "periodic"}); };
  EXPECT_EQ(problem("\"a\": \"perodic\"", word),
            "simulation.a: \"perodic\" is not known here; did you mean \"periodic\"? \"pec\", \"pmc\" or "
            "\"periodic\" is needed");
  EXPECT_EQ(problem("\"a\": \"open\"", word),
            "simulation.a: \"open\" is not known here; \"pec\", \"pmc\" or \"periodic\" is needed");
  EXPECT_EQ(problem("\"a\": 3", word),
            "simulation.a: the number 3 stands where \"pec\", \"pmc\" or \"periodic\" is needed");
  EXPECT_EQ(problem("\"a\": 3", [](const Node& n) { return n.text("a"); }),
            "simulation.a: the number 3 stands where a text is needed");
  EXPECT_EQ(problem("\"a\": [1]", [](const Node& n) { return n.texts("a"); }),
            "simulation.a[0]: the number 1 stands where a text is needed");
  EXPECT_EQ(problem("\"a\": {\"fr\": \"x\"}", [](const Node& n) { return n.localText("a"); }),
            "simulation.a.en: missing; a text is needed");
  EXPECT_EQ(problem("\"a\": 1", [](const Node& n) { return n.boolean("a", true); }),
            "simulation.a: the number 1 stands where true or false is needed");
}

TEST(Node, ReadsObjects) {
  const auto lab = labWith(
      "\"a\": {\"x\": 1}, \"list\": [{\"x\": 1}, {\"x\": 2}], \"named\": {\"second\": {}, \"first\": {}}");
  const Node node = lab->simulation();
  EXPECT_EQ(node.child("a").quantity("x", "1"), 1);
  EXPECT_EQ(node.children("list")[1].path(), "simulation.list[1]");
  EXPECT_EQ(node.members("named")[0].first, "second");
  EXPECT_FALSE(node.optionalChild("none").has_value());
  EXPECT_EQ(errorsOf(*lab), "");
  EXPECT_EQ(problem("\"a\": [1]", [](const Node& n) { return n.child("a").quantity("x", "m"); }),
            "simulation.a: an array stands where an object {...} is needed");
  EXPECT_EQ(problem("\"b\": 1", [](const Node& n) { return n.child("a").quantity("x", "m"); }),
            "simulation.a: missing; an object {...} is needed");
  EXPECT_EQ(problem("\"a\": [{}, 1]", [](const Node& n) { return n.children("a").size(); }),
            "simulation.a[1]: the number 1 stands where an object {...} is needed");
  EXPECT_EQ(problem("\"a\": {\"b\": 1}", [](const Node& n) { return n.members("a").size(); }),
            "simulation.a.b: the number 1 stands where an object {...} is needed");
}

TEST(Node, KnowsWhichKeysWereRead) {
  const auto lab = labWith(
      "\"cell\": \"1 m\", \"materials\": [{\"permitivity\": 2, \"comment\": \"ours\"}], \"$schema\": \"s\","
      "\"colour\": 1, \"unread\": {\"x\": 1}");
  const Node node = lab->simulation();
  (void)node.quantity("cell", "m");
  (void)node.has("unread");
  for (const Node& material : node.children("materials")) {
    (void)material.quantity("permittivity", "1", kPositive, 1.0);
    (void)material.quantity("permeability", "1", kPositive, 1.0);
  }
  lab->reportUnusedKeys();
  EXPECT_EQ(errorsOf(*lab),
            "simulation.materials[0].permitivity: unknown key; did you mean \"permittivity\"?\n"
            "simulation.colour: unknown key; known here: cell, kind, materials and unread");
}

// Of an object whose kind is unknown nothing more can be said; a misspelt kind is read as what was meant.
TEST(Node, AnUnknownKindIsOneProblem) {
  const auto read = [](const std::string& kind) {
    const auto lab = labWith("\"source\": {\"kind\": \"" + kind + "\", \"position\": 0}");
    const Node source = lab->simulation().child("source");
    if (source.word("kind", {"sheet", "dipole"}) == "dipole") {
      (void)source.quantity("position", "m");
    } else {
      (void)source.quantity("height", "m");
    }
    lab->reportUnusedKeys();
    return errorsOf(*lab);
  };
  EXPECT_EQ(read("dipol"),
            "simulation.source.kind: \"dipol\" is not known here; did you mean \"dipole\"? \"sheet\" or "
            "\"dipole\" is needed");
  EXPECT_EQ(read("laser"),
            "simulation.source.kind: \"laser\" is not known here; \"sheet\" or \"dipole\" is needed");
}

TEST(Node, CountsWhatItDoesNotList) {
  const auto lab = labWith("\"a\": [" + [] {
    std::string entries = "1";
    for (int i = 0; i < 39; ++i) entries += ", 1";
    return entries;
  }() + "]");
  (void)lab->simulation().quantities("a", "m");
  EXPECT_EQ(lab->diagnostics().errors().size(), Diagnostics::kMaximumListed);
  try {
    lab->diagnostics().throwIfErrors();
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_TRUE(std::string(error.what()).ends_with("\ntest.lab.json: and 15 more"));
  }
}

}  // namespace
}  // namespace aula::lab
