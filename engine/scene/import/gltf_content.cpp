// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "scene/import/gltf_check.h"

namespace aula::scene {

void GltfCheck::checkMeshes() {
  Json& meshes = list("meshes");
  for (std::size_t i = 0; i < meshes.size(); ++i) {
    const auto primitives = meshes[i].find("primitives");
    if (primitives == meshes[i].end() || !primitives->is_array())
      refuse(at("meshes", i), "\"primitives\" must be an array.");
    for (std::size_t p = 0; p < primitives->size(); ++p)
      checkPrimitive((*primitives)[p], at("meshes", i) + "." + at("primitives", p));
    if (meshes[i].erase("weights") > 0) hasMorphs_ = true;
  }
}

void GltfCheck::checkPrimitive(Json& primitive, const std::string& where) {
  if (!primitive.is_object()) refuse(where, "it must be an object.");
  const auto attributes = primitive.find("attributes");
  if (attributes == primitive.end() || !attributes->is_object())
    refuse(where, "\"attributes\" must be an object.");
  std::optional<std::uint64_t> points;
  if (const auto position = index(*attributes, "POSITION", "accessors", where + ".attributes")) {
    const Json& accessor = list("accessors")[*position];
    points = accessor["count"].get<std::uint64_t>();
    if (accessor["type"] != "VEC3" || accessor["componentType"] != 5126)
      refuse(where + ".attributes.POSITION", "it must be VEC3 of floats (5126).");
  }
  for (auto attribute = attributes->begin(); attribute != attributes->end();) {
    const std::string name = attribute.key();
    if (name.starts_with("JOINTS_") || name.starts_with("WEIGHTS_") || name.starts_with("_")) {
      hasBones_ = hasBones_ || name.front() != '_';
      attribute = attributes->erase(attribute);
      continue;
    }
    // Section 3.7.2.1. What the library would take for something else goes.
    static const std::set<std::string> kKnown{"POSITION",   "NORMAL",     "TANGENT",    "TEXCOORD_0",
                                              "TEXCOORD_1", "TEXCOORD_2", "TEXCOORD_3", "COLOR_0"};
    if (!kKnown.contains(name)) {
      attribute = attributes->erase(attribute);
      continue;
    }
    const auto of = index(*attributes, name.c_str(), "accessors", where + ".attributes");
    const std::uint64_t count = list("accessors")[*of]["count"].get<std::uint64_t>();
    if (points && count != *points)
      refuse(where + ".attributes." + name,
             "it has " + std::to_string(count) + " values for " + std::to_string(*points) + " positions.");
    const std::string type = list("accessors")[*of]["type"].get<std::string>();
    const bool isRight = name == "NORMAL"               ? type == "VEC3"
                         : name == "TANGENT"            ? type == "VEC4"
                         : name.starts_with("TEXCOORD") ? type == "VEC2"
                         : name == "COLOR_0"            ? type == "VEC3" || type == "VEC4"
                                                        : true;
    if (!isRight) refuse(where + ".attributes." + name, "it cannot be " + type + ".");
    ++attribute;
  }
  if (const auto indices = index(primitive, "indices", "accessors", where)) {
    const Json& accessor = list("accessors")[*indices];
    const std::uint64_t kind = accessor["componentType"].get<std::uint64_t>();
    if (accessor["type"] != "SCALAR" || (kind != 5121 && kind != 5123 && kind != 5125))
      refuse(where + ".indices", "they must be SCALAR of unsigned whole numbers (5121, 5123, 5125).");
  }
  index(primitive, "material", "materials", where);
  if (number(primitive, "mode", where, 4) > 6) refuse(where + ".mode", "0 to 6 are allowed.");
  if (primitive.erase("targets") > 0) hasMorphs_ = true;
}

void GltfCheck::checkNodes() {
  Json& nodes = list("nodes");
  std::vector<int> parents(nodes.size(), -1);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const std::string where = at("nodes", i);
    index(nodes[i], "mesh", "meshes", where);
    if (nodes[i].erase("skin") > 0) hasBones_ = true;
    nodes[i].erase("camera");
    nodes[i].erase("weights");
    nodes[i].erase("extensions");
    for (const auto& [key, size] :
         {std::pair{"matrix", 16U}, {"translation", 3U}, {"rotation", 4U}, {"scale", 3U}}) {
      const auto values = nodes[i].find(key);
      if (values == nodes[i].end()) continue;
      if (!values->is_array() || values->size() != size ||
          !std::all_of(values->begin(), values->end(), [](const Json& v) { return v.is_number(); }))
        refuse(where + "." + key, "it must be an array of " + std::to_string(size) + " numbers.");
    }
    const auto children = nodes[i].find("children");
    if (children == nodes[i].end()) continue;
    if (!children->is_array()) refuse(where + ".children", "it must be an array.");
    for (const Json& child : *children) {
      if (!child.is_number_unsigned() || child.get<std::uint64_t>() >= nodes.size())
        refuse(where + ".children", "there is no node " + child.dump().substr(0, 40) + ".");
      int& parent = parents[child.get<std::size_t>()];
      // Section 3.5.2: a forest. Shared children would multiply with each level.
      if (parent >= 0)
        refuse(where + ".children",
               "node " + child.dump() + " is already a child of node " + std::to_string(parent) + ".");
      parent = int(i);
    }
  }
  // With one parent each, who never reaches a root goes round in a circle.
  std::vector<int> depths(nodes.size(), 0);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::vector<std::size_t> way;
    int depth = 0;
    for (int node = int(i); node >= 0; node = parents[std::size_t(node)]) {
      if (depths[std::size_t(node)] > 0) {
        depth = depths[std::size_t(node)];
        break;
      }
      way.push_back(std::size_t(node));
      if (way.size() > std::size_t(limits_.nodeDepth) + 1) {
        const bool isCircle = std::set<std::size_t>(way.begin(), way.end()).size() < way.size();
        refuse(at("nodes", i),
               isCircle ? "it is its own ancestor."
                        : "it lies more than " + std::to_string(limits_.nodeDepth) + " levels deep.");
      }
    }
    for (std::size_t k = way.size(); k-- > 0;) depths[way[k]] = ++depth;
    if (depth > limits_.nodeDepth)
      refuse(at("nodes", i), "it lies more than " + std::to_string(limits_.nodeDepth) + " levels deep.");
  }
  Json& scenes = list("scenes");
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    const auto roots = scenes[i].find("nodes");
    if (roots == scenes[i].end()) continue;
    if (!roots->is_array()) refuse(at("scenes", i) + ".nodes", "it must be an array.");
    std::set<std::uint64_t> seen;
    for (const Json& node : *roots) {
      if (!node.is_number_unsigned() || node.get<std::uint64_t>() >= nodes.size())
        refuse(at("scenes", i) + ".nodes", "there is no node " + node.dump().substr(0, 40) + ".");
      if (!seen.insert(node.get<std::uint64_t>()).second)
        refuse(at("scenes", i) + ".nodes", "node " + node.dump() + " is there twice.");
    }
  }
  index(root_, "scene", "scenes", "");
}

