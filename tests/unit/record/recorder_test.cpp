// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <regex>

#include "core/io/atomic_file.h"
#include "core/io/hdf5.h"
#include "lab/record/run_record.h"
#include "lab/record/xdmf.h"
#include "support/scratch_folder.h"
#include "unit/record/sample_record.h"

namespace aula::lab {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Recorder, dataAreThereWithUnitsAxesAndProvenance) {
  const test::ScratchFolder folder;
  RunRecord record = test::sampleRecord(folder.path());
  writeData(record);
  EXPECT_THAT(record.outputs, ElementsAre("summary.json", "data.h5", "data.xdmf"));
  const core::Hdf5Reader file(folder / "data.h5");
  EXPECT_THAT(file.members("/instruments"), ElementsAre("probe", "screen", "slice"));
  for (const auto& [instrument, datasets] : record.data)
    for (const Dataset& dataset : datasets) {
      const std::string group = "/instruments/" + instrument, path = group + "/" + dataset.name;
      EXPECT_EQ(file.read(path), dataset.values) << path;
      EXPECT_EQ(file.textAttribute(path, "unit"), dataset.unit);
      EXPECT_EQ(file.textAttribute(path, "label"), dataset.label);
      EXPECT_EQ(file.valueSize(path), dataset.isSinglePrecision ? 4U : 8U);
      std::vector<std::size_t> shape;
      for (const Axis& axis : dataset.axes) {
        shape.push_back(axis.values.size());
        const std::string scale = axisPath(group, dataset, axis);
        EXPECT_EQ(file.read(scale), axis.values);
        EXPECT_EQ(file.textAttribute(scale, "unit"), axis.unit);
        EXPECT_EQ(file.textAttribute(scale, "CLASS"), "DIMENSION_SCALE");
      }
      EXPECT_EQ(file.shape(path), shape);
    }
  EXPECT_EQ(file.readText("/lab"), test::kSampleLab);
  EXPECT_EQ(file.textAttribute("/", "lab"), "two slits");
  EXPECT_EQ(file.textAttribute("/", "device"), "cpu");
  EXPECT_EQ(file.textAttribute("/", "date"), "2026-01-02T03:04:05Z");
  EXPECT_THAT(file.read("/parameters/wavelength"), ElementsAre(::testing::DoubleEq(5e-7)));
}

TEST(Recorder, keepsOnlyWhatTheLabAsksFor) {
  const test::ScratchFolder folder;
  RunRecord record = test::sampleRecord(folder.path());
  std::string json = test::kSampleLab;
  json.replace(json.find("\"steps\": 1000"), 13, "\"steps\": 1000, \"record\": [\"screen\"]");
  record.lab = Lab::parse(json, "two slits.lab.json");
  writeData(record);
  EXPECT_THAT(core::Hdf5Reader(folder / "data.h5").members("/instruments"), ElementsAre("screen"));
  EXPECT_THAT(core::readFile(folder / "data.xdmf", 1 << 20), Not(HasSubstr("slice")));
}

TEST(Recorder, fieldsAreCompressed) {
  const test::ScratchFolder folder;
  RunRecord record = test::sampleRecord(folder.path());
  Dataset film = record.data[2].second[1];
  std::fill(film.values.begin(), film.values.end(), 0.5);
  record.data = {{"slice", {film}}};
  writeData(record);
  EXPECT_LT(std::filesystem::file_size(folder / "data.h5"), film.values.size() * 4 / 10);
}

