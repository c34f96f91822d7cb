// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "anatomy/model/atlas.h"
#include "core/error.h"

using namespace aula;

namespace {

/// "finger_2..5" is four ids.
std::vector<std::string> idsOf(const std::string& list) {
  std::vector<std::string> ids;
  std::istringstream stream(list);
  for (std::string word; stream >> word;) {
    const auto dots = word.find("..");
    if (dots == std::string::npos) {
      ids.push_back(word);
      continue;
    }
    for (char n = word[dots - 1]; n <= word[dots + 2]; ++n) ids.push_back(word.substr(0, dots - 1) + n);
  }
  return ids;
}

struct Expected {
  const char* region;
  const char* drawn;
  const char* groups;
};

/// What shapes and physiology refer to: these ids are for good.
const Expected kExpected[] = {
    {"upper_limb",
     "clavicle scapula humerus radius ulna carpals metacarpal_1..5 proximal_phalanx_1..5 middle_phalanx_2..5 "
     "distal_phalanx_1..5 deltoid biceps_brachii_long_head biceps_brachii_short_head brachialis "
     "brachioradialis triceps_brachii_long_head triceps_brachii_lateral_head triceps_brachii_medial_head "
     "pronator_teres flexor_carpi_radialis extensor_carpi_radialis_longus extensor_digitorum "
     "extensor_carpi_ulnaris skin_upper_limb",
     "hand_skeleton thumb forearm_bones biceps_brachii triceps_brachii forearm_extensors"},
    {"airways",
     "trachea main_bronchus_right main_bronchus_left lobar_bronchus_right_superior "
     "lobar_bronchus_right_middle lobar_bronchus_right_inferior lobar_bronchus_left_superior "
     "lobar_bronchus_left_inferior bronchial_tree_right bronchial_tree_left lobe_right_superior "
     "lobe_right_middle lobe_right_inferior lobe_left_superior lobe_left_inferior pleura_right pleura_left "
     "diaphragm",
     "lung_right lung_left airways"},
    {"heart",
     "left_ventricle right_ventricle interventricular_septum left_atrium right_atrium ascending_aorta "
     "pulmonary_trunk superior_vena_cava inferior_vena_cava pulmonary_veins sinoatrial_node "
     "atrioventricular_node bundle_of_his left_bundle_branch right_bundle_branch purkinje_fibres "
     "mitral_valve tricuspid_valve aortic_valve pulmonary_valve",
     "heart conduction_system"}};

TEST(AnatomyRegions, HaveEveryStructure) {
  for (const Expected& expected : kExpected) {
    const auto atlas = anatomy::Atlas::region(expected.region);
    for (const std::string& id : idsOf(expected.drawn)) {
      ASSERT_NE(atlas->find(id), nullptr) << expected.region << " " << id;
      EXPECT_TRUE(atlas->find(id)->structure.isDrawn) << id;
    }
    for (const std::string& id : idsOf(expected.groups)) {
      ASSERT_NE(atlas->find(id), nullptr) << expected.region << " " << id;
      EXPECT_FALSE(atlas->find(id)->structure.isDrawn) << id;
    }
  }
}

TEST(AnatomyRegions, AreThoseOfTheFolder) {
  EXPECT_THAT(anatomy::Atlas::regions(), testing::ElementsAre("airways", "heart", "upper_limb"));
  try {
    (void)anatomy::Atlas::region("upper_limp");
    FAIL() << "no error";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    EXPECT_STREQ(error.what(),
                 "there is no region \"upper_limp\" in the atlas; did you mean \"upper_limb\"?");
  }
}

TEST(AnatomyRegions, NameEveryStructureInEveryLanguage) {
  for (const std::string& region : anatomy::Atlas::regions()) {
    for (const anatomy::Term& term : anatomy::Atlas::region(region)->terms()) {
      const lab::Structure& structure = term.structure;
      EXPECT_FALSE(structure.latin.empty()) << structure.id;
      ASSERT_FALSE(structure.facts.empty()) << structure.id;
      std::vector<const lab::LocalText*> texts{&structure.name, &structure.system};
      for (const auto& [title, text] : structure.facts) {
        texts.push_back(&title);
        texts.push_back(&text);
      }
      for (const lab::LocalText* text : texts)
        for (const char* language : {"en", "zh", "fr", "es"}) {
          ASSERT_TRUE(text->byLanguage.contains(language)) << structure.id << " " << language;
          EXPECT_FALSE(text->byLanguage.at(language).empty()) << structure.id << " " << language;
        }
      // Chinese is written in Chinese: a line that slipped a column would be Latin letters alone.
      EXPECT_TRUE(std::any_of(structure.name.in("zh").begin(), structure.name.in("zh").end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0x80U) != 0;
      })) << structure.id;
    }
  }
}

