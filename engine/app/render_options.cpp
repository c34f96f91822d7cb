// SPDX-License-Identifier: Apache-2.0
#include "app/render_options.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>

#include "app/language.h"
#include "core/error.h"
#include "core/text.h"

namespace aula::app {

namespace {

constexpr int kLeastSide = 16, kMostSide = 65536;

struct NamedView {
  const char* name;
  CameraWords camera;
};

/// Seen along the axes; not quite from the zenith, where no direction is up.
constexpr NamedView kViews[] = {
    {"front", {-90, 0, 24}},  {"back", {90, 0, 24}},        {"left", {180, 0, 24}},   {"right", {0, 0, 24}},
    {"top", {-90, 89.9, 24}}, {"bottom", {-90, -89.9, 24}}, {"corner", {-60, 24, 24}}};

}  // namespace

void RenderOptions::addTo(CLI::App& command) {
  command.add_option("LAB", lab, "A lab file, or the name of a lab that comes with Aula")->required();
  command.add_option("--out", output, "The picture: ends in .png, .exr (linear light) or .mp4 (LAB.png)")
      ->type_name("FILE");
  command.add_option("--size", size, "In pixels, e.g. 3840x2160 or 7680x4320 (as the lab says)")
      ->type_name("WxH");
  command.add_option("--spp", samples, "Samples a pixel: more take longer and leave less noise (64)")
      ->type_name("N")
      ->check(CLI::Range(1, 1 << 20));
  command.add_option("--time", time, "At so much simulated time, e.g. \"2 ps\" (the end)")->type_name("TIME");
  command.add_option("--step", step, "At so many steps instead")
      ->type_name("N")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 50U));
  command.add_flag("--video", isVideo, "Every frame of the run as a video; also where --out ends in .mp4");
  command.add_option("--frames", frames, "Of a video: from the A-th to the B-th frame of the run")
      ->type_name("A:B");
  command.add_option("--set", settings, "Turn a knob: NAME=VALUE with a unit; may be repeated")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
  device.addTo(command);
  command
      .add_option("--kind", kind,
                  "auto, plane (seen straight on, with axes), figure (in a box with axes) or scene")
      ->type_name("KIND");
  command
      .add_option(
          "--camera", camera,
          "AZIMUTH,ELEVATION[,FIELD OF VIEW] in degrees, or front, back, left, right, top, bottom, corner")
      ->type_name("CAMERA");
  command.add_flag("--path-trace", isPath,
                   "Follow the light's ways: soft shadows, mirrors (where the device can, a scene is)");
  command.add_flag("--raster", isRaster, "As the live picture instead: faster, less light");
  command.add_option("--view", view, "Only this volume or slice")->type_name("NAME");
  command.add_option("--colour-map", colourMap, "For all values: tide, ember, dusk or ink")->type_name("MAP");
  command.add_option("--opacity", opacity, "Of volumes, 0.1 to 10 (1)")
      ->type_name("X")
      ->check(CLI::Range(0.1, 10.0));
  command.add_flag("--cut-away", isCutAway, "Leave out the eighth of volumes that is nearest to the camera");
  command.add_flag("--dark", isDark, "On a dark background");
  command.add_flag("--transparent", isTransparent, "On none: the picture tells where there is something");
  command.add_option("--exposure", exposure, "Stops: each doubles the light (0)")
      ->type_name("STOPS")
      ->check(CLI::Range(-20.0, 20.0));
  command.add_option("--seed", seed, "Of what is random in the lab and the picture (0)")->type_name("N");
  command.add_option("--tile", tile, "Side of the tiles a large picture is made of, in pixels (256)")
      ->type_name("N")
      ->check(CLI::Range(16, 4096));
  command.add_flag("--resume", isResuming, "Go on with a picture that was stopped");
  addLanguageOption(command, language);
  command.add_flag("-q,--quiet", isQuiet, "Only warnings and errors");
}

std::pair<int, int> parseRenderSize(const std::string& text) {
  int width = 0, height = 0, end = 0;
  if (std::sscanf(text.c_str(), "%6dx%6d%n", &width, &height, &end) != 2 || std::size_t(end) != text.size() ||
      width < kLeastSide || height < kLeastSide || width > kMostSide || height > kMostSide)
    throw core::inputError("--size " + core::quoted(text) + " is not WIDTHxHEIGHT in pixels, " +
                           std::to_string(kLeastSide) + " to " + std::to_string(kMostSide) +
                           " each, for example 7680x4320");
  return {width, height};
}

CameraWords parseCamera(const std::string& text) {
  std::vector<std::string> names;
  for (const NamedView& view : kViews) {
    if (text == view.name) return view.camera;
    names.emplace_back(view.name);
  }
  CameraWords camera;
  int end = 0, more = 0;
  const bool hasTwo = std::sscanf(text.c_str(), "%lf,%lf%n", &camera.azimuth, &camera.elevation, &end) == 2;
  const std::string rest = hasTwo ? text.substr(static_cast<std::size_t>(end)) : text;
  const bool hasThree = hasTwo && std::sscanf(rest.c_str(), ",%lf%n", &camera.fieldOfView, &more) == 1;
  const bool isWhole =
      hasTwo && (rest.empty() || (hasThree && static_cast<std::size_t>(more) == rest.size()));
  if (!isWhole || !std::isfinite(camera.azimuth) || !(std::abs(camera.elevation) <= 90) ||
      !(camera.fieldOfView >= 1 && camera.fieldOfView <= 150)) {
    std::string message =
        "--camera " + core::quoted(text) +
        " is neither AZIMUTH,ELEVATION[,FIELD OF VIEW] in degrees (elevation -90 to 90, field of view 1 to "
        "150), for example -60,24, nor a viewpoint: " +
        core::listed(names, "or");
    if (const auto nearest = core::nearestWord(text, names))
      message += ". Did you mean \"" + *nearest + "\"?";
    throw core::inputError(message);
  }
  camera.elevation = std::clamp(camera.elevation, -89.9, 89.9);
  return camera;
}

std::pair<int, int> parseFrames(const std::string& text, int count) {
  if (text.empty()) return {1, count};
  int first = 0, last = 0, end = 0;
  if (std::sscanf(text.c_str(), "%6d:%6d%n", &first, &last, &end) != 2 || std::size_t(end) != text.size() ||
      first < 1 || last < first || last > count)
    throw core::inputError("--frames " + core::quoted(text) + " is not A:B with A from 1 and B up to " +
                           std::to_string(count) +
                           ", the frames of this run, for example 1:" + std::to_string(count));
  return {first, last};
}

RenderKind parseRenderKind(const std::string& text) {
  if (text == "auto") return RenderKind::automatic;
  if (text == "plane") return RenderKind::plane;
  if (text == "figure") return RenderKind::figure;
  if (text == "scene") return RenderKind::scene;
  throw core::inputError("--kind " + core::quoted(text) +
                         " is not there; there are auto, plane, figure and scene");
}

}  // namespace aula::app
