// SPDX-License-Identifier: Apache-2.0
#include "desktop/ui/raster.h"

#include <algorithm>
#include <cmath>

namespace aula::desktop {
namespace {

struct Rgba {
  float r = 0, g = 0, b = 0, a = 0;
};

Rgba unpack(ImU32 colour) {
  return {float((colour >> IM_COL32_R_SHIFT) & 255) / 255, float((colour >> IM_COL32_G_SHIFT) & 255) / 255,
          float((colour >> IM_COL32_B_SHIFT) & 255) / 255, float((colour >> IM_COL32_A_SHIFT) & 255) / 255};
}

Rgba texel(const render::Image& image, int x, int y) {
  const auto column = static_cast<std::size_t>(std::clamp(x, 0, image.width - 1)),
             row = static_cast<std::size_t>(std::clamp(y, 0, image.height - 1));
  const std::uint8_t* p = &image.pixels[4 * (row * static_cast<std::size_t>(image.width) + column)];
  return {float(p[0]) / 255, float(p[1]) / 255, float(p[2]) / 255, float(p[3]) / 255};
}

Rgba mix(const Rgba& a, const Rgba& b, float t) {
  return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t, a.a + (b.a - a.a) * t};
}

Rgba sample(const render::Image& image, float u, float v) {
  const float x = u * float(image.width) - 0.5F, y = v * float(image.height) - 0.5F;
  const float left = std::floor(x), top = std::floor(y);
  const int i = static_cast<int>(left), j = static_cast<int>(top);
  return mix(mix(texel(image, i, j), texel(image, i + 1, j), x - left),
             mix(texel(image, i, j + 1), texel(image, i + 1, j + 1), x - left), y - top);
}

/// Twice the signed area of the triangle a, b, c.
float edge(const ImVec2& a, const ImVec2& b, float x, float y) {
  return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

/// A pixel centre on an edge belongs to one of the two triangles that share it (top-left rule).
bool ownsEdge(const ImVec2& a, const ImVec2& b) {
  return (a.y == b.y && b.x > a.x) || b.y < a.y;
}

struct Clip {
  int left, top, right, bottom;
};

void fillTriangle(render::Image& target, const ImDrawVert* corner[3], const render::Image& texture,
                  const Clip& clip) {
  ImVec2 p[3] = {corner[0]->pos, corner[1]->pos, corner[2]->pos};
  float area = edge(p[0], p[1], p[2].x, p[2].y);
  if (area == 0) return;
  if (area < 0) {
    std::swap(p[1], p[2]);
    std::swap(corner[1], corner[2]);
    area = -area;
  }
  const Rgba c[3] = {unpack(corner[0]->col), unpack(corner[1]->col), unpack(corner[2]->col)};
  const bool isFlat = corner[0]->uv.x == corner[1]->uv.x && corner[0]->uv.x == corner[2]->uv.x &&
                      corner[0]->uv.y == corner[1]->uv.y && corner[0]->uv.y == corner[2]->uv.y;
  const Rgba flat = isFlat ? sample(texture, corner[0]->uv.x, corner[0]->uv.y) : Rgba{};
  const int left = std::max(clip.left, static_cast<int>(std::floor(std::min({p[0].x, p[1].x, p[2].x})))),
            right = std::min(clip.right, static_cast<int>(std::ceil(std::max({p[0].x, p[1].x, p[2].x})))),
            top = std::max(clip.top, static_cast<int>(std::floor(std::min({p[0].y, p[1].y, p[2].y})))),
            bottom = std::min(clip.bottom, static_cast<int>(std::ceil(std::max({p[0].y, p[1].y, p[2].y}))));
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const float cx = float(x) + 0.5F, cy = float(y) + 0.5F;
      float w[3];
      bool isInside = true;
      for (int k = 0; k < 3 && isInside; ++k) {
        const ImVec2 &a = p[(k + 1) % 3], &b = p[(k + 2) % 3];
        w[k] = edge(a, b, cx, cy);
        isInside = w[k] > 0 || (w[k] == 0 && ownsEdge(a, b));
      }
      if (!isInside) continue;
      for (float& weight : w) weight /= area;
      const auto blend = [&](auto get) { return w[0] * get(0) + w[1] * get(1) + w[2] * get(2); };
      const Rgba t = isFlat ? flat
                            : sample(texture, blend([&](int k) { return corner[k]->uv.x; }),
                                     blend([&](int k) { return corner[k]->uv.y; }));
      const float alpha = t.a * blend([&](int k) { return c[k].a; });
      if (alpha <= 0) continue;
      const float source[3] = {t.r * blend([&](int k) { return c[k].r; }),
                               t.g * blend([&](int k) { return c[k].g; }),
                               t.b * blend([&](int k) { return c[k].b; })};
      std::uint8_t* pixel =
          &target.pixels[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(target.width) +
                              static_cast<std::size_t>(x))];
      for (int k = 0; k < 3; ++k)
        pixel[k] = static_cast<std::uint8_t>(
            std::clamp(float(pixel[k]) * (1 - alpha) + 255 * source[k] * alpha + 0.5F, 0.0F, 255.0F));
    }
  }
}

}  // namespace

render::Image rasterise(const ImDrawData& data, const TextureLookup& textures, ImU32 ground) {
  render::Image target;
  target.width = static_cast<int>(data.DisplaySize.x * data.FramebufferScale.x);
  target.height = static_cast<int>(data.DisplaySize.y * data.FramebufferScale.y);
  target.pixels.resize(4 * static_cast<std::size_t>(target.width) * static_cast<std::size_t>(target.height));
  for (std::size_t i = 0; i < target.pixels.size(); i += 4) {
    target.pixels[i] = static_cast<std::uint8_t>(ground >> IM_COL32_R_SHIFT);
    target.pixels[i + 1] = static_cast<std::uint8_t>(ground >> IM_COL32_G_SHIFT);
    target.pixels[i + 2] = static_cast<std::uint8_t>(ground >> IM_COL32_B_SHIFT);
    target.pixels[i + 3] = 255;
  }
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const render::Image* texture = textures(reinterpret_cast<std::uintptr_t>(command.GetTexID()));
      if (command.UserCallback || !texture || texture->pixels.empty()) continue;
      const Clip clip{std::max(0, static_cast<int>(command.ClipRect.x - data.DisplayPos.x)),
                      std::max(0, static_cast<int>(command.ClipRect.y - data.DisplayPos.y)),
                      std::min(target.width, static_cast<int>(command.ClipRect.z - data.DisplayPos.x)),
                      std::min(target.height, static_cast<int>(command.ClipRect.w - data.DisplayPos.y))};
      for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
        const ImDrawVert* corner[3];
        for (unsigned k = 0; k < 3; ++k)
          corner[k] = &list.VtxBuffer[static_cast<int>(
              command.VtxOffset + list.IdxBuffer[static_cast<int>(command.IdxOffset + i + k)])];
        fillTriangle(target, corner, *texture, clip);
      }
    }
  }
  return target;
}

}  // namespace aula::desktop
