// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "desktop/model/axis.h"
#include "desktop/model/chart.h"

namespace {

using namespace aula;
using desktop::Axis;

lab::Dataset overTime(const std::string& name, const std::string& unit, std::vector<double> values) {
  lab::Dataset dataset;
  dataset.name = name;
  dataset.unit = unit;
  dataset.axes = {{"time", "s", {0, 1e-15, 2e-15}}};
  dataset.values = std::move(values);
  return dataset;
}

TEST(DesktopAxis, PositionAndValueAreInverse) {
  for (const Axis axis : {Axis{-2, 6, false}, Axis{1e-3, 1e4, true}})
    for (const double p : {-0.5, 0.0, 0.25, 1.0, 1.5}) EXPECT_NEAR(axis.position(axis.value(p)), p, 1e-12);
  EXPECT_TRUE(std::isnan((Axis{1, 10, true}.position(0))));
}

TEST(DesktopAxis, ZoomKeepsWhatIsUnderTheCursor) {
  for (Axis axis : {Axis{-2, 6, false}, Axis{1e-3, 1e4, true}}) {
    const double before = axis.value(0.3);
    axis.zoom(0.3, 0.5);
    EXPECT_NEAR(axis.position(before), 0.3, 1e-12);
  }
  // Past what doubles can tell apart it stops, and stays a range.
  Axis deep{1, 2, false};
  for (int i = 0; i < 200; ++i) deep.zoom(0.5, 0.5);
  EXPECT_LT(deep.lower, deep.upper);
}

TEST(DesktopAxis, FollowsTheData) {
  const Axis plain = desktop::axisFor({3, NAN, -1, INFINITY}, false, 0);
  EXPECT_EQ(plain.lower, -1);
  EXPECT_EQ(plain.upper, 3);
  const Axis single = desktop::axisFor({5}, false, 0);
  EXPECT_LT(single.lower, 5);
  EXPECT_GT(single.upper, 5);
  const Axis logarithmic = desktop::axisFor({0, -3, 1e-30, 10}, true, 0);
  EXPECT_NEAR(logarithmic.lower, 1e-5, 1e-17);  // Six decades below the largest.
  EXPECT_NEAR(logarithmic.upper, 10, 1e-9);
  const Axis empty = desktop::axisFor({}, true, 0);
  EXPECT_GT(empty.lower, 0);
}

TEST(DesktopAxis, LogarithmicTicksArePowersOfTen) {
  const auto ticks = desktop::ticksOf({1e-3, 1e4, true}, 10);
  ASSERT_EQ(ticks.values.size(), 8U);
  EXPECT_EQ(ticks.labels.front(), "10⁻³");
  EXPECT_EQ(ticks.labels[3], "1");
  EXPECT_EQ(ticks.labels.back(), "10⁴");
  EXPECT_LE(desktop::ticksOf({1e-12, 1e12, true}, 5).values.size(), 6U);
}

TEST(DesktopChart, CurvesOfOneUnitShareAChart) {
  const lab::InstrumentData data{
      {"probe",
       {overTime("ex", "V/m", {0, 0.002, 0.001}), overTime("ey", "V/m", {0, 0.001, 0.003}),
        overTime("hz", "A/m", {0, 1, 2})}}};
  const auto charts = desktop::chartsOf(data);
  ASSERT_EQ(charts.size(), 2U);
  ASSERT_EQ(charts[0].curves.size(), 2U);
  EXPECT_EQ(charts[0].yUnit, "mV/m");
  EXPECT_EQ(charts[0].xUnit, "fs");
  EXPECT_NEAR(charts[0].curves[1].y[2], 3, 1e-12);
  EXPECT_NEAR(charts[0].curves[0].x[2], 2, 1e-12);
  EXPECT_EQ(charts[1].curves.size(), 1U);
}

TEST(DesktopChart, TwoAxesMakeAMapTheRightWayRound) {
  lab::Dataset dataset;
  dataset.name = "ez";
  dataset.unit = "V/m";
  dataset.axes = {{"x", "m", {0, 1}}, {"y", "m", {0, 1, 2}}};  // Slowest first.
  dataset.values = {1, 2, 3, 4, 5, 6};
  const auto charts = desktop::chartsOf({{"slice", {dataset}}});
  ASSERT_EQ(charts.size(), 1U);
  ASSERT_TRUE(charts[0].isMap);
  ASSERT_EQ(charts[0].grid.x.size(), 2U);  // x lies across although it is the slower one.
  ASSERT_EQ(charts[0].grid.y.size(), 3U);
  EXPECT_EQ(charts[0].grid.values, (std::vector<float>{1, 4, 2, 5, 3, 6}));
}

TEST(DesktopChart, ASignedFieldIsSignedBeforeItsWaveHasCome) {
  lab::Dataset map = overTime("ez", "V/m", std::vector<double>(6, 0.0));
  map.axes.insert(map.axes.begin(), {"x", "m", {0, 1}});
  std::vector<desktop::Chart> charts =
      desktop::chartsOf({{"signed", {map}}, {"plain", {map}}, {"elsewhere", {map}}});
  ASSERT_EQ(charts.size(), 3U);
  scene::Frame frame;
  for (const char* name : {"signed", "plain"}) {
    scene::VolumeView view;
    view.name = name;
    view.scale =
        std::string(name) == "signed" ? scene::ColourScale::diverging : scene::ColourScale::sequential;
    frame.views.emplace_back(view);
  }
  desktop::tellSigns(charts, frame);
  EXPECT_TRUE(charts[0].isSigned);
  EXPECT_FALSE(charts[1].isSigned);
  EXPECT_FALSE(charts[2].isSigned);
}

TEST(DesktopChart, AxesOfOneEntryAndMissingValuesAreNoTrouble) {
  lab::Dataset dataset = overTime("p", "W", {1, 2, 3});
  dataset.axes.insert(dataset.axes.begin(), {"frequency", "Hz", {1e14}});
  ASSERT_EQ(desktop::chartsOf({{"i", {dataset}}}).size(), 1U);
  dataset.values.resize(2);  // Fewer than the axes promise.
  EXPECT_TRUE(desktop::chartsOf({{"i", {dataset}}}).empty());
  lab::Dataset number;
  number.name = "energy";
  number.unit = "J";
  number.values = {1.5e-9};
  const auto charts = desktop::chartsOf({{"i", {number}}});
  ASSERT_EQ(charts.size(), 1U);
  EXPECT_EQ(charts[0].number, "1.5 nJ");
}

TEST(DesktopChart, CsvHasAHeadingAndARowAPoint) {
  desktop::Chart chart;
  chart.xLabel = "Time (fs)";
  chart.yUnit = "V/m";
  chart.curves = {{"E, x", {0, 1}, {2, 3.5}}, {"Ey", {0, 1}, {4, 5}}};
  EXPECT_EQ(desktop::csvOf(chart), "Time (fs),\"E, x (V/m)\",Ey (V/m)\r\n0,2,4\r\n1,3.5,5\r\n");
  chart.curves[1].x = {0, 2};  // Nothing shared: one after the other.
  EXPECT_EQ(desktop::csvOf(chart),
            "Time (fs),\"E, x (V/m)\"\r\n0,2\r\n1,3.5\r\nTime (fs),Ey (V/m)\r\n0,4\r\n2,5\r\n");
}

TEST(DesktopChart, ReadoutHasTheDigitsThatAPixelTells) {
  EXPECT_EQ(desktop::readout(1.23456, {0, 10, false}, 1000), "1.23");
  EXPECT_EQ(desktop::readout(-1234.6, {0, 10000, false}, 100), "−1235");
  EXPECT_EQ(desktop::readout(NAN, {0, 1, false}, 100), "–");
}

}  // namespace
