// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "core/error.h"
#include "core/text.h"
#include "molecular/view/palette.h"
#include "molecular/view/representation.h"

namespace aula::molecular {

namespace {

std::shared_ptr<const Selection> parseSelection(const lab::Node& node, const std::string& key,
                                                const std::string& text, const System* system) {
  try {
    auto selection = std::make_shared<const Selection>(Selection::parse(text));
    if (system != nullptr) {
      const bool isEmpty = selection->evaluate(system->topology, system->state).empty();
      // What depends on where atoms are may find somebody later.
      if (isEmpty && !selection->isDynamic())
        node.errorAt(key, "no atom of this system is meant by \"" + text + "\"");
    }
    return selection;
  } catch (const core::Error& error) {
    node.errorAt(key, "\"" + text + "\", " + error.what());
  }
  return std::make_shared<const Selection>(Selection::parse("none"));
}

scene::Colour parseColour(const lab::Node& node, const std::string& key) {
  const std::string text = node.text(key);
  unsigned rgb = 0;
  char rest = 0;
  if (text.size() != 7 || text[0] != '#' || std::sscanf(text.c_str() + 1, "%6x%c", &rgb, &rest) != 1)
    node.errorAt(key,
                 core::quoted(text) + " is no colour; write six hexadecimal digits, for example \"#3A7CA5\"");
  return fromSrgb(rgb);
}

Representation parseOne(const lab::Node& node, std::size_t index, const System* system) {
  Representation one;
  one.name = node.text("name", "atoms" + (index > 0 ? " " + std::to_string(index + 1) : std::string()));
  one.selection = parseSelection(node, "selection", node.text("selection", "all"), system);
  const std::string style = node.word(
      "style", {"space_filling", "ball_and_stick", "liquorice", "cartoon", "surface"}, "ball_and_stick");
  one.style = style == "space_filling" ? Style::spaceFilling
              : style == "liquorice"   ? Style::liquorice
              : style == "cartoon"     ? Style::cartoon
              : style == "surface"     ? Style::surface
                                       : Style::ballAndStick;
  const std::string usual = one.style == Style::cartoon   ? "structure"
                            : one.style == Style::surface ? "single"
                                                          : "element";
  const std::string word = node.word("colour_by",
                                     {"element", "chain", "residue", "charge", "b_factor", "hydrophobicity",
                                      "velocity", "structure", "single"},
                                     node.has("colour") ? "single" : usual);
  one.colouring = word == "chain"            ? ColourBy::chain
                  : word == "residue"        ? ColourBy::residue
                  : word == "charge"         ? ColourBy::charge
                  : word == "b_factor"       ? ColourBy::bFactor
                  : word == "hydrophobicity" ? ColourBy::hydrophobicity
                  : word == "velocity"       ? ColourBy::velocity
                  : word == "structure"      ? ColourBy::structure
                  : word == "single"         ? ColourBy::single
                                             : ColourBy::element;
  one.colour = node.has("colour") ? parseColour(node, "colour") : fromSrgb(0x8FB8C8);
  one.scale = node.quantity("scale", "1", {0.05, 5}, 1.0);
  one.opacity = static_cast<float>(node.quantity("opacity", "1", {0.05, 1}, 1.0));
  return one;
}

Representation make(const char* name, const char* selection, Style style, ColourBy colouring) {
  return {name,
          std::make_shared<const Selection>(Selection::parse(selection)),
          style,
          colouring,
          fromSrgb(0x8FB8C8),
          1,
          1};
}

/// Cartoon and sticks for proteins, thin sticks for water around them, balls for what has no bonds.
std::vector<Representation> usualFor(const System& system) {
  std::vector<Representation> all;
  const auto has = [&](const char* text) {
    return !Selection::parse(text).evaluate(system.topology, system.state).empty();
  };
  const bool hasProtein = has("protein");
  if (bondedPairs(system.topology).empty())
    return {make("atoms", "all", Style::spaceFilling, ColourBy::element)};
  const bool isLarge =
      has("protein and name CA") &&
      Selection::parse("protein and name CA").evaluate(system.topology, system.state).size() > 4;
  if (isLarge) all.push_back(make("cartoon", "protein", Style::cartoon, ColourBy::structure));
  if (hasProtein && !isLarge)
    all.push_back(make("protein", "protein", Style::ballAndStick, ColourBy::element));
  if (has("water"))
    all.push_back(
        make("water", "water", hasProtein ? Style::liquorice : Style::ballAndStick, ColourBy::element));
  if (has("not protein and not water"))
    all.push_back(make("others", "not protein and not water", Style::spaceFilling, ColourBy::element));
  return all;
}

}  // namespace

SceneSpec parseScene(const lab::Node& node, const System* system) {
  SceneSpec scene;
  scene.hasBox = node.boolean("box", true);
  scene.hasHydrogenBonds = node.boolean("hydrogen_bonds", false);
  scene.isSafe = node.word("palette", {"usual", "colour_blind_safe"}, "usual") == "colour_blind_safe";
  const std::vector<lab::Node> nodes = node.children("representations");
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    Representation one = parseOne(nodes[i], i, system);
    for (const Representation& other : scene.representations)
      if (other.name == one.name)
        nodes[i].errorAt("name", "\"" + one.name + "\" is taken by another representation");
    scene.representations.push_back(std::move(one));
  }
  if (nodes.empty() && system != nullptr) scene.representations = usualFor(*system);
  for (const lab::Node& measure : node.children("measures")) {
    Measure one;
    one.name = measure.text("name", "measure " + std::to_string(scene.measures.size() + 1));
    const std::vector<std::string> points = measure.texts("points");
    if (points.size() < 2 || points.size() > 4)
      measure.errorAt("points", "has " + std::to_string(points.size()) +
                                    " selections; give 2 for a distance, 3 for an angle, 4 for a dihedral");
    for (const std::string& text : points)
      one.points.push_back(parseSelection(measure, "points", text, system));
    scene.measures.push_back(std::move(one));
  }
  return scene;
}

}  // namespace aula::molecular
