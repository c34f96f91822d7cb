// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/selection.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "unit/molecular_analysis/systems.h"

namespace aula::tests {
namespace {

using namespace molecular;

/// A residue of protein, one of water, an ion: eight atoms.
System small() {
  return makeSystem({{"N", 7, "ALA", 10, "A", {0.1, 1, 1}, -0.4},
                     {"CA", 6, "ALA", 10, "A", {0.24, 1, 1}, 0.03},
                     {"CB", 6, "ALA", 10, "A", {0.24, 1.15, 1}, -0.18},
                     {"C", 6, "ALA", 10, "A", {0.38, 1, 1}, 0.6},
                     {"OW", 8, "SOL", 11, "", {1.95, 1, 1}, -0.83},
                     {"HW1", 1, "SOL", 11, "", {1.9, 1.08, 1}, 0.42},
                     {"HW2", 1, "SOL", 11, "", {1.9, 0.92, 1}, 0.42},
                     {"NA", 11, "NA", 12, "", {1, 1, 1}, 1}},
                    {{0, 1}, {1, 2}, {1, 3}, {4, 5}, {4, 6}}, rectangularBox(2, 2, 2));
}

using Atoms = std::vector<int>;
Atoms selected(const std::string& text) {
  const System system = small();
  return Selection::parse(text).evaluate(system.topology, system.state);
}

TEST(Selection, KnowsItsWords) {
  EXPECT_EQ(selected("all").size(), 8U);
  EXPECT_EQ(selected("none"), Atoms{});
  EXPECT_EQ(selected("protein"), (Atoms{0, 1, 2, 3}));
  EXPECT_EQ(selected("water"), (Atoms{4, 5, 6}));
  EXPECT_EQ(selected("ion"), (Atoms{7}));
  EXPECT_EQ(selected("backbone"), (Atoms{0, 1, 3}));
  EXPECT_EQ(selected("sidechain"), (Atoms{2}));
  EXPECT_EQ(selected("hydrogen"), (Atoms{5, 6}));
  EXPECT_EQ(selected("name CA CB"), (Atoms{1, 2}));
  EXPECT_EQ(selected("name C?"), (Atoms{1, 2}));
  EXPECT_EQ(selected("name *W*"), (Atoms{4, 5, 6}));
  EXPECT_EQ(selected("resname SOL NA"), (Atoms{4, 5, 6, 7}));
  EXPECT_EQ(selected("resid 11-12"), (Atoms{4, 5, 6, 7}));
  EXPECT_EQ(selected("index 1 3-4"), (Atoms{0, 2, 3}));
  EXPECT_EQ(selected("chain A"), (Atoms{0, 1, 2, 3}));
  EXPECT_EQ(selected("element O N"), (Atoms{0, 4}));
  EXPECT_EQ(selected("charge < -0.5"), (Atoms{4}));
  EXPECT_EQ(selected("x > 1.5 and heavy"), (Atoms{4}));
  EXPECT_EQ(selected("name \"CA\""), (Atoms{1}));
}

TEST(Selection, BindsNotBeforeAndBeforeOr) {
  EXPECT_EQ(selected("ion or protein and not name CA CB"), (Atoms{0, 3, 7}));
  EXPECT_EQ(selected("(ion or protein) and not (name CA or name CB)"), (Atoms{0, 3, 7}));
  EXPECT_EQ(selected("not not ion"), (Atoms{7}));
  EXPECT_EQ(selected("not ion or ion").size(), 8U);
}

TEST(Selection, FindsNeighboursAcrossTheBoxesFaces) {
  // The water's oxygen lies 0.15 nm from the nitrogen, through the face.
  EXPECT_EQ(selected("within 0.16 nm of name N"), (Atoms{0, 1, 4}));
  EXPECT_EQ(selected("within 1.6 angstrom of name N"), (Atoms{0, 1, 4}));
  EXPECT_EQ(selected("water and within 0.16 nm of protein"), (Atoms{4}));
  EXPECT_EQ(selected("same residue as within 0.16 nm of name N"), (Atoms{0, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(selected("same molecule as name CB"), (Atoms{0, 1, 2, 3}));
  EXPECT_TRUE(Selection::parse("protein and within 1 nm of ion").isDynamic());
  EXPECT_FALSE(Selection::parse("protein and resid 4").isDynamic());
}

std::string complaint(const std::string& text) {
  try {
    (void)selected(text);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "nothing was wrong";
}

TEST(Selection, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(complaint(""), "the selection is empty; write \"all\" for every atom");
  EXPECT_EQ(complaint("name"),
            "column 5: it ends here, but a name to look for was expected, for example \"name CA\"");
  EXPECT_EQ(complaint("(protein"), "column 9: it ends here, but a closing parenthesis was expected");
  EXPECT_EQ(complaint("protein water"), "column 9: found \"water\", but and, or or the end was expected");
  EXPECT_EQ(complaint("resid x"),
            "column 7: found \"x\", but a number or a range such as 10-20 was expected");
  EXPECT_EQ(complaint("within 0.3 of ion"),
            "column 12: found \"of\", but the distance's unit was expected: nm or angstrom");
  EXPECT_EQ(complaint("within 5 nm of ion"),
            "a distance of 5 nm is more than half the box's width; at most 1 nm can be looked at");
  EXPECT_EQ(complaint("name \"CA"), "column 6: the quotation mark is not closed");
  EXPECT_NE(complaint("protien").find("did you mean \"protein\"?"), std::string::npos)
      << complaint("protien");
  EXPECT_EQ(complaint(std::string(3000, '(')), "the selection is 3000 bytes long; at most 2000 are read");
  EXPECT_NE(complaint(std::string(1000, '(')).find("not more than 64 levels"), std::string::npos);
}

TEST(Selection, NeverFailsOtherwiseOnWordsByChance) {
  const std::vector<std::string> words{
      "all",   "protein", "not",  "and",     "or", "(",      ")", "name", "CA", "within", "0.3", "nm",  "of",
      "resid", "1-4",     "same", "residue", "as", "charge", "<", "-1",   "\"", "*",      "x",   "\xff"};
  Chance chance(17);
  const System system = small();
  int understood = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    const int length = 1 + static_cast<int>(9 * chance.next());
    for (int n = 0; n < length; ++n)
      text += words[static_cast<std::size_t>(chance.next() * double(words.size()))] + " ";
    try {
      (void)Selection::parse(text).evaluate(system.topology, system.state);
      ++understood;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.fault(), core::Fault::input) << text;
    }
  }
  EXPECT_GT(understood, 100);
}

}  // namespace
}  // namespace aula::tests
