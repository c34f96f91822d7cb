// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "render/devices.h"
#include "render/gpu.h"
#include "render/image.h"
#include "render/scene_renderer.h"
#include "scene/camera/camera.h"
#include "scene/view/view.h"

namespace aula::render {

struct RendererOptions {
  int width = 1280, height = 720;  ///< Pixels, 64 to 16384 each (less where the device's limit is lower).
  Validation validation = Validation::automatic;
  /// Part of a device's name; empty: the environment's AULA_VULKAN_DEVICE, else by preference discrete,
  /// integrated, virtual, software.
  std::string device;
};

enum class Background { light, dark };

enum class PictureKind {
  automatic,  ///< A plane where the view shown is one node thick, a space otherwise.
  plane,      ///< One slice, seen straight on; lengths along both axes to the same scale.
  space       ///< The three-dimensional scene from a camera: volumes, slices, meshes, outlines.
};

enum class Projection { orthographic, perspective };

/// Where a picture of a space is seen from. The camera looks at the middle of the domain; z is up.
struct Camera {
  Projection projection = Projection::perspective;
  double azimuth =
      -60;  ///< Degrees, from the x axis towards y, of the direction from the middle to the camera.
  double elevation = 24;    ///< Degrees above the x-y plane, -90 to 90.
  double fieldOfView = 24;  ///< Degrees, vertical; perspective only.
};

/// How a frame is drawn. The default is what `aula run` does.
struct PictureStyle {
  Background background = Background::light;
  Filtering filtering = Filtering::linear;
  PictureKind kind = PictureKind::automatic;
  std::string view;  ///< The name of the volume view to show; empty: the first (plane) or all of its quantity
                     ///< (space).
  std::string
      colourMap;  ///< A name of colourMapNames(); empty: by the view's scale, the background and the kind.
  std::optional<Camera> camera;  ///< None: from where the frame wants to be looked at.
  /// Of a space: seen from here instead, wherever that is; the whole picture is its viewport and the colour
  /// bar lies over it.
  std::optional<scene::Camera> viewpoint;
  bool isCutAway =
      false;           ///< Leaves out the eighth of a volume that is nearest to the camera, to look inside.
  double opacity = 1;  ///< Of volumes: 0.1 (thin fog) to 10 (nearly solid).
  SceneStyle
      light;  ///< Of a space: lamps, shadows, exposure. Its background and maps are set by the fields here.
  /// Of a space drawn live (draw()): pixels shown a side for each that is computed, 1 to 3. May change from
  /// one picture to the next; what was gathered is kept.
  double ratio = 1;
  int samples = 4;  ///< Of a space, a pixel: smooths edges, shadows and fog.
  std::string axisNames[3] = {"x", "y", "z"};
  bool showTitle = true, showTime = true, showAxes = true, showColourBar = true;
  bool showBox = true;  ///< Of a space: its edges; without them no axes either.
  double textSize = 0;  ///< Pixels, of the numbers on axes; 0: by the picture's size.
  /// sRGB; instead of the background's own colour, which must be as light or as dark.
  std::optional<std::array<std::uint8_t, 3>> ground;
  double duration =
      0;  ///< Of the whole run, s: fixes the prefix of the time stamp; 0: by the frame's own time.
};

/// Draws frames into pictures, headless. One thread at a time; distinct renderers are independent.
///
/// Colour limits left to the renderer (a VolumeView whose lower equals its upper) are kept for each view's
/// name and only widen, so that a video does not flicker. A caller that can afford two passes calls observe()
/// for every frame first.
class Renderer {
 public:
  /// Throws core::Error: no device (with every reason), no font (with what to install), a size out of range
  /// (input).
  explicit Renderer(const RendererOptions& options = {});
  /// On a device shared with others; the options' validation and device are the Gpu's.
  Renderer(std::shared_ptr<Gpu> gpu, const RendererOptions& options);
  ~Renderer();
  Renderer(Renderer&&) noexcept;
  Renderer& operator=(Renderer&&) noexcept;

  /// Throws core::Error (input) when the style names a view or a colour map that does not exist, or a view's
  /// shape and its number of values disagree. A frame without views gives its title on an empty background.
  [[nodiscard]] Image render(const scene::Frame& frame, const PictureStyle& style = {});

  /// Like render(), for pictures one after the other: a space gathers its samples over them, and the picture
  /// stays on the device until it is asked for.
  void draw(const scene::Frame& frame, const PictureStyle& style = {});
  /// What was drawn last.
  [[nodiscard]] Image image() const;
  /// The same on the device, 8-bit sRGB-encoded, for a window or an encoder; valid until the next picture.
  [[nodiscard]] vulkan::DeviceImage& output();

  /// Widens the automatic colour limits by what is in the frame, without drawing.
  void observe(const scene::Frame& frame);
  /// Forgets the automatic colour limits: the next frame begins a new picture or video.
  void resetLimits();

  [[nodiscard]] const DeviceReport& device() const;
  [[nodiscard]] const RendererOptions& options() const;
  /// What the validation layers said since the start; tests demand that it is empty.
  [[nodiscard]] const std::vector<std::string>& validationMessages() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::render
