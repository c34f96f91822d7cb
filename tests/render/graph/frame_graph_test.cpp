// SPDX-License-Identifier: Apache-2.0
#include "render/graph/frame_graph.h"

#include <gmock/gmock.h>

#include <array>

#include "core/error.h"
#include "render/support/test_gpu.h"
#include "render/vulkan/buffer.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/memory.h"
#include "render/vulkan/pipeline.h"

namespace aula::render::graph {
namespace {

constexpr std::uint32_t kAdd[] = {
#include <test_shaders/add.comp.inc>
};

vulkan::ImageShape square(std::uint32_t side, VkFormat format = VK_FORMAT_R32_SFLOAT) {
  vulkan::ImageShape shape;
  shape.format = format;
  shape.width = shape.height = side;
  return shape;
}

class FrameGraphTest : public GpuTest {
 protected:
  static constexpr std::uint32_t kSide = 64;

  vulkan::ComputeShape addShape() {
    vulkan::ComputeShape shape;
    shape.shader = kAdd;
    shape.bindings = {VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, VK_DESCRIPTOR_TYPE_STORAGE_IMAGE};
    return shape;
  }

  /// One more than what is to the right.
  void addPass(const std::string& name, ImageId from, ImageId to) {
    graph
        .pass(name,
              [this, from, to](const PassResources& r) {
                const std::array bindings = {vulkan::Binding::of(r.view(from), sampler.handle()),
                                             vulkan::Binding::storage(r.view(to))};
                vulkan::bind(r.commands(), r.frame(), r.device(), add, bindings);
                const vulkan::ImageShape& shape = r.shape(to);
                vkCmdDispatch(r.commands(), (shape.width + 7) / 8, (shape.height + 7) / 8, 1);
              })
        .uses(from, Use::sampledCompute)
        .uses(to, Use::storageWrite);
  }

  void clearPass(const std::string& name, ImageId image, float value) {
    graph.pass(name, [](const PassResources&) {}).colour(image, Load::clear, {{value, value, value, value}});
  }

  void readPass(ImageId image, vulkan::Buffer& into, std::uint32_t layer = 0) {
    const BufferId buffer = graph.import("readback", into);
    graph
        .pass("read back",
              [image, buffer, layer](const PassResources& r) {
                VkBufferImageCopy region{};
                region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, layer, 1};
                region.imageExtent = r.shape(image).extent();
                vkCmdCopyImageToBuffer(r.commands(), r.image(image), r.layout(image), r.buffer(buffer), 1,
                                       &region);
              })
        .uses(image, Use::copySource)
        .uses(buffer, Use::copyTarget);
  }

  [[nodiscard]] std::vector<float> values() const {
    const auto* first = reinterpret_cast<const float*>(readback.mapped());
    return {first, first + kSide * kSide};
  }

