// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "render/gpu.h"
#include "render/image.h"
#include "scene/camera/camera.h"
#include "scene/view/view.h"

namespace aula::render {

namespace vulkan {
class DeviceImage;
}

/// How many pixels a side the scene is computed with for each it is shown with.
enum class UpscaleMode { native, quality, balanced, performance, ultraPerformance };
/// 1, 1.5, 1.7, 2, 3.
[[nodiscard]] double upscaleRatio(UpscaleMode mode);
/// "native", "quality", "balanced", "performance", "ultra-performance".
[[nodiscard]] const char* upscaleModeName(UpscaleMode mode);

/// How edges are smoothed in a live picture. Stills take many samples a pixel instead (SceneRenderer::still).
enum class Antialiasing {
  none,     ///< One sample a pixel, no memory of earlier frames.
  temporal  ///< Jittered samples gathered over frames, upscaled by the mode's ratio.
};

/// A lamp far away.
struct Light {
  core::Vec3 towards{0, 0, 1};  ///< Unit, from the scene to the lamp; in the lab's frame, or the camera's (x
                                ///< right, y up, z towards the viewer) where `followsCamera`.
  scene::Colour colour{1, 1, 1};
  double illuminance = 3;  ///< On a surface square to it; 3.14159 makes a white matt surface radiate 1.
  bool followsCamera = true;
  bool hasShadow = false;
  double angularDiameter = 2;  ///< Degrees: how soft its shadows are.
};

enum class ToneMapping {
  filmic,  ///< A film's shoulder and toe; colours of unlit things come out exactly as given.
  none     ///< Linear up to white, then cut: for measurements.
};

/// The room that lights a scene besides its lamps.
enum class Surroundings {
  studio,  ///< Large soft lamps in a pale room (shaders/include/environment.glsl), z up.
  uniform  ///< Radiance 1 from everywhere: for measurements.
};

/// How values between a slice's nodes are shown.
enum class Filtering { linear, nearest };

/// How a scene is lit and developed. The default is a studio that shows shape well.
struct SceneStyle {
  std::vector<Light> lights = {{{-0.45, 0.75, 0.5}, {1, 0.98, 0.95}, 2.4, true, true, 3}};  ///< At most 4.
  double environment = 1;  ///< Strength of the surroundings' light.
  Surroundings surroundings = Surroundings::studio;
  double exposure = 0;  ///< Stops: each doubles the light.
  ToneMapping toneMapping = ToneMapping::filmic;
  scene::Colour background{0.93F, 0.93F, 0.93F};  ///< Shown as it is; not part of the light.
  double backgroundOpacity = 1;                   ///< 0: the picture's alpha tells where there is something.
  bool hasAmbientOcclusion = true;
  double occlusionRadius = 0.12;  ///< Of the scene's radius.
  bool hasShadows = true;
  bool hasSubsurface = true;
  std::string sequentialMap, divergingMap;  ///< Names of colourMapNames(); empty: the default ones.
  double volumeDensity = 1;                 ///< Times every volume's opacity.
  bool isCutAway =
      false;  ///< Leaves out the eighth of each volume that is nearest to the camera, to look inside.
  Filtering filtering = Filtering::linear;
  double sharpness = 0.5;  ///< Of upscaled pictures, 0 to 1.
};

struct SceneRendererOptions {
  int width = 1280, height = 720;  ///< Of the finished picture.
  UpscaleMode upscale = UpscaleMode::native;
  Antialiasing antialiasing = Antialiasing::temporal;
};

/// A picture in linear light (sRGB primaries), four floats a pixel, rows from the top. Alpha: coverage.
struct HdrImage {
  int width = 0, height = 0;
  std::vector<float> pixels;
};

/// What drawing the last frame took.
struct FrameStatistics {
  struct Pass {
    std::string name;
    double milliseconds = 0;  ///< On the device.
  };
  std::vector<Pass> passes;
  double milliseconds = 0;  ///< All of them.
  std::size_t triangles = 0, particles = 0, voxels = 0;
  std::size_t imageBytes = 0;     ///< Of the frame's own images.
  std::size_t uploadedBytes = 0;  ///< Written for this frame by the host: what moved or was new.
};

/// Draws the three-dimensional scene of a frame: meshes, particles, volumes, lines, by the light of a style.
/// Live pictures come from draw(), one after the other; stills from still(). One thread; many renderers may
/// share a Gpu.
class SceneRenderer {
 public:
  SceneRenderer(std::shared_ptr<Gpu> gpu, const SceneRendererOptions& options = {});
  ~SceneRenderer();
  SceneRenderer(const SceneRenderer&) = delete;
  SceneRenderer& operator=(const SceneRenderer&) = delete;

  /// A new size or ratio; forgets what earlier frames gathered.
  void configure(const SceneRendererOptions& options);
  [[nodiscard]] const SceneRendererOptions& options() const;
  /// From the next draw() on any ratio from 1 to 3 instead of the mode's, without forgetting anything: how a
  /// frame budget is held. configure() goes back to the mode's. Throws core::Error (input) outside.
  void setRatio(double ratio);

  /// Draws the next live frame; the picture stays on the device. Views of the same name in the frame before
  /// tell what moved. Throws core::Error (input) for views whose arrays disagree, DeviceLost.
  void draw(const scene::Frame& frame, const scene::Camera& camera, const SceneStyle& style = {});
  /// The next frame has nothing to do with the last (a cut, a jump in time).
  void cut();

  /// The finished picture of the last draw(), sRGB.
  [[nodiscard]] Image image();
  /// The same before exposure and tone mapping.
  [[nodiscard]] HdrImage radiance();
  /// On the device, 8-bit sRGB-encoded colour, for a window or an encoder; valid until the next call.
  [[nodiscard]] vulkan::DeviceImage& output();

  /// `samples` jittered samples a pixel, averaged in linear light before tone mapping; deterministic.
  [[nodiscard]] Image still(const scene::Frame& frame, const scene::Camera& camera,
                            const SceneStyle& style = {}, int samples = 16);

  [[nodiscard]] const FrameStatistics& statistics() const;
  /// The last frame's graph as a picture (SVG).
  [[nodiscard]] std::string graphPicture() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// A camera that shows everything in the frame from the given direction (degrees, as for pictures).
[[nodiscard]] scene::Camera cameraFor(const scene::Frame& frame, double azimuth, double elevation = 24,
                                      double fieldOfView = 24);
/// From where the frame wants to be looked at.
[[nodiscard]] scene::Camera cameraFor(const scene::Frame& frame);

}  // namespace aula::render