// Every lattice the file names exists in data.h5 with the shape and precision it says.
TEST(Xdmf, namesWhatDataHold) {
  const test::ScratchFolder folder;
  RunRecord record = test::sampleRecord(folder.path());
  writeData(record);
  const std::string text = core::readFile(folder / "data.xdmf", 1 << 20);
  const core::Hdf5Reader file(folder / "data.h5");
  const std::regex item(
      "<DataItem Dimensions=\"([0-9 ]+)\" NumberType=\"Float\" Precision=\"([48])\" "
      "Format=\"HDF\">data.h5:([^<]+)<");
  std::vector<std::string> paths;
  for (std::sregex_iterator found(text.begin(), text.end(), item), end; found != end; ++found) {
    const std::string path = (*found)[3];
    paths.push_back(path);
    std::string shape;
    for (const std::size_t length : file.shape(path))
      shape += (shape.empty() ? "" : " ") + std::to_string(length);
    EXPECT_EQ((*found)[1], shape) << path;
    EXPECT_EQ(std::stoul((*found)[2]), file.valueSize(path));
  }
  // The screen's line, the slice, and three times the film; nothing over time or frequency alone.
  EXPECT_THAT(paths,
              ElementsAre("/instruments/screen/intensity", "/instruments/slice/ez", "/instruments/slice/film",
                          "/instruments/slice/film", "/instruments/slice/film"));
  EXPECT_THAT(text, HasSubstr("<Topology TopologyType=\"3DCoRectMesh\" Dimensions=\"1 161 241\"/>"));
  EXPECT_THAT(
      text, HasSubstr("2 0 0 0 1 1 1 1 1 1 161 241"));  // Start, stride and count of the film's third entry.
  EXPECT_THAT(text, HasSubstr("<Time Value=\"3e-13\"/>"));
}

TEST(Xdmf, leavesOutWhatIsNoLattice) {
  Dataset uneven{"a", "", "1", {{"x", "m", {0, 1, 3}}}, {1, 2, 3}};
  Dataset turned{"b", "", "1", {{"x", "m", {0, 1}}, {"y", "m", {0, 1}}}, {1, 2, 3, 4}};
  EXPECT_THAT(xdmfText({{"i", {uneven, turned}}}, {}, "data.h5", 0), Not(HasSubstr("DataItem")));
}

TEST(Xdmf, isWellFormedXmlForPython) {
  if (std::system("python3 -c 'import xml.dom.minidom' 2>/dev/null") != 0)
    GTEST_SKIP() << "no Python here to parse it with";
  const test::ScratchFolder folder;
  RunRecord record = test::sampleRecord(folder.path());
  record.data[2].first = "a<b&c";
  core::writeFile(folder / "data.xdmf", xdmfText(record.data, {}, "data.h5", 1));
  const std::string command =
      "python3 -c 'import sys, xml.dom.minidom as m; sys.exit(0 if "
      "len(m.parse(sys.argv[1]).getElementsByTagName(\"Grid\")) == 6 else 1)' '" +
      (folder / "data.xdmf").string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST(Summary, isWhatTheDesignSays) {
  const test::ScratchFolder folder;
  RunRecord record = test::sampleRecord(folder.path(), {{"wavelength", "650 nm"}});
  record.deviceName = "broken \xff name";
  writeSummary(record);
  const auto summary = nlohmann::json::parse(core::readFile(folder / "summary.json", 1 << 20));
  std::vector<std::string> keys;
  for (const auto& entry : summary.items()) keys.push_back(entry.key());
  EXPECT_THAT(keys, ::testing::UnorderedElementsAre("lab", "title", "program", "parameters", "seed", "device",
                                                    "steps", "simulated_time", "wall_seconds", "speed",
                                                    "results", "warnings", "outputs"));
  EXPECT_EQ(summary["lab"], "two slits");
  EXPECT_EQ(summary["parameters"]["wavelength"]["value"], 650);
  EXPECT_EQ(summary["parameters"]["wavelength"]["unit"], "nm");
  EXPECT_EQ(summary["device"]["kind"], "cpu");
  EXPECT_EQ(summary["device"]["threads"], 2);
  EXPECT_EQ(summary["results"]["fringe_spacing"],
            nlohmann::json::parse(R"({"value": 5.01, "unit": "um", "expected": 5.0, "tolerance": 0.1})"));
  EXPECT_EQ(summary["results"]["modes"]["value"], nlohmann::json::parse("[212.1, 335.3]"));
  EXPECT_TRUE(summary["results"]["cutoff"]["value"].is_null());
  EXPECT_EQ(summary["speed"]["unit"], "Mcell/s");
  EXPECT_EQ(summary["simulated_time"]["unit"], "s");
}

}  // namespace
}  // namespace aula::lab
