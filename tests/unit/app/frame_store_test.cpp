// SPDX-License-Identifier: Apache-2.0
#include "app/frame_store.h"

#include <gtest/gtest.h>

#include <fstream>

#include "compute/shared_array.h"
#include "core/error.h"
#include "support/scratch_folder.h"

using namespace aula;

namespace {

template <class T>
std::shared_ptr<const std::vector<T>> shared(std::vector<T> values) {
  return std::make_shared<const std::vector<T>>(std::move(values));
}

std::shared_ptr<const scene::Texture> makeTexture(std::uint8_t value) {
  scene::Texture texture;
  texture.width = 1;
  texture.height = 2;
  texture.isSrgb = value % 2 == 0;
  texture.pixels.assign(8, value);
  return std::make_shared<const scene::Texture>(texture);
}

/// Nothing in it is what it would be by itself: a field that is forgotten shows.
scene::Material makeMaterial() {
  scene::Material m;
  m.baseColour = {0.1F, 0.2F, 0.3F};
  m.opacity = 0.4F;
  m.metallic = 0.5F;
  m.roughness = 0.6F;
  m.clearCoat = 0.7F;
  m.clearCoatRoughness = 0.8F;
  m.emission = {0.9F, 1, 1.1F};
  m.subsurface = 0.12F;
  m.subsurfaceRadius = 0.13F;
  m.subsurfaceTint = {0.14F, 0.15F, 0.16F};
  m.isTwoSided = true;
  m.isUnlit = true;
  m.baseColourTexture = makeTexture(10);
  m.normalTexture = makeTexture(11);
  m.metallicRoughnessTexture = makeTexture(12);
  m.emissionTexture = makeTexture(13);
  return m;
}

scene::VolumeView makeVolume() {
  scene::VolumeView v;
  v.name = "field";
  v.quantity = {"Electric field", "V/m"};
  v.nx = 2;
  v.ny = 3;
  v.nz = 1;
  v.origin = {1, 2, 3};
  v.spacing = {4, 5, 6};
  v.values = shared<float>({1, 2, 3, 4, 5, 6});
  v.scale = scene::ColourScale::sequential;
  v.lower = -7;
  v.upper = 8;
  v.shading = scene::VolumeShading::surface;
  v.opacity = {{1.5, 0.25F}, {2.5, 0.75F}};
  v.colourMap = "viridis";
  return v;
}

scene::Frame makeFrame() {
  scene::Frame frame;
  frame.time = 1.25;
  frame.step = 77;
  frame.title = "Título";
  frame.clips = {{{0, 1, 0}, 0.5}, {{0, 0, 1}, -0.5}};
  const scene::VolumeView volume = makeVolume();
  frame.views.emplace_back(volume);
  frame.views.emplace_back(scene::IsoSurfaceView{"iso", volume, 2.5, makeMaterial()});
  frame.views.emplace_back(scene::SliceView{"cut", volume, {1, 1, 1}, {2, 0, 0}, {0, 3, 0}});
  scene::ParticlesView particles;
  particles.name = "atoms";
  particles.positions = shared<scene::Float3>({{1, 2, 3}, {4, 5, 6}});
  particles.radii = shared<float>({0.5F, 0.25F});
  particles.colours = shared<scene::Colour>({{1, 0, 0}, {0, 1, 0}});
  particles.bonds = shared<std::array<std::uint32_t, 2>>({{0, 1}});
  particles.bondRadius = 0.1F;
  particles.material = makeMaterial();
  frame.views.emplace_back(particles);
  scene::GlyphsView glyphs;
  glyphs.name = "arrows";
  glyphs.quantity = {"Force", "N"};
  glyphs.positions = particles.positions;
  glyphs.vectors = shared<scene::Float3>({{7, 8, 9}, {1, 1, 1}});
  glyphs.metresPerUnit = 0.01;
  glyphs.longest = 3;
  glyphs.lower = 1;
  glyphs.upper = 12;
  frame.views.emplace_back(glyphs);
  scene::RibbonView ribbon;
  ribbon.name = "helix";
  ribbon.points = {{0, 0, 0}, {1, 0, 0}};
  ribbon.across = {{0, 1, 0}, {0, 0, 1}};
  ribbon.widths = {0.3F, 0.2F};
  ribbon.thickness = 0.05F;
  ribbon.colours = {{1, 1, 0}, {0, 1, 1}};
  ribbon.material = makeMaterial();
  frame.views.emplace_back(ribbon);
  scene::LinesView lines;
  lines.name = "box";
  lines.polylines = {{{0, 0, 0}, {1, 1, 1}}, {{2, 2, 2}, {3, 3, 3}, {4, 4, 4}}};
  lines.isDashed = true;
  lines.isClipped = true;
  lines.width = 2.5F;
  lines.hasColour = true;
  lines.colour = {0.5F, 0.25F, 0.125F};
  frame.views.emplace_back(lines);
  scene::TriangleMesh mesh;
  mesh.positions = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}};
  mesh.normals = {{0, 0, 1}, {0, 0, 1}, {0, 0, 1}};
  mesh.textureCoordinates = {{0, 0}, {1, 0}, {0, 1}};
  mesh.colours = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  mesh.triangles = {0, 1, 2};
  scene::MeshView model;
  model.name = "model";
  model.mesh = std::make_shared<const scene::TriangleMesh>(mesh);
  model.material = makeMaterial();
  model.instances = {{}, {{0, 1, 0}, {-1, 0, 0}, {0, 0, 1}, {1, 2, 3}}};
  model.tints = {{1, 1, 1}, {0.5F, 0.5F, 0.5F}};
  model.isClipped = false;
  frame.views.emplace_back(model);
  frame.views.emplace_back(scene::LabelView{"here", {1, 0, 1}, true, 3});
  frame.views.emplace_back(scene::RulerView{"gap", {1, 1, 0}, {2, 1, 0}});
  return frame;
}

