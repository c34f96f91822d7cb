// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/trajectory.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "core/io/atomic_file.h"
#include "core/io/hdf5.h"

namespace aula::tests {
namespace {

using namespace molecular;

Trajectory makeTrajectory() {
  Trajectory t;
  t.timeStep = 0.002;
  t.atoms = 2;
  for (int frame = 0; frame < 3; ++frame) {
    t.steps.push_back(10 * frame);
    for (int i = 0; i < 6; ++i) t.positions.push_back(0.1F * float(i) + float(frame));
    for (const double edge : {3.0, 0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 5.0}) t.boxes.push_back(edge);
  }
  return t;
}

struct Folder {
  Folder()
      : path(std::filesystem::temp_directory_path() / ("aula_trajectory_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

TEST(H5md, HoldsPositionsBoxAndUnits) {
  const Folder folder;
  const auto file = folder.path / "t.h5md";
  const Trajectory t = makeTrajectory();
  writeH5md(file, t, {{"OW", "SOL", 1, 8, 15.999, -0.8476}, {"HW1", "SOL", 1, 1, 1.008, 0.4238}}, "Aula",
            "0.1");
  const core::Hdf5Reader reader(file);
  EXPECT_EQ(reader.shape("/particles/all/position/value"), (std::vector<std::size_t>{3, 2, 3}));
  EXPECT_EQ(reader.valueSize("/particles/all/position/value"), 4U);
  const auto positions = reader.read("/particles/all/position/value");
  for (std::size_t i = 0; i < positions.size(); ++i)
    EXPECT_FLOAT_EQ(static_cast<float>(positions[i]), t.positions[i]);
  EXPECT_EQ(reader.textAttribute("/particles/all/position/value", "unit"), "nm");
  EXPECT_EQ(reader.textAttribute("/particles/all/position/time", "unit"), "ps");
  EXPECT_EQ(reader.read("/particles/all/position/time"), (std::vector<double>{0, 0.02, 0.04}));
  EXPECT_EQ(reader.read("/particles/all/box/edges/value").at(4), 4);
  EXPECT_EQ(reader.read("/particles/all/species"), (std::vector<double>{8, 1}));
}

TEST(Dcd, IsReadBackRecordByRecord) {
  const Folder folder;
  const auto file = folder.path / "t.dcd";
  const Trajectory t = makeTrajectory();
  writeDcd(file, t);
  const std::string bytes = core::readFile(file, 1 << 20);
  std::vector<std::string> records;
  for (std::size_t at = 0; at < bytes.size();) {
    std::int32_t size = 0, again = 0;
    std::memcpy(&size, bytes.data() + at, 4);
    ASSERT_LE(at + 8 + static_cast<std::size_t>(size), bytes.size());
    records.push_back(bytes.substr(at + 4, static_cast<std::size_t>(size)));
    std::memcpy(&again, bytes.data() + at + 4 + size, 4);
    ASSERT_EQ(size, again);
    at += 8 + static_cast<std::size_t>(size);
  }
  // Head, title, number of atoms; then cell, x, y, z a frame.
  ASSERT_EQ(records.size(), 3U + 3 * 4);
  EXPECT_EQ(records[0].size(), 84U);
  EXPECT_EQ(records[0].substr(0, 4), "CORD");
  std::int32_t frames = 0, atoms = 0, hasCell = 0;
  std::memcpy(&frames, records[0].data() + 4, 4);
  std::memcpy(&hasCell, records[0].data() + 44, 4);
  std::memcpy(&atoms, records[2].data(), 4);
  EXPECT_EQ(frames, 3);
  EXPECT_EQ(hasCell, 1);
  EXPECT_EQ(atoms, 2);
  double cell[6];
  std::memcpy(cell, records[3].data(), sizeof cell);
  EXPECT_DOUBLE_EQ(cell[0], 30);
  EXPECT_DOUBLE_EQ(cell[1], 0);
  EXPECT_DOUBLE_EQ(cell[2], 40);
  EXPECT_DOUBLE_EQ(cell[5], 50);
  float y[2];
  std::memcpy(y, records[9].data(), sizeof y);
  EXPECT_FLOAT_EQ(y[0], 11);
  EXPECT_FLOAT_EQ(y[1], 14);
}

}  // namespace
}  // namespace aula::tests
