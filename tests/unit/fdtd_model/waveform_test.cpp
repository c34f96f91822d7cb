// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "core/units/constants.h"
#include "fdtd/model/setup.h"

namespace aula::fdtd {
namespace {

TEST(Waveform, NothingBeforeTheStart) {
  for (const auto kind : {Waveform::Kind::gaussianPulse, Waveform::Kind::gaussian,
                          Waveform::Kind::gaussianDerivative, Waveform::Kind::continuous}) {
    Waveform waveform;
    waveform.kind = kind;
    waveform.frequency = 1e9;
    waveform.width = waveform.delay = waveform.ramp = 1e-9;
    waveform.phase = 1;
    EXPECT_EQ(waveform.value(-1e-12), 0);
  }
}

TEST(Waveform, Shapes) {
  Waveform waveform;
  waveform.kind = Waveform::Kind::gaussian;
  waveform.width = 2;
  waveform.delay = 10;
  EXPECT_DOUBLE_EQ(waveform.value(10), 1);
  EXPECT_DOUBLE_EQ(waveform.value(12), std::exp(-0.5));
  waveform.kind = Waveform::Kind::gaussianDerivative;
  EXPECT_DOUBLE_EQ(waveform.value(8), 1);  // Peaks of 1 a width to either side.
  EXPECT_DOUBLE_EQ(waveform.value(12), -1);
  waveform.kind = Waveform::Kind::continuous;
  waveform.frequency = 0.25;
  waveform.ramp = 4;
  EXPECT_NEAR(waveform.value(2), 0.5 * std::sin(core::kPi), 1e-12);
  EXPECT_DOUBLE_EQ(waveform.value(5), 1);
}

}  // namespace
}  // namespace aula::fdtd
