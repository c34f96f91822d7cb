// SPDX-License-Identifier: Apache-2.0
#include "render/renderer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "fields.h"

namespace aula::render {
namespace {

std::string messageOf(const auto& action, core::Fault fault) {
  try {
    action();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), fault) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return {};
}

TEST(Renderer, DrawsTheSameTwice) {
  const scene::Frame frame = doubleSlit(80, 48);
  Renderer one(testOptions(320, 240)), two(testOptions(320, 240));
  const Image first = one.render(frame);
  EXPECT_EQ(first.pixels, one.render(frame).pixels);
  EXPECT_EQ(first.pixels, two.render(frame).pixels);
  // Something else in between leaves no trace.
  scene::Frame other;
  other.title = "其他 other";
  other.views.emplace_back(sampled("g", {"g", ""}, {0, 0, 0}, {1, 1, 1}, 8, 9, 10, dipoleField));
  (void)one.render(other);
  EXPECT_EQ(first.pixels, one.render(frame).pixels);
  EXPECT_TRUE(one.validationMessages().empty());
  EXPECT_TRUE(two.validationMessages().empty());
}

TEST(Renderer, IsOpaqueAndOfTheSizeAskedFor) {
  Renderer renderer(testOptions(333, 217));
  const Image image = renderer.render(doubleSlit(20, 12));
  EXPECT_EQ(image.width, 333);
  EXPECT_EQ(image.height, 217);
  for (std::size_t i = 3; i < image.pixels.size(); i += 4) ASSERT_EQ(image.pixels[i], 255);
}

TEST(Renderer, ColoursHoldStillThroughAVideo) {
  // A wave that dies down: the same value keeps its colour, so a weak frame looks weak.
  const auto frameOf = [](double strength) {
    scene::Frame frame;
    frame.views.emplace_back(
        sampled("f", {"f", ""}, {0, 0, 0}, {4, 3, 0}, 5, 4, 1, [&](const core::Vec3&) { return strength; }));
    return frame;
  };
  const auto middle = [](const Image& image) { return image.at(image.width * 2 / 5, image.height / 2); };
  Renderer renderer(testOptions(200, 150));
  renderer.observe(frameOf(1));
  const auto weak = middle(renderer.render(frameOf(0.1)));
  const auto strong = middle(renderer.render(frameOf(1)));
  EXPECT_EQ(middle(renderer.render(frameOf(0.1))), weak);
  EXPECT_NE(weak, strong);
  renderer.resetLimits();
  EXPECT_EQ(middle(renderer.render(frameOf(0.1))), strong) << "a new picture begins with its own limits";
}

TEST(Renderer, AFrameWithoutViewsIsItsTitle) {
  Renderer renderer(testOptions(320, 200));
  scene::Frame frame;
  frame.title = "Nothing yet";
  const Image image = renderer.render(frame);
  EXPECT_EQ(image.at(160, 150), (std::array<std::uint8_t, 4>{255, 255, 255, 255}));
  int dark = 0;
  for (int y = 0; y < 40; ++y) {
    for (int x = 0; x < 320; ++x) dark += image.at(x, y)[0] < 100 ? 1 : 0;
  }
  EXPECT_GT(dark, 50);
  EXPECT_TRUE(renderer.validationMessages().empty());
}

TEST(Renderer, WrongInputIsTold) {
  Renderer renderer(testOptions(320, 200));
  scene::Frame frame = doubleSlit(20, 12);
  PictureStyle style;
  style.view = "Hx";
  EXPECT_EQ(messageOf([&] { (void)renderer.render(frame, style); }, core::Fault::input),
            "There is no view \"Hx\" to draw. Found: Ez.");
  style = {};
  style.colourMap = "rainbow";
  EXPECT_THAT(messageOf([&] { (void)renderer.render(frame, style); }, core::Fault::input),
              testing::HasSubstr("Known: tide, ember"));
  auto& view = std::get<scene::VolumeView>(frame.views[0]);
  view.nx = 21;
  EXPECT_EQ(messageOf([&] { (void)renderer.render(frame); }, core::Fault::input),
            "The view \"Ez\" has 240 values, but its shape is 21x12x1.");
  view.nx = 20;
  view.spacing.y = 0;
  EXPECT_THAT(messageOf([&] { (void)renderer.render(frame); }, core::Fault::input),
              testing::HasSubstr("along y; the distance must be positive"));
  view.values = nullptr;
  EXPECT_THAT(messageOf([&] { (void)renderer.render(frame); }, core::Fault::input),
              testing::HasSubstr("has 0 values"));
  scene::MeshView mesh = wall(0, 1);
  scene::TriangleMesh broken = *mesh.mesh;
  broken.triangles.push_back(99);
  mesh.mesh = std::make_shared<const scene::TriangleMesh>(std::move(broken));
  frame.views = {mesh};
  EXPECT_THAT(messageOf([&] { (void)renderer.render(frame); }, core::Fault::input),
              testing::HasSubstr("a mesh"));
}

TEST(Renderer, SizesOutOfRangeAreTold) {
  EXPECT_THAT(messageOf([] { Renderer(testOptions(10, 200)); }, core::Fault::input),
              testing::HasSubstr("10x200 pixels cannot be drawn: each side must be 64 to"));
  EXPECT_THAT(messageOf([] { Renderer(testOptions(200, 100000)); }, core::Fault::input),
              testing::HasSubstr("200x100000"));
}

TEST(Renderer, AnUnknownDeviceGetsEveryReason) {
  RendererOptions options = testOptions(200, 200);
  options.device = "Voodoo";
  const std::string message = messageOf([&] { Renderer r(options); }, core::Fault::failure);
  EXPECT_THAT(message, testing::HasSubstr("the name \"Voodoo\" asked for"));
  EXPECT_THAT(message, testing::HasSubstr("llvmpipe"));
}

TEST(Renderer, TheSoftwareDeviceIsReported) {
  const std::vector<DeviceReport> devices = findVulkanDevices();
  const DeviceReport& device = devices.at(chooseVulkanDevice(devices, "llvmpipe"));
  EXPECT_EQ(device.kind, GpuKind::cpu);
  EXPECT_THAT(device.driver, testing::HasSubstr("Mesa"));
  EXPECT_GT(device.memoryBytes, 1e8);
  EXPECT_TRUE(device.isUsable());
}

}  // namespace
}  // namespace aula::render
