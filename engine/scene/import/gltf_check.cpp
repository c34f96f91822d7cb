// SPDX-License-Identifier: Apache-2.0
#include "scene/import/gltf_check.h"

#include <algorithm>
#include <cstring>

#include "core/error.h"

namespace aula::scene {

namespace {

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

}  // namespace

void GltfCheck::run(ModelFormat format) {
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

void GltfCheck::refuse(const std::string& where, const std::string& why) const {
  throw core::inputError("The model \"" + fence_.file().filename().string() +
                         "\" cannot be used: " + (where.empty() ? "" : where + ": ") + why);
}

void GltfCheck::splitChunks(const std::string& bytes, std::string& json, std::string& binary,
                            bool& hasBinary) const {
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

void GltfCheck::parse(const std::string& text) {
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

GltfCheck::Json& GltfCheck::list(const char* key) {
  static Json empty = Json::array();
  const auto found = root_.find(key);
  return found == root_.end() ? empty : *found;
}

std::uint64_t GltfCheck::number(const Json& object, const char* key, const std::string& where,
                                std::optional<std::uint64_t> otherwise) const {
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

std::optional<std::size_t> GltfCheck::index(const Json& object, const char* key, const char* into,
                                            const std::string& where) {
  if (!object.contains(key)) return std::nullopt;
  const std::uint64_t i = number(object, key, where);
  if (i >= list(into).size())
    refuse(where + "." + key, "there is no " + std::string(into) + "[" + std::to_string(i) + "]; it has " +
                                  std::to_string(list(into).size()) + " of them.");
  return std::size_t(i);
}

std::string GltfCheck::at(const char* key, std::size_t i) {
  return std::string(key) + "[" + std::to_string(i) + "]";
}

void GltfCheck::checkAsset() {
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
