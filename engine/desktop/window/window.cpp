// SPDX-License-Identifier: Apache-2.0
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>

#include <sys/resource.h>
#include <unistd.h>

#include "core/error.h"
#include "core/interrupt.h"
#include "core/io/atomic_file.h"
#include "core/log.h"
#include "desktop/desktop.h"
#include "desktop/model/state_folder.h"
#include "desktop/ui/desk.h"
#include "desktop/window/script.h"
#include "desktop/window/window_screen.h"
#include "render/png.h"

// GLFW declares this only beside Vulkan's own headers, which stay in the renderer. A VkInstance is a pointer
// and a VkSurfaceKHR 64 bits wide on every machine that Aula is built for.
extern "C" int glfwCreateWindowSurface(void* instance, GLFWwindow* window, const void* allocator,
                                       std::uint64_t* surface);

namespace aula::desktop {

using Clock = std::chrono::steady_clock;

namespace {

/// On a software device every frame costs processor time that the simulation could use.
constexpr double kSoftwareInterval = 1.0 / 30, kDeviceInterval = 1.0 / 120;
/// After input Dear ImGui needs a few frames until everything has followed it.
constexpr int kFramesToSettle = 3;
/// A resting mouse's tooltip comes then, a text cursor blinks so often.
constexpr double kTooltipSeconds = 0.6, kBlinkSeconds = 0.4;

/// Input since the last look; GLFW's callbacks write it.
struct Events {
  bool hasInput = false, isDamaged = false;
};
Events* events() {
  static Events all;
  return &all;
}

/// GLFW as long as a window needs it.
class Library {
 public:
  Library() {
    glfwSetErrorCallback([](int, const char* text) { message() = text; });
    if (!glfwInit())
      throw core::inputError(
          "there is no screen to open a window on (" + message() +
          "). Without one, \"aula run LAB\" computes a lab with data, pictures and a report; over a network, "
          "\"ssh -X\" or a remote desktop brings the window to you");
  }
  ~Library() { glfwTerminate(); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  static std::string& message() {
    static std::string text = "no reason given";
    return text;
  }
};

/// Seconds since this process was started, the loading of the program included.
double secondsSinceStart() {
  std::ifstream file("/proc/self/stat");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  std::istringstream fields(text.substr(std::min(text.size(), text.rfind(')') + 2)));
  std::string field;
  // The 22nd field, counted from 1; the name's parenthesis closes the second.
  for (int i = 3; i <= 22 && fields >> field; ++i) {
  }
  std::ifstream clock("/proc/uptime");
  double uptime = 0;
  clock >> uptime;
  return uptime - std::strtod(field.c_str(), nullptr) / double(sysconf(_SC_CLK_TCK));
}

double cpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) { return double(t.tv_sec) + 1e-6 * double(t.tv_usec); };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

class Window {
 public:
  explicit Window(const ViewOptions& options);
  ~Window();
  void run();

 private:
  void watchEvents();
  void makeFontTexture();
  void followFullScreen();
  void drawFrame();
  [[nodiscard]] float contentScale() const;

  const ViewOptions& options_;
  Library library_;
  GLFWwindow* window_ = nullptr;
  std::unique_ptr<WindowScreen> screen_;
  std::unique_ptr<Desk> desk_;
  std::optional<Script> script_;
  std::uint64_t fontTexture_ = 0;
  bool isFullScreen_ = false, wasTimed_ = false;
  int windowed_[4] = {0, 0, 1280, 800};
  int pending_ = kFramesToSettle;
  Clock::time_point lastFrame_{}, redrawAt_ = Clock::time_point::max();
  int seenLosses_ = 0;
};

Window::Window(const ViewOptions& options) : options_(options) {
  const Preferences kept = StateStore(stateFolder()).preferences();
  glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "aula");
  if (!glfwVulkanSupported())
    throw core::Error(
        "the window library found no Vulkan driver; install mesa-vulkan-drivers or your graphics card's");
  window_ = glfwCreateWindow(kept.windowWidth, kept.windowHeight, "Aula", nullptr, nullptr);
  if (!window_) throw core::Error("the window cannot be made: " + Library::message());
  glfwSetWindowSizeLimits(window_, 640, 400, GLFW_DONT_CARE, GLFW_DONT_CARE);