template <class T>
void expectSame(const std::shared_ptr<const std::vector<T>>& a,
                const std::shared_ptr<const std::vector<T>>& b) {
  ASSERT_EQ(a == nullptr, b == nullptr);
  if (!a) return;
  EXPECT_EQ(*a, *b);
}

void expectSame(const std::shared_ptr<const scene::Texture>& a,
                const std::shared_ptr<const scene::Texture>& b) {
  ASSERT_EQ(a == nullptr, b == nullptr);
  if (!a) return;
  EXPECT_EQ(a->width, b->width);
  EXPECT_EQ(a->height, b->height);
  EXPECT_EQ(a->isSrgb, b->isSrgb);
  EXPECT_EQ(a->pixels, b->pixels);
}

void expectSame(const scene::Material& a, const scene::Material& b) {
  EXPECT_EQ(a.baseColour, b.baseColour);
  EXPECT_EQ(a.opacity, b.opacity);
  EXPECT_EQ(a.metallic, b.metallic);
  EXPECT_EQ(a.roughness, b.roughness);
  EXPECT_EQ(a.clearCoat, b.clearCoat);
  EXPECT_EQ(a.clearCoatRoughness, b.clearCoatRoughness);
  EXPECT_EQ(a.emission, b.emission);
  EXPECT_EQ(a.subsurface, b.subsurface);
  EXPECT_EQ(a.subsurfaceRadius, b.subsurfaceRadius);
  EXPECT_EQ(a.subsurfaceTint, b.subsurfaceTint);
  EXPECT_EQ(a.isTwoSided, b.isTwoSided);
  EXPECT_EQ(a.isUnlit, b.isUnlit);
  expectSame(a.baseColourTexture, b.baseColourTexture);
  expectSame(a.normalTexture, b.normalTexture);
  expectSame(a.metallicRoughnessTexture, b.metallicRoughnessTexture);
  expectSame(a.emissionTexture, b.emissionTexture);
}

