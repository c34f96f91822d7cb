// SPDX-License-Identifier: Apache-2.0
#include "toy_region.h"

#include "anatomy/kind/atlas/atlas_kind.h"
#include "anatomy/shape/solid.h"
#include "core/error.h"

namespace aula::test {

anatomy::Part ballPart(const std::string& id, core::Vec3 centre, double radius, int priority) {
  anatomy::Part part;
  part.id = id;
  part.mesh = std::make_shared<const scene::TriangleMesh>(
      anatomy::polygonise(anatomy::ball(centre, radius), {radius / 8}));
  part.material = anatomy::myocardiumMaterial();
  part.anchor = centre + core::Vec3{0, radius, 0};
  part.labelPriority = priority;
  return part;
}

const std::vector<anatomy::RegionShapes>& toyRegions() {
  static const std::vector<anatomy::RegionShapes> regions = [] {
    anatomy::RegionShapes heart;
    heart.region = "heart";
    heart.sources = {{"balls",
                      [](const anatomy::Term& term) {
                        return term.structure.id == "left_ventricle" ||
                               term.structure.id == "sinoatrial_node" ||
                               term.structure.id == "ascending_aorta";
                      },
                      [](double) {
                        // Not in the atlas' order.
                        return anatomy::Parts{ballPart("sinoatrial_node", {0, 0, 0}, 0.004, 1),
                                              ballPart("ascending_aorta", {0.06, 0, 0}, 0.01, 2),
                                              ballPart("left_ventricle", {0, 0, 0}, 0.02, 5)};
                      }}};
    return std::vector<anatomy::RegionShapes>{heart};
  }();
  return regions;
}

lab::CheckedLab checkToyLab(const std::string& scene, const std::string& knobs,
                            const std::string& instruments, const std::string& simulation) {
  const std::string text = R"({"aula": 1, "title": "Toy", "knobs": )" + knobs + R"(,
    "simulation": {"kind": "atlas", "region": "heart")" +
                           simulation + R"(}, "instruments": )" + instruments + R"(, "scene": )" + scene +
                           R"(, "run": {"duration": "0.5 s"}})";
  lab::Registry registry;
  registry.add(anatomy::makeAtlasKind(toyRegions()));
  return lab::checkLab(lab::Lab::readText(text, "toy"), registry);
}

std::string toyMessage(const std::string& scene, const std::string& knobs, const std::string& instruments,
                       const std::string& simulation) {
  try {
    (void)checkToyLab(scene, knobs, instruments, simulation);
  } catch (const core::Error& error) {
    return error.exitCode() == 2 ? error.what() : "exit code 1";
  }
  return "no error";
}

}  // namespace aula::test
