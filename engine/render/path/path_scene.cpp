// SPDX-License-Identifier: Apache-2.0
#include "render/path/path_scene.h"

#include <algorithm>
#include <cmath>
#include <glm/matrix.hpp>
#include <numbers>

#include "compute/shared_array.h"
#include "core/error.h"
#include "render/colour/colour_limits.h"
#include "render/path/facet_table.h"
#include "render/volume/volume_pass.h"
#include "render/vulkan/device.h"
#include "scene/geometry/sweep.h"
#include "scene/mesh/check.h"
#include "scene/mesh/topology.h"
#include "scene/mesh/weld.h"

namespace aula::render::path {
namespace {

constexpr VkBufferUsageFlags kArrayUsage =
    VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT |
    VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT |
    VK_BUFFER_USAGE_ACCELERATION_STRUCTURE_BUILD_INPUT_READ_ONLY_BIT_KHR;
/// A lamp narrower than this is drawn this wide: a point cannot be hit by chance, a disc of 0.06 degrees
/// looks the same.
constexpr double kLeastAngle = 0.06;

double luminance(const scene::Colour& c) {
  return 0.2126 * static_cast<double>(c.red) + 0.7152 * static_cast<double>(c.green) +
         0.0722 * static_cast<double>(c.blue);
}

glm::vec3 vectorOf(core::Vec3 v) {
  return {v.x, v.y, v.z};
}

struct Basis {
  core::Vec3 right, up, forward;
};

Basis basisOf(const scene::Camera& camera) {
  const core::Vec3 forward = core::normalised(camera.target - camera.eye);
  core::Vec3 right = core::cross(forward, camera.up);
  if (core::length(right) < 1e-9)
    right = core::cross(forward, std::abs(forward.z) < 0.9 ? core::Vec3{0, 0, 1} : core::Vec3{0, 1, 0});
  right = core::normalised(right);
  return {right, core::cross(right, forward), forward};
}

}  // namespace

PathScene::PathScene(const vulkan::Device& device, vulkan::FrameCommands& frame)
    : device_(device), frame_(frame), builder_(device, frame) {}

PathScene::~PathScene() = default;

VkDeviceAddress PathScene::upload(std::span<const std::byte> bytes,
                                  std::vector<std::unique_ptr<vulkan::Buffer>>& into) {
  if (bytes.empty()) return 0;
  if (!isUploading_) {
    frame_.begin();
    barrierForRays(device_, frame_.commands());
    isUploading_ = true;
  }
  into.push_back(std::make_unique<vulkan::Buffer>(device_, (bytes.size() + 15) / 16 * 16, kArrayUsage,
                                                  vulkan::MemoryUse::device));
  frame_.uploadTo(*into.back(), bytes);
  return into.back()->address();
}

void PathScene::flushUploads() {
  if (!isUploading_) return;
  barrierForRays(device_, frame_.commands());
  frame_.submitAndWait();
  isUploading_ = false;
}

std::size_t PathScene::bytes() const {
  std::size_t sum = tree_ ? tree_->bytes() : 0;
  for (const auto* list : {&arrays_, &tables_})
    for (const auto& buffer : *list) sum += buffer->size();
  for (const auto& tree : trees_) sum += tree->bytes();
  for (const auto& [source, mesh] : meshes_) {
    sum += mesh.tree->bytes();
    for (const auto& buffer : mesh.arrays) sum += buffer->size();
  }
  return sum;
}

void PathScene::set(const Setup& setup) {
  setup_ = &setup;
  try {
    begin(setup);
    for (const scene::View& view : setup.frame.views) std::visit([this](const auto& any) { add(any); }, view);
    finish();
  } catch (...) {
    // The recording that was begun is dropped by the next begin().
    isUploading_ = false;
    setup_ = nullptr;
    throw;
  }
  setup_ = nullptr;
}

void PathScene::begin(const Setup& setup) {
  bounds_ = scene::boundsOf(setup.frame);
  const double diagonal = bounds_.diagonal();
  const double scale = diagonal > 0 ? 2 / diagonal : 1;
  space_.centre = bounds_.isEmpty() ? core::Vec3{} : bounds_.centre();
  space_.scale = scale;
  for (auto& [source, mesh] : meshes_) mesh.isUsed = false;
  arrays_.clear();
  trees_.clear();
  tree_.reset();
  treeInstances_.clear();
  instances_.clear();
  materials_.clear();
  textures_.clear();
  trackedVolumes_.clear();
  sliceVolumes_.clear();
  textureNumbers_.clear();
  volumeArrays_.clear();
  triangles_ = shapes_ = 0;
  flags_ = 0;
  uniforms_ = {};
  setCamera(setup);
  setLights(setup.style);
  if (setup.frame.clips.size() > 6)
    throw core::inputError("A scene with " + std::to_string(setup.frame.clips.size()) +
                           " clip planes cannot be drawn: at most 6.");
  for (std::size_t i = 0; i < setup.frame.clips.size(); ++i) {
    const scene::ClipPlane& plane = setup.frame.clips[i];
    uniforms_.clips[i] = glm::vec4(vectorOf(plane.normal),
                                   space_.scale * (core::dot(plane.normal, space_.centre) - plane.offset));
  }
  uniforms_.counts.x = static_cast<int>(setup.frame.clips.size());
}

void PathScene::setCamera(const Setup& setup) {
  const scene::Camera& camera = setup.camera;
  const Basis basis = basisOf(camera);
  const double aspect = static_cast<double>(setup.width) / setup.height;
  double half = std::tan(camera.fieldOfView / 2 * std::numbers::pi / 180);
  if (camera.isOrthographic) half *= core::length(camera.target - camera.eye) * space_.scale;
  core::Vec3 eye = camera.eye;
  double nearest = camera.nearest * space_.scale;
  if (camera.isOrthographic) {
    // Rays begin before everything.
    const double back = core::length(camera.eye - space_.centre) + 2 / space_.scale;
    if (camera.nearest <= 0) {
      eye = eye - back * basis.forward;
      nearest = 0;
    }
  }
  uniforms_.eye = glm::vec4(space_.point(eye), camera.isOrthographic ? 0.0F : 1.0F);
  uniforms_.forward = glm::vec4(vectorOf(basis.forward), nearest);
  uniforms_.right = glm::vec4(vectorOf(half * aspect * basis.right), 0);
  uniforms_.up = glm::vec4(vectorOf(half * basis.up), 0);
  uniforms_.size = glm::ivec4(setup.width, setup.height, static_cast<int>(setup.seed), setup.depth);
}

void PathScene::setLights(const SceneStyle& style) {
  const Basis basis = basisOf(setup_->camera);
  if (style.lights.size() > 4)
    throw core::inputError("A scene with " + std::to_string(style.lights.size()) +
                           " lamps cannot be drawn: at most 4.");
  auto known = environments_.find(style.surroundings);
  if (known == environments_.end()) {
    known = environments_.emplace(style.surroundings, makeEnvironmentTable(style.surroundings)).first;
    environmentTables_[style.surroundings] = upload(std::as_bytes(std::span(known->second.cells)), tables_);
  }
  // Light is looked for where it comes from: shares by what each would send onto a surface square to it.
  const double around = known->second.power / 4 * style.environment;
  double sum = around;
  std::vector<double> shares;
  for (const Light& light : style.lights) {
    const bool hasShadow = light.hasShadow && style.hasShadows;
    shares.push_back(hasShadow ? light.illuminance * luminance(light.colour) : 0);
    sum += shares.back();
  }
  for (std::size_t i = 0; i < style.lights.size(); ++i) {
    const Light& light = style.lights[i];
    core::Vec3 towards = light.towards;
    if (light.followsCamera)
      towards = towards.x * basis.right + towards.y * basis.up - towards.z * basis.forward;
    towards = core::normalised(towards);
    const double angle = std::clamp(light.angularDiameter, kLeastAngle, 170.0) / 2 * std::numbers::pi / 180;
    // Illuminance of a disc of even radiance, square to it: pi L sin^2 of its angular radius.
    const double perRadiance = std::numbers::pi * std::sin(angle) * std::sin(angle);
    const glm::vec3 illuminance = static_cast<float>(light.illuminance) *
                                  glm::vec3(light.colour.red, light.colour.green, light.colour.blue);
    uniforms_.lampDirection[i] = glm::vec4(vectorOf(towards), 2 * std::sin(angle / 2) * std::sin(angle / 2));
    uniforms_.lampRadiance[i] =
        glm::vec4(illuminance / static_cast<float>(perRadiance), sum > 0 ? shares[i] / sum : 0);
    const bool hasShadow = light.hasShadow && style.hasShadows;
    uniforms_.lampIlluminance[i] = glm::vec4(illuminance, hasShadow ? 0.0F : 1.0F);
  }
  uniforms_.counts.y = static_cast<int>(style.lights.size());
  uniforms_.environment =
      glm::vec4(style.environment, sum > 0 ? around / sum : 0,
                style.surroundings == Surroundings::uniform ? 1.0F : 0.0F, std::exp2(style.exposure));
  uniforms_.table = glm::ivec4(kEnvironmentColumns, kEnvironmentRows, kFacetTableSide,
                               style.toneMapping == ToneMapping::filmic ? 0 : 1);
}

const PathScene::Mesh& PathScene::meshOf(const std::shared_ptr<const scene::TriangleMesh>& source,
                                         const std::string& name) {
  Mesh& mesh = meshes_[source.get()];
  mesh.isUsed = true;
  const auto learnInside = [&] {
    // Only a cut needs to know.
    if (uniforms_.counts.x > 0 && !mesh.isClosed)
      mesh.isClosed = scene::examineEdges(scene::weld(*source)).isWatertight();
  };
  if (mesh.source && mesh.scale == space_.scale) {
    learnInside();
    return mesh;
  }
  scene::checkMesh(*source, name);
  mesh = {};
  mesh.isUsed = true;
  mesh.source = source;
  mesh.scale = space_.scale;
  mesh.centre = scene::boundsOf(*source).centre();
  std::vector<scene::Float3> corners;
  for (const scene::Float3& p : source->positions)
    corners.push_back(scene::toFloat3(space_.scale * (scene::toVec3(p) - mesh.centre)));
  const auto send = [&](auto data) { return upload(std::as_bytes(data), mesh.arrays); };
  mesh.positions = send(std::span<const scene::Float3>(corners));
  mesh.indices = send(std::span<const std::uint32_t>(source->triangles));
  mesh.normals = send(std::span<const scene::Float3>(source->normals));
  mesh.coordinates = send(std::span<const std::array<float, 2>>(source->textureCoordinates));
  mesh.colours = send(std::span<const scene::Colour>(source->colours));
  flushUploads();
  mesh.triangles = source->triangleCount();
  mesh.tree = builder_.triangles(mesh.positions, static_cast<std::uint32_t>(corners.size()), mesh.indices,
                                 static_cast<std::uint32_t>(mesh.triangles));
  learnInside();
  return mesh;
}

std::uint32_t PathScene::addTexture(const std::shared_ptr<const scene::Texture>& texture) {
  if (!texture) return 0;
  const auto [known, isNew] = textureNumbers_.try_emplace(texture.get(), 0);
  if (!isNew) return known->second;
  if (texture->width < 1 || texture->height < 1 ||
      texture->pixels.size() != std::size_t{4} * static_cast<std::size_t>(texture->width) *
                                    static_cast<std::size_t>(texture->height))
    throw core::inputError("A texture of " + std::to_string(texture->width) + "x" +
                           std::to_string(texture->height) + " pixels has " +
                           std::to_string(texture->pixels.size()) + " bytes; there must be 4 a pixel.");
  shader::PathTexture record;
  record.texels =
      glm::uvec4(wordsOf(upload(std::span<const std::uint8_t>(texture->pixels))),
                 static_cast<std::uint32_t>(texture->width) | (texture->isSrgb ? 0x80000000U : 0U),
                 static_cast<std::uint32_t>(texture->height));
  textures_.push_back(record);
  return known->second = static_cast<std::uint32_t>(textures_.size());
}

std::uint32_t PathScene::addMaterial(const scene::Material& material, bool isClosed) {
  shader::PathMaterial record;
  record.base = glm::vec4(material.baseColour.red, material.baseColour.green, material.baseColour.blue,
                          material.opacity);
  record.surface =
      glm::vec4(material.metallic, material.roughness, material.clearCoat, material.clearCoatRoughness);
  const std::uint32_t flags = (material.isTwoSided ? PATH_MATERIAL_TWO_SIDED : 0U) |
                              (material.isUnlit ? PATH_MATERIAL_UNLIT : 0U) |
                              (isClosed ? PATH_MATERIAL_CLOSED : 0U);
  record.emission = glm::vec4(material.emission.red, material.emission.green, material.emission.blue, flags);
  record.textures =
      glm::uvec4(addTexture(material.baseColourTexture), addTexture(material.normalTexture),
                 addTexture(material.metallicRoughnessTexture), addTexture(material.emissionTexture));
  // A texture may have holes.
  if (material.opacity < 1 || material.baseColourTexture) flags_ |= PATH_HAS_SEE_THROUGH;
  materials_.push_back(record);
  return static_cast<std::uint32_t>(materials_.size() - 1);
}

void PathScene::add(const scene::MeshView& view) {
  if (view.mesh && !view.mesh->triangles.empty()) addMesh(view, 0);
}

void PathScene::addMesh(const scene::MeshView& view, std::uint32_t slice) {
  if (!view.tints.empty() && view.tints.size() != view.instances.size())
    throw core::inputError("The view \"" + view.name + "\" has " + std::to_string(view.tints.size()) +
                           " tints for " + std::to_string(view.instances.size()) +
                           " instances; there must be one each or none.");
  const Mesh& mesh = meshOf(view.mesh, view.name);
  const std::uint32_t material = addMaterial(view.material, mesh.isClosed.value_or(false));
  const std::uint32_t mask = view.material.isUnlit
                                 ? (view.isClipped ? PATH_MASK_UNLIT : PATH_MASK_UNLIT_WHOLE)
                                 : (view.isClipped ? PATH_MASK_SOLID : PATH_MASK_SOLID_WHOLE);
  flags_ |= view.isClipped ? PATH_HAS_CLIPPED : PATH_HAS_WHOLE;
  const std::vector<scene::Transform> once(1);
  const auto& places = view.instances.empty() ? once : view.instances;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const scene::Transform& place = places[i];
    shader::PathInstance record{};
    TreeInstance instance;
    const glm::vec3 at = space_.point(place.point(mesh.centre));
    const core::Vec3 columns[3] = {place.x, place.y, place.z};
    const glm::dmat3 linear({place.x.x, place.x.y, place.x.z}, {place.y.x, place.y.y, place.y.z},
                            {place.z.x, place.z.y, place.z.z});
    const double volume = glm::determinant(linear);
    if (volume == 0 || !std::isfinite(volume))
      continue;  // Flattened: nothing to see, and no way back for rays.
    const glm::dmat3 normals = glm::transpose(glm::inverse(linear));
    for (int row = 0; row < 3; ++row) {
      for (int column = 0; column < 3; ++column) {
        instance.stageFromObject[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] =
            static_cast<float>(columns[column][row]);
        record.stageFromObject[row][column] = static_cast<float>(columns[column][row]);
        record.normalFromObject[row][column] = static_cast<float>(normals[column][row]);
      }
      instance.stageFromObject[static_cast<std::size_t>(row)][3] = at[row];
      record.stageFromObject[row][3] = at[row];
    }
    const scene::Colour tint = view.tints.empty() ? scene::Colour{1, 1, 1} : view.tints[i];
    record.tint = glm::vec4(tint.red, tint.green, tint.blue, 0);
    record.kind = glm::uvec4(PATH_TRIANGLES, material, slice,
                             (mesh.colours != 0 ? 1U : 0U) | (view.material.isTwoSided ? 2U : 0U));
    record.shape = glm::uvec4(wordsOf(mesh.positions), wordsOf(mesh.indices));
    record.attributes = glm::uvec4(wordsOf(mesh.normals), wordsOf(mesh.coordinates));
    record.colours = glm::uvec4(wordsOf(mesh.colours), 0, 0);
    instance.tree = mesh.tree.get();
    instance.index = static_cast<std::uint32_t>(instances_.size());
    instance.mask = mask;
    instance.isTwoSided = view.material.isTwoSided;
    instances_.push_back(record);
    treeInstances_.push_back(instance);
    triangles_ += mesh.triangles;
  }
}