void expectSame(const scene::VolumeView& a, const scene::VolumeView& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.quantity.name, b.quantity.name);
  EXPECT_EQ(a.quantity.unit, b.quantity.unit);
  EXPECT_EQ(std::make_tuple(a.nx, a.ny, a.nz), std::make_tuple(b.nx, b.ny, b.nz));
  EXPECT_EQ(a.origin, b.origin);
  EXPECT_EQ(a.spacing, b.spacing);
  expectSame(a.values, b.values);
  EXPECT_EQ(a.scale, b.scale);
  EXPECT_EQ(a.lower, b.lower);
  EXPECT_EQ(a.upper, b.upper);
  EXPECT_EQ(a.shading, b.shading);
  EXPECT_EQ(a.colourMap, b.colourMap);
  ASSERT_EQ(a.opacity.size(), b.opacity.size());
  for (std::size_t i = 0; i < a.opacity.size(); ++i) {
    EXPECT_EQ(a.opacity[i].value, b.opacity[i].value);
    EXPECT_EQ(a.opacity[i].opacity, b.opacity[i].opacity);
  }
}

void expectSame(const scene::IsoSurfaceView& a, const scene::IsoSurfaceView& b) {
  EXPECT_EQ(a.name, b.name);
  expectSame(a.volume, b.volume);
  EXPECT_EQ(a.level, b.level);
  expectSame(a.material, b.material);
}

void expectSame(const scene::SliceView& a, const scene::SliceView& b) {
  EXPECT_EQ(a.name, b.name);
  expectSame(a.volume, b.volume);
  EXPECT_EQ(a.corner, b.corner);
  EXPECT_EQ(a.u, b.u);
  EXPECT_EQ(a.v, b.v);
}

void expectSame(const scene::ParticlesView& a, const scene::ParticlesView& b) {
  EXPECT_EQ(a.name, b.name);
  expectSame(a.positions, b.positions);
  expectSame(a.radii, b.radii);
  expectSame(a.colours, b.colours);
  expectSame(a.bonds, b.bonds);
  EXPECT_EQ(a.bondRadius, b.bondRadius);
  expectSame(a.material, b.material);
}

void expectSame(const scene::GlyphsView& a, const scene::GlyphsView& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.quantity.name, b.quantity.name);
  EXPECT_EQ(a.quantity.unit, b.quantity.unit);
  expectSame(a.positions, b.positions);
  expectSame(a.vectors, b.vectors);
  EXPECT_EQ(a.metresPerUnit, b.metresPerUnit);
  EXPECT_EQ(a.longest, b.longest);
  EXPECT_EQ(a.lower, b.lower);
  EXPECT_EQ(a.upper, b.upper);
}

void expectSame(const scene::RibbonView& a, const scene::RibbonView& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.points, b.points);
  EXPECT_EQ(a.across, b.across);
  EXPECT_EQ(a.widths, b.widths);
  EXPECT_EQ(a.thickness, b.thickness);
  EXPECT_EQ(a.colours, b.colours);
  expectSame(a.material, b.material);
}

void expectSame(const scene::LinesView& a, const scene::LinesView& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.polylines, b.polylines);
  EXPECT_EQ(a.isDashed, b.isDashed);
  EXPECT_EQ(a.isClipped, b.isClipped);
  EXPECT_EQ(a.width, b.width);
  EXPECT_EQ(a.hasColour, b.hasColour);
  EXPECT_EQ(a.colour, b.colour);
}

void expectSame(const scene::MeshView& a, const scene::MeshView& b) {
  EXPECT_EQ(a.name, b.name);
  ASSERT_TRUE(a.mesh && b.mesh);
  EXPECT_EQ(a.mesh->positions, b.mesh->positions);
  EXPECT_EQ(a.mesh->normals, b.mesh->normals);
  EXPECT_EQ(a.mesh->textureCoordinates, b.mesh->textureCoordinates);
  EXPECT_EQ(a.mesh->colours, b.mesh->colours);
  EXPECT_EQ(a.mesh->triangles, b.mesh->triangles);
  expectSame(a.material, b.material);
  EXPECT_EQ(a.instances, b.instances);
  EXPECT_EQ(a.tints, b.tints);
  EXPECT_EQ(a.isClipped, b.isClipped);
}

