// SPDX-License-Identifier: Apache-2.0
#include "scene/import/precheck.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <sstream>

#include "core/error.h"

namespace aula::scene {

namespace {

[[noreturn]] void refuse(const FileFence& fence, const std::string& why) {
  throw core::inputError("The model \"" + fence.file().filename().string() + "\" cannot be used: " + why);
}

bool isText(const std::string& bytes) {
  return bytes.find('\0') == std::string::npos;
}

void checkStl(const FileFence& fence, const ImportLimits& limits) {
  const std::string& bytes = fence.content();
  // Some programs begin binary files with "solid" too; text has "facet" soon, and no zero bytes.
  if (bytes.starts_with("solid") && isText(bytes)) {
    if (bytes.find("facet") == std::string::npos)
      refuse(fence, "it begins as STL text, but has no \"facet\".");
    return;
  }
  if (bytes.size() < 84)
    refuse(fence,
           "binary STL has a header of 84 bytes; the whole file has " + std::to_string(bytes.size()) + ".");
  std::uint32_t count = 0;
  std::memcpy(&count, bytes.data() + 80, 4);
  const std::size_t present = (bytes.size() - 84) / 50;
  if (count > present)
    refuse(fence, "its header promises " + std::to_string(count) + " triangles, its bytes hold " +
                      std::to_string(present) + ". It may be cut off: copy it again.");
  if (count > limits.triangles)
    refuse(fence, "it has " + std::to_string(count) + " triangles; " + std::to_string(limits.triangles) +
                      " are allowed.");
}

std::size_t plyTypeSize(const std::string& type) {
  for (const auto& [name, size] : {std::pair{"char", 1},
                                   {"uchar", 1},
                                   {"int8", 1},
                                   {"uint8", 1},
                                   {"short", 2},
                                   {"ushort", 2},
                                   {"int16", 2},
                                   {"uint16", 2},
                                   {"int", 4},
                                   {"uint", 4},
                                   {"int32", 4},
                                   {"uint32", 4},
                                   {"float", 4},
                                   {"float32", 4},
                                   {"double", 8},
                                   {"float64", 8}})
    if (type == name) return std::size_t(size);
  return 0;
}

void checkPly(const FileFence& fence, const ImportLimits& limits) {
  const std::string& bytes = fence.content();
  if (!bytes.starts_with("ply\n") && !bytes.starts_with("ply\r"))
    refuse(fence, "it does not begin with \"ply\".");
  // Of a line that only begins so the library looks for the end on and on.
  const std::size_t end = bytes.find("\nend_header") + 1;
  const char after = end > 0 && end + 10 < bytes.size() ? bytes[end + 10] : '\0';
  if (end == 0 || end > 100'000 || (after != '\n' && after != '\r'))
    refuse(fence, "its header has no line \"end_header\".");
  std::istringstream header(bytes.substr(0, end));
  std::size_t least = 0, count = 0;
  bool isBinary = false, hasFormat = false, hasElement = false;
  int properties = 0;
  for (std::string line; std::getline(header, line);) {
    std::istringstream words(line);
    std::string word, type, name;
    words >> word;
    if (word == "format") {
      words >> type;
      hasFormat = type == "ascii" || type == "binary_little_endian" || type == "binary_big_endian";
      if (!hasFormat) refuse(fence, "its header has the unknown format \"" + type + "\".");
      isBinary = type != "ascii";
    } else if (word == "element") {
      std::string number;
      words >> type >> number;
      const auto [last, problem] = std::from_chars(number.data(), number.data() + number.size(), count);
      if (problem != std::errc() || last != number.data() + number.size())
        refuse(fence, "its header gives \"" + number + "\" as the number of elements \"" + type + "\".");
      if (count > std::max(limits.vertices, limits.triangles))
        refuse(fence, "its header promises " + number + " elements \"" + type + "\"; " +
                          std::to_string(std::max(limits.vertices, limits.triangles)) + " are allowed.");
      hasElement = true;
    } else if (word == "property") {
      words >> type;
      if (!hasElement) refuse(fence, "its header has a property before any element.");
      if (++properties > 256) refuse(fence, "its header has more than 256 properties.");
      if (type == "list") {
        words >> type >> name;
        if (plyTypeSize(name) == 0) refuse(fence, "its header has the unknown type \"" + name + "\".");
      }
      const std::size_t size = plyTypeSize(type);
      if (size == 0) refuse(fence, "its header has the unknown type \"" + type + "\".");
      // A list has at least its length; a number in text at least a digit and a space.
      least += count * (isBinary ? size : 2);
    }
  }
  if (!hasFormat) refuse(fence, "its header has no format.");
  // The last number of a text may lack its space.
  if (least > bytes.size() - end + 1)
    refuse(fence, "its header promises at least " + std::to_string(least) +
                      " bytes of elements, the file holds " + std::to_string(bytes.size() - end) +
                      ". It may be cut off: copy it again.");
}

void checkObj(const FileFence& fence) {
  if (!isText(fence.content())) refuse(fence, "it is no text, as an OBJ file must be.");
  if (fence.content().starts_with("v ") || fence.content().find("\nv ") != std::string::npos ||
      fence.content().find("\nv\t") != std::string::npos)
    return;
  refuse(fence, "it has no points (lines that begin with \"v\").");
}

void checkFbx(const FileFence& fence) {
  const std::string& bytes = fence.content();
  if (bytes.starts_with("Kaydara FBX Binary")) {
    if (bytes.size() < 27 + 13) refuse(fence, "it ends within its header.");
    return;
  }
  if (!isText(bytes) || bytes.substr(0, 4096).find("FBX") == std::string::npos)
    refuse(fence, "it is neither binary nor text FBX.");
  // The library's parser calls itself for each level.
  int depth = 0;
  for (const char c : bytes) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (depth > 64) refuse(fence, "its braces are nested more than 64 deep.");
  }
}

}  // namespace

ModelFormat formatOf(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  for (const auto& [name, format] : {std::pair{".gltf", ModelFormat::gltf},
                                     {".glb", ModelFormat::glb},
                                     {".obj", ModelFormat::obj},
                                     {".ply", ModelFormat::ply},
                                     {".stl", ModelFormat::stl},
                                     {".fbx", ModelFormat::fbx}})
    if (ending == name) return format;
  throw core::inputError("The model \"" + file.string() +
                         "\" has an ending that is not known; .gltf, .glb, .obj, " +
                         ".ply, .stl and .fbx are. Convert it, or correct its name.");
}

void precheck(FileFence& fence, ModelFormat format, const ImportLimits& limits,
              std::vector<std::string>& warnings) {
  switch (format) {
    case ModelFormat::gltf:
    case ModelFormat::glb:
      return precheckGltf(fence, format, limits, warnings);
    case ModelFormat::obj:
      return checkObj(fence);
    case ModelFormat::ply:
      return checkPly(fence, limits);
    case ModelFormat::stl:
      return checkStl(fence, limits);
    case ModelFormat::fbx:
      return checkFbx(fence);
  }
}

}  // namespace aula::scene