void PathScene::addShapes(std::uint32_t kind, std::span<const glm::vec4> shapes,
                          std::span<const scene::Colour> colours, std::uint32_t material, std::uint32_t mask,
                          bool isTwoSided) {
  if (shapes.empty()) return;
  const std::size_t each = kind == PATH_BALLS ? 1 : 2;
  std::vector<std::array<float, 6>> boxes;
  for (std::size_t i = 0; i < shapes.size(); i += each) {
    const glm::vec3 a(shapes[i]), b(shapes[i + each - 1]);
    // A little room: the exact shape must not stick out by rounding.
    const float reach = shapes[i].w * 1.0001F + 1e-6F;
    const glm::vec3 low = glm::min(a, b) - reach, high = glm::max(a, b) + reach;
    boxes.push_back({low.x, low.y, low.z, high.x, high.y, high.z});
  }
  shader::PathInstance record{};
  for (int row = 0; row < 3; ++row) record.stageFromObject[row][row] = record.normalFromObject[row][row] = 1;
  const bool hasColours = colours.size() > 1;
  const scene::Colour tint = colours.size() == 1 ? colours[0] : scene::Colour{1, 1, 1};
  record.tint = glm::vec4(tint.red, tint.green, tint.blue, 0);
  record.kind = glm::uvec4(kind, material, 0, (hasColours ? 1U : 0U) | (isTwoSided ? 2U : 0U));
  record.shape = glm::uvec4(wordsOf(upload(shapes)), 0, 0);
  if (hasColours) record.colours = glm::uvec4(wordsOf(upload(colours)), 0, 0);
  const VkDeviceAddress address = upload(std::span<const std::array<float, 6>>(boxes));
  flushUploads();
  trees_.push_back(builder_.boxes(address, static_cast<std::uint32_t>(boxes.size())));
  TreeInstance instance;
  for (std::size_t row = 0; row < 3; ++row) instance.stageFromObject[row][row] = 1;
  instance.tree = trees_.back().get();
  instance.index = static_cast<std::uint32_t>(instances_.size());
  instance.mask = mask;
  instance.isShape = true;
  instance.isTwoSided = isTwoSided;
  instances_.push_back(record);
  treeInstances_.push_back(instance);
  shapes_ += boxes.size();
}

