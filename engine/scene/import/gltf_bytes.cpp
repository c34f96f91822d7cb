// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "scene/import/gltf_check.h"

namespace aula::scene {

void GltfCheck::checkBuffers(bool hasBinary) {
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
      refuse(where, "it promises " + std::to_string(promised) + " bytes, but has " + std::to_string(present) +
                        ". It may be cut off: copy it again.");
  }
}

void GltfCheck::checkViews() {
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

std::uint64_t GltfCheck::componentSize(const Json& object, const std::string& where) const {
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

void GltfCheck::checkSpan(const Json& object, std::uint64_t element, std::uint64_t count,
                          const std::string& where) {
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

void GltfCheck::checkAccessors() {
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

}  // namespace aula::scene
