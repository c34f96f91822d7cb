// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/error.h"
#include "scene/import/precheck.h"

// References are to the glTF 2.0 specification (Khronos 2021), by section.
namespace aula::scene {

namespace {

using Json = nlohmann::json;

constexpr std::uint32_t kMagic = 0x46546C67, kJsonChunk = 0x4E4F534A, kBinaryChunk = 0x004E4942;

std::uint32_t wordAt(const std::string& bytes, std::size_t at) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes.data() + at, 4);
  return word;
}

std::string wordBytes(std::size_t value) {
  const auto word = std::uint32_t(value);
  return {reinterpret_cast<const char*>(&word), 4};
}

class GltfCheck {
 public:
  GltfCheck(FileFence& fence, const ImportLimits& limits, std::vector<std::string>& warnings)
      : fence_(fence), limits_(limits), warnings_(warnings) {}

  void run(ModelFormat format) {
    std::string text = fence_.content(), binary;
    bool hasBinary = false;
    if (format == ModelFormat::glb || text.starts_with("glTF")) {
      splitChunks(fence_.content(), text, binary, hasBinary);
      binarySize_ = binary.size();
    }
    parse(text);
    checkAsset();
    checkBuffers(hasBinary);
    checkViews();
    checkAccessors();
    checkMeshes();
    checkNodes();
    checkPictures();
    strip();
    std::string json = root_.dump();
    if (!text.empty() && fence_.content().starts_with("glTF")) {
      json.resize((json.size() + 3) / 4 * 4, ' ');
      std::string whole = wordBytes(kMagic) + wordBytes(2);
      whole += wordBytes(12 + 8 + json.size() + (hasBinary ? 8 + binary.size() : 0));
      whole += wordBytes(json.size()) + wordBytes(kJsonChunk) + json;
      if (hasBinary) whole += wordBytes(binary.size()) + wordBytes(kBinaryChunk) + binary;
      json = std::move(whole);
    }
    fence_.replaceContent(std::move(json));
  }

 private:
  [[noreturn]] void refuse(const std::string& where, const std::string& why) const {
    throw core::inputError("The model \"" + fence_.file().filename().string() +
                           "\" cannot be used: " + (where.empty() ? "" : where + ": ") + why);
  }

  /// Section 4.4: a header of 12 bytes, then chunks of length, kind and bytes.
  void splitChunks(const std::string& bytes, std::string& json, std::string& binary, bool& hasBinary) const {
    if (bytes.size() < 20 || wordAt(bytes, 0) != kMagic)
      refuse("", "it does not begin as a GLB file does (\"glTF\").");
    if (wordAt(bytes, 4) != 2)
      refuse("", "it is GLB of version " + std::to_string(wordAt(bytes, 4)) +
                     "; 2 is read. Export it as glTF 2.0.");
    if (wordAt(bytes, 8) > bytes.size())
      refuse("", "its header promises " + std::to_string(wordAt(bytes, 8)) + " bytes, it has " +
                     std::to_string(bytes.size()) + ". It may be cut off: copy it again.");
    int number = 0;
    for (std::size_t at = 12; at + 8 <= bytes.size(); ++number) {
      const std::size_t size = wordAt(bytes, at);
      const std::uint32_t kind = wordAt(bytes, at + 4);
      if (size > bytes.size() - at - 8)
        refuse("chunk " + std::to_string(number),
               "it has " + std::to_string(size) + " bytes, more than the file's rest.");
      if (number == 0 && kind != kJsonChunk) refuse("chunk 0", "it must be JSON.");
      if (number == 0) json = bytes.substr(at + 8, size);
      if (number > 0 && kind == kBinaryChunk && !hasBinary) {
        binary = bytes.substr(at + 8, size);
        hasBinary = true;
      }
      at += 8 + size;
    }
  }