void PathScene::add(const scene::ParticlesView& view) {
  std::vector<glm::vec4> balls;
  std::vector<std::array<float, 4>> sharedPoints;
  if (view.sharedPositions) {
    sharedPoints.resize(view.sharedPositions->bytes() / sizeof(sharedPoints[0]));
    view.sharedPositions->copyToHost(sharedPoints.data());
  }
  const std::size_t count = view.sharedPositions ? sharedPoints.size()
                            : view.positions     ? view.positions->size()
                                                 : 0;
  if (count == 0) return;
  const auto fits = [count](const auto& list) { return list->size() == 1 || list->size() == count; };
  if (!view.radii || !fits(view.radii) || (view.colours && !view.colours->empty() && !fits(view.colours)))
    throw core::inputError(
        "The view \"" + view.name + "\" has " + std::to_string(count) + " particles, " +
        std::to_string(view.radii ? view.radii->size() : 0) + " radii and " +
        std::to_string(view.colours ? view.colours->size() : 0) +
        " colours; there must be one radius for all or one each, and as many colours or none.");
  const auto placeOf = [&](std::size_t i) {
    if (view.sharedPositions) return core::Vec3{sharedPoints[i][0], sharedPoints[i][1], sharedPoints[i][2]};
    return scene::toVec3((*view.positions)[i]);
  };
  for (std::size_t i = 0; i < count; ++i)
    balls.emplace_back(space_.point(placeOf(i)),
                       space_.length((*view.radii)[view.radii->size() == 1 ? 0 : i]));
  std::vector<scene::Colour> colours;
  scene::Material plain = view.material;
  if (view.colours && !view.colours->empty()) {
    colours = *view.colours;
    plain.baseColour = {1, 1, 1};
  }
  const std::uint32_t material = addMaterial(plain, true);
  const std::uint32_t mask = view.material.isUnlit ? PATH_MASK_UNLIT : PATH_MASK_SOLID;
  flags_ |= PATH_HAS_CLIPPED;
  addShapes(PATH_BALLS, balls, colours, material, mask, view.material.isTwoSided);

  if (!view.bonds || view.bonds->empty() || !(view.bondRadius > 0)) return;
  std::vector<glm::vec4> rods;
  std::vector<scene::Colour> halves;
  const float radius = space_.length(static_cast<double>(view.bondRadius));
  for (const auto& [a, b] : *view.bonds) {
    if (a >= count || b >= count)
      throw core::inputError("The view \"" + view.name + "\" has a bond between particles " +
                             std::to_string(a) + " and " + std::to_string(b) + ", but only " +
                             std::to_string(count) + " particles, counted from 0.");
    rods.emplace_back(glm::vec3(balls[a]), radius);
    rods.emplace_back(glm::vec3(balls[b]), 0.0F);
    if (colours.size() > 1) {
      halves.push_back(colours[a]);
      halves.push_back(colours[b]);
    }
  }
  if (colours.size() == 1) halves = colours;
  addShapes(PATH_RODS, rods, halves, material, mask, view.material.isTwoSided);
}

