// SPDX-License-Identifier: Apache-2.0
#include "render/window/presenter.h"

#include <vulkan/vulkan.h>

#include <cmath>
#include <cstdlib>

#include "core/error.h"
#include "render/support/test_gpu.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device_image.h"

namespace aula::render::window {
namespace {

constexpr std::uint32_t kRed = 0xFF0000FF, kHalfBlack = 0x80000000, kWhite = 0xFFFFFFFF;
constexpr float kGrey[3] = {0.2F, 0.4F, 0.6F};
using Rgba = std::array<std::uint8_t, 4>;
constexpr Rgba kGreyBytes = {51, 102, 153, 255};

UiPicture interface(float width, float height) {
  UiPicture picture;
  picture.width = width;
  picture.height = height;
  return picture;
}

/// Two triangles, clipped to the whole.
void addRectangle(UiPicture& picture, float left, float top, float right, float bottom, std::uint32_t colour,
                  TextureId texture = TextureId::none) {
  UiCommand command;
  command.right = picture.width;
  command.bottom = picture.height;
  command.texture = texture;
  command.firstIndex = static_cast<std::uint32_t>(picture.indices.size());
  command.indexCount = 6;
  command.vertexOffset = static_cast<std::uint32_t>(picture.vertices.size());
  picture.vertices.insert(picture.vertices.end(), {{left, top, 0, 0, colour},
                                                   {right, top, 1, 0, colour},
                                                   {right, bottom, 1, 1, colour},
                                                   {left, bottom, 0, 1, colour}});
  picture.indices.insert(picture.indices.end(), {0, 1, 2, 0, 2, 3});
  picture.commands.push_back(command);
}

void expectNear(const Rgba& found, const Rgba& expected) {
  // Blending and encoding are exact to within the rounding of 8 bits.
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(found[i], expected[i], 1);
}

using PresenterTest = GpuTest;

TEST_F(PresenterTest, TrianglesLieWhereTheyAreTold) {
  Presenter presenter(gpu, nullptr, 200, 100);
  // The interface's units are twice as large as pixels, and begin elsewhere.
  UiPicture picture = interface(100, 50);
  picture.left = 1000;
  picture.top = -20;
  addRectangle(picture, 1010, -10, 1030, 20, kRed);
  picture.commands[0].left = 1000;
  picture.commands[0].top = -20;
  picture.commands[0].right = 1025;
  picture.commands[0].bottom = 30;
  EXPECT_EQ(presenter.present(picture, kGrey), PresentOutcome::shown);
  const Image image = presenter.screenshot();
  EXPECT_EQ(image.width, 200);
  EXPECT_EQ(image.height, 100);
  EXPECT_EQ(image.at(19, 30), kGreyBytes);
  EXPECT_EQ(image.at(20, 20), (Rgba{255, 0, 0, 255}));
  EXPECT_EQ(image.at(49, 79), (Rgba{255, 0, 0, 255}));
  EXPECT_EQ(image.at(50, 50), kGreyBytes) << "clipped";
  EXPECT_EQ(image.at(30, 80), kGreyBytes);
}

TEST_F(PresenterTest, ColoursBlendAsTheyAreEncoded) {
  Presenter presenter(gpu, nullptr, 64, 64);
  UiPicture picture = interface(64, 64);
  addRectangle(picture, 0, 0, 64, 64, kHalfBlack);
  const float white[3] = {1, 1, 1};
  presenter.present(picture, white);
  // 255 (1 - 128/255); blended in linear light it would be 187.
  expectNear(presenter.screenshot().at(32, 32), {127, 127, 127, 255});
}

TEST_F(PresenterTest, TexturesAreShownTexelForTexel) {
  Presenter presenter(gpu, nullptr, 64, 64);
  const TextureId texture = presenter.makeTexture(2, 2), other = presenter.makeTexture(1, 1);
  presenter.update(texture, std::vector<std::uint8_t>{255, 0, 0, 255, 0, 255, 0, 255,  //
                                                      0, 0, 255, 255, 100, 150, 200, 255});
  presenter.update(other, std::vector<std::uint8_t>{9, 8, 7, 255});
  UiPicture picture = interface(64, 64);
  addRectangle(picture, 0, 0, 2, 2, kWhite, texture);
  addRectangle(picture, 10, 10, 20, 20, kWhite, other);
  addRectangle(picture, 30, 10, 40, 20, 0xFF00FFFF, other);
  presenter.present(picture, kGrey);
  Image image = presenter.screenshot();
  EXPECT_EQ(image.at(0, 0), (Rgba{255, 0, 0, 255}));
  EXPECT_EQ(image.at(1, 0), (Rgba{0, 255, 0, 255}));
  EXPECT_EQ(image.at(0, 1), (Rgba{0, 0, 255, 255}));
  EXPECT_EQ(image.at(1, 1), (Rgba{100, 150, 200, 255}));
  EXPECT_EQ(image.at(15, 15), (Rgba{9, 8, 7, 255}));
  EXPECT_EQ(image.at(35, 15), (Rgba{9, 8, 0, 255})) << "tinted";

  presenter.update(other, std::vector<std::uint8_t>{90, 80, 70, 255});
  presenter.present(picture, kGrey);
  EXPECT_EQ(presenter.screenshot().at(15, 15), (Rgba{90, 80, 70, 255}));
  presenter.removeTexture(other);
  EXPECT_THROW(presenter.present(picture, kGrey), core::Error);
  picture.commands.resize(1);
  presenter.present(picture, kGrey);
}

TEST_F(PresenterTest, ImagesOfTheDeviceAreShownWithoutACopy) {
  for (const VkFormat format : {VK_FORMAT_R8G8B8A8_UNORM, VK_FORMAT_R8G8B8A8_SRGB}) {
    vulkan::ImageShape shape;
    shape.format = format;
    shape.width = shape.height = 8;
    shape.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
    vulkan::DeviceImage scene(device(), shape);
    vulkan::FrameCommands frame(device());
    Presenter presenter(gpu, nullptr, 64, 64);
    const TextureId texture = presenter.makeTexture(1, 1);
    UiPicture picture = interface(64, 64);
    addRectangle(picture, 0, 0, 64, 64, kWhite, texture);
    for (const std::uint8_t value : {30, 130, 230}) {
      // Drawn by somebody else, on its way when the interface is drawn.
      frame.begin();
      std::vector<std::uint8_t> texels(4 * 64, value);
      frame.uploadTo(scene, std::as_bytes(std::span(texels)));
      frame.submit();
      presenter.show(texture, scene);
      presenter.present(picture, kGrey);
      const Rgba found = presenter.screenshot().at(20, 20);
      // Alpha blends it over the background; both in encoded values.
      const double alpha = value / 255.0;
      const auto over = [&](double below) {
        return static_cast<std::uint8_t>(std::lround(value * alpha + below * (1 - alpha)));
      };
      expectNear(found, {over(51), over(102), over(153), 255});
    }
    presenter.finish();
  }
}

TEST_F(PresenterTest, SizesChangeAndVanish) {
  Presenter presenter(gpu, nullptr, 64, 48);
  UiPicture picture = interface(10, 10);
  addRectangle(picture, 0, 0, 10, 10, kRed);
  EXPECT_THROW((void)presenter.screenshot(), core::Error);
  for (const int side : {48, 100, 0, 33}) {
    presenter.resize(side, side);
    EXPECT_EQ(presenter.present(picture, kGrey), side == 0 ? PresentOutcome::hidden : PresentOutcome::shown);
    if (side == 0) continue;
    const Image image = presenter.screenshot();
    EXPECT_EQ(image.width, side);
    EXPECT_EQ(image.at(side - 1, side - 1), (Rgba{255, 0, 0, 255}));
  }
}

TEST_F(PresenterTest, MistakesAreRefused) {
  Presenter presenter(gpu, nullptr, 64, 48);
  const TextureId texture = presenter.makeTexture(3, 2);
  try {
    presenter.update(texture, std::vector<std::uint8_t>(25));
    ADD_FAILURE() << "no error";
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(), "A texture of 3x2 pixels needs 24 bytes; 25 were given.");
  }
  EXPECT_THROW((void)presenter.makeTexture(0, 5), core::Error);
  EXPECT_THROW(presenter.removeTexture(TextureId::none), core::Error);
  EXPECT_THROW(presenter.update(TextureId{77}, {}), core::Error);
  UiPicture picture = interface(64, 48);
  addRectangle(picture, 0, 0, 10, 10, kRed);
  picture.commands[0].indexCount = 7;
  EXPECT_THROW(presenter.present(picture, kGrey), core::Error);
  // All goes on afterwards.
  picture.commands[0].indexCount = 6;
  EXPECT_EQ(presenter.present(picture, kGrey), PresentOutcome::shown);
}

TEST(PresenterWindow, AWindowWithoutADisplayIsPresentedInto) {
  // VK_EXT_headless_surface behaves as a window that takes any size; nothing is to be seen.
  GpuOptions options = testGpuOptions();
  options.windowExtensions = {VK_KHR_SURFACE_EXTENSION_NAME, VK_EXT_HEADLESS_SURFACE_EXTENSION_NAME};
  const std::shared_ptr<Gpu> gpu = Gpu::make(options);
  const SurfaceMaker maker = [](void* instance) -> std::uint64_t {
    auto* vulkan = static_cast<VkInstance>(instance);
    const auto create = reinterpret_cast<PFN_vkCreateHeadlessSurfaceEXT>(
        vkGetInstanceProcAddr(vulkan, "vkCreateHeadlessSurfaceEXT"));
    VkHeadlessSurfaceCreateInfoEXT info{};
    info.sType = VK_STRUCTURE_TYPE_HEADLESS_SURFACE_CREATE_INFO_EXT;
    VkSurfaceKHR surface = VK_NULL_HANDLE;
    EXPECT_EQ(create(vulkan, &info, nullptr, &surface), VK_SUCCESS);
    return reinterpret_cast<std::uint64_t>(surface);
  };
  {
    Presenter presenter(gpu, maker, 80, 60);
    UiPicture picture = interface(10, 10);
    addRectangle(picture, 0, 0, 10, 10, kRed);
    for (int i = 0; i < 12; ++i) {
      if (i == 3) presenter.resize(120, 90);
      if (i == 5) presenter.resize(0, 0);
      if (i == 6) presenter.resize(120, 91);
      if (i == 8) presenter.setPacing(Pacing::newest);
      EXPECT_EQ(presenter.present(picture, kGrey), i == 5 ? PresentOutcome::hidden : PresentOutcome::shown);
    }
    const Image image = presenter.screenshot();
    EXPECT_EQ(image.width, 120);
    EXPECT_EQ(image.height, 91);
    EXPECT_EQ(image.at(60, 40), (Rgba{255, 0, 0, 255}));
    EXPECT_EQ(presenter.present(picture, kGrey), PresentOutcome::shown);
  }
  for (const std::string& message : gpu->validationMessages()) ADD_FAILURE() << message;
}

TEST(PresenterWindow, AGpuWithoutExtensionsForWindowsIsRefused) {
  const std::shared_ptr<Gpu> gpu = Gpu::make(testGpuOptions());
  EXPECT_THROW(Presenter(
                   gpu, [](void*) { return std::uint64_t{1}; }, 80, 60),
               core::Error);
}

}  // namespace
}  // namespace aula::render::window
