// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/device_options.h"
#include "app/xr_runtime.h"
#include "compute/cpu/host.h"
#include "compute/device.h"
#include "core/error.h"
#include "core/version.h"
#include "media/video_writer.h"
#include "render/devices.h"
#include "render/renderer.h"

namespace aula::app {

namespace {

using Json = nlohmann::ordered_json;

/// What was found, once as data and once as lines for people.
struct Findings {
  Json json;
  std::string text;

  void heading(const std::string& title) { text += (text.empty() ? "" : "\n") + title + "\n"; }
  void line(bool isGood, const std::string& what, const std::string& remark = {}) {
    text += std::string(isGood ? "  + " : "  - ") + what + "\n";
    if (!remark.empty()) text += "      " + remark + "\n";
  }
};

void examineCpu(Findings& found) {
  const compute::Host host = compute::readHost();
  found.heading("Processor and memory");
  const std::string cores = std::to_string(host.cores) + (host.cores == 1 ? " core" : " cores");
  found.line(
      true, host.name + ", " + cores + ", " + host.vector + " (" + std::to_string(host.vectorBits) + " bits)",
      host.vectorBits >= 256 ? "" : "Simulations run, but several times slower than with AVX2.");
  // A cell of the Maxwell solver with absorbing layers and materials takes about 50 bytes.
  const double cells = host.memoryBytes / 50;
  found.line(host.memoryBytes > 2e9, formatBytes(host.memoryBytes) + " of memory free",
             "Enough for about " + formatCount(cells / 1e6) + " million cells.");
  found.json["cpu"] = {
      {"name", host.name}, {"cores", host.cores}, {"vector", host.vector}, {"vector_bits", host.vectorBits}};
  found.json["memory"] = {{"free_bytes", host.memoryBytes}};
}

void examineDevices(Findings& found) {
  found.heading("Devices for simulations (--device)");
  Json list = Json::array();
  for (const compute::DeviceReport& device : compute::findDevices()) {
    list.push_back({{"kind", compute::deviceName(device.kind)},
                    {"name", device.name},
                    {"usable", device.isUsable},
                    {"remark", device.remark},
                    {"memory_bytes", device.memoryBytes}});
    found.line(
        device.isUsable,
        std::string(compute::deviceName(device.kind)) + (device.name.empty() ? "" : ": " + device.name),
        device.remark);
  }
  found.json["devices"] = list;
}

void examineVulkan(Findings& found) {
  found.heading("Devices for pictures (Vulkan)");
  Json list = Json::array();
  try {
    const std::vector<render::DeviceReport> devices = render::findVulkanDevices();
    for (const render::DeviceReport& device : devices) {
      std::string reasons;
      for (const std::string& reason : device.refusals) reasons += (reasons.empty() ? "" : "; ") + reason;
      list.push_back({{"name", device.name},
                      {"kind", render::gpuKindName(device.kind)},
                      {"api", device.apiVersion},
                      {"driver", device.driver},
                      {"usable", device.isUsable()},
                      {"refusals", device.refusals},
                      {"memory_bytes", device.memoryBytes}});
      const bool isSoftware = device.kind == render::GpuKind::cpu;
      found.line(device.isUsable(),
                 device.name + ", " + render::gpuKindName(device.kind) + ", Vulkan " + device.apiVersion +
                     ", " + device.driver,
                 !device.isUsable() ? reasons
                 : isSoftware       ? "Draws everything, slowly: fine for pictures and videos."
                                    : "");
    }
    found.json["picture_device"] = devices.at(render::chooseVulkanDevice(devices, "")).name;
  } catch (const core::Error& error) {
    found.json["picture_device"] = nullptr;
    found.line(false, "no device draws pictures", error.what());
  }
  found.json["vulkan"] = list;

  // The renderer also needs a font; making a small one finds out.
  try {
    render::RendererOptions options;
    options.width = options.height = 64;
    const render::Renderer renderer(options);
    found.json["pictures"] = {{"usable", true}};
    found.line(true, "pictures can be drawn, with text in all four languages");
  } catch (const core::Error& error) {
    found.json["pictures"] = {{"usable", false}, {"remark", error.what()}};
    found.line(false, "pictures cannot be drawn: runs leave data and a report without them", error.what());
  }
}

void examineVideo(Findings& found) {
  found.heading("Video encoders (FFmpeg)");
  Json list = Json::array();
  for (const media::EncoderReport& encoder : media::findVideoEncoders()) {
    list.push_back({{"name", encoder.name},
                    {"codec", media::videoCodecName(encoder.codec)},
                    {"usable", encoder.isUsable},
                    {"remark", encoder.remark}});
    found.line(encoder.isUsable, encoder.name, encoder.remark);
  }
  if (list.empty())
    found.line(false, "none in this build", "Configure with -DAULA_FFMPEG=ON and build again to get videos.");
  found.json["video_encoders"] = list;
}

void examineXr(Findings& found) {
  const XrRuntime runtime = findXrRuntime();
  found.heading("Headset (OpenXR)");
  found.line(runtime.hasLoader, runtime.hasLoader ? "loader is there" : "loader is missing",
             runtime.hasLoader ? "" : "apt-get install libopenxr-loader1");
  const bool isUsable = !runtime.manifest.empty() && runtime.problem.empty();
  if (runtime.manifest.empty())
    found.line(false, "no runtime is active",
               "Start the headset's own software once (SteamVR, Monado, WiVRn): it registers itself as "
               "active_runtime.json.");
  else
    found.line(isUsable, "runtime " + (runtime.name.empty() ? runtime.manifest.string() : runtime.name),
               runtime.problem);
  found.json["openxr"] = {{"loader", runtime.hasLoader},
                          {"manifest", runtime.manifest.string()},
                          {"runtime", runtime.name},
                          {"usable", isUsable && runtime.hasLoader},
                          {"problem", runtime.problem}};
}

void examineTutors(Findings& found) {
  found.heading("Language models (any OpenAI-compatible endpoint)");
  Json list = Json::array();
  for (const char* variable : {"AULA_AI_BASE_URL", "OPENAI_BASE_URL", "OPENAI_API_BASE"}) {
    const char* value = std::getenv(variable);
    if (!value || !*value) continue;
    list.push_back({{"variable", variable}, {"base_url", value}});
    found.line(true, std::string(variable) + " = " + value,
               "Not contacted: this program makes no network call here.");
  }
  // Whether there is a key, never the key itself.
  const char* key = std::getenv("OPENAI_API_KEY");
  const bool hasKey = key && *key;
  if (list.empty())
    found.line(false, "none is set",
               "Set OPENAI_BASE_URL, for example to a local llama.cpp server. Running labs needs none.");
  if (hasKey) found.line(true, "OPENAI_API_KEY is set");
  found.json["ai_endpoints"] = list;
  found.json["has_ai_key"] = hasKey;
}

int examine(bool isJson) {
  Findings found;
  found.json["program"] = {{"version", core::version()}, {"build", core::buildDescription()}};
  examineCpu(found);
  examineDevices(found);
  examineVulkan(found);
  examineVideo(found);
  examineXr(found);
  examineTutors(found);
  if (isJson)
    std::cout << found.json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  else
    std::cout << "Aula " << core::version() << " (" << core::buildDescription() << ")\n\n" << found.text;
  return 0;
}

}  // namespace

void addDoctor(CLI::App& parser, Program& program) {
  CLI::App* command = parser.add_subcommand(
      "doctor", "What this machine can do, what follows from it, and how to get what is missing");
  auto isJson = std::make_shared<bool>(false);
  command->add_flag("--json", *isJson, "Machine-readable, on standard output");
  setExamples(*command, "aula doctor\naula doctor --json | jq .devices");
  command->callback([&program, isJson] { program.action = [isJson] { return examine(*isJson); }; });
}

}  // namespace aula::app