  FrameGraph graph{device()};
  vulkan::FrameCommands frame{device()};
  vulkan::ComputePipeline add{device(), addShape()};
  vulkan::Sampler sampler{device(), VK_FILTER_NEAREST};
  vulkan::Buffer readback{device(), 4 * kSide* kSide, VK_BUFFER_USAGE_TRANSFER_DST_BIT,
                          vulkan::MemoryUse::readback};
};

TEST_F(FrameGraphTest, AChainOfPassesSharesMemoryAndCountsRight) {
  std::size_t held = 0;
  std::vector<VkImage> images, before;
  for (int round = 0; round < 4; ++round) {
    frame.begin();
    graph.begin();
    images.clear();
    ImageId image = graph.image("0", square(kSide));
    clearPass("clear", image, 3);
    for (int i = 1; i <= 6; ++i) {
      const ImageId next = graph.image(std::to_string(i), square(kSide));
      addPass("add " + std::to_string(i), image, next);
      graph.pass("note", [&, next](const PassResources& r) { images.push_back(r.image(next)); })
          .uses(next, Use::sampledCompute)
          .keeps();
      image = next;
    }
    readPass(image, readback);
    graph.execute(frame);
    frame.submitAndWait();
    EXPECT_THAT(values(), testing::Each(9.0F));
    // Seven images of one size, of which two live at once.
    EXPECT_EQ(graph.transientBytes() * 7, graph.unsharedBytes() * 2);
    if (round > 0) {
      EXPECT_EQ(device().memory().heldBytes(), held);
      EXPECT_EQ(images, before) << "a frame like the last makes nothing new";
    }
    held = device().memory().heldBytes();
    before = images;
  }
}

TEST_F(FrameGraphTest, TwoFramesOnTheirWayDoNotDisturbEachOther) {
  vulkan::Buffer other(device(), readback.size(), VK_BUFFER_USAGE_TRANSFER_DST_BIT,
                       vulkan::MemoryUse::readback);
  const std::array<vulkan::Buffer*, 2> buffers = {&readback, &other};
  for (int round = 0; round < 3; ++round) {
    vulkan::FrameCommands::Ticket ticket = 0;
    for (int k = 0; k < 2; ++k) {
      frame.begin();
      graph.begin();
      const ImageId a = graph.image("a", square(kSide)), b = graph.image("b", square(kSide));
      clearPass("clear", a, static_cast<float>(10 * round + k));
      addPass("add", a, b);
      readPass(b, *buffers[static_cast<std::size_t>(k)]);
      graph.execute(frame);
      ticket = frame.submit();
    }
    frame.wait(ticket);
    for (std::size_t k = 0; k < 2; ++k) {
      EXPECT_EQ(*reinterpret_cast<const float*>(buffers[k]->mapped()),
                static_cast<float>(10 * round + 1) + static_cast<float>(k));
    }
  }
}

TEST_F(FrameGraphTest, WhatNobodyReadsIsNotRecorded) {
  frame.begin();
  graph.begin();
  bool isRecorded = false;
  const ImageId a = graph.image("a", square(kSide)), unread = graph.image("unread", square(kSide));
  clearPass("clear", a, 1);
  graph.pass("in vain", [&](const PassResources&) { isRecorded = true; })
      .uses(a, Use::sampledCompute)
      .uses(unread, Use::storageWrite);
  readPass(a, readback);
  graph.execute(frame);
  frame.submitAndWait();
  EXPECT_FALSE(isRecorded);
  EXPECT_THAT(graph.dot(), testing::HasSubstr("in vain\\nleft out: nobody reads it"));
  EXPECT_THAT(values(), testing::Each(1.0F));
}

TEST_F(FrameGraphTest, AHistoryOutlivesTheFrame) {
  vulkan::ImageShape shape = square(kSide);
  shape.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_STORAGE_BIT |
                VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT;
  vulkan::DeviceImage one(device(), shape), two(device(), shape);
  for (int i = 0; i < 5; ++i) {
    frame.begin();
    graph.begin();
    const ImageId from = graph.import("before", i % 2 == 0 ? one : two);
    const ImageId to = graph.import("after", i % 2 == 0 ? two : one);
    if (i == 0) clearPass("clear", from, 0);
    addPass("add", from, to);
    readPass(to, readback);
    graph.execute(frame);
    frame.submitAndWait();
    EXPECT_THAT(values(), testing::Each(static_cast<float>(i + 1)));
  }
}

TEST_F(FrameGraphTest, LayersAreDrawnIntoOneByOne) {
  frame.begin();
  graph.begin();
  vulkan::ImageShape shape = square(kSide);
  shape.layers = 3;
  const ImageId array = graph.image("array", shape);
  for (std::uint32_t layer = 0; layer < 3; ++layer) {
    const auto value = static_cast<float>(layer + 5);
    graph.pass("layer", [](const PassResources&) {})
        .colour(array, Load::clear, {{value, 0, 0, 0}})
        .part(0, layer);
  }
  readPass(array, readback, 1);
  graph.execute(frame);
  frame.submitAndWait();
  EXPECT_THAT(values(), testing::Each(6.0F));
}

TEST_F(FrameGraphTest, LevelsAreStoredAndSampledInOnePass) {
  frame.begin();
  graph.begin();
  vulkan::ImageShape shape = square(2 * kSide);
  shape.levels = vulkan::fullLevels(2 * kSide, 2 * kSide);
  EXPECT_EQ(shape.levels, 8U);
  const ImageId chain = graph.image("levels", shape), source = graph.image("source", square(2 * kSide));
  clearPass("clear", source, 2);
  addPass("first level", source, chain);
  const ImageId result = graph.image("result", square(kSide));
  // The whole image is in the general layout; passes order its levels.
  graph
      .pass("second level",
            [&](const PassResources& r) {
              EXPECT_EQ(r.layout(chain), VK_IMAGE_LAYOUT_GENERAL);
              std::array bindings = {vulkan::Binding::of(r.view(chain, 0), sampler.handle()),
                                     vulkan::Binding::storage(r.view(chain, 1))};
              bindings[0].layout = r.layout(chain);
              vulkan::bind(r.commands(), r.frame(), r.device(), add, bindings);
              vkCmdDispatch(r.commands(), kSide / 8, kSide / 8, 1);
            })
      .uses(chain, Use::storageReadWrite);
  graph
      .pass("show",
            [&](const PassResources& r) {
              const std::array bindings = {vulkan::Binding::of(r.view(chain, 1), sampler.handle()),
                                           vulkan::Binding::storage(r.view(result))};
              vulkan::bind(r.commands(), r.frame(), r.device(), add, bindings);
              vkCmdDispatch(r.commands(), kSide / 8, kSide / 8, 1);
            })
      .uses(chain, Use::sampledCompute)
      .uses(result, Use::storageWrite);
  readPass(result, readback);
  graph.execute(frame);
  frame.submitAndWait();
  EXPECT_THAT(values(), testing::Each(5.0F));
}

TEST_F(FrameGraphTest, DepthIsTestedAndSampledAtOnce) {
  frame.begin();
  graph.begin();
  const ImageId depth = graph.image("depth", square(kSide, VK_FORMAT_D32_SFLOAT));
  const ImageId colour = graph.image("colour", square(kSide));
  graph.pass("depth", [](const PassResources&) {}).depth(depth, Load::clear, 0.25F);
  graph
      .pass("shade",
            [&](const PassResources& r) {
              EXPECT_EQ(r.layout(depth), VK_IMAGE_LAYOUT_DEPTH_STENCIL_READ_ONLY_OPTIMAL);
            })
      .colour(colour, Load::clear, {{4, 0, 0, 0}})
      .depth(depth, Load::keep, 0, false)
      .uses(depth, Use::sampledFragment);
  readPass(colour, readback);
  graph.execute(frame);
  frame.submitAndWait();
  EXPECT_THAT(values(), testing::Each(4.0F));
}

TEST_F(FrameGraphTest, BuffersOfTheFramePassOn) {
  frame.begin();
  graph.begin();
  const BufferId buffer = graph.buffer("numbers", 4 * kSide * kSide);
  const BufferId out = graph.import("readback", readback);
  graph
      .pass("fill",
            [&](const PassResources& r) {
              vkCmdFillBuffer(r.commands(), r.buffer(buffer), 0, VK_WHOLE_SIZE, 0x40400000U);  // 3.0F
            })
      .uses(buffer, Use::copyTarget);
  graph
      .pass("copy",
            [&](const PassResources& r) {
              const VkBufferCopy region{0, 0, r.size(buffer)};
              vkCmdCopyBuffer(r.commands(), r.buffer(buffer), r.buffer(out), 1, &region);
            })
      .uses(buffer, Use::copySource)
      .uses(out, Use::copyTarget);
  graph.execute(frame);
  frame.submitAndWait();
  EXPECT_THAT(values(), testing::Each(3.0F));
}

std::string messageOf(const auto& action) {
  try {
    action();
  } catch (const core::Error& error) {
    return error.what();
  }
  return "no error";
}

TEST_F(FrameGraphTest, MistakesAreNamed) {
  const auto declare = [&] {
    frame.begin();
    graph.begin();
  };
  declare();
  const ImageId a = graph.image("a", square(kSide));
  vulkan::ImageShape shape = square(kSide);
  shape.usage = VK_IMAGE_USAGE_STORAGE_BIT;
  vulkan::DeviceImage target(device(), shape);
  addPass("add", a, graph.import("target", target));
  EXPECT_EQ(messageOf([&] { graph.execute(frame); }),
            "The pass \"add\" reads \"a\", which no pass before it writes.");

  declare();
  const ImageId b = graph.image("b", square(kSide)), c = graph.image("c", square(kSide));
  clearPass("clear b", b, 1);
  graph.pass("forgets", [&](const PassResources& r) { (void)r.view(b); }).colour(c, Load::clear).keeps();
  EXPECT_EQ(messageOf([&] { graph.execute(frame); }),
            "The pass \"forgets\" uses \"b\" without having declared it.");

  declare();
  const ImageId d = graph.image("d", square(kSide));
  EXPECT_EQ(
      messageOf([&] {
        graph.pass("both", [](const PassResources&) {}).colour(d, Load::clear).uses(d, Use::sampledFragment);
      }),
      "The pass \"both\" uses \"d\" as sampledFragment and in another way at once that does not go "
      "together with it.");

  // After all that a frame is drawn as ever.
  declare();
  const ImageId e = graph.image("e", square(kSide));
  clearPass("clear", e, 8);
  readPass(e, readback);
  graph.execute(frame);
  frame.submitAndWait();
  EXPECT_THAT(values(), testing::Each(8.0F));
}

TEST_F(FrameGraphTest, TellsHowLongPassesTookAndDrawsItself) {
  for (int round = 0; round < 2; ++round) {
    frame.begin();
    graph.begin();
    const ImageId a = graph.image("first", square(kSide)), b = graph.image("second", square(kSide)),
                  c = graph.image("third", square(kSide)), d = graph.image("fourth", square(kSide));
    clearPass("clear", a, 1);
    addPass("add", a, b);
    addPass("add again", b, c);
    addPass("add <more>", c, d);
    readPass(d, readback);
    graph.execute(frame);
    frame.submitAndWait();
  }
  const std::vector<PassTime> times = graph.times();
  ASSERT_EQ(times.size(), 5U);
  EXPECT_EQ(times[1].name, "add");
  for (const PassTime& time : times) {
    EXPECT_GE(time.milliseconds, 0);
    EXPECT_LT(time.milliseconds, 1000);
  }
  const std::string dot = graph.dot();
  EXPECT_THAT(dot, testing::HasSubstr("first\\n64x64 R32_SFLOAT\\nshares memory with third"));
  EXPECT_THAT(dot, testing::HasSubstr("readback"));
  EXPECT_THAT(dot, testing::HasSubstr("p0 -> r0"));
  EXPECT_THAT(dot, testing::HasSubstr("r0 -> p1"));
  const std::string svg = graph.svg();
  EXPECT_THAT(svg, testing::StartsWith("<svg "));
  EXPECT_THAT(svg, testing::HasSubstr("add &lt;more>"));
  EXPECT_THAT(svg, testing::HasSubstr("all: 32.0 KiB instead of 64.0 KiB"));
}

}  // namespace
}  // namespace aula::render::graph
