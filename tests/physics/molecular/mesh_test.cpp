// SPDX-License-Identifier: Apache-2.0
#include "molecular/model/mesh.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace aula::test {
namespace {

using namespace molecular;

TEST(MeshSize, IsThatOfGromacsForItsBoxes) {
  // Boxes of the sample data at 0.12 nm, and what GROMACS 2022.5 chose.
  const NonbondedSettings settings;
  EXPECT_EQ(meshSize(settings, rectangularBox(3.09891, 6.17371, 6.96462)), (std::array<int, 3>{28, 52, 60}));
  EXPECT_EQ(meshSize(settings, rectangularBox(6.19705, 3, 0.5)), (std::array<int, 3>{52, 28, 8}));
}

TEST(MeshSize, IsWhatIsAskedFor) {
  NonbondedSettings settings;
  settings.mesh = {27, 0, 11};
  EXPECT_EQ(meshSize(settings, rectangularBox(3, 3.6, 3)), (std::array<int, 3>{27, 30, 11}));
  settings.mesh = {3, 0, 0};
  EXPECT_THROW(static_cast<void>(meshSize(settings, rectangularBox(3, 3, 3))), core::Error);
  EXPECT_THROW(static_cast<void>(meshSize({}, Box{})), core::Error);
}

}  // namespace
}  // namespace aula::test
