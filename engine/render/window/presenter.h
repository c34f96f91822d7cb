// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "render/gpu.h"
#include "render/image.h"

namespace aula::render {

namespace vulkan {
class DeviceImage;
}

namespace window {

/// Makes the window's surface for the instance given (a VkInstance) and returns it (a VkSurfaceKHR as a
/// number), as glfwCreateWindowSurface does. The presenter destroys it.
using SurfaceMaker = std::function<std::uint64_t(void* vkInstance)>;

/// What a triangle is coloured with. 0 is nothing: its colours alone.
enum class TextureId : std::uint64_t { none = 0 };

/// As Dear ImGui's ImDrawVert: place in the interface's units, place in the texture (0 to 1), colour as red,
/// green, blue, alpha from the lowest byte (straight alpha, sRGB-encoded).
struct UiVertex {
  float x = 0, y = 0, u = 0, v = 0;
  std::uint32_t colour = 0;
};
static_assert(sizeof(UiVertex) == 20);

/// As ImDrawCmd: triangles that share a clip rectangle and a texture.
struct UiCommand {
  float left = 0, top = 0, right = 0, bottom = 0;  ///< Clip rectangle, in the interface's units.
  TextureId texture = TextureId::none;
  std::uint32_t indexCount = 0, firstIndex = 0;
  std::uint32_t vertexOffset = 0;  ///< Added to every index.
};

/// One picture of the interface, as ImDrawData; several ImDrawLists one after the other, `firstIndex` and
/// `vertexOffset` of their commands moved on accordingly.
struct UiPicture {
  std::vector<UiVertex> vertices;
  std::vector<std::uint16_t> indices;
  std::vector<UiCommand> commands;
  float left = 0, top = 0;      ///< The interface's corner (DisplayPos) ...
  float width = 0, height = 0;  ///< ... and size (DisplaySize); stretched over the whole window.
};

enum class Pacing {
  display,  ///< One frame for each refresh of the screen; present() waits for it.
  newest    ///< Never waits: the newest frame is shown (as `display` where the driver cannot).
};

enum class PresentOutcome {
  shown,
  hidden  ///< The window is minimised: nothing was drawn.
};

/// Puts pictures of an interface, and of scenes within it, into a window. Knows no window library. One
/// thread. Colours are blended as they are encoded (sRGB), as Dear ImGui expects.
class Presenter {
 public:
  /// `maker` empty: no window; all else works, and screenshot() gives the pictures. The Gpu must have been
  /// made with the window's extensions. Throws core::Error when the device cannot show in this window.
  Presenter(std::shared_ptr<Gpu> gpu, const SurfaceMaker& maker, int width, int height,
            Pacing pacing = Pacing::display);
  ~Presenter();
  Presenter(const Presenter&) = delete;
  Presenter& operator=(const Presenter&) = delete;

  /// The window's size in pixels changed; 0 while it is minimised.
  void resize(int width, int height);
  void setPacing(Pacing pacing);
  [[nodiscard]] int width() const;
  [[nodiscard]] int height() const;

  /// RGBA, straight alpha, sRGB-encoded; transparent black until the first update.
  [[nodiscard]] TextureId makeTexture(int width, int height);
  /// All rows from the top, 4 bytes a pixel. Throws core::Error (input) when the size is wrong.
  void update(TextureId texture, std::span<const std::uint8_t> rgba);
  /// From now on the texture shows this image of the device, without a copy: what SceneRenderer::output()
  /// left. Call it again after each draw(); the image must live until finish() or until another is shown and
  /// that frame is finished.
  void show(TextureId texture, vulkan::DeviceImage& image);
  void removeTexture(TextureId texture);

  /// Draws the interface over the background (red, green, blue, sRGB-encoded, 0 to 1) and shows it. Throws
  /// DeviceLost.
  PresentOutcome present(const UiPicture& picture, const float (&background)[3]);
  /// Waits until the device is done with every frame presented: before images shown are destroyed.
  void finish();

  /// The last picture that was presented.
  [[nodiscard]] Image screenshot();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace window
}  // namespace aula::render
