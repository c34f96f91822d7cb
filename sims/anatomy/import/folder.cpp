// SPDX-License-Identifier: Apache-2.0
#include "anatomy/import/folder.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "anatomy/model/json_place.h"
#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/text.h"
#include "core/units/quantity.h"
#include "scene/geometry/primitives.h"
#include "scene/import/tidy.h"
#include "scene/mesh/check.h"
#include "scene/view/bounds.h"

namespace aula::anatomy {

namespace {

namespace fs = std::filesystem;

constexpr const char* kMapName = "atlas.json";
constexpr std::size_t kMostModels = 2000;
constexpr const char* kEndings[] = {".obj", ".ply", ".stl", ".gltf", ".glb", ".fbx"};
constexpr const char* kLanguages[] = {"en", "zh", "fr", "es"};

using MaterialMaker = scene::Material (*)();
const std::map<std::string, MaterialMaker>& materials() {
  static const std::map<std::string, MaterialMaker> kMaterials{
      {"bone", boneMaterial},     {"cartilage", cartilageMaterial},
      {"muscle", muscleMaterial}, {"tendon", tendonMaterial},
      {"skin", skinMaterial},     {"lung", lungMaterial},
      {"airway", airwayMaterial}, {"myocardium", myocardiumMaterial},
      {"artery", arteryMaterial}, {"vein", veinMaterial}};
  return kMaterials;
}

/// What atlas.json says of one structure.
struct Entry {
  Term term;
  std::string model, mesh;  ///< A file of the folder and, of several meshes in it, one; empty: a group, all.
  std::optional<scene::Material> material;  ///< None: the model's own.
};

struct Map {
  double metresPerUnit = 1e-3;  ///< Anatomists' models are in millimetres; files do not say.
  scene::UpAxis up = scene::UpAxis::automatic;
  std::vector<Entry> entries;
};

/// "Os_radiale 2" becomes "os_radiale_2"; a name without a usable letter becomes "structure".
std::string idFrom(const std::string& name) {
  std::string id = lab::foldedName(name);
  std::replace(id.begin(), id.end(), ' ', '_');
  std::erase_if(id, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'); });
  while (!id.empty() && !(id[0] >= 'a' && id[0] <= 'z')) id.erase(0, 1);
  return id.empty() ? "structure" : id.substr(0, 60);
}

lab::LocalText inAllLanguages(const std::string& text) {
  lab::LocalText words;
  for (const char* language : kLanguages) words.byLanguage[language] = text;
  return words;
}

/// A text, or an object of texts of which the English one must be there.
lab::LocalText readWords(const JsonPlace& place, const Json& value, const std::string& key,
                         const std::string& fallback) {
  if (!place.has(key)) return inAllLanguages(fallback);
  if (value.at(key).is_string()) return inAllLanguages(place.text(key));
  const JsonPlace words = place.child(key);
  lab::LocalText text = inAllLanguages(words.text("en"));
  for (const char* language : kLanguages)
    if (words.has(language)) text.byLanguage[language] = words.text(language);
  words.reportUnknownKeys();
  return text;
}

Entry readEntry(const JsonPlace& place, const Json& value, const std::string& id) {
  Entry entry;
  lab::Structure& structure = entry.term.structure;
  structure.id = id;
  if (id != idFrom(id))
    place.error("the id " + core::quoted(id, 40) +
                " cannot be used; small letters, digits and \"_\" are possible, a letter first: \"" +
                idFrom(id) + "\"");
  structure.name = readWords(place, value, "name", id);
  structure.latin = place.text("latin", "");
  structure.synonyms = place.texts("synonyms");
  structure.system = readWords(place, value, "system", "Structures");
  structure.parent = place.text("parent", "");
  structure.layer = place.has("layer") ? place.integer("layer", 0, 9) : 0;
  entry.model = place.text("model", "");
  entry.mesh = place.text("mesh", "");
  structure.isDrawn = !entry.model.empty();
  if (const std::string look = place.text("material", ""); !look.empty()) {
    const auto found = materials().find(look);
    if (found != materials().end()) {
      entry.material = found->second();
    } else {
      std::vector<std::string> known;
      for (const auto& [name, make] : materials()) known.push_back(name);
      place.errorAt("material", core::quoted(look, 40) + " is none; there are " + core::listed(known, "and"));
    }
  }
  place.reportUnknownKeys();
  return entry;
}

Map readMap(const fs::path& file) {
  Map map;
  const Json document = parseJson(core::readFile(file, kMaximumAtlasBytes), file.string());
  lab::Diagnostics diagnostics(file.string());
  const JsonPlace root(document, "", diagnostics);
  if (const std::string unit = root.text("unit", "mm"); !unit.empty()) {
    try {
      const core::Quantity one = core::parseQuantity("1 " + unit);
      if (one.dimension != core::parseUnit("m").dimension || !(one.si > 0))
        root.errorAt("unit", core::quoted(unit, 40) + " is no unit of length");
      else
        map.metresPerUnit = one.si;
    } catch (const core::Error&) {
      root.errorAt("unit", core::quoted(unit, 40) + " is no unit of length; \"mm\", for example");
    }
  }
  const std::string up = root.text("up", "automatic");
  if (up == "y")
    map.up = scene::UpAxis::y;
  else if (up == "z")
    map.up = scene::UpAxis::z;
  else if (up != "automatic")
    root.errorAt("up", core::quoted(up, 40) + " is none of \"y\", \"z\" and \"automatic\"");
  const JsonPlace structures = root.child("structures");
  if (structures.isObject())
    for (const std::string& id : structures.keys())
      map.entries.push_back(readEntry(structures.child(id), document.at("structures").at(id), id));
  root.reportUnknownKeys();
  diagnostics.throwIfErrors();
  return map;
}

std::string endingOf(const fs::path& file) {
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending;
}

bool isModel(const fs::path& file) {
  return std::find(std::begin(kEndings), std::end(kEndings), endingOf(file)) != std::end(kEndings);
}

std::vector<fs::path> modelsOf(const fs::path& folder) {
  std::vector<fs::path> models;
  std::error_code problem;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
    if (isModel(at->path())) models.push_back(at->path());
  }
  if (problem)
    throw core::inputError("Cannot look into the folder \"" + folder.string() + "\": " + problem.message() +
                           ".");
  if (models.empty())
    throw core::inputError("The folder \"" + folder.string() +
                           "\" holds no model: .obj, .ply, .stl, .gltf, .glb and .fbx are read.");
  if (models.size() > kMostModels)
    throw core::inputError("The folder \"" + folder.string() + "\" holds " + std::to_string(models.size()) +
                           " models; at most " + std::to_string(kMostModels) + " are possible.");
  std::sort(models.begin(), models.end());
  return models;
}

/// One mesh where it stands, all its instances together.
scene::TriangleMesh standing(const scene::MeshView& view) {
  scene::TriangleMesh all;
  const std::vector<scene::Transform> once{{}};
  bool isFirst = true;
  for (const scene::Transform& place : view.instances.empty() ? once : view.instances) {
    scene::TriangleMesh moved = transformed(*view.mesh, place);
    all = isFirst ? std::move(moved) : joined(all, moved);
    isFirst = false;
  }
  return all;
}

Part partFrom(const std::string& id, std::vector<const scene::MeshView*> views,
              const std::optional<scene::Material>& material) {
  Part part;
  part.id = id;
  scene::TriangleMesh all;
  bool isFirst = true;
  for (const scene::MeshView* view : views) {
    scene::TriangleMesh one = standing(*view);
    all = isFirst ? std::move(one) : joined(all, one);
    isFirst = false;
  }
  part.material = material.value_or(views.front()->material);
  // The point nearest to the middle, so that a label's line ends on the surface.
  const core::Vec3 middle = scene::boundsOf(all).centre();
  double nearest = -1;
  for (const scene::Float3& p : all.positions) {
    const double away = length(scene::toVec3(p) - middle);
    if (nearest < 0 || away < nearest) nearest = away, part.anchor = scene::toVec3(p);
  }
  part.mesh = std::make_shared<const scene::TriangleMesh>(std::move(all));
  return part;
}

std::string uniqueId(std::string wanted, std::set<std::string>& used) {
  std::string id = wanted;
  for (int i = 2; !used.insert(id).second; ++i) id = wanted + "_" + std::to_string(i);
  return id;
}

}  // namespace

bool holdsModels(const fs::path& folder) {
  std::error_code problem;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem))
    if (isModel(at->path())) return true;
  return false;
}

