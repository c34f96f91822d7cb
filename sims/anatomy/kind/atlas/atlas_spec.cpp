// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/atlas/atlas_spec.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "anatomy/import/folder.h"
#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"

namespace aula::anatomy {

namespace {

/// As a plate shows it: from before the body, whose front is +y, a little from above.
constexpr scene::Stance kBeforeTheBody{90, 4, 90};
constexpr double kMaximumPeel = 10, kMaximumExplode = 5;

/// Is there a shape for it in this build?
bool isMade(const RegionShapes& shapes, const Term& term) {
  return term.structure.isDrawn && std::any_of(shapes.sources.begin(), shapes.sources.end(),
                                               [&](const PartSource& source) { return source.makes(term); });
}

std::string unknown(const std::string& id, const Atlas& atlas) {
  std::vector<std::string> ids;
  for (const Term& term : atlas.terms()) ids.push_back(term.structure.id);
  const auto nearest = core::nearestWord(id, ids);
  return core::quoted(id, 40) + " is no structure of this region" +
         (nearest ? "; did you mean \"" + *nearest + "\"?" : "");
}

/// Ids that are in the atlas; without one, none.
std::vector<std::string> readIds(const lab::Node& node, const std::string& key, const Atlas* atlas) {
  std::vector<std::string> ids;
  for (const std::string& id : node.texts(key)) {
    if (atlas == nullptr) continue;
    if (atlas->find(id) != nullptr)
      ids.push_back(id);
    else
      node.errorAt(key, unknown(id, *atlas));
  }
  return ids;
}

scene::ClipPlane readCut(const lab::Node& node) {
  scene::ClipPlane plane;
  const core::Vec3 normal = node.vector("normal", "1");
  const core::Vec3 point = node.vector("point", "m", lab::kAnyValue, {});
  const double offset = node.quantity("offset", "m", lab::kAnyValue, 0.0);
  if (!(length(normal) > 1e-12)) {
    if (!node.isDoubtful("normal"))
      node.errorAt("normal", "a plane's normal points somewhere; this one has no length");
    return plane;
  }
  plane.normal = normalised(normal);
  plane.offset = dot(plane.normal, point) + offset;
  return plane;
}

AtlasScene readScene(const lab::Node& node, const Atlas* atlas) {
  AtlasScene scene;
  if (node.isList("labels")) {
    scene.hasAllLabels = false;
    scene.labels = readIds(node, "labels", atlas);
  } else {
    scene.hasAllLabels = node.boolean("labels", true);
  }
  const std::vector<std::string> hidden = readIds(node, "hidden", atlas);
  if (!hidden.empty()) {
    const auto catalogue = atlas->catalogue({});
    for (const std::string& id : hidden)
      for (const lab::Structure* below : catalogue->branch(id)) scene.hidden.insert(below->id);
  }
  scene.explode = node.quantity("explode", "1", {0, kMaximumExplode}, 0.0);
  scene.peel = node.quantity("peel", "1", {0, kMaximumPeel}, 0.0);
  if (const auto cut = node.optionalChild("cut")) scene.cut = readCut(*cut);
  return scene;
}

const RegionShapes* readRegion(const lab::Node& section, const std::vector<RegionShapes>& regions) {
  const std::string name = section.text("region");
  if (name.empty()) return nullptr;
  std::vector<std::string> known;
  for (const RegionShapes& shapes : regions) {
    if (shapes.region == name) return &shapes;
    known.push_back(shapes.region);
  }
  const auto nearest = core::nearestWord(name, known);
  section.errorAt("region", core::quoted(name, 40) + " is no region of the atlas" +
                                (nearest ? "; did you mean \"" + *nearest + "\"?"
                                         : "; there are " + core::listed(known, "and")));
  return nullptr;
}

/// Models that somebody owns: read once, however often knobs are turned.
void readFolder(const lab::Node& section, const lab::Lab& lab, const AtlasSpec* known, AtlasSpec& spec) {
  if (section.has("region"))
    section.errorAt("region", "the atlas is either a region of Aula's own or a folder; leave one out");
  std::filesystem::path folder = section.text("folder");
  if (known != nullptr && known->own) {
    spec.own = known->own, spec.atlas = known->atlas, spec.warnings = known->warnings;
    spec.shapes = spec.own.get();
    return;
  }
  if (folder.empty()) {
    section.errorAt("folder", "the name of a folder with models is needed");
    return;
  }
  if (folder.is_relative()) folder = lab.file().parent_path() / folder;
  try {
    auto imported = std::make_shared<ImportedAtlas>(importFolder(folder));
    spec.atlas = imported->atlas;
    spec.warnings = imported->warnings;
    PartSource source;
    source.name = "models";
    source.makes = [](const Term&) { return true; };
    source.make = [imported](double) { return imported->parts; };
    spec.own = std::make_shared<const RegionShapes>(RegionShapes{"folder", 0.002, {source}});
    spec.shapes = spec.own.get();
  } catch (const core::Error& error) {
    if (error.fault() != core::Fault::input) throw;
    section.errorAt("folder", error.what());
  }
}

std::int64_t readSteps(const lab::Lab& lab) {
  const lab::RunSettings& run = lab.run();
  if (run.steps > 0) return run.steps;
  return std::max<std::int64_t>(1, std::llround(std::min(run.duration / kAtlasTimeStep, 1e12)));
}

}  // namespace

std::shared_ptr<AtlasSpec> readAtlasSpec(const lab::Lab& lab, const std::vector<RegionShapes>& regions,
                                         const AtlasSpec* known) {
  const bool hadErrors = lab.diagnostics().hasErrors();
  const lab::Node section = lab.simulation();
  auto spec = std::make_shared<AtlasSpec>();
  if (section.has("folder"))
    readFolder(section, lab, known, *spec);
  else
    spec->shapes = readRegion(section, regions);
  const double usual = spec->shapes == nullptr ? 0.002 : spec->shapes->spacing;
  spec->spacing = section.quantity("spacing", "m", {2e-4, 0.02}, usual);
  // Where the region is unknown, all else is read for its own mistakes.
  if (spec->shapes != nullptr && !spec->own) spec->atlas = Atlas::region(spec->shapes->region);
  spec->steps = readSteps(lab);
  spec->stance = kBeforeTheBody;
  if (lab.camera()) std::tie(spec->stance.azimuth, spec->stance.elevation) = *lab.camera();
  spec->scene = readScene(lab.scene(), spec->atlas.get());
  spec->inventories = readInventories(lab.instruments(), spec->atlas.get(), spec->steps);
  if (spec->shapes == nullptr) return nullptr;
  std::vector<std::string> drawn;
  for (const Term& term : spec->atlas->terms())
    if (isMade(*spec->shapes, term) && !spec->scene.hidden.contains(term.structure.id))
      drawn.push_back(term.structure.id);
  spec->catalogue = spec->atlas->catalogue(drawn);
  if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
  return spec;
}

std::shared_ptr<const AtlasSpec> turnedSpec(const AtlasSpec& first, const lab::KnobValues& turned,
                                            const std::vector<RegionShapes>& regions) {
  const std::shared_ptr<const lab::Lab> fresh = first.lab->withKnobs(turned);
  std::shared_ptr<AtlasSpec> spec;
  if (!fresh->diagnostics().hasErrors()) spec = readAtlasSpec(*fresh, regions, &first);
  fresh->diagnostics().throwIfErrors();
  return spec;
}

void checkLiveAtlasKnobs(const lab::Lab& lab, AtlasSpec& spec, const std::vector<RegionShapes>& regions) {
  for (const lab::Knob& knob : lab.knobs()) {
    if (!knob.isLive) continue;
    if (!spec.lab) spec.lab = lab.withKnobs({});
    const std::string place = "knobs." + knob.name + ".live";
    for (const double end : {knob.lower, knob.upper}) {
      try {
        if (turnedSpec(spec, {{knob.name, end}}, regions)->spacing == spec.spacing) continue;
        lab.diagnostics().error(place,
                                "the knob changes simulation.spacing, which cannot change while the "
                                "simulation runs; leave \"live\" out");
      } catch (const core::Error& error) {
        if (error.fault() != core::Fault::input) throw;
        lab.diagnostics().error(place, "the lab does not hold over the knob's whole range; at " +
                                           core::formatIn(end, knob.unit) + ":\n    " + error.what());
      }
      break;
    }
  }
}

}  // namespace aula::anatomy