  void parse(const std::string& text) {
    // The library's parser calls itself for each level.
    int depth = 0;
    bool isString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (isString && c == '\\') ++i;
      if (c == '"') isString = !isString;
      if (isString) continue;
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if (depth > 64) refuse("", "its JSON is nested more than 64 deep.");
    }
    try {
      root_ = Json::parse(text);
    } catch (const Json::exception& problem) {
      // "[json.exception.parse_error.101] parse error at line 1, column 2: ..."
      std::string why = problem.what();
      if (const auto end = why.find("] "); end != std::string::npos) why = why.substr(end + 2);
      refuse("", "its JSON is broken: " + why.substr(0, 200) + ".");
    }
    if (!root_.is_object()) refuse("", "its JSON must be an object.");
    for (const char* key : {"accessors", "bufferViews", "buffers", "images", "materials", "meshes", "nodes",
                            "scenes", "textures", "samplers", "extensionsUsed", "extensionsRequired"})
      if (const auto found = root_.find(key); found != root_.end()) {
        if (!found->is_array()) refuse(key, "it must be an array.");
        const bool isNames = std::string(key).starts_with("extensions");
        for (std::size_t i = 0; i < found->size(); ++i)
          if (isNames ? !(*found)[i].is_string() : !(*found)[i].is_object())
            refuse(std::string(key) + "[" + std::to_string(i) + "]",
                   isNames ? "it must be a text." : "it must be an object.");
      }
  }

  [[nodiscard]] Json& list(const char* key) {
    static Json empty = Json::array();
    const auto found = root_.find(key);
    return found == root_.end() ? empty : *found;
  }

  /// A whole number from 0 up; `otherwise` where it is not given.
  [[nodiscard]] std::uint64_t number(const Json& object, const char* key, const std::string& where,
                                     std::optional<std::uint64_t> otherwise = {}) const {
    const auto found = object.find(key);
    if (found == object.end()) {
      if (otherwise) return *otherwise;
      refuse(where, std::string("\"") + key + "\" is missing.");
    }
    if (!found->is_number_unsigned())
      refuse(where + "." + key,
             "it must be a whole number from 0 up, not " + found->dump().substr(0, 40) + ".");
    return found->get<std::uint64_t>();
  }

  /// An index into one of the file's lists; nothing where it is not given.
  std::optional<std::size_t> index(const Json& object, const char* key, const char* into,
                                   const std::string& where) {
    if (!object.contains(key)) return std::nullopt;
    const std::uint64_t i = number(object, key, where);
    if (i >= list(into).size())
      refuse(where + "." + key, "there is no " + std::string(into) + "[" + std::to_string(i) + "]; it has " +
                                    std::to_string(list(into).size()) + " of them.");
    return std::size_t(i);
  }

  static std::string at(const char* key, std::size_t i) {
    return std::string(key) + "[" + std::to_string(i) + "]";
  }

  void checkAsset() {
    const auto asset = root_.find("asset");
    if (asset == root_.end() || !asset->is_object() || !asset->contains("version") ||
        !(*asset)["version"].is_string())
      refuse("asset.version", "it is missing; it must be \"2.0\".");
    const std::string version = (*asset)["version"].get<std::string>();
    if (!version.starts_with("2."))
      refuse("asset.version",
             "it is \"" + version.substr(0, 20) + "\"; 2.0 is read. Export the model as glTF 2.0.");
    for (const Json& name : list("extensionsRequired")) {
      const std::string extension = name.get<std::string>();
      if (extension.starts_with("KHR_materials_") || extension == "KHR_texture_transform" ||
          extension == "KHR_draco_mesh_compression" || extension == "KHR_lights_punctual")
        continue;
      refuse("extensionsRequired",
             "\"" + extension.substr(0, 60) + "\" is not known. Export the model without it.");
    }
  }

  void checkBuffers(bool hasBinary) {
    Json& buffers = list("buffers");
    for (std::size_t i = 0; i < buffers.size(); ++i) {
      const std::string where = at("buffers", i);
      const std::uint64_t promised = number(buffers[i], "byteLength", where);
      std::uint64_t present = 0;
      if (const auto uri = buffers[i].find("uri"); uri == buffers[i].end()) {
        if (i != 0 || !hasBinary) refuse(where, "it has neither \"uri\" nor a binary chunk.");
        present = binarySize_;
      } else {
        if (!uri->is_string()) refuse(where + ".uri", "it must be a text.");
        const auto& text = uri->get_ref<const std::string&>();
        if (text.starts_with("data:")) {
          const std::size_t comma = text.find(',');
          if (comma == std::string::npos || text.substr(0, comma).find(";base64") == std::string::npos)
            refuse(where + ".uri", "its data must be in base64.");
          // Four characters make three bytes, less one for each "=" at the end.
          std::size_t characters = text.size() - comma - 1;
          if (characters % 4 == 1 ||
              text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=",
                                     comma + 1) != std::string::npos)
            refuse(where + ".uri", "its data is no base64.");
          while (characters > 0 && text[comma + characters] == '=') --characters;
          present = characters * 3 / 4;
        } else if (const std::string* bytes = fence_.open(text)) {
          present = bytes->size();
        } else {
          refuse(where, fence_.problems().empty() ? "its file cannot be read." : fence_.problems().back());
        }
      }
      if (present < promised)
        refuse(where, "it promises " + std::to_string(promised) + " bytes, but has " +
                          std::to_string(present) + ". It may be cut off: copy it again.");
    }
  }

  void checkViews() {
    Json& views = list("bufferViews");
    for (std::size_t i = 0; i < views.size(); ++i) {
      const std::string where = at("bufferViews", i);
      const auto buffer = index(views[i], "buffer", "buffers", where);
      if (!buffer) refuse(where, "\"buffer\" is missing.");
      const std::uint64_t whole = list("buffers")[*buffer]["byteLength"].get<std::uint64_t>();
      const std::uint64_t offset = number(views[i], "byteOffset", where, 0),
                          size = number(views[i], "byteLength", where);
      if (offset > whole || size > whole - offset)
        refuse(where, "it ends at byte " + std::to_string(offset) + " + " + std::to_string(size) + " of " +
                          at("buffers", *buffer) + ", which has " + std::to_string(whole) + ".");
      if (number(views[i], "byteStride", where, 4) > 252)
        refuse(where + ".byteStride", "4 to 252 are allowed.");
    }
  }

  /// Section 3.6.2.2.
  [[nodiscard]] std::uint64_t componentSize(const Json& object, const std::string& where) const {
    switch (number(object, "componentType", where)) {
      case 5120:
      case 5121:
        return 1;
      case 5122:
      case 5123:
        return 2;
      case 5125:
      case 5126:
        return 4;
      default:
        refuse(where + ".componentType", "5120, 5121, 5122, 5123, 5125 and 5126 are allowed.");
    }
  }

  void checkSpan(const Json& object, std::uint64_t element, std::uint64_t count, const std::string& where) {
    const auto view = index(object, "bufferView", "bufferViews", where);
    if (!view) return;
    const Json& of = list("bufferViews")[*view];
    const std::uint64_t size = of["byteLength"].get<std::uint64_t>(),
                        stride = number(of, "byteStride", where, element);
    const std::uint64_t offset = number(object, "byteOffset", where, 0);
    if (stride < element)
      refuse(where, "its elements have " + std::to_string(element) + " bytes, its view's byteStride is " +
                        std::to_string(stride) + ".");
    if (count == 0) return;
    if (offset > size || element > size - offset || (count - 1) > (size - offset - element) / stride)
      refuse(where, std::to_string(count) + " elements of " + std::to_string(element) +
                        " bytes do not fit into " + at("bufferViews", *view) + ", which has " +
                        std::to_string(size) + " bytes.");
  }

  void checkAccessors() {
    Json& accessors = list("accessors");
    for (std::size_t i = 0; i < accessors.size(); ++i) {
      const std::string where = at("accessors", i);
      Json& accessor = accessors[i];
      const std::uint64_t count = number(accessor, "count", where), size = componentSize(accessor, where);
      if (count > std::max(limits_.vertices, 3 * limits_.triangles))
        refuse(where + ".count", std::to_string(count) + " elements; " +
                                     std::to_string(std::max(limits_.vertices, 3 * limits_.triangles)) +
                                     " are allowed.");
      const auto type = accessor.find("type");
      std::uint64_t components = 0;
      if (type != accessor.end() && type->is_string())
        for (const auto& [name, n] : {std::pair{"SCALAR", 1},
                                      {"VEC2", 2},
                                      {"VEC3", 3},
                                      {"VEC4", 4},
                                      {"MAT2", 4},
                                      {"MAT3", 9},
                                      {"MAT4", 16}})
          if (*type == name) components = std::uint64_t(n);
      if (components == 0)
        refuse(where + ".type", "SCALAR, VEC2, VEC3, VEC4, MAT2, MAT3 and MAT4 are allowed.");
      checkSpan(accessor, size * components, count, where);
      const auto sparse = accessor.find("sparse");
      if (sparse == accessor.end()) continue;
      // Section 3.6.2.3. The library reads sparse indices without looking; what they point at is not checked
      // there, so they are left out here.
      refuse(where + ".sparse", "sparse accessors are not read. Export the model without them.");
    }
  }

  void checkMeshes() {
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

  void checkPrimitive(Json& primitive, const std::string& where) {
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

  void checkNodes() {
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

  void checkTexture(const Json& material, const char* key, const std::string& where) {
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

  void checkPictures() {
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
        if (!extension->is_object())
          refuse(where + ".extensions." + extension.key(), "it must be an object.");
        used_.insert(extension.key());
        for (const char* key : {"clearcoatTexture", "clearcoatRoughnessTexture", "clearcoatNormalTexture"}) {
          checkTexture(*extension, key, where + ".extensions." + extension.key());
          if (extension->contains(key)) hasCoatTextures_ = true;
        }
        ++extension;
      }
    }
  }

  /// Takes out what is not drawn.
  void strip() {
    if (root_.erase("animations") > 0)
      warnings_.push_back("Its animations are left out: it is shown at rest.");
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

  FileFence& fence_;
  const ImportLimits& limits_;
  std::vector<std::string>& warnings_;
  Json root_;
  std::size_t binarySize_ = 0;
  bool hasBones_ = false, hasMorphs_ = false, hasTextureTransforms_ = false, hasCoatTextures_ = false;
  std::set<std::string> unknown_, used_;  ///< Extensions of materials.
};

}  // namespace

void precheckGltf(FileFence& fence, ModelFormat format, const ImportLimits& limits,
                  std::vector<std::string>& warnings) {
  try {
    GltfCheck(fence, limits, warnings).run(format);
  } catch (const nlohmann::json::exception& problem) {
    throw core::inputError("The model \"" + fence.file().filename().string() +
                           "\" cannot be used: its JSON is not what glTF asks for: " + problem.what() + ".");
  }
}

}  // namespace aula::scene