void GltfCheck::checkTexture(const Json& material, const char* key, const std::string& where) {
  const auto texture = material.find(key);
  if (texture == material.end()) return;
  if (!texture->is_object()) refuse(where + "." + key, "it must be an object.");
  if (!index(*texture, "index", "textures", where + "." + key))
    refuse(where + "." + key, "\"index\" is missing.");
  if (const auto extensions = texture->find("extensions"); extensions != texture->end() &&
                                                           extensions->is_object() &&
                                                           extensions->contains("KHR_texture_transform"))
    hasTextureTransforms_ = true;
}

void GltfCheck::checkPictures() {
  Json& images = list("images");
  for (std::size_t i = 0; i < images.size(); ++i) {
    index(images[i], "bufferView", "bufferViews", at("images", i));
    if (const auto uri = images[i].find("uri"); uri != images[i].end() && !uri->is_string())
      refuse(at("images", i) + ".uri", "it must be a text.");
    if (const auto kind = images[i].find("mimeType"); kind != images[i].end() && !kind->is_string())
      refuse(at("images", i) + ".mimeType", "it must be a text.");
  }
  Json& textures = list("textures");
  for (std::size_t i = 0; i < textures.size(); ++i) {
    index(textures[i], "source", "images", at("textures", i));
    index(textures[i], "sampler", "samplers", at("textures", i));
    textures[i].erase("extensions");
  }
  Json& materials = list("materials");
  for (std::size_t i = 0; i < materials.size(); ++i) {
    const std::string where = at("materials", i);
    for (const char* key : {"normalTexture", "occlusionTexture", "emissiveTexture"})
      checkTexture(materials[i], key, where);
    if (const auto metal = materials[i].find("pbrMetallicRoughness"); metal != materials[i].end()) {
      if (!metal->is_object()) refuse(where + ".pbrMetallicRoughness", "it must be an object.");
      for (const char* key : {"baseColorTexture", "metallicRoughnessTexture"})
        checkTexture(*metal, key, where + ".pbrMetallicRoughness");
    }
    const auto extensions = materials[i].find("extensions");
    if (extensions == materials[i].end()) continue;
    if (!extensions->is_object()) refuse(where + ".extensions", "it must be an object.");
    for (auto extension = extensions->begin(); extension != extensions->end();) {
      const bool isKnown =
          extension.key() == "KHR_materials_clearcoat" || extension.key() == "KHR_materials_unlit";
      if (!isKnown) {
        unknown_.insert(extension.key().substr(0, 60));
        extension = extensions->erase(extension);
        continue;
      }
      if (!extension->is_object()) refuse(where + ".extensions." + extension.key(), "it must be an object.");
      used_.insert(extension.key());
      for (const char* key : {"clearcoatTexture", "clearcoatRoughnessTexture", "clearcoatNormalTexture"}) {
        checkTexture(*extension, key, where + ".extensions." + extension.key());
        if (extension->contains(key)) hasCoatTextures_ = true;
      }
      ++extension;
    }
  }
}

void GltfCheck::strip() {
  if (root_.erase("animations") > 0) warnings_.push_back("Its animations are left out: it is shown at rest.");
  if (root_.erase("skins") > 0 || hasBones_)
    warnings_.push_back("Its bones are left out: it is shown at rest.");
  if (hasMorphs_) warnings_.push_back("Its morph targets are left out: it is shown without them.");
  if (hasTextureTransforms_)
    warnings_.push_back("Shifted or turned textures (KHR_texture_transform) are shown as they are.");
  if (hasCoatTextures_) warnings_.push_back("Textures of clear coats are left out: the coat is even.");
  for (const std::string& name : unknown_)
    warnings_.push_back("The material extension \"" + name + "\" is not shown.");
  root_.erase("cameras");
  // The library looks only at extensions that are announced; not every exporter does.
  if (!used_.empty()) {
    Json& announced = root_["extensionsUsed"];
    if (!announced.is_array()) announced = Json::array();
    for (const std::string& name : used_)
      if (std::find(announced.begin(), announced.end(), name) == announced.end()) announced.push_back(name);
  }
  root_.erase("extensions");
}

}  // namespace aula::scene
