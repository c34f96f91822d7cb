// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scene/import/precheck.h"

namespace aula::scene {

/// A glTF or GLB file taken apart, every index, span and count in it looked at, and put together again
/// without what Aula does not draw. References are to the glTF 2.0 specification (Khronos 2021), by section.
class GltfCheck {
 public:
  GltfCheck(FileFence& fence, const ImportLimits& limits, std::vector<std::string>& warnings)
      : fence_(fence), limits_(limits), warnings_(warnings) {}

  /// Throws core::Error (input); then the fence holds the mended file.
  void run(ModelFormat format);

 private:
  using Json = nlohmann::json;

  [[noreturn]] void refuse(const std::string& where, const std::string& why) const;
  /// Section 4.4: a header of 12 bytes, then chunks of length, kind and bytes.
  void splitChunks(const std::string& bytes, std::string& json, std::string& binary, bool& hasBinary) const;
  void parse(const std::string& text);
  [[nodiscard]] Json& list(const char* key);
  /// A whole number from 0 up; `otherwise` where it is not given.
  [[nodiscard]] std::uint64_t number(const Json& object, const char* key, const std::string& where,
                                     std::optional<std::uint64_t> otherwise = {}) const;
  /// An index into one of the file's lists; nothing where it is not given.
  std::optional<std::size_t> index(const Json& object, const char* key, const char* into,
                                   const std::string& where);
  static std::string at(const char* key, std::size_t i);
  void checkAsset();

  // gltf_bytes.cpp: do the bytes suffice for what is said of them?
  void checkBuffers(bool hasBinary);
  void checkViews();
  /// Section 3.6.2.2.
  [[nodiscard]] std::uint64_t componentSize(const Json& object, const std::string& where) const;
  void checkSpan(const Json& object, std::uint64_t element, std::uint64_t count, const std::string& where);
  void checkAccessors();

  // gltf_content.cpp: what the bytes are used for.
  void checkMeshes();
  void checkPrimitive(Json& primitive, const std::string& where);
  void checkNodes();
  void checkTexture(const Json& material, const char* key, const std::string& where);
  void checkPictures();
  /// Takes out what is not drawn.
  void strip();

  FileFence& fence_;
  const ImportLimits& limits_;
  std::vector<std::string>& warnings_;
  Json root_;
  std::size_t binarySize_ = 0;
  bool hasBones_ = false, hasMorphs_ = false, hasTextureTransforms_ = false, hasCoatTextures_ = false;
  std::set<std::string> unknown_, used_;  ///< Extensions of materials.
};

}  // namespace aula::scene
