// SPDX-License-Identifier: Apache-2.0
#include "app/frame_archive.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>

#include "compute/shared_array.h"
#include "core/error.h"
#include "core/io/checkpoint.h"

namespace aula::app {

namespace fs = std::filesystem;

namespace {

/// Changes whenever the order or meaning of what follows does: a run is never resumed from another's frames.
constexpr std::uint64_t kFormat = 0x41756C6146723034;  // "AulaFr04"

fs::path partFile(const fs::path& folder, int part) {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "%06d.part", part);
  return folder / name.data();
}

/// Plain values, texts and arrays in order: what frames and parts are made of.
struct PlainSink {
  core::CheckpointWriter& writer;
  int count = 0;

  std::string next() { return std::to_string(count++); }
  template <class T>
  void value(const T& v) {
    static_assert(std::is_trivially_copyable_v<T>);
    writer.writeValue(next(), v);
  }
  template <class T>
  void array(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    writer.writeArray(next(), std::span<const T>(values));
  }
  void text(const std::string& t) { writer.writeArray(next(), std::span<const char>(t.data(), t.size())); }
  template <class T, class Pass>
  void list(const std::vector<T>& values, const Pass& pass) {
    value(values.size());
    for (const T& v : values) pass(*this, v);
  }
};

struct PlainSource {
  core::CheckpointReader& reader;
  int count = 0;

  std::string next() { return std::to_string(count++); }
  template <class T>
  void value(T& v) {
    v = reader.readValue<T>(next());
  }
  template <class T>
  void array(std::vector<T>& values) {
    reader.readVector(next(), values);
  }
  void text(std::string& t) {
    const std::string name = next();
    t.resize(reader.size(name));
    reader.readArray(name, std::span<char>(t.data(), t.size()));
  }
  template <class T, class Pass>
  void list(std::vector<T>& values, const Pass& pass) {
    std::size_t size = 0;
    value(size);
    for (values.clear(); values.size() < size;) {
      values.emplace_back();
      pass(*this, values.back());
    }
  }
};

// One function a type for both directions, so that they agree: `Stream` is a sink and `Part` const, or a
// source and `Part` filled.
template <class Stream, class Part>
requires std::is_same_v<std::remove_const_t<Part>, scene::TriangleMesh>
void pass(Stream& stream, Part& mesh) {
  stream.array(mesh.positions);
  stream.array(mesh.normals);
  stream.array(mesh.textureCoordinates);
  stream.array(mesh.colours);
  stream.array(mesh.triangles);
}

template <class Stream, class Part>
requires std::is_same_v<std::remove_const_t<Part>, scene::Texture>
void pass(Stream& stream, Part& texture) {
  stream.value(texture.width);
  stream.value(texture.height);
  stream.value(texture.isSrgb);
  stream.array(texture.pixels);
}

}  // namespace

/// A frame's own file: adds what is shared, within the frame or between frames.
struct FrameSink : PlainSink {
  FrameWriter& owner;
  std::map<const void*, int> arrays = {};
  int arrayCount = 0;

  template <class T>
  void shared(const std::shared_ptr<const std::vector<T>>& values) {
    if (!values) return value(-1);
    const auto [at, isNew] = arrays.try_emplace(values.get(), arrayCount);
    value(at->second);
    if (!isNew) return;
    array(*values);
    ++arrayCount;
  }

  template <class T>
  void part(const std::shared_ptr<const T>& whole) {
    if (!whole) return value(0);
    FrameWriter::Known& known = owner.known_[whole.get()];
    if (known.part == 0 || known.owner.expired()) {
      core::CheckpointWriter file(partFile(owner.folder_, owner.lastPart_ + 1));
      PlainSink sink{file};
      sink.value(kFormat);
      pass(sink, *whole);
      file.commit();
      known = {whole, ++owner.lastPart_};
    }
    value(known.part);
  }

