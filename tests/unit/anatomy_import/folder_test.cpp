// SPDX-License-Identifier: Apache-2.0
#include "anatomy/import/folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "scene/mesh/measure.h"

namespace aula::anatomy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A tetrahedron with corners at 0 and `size` along the axes.
std::string tetrahedronObj(double size, const std::string& name = "bone") {
  const std::string s = std::to_string(size);
  return "o " + name + "\nv 0 0 0\nv " + s + " 0 0\nv 0 " + s + " 0\nv 0 0 " + s +
         "\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n";
}
constexpr const char* kStl =
    "solid t\n"
    "facet normal 0 0 -1\nouter loop\nvertex 0 0 0\nvertex 0 30 0\nvertex 30 0 0\nendloop\nendfacet\n"
    "facet normal 0 -1 0\nouter loop\nvertex 0 0 0\nvertex 30 0 0\nvertex 0 0 30\nendloop\nendfacet\n"
    "facet normal -1 0 0\nouter loop\nvertex 0 0 0\nvertex 0 0 30\nvertex 0 30 0\nendloop\nendfacet\n"
    "facet normal 1 1 1\nouter loop\nvertex 30 0 0\nvertex 0 30 0\nvertex 0 0 30\nendloop\nendfacet\n"
    "endsolid t\n";
constexpr const char* kPly =
    "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\n"
    "element face 4\nproperty list uchar int vertex_indices\nend_header\n"
    "0 0 0\n30 0 0\n0 30 0\n0 0 30\n3 0 2 1\n3 0 1 3\n3 0 3 2\n3 1 2 3\n";
/// The same in glTF: 4 positions of 3 floats (30 m: glTF is in metres) and 12 indices of 16 bits.
constexpr const char* kGltf =
    R"({"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}],
 "meshes": [{"name": "ulna", "primitives": [{"attributes": {"POSITION": 0}, "indices": 1}]}],
 "accessors": [{"bufferView": 0, "componentType": 5126, "count": 4, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 1]},
               {"bufferView": 1, "componentType": 5123, "count": 12, "type": "SCALAR"}],
 "bufferViews": [{"buffer": 0, "byteOffset": 0, "byteLength": 48}, {"buffer": 0, "byteOffset": 48, "byteLength": 24}],
 "buffers": [{"byteLength": 72, "uri": "ulna.bin"}]})";

class Folder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("aula-folder-" + std::to_string(::getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void put(const std::string& name, const std::string& text) { core::writeFile(folder_ / name, text); }
  std::string problem() {
    try {
      (void)importFolder(folder_);
    } catch (const core::Error& error) {
      EXPECT_EQ(error.fault(), core::Fault::input);
      return error.what();
    }
    return "none";
  }
  std::string problemWith(const std::string& map) {
    put("radius.obj", tetrahedronObj(30));
    put("atlas.json", map);
    return problem();
  }
  std::filesystem::path folder_;
};

std::vector<std::string> idsOf(const ImportedAtlas& made) {
  std::vector<std::string> ids;
  for (const Part& part : made.parts) ids.push_back(part.id);
  return ids;
}

TEST_F(Folder, EveryFormatBecomesAStructureOfItsFilesName) {
  put("Radius (left).obj", tetrahedronObj(30));
  put("clavicula.stl", kStl);
  put("scapula.ply", kPly);
  std::string data;
  for (const float v : {0.F, 0.F, 0.F, 1.F, 0.F, 0.F, 0.F, 1.F, 0.F, 0.F, 0.F, 1.F})
    data.append(reinterpret_cast<const char*>(&v), 4);
  for (const std::uint16_t v : {0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3})
    data.append(reinterpret_cast<const char*>(&v), 2);
  put("ulna.bin", data);
  put("ulna.gltf", kGltf);
  put("notes.txt", "not a model");
  const ImportedAtlas made = importFolder(folder_);
  EXPECT_THAT(idsOf(made), ElementsAre("radius_left", "clavicula", "scapula", "ulna"));
  ASSERT_EQ(made.parts.size(), 4U);
  // A sixth of the cube of 30 mm; of a metre for glTF, whatever unit the folder has.
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_NEAR(scene::enclosedVolume(*made.parts[i].mesh), 0.03 * 0.03 * 0.03 / 6, 1e-11) << i;
  EXPECT_NEAR(scene::enclosedVolume(*made.parts[3].mesh), 1.0 / 6, 1e-6);
  const auto catalogue = made.atlas->catalogue(idsOf(made));
  EXPECT_TRUE(catalogue->isNamed("radius_left", "radius (LEFT)"));
  EXPECT_EQ(catalogue->all().size(), 4U);
}

TEST_F(Folder, TheMapGivesNamesGroupsLayersAndLooks) {
  put("both.obj",
      tetrahedronObj(30, "Radius_L") +
          "o Ulna_L\nv 0 0 50\nv 9 0 50\nv 0 9 50\nv 0 0 59\nf 5 7 6\nf 5 6 8\nf 5 8 7\nf 6 7 8\n");
  put("extra.stl", kStl);
  put("atlas.json", R"({"unit": "cm", "up": "z", "structures": {
    "forearm": {"name": {"en": "Forearm", "fr": "Avant-bras"}, "system": "Bones"},
    "radius": {"model": "both.obj", "mesh": "Radius_L", "name": "Radius", "latin": "Radius", "parent": "forearm",
               "layer": 3, "material": "bone", "synonyms": ["spoke bone"]},
    "ulna": {"model": "both.obj", "mesh": "Ulna_L", "name": {"en": "Ulna", "zh": "尺骨"}, "parent": "forearm"}}})");
  const ImportedAtlas made = importFolder(folder_);
  EXPECT_THAT(idsOf(made), ElementsAre("radius", "ulna", "extra"));
  EXPECT_NEAR(scene::enclosedVolume(*made.parts[0].mesh), 0.3 * 0.3 * 0.3 / 6, 1e-8);
  const auto catalogue = made.atlas->catalogue(idsOf(made));
  EXPECT_EQ(catalogue->find("forearm")->name.in("fr"), "Avant-bras");
  EXPECT_EQ(catalogue->find("forearm")->name.in("es"), "Forearm");
  EXPECT_FALSE(catalogue->find("forearm")->isDrawn);
  EXPECT_EQ(catalogue->find("radius")->layer, 3);
  EXPECT_EQ(catalogue->find("ulna")->name.in("zh"), "尺骨");
  EXPECT_EQ(catalogue->branch("forearm").size(), 3U);
  EXPECT_EQ(catalogue->search("spoke").at(0)->id, "radius");
  EXPECT_EQ(made.parts[0].material.baseColour, boneMaterial().baseColour);
}

