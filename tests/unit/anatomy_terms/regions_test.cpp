// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "anatomy/model/atlas.h"
#include "core/error.h"
#include "core/text.h"

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

}  // namespace