void PathScene::add(const scene::LinesView& view) {
  scene::Material material;
  material.isUnlit = true;
  const scene::Colour& behind = setup_->style.background;
  // Dark on a light background and the other way round, where the view has no colour of its own.
  material.baseColour = view.hasColour             ? view.colour
                        : luminance(behind) > 0.18 ? scene::Colour{0.009F, 0.011F, 0.013F}
                                                   : scene::Colour{0.87F, 0.89F, 0.91F};
  flags_ |= PATH_HAS_WHOLE;
  addShapes(PATH_CAPSULES, capsulesFor(view, setup_->camera, space_), {}, addMaterial(material, false),
            PATH_MASK_UNLIT_WHOLE, false);
}

void PathScene::add(const scene::GlyphsView& view) {
  if (!view.positions || !view.vectors || view.positions->empty()) return;
  scene::VolumeView scale;  // For its colour map's name alone.
  scale.scale = scene::ColourScale::sequential;
  const ColourMap& map = stage::colourMapOf(scale, setup_->style);
  double lower = view.lower, upper = view.upper;
  if (lower == upper) {
    lower = 0;
    for (const scene::Float3& v : *view.vectors) upper = std::max(upper, core::length(scene::toVec3(v)));
    upper = upper > 0 ? niceCeiling(upper) : 1;
  }
  const auto linear = [](float v) {
    return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F);
  };
  add(scene::makeArrows(view, [&](double strength) {
    const Srgb colour = map.at((strength - lower) / (upper - lower));
    return scene::Colour{linear(colour[0]), linear(colour[1]), linear(colour[2])};
  }));
}