TEST_F(Folder, WhatIsWrongIsToldWithItsPlace) {
  EXPECT_THAT(problem(), HasSubstr("holds no model"));
  std::filesystem::remove_all(folder_);
  EXPECT_THAT(problem(), HasSubstr("There is no folder"));
  std::filesystem::create_directories(folder_);
  EXPECT_THAT(problemWith("{"), HasSubstr("not valid JSON"));
  EXPECT_THAT(problemWith("[]"), HasSubstr("the file must be an object"));
  EXPECT_THAT(problemWith("{}"), HasSubstr("structures"));
  EXPECT_THAT(problemWith(R"({"structures": {}, "struktures": {}})"), HasSubstr("struktures"));
  EXPECT_THAT(problemWith(R"({"structures": {}, "unit": "kg"})"),
              HasSubstr("unit: \"kg\" is no unit of length"));
  EXPECT_THAT(problemWith(R"({"structures": {}, "unit": "furlongg"})"), HasSubstr("no unit of length"));
  EXPECT_THAT(problemWith(R"({"structures": {}, "up": "x"})"), HasSubstr("up: \"x\" is none of"));
  EXPECT_THAT(problemWith(R"({"structures": {"Radius": {"model": "radius.obj"}}})"),
              HasSubstr("structures.Radius: the id \"Radius\" cannot be used"));
  EXPECT_THAT(
      problemWith(R"({"structures": {"r": {"model": "radus.obj"}}})"),
      HasSubstr("structures.r.model: the folder has no model \"radus.obj\"; did you mean \"radius.obj\"?"));
  EXPECT_THAT(problemWith(R"({"structures": {"r": {"model": "radius.obj", "mesh": "x"}}})"),
              HasSubstr("structures.r.mesh: \"radius.obj\" has no mesh \"x\"; there are bone"));
  EXPECT_THAT(problemWith(R"({"structures": {"r": {"model": "radius.obj", "parent": "arm"}}})"),
              HasSubstr("its parent \"arm\" is not there"));
  EXPECT_THAT(problemWith(R"({"structures": {"r": {"parent": "s"}, "s": {"parent": "r"}}})"),
              HasSubstr("part of itself"));
  EXPECT_THAT(problemWith(R"({"structures": {"r": {"model": "radius.obj", "material": "wood"}}})"),
              HasSubstr("structures.r.material: \"wood\" is none; there are airway"));
  EXPECT_THAT(problemWith(R"({"structures": {"r": {"model": "radius.obj", "layer": 12}}})"),
              HasSubstr("structures.r.layer"));
  EXPECT_THAT(problemWith(R"({"structures": {"r": {"model": 7}}})"),
              HasSubstr("structures.r.model: a text is needed"));
  EXPECT_THAT(problemWith(R"({"structures": {"r": {"name": {"fr": "Radius"}}}})"),
              HasSubstr("structures.r.name.en"));
  EXPECT_THAT(problemWith(R"({"structures": {"r": {"name": {"en": "Radius", "de": "Speiche"}}}})"),
              HasSubstr("de"));
  EXPECT_THAT(problemWith(R"({"structures": {"r": {"colour": "red"}}})"), HasSubstr("structures.r"));
  EXPECT_THAT(problemWith(R"({"structures": {"r": {}, "r": {}}})"), HasSubstr("stands twice"));
  EXPECT_THAT(problemWith("\xFF{}"), HasSubstr("not UTF-8"));
  EXPECT_THAT(problemWith(R"({"structures": {"r": 5}})"), HasSubstr("structures.r"));
  put("atlas.json", R"({"structures": {}})");
  put("broken.obj", "v 0 0 zero\nf 1 2 3\n");
  EXPECT_THAT(problem(), HasSubstr("broken.obj"));
  std::filesystem::remove(folder_ / "broken.obj");
  put("broken.glb", "glTF");
  EXPECT_THAT(problem(), HasSubstr("broken.glb"));
}

}  // namespace
}  // namespace aula::anatomy