ImportedAtlas importFolder(const fs::path& folder, const scene::ImportLimits& limits) {
  std::error_code problem;
  if (!fs::is_directory(folder, problem))
    throw core::inputError("There is no folder \"" + folder.string() + "\".");
  const std::vector<fs::path> models = modelsOf(folder);
  const fs::path mapFile = folder / kMapName;
  const bool hasMap = fs::exists(mapFile, problem);
  Map map = hasMap ? readMap(mapFile) : Map{};
  scene::ImportOptions options;
  options.up = map.up;
  options.limits = limits;

  std::map<std::string, scene::ImportedScene> scenes;
  ImportedAtlas made;
  for (const fs::path& model : models) {
    // glTF is in metres by its own specification.
    const std::string ending = endingOf(model);
    options.metresPerUnit = ending == ".gltf" || ending == ".glb" ? 1 : map.metresPerUnit;
    scene::ImportedScene scene = scene::importScene(model, options);
    for (const std::string& warning : scene.warnings)
      made.warnings.push_back(model.filename().string() + ": " + warning);
    scenes.emplace(model.filename().string(), std::move(scene));
  }

  std::vector<Term> terms;
  std::set<std::string> used;
  std::set<const scene::MeshView*> taken;
  lab::Diagnostics diagnostics(mapFile.string());
  for (Entry& entry : map.entries) {
    const std::string& id = entry.term.structure.id;
    used.insert(id);
    if (!entry.model.empty()) {
      const auto scene = scenes.find(entry.model);
      std::vector<const scene::MeshView*> views;
      std::vector<std::string> names;
      if (scene == scenes.end()) {
        for (const auto& [name, any] : scenes) names.push_back(name);
        const auto nearest = core::nearestWord(entry.model, names);
        diagnostics.error("structures." + id + ".model",
                          "the folder has no model " + core::quoted(entry.model, 60) +
                              (nearest ? "; did you mean \"" + *nearest + "\"?" : ""));
        continue;
      }
      for (const scene::MeshView& view : scene->second.meshes) {
        names.push_back(view.name);
        if (entry.mesh.empty() || entry.mesh == view.name) views.push_back(&view);
      }
      if (views.empty()) {
        diagnostics.error("structures." + id + ".mesh", core::quoted(entry.model, 60) + " has no mesh " +
                                                            core::quoted(entry.mesh, 60) + "; there are " +
                                                            core::listed(names, "and"));
        continue;
      }
      taken.insert(views.begin(), views.end());
      made.parts.push_back(partFrom(id, views, entry.material));
    }
    terms.push_back(std::move(entry.term));
  }
  diagnostics.throwIfErrors();
  // What the map does not name is there all the same, by its own name.
  for (const auto& [name, scene] : scenes)
    for (const scene::MeshView& view : scene.meshes) {
      if (taken.count(&view) > 0) continue;
      const std::string stem = fs::path(name).stem().string();
      const std::string shown = scene.meshes.size() == 1 || view.name.empty() ? stem : view.name;
      Term term;
      term.structure.id = uniqueId(idFrom(shown), used);
      term.structure.name = inAllLanguages(scene::cleanText(shown, 200));
      term.structure.system = inAllLanguages(hasMap ? "Others" : "Structures");
      made.parts.push_back(partFrom(term.structure.id, {&view}, std::nullopt));
      terms.push_back(std::move(term));
    }
  // Ids and parents that do not fit are told in terms of the map.
  try {
    made.atlas = Atlas::of(std::move(terms));
  } catch (const core::Error& error) {
    throw core::inputError(mapFile.string() + ": " + error.what());
  }
  return made;
}

}  // namespace aula::anatomy