void expectSame(const scene::LabelView& a, const scene::LabelView& b) {
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.position, b.position);
  EXPECT_EQ(a.hasLeader, b.hasLeader);
  EXPECT_EQ(a.priority, b.priority);
}

void expectSame(const scene::RulerView& a, const scene::RulerView& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.from, b.from);
  EXPECT_EQ(a.to, b.to);
}

void expectSame(const scene::Frame& a, const scene::Frame& b) {
  EXPECT_EQ(a.time, b.time);
  EXPECT_EQ(a.step, b.step);
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.clips, b.clips);
  ASSERT_EQ(a.views.size(), b.views.size());
  for (std::size_t i = 0; i < a.views.size(); ++i) {
    ASSERT_EQ(a.views[i].index(), b.views[i].index());
    std::visit(
        [&](const auto& view) { expectSame(view, std::get<std::decay_t<decltype(view)>>(b.views[i])); },
        a.views[i]);
  }
}

/// Floats that a graphics device reads and the host reaches.
class HostFloats : public compute::SharedArray {
 public:
  explicit HostFloats(std::vector<float> values) : values_(std::move(values)) {}
  [[nodiscard]] std::size_t bytes() const override { return values_.size() * sizeof(float); }
  [[nodiscard]] void* devicePointer() const override { return nullptr; }
  [[nodiscard]] void* hostPointer() const override { return const_cast<float*>(values_.data()); }

 private:
  std::vector<float> values_;
};

/// The same, out of the host's reach.
class DeviceFloats : public compute::SharedArray {
 public:
  [[nodiscard]] std::size_t bytes() const override { return 16; }
  [[nodiscard]] void* devicePointer() const override { return nullptr; }
  [[nodiscard]] void* hostPointer() const override { return nullptr; }
};

TEST(FrameStore, KeepsEveryKindOfViewWithAllItHolds) {
  const test::ScratchFolder folder;
  const scene::Frame frame = makeFrame();
  app::FrameStore store(folder.path(), false);
  store.push(frame, 0);
  store.push(scene::Frame{}, 1);
  store.flush();
  const auto back = store.read(0);
  ASSERT_TRUE(back);
  expectSame(frame, *back);
  const auto empty = store.read(1);
  ASSERT_TRUE(empty);
  EXPECT_TRUE(empty->views.empty());
  EXPECT_FALSE(store.read(2));
  store.clear();
}

TEST(FrameStore, AResumedRunHasTheEarlierFrames) {
  const test::ScratchFolder folder;
  const scene::Frame frame = makeFrame();
  {
    app::FrameStore store(folder.path(), false);
    store.push(frame, 0);
    store.flush();
  }
  // The resumed run makes its meshes again, elsewhere in memory; the earlier frames' parts stay theirs.
  scene::Frame later = makeFrame();
  auto& model = std::get<scene::MeshView>(later.views[7]);
  scene::TriangleMesh larger = *model.mesh;
  for (scene::Float3& p : larger.positions) p.x += 1;
  model.mesh = std::make_shared<const scene::TriangleMesh>(larger);
  app::FrameStore store(folder.path(), true);
  store.push(later, 1);
  store.flush();
  const auto first = store.read(0), second = store.read(1);
  ASSERT_TRUE(first && second);
  expectSame(frame, *first);
  expectSame(later, *second);
  store.clear();
}

