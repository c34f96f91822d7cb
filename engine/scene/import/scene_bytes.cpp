// SPDX-License-Identifier: Apache-2.0
#include "scene/import/scene_bytes.h"

#include <cstdint>
#include <cstring>
#include <map>
#include <type_traits>

#include "core/error.h"
#include "scene/mesh/check.h"

namespace aula::scene {

namespace {

struct Sink {
  std::string bytes;
  std::map<const void*, std::uint32_t> known;

  template <class T>
  void value(const T& v) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes.append(reinterpret_cast<const char*>(&v), sizeof(T));
  }
  template <class T>
  void array(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    value(std::uint64_t(values.size()));
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  void text(const std::string& t) {
    value(std::uint64_t(t.size()));
    bytes += t;
  }
  void texture(const std::shared_ptr<const Texture>& picture) {
    if (!picture) return value(std::uint32_t(0));
    const auto [at, isNew] = known.try_emplace(picture.get(), std::uint32_t(known.size()) + 1);
    value(at->second);
    if (!isNew) return;
    value(picture->width);
    value(picture->height);
    value(std::uint8_t(picture->isSrgb));
    array(picture->pixels);
  }
};

struct Source {
  const std::string& bytes;
  std::size_t at = 0;
  std::vector<std::shared_ptr<const Texture>> known = {};

  [[noreturn]] static void refuse() {
    throw core::inputError("What the reader of a model handed over is incomplete.");
  }
  const char* take(std::uint64_t count, std::size_t size) {
    if (count > (bytes.size() - at) / size) refuse();
    const char* from = bytes.data() + at;
    at += std::size_t(count) * size;
    return from;
  }
  template <class T>
  void value(T& v) {
    std::memcpy(&v, take(1, sizeof(T)), sizeof(T));
  }
  template <class T>
  void array(std::vector<T>& values) {
    std::uint64_t count = 0;
    value(count);
    const char* from = take(count, sizeof(T));
    values.resize(std::size_t(count));
    if (count > 0) std::memcpy(values.data(), from, std::size_t(count) * sizeof(T));
  }
  void text(std::string& t) {
    std::uint64_t count = 0;
    value(count);
    const char* from = take(count, 1);
    t.assign(from, std::size_t(count));
  }
  void texture(std::shared_ptr<const Texture>& picture) {
    std::uint32_t number = 0;
    value(number);
    if (number == 0) return;
    if (number <= known.size()) {
      picture = known[number - 1];
      return;
    }
    if (number != known.size() + 1) refuse();
    auto made = std::make_shared<Texture>();
    std::uint8_t isSrgb = 0;
    value(made->width);
    value(made->height);
    value(isSrgb);
    made->isSrgb = isSrgb != 0;
    array(made->pixels);
    if (made->width < 1 || made->height < 1 ||
        made->pixels.size() != std::size_t(made->width) * std::size_t(made->height) * 4)
      refuse();
    known.push_back(std::move(made));
    picture = known.back();
  }
};

template <class Stream, class M>
void passMaterial(Stream& stream, M& material) {
  stream.value(material.baseColour);
  stream.value(material.opacity);
  stream.value(material.metallic);
  stream.value(material.roughness);
  stream.value(material.clearCoat);
  stream.value(material.clearCoatRoughness);
  stream.value(material.emission);
  stream.texture(material.baseColourTexture);
  stream.texture(material.normalTexture);
  stream.texture(material.metallicRoughnessTexture);
  stream.texture(material.emissionTexture);
}

template <class Stream, class M>
void passMesh(Stream& stream, M& mesh) {
  stream.array(mesh.positions);
  stream.array(mesh.normals);
  stream.array(mesh.textureCoordinates);
  stream.array(mesh.colours);
  stream.array(mesh.triangles);
}

}  // namespace

std::string toBytes(const ImportedScene& scene) {
  Sink sink;
  sink.value(std::uint64_t(scene.meshes.size()));
  for (const MeshView& view : scene.meshes) {
    sink.text(view.name);
    passMesh(sink, *view.mesh);
    passMaterial(sink, view.material);
    sink.value(std::uint8_t((view.material.isTwoSided ? 1 : 0) + (view.material.isUnlit ? 2 : 0)));
    sink.array(view.instances);
  }
  sink.value(std::uint64_t(scene.warnings.size()));
  for (const std::string& warning : scene.warnings) sink.text(warning);
  return std::move(sink.bytes);
}

ImportedScene fromBytes(const std::string& bytes) {
  Source source{bytes};
  ImportedScene scene;
  std::uint64_t count = 0;
  source.value(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    MeshView view;
    auto mesh = std::make_shared<TriangleMesh>();
    source.text(view.name);
    passMesh(source, *mesh);
    passMaterial(source, view.material);
    std::uint8_t flags = 0;
    source.value(flags);
    view.material.isTwoSided = (flags & 1U) != 0;
    view.material.isUnlit = (flags & 2U) != 0;
    source.array(view.instances);
    checkMesh(*mesh, view.name);
    view.mesh = std::move(mesh);
    scene.meshes.push_back(std::move(view));
  }
  source.value(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    scene.warnings.emplace_back();
    source.text(scene.warnings.back());
  }
  if (source.at != bytes.size()) Source::refuse();
  return scene;
}

}  // namespace aula::scene
