// SPDX-License-Identifier: Apache-2.0
#include "lab/session/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"

namespace aula::lab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Structure named(std::string id, std::string en, std::string latin, std::vector<std::string> synonyms = {},
                std::string parent = "") {
  Structure structure;
  structure.id = std::move(id);
  structure.name.byLanguage = {{"en", std::move(en)}};
  structure.latin = std::move(latin);
  structure.synonyms = std::move(synonyms);
  structure.parent = std::move(parent);
  return structure;
}

Catalogue arm() {
  Structure group = named("biceps_brachii", "Biceps brachii", "Musculus biceps brachii");
  group.name.byLanguage["zh"] = "肱二头肌";
  group.name.byLanguage["fr"] = "Biceps brachial";
  group.isDrawn = false;
  return Catalogue(
      {group,
       named("biceps_brachii_long_head", "Long head of biceps brachii",
             "Caput longum musculi bicipitis brachii", {}, "biceps_brachii"),
       named("biceps_femoris", "Biceps femoris", "Musculus biceps femoris"),
       named("inguinal_ligament", "Inguinal ligament", "Ligamentum inguinale", {"Poupart's ligament"}),
       named("ulna", "Ulna", "Ulna", {"Élbow bone", "cúbito"})});
}

std::vector<std::string> idsOf(const std::vector<const Structure*>& found) {
  std::vector<std::string> ids;
  for (const Structure* structure : found) ids.push_back(structure->id);
  return ids;
}

TEST(Catalogue, NamesAreFoldedToWhatSpellingsHaveInCommon) {
  EXPECT_EQ(foldedName("  Poupart's  Ligament "), "poupart s ligament");
  EXPECT_EQ(foldedName("Cúbito, OS-naviculare"), "cubito os naviculare");
  EXPECT_EQ(foldedName("Œsophage Straße Ærø ÿ"), "oesophage strasse aero y");
  EXPECT_EQ(foldedName("Cu\u0301bito"), "cubito") << "an accent written apart";
  EXPECT_EQ(foldedName("肱二头肌"), "肱二头肌");
  EXPECT_EQ(foldedName("\xFF\xFE"), "") << "not UTF-8: no name";
  EXPECT_EQ(foldedName("..."), "");
}

TEST(Catalogue, EveryLatinLetterLosesItsAccent) {
  const std::vector<std::pair<const char*, const char*>> letters{
      {"ÀÁÂÃÄÅ", "aaaaaa"}, {"Ç", "c"},           {"ÈÉÊË", "eeee"},     {"ÌÍÎÏ", "iiii"}, {"Ñ", "n"},
      {"ÒÓÔÕÖØ", "oooooo"}, {"ÙÚÛÜ", "uuuu"},     {"àáâãäå", "aaaaaa"}, {"ç", "c"},       {"èéêë", "eeee"},
      {"ñ", "n"},           {"òóôõöø", "oooooo"}, {"ùúûü", "uuuu"},     {"ÿ", "y"},       {"ĀāĂă", "aaaa"},
      {"Čč", "cc"},         {"Đđ", "dd"},         {"Ğğ", "gg"},         {"Łł", "ll"},     {"Őő", "oo"},
      {"Řř", "rr"},         {"Šš", "ss"},         {"Ţţ", "tt"},         {"Ůů", "uu"},     {"Žž", "zz"}};
  for (const auto& [accented, plain] : letters) EXPECT_EQ(foldedName(accented), plain) << accented;
}

TEST(Catalogue, WholeNamesComeFirstThenBeginningsThenParts) {
  const Catalogue catalogue = arm();
  EXPECT_THAT(idsOf(catalogue.search("biceps")),
              ElementsAre("biceps_brachii", "biceps_femoris", "biceps_brachii_long_head"));
  EXPECT_THAT(idsOf(catalogue.search("poupart")), ElementsAre("inguinal_ligament"));
  EXPECT_THAT(idsOf(catalogue.search("cubito")), ElementsAre("ulna"));
  EXPECT_THAT(idsOf(catalogue.search("brachii biceps long")), ElementsAre("biceps_brachii_long_head"));
  EXPECT_THAT(idsOf(catalogue.search("二头")), ElementsAre("biceps_brachii"));
  EXPECT_THAT(catalogue.search("knee"), testing::IsEmpty());
  EXPECT_THAT(catalogue.search(" - "), testing::IsEmpty());
}

TEST(Catalogue, AnAnswerMayLeaveOutWhatDoesNotMatter) {
  const Catalogue catalogue = arm();
  for (const char* answer :
       {"Biceps brachii", "the biceps brachii muscle", "musculus biceps brachii", "M. biceps brachii",
        "le muscle biceps brachial", "肱二头肌", "肱二头", "BICEPS-BRACHII"})
    EXPECT_TRUE(catalogue.isNamed("biceps_brachii", answer)) << answer;
  for (const char* answer : {"biceps", "biceps femoris", "muscle", "", "the"})
    EXPECT_FALSE(catalogue.isNamed("biceps_brachii", answer)) << answer;
  EXPECT_FALSE(catalogue.isNamed("nothing", "biceps brachii"));
}

TEST(Catalogue, ABranchIsAStructureWithAllBelowIt) {
  const Catalogue catalogue = arm();
  EXPECT_THAT(idsOf(catalogue.branch("biceps_brachii")),
              ElementsAre("biceps_brachii", "biceps_brachii_long_head"));
  EXPECT_THAT(catalogue.branch("nothing"), testing::IsEmpty());
}

std::string problemOf(std::vector<Structure> structures) {
  try {
    const Catalogue catalogue(std::move(structures));
    return "";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
}

TEST(Catalogue, RefusesWhatHangsTogetherWrongly) {
  EXPECT_THAT(problemOf({named("a", "A", ""), named("a", "B", "")}),
              HasSubstr("two structures have the id \"a\""));
  EXPECT_THAT(problemOf({named("a", "A", "", {}, "b")}), HasSubstr("its parent \"b\" is not there"));
  EXPECT_THAT(problemOf({named("a", "A", "", {}, "b"), named("b", "B", "", {}, "a")}),
              HasSubstr("a part of itself"));
}

}  // namespace
}  // namespace aula::lab