TEST(FrameStore, AMeshOfManyFramesIsStoredOnceAndComesBackAsOne) {
  const test::ScratchFolder folder;
  const scene::Frame frame = makeFrame();
  app::FrameStore store(folder.path(), false);
  for (int i = 0; i < 5; ++i) store.push(frame, i);
  store.flush();
  int parts = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "frames.kept"))
    parts += entry.path().extension() == ".part" ? 1 : 0;
  // One mesh, and four textures for each of the four materials made.
  EXPECT_EQ(parts, 1 + 4 * 4);
  const auto first = store.read(0), last = store.read(4);
  ASSERT_TRUE(first && last);
  EXPECT_EQ(std::get<scene::MeshView>(first->views[7]).mesh, std::get<scene::MeshView>(last->views[7]).mesh);
  // What a frame shares within itself stays shared: an iso-surface does not double its volume.
  EXPECT_EQ(std::get<scene::VolumeView>(first->views[0]).values,
            std::get<scene::IsoSurfaceView>(first->views[1]).volume.values);
  store.clear();
}

TEST(FrameStore, AMeshThatChangesEveryFrameIsStoredEveryTime) {
  const test::ScratchFolder folder;
  app::FrameStore store(folder.path(), false);
  for (int i = 0; i < 6; ++i) {
    scene::TriangleMesh mesh;
    mesh.positions = {{float(i), 0, 0}, {1, 0, 0}, {0, 1, 0}};
    mesh.triangles = {0, 1, 2};
    scene::Frame frame;
    scene::MeshView view;
    view.mesh = std::make_shared<const scene::TriangleMesh>(mesh);
    frame.views.emplace_back(view);
    store.push(frame, i);
    // Written and let go: the next mesh may well get the same address.
    store.flush();
  }
  for (int i = 0; i < 6; ++i) {
    const auto frame = store.read(i);
    ASSERT_TRUE(frame);
    EXPECT_EQ(std::get<scene::MeshView>(frame->views[0]).mesh->positions[0].x, float(i));
  }
  store.clear();
}

TEST(FrameStore, MemoryOfAGraphicsDeviceIsKeptAsNumbers) {
  const test::ScratchFolder folder;
  scene::Frame frame;
  scene::ParticlesView particles;
  particles.sharedPositions = std::make_shared<HostFloats>(std::vector<float>{1, 2, 3, 0, 4, 5, 6, 0});
  frame.views.emplace_back(particles);
  scene::VolumeView volume;
  volume.nx = 4;
  volume.sharedValues = std::make_shared<HostFloats>(std::vector<float>{1, 2, 3, 4});
  frame.views.emplace_back(volume);
  app::FrameStore store(folder.path(), false);
  store.push(frame, 0);
  store.flush();
  const auto back = store.read(0);
  ASSERT_TRUE(back);
  const std::vector<scene::Float3> expected{{1, 2, 3}, {4, 5, 6}};
  EXPECT_EQ(*std::get<scene::ParticlesView>(back->views[0]).positions, expected);
  EXPECT_FALSE(std::get<scene::ParticlesView>(back->views[0]).sharedPositions);
  EXPECT_EQ(*std::get<scene::VolumeView>(back->views[1]).values, (std::vector<float>{1, 2, 3, 4}));
  store.clear();
}

TEST(FrameStore, MemoryOutOfReachIsAnErrorNotAGap) {
  const test::ScratchFolder folder;
  scene::Frame frame;
  scene::VolumeView volume;
  volume.sharedValues = std::make_shared<DeviceFloats>();
  frame.views.emplace_back(volume);
  app::FrameStore store(folder.path(), false);
  store.push(frame, 0);
  try {
    store.flush();
    FAIL() << "nothing was said";
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(),
                 "An array that lies on the graphics device alone cannot be copied to the host.");
  }
  store.clear();
}

TEST(FrameStore, ATornFrameAndATornPartCountAsMissing) {
  const test::ScratchFolder folder;
  {
    app::FrameStore store(folder.path(), false);
    store.push(makeFrame(), 0);
    store.push(makeFrame(), 1);
    store.flush();
  }
  std::filesystem::resize_file(folder / "frames.kept/000001.frame", 100);
  std::filesystem::resize_file(folder / "frames.kept/000001.part", 10);
  const app::FrameStore store(folder.path(), true);
  EXPECT_FALSE(store.read(0));
  EXPECT_FALSE(store.read(1));
}

}  // namespace