  std::uint32_t count = 0;
  const char** names = glfwGetRequiredInstanceExtensions(&count);
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  GLFWwindow* const window = window_;
  screen_ = std::make_unique<WindowScreen>(
      [window](void* instance) {
        std::uint64_t surface = 0;
        if (const int result = glfwCreateWindowSurface(instance, window, nullptr, &surface); result != 0)
          throw core::Error("the window's surface cannot be made: " + Library::message() + " (" +
                            std::to_string(result) + ")");
        return surface;
      },
      std::vector<std::string>(names, names + count), width, height);

  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  watchEvents();
  ImGui_ImplGlfw_InitForOther(window_, true);

  DeskOptions desk;
  desk.registry = options.registry;
  desk.labs = options.labs;
  desk.language = options.language;
  desk.live.device = options.device;
  desk.live.seed = options.seed;
  desk.live.commandLine = options.commandLine;
  desk.stateFolder = stateFolder();
  desk.cacheFolder = cacheFolder();
  desk.picturesFolder = picturesFolder();
  desk.version = options.version;
  desk.wake = [] { glfwPostEmptyEvent(); };
  desk_ = std::make_unique<Desk>(desk, *screen_);
  if (options.isLanguageAsked) desk_->setLanguage(options.language);
  desk_->wantsFullScreen = options.isFullScreen;
  if (!options.lab.empty()) desk_->open(options.lab, true);

  if (!options.script.empty()) {
    ScriptHost host;
    host.resize = [this](int w, int h) { glfwSetWindowSize(window_, w, h); };
    host.minimise = [this](bool is) { is ? glfwIconifyWindow(window_) : glfwRestoreWindow(window_); };
    host.shot = [this](const std::filesystem::path& file) {
      drawFrame();
      render::writePng(file, screen_->screenshot());
    };
    host.loseDevice = [this] {
      screen_->loseDeviceForTest();
      if (desk_->scene.painter()) desk_->scene.painter()->loseDeviceForTest();
    };
    host.cpuSeconds = [] { return cpuSeconds(); };
    host.print = [](const std::string& text) { std::puts(text.c_str()); };
    script_.emplace(options.script, host);
  }
}

Window::~Window() {
  if (desk_ && window_ && !isFullScreen_) {
    int width = 0, height = 0;
    glfwGetWindowSize(window_, &width, &height);
    if (width >= 640 && height >= 400 && !script_) {
      desk_->preferences.windowWidth = width;
      desk_->preferences.windowHeight = height;
      desk_->savePreferences();
    }
  }
  desk_.reset();
  if (ImGui::GetCurrentContext()) {
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
  }
  screen_.reset();
  if (window_) glfwDestroyWindow(window_);
}

void Window::watchEvents() {
  // Set before Dear ImGui's own, which call these.
  glfwSetCursorPosCallback(window_, [](GLFWwindow*, double, double) { events()->hasInput = true; });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow*, int, int, int) { events()->hasInput = true; });
  glfwSetScrollCallback(window_, [](GLFWwindow*, double, double) { events()->hasInput = true; });
  glfwSetKeyCallback(window_, [](GLFWwindow*, int, int, int, int) { events()->hasInput = true; });
  glfwSetCharCallback(window_, [](GLFWwindow*, unsigned) { events()->hasInput = true; });
  glfwSetCursorEnterCallback(window_, [](GLFWwindow*, int) { events()->hasInput = true; });
  glfwSetWindowFocusCallback(window_, [](GLFWwindow*, int) { events()->hasInput = true; });
  glfwSetFramebufferSizeCallback(window_, [](GLFWwindow*, int, int) { events()->isDamaged = true; });
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow*) { events()->isDamaged = true; });
  glfwSetWindowIconifyCallback(window_, [](GLFWwindow*, int) { events()->isDamaged = true; });
}

float Window::contentScale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  return std::clamp(x, 1.0F, 4.0F);
}

void Window::makeFontTexture() {
  unsigned char* pixels = nullptr;
  render::Image image;
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.GetTexDataAsRGBA32(&pixels, &image.width, &image.height);
  image.pixels.assign(pixels, pixels + 4 * static_cast<std::ptrdiff_t>(image.width) * image.height);
  if (fontTexture_ != 0)
    screen_->updateTexture(fontTexture_, image);
  else
    fontTexture_ = screen_->makeTexture(image);
  atlas.SetTexID(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(fontTexture_)));
  atlas.ClearTexData();
}