  /// Memory of a graphics device is gone after the run: its numbers are kept, as an array of the host's.
  template <class T, class Values>
  void deviceArray(const std::shared_ptr<const compute::SharedArray>& device, const Values& onHost,
                   std::size_t stride) {
    if (!device) return shared(onHost);
    std::vector<float> raw(device->bytes() / sizeof(float));
    device->copyToHost(raw.data());
    std::vector<T> values(raw.size() / stride);
    for (std::size_t i = 0; i < values.size(); ++i)
      if constexpr (std::is_same_v<T, float>)
        values[i] = raw[i];
      else
        values[i] = {raw[i * stride], raw[i * stride + 1], raw[i * stride + 2]};
    value(arrayCount++);
    array(values);
  }
};

struct FrameSource : PlainSource {
  FrameReader& owner;
  std::vector<std::shared_ptr<const void>> arrays = {}, parts = {};

  template <class T>
  void shared(std::shared_ptr<const std::vector<T>>& values) {
    int index = 0;
    value(index);
    if (index < 0) return;
    if (std::size_t(index) == arrays.size()) {
      auto made = std::make_shared<std::vector<T>>();
      array(*made);
      arrays.push_back(std::move(made));
    }
    values = std::static_pointer_cast<const std::vector<T>>(arrays.at(std::size_t(index)));
  }

  template <class T>
  void part(std::shared_ptr<const T>& whole) {
    int number = 0;
    value(number);
    if (number == 0) return;
    std::shared_ptr<const void> kept = owner.parts_[number].lock();
    if (!kept) {
      core::CheckpointReader file(partFile(owner.folder_, number));
      PlainSource source{file};
      std::uint64_t format = 0;
      source.value(format);
      if (format != kFormat) throw core::Error("A part of the frames kept has another format.");
      auto made = std::make_shared<T>();
      pass(source, *made);
      kept = std::move(made);
      owner.parts_[number] = kept;
    }
    parts.push_back(kept);
    whole = std::static_pointer_cast<const T>(kept);
  }

  template <class T, class Values>
  void deviceArray(const std::shared_ptr<const compute::SharedArray>&, Values& onHost, std::size_t) {
    shared(onHost);
  }
};

namespace {

template <class Stream, class V>
void passMaterial(Stream& stream, V& material) {
  stream.value(material.baseColour);
  stream.value(material.opacity);
  stream.value(material.metallic);
  stream.value(material.roughness);
  stream.value(material.clearCoat);
  stream.value(material.clearCoatRoughness);
  stream.value(material.emission);
  stream.value(material.subsurface);
  stream.value(material.subsurfaceRadius);
  stream.value(material.subsurfaceTint);
  stream.value(material.isTwoSided);
  stream.value(material.isUnlit);
  stream.part(material.baseColourTexture);
  stream.part(material.normalTexture);
  stream.part(material.metallicRoughnessTexture);
  stream.part(material.emissionTexture);
}

template <class Stream, class V>
void passQuantity(Stream& stream, V& quantity) {
  stream.text(quantity.name);
  stream.text(quantity.unit);
}

template <class Stream, class V>
void passView(Stream& stream, V& view) {
  using View = std::remove_const_t<V>;
  if constexpr (std::is_same_v<View, scene::VolumeView>) {
    stream.text(view.name);
    passQuantity(stream, view.quantity);
    stream.value(view.nx);
    stream.value(view.ny);
    stream.value(view.nz);
    stream.value(view.origin);
    stream.value(view.spacing);
    stream.template deviceArray<float>(view.sharedValues, view.values, 1);
    stream.value(view.scale);
    stream.value(view.lower);
    stream.value(view.upper);
    stream.value(view.shading);
    stream.list(view.opacity, [](auto& s, auto& point) {
      s.value(point.value);
      s.value(point.opacity);
    });
    stream.text(view.colourMap);
  } else if constexpr (std::is_same_v<View, scene::IsoSurfaceView>) {
    stream.text(view.name);
    passView(stream, view.volume);
    stream.value(view.level);
    passMaterial(stream, view.material);
  } else if constexpr (std::is_same_v<View, scene::SliceView>) {
    stream.text(view.name);
    passView(stream, view.volume);
    stream.value(view.corner);
    stream.value(view.u);
    stream.value(view.v);
  } else if constexpr (std::is_same_v<View, scene::ParticlesView>) {
    stream.text(view.name);
    stream.template deviceArray<scene::Float3>(view.sharedPositions, view.positions, 4);
    stream.shared(view.radii);
    stream.shared(view.colours);
    stream.shared(view.bonds);
    stream.value(view.bondRadius);
    passMaterial(stream, view.material);
  } else if constexpr (std::is_same_v<View, scene::GlyphsView>) {
    stream.text(view.name);
    passQuantity(stream, view.quantity);
    stream.shared(view.positions);
    stream.shared(view.vectors);
    stream.value(view.metresPerUnit);
    stream.value(view.longest);
    stream.value(view.lower);
    stream.value(view.upper);
  } else if constexpr (std::is_same_v<View, scene::RibbonView>) {
    stream.text(view.name);
    stream.array(view.points);
    stream.array(view.across);
    stream.array(view.widths);
    stream.value(view.thickness);
    stream.array(view.colours);
    passMaterial(stream, view.material);
  } else if constexpr (std::is_same_v<View, scene::LinesView>) {
    stream.text(view.name);
    stream.list(view.polylines, [](auto& s, auto& polyline) { s.array(polyline); });
    stream.value(view.isDashed);
    stream.value(view.width);
    stream.value(view.hasColour);
    stream.value(view.colour);
    stream.value(view.isClipped);
  } else if constexpr (std::is_same_v<View, scene::MeshView>) {
    stream.text(view.name);
    stream.part(view.mesh);
    passMaterial(stream, view.material);
    stream.array(view.instances);
    stream.array(view.tints);
    stream.value(view.isClipped);
  } else if constexpr (std::is_same_v<View, scene::LabelView>) {
    stream.text(view.text);
    stream.value(view.position);
    stream.value(view.hasLeader);
    stream.value(view.priority);
  } else {
    static_assert(std::is_same_v<View, scene::RulerView>, "a new kind of view must be stored as well");
    stream.text(view.name);
    stream.value(view.from);
    stream.value(view.to);
  }
}

/// An empty view of the kind with that index in scene::View.
template <std::size_t I = 0>
scene::View makeView(std::size_t kind) {
  if constexpr (I < std::variant_size_v<scene::View>)
    return kind == I ? scene::View(std::in_place_index<I>) : makeView<I + 1>(kind);
  else
    throw core::Error("A frame kept holds a view of an unknown kind.");
}

}  // namespace