TEST(AnatomyRegions, GiveNoNameTwice) {
  for (const std::string& region : anatomy::Atlas::regions()) {
    const auto atlas = anatomy::Atlas::region(region);
    const auto catalogue = atlas->catalogue({});
    // No name or synonym of one structure may be taken for another: a quiz would call a right answer wrong.
    // Sides are the exception: "main bronchus" is accepted for the right one.
    for (const lab::Structure& one : catalogue->all()) {
      std::vector<std::string> names{one.latin};
      for (const auto& [language, name] : one.name.byLanguage) names.push_back(name);
      names.insert(names.end(), one.synonyms.begin(), one.synonyms.end());
      std::set<std::string> folded;
      for (const std::string& name : names) {
        EXPECT_TRUE(catalogue->isNamed(one.id, name)) << one.id << ": " << name;
        for (const lab::Structure& other : catalogue->all())
          EXPECT_TRUE(other.id == one.id || !catalogue->isNamed(other.id, name))
              << name << " is " << one.id << " and " << other.id;
      }
      for (const std::string& synonym : one.synonyms)
        EXPECT_TRUE(folded.insert(lab::foldedName(synonym)).second) << one.id << " twice: " << synonym;
    }
  }
}

TEST(AnatomyRegions, MusclesSayWhereTheyAreAttachedAndByWhichNerveTheyMove) {
  std::size_t muscles = 0;
  for (const std::string& region : anatomy::Atlas::regions()) {
    for (const anatomy::Term& term : anatomy::Atlas::region(region)->terms()) {
      if (!term.isMuscle) continue;
      ++muscles;
      // The diaphragm's bones are not in its region.
      EXPECT_EQ(term.muscle.origins.empty(), term.structure.id == "diaphragm") << term.structure.id;
      EXPECT_EQ(term.muscle.insertions.empty(), term.structure.id == "diaphragm") << term.structure.id;
      for (const auto& [language, nerve] : term.muscle.nerve.byLanguage)
        EXPECT_NE(nerve.find('C'), std::string::npos) << term.structure.id << " " << language << ": roots";
    }
  }
  EXPECT_EQ(muscles, 16U);
}

TEST(AnatomyRegions, AreFoundBySynonymAndEponym) {
  const auto first = [](const char* region, const char* query) {
    const auto catalogue = anatomy::Atlas::region(region)->catalogue({});
    const auto found = catalogue->search(query);
    return found.empty() ? std::string("nothing") : found.front()->id;
  };
  EXPECT_EQ(first("upper_limb", "collar bone"), "clavicle");
  EXPECT_EQ(first("upper_limb", "omoplate"), "scapula");
  EXPECT_EQ(first("upper_limb", "cubitus"), "ulna");
  EXPECT_EQ(first("upper_limb", "supinator longus"), "brachioradialis");
  EXPECT_EQ(first("upper_limb", "Palmar mayor"), "flexor_carpi_radialis");
  EXPECT_EQ(first("upper_limb", "phalangette du pouce"), "distal_phalanx_1");
  EXPECT_EQ(first("upper_limb", "三头肌"), "triceps_brachii");
  EXPECT_EQ(first("airways", "windpipe"), "trachea");
  EXPECT_EQ(first("airways", "eparterial"), "lobar_bronchus_right_superior");
  EXPECT_EQ(first("heart", "Keith-Flack"), "sinoatrial_node");
  EXPECT_EQ(first("heart", "noeud d'aschoff"), "atrioventricular_node");
  EXPECT_EQ(first("heart", "haz de His"), "bundle_of_his");
  EXPECT_EQ(first("heart", "希氏束"), "bundle_of_his");
  EXPECT_EQ(first("heart", "bicuspid"), "mitral_valve");
}

TEST(AnatomyRegions, DrawnOnesAreDrawnAndOthersAreGroups) {
  const auto catalogue = anatomy::Atlas::region("upper_limb")->catalogue({"humerus", "radius"});
  EXPECT_TRUE(catalogue->find("humerus")->isDrawn);
  EXPECT_TRUE(catalogue->find("radius")->isDrawn);
  EXPECT_FALSE(catalogue->find("ulna")->isDrawn);
  EXPECT_FALSE(catalogue->find("thumb")->isDrawn);
  EXPECT_EQ(catalogue->branch("thumb").size(), 4U);  // Itself, a metacarpal, two phalanges.
  EXPECT_EQ(catalogue->branch("triceps_brachii").size(), 4U);
}

// Whoever makes a region's shapes writes their sources with them.
TEST(AnatomyRegions, EveryMeasurementHasASource) {
  for (const std::string& region : anatomy::Atlas::regions())
    for (const anatomy::Term& term : anatomy::Atlas::region(region)->terms())
      for (const anatomy::Measure& measure : term.measures) {
        EXPECT_GE(measure.source.size(), 6U) << term.structure.id << "." << measure.what;
        EXPECT_GE(measure.spread, 0) << term.structure.id << "." << measure.what;
      }
}

}  // namespace
