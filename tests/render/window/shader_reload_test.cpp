// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/shader_reload.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include "render/support/test_gpu.h"
#include "render/window/presenter.h"
#include "support/scratch_folder.h"

namespace aula::render {
namespace {

namespace fs = std::filesystem;

std::string textOf(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Written with a time of its own, and waited for until the files are looked at again.
void change(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::trunc) << text;
  std::this_thread::sleep_for(std::chrono::milliseconds(250));
}

TEST(ShaderReload, AChangedShaderIsTakenUpAndABrokenOneIsNot) {
  if (std::system("glslc --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "glslc is not installed";
  const test::ScratchFolder scratch;
  fs::copy(fs::path(AULA_SOURCE_DIR) / "shaders", scratch / "shaders", fs::copy_options::recursive);
  ::setenv("AULA_SHADER_DIR", (scratch / "shaders").c_str(), 1);
  const std::shared_ptr<Gpu> gpu = Gpu::make(testGpuOptions());
  ::unsetenv("AULA_SHADER_DIR");
  ASSERT_NE(gpu->device().shaderReload(), nullptr);

  window::Presenter presenter(gpu, nullptr, 64, 64);
  window::UiPicture picture;
  picture.width = picture.height = 1;
  picture.vertices = {{0, 0, 0, 0, 0xFF0000FF}, {2, 0, 0, 0, 0xFF0000FF}, {0, 2, 0, 0, 0xFF0000FF}};
  picture.indices = {0, 1, 2};
  picture.commands.resize(1);
  picture.commands[0].right = picture.commands[0].bottom = 1;
  picture.commands[0].indexCount = 3;
  const auto colour = [&] {
    const float black[3] = {0, 0, 0};
    presenter.present(picture, black);
    return presenter.screenshot().at(30, 30);
  };
  using Rgba = std::array<std::uint8_t, 4>;
  const fs::path file = scratch / "shaders/ui/ui.frag";
  const std::string original = textOf(file), line = "colour = tint * texel;";
  ASSERT_THAT(original, testing::HasSubstr(line));
  EXPECT_EQ(colour(), (Rgba{255, 0, 0, 255}));

  std::string green = original;
  green.replace(green.find(line), line.size(), "colour = vec4(0, tint.r, 0, 1) * texel;");
  change(file, green);
  EXPECT_EQ(colour(), (Rgba{0, 255, 0, 255}));

  change(file, "#version 460\nvoid main() { no }\n");
  EXPECT_EQ(colour(), (Rgba{0, 255, 0, 255}));
  EXPECT_THAT(gpu->device().shaderReload()->lastMessage(), testing::HasSubstr("ui.frag:2: error:"));

  change(file, original);
  EXPECT_EQ(colour(), (Rgba{255, 0, 0, 255}));
  for (const std::string& message : gpu->validationMessages()) ADD_FAILURE() << message;
}

TEST(ShaderReload, KnowsShadersByTheirWords) {
  vulkan::ShaderReload reload(fs::path(AULA_SOURCE_DIR) / "shaders");
  constexpr std::uint32_t kUnknown[] = {1, 2, 3};
  EXPECT_EQ(reload.nameOf(kUnknown), "");
}

}  // namespace
}  // namespace aula::render
