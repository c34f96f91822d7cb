// SPDX-License-Identifier: Apache-2.0
#include "scene/import/assimp_material.h"

#include <assimp/GltfMaterial.h>
#include <assimp/material.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/error.h"
#include "scene/import/picture.h"
#include "scene/import/tidy.h"

namespace aula::scene {

namespace {

/// IEC 61966-2-1: what screens show to light.
float toLinear(float c) {
  return c <= 0.04045F ? c / 12.92F : std::pow((c + 0.055F) / 1.055F, 2.4F);
}

float within(float value, float otherwise, float most = 1) {
  return std::isfinite(value) ? std::clamp(value, 0.0F, most) : otherwise;
}

}  // namespace

Material MaterialReader::read(unsigned index) {
  Material material;
  // Only glTF says whether a surface has a back; in the others open surfaces must not vanish from behind.
  material.isTwoSided = !isGltf();
  if (index >= scene_.mNumMaterials || !scene_.mMaterials[index]) return material;
  const aiMaterial& from = *scene_.mMaterials[index];
  const auto number = [&](const char* key, float otherwise, float most = 1) {
    ai_real value = otherwise;
    return from.Get(key, 0, 0, value) == aiReturn_SUCCESS ? within(value, otherwise, most) : otherwise;
  };
  const auto colour = [&](const char* key, Colour& to) {
    aiColor4D value;
    if (from.Get(key, 0, 0, value) != aiReturn_SUCCESS) return false;
    to = {within(value.r, 0), within(value.g, 0), within(value.b, 0)};
    // The older formats' colours are those of screens.
    if (!isGltf()) to = {toLinear(to.red), toLinear(to.green), toLinear(to.blue)};
    return true;
  };
  if (!colour("$clr.base", material.baseColour)) colour("$clr.diffuse", material.baseColour);
  colour("$clr.emissive", material.emission);
  material.metallic = number("$mat.metallicFactor", isGltf() ? 1 : 0);
  material.roughness = number("$mat.roughnessFactor", isGltf() ? 1 : -1);
  if (material.roughness < 0) {
    // Blinn and Phong's exponent as a Beckmann roughness (Walter et al. 2007, section 5.2); ours is its root.
    const float exponent = number("$mat.shininess", 0, 10000);
    material.roughness = exponent > 0 ? std::clamp(std::pow(2 / (exponent + 2), 0.25F), 0.05F, 1.0F) : 0.6F;
  }
  material.clearCoat = number("$mat.clearcoat.factor", 0);
  material.clearCoatRoughness = number("$mat.clearcoat.roughnessFactor", 0);
  if (isGltf()) {
    aiString mode;
    aiColor4D base;
    const bool isBlended = from.Get("$mat.gltf.alphaMode", 0, 0, mode) == aiReturn_SUCCESS &&
                           std::strcmp(mode.C_Str(), "BLEND") == 0;
    if (isBlended && from.Get("$clr.base", 0, 0, base) == aiReturn_SUCCESS)
      material.opacity = within(base.a, 1);
    int isTwoSided = 0;
    if (from.Get("$mat.twosided", 0, 0, isTwoSided) == aiReturn_SUCCESS)
      material.isTwoSided = isTwoSided != 0;
    int model = 0;
    if (from.Get("$mat.shadingm", 0, 0, model) == aiReturn_SUCCESS)
      material.isUnlit = model == aiShadingMode_NoShading;
  } else {
    // Exporters write 0 where they mean "not see-through"; an invisible model helps nobody.
    const float opacity = number("$mat.opacity", 1);
    material.opacity = opacity > 0 ? opacity : 1;
  }
  material.baseColourTexture = texture(from, aiTextureType_BASE_COLOR, true);
  if (!material.baseColourTexture) material.baseColourTexture = texture(from, aiTextureType_DIFFUSE, true);
  material.normalTexture = texture(from, aiTextureType_NORMALS, false);
  if (isGltf()) material.metallicRoughnessTexture = texture(from, aiTextureType_UNKNOWN, false);
  material.emissionTexture = texture(from, aiTextureType_EMISSIVE, true);
  return material;
}

std::shared_ptr<const Texture> MaterialReader::texture(const aiMaterial& from, aiTextureType type,
                                                       bool isSrgb) {
  aiString path;
  if (from.GetTextureCount(type) == 0 || from.GetTexture(type, 0, &path) != aiReturn_SUCCESS ||
      path.length == 0)
    return nullptr;
  const std::string name(path.C_Str());
  const auto [at, isNew] = pictures_.try_emplace({name, isSrgb});
  if (isNew) {
    try {
      at->second = picture(name, isSrgb);
    } catch (const core::Error& error) {
      warnings_.push_back(std::string(error.what()) + " The surface is shown without it.");
    }
  }
  return at->second;
}

std::shared_ptr<const Texture> MaterialReader::picture(const std::string& name, bool isSrgb) {
  const std::string label = cleanText(name, 120);
  Texture made;
  if (const aiTexture* embedded = scene_.GetEmbeddedTexture(name.c_str())) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(embedded->pcData);
    if (embedded->mHeight == 0) {
      made = decodePicture({bytes, embedded->mWidth}, "embedded " + label, limits_.textureSize);
    } else {
      const auto largest = unsigned(limits_.textureSize);
      if (embedded->mWidth < 1 || embedded->mWidth > largest || embedded->mHeight > largest)
        throw core::inputError("The embedded picture \"" + label + "\" is too large.");
      made.width = int(embedded->mWidth);
      made.height = int(embedded->mHeight);
      for (std::size_t i = 0; i < std::size_t(embedded->mWidth) * embedded->mHeight; ++i) {
        const aiTexel& texel = embedded->pcData[i];
        made.pixels.insert(made.pixels.end(), {texel.r, texel.g, texel.b, texel.a});
      }
    }
  } else {
    const std::string* bytes = fence_.open(name);
    if (!bytes)
      throw core::inputError(fence_.problems().empty() ? "The picture \"" + label + "\" is out of reach."
                                                       : fence_.problems().back());
    made = decodePicture({reinterpret_cast<const unsigned char*>(bytes->data()), bytes->size()}, label,
                         limits_.textureSize);
  }
  made.isSrgb = isSrgb;
  return std::make_shared<const Texture>(std::move(made));
}

}  // namespace aula::scene
