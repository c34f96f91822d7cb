// SPDX-License-Identifier: Apache-2.0
#include "desktop/window/window_screen.h"

#include <imgui.h>

#include <utility>

#include "core/log.h"

namespace aula::desktop {

using render::window::TextureId;
using render::window::UiCommand;
using render::window::UiVertex;

namespace {
static_assert(sizeof(ImDrawVert) == sizeof(UiVertex));
static_assert(sizeof(ImDrawIdx) == sizeof(std::uint16_t));
}  // namespace

WindowScreen::WindowScreen(render::window::SurfaceMaker maker, std::vector<std::string> extensions, int width,
                           int height)
    : maker_(std::move(maker)), extensions_(std::move(extensions)), width_(width), height_(height) {
  start();
}

WindowScreen::~WindowScreen() {
  untilLost([&] { presenter_->finish(); });
}

void WindowScreen::start() {
  render::GpuOptions options;
  options.windowExtensions = extensions_;
  gpu_ = render::Gpu::make(options);
  presenter_ = std::make_unique<render::window::Presenter>(gpu_, maker_, width_, height_);
  for (auto& [id, texture] : textures_) upload(texture);
}

void WindowScreen::upload(Texture& texture) {
  texture.id = TextureId::none;
  texture.id = presenter_->makeTexture(texture.image.width, texture.image.height);
  presenter_->update(texture.id, texture.image.pixels);
}

template <class Work>
void WindowScreen::untilLost(const Work& work) {
  // What a lost device did not take is in `textures_`; present() puts all of it on another.
  if (isLost_) return;
  try {
    work();
  } catch (const render::DeviceLost&) {
    isLost_ = true;
  }
}

std::uint64_t WindowScreen::makeTexture(const render::Image& image) {
  Texture& texture = textures_[++last_];
  texture.image = image;
  untilLost([&] { upload(texture); });
  return last_;
}

void WindowScreen::updateTexture(std::uint64_t id, const render::Image& image) {
  Texture& texture = textures_.at(id);
  const bool isSameSize = texture.image.width == image.width && texture.image.height == image.height;
  texture.image = image;
  untilLost([&] {
    if (isSameSize) {
      presenter_->update(texture.id, image.pixels);
      return;
    }
    presenter_->removeTexture(texture.id);
    upload(texture);
  });
}

void WindowScreen::dropTexture(std::uint64_t id) {
  const auto found = textures_.find(id);
  if (found == textures_.end()) return;
  untilLost([&] { presenter_->removeTexture(found->second.id); });
  textures_.erase(found);
}

void WindowScreen::convert(const ImDrawData& data) {
  picture_.vertices.clear();
  picture_.indices.clear();
  picture_.commands.clear();
  picture_.left = data.DisplayPos.x;
  picture_.top = data.DisplayPos.y;
  picture_.width = data.DisplaySize.x;
  picture_.height = data.DisplaySize.y;
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    const auto firstVertex = static_cast<std::uint32_t>(picture_.vertices.size()),
               firstIndex = static_cast<std::uint32_t>(picture_.indices.size());
    for (const ImDrawVert& v : list.VtxBuffer)
      picture_.vertices.push_back({v.pos.x, v.pos.y, v.uv.x, v.uv.y, v.col});
    picture_.indices.insert(picture_.indices.end(), list.IdxBuffer.begin(), list.IdxBuffer.end());
    for (const ImDrawCmd& c : list.CmdBuffer) {
      if (c.UserCallback || c.ElemCount == 0) continue;
      const auto texture = textures_.find(reinterpret_cast<std::uintptr_t>(c.GetTexID()));
      picture_.commands.push_back({c.ClipRect.x, c.ClipRect.y, c.ClipRect.z, c.ClipRect.w,
                                   texture == textures_.end() ? TextureId::none : texture->second.id,
                                   c.ElemCount, c.IdxOffset + firstIndex, c.VtxOffset + firstVertex});
    }
  }
}

void WindowScreen::present(const ImDrawData& data, unsigned ground) {
  const float background[3] = {float((ground >> IM_COL32_R_SHIFT) & 255) / 255,
                               float((ground >> IM_COL32_G_SHIFT) & 255) / 255,
                               float((ground >> IM_COL32_B_SHIFT) & 255) / 255};
  convert(data);
  untilLost([&] {
    wasShown_ = presenter_->present(picture_, background) == render::window::PresentOutcome::shown;
  });
  if (!isLost_) return;
  ++losses_;
  validationBefore_ = validationMessages();
  presenter_.reset();
  gpu_.reset();
  isLost_ = false;
  start();
  convert(data);
  wasShown_ = presenter_->present(picture_, background) == render::window::PresentOutcome::shown;
}

void WindowScreen::resize(int width, int height) {
  width_ = width;
  height_ = height;
  untilLost([&] { presenter_->resize(width, height); });
}

render::Image WindowScreen::screenshot() {
  return presenter_->screenshot();
}

std::vector<std::string> WindowScreen::validationMessages() const {
  std::vector<std::string> all = validationBefore_;
  const std::vector<std::string>& now = gpu_->validationMessages();
  all.insert(all.end(), now.begin(), now.end());
  return all;
}

}  // namespace aula::desktop
