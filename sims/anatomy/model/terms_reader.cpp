// SPDX-License-Identifier: Apache-2.0
#include "anatomy/model/terms_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "anatomy/model/json_place.h"
#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"

namespace aula::anatomy {

namespace {

constexpr int kDeepestLayer = 9;
constexpr std::size_t kMaximumIdBytes = 64;
constexpr std::size_t kMaximumStructures = 5000;

lab::LocalText title(const char* en, const char* zh, const char* fr, const char* es) {
  return {{{"en", en}, {"zh", zh}, {"fr", fr}, {"es", es}}};
}

bool isId(const std::string& id) {
  return !id.empty() && id.size() <= kMaximumIdBytes && id[0] >= 'a' && id[0] <= 'z' &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// A02.4.04.001: a chapter's letter and number, then numbers.
bool isTermNumber(const std::string& number) {
  if (number.size() < 5 || number[0] != 'A') return false;
  int digits = 0, parts = 1;
  for (std::size_t i = 1; i < number.size(); ++i) {
    if (number[i] >= '0' && number[i] <= '9') {
      ++digits;
    } else if (number[i] == '.' && digits > 0) {
      digits = 0;
      ++parts;
    } else {
      return false;
    }
  }
  return digits > 0 && parts >= 3;
}

MuscleTerms readMuscle(const JsonPlace& place) {
  MuscleTerms muscle;
  if (!place.isObject()) return muscle;
  muscle.origins = place.texts("origins");
  muscle.insertions = place.texts("insertions");
  muscle.origin = place.words("origin");
  muscle.insertion = place.words("insertion");
  muscle.action = place.words("action");
  muscle.nerve = place.words("nerve");
  place.reportUnknownKeys();
  return muscle;
}

Term readStructure(const std::string& id, const JsonPlace& place,
                   const std::map<std::string, lab::LocalText>& systems) {
  Term term;
  lab::Structure& structure = term.structure;
  structure.id = id;
  structure.latin = place.text("latin");
  structure.number = place.text("number", "");
  if (!structure.number.empty() && !isTermNumber(structure.number))
    place.errorAt("number", core::quoted(structure.number, 40) +
                                " is no number of the Terminologia Anatomica, for example \"A02.4.04.001\"");
  structure.name = place.words("name");
  structure.synonyms = place.texts("synonyms");
  structure.layer = place.integer("layer", 0, kDeepestLayer);
  structure.parent = place.text("parent", "");
  structure.isDrawn = !place.boolean("group", false);
  if (const std::string system = place.text("system"); systems.contains(system)) {
    structure.system = systems.at(system);
  } else if (!system.empty()) {
    std::vector<std::string> known;
    for (const auto& entry : systems) known.push_back(entry.first);
    place.errorAt("system", core::quoted(system, 40) + " is none of \"systems\": " + core::listed(known));
  }
  term.isMuscle = place.has("muscle");
  if (term.isMuscle) {
    term.muscle = readMuscle(place.child("muscle"));
    structure.facts = {{title("Origin", "起点", "Origine", "Origen"), term.muscle.origin},
                       {title("Insertion", "止点", "Terminaison", "Inserción"), term.muscle.insertion},
                       {title("Action", "作用", "Action", "Acción"), term.muscle.action},
                       {title("Nerve", "神经支配", "Innervation", "Inervación"), term.muscle.nerve}};
  }
  // Nothing in an atlas is there without a word on what it is for.
  if (!term.isMuscle || place.has("function"))
    structure.facts.emplace_back(title("Function", "功能", "Fonction", "Función"), place.words("function"));
  if (place.has("landmarks"))
    structure.facts.emplace_back(title("Landmarks", "骨性标志", "Repères", "Referencias"),
                                 place.words("landmarks"));
  place.reportUnknownKeys();
  return term;
}

/// Parents, attachments and names, once all structures are known.
void checkRelations(const std::vector<Term>& terms, lab::Diagnostics& diagnostics) {
  std::map<std::string, const Term*> byId;
  std::vector<std::string> ids;
  for (const Term& term : terms) {
    byId[term.structure.id] = &term;
    ids.push_back(term.structure.id);
  }
  std::map<std::string, std::map<std::string, std::string>> owners;  // By language, then by name.
  const auto own = [&](const std::string& language, const std::string& name, const std::string& id,
                       const std::string& path) {
    if (name.empty()) return;
    const auto [entry, isNew] = owners[language].try_emplace(lab::foldedName(name), id);
    if (!isNew && entry->second != id)
      diagnostics.error(path, core::quoted(name, 60) + " is the name of " + entry->second + " too");
  };
  const auto refer = [&](const std::string& id, const std::string& path) {
    if (byId.contains(id)) return true;
    const auto nearest = core::nearestWord(id, ids);
    diagnostics.error(path, "there is no structure " + core::quoted(id, 40) +
                                (nearest ? "; did you mean \"" + *nearest + "\"?" : ""));
    return false;
  };
  for (const Term& term : terms) {
    const std::string path = "structures." + term.structure.id;
    own("la", term.structure.latin, term.structure.id, path + ".latin");
    for (const auto& [language, name] : term.structure.name.byLanguage)
      own(language, name, term.structure.id, path + ".name." + language);
    for (std::size_t i = 0; i < term.muscle.origins.size(); ++i)
      (void)refer(term.muscle.origins[i], path + ".muscle.origins[" + std::to_string(i) + "]");
    for (std::size_t i = 0; i < term.muscle.insertions.size(); ++i)
      (void)refer(term.muscle.insertions[i], path + ".muscle.insertions[" + std::to_string(i) + "]");
    std::string parent = term.structure.parent;
    if (parent.empty() || !refer(parent, path + ".parent")) continue;
    for (std::size_t steps = 0; !parent.empty() && byId.contains(parent); ++steps) {
      if (parent == term.structure.id || steps > terms.size()) {
        if (parent == term.structure.id) diagnostics.error(path + ".parent", "the structure is below itself");
        break;
      }
      parent = byId.at(parent)->structure.parent;
    }
  }
}

Measure readMeasure(const std::string& what, const JsonPlace& place) {
  Measure measure;
  measure.what = what;
  measure.source = place.text("source");
  const std::string value = place.text("value"), spread = place.text("spread", "");
  place.reportUnknownKeys();
  try {
    if (value.empty()) return measure;
    const core::Quantity quantity = core::parseQuantity(value);
    measure.value = quantity.si;
    if (spread.empty()) return measure;
    const core::Quantity around = core::parseQuantity(spread);
    measure.spread = around.si;
    if (around.dimension != quantity.dimension) {
      place.errorAt("spread", core::quoted(spread, 40) + " is " + core::describe(around.dimension) +
                                  ", but the value is " + core::describe(quantity.dimension));
    } else if (around.si < 0) {
      place.errorAt("spread", core::quoted(spread, 40) + " is below zero");
    }
  } catch (const core::Error& error) {
    place.error(error.what());
  }
  return measure;
}

}  // namespace

std::vector<Term> readTerms(const std::string& json, const std::string& name) {
  const Json document = parseJson(json, name);
  lab::Diagnostics diagnostics(name);
  const JsonPlace root(document, "", diagnostics);
  std::map<std::string, lab::LocalText> systems;
  const JsonPlace systemsPlace = root.child("systems");
  for (const std::string& id : systemsPlace.keys()) systems[id] = systemsPlace.words(id);
  std::vector<Term> terms;
  const JsonPlace structures = root.child("structures");
  const std::vector<std::string> ids = structures.keys();
  if (ids.size() > kMaximumStructures)
    throw core::inputError(name + ": structures: there are " + std::to_string(ids.size()) +
                           " of them, allowed are " + std::to_string(kMaximumStructures));
  for (const std::string& id : ids) {
    if (!isId(id)) {
      structures.error("the id " + core::quoted(id, 70) +
                       " is not made of small letters, digits and _ (at most 64, a letter first)");
      continue;
    }
    const JsonPlace place = structures.child(id);
    if (place.isObject()) terms.push_back(readStructure(id, place, systems));
  }
  if (structures.isObject() && ids.empty()) structures.error("there is no structure");
  root.reportUnknownKeys();
  checkRelations(terms, diagnostics);
  diagnostics.throwIfErrors();
  return terms;
}

void readMeasures(const std::string& json, const std::string& name, std::vector<Term>& terms) {
  const Json document = parseJson(json, name);
  lab::Diagnostics diagnostics(name);
  const JsonPlace root(document, "", diagnostics);
  std::vector<std::string> known;
  for (const Term& term : terms) known.push_back(term.structure.id);
  for (const std::string& id : root.keys()) {
    const auto term =
        std::find_if(terms.begin(), terms.end(), [&](const Term& any) { return any.structure.id == id; });
    if (term == terms.end()) {
      const auto nearest = core::nearestWord(id, known);
      root.error("the terms have no structure " + core::quoted(id, 40) +
                 (nearest ? "; did you mean \"" + *nearest + "\"?" : ""));
      continue;
    }
    const JsonPlace place = root.child(id);
    for (const std::string& what : place.keys()) {
      if (!isId(what)) {
        place.error("the measurement " + core::quoted(what, 70) +
                    " is not made of small letters, digits and _ (at most 64, a letter first)");
        continue;
      }
      const JsonPlace measure = place.child(what);
      if (measure.isObject()) term->measures.push_back(readMeasure(what, measure));
    }
  }
  diagnostics.throwIfErrors();
}

}  // namespace aula::anatomy
