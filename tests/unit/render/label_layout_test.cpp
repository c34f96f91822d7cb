// SPDX-License-Identifier: Apache-2.0
#include "render/layout/label_layout.h"

#include <gtest/gtest.h>

#include <random>

namespace aula::render {
namespace {

constexpr Rectangle kArea{0, 0, 800, 600};

LabelWish wish(const std::string& text, double x, double y, int priority = 0) {
  return {text, x, y, 60, 14, priority, true};
}

bool doOverlap(const Rectangle& a, const Rectangle& b) {
  return a.left < b.right() && b.left < a.right() && a.top < b.bottom() && b.top < a.bottom();
}

TEST(LabelLayout, ALoneLabelStandsBesideItsPoint) {
  LabelLayout layout;
  const auto placed = layout.place({wish("heart", 400, 300)}, kArea);
  ASSERT_EQ(placed.size(), 1U);
  EXPECT_FALSE(placed[0].box.left < 400 && placed[0].box.right() > 400 && placed[0].box.top < 300 &&
               placed[0].box.bottom() > 300);
  EXPECT_EQ(placed[0].fromX, 400);
  // The leader ends on the text's edge, not far off.
  EXPECT_LT(std::hypot(placed[0].toX - 400, placed[0].toY - 300), 3 * 14);
}

TEST(LabelLayout, CrowdsDoNotOverlapAndLeadersDoNotCross) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> x(50, 750), y(50, 550);
  for (int round = 0; round < 20; ++round) {
    std::vector<LabelWish> wishes;
    for (int i = 0; i < 25; ++i) wishes.push_back(wish("label " + std::to_string(i), x(random), y(random)));
    LabelLayout layout;
    const auto placed = layout.place(wishes, kArea);
    EXPECT_GE(placed.size(), 20U);
    for (std::size_t a = 0; a < placed.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        const PlacedLabel &p = placed[a], &q = placed[b];
        EXPECT_FALSE(doOverlap(p.box, q.box));
        EXPECT_FALSE(doCross(p.fromX, p.fromY, p.toX, p.toY, q.fromX, q.fromY, q.toX, q.toY));
      }
      for (const LabelWish& other : wishes) {
        const Rectangle& box = placed[a].box;
        EXPECT_FALSE(other.x > box.left && other.x < box.right() && other.y > box.top &&
                     other.y < box.bottom());
      }
    }
  }
}

TEST(LabelLayout, TheMoreImportantStayWhereThereIsNoRoomForAll) {
  std::vector<LabelWish> wishes;
  for (int i = 0; i < 12; ++i) wishes.push_back(wish(std::to_string(i), 60 + 0.5 * i, 30, i));
  const Rectangle small{0, 0, 140, 60};
  LabelLayout layout;
  const auto placed = layout.place(wishes, small);
  ASSERT_FALSE(placed.empty());
  ASSERT_LT(placed.size(), wishes.size());
  EXPECT_EQ(wishes[placed[0].wish].text, "11");
}

TEST(LabelLayout, TextsStayWhereTheyWereWhenTheirPointsMoveALittle) {
  LabelLayout layout;
  std::vector<LabelWish> wishes = {wish("a", 300, 300), wish("b", 330, 310), wish("c", 310, 330)};
  const auto first = layout.place(wishes, kArea);
  for (int frame = 0; frame < 20; ++frame) {
    for (LabelWish& w : wishes) w.x += 0.5;
    const auto next = layout.place(wishes, kArea);
    ASSERT_EQ(next.size(), first.size());
    for (std::size_t i = 0; i < first.size(); ++i)
      EXPECT_NEAR(next[i].box.left - wishes[next[i].wish].x,
                  first[i].box.left - (wishes[first[i].wish].x - 0.5 * (frame + 1)), 1e-9);
  }
}

TEST(LabelLayout, WithoutALeaderATextStandsOnItsPointOrNotAtAll) {
  LabelLayout layout;
  LabelWish a{"a", 100, 100, 60, 14, 0, false}, b{"b", 110, 104, 60, 14, 1, false};
  const auto placed = layout.place({a, b}, kArea);
  ASSERT_EQ(placed.size(), 1U);
  EXPECT_EQ(placed[0].wish, 1U);
  EXPECT_NEAR(placed[0].box.left + placed[0].box.width / 2, 110, 1e-9);
}

TEST(LabelLayout, PointsOutsideThePictureHaveNone) {
  LabelLayout layout;
  EXPECT_TRUE(layout.place({wish("behind", -50, 100)}, kArea).empty());
}

TEST(LabelLayout, KeepsClearOfWhatIsTaken) {
  LabelLayout layout;
  const Rectangle bar{420, 0, 380, 600};
  const auto placed = layout.place({wish("a", 400, 300)}, kArea, {bar});
  ASSERT_EQ(placed.size(), 1U);
  EXPECT_FALSE(doOverlap(placed[0].box, bar));
}

}  // namespace
}  // namespace aula::render
