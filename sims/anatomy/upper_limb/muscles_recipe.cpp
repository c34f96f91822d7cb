// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/muscles_recipe.h"

#include "anatomy/upper_limb/landmarks.h"

namespace aula::anatomy {

namespace {

PathPoint onHumerus(double x, double y, double z) {
  return {Body::humerus, {x, y, z}};
}

std::vector<MuscleRecipe> makeRecipes() {
  std::vector<MuscleRecipe> all;
  const auto add = [&](MuscleRecipe recipe) { all.push_back(std::move(recipe)); };

  // Upper arm, from the bone outwards.
  add({.id = "brachialis",
       .from = 0.0,
       .to = 0.84,
       .peak = 0.56,
       .fullness = 0.95,
       .lift = 0.55,
       .keys = {{0, {0.3, 1, 0}, 2.4, {0.002, 0, 0}}, {0.5, {0, 1, 0}, 1.9, {}}, {1, {0, 1, 0}, 1.5, {}}},
       .before = {onHumerus(0.006, 0.008, -0.125)},
       .after = {},
       .origin = {0.008, 0.002, 0.006, 0.0015},
       .insertion = {0.008, 0.0035, 0.006, 0.002},
       .over = {},
       .beside = {"brachioradialis"}});
  add({.id = "triceps_brachii_medial_head",
       .from = 0.0,
       .to = 0.86,
       .peak = 0.5,
       .fullness = 0.9,
       .lift = 0.55,
       .keys = {{0, {0, -1, 0}, 1.8, {0, 0.004, 0}},
                {0.6, {0, -1, 0}, 2.1, {0, 0.009, 0}},
                {1, {0, -1, 0}, 2.2, {0, 0.004, 0}}},
       .before = {onHumerus(-0.004, -0.008, -0.105)},
       .after = {},
       .origin = {0.006, 0.002, 0.004, 0.0015},
       .insertion = {0.010, 0.002, 0.009, 0.002},
       .over = {},
       .beside = {}});
  add({.id = "triceps_brachii_lateral_head",
       .from = 0.02,
       .to = 0.78,
       .peak = 0.45,
       .fullness = 1.1,
       .lift = 0.6,
       .keys = {{0, {0.3, -0.95, 0}, 1.4, {0.002, -0.002, 0}},
                {0.5, {0.62, -0.78, 0}, 1.9, {0.013, 0, 0}},
                {1, {0.3, -0.95, 0}, 2.2, {0.008, 0, 0}}},
       .before = {onHumerus(0.007, -0.010, -0.072)},
       .after = {},
       .origin = {0.005, 0.002, 0.004, 0.0015},
       .insertion = {0.009, 0.002, 0.009, 0.002},
       .over = {"triceps_brachii_medial_head"},
       .beside = {"triceps_brachii_long_head"}});
  add({.id = "triceps_brachii_long_head",
       .from = 0.06,
       .to = 0.78,
       .peak = 0.45,
       .fullness = 1.1,
       .lift = 0.6,
       .keys = {{0, {-0.6, -0.8, 0}, 1.2, {-0.004, -0.002, 0}},
                {0.5, {-0.62, -0.78, 0}, 1.3, {-0.015, 0, 0}},
                {1, {-0.25, -0.97, 0}, 2.0, {-0.008, 0, 0}}},
       .before = {},
       .after = {},
       .origin = {0.006, 0.0025, 0.006, 0.002},
       .insertion = {0.009, 0.002, 0.009, 0.002},
       .over = {"triceps_brachii_medial_head"},
       .beside = {"triceps_brachii_lateral_head"}});
  add({.id = "biceps_brachii_short_head",
       .from = 0.22,
       .to = 0.80,
       .peak = 0.54,
       .fullness = 1.2,
       .lift = 0.8,
       .keys = {{0, {-0.3, 0.95, 0}, 1.0, {-0.004, 0.001, 0}},
                {0.5, {-0.4, 0.92, 0}, 1.2, {-0.014, 0.001, 0}},
                {1, {-0.1, 1, 0}, 1.2, {-0.005, 0, 0}}},
       .before = {},
       .after = {},
       .origin = {0.0045, 0.0022, 0.005, 0.002},
       .insertion = {0.0045, 0.0025, 0.004, 0.002},
       .over = {"brachialis"},
       .beside = {"biceps_brachii_long_head"}});
  add({.id = "biceps_brachii_long_head",
       .from = 0.31,
       .to = 0.82,
       .peak = 0.52,
       .fullness = 1.2,
       .lift = 0.8,
       .keys = {{0, {0.3, 0.95, 0}, 1.0, {0.003, 0.001, 0}},
                {0.5, {0.4, 0.92, 0}, 1.2, {0.012, 0.001, 0}},
                {1, {0.1, 1, 0}, 1.2, {0.005, 0, 0}}},
       .before = {},
       .after = {},
       .origin = {0.0028, 0.0022, 0.003, 0.0015},
       .insertion = {0.0045, 0.0025, 0.004, 0.002},
       .over = {"brachialis"},
       .beside = {"biceps_brachii_short_head"}});

  // Forearm.
  add({.id = "pronator_teres",
       .from = 0.02,
       .to = 0.86,
       .peak = 0.42,
       .fullness = 1.1,
       .lift = 0.75,
       .keys = {{0, {-0.4, 0.9, 0}, 1.2, {}}, {1, {0.2, 1, 0}, 1.5, {}}},
       .before = {},
       .after = {landmark::kPronatorInsertion},
       .origin = {0.004, 0.002, 0.004, 0.0015},
       .insertion = {0.006, 0.0012, 0.008, 0.001},
       .over = {"brachialis"},
       .beside = {"flexor_carpi_radialis"}});
  add({.id = "extensor_carpi_ulnaris",
       .from = 0.03,
       .to = 0.56,
       .peak = 0.42,
       .fullness = 1.25,
       .lift = 0.75,
       .keys = {{0, {-0.2, -0.9, 0}, 1.2, {}},
                {0.5, {-0.5, -0.85, 0}, 1.2, {}},
                {1, {-0.6, -0.8, 0}, 1.1, {}}},
       .before = {},
       .after = {{0.0170, -0.0150, -0.5100}, landmark::kBaseOfMetacarpal5},
       .origin = {0.004, 0.002, 0.004, 0.0015},
       .insertion = {0.0028, 0.0016, 0.003, 0.0012},
       .over = {},
       .beside = {"extensor_digitorum"}});
  add({.id = "extensor_digitorum",
       .from = 0.03,
       .to = 0.55,
       .peak = 0.42,
       .fullness = 1.25,
       .lift = 0.75,
       .keys = {{0, {0.3, -0.9, 0}, 1.3, {}}, {0.5, {0.15, -1, 0}, 1.5, {}}, {1, {0, -1, 0}, 1.8, {}}},
       .before = {},
       .after = {{0.0420, -0.0160, -0.5150},
                 {0.0470, -0.0100, -0.5450},
                 {0.0570, -0.0060, -0.5950},
                 {0.0640, 0.0020, -0.6280}},
       .origin = {0.004, 0.002, 0.004, 0.0015},
       .insertion = {0.0045, 0.0014, 0.0055, 0.0009},
       .over = {},
       .beside = {"extensor_carpi_ulnaris", "extensor_carpi_radialis_longus"}});
  add({.id = "extensor_carpi_radialis_longus",
       .from = 0.02,
       .to = 0.42,
       .peak = 0.42,
       .fullness = 1.2,
       .lift = 0.75,
       .keys = {{0, {0.9, -0.3, 0}, 1.4, {}}, {0.5, {0.8, -0.6, 0}, 1.3, {}}, {1, {0.6, -0.8, 0}, 1.4, {}}},
       .before = {},
       .after = {{0.0570, -0.0120, -0.5150}, landmark::kBaseOfMetacarpal2},
       .origin = {0.005, 0.002, 0.005, 0.0015},
       .insertion = {0.003, 0.0014, 0.0035, 0.0012},
       .over = {},
       .beside = {"brachioradialis", "extensor_digitorum"}});
  add({.id = "flexor_carpi_radialis",
       .from = 0.03,
       .to = 0.54,
       .peak = 0.40,
       .fullness = 1.25,
       .lift = 0.75,
       .keys = {{0, {-0.6, 0.8, 0}, 1.2, {}}, {0.5, {-0.3, 1, 0}, 1.3, {}}, {1, {0, 1, 0}, 1.3, {}}},
       .before = {},
       .after = {{0.0500, 0.0150, -0.5200}, landmark::kBaseOfMetacarpal2Palmar},
       .origin = {0.004, 0.002, 0.004, 0.0015},
       .insertion = {0.003, 0.0016, 0.0035, 0.0012},
       .over = {"pronator_teres"},
       .beside = {"pronator_teres"}});
  add({.id = "brachioradialis",
       .from = 0.01,
       .to = 0.56,
       .peak = 0.46,
       .fullness = 1.2,
       .lift = 0.75,
       .keys = {{0, {0.9, 0.3, 0}, 1.8, {0.002, 0, 0}},
                {0.5, {0.75, 0.65, 0}, 1.5, {0.006, 0.004, 0}},
                {1, {0.6, 0.8, 0}, 1.6, {0.002, 0.002, 0}}},
       .before = {onHumerus(0.006, 0.002, -0.185)},
       .after = {landmark::kRadialStyloid + Vec3{0.001, 0.003, 0.006}},
       .origin = {0.006, 0.0018, 0.006, 0.0012},
       .insertion = {0.004, 0.0014, 0.004, 0.0012},
       .over = {"brachialis", "extensor_carpi_radialis_longus", "pronator_teres"},
       .beside = {"extensor_carpi_radialis_longus"}});
  return all;
}

}  // namespace

const std::vector<MuscleRecipe>& muscleRecipes() {
  static const std::vector<MuscleRecipe> recipes = makeRecipes();
  return recipes;
}

}  // namespace aula::anatomy