FrameWriter::FrameWriter(fs::path folder) : folder_(std::move(folder)) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    if (entry.path().extension() != ".part") continue;
    const std::string stem = entry.path().stem().string();
    int number = 0;
    std::from_chars(stem.data(), stem.data() + stem.size(), number);
    lastPart_ = std::max(lastPart_, number);
  }
}

void FrameWriter::write(const fs::path& file, const scene::Frame& frame) {
  std::erase_if(known_, [](const auto& entry) { return entry.second.owner.expired(); });
  core::CheckpointWriter writer(file);
  FrameSink sink{{writer}, *this};
  sink.value(kFormat);
  sink.value(frame.time);
  sink.value(frame.step);
  sink.text(frame.title);
  sink.value(frame.views.size());
  for (const scene::View& view : frame.views) {
    sink.value(view.index());
    std::visit([&](const auto& any) { passView(sink, any); }, view);
  }
  sink.list(frame.clips, [](auto& s, const scene::ClipPlane& clip) { s.value(clip); });
  sink.value(frame.stance);
  writer.commit();
}

FrameReader::FrameReader(fs::path folder) : folder_(std::move(folder)) {}

scene::Frame FrameReader::read(const fs::path& file) {
  const std::lock_guard lock(mutex_);
  core::CheckpointReader reader(file);
  FrameSource source{{reader}, *this};
  std::uint64_t format = 0;
  source.value(format);
  if (format != kFormat)
    throw core::Error("\"" + file.string() + "\" is a frame of another version of Aula.");
  scene::Frame frame;
  source.value(frame.time);
  source.value(frame.step);
  source.text(frame.title);
  std::size_t count = 0;
  source.value(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t kind = 0;
    source.value(kind);
    frame.views.push_back(makeView(kind));
    std::visit([&](auto& any) { passView(source, any); }, frame.views.back());
  }
  source.list(frame.clips, [](auto& s, scene::ClipPlane& clip) { s.value(clip); });
  source.value(frame.stance);
  latest_ = std::move(source.parts);
  return frame;
}

}  // namespace aula::app