void Window::followFullScreen() {
  if (desk_->wantsFullScreen == isFullScreen_) return;
  isFullScreen_ = desk_->wantsFullScreen;
  if (isFullScreen_) {
    glfwGetWindowPos(window_, &windowed_[0], &windowed_[1]);
    glfwGetWindowSize(window_, &windowed_[2], &windowed_[3]);
    GLFWmonitor* const monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode* const mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
    if (mode) glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
  } else {
    glfwSetWindowMonitor(window_, nullptr, windowed_[0], windowed_[1], windowed_[2], windowed_[3],
                         GLFW_DONT_CARE);
  }
}

void Window::drawFrame() {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  if (width == 0 || height == 0 || glfwGetWindowAttrib(window_, GLFW_ICONIFIED)) {
    lastFrame_ = Clock::now();
    if (script_) script_->passFrame();
    return;
  }
  screen_->resize(width, height);
  if (desk_->refresh(contentScale())) makeFontTexture();
  ImGui_ImplGlfw_NewFrame();
  if (script_) script_->applyInput();
  ImGui::NewFrame();
  desk_->draw();
  ImGui::Render();
  screen_->present(*ImGui::GetDrawData(), desk_->look.colours.window);
  lastFrame_ = Clock::now();
  if (screen_->losses() != seenLosses_) {
    seenLosses_ = screen_->losses();
    desk_->losses = seenLosses_;
    desk_->say(desk_->w(Word::deviceLost));
  }
  if (options_.printsTimes && !wasTimed_ && screen_->wasShown() && desk_->scene.hasPicture()) {
    wasTimed_ = true;
    std::printf("{\"first_picture_seconds\": %.3f}\n", secondsSinceStart());
    std::fflush(stdout);
  }
}

void Window::run() {
  const double interval =
      screen_->device().kind == render::GpuKind::cpu ? kSoftwareInterval : kDeviceInterval;
  while (!glfwWindowShouldClose(window_) && !desk_->wantsToClose && !core::isInterrupted()) {
    const auto now = Clock::now();
    const double sinceFrame = std::chrono::duration<double>(now - lastFrame_).count();
    double timeout = desk_->idleSeconds();
    if (pending_ > 0 || (script_ && script_->isBusy())) timeout = std::max(0.0, interval - sinceFrame);
    if (redrawAt_ != Clock::time_point::max())
      timeout = std::min(timeout, std::max(0.0, std::chrono::duration<double>(redrawAt_ - now).count()));
    if (script_ && !script_->isBusy()) timeout = std::min(timeout, script_->idleSeconds() + 0.001);
    if (timeout > 0.0005)
      glfwWaitEventsTimeout(timeout);
    else
      glfwPollEvents();

    if (desk_->poll()) pending_ = std::max(pending_, 1);
    if (script_) script_->advance(*desk_);
    Events& seen = *events();
    if (seen.hasInput || seen.isDamaged || (script_ && script_->isBusy())) {
      pending_ = kFramesToSettle;
      if (seen.hasInput)
        redrawAt_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                       std::chrono::duration<double>(kTooltipSeconds));
      seen = {};
    }
    if (Clock::now() >= redrawAt_) {
      pending_ = std::max(pending_, 1);
      redrawAt_ = Clock::time_point::max();
    }
    const bool isTyping = ImGui::GetIO().WantTextInput;
    const double since = std::chrono::duration<double>(Clock::now() - lastFrame_).count();
    if (isTyping && since > kBlinkSeconds) pending_ = std::max(pending_, 1);
    if (pending_ > 0 && since >= interval * 0.95) {
      --pending_;
      drawFrame();
      followFullScreen();
    }
    if (script_ && script_->hasEnded()) break;
  }
  // Only with AULA_VULKAN_VALIDATION=1: what the layers said is a mistake of ours.
  const std::vector<std::string> messages = screen_->validationMessages();
  const std::size_t painted = desk_->scene.painter() ? desk_->scene.painter()->validationCount() : 0;
  if (!messages.empty() || painted > 0)
    throw core::Error("validation said " + std::to_string(messages.size() + painted) +
                      " things, first: " + (messages.empty() ? "of a painted scene" : messages.front()));
}

}  // namespace

void view(const ViewOptions& options) {
  core::ignoreFileSizeSignal();
  Window window(options);
  window.run();
}

}  // namespace aula::desktop
