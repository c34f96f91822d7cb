// SPDX-License-Identifier: Apache-2.0
#include "render/renderer.h"
#include "render/support/test_gpu.h"
#include "render/window/presenter.h"

namespace aula::render {
namespace {

scene::Frame wave() {
  scene::VolumeView view;
  view.name = "E";
  view.quantity = {"E", "V/m"};
  view.nx = 24;
  view.ny = 16;
  view.nz = 1;
  view.spacing = {1, 1, 1};
  auto values = std::make_shared<std::vector<float>>();
  for (int i = 0; i < 24 * 16; ++i) values->push_back(static_cast<float>(i % 7 - 3));
  view.values = values;
  scene::Frame frame;
  frame.title = "Lost and found";
  frame.views.emplace_back(view);
  return frame;
}

void expectSilence(const Gpu& gpu) {
  for (const std::string& message : gpu.validationMessages()) ADD_FAILURE() << message;
}

RendererOptions small() {
  RendererOptions options;
  options.width = 320;
  options.height = 200;
  return options;
}

TEST(DeviceLoss, ALostDeviceIsReplacedAndThePictureIsTheSame) {
  std::shared_ptr<Gpu> gpu = Gpu::make(testGpuOptions());
  auto renderer = std::make_unique<Renderer>(gpu, small());
  const Image before = renderer->render(wave());
  EXPECT_FALSE(gpu->isLost());
  gpu->loseForTest();
  EXPECT_THROW((void)renderer->render(wave()), DeviceLost);
  EXPECT_TRUE(gpu->isLost());
  EXPECT_THROW((void)renderer->render(wave()), DeviceLost) << "it stays lost";
  renderer.reset();
  expectSilence(*gpu);
  gpu = Gpu::make(testGpuOptions());
  renderer = std::make_unique<Renderer>(gpu, small());
  EXPECT_EQ(renderer->render(wave()).pixels, before.pixels);
  expectSilence(*gpu);
}

TEST(DeviceLoss, WhatIsOnItsWayIsGivenUpCleanly) {
  const std::shared_ptr<Gpu> gpu = Gpu::make(testGpuOptions());
  {
    window::Presenter presenter(gpu, nullptr, 64, 64);
    const float black[3] = {0, 0, 0};
    presenter.present({}, black);
    presenter.present({}, black);
    gpu->loseForTest();
    EXPECT_THROW(presenter.present({}, black), DeviceLost);
    EXPECT_THROW(presenter.present({}, black), DeviceLost);
  }
  expectSilence(*gpu);
}

}  // namespace
}  // namespace aula::render