void PathScene::add(const scene::RibbonView& view) {
  if (view.points.size() >= 2) add(scene::makeRibbon(view));
}

void PathScene::finish() {
  std::erase_if(meshes_, [](const auto& entry) { return !entry.second.isUsed; });
  if (instances_.empty()) instances_.emplace_back();
  if (materials_.empty()) materials_.emplace_back();
  uniforms_.counts.z = static_cast<int>(trackedVolumes_.size());
  // Volumes of slices come after those that rays cross.
  for (shader::PathInstance& instance : instances_)
    if (instance.kind.z != 0) instance.kind.z += static_cast<std::uint32_t>(trackedVolumes_.size());
  trackedVolumes_.insert(trackedVolumes_.end(), sliceVolumes_.begin(), sliceVolumes_.end());
  uniforms_.counts.w = flags_;
  uniforms_.records = glm::uvec4(wordsOf(upload(std::span<const shader::PathInstance>(instances_))),
                                 wordsOf(upload(std::span<const shader::PathMaterial>(materials_))));
  uniforms_.records2 = glm::uvec4(wordsOf(upload(std::span<const shader::PathVolume>(trackedVolumes_))),
                                  wordsOf(upload(std::span<const shader::PathTexture>(textures_))));
  if (facets_ == 0) facets_ = upload(std::as_bytes(std::span(facetTable())), tables_);
  uniforms_.tables = glm::uvec4(wordsOf(environmentTables_[setup_->style.surroundings]), wordsOf(facets_));
  flushUploads();
  tree_ = builder_.scene(treeInstances_);
}

}  // namespace aula::render::path
