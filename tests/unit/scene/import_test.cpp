// SPDX-License-Identifier: Apache-2.0
#include "scene/import/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>

#include "core/error.h"
#include "scene/mesh/check.h"
#include "scene/mesh/measure.h"
#include "scene/mesh/topology.h"
#include "scene/mesh/weld.h"
#include "scene/view/bounds.h"
#include "support/model_text.h"
#include "support/scratch_folder.h"
#include "support/shared_data.h"

using namespace aula;
using namespace aula::scene;
using namespace aula::test;
using ::testing::HasSubstr;

namespace {

void write(const std::filesystem::path& file, const std::string& bytes) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

TEST(Import, EveryFormatGivesTheSameTetrahedron) {
  const ScratchFolder folder;
  for (const auto& [name, bytes] : {std::pair{"a.gltf", tetrahedronGltf()},
                                    {"a.glb", tetrahedronGlb()},
                                    {"a.obj", tetrahedronObj()},
                                    {"text.ply", tetrahedronPly()},
                                    {"binary.ply", tetrahedronBinaryPly()},
                                    {"text.stl", tetrahedronStl()},
                                    {"binary.STL", tetrahedronBinaryStl()},
                                    {"a.fbx", tetrahedronFbx()}}) {
    write(folder / name, bytes);
    for (const bool isIsolated : {true, false}) {
      ImportOptions options;
      options.isIsolated = isIsolated;
      options.up = UpAxis::z;
      const ImportedScene scene = importScene(folder / name, options);
      ASSERT_EQ(scene.meshes.size(), 1U) << name;
      // Of the text FBX, pared to the bone, the reader misses this and that.
      if (!std::string(name).ends_with("fbx")) {
        EXPECT_THAT(scene.warnings, ::testing::IsEmpty()) << name;
      }
      const TriangleMesh whole = merged(scene);
      EXPECT_EQ(whole.triangleCount(), 4U) << name;
      EXPECT_EQ(describe(examineEdges(weld(whole))), "") << name;
      // Sixths of whole numbers; positions are exact.
      EXPECT_NEAR(enclosedVolume(whole), 1.0 / 6, 1e-12) << name;
      const TriangleMesh& mesh = *scene.meshes[0].mesh;
      EXPECT_TRUE(findProblems(mesh).empty()) << name;
      // The faces meet at more than 40 degrees: flat, as they are.
      ASSERT_EQ(mesh.normals.size(), 12U) << name;
      for (const Float3 n : mesh.normals) EXPECT_NEAR(length(toVec3(n)), 1, 1e-6) << name;
    }
  }
}

TEST(Import, MaterialsComeAlong) {
  const ScratchFolder folder;
  write(folder / "a.gltf", tetrahedronGltf());
  const ImportedScene scene = importScene(folder / "a.gltf");
  const Material& m = scene.meshes.at(0).material;
  EXPECT_EQ(m.baseColour, (Colour{1, 0.25F, 0.5F}));
  EXPECT_EQ(m.metallic, 0.75F);
  EXPECT_EQ(m.roughness, 0.125F);
  EXPECT_EQ(m.clearCoat, 0.5F);
  EXPECT_EQ(m.clearCoatRoughness, 0.25F);
  EXPECT_EQ(m.emission, (Colour{0, 0.5F, 0}));
  EXPECT_EQ(m.opacity, 1);
  EXPECT_TRUE(m.isTwoSided);
  EXPECT_FALSE(m.isUnlit);
  EXPECT_EQ(scene.meshes[0].name, "tetrahedron");
}

TEST(Import, UnitsAndAxesAreTheInstances) {
  const ScratchFolder folder;
  write(folder / "a.gltf",
        replaced(tetrahedronGltf(), "\"mesh\": 0,", "\"mesh\": 0, \"translation\": [0, 7, 0],"));
  ImportOptions options;
  options.metresPerUnit = 1e-3;
  // glTF's y is the lab's z.
  Bounds bounds = boundsOf(View(importScene(folder / "a.gltf", options).meshes.at(0)));
  EXPECT_NEAR(length(bounds.lower - core::Vec3{0, -1e-3, 7e-3}), 0, 1e-9);
  EXPECT_NEAR(length(bounds.upper - core::Vec3{1e-3, 0, 8e-3}), 0, 1e-9);
  options.up = UpAxis::z;
  bounds = boundsOf(View(importScene(folder / "a.gltf", options).meshes.at(0)));
  EXPECT_NEAR(length(bounds.lower - core::Vec3{0, 7e-3, 0}), 0, 1e-9);
  options.metresPerUnit = 0;
  EXPECT_THROW((void)importScene(folder / "a.gltf", options), core::Error);
}

TEST(Import, AMeshUsedTwiceIsOneMeshInTwoPlaces) {
  const ScratchFolder folder;
  std::string text = replaced(tetrahedronGltf(), "[{\"nodes\": [0]}]", "[{\"nodes\": [0, 1]}]");
  text = replaced(text, "\"name\": \"body\"}]",
                  "\"name\": \"body\"}, {\"mesh\": 0, \"translation\": [5, 0, 0]}]");
  write(folder / "a.gltf", text);
  const ImportedScene scene = importScene(folder / "a.gltf");
  ASSERT_EQ(scene.meshes.size(), 1U);
  EXPECT_EQ(scene.meshes[0].instances.size(), 2U);
  EXPECT_EQ(merged(scene).triangleCount(), 8U);
  EXPECT_NEAR(enclosedVolume(merged(scene)), 2.0 / 6, 1e-6);
}

TEST(Import, FilesBesideTheModelAreReadAndOthersAreNot) {
  const ScratchFolder folder;
  std::string text = tetrahedronGltf();
  const std::size_t from = text.find("data:"), to = text.find("\"}]}", from);
  const auto pointingTo = [&](const std::string& uri) {
    return std::string(text).replace(from, to - from, uri);
  };
  write(folder / "model/parts/a.bin", tetrahedronBytes());
  write(folder / "secret.bin", tetrahedronBytes());
  write(folder / "model/a.gltf", pointingTo("parts/a.bin"));
  EXPECT_EQ(importScene(folder / "model/a.gltf").meshes.size(), 1U);
  // A link out of the folder is as far outside as its target.
  std::filesystem::create_symlink(folder / "secret.bin", folder / "model/link.bin");
  const std::string absolute = (folder / "secret.bin").string();
  for (const std::string& uri : {std::string("../secret.bin"), std::string("parts/../../secret.bin"),
                                 std::string("..\\\\secret.bin"), absolute, std::string("link.bin")}) {
    write(folder / "model/b.gltf", pointingTo(uri));
    try {
      (void)importScene(folder / "model/b.gltf");
      ADD_FAILURE() << uri << " was read";
    } catch (const core::Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("which lies outside its folder; put that file beside it")) << uri;
    }
  }
  // The same for OBJ, whose material file is only missed.
  write(folder / "model/c.obj", "mtllib ../secret.mtl\n" + tetrahedronObj());
  const ImportedScene scene = importScene(folder / "model/c.obj");
  EXPECT_THAT(scene.warnings, ::testing::Contains(HasSubstr("\"../secret.mtl\", which lies outside")));
}

TEST(Import, FacesOfManyCornersAreCutIntoTriangles) {
  const ScratchFolder folder;
  // A square, and a dart whose fan from its first corner would fold over; 12 corners of an L on a slope.
  write(folder / "a.obj",
        "v 0 0 0\nv 2 0 0\nv 2 2 0\nv 0 2 0\nf 1 2 3 4\n"
        "v 10 2 0\nv 8 0 0\nv 10 1 0\nv 12 0 0\nf 5 6 7 8\n"
        "v 0 0 5\nv 3 0 5\nv 3 1 6\nv 1 1 6\nv 1 3 8\nv 0 3 8\nf 9 10 11 12 13 14\n");
  const TriangleMesh mesh = merged(importScene(folder / "a.obj"));
  EXPECT_EQ(mesh.triangleCount(), 2U + 2 + 4);
  // Areas: 4, the dart's 4 / 2 * (2 - 1) = 2, the L's 5 on a slope of 45 degrees; folds would add to them.
  EXPECT_NEAR(surfaceArea(mesh), 4 + 2 + 5 * std::sqrt(2.0), 1e-6);
}

TEST(Import, LimitsAreKept) {
  const ScratchFolder folder;
  write(folder / "a.obj", tetrahedronObj());
  write(folder / "a.gltf", tetrahedronGltf());
  const auto refusal = [&](const char* file, const ImportLimits& limits) -> std::string {
    ImportOptions options;
    options.limits = limits;
    try {
      (void)importScene(folder / file, options);
    } catch (const core::Error& error) {
      return error.what();
    }
    return {};
  };
  EXPECT_EQ(refusal("a.obj", {}), "");
  ImportLimits limits;
  limits.fileBytes = 50;
  EXPECT_THAT(refusal("a.obj", limits), HasSubstr("50 bytes are allowed. Reduce its triangles or pictures."));
  limits = {};
  limits.triangles = 3;
  EXPECT_THAT(refusal("a.obj", limits), HasSubstr("it has 4 triangles; 3 are allowed. Reduce it."));
  limits = {};
  limits.vertices = 3;
  EXPECT_THAT(refusal("a.obj", limits), HasSubstr("points; 3 are allowed. Reduce it."));
  limits = {};
  limits.instances = 0;
  EXPECT_THAT(refusal("a.gltf", limits), HasSubstr("more than 0 places"));
  EXPECT_THAT(refusal("b.gltf", {}), HasSubstr("cannot be opened: No such file"));
  std::filesystem::create_directory(folder / "folder.obj");
  EXPECT_THAT(refusal("folder.obj", {}), HasSubstr("is not a file"));
}

// The process of its own: what kills it ends in a message.
TEST(Import, WhatBreaksTheReaderBreaksNothingElse) {
  const ScratchFolder folder;
  // A million points in one face: triangulating it takes quadratic time. (That it is slow is not sure to
  // stay; that a second is enough to be told is what is tested.)
  std::string text;
  for (int i = 0; i < 60'000; ++i)
    text += "v " + std::to_string(std::cos(i * 1e-4)) + " " +
            std::to_string(std::sin(i * 1e-4) * (i % 2 ? 1 : 0.5)) + " 0\n";
  text += "f";
  for (int i = 1; i <= 60'000; ++i) text += " " + std::to_string(i);
  write(folder / "slow.obj", text + "\n");
  ImportOptions options;
  options.limits.seconds = 0.3;
  try {
    (void)importScene(folder / "slow.obj", options);
    FAIL() << "60,000 corners were cut into triangles in 0.3 s";
  } catch (const core::Error& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("it takes longer than the 0.3 s that are allowed. Open it in the program"));
  }
#ifndef __SANITIZE_ADDRESS__  // Its own reservations cannot be told from a file's.
  options = {};
  options.limits.memoryBytes = 1 << 20;
  try {
    (void)importScene(folder / "slow.obj", options);
    FAIL() << "60,000 points took less than 1 MiB";
  } catch (const core::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("more than the 1 MiB of memory that are allowed"));
  }
#endif
}

TEST(Import, SharedModelsOfEveryFormat) {
  AULA_NEED_SHARED_DATA(models, "meshes");
  struct Expected {
    const char* file;
    std::size_t meshes, triangles, instances;
  };
  for (const Expected& expected : {Expected{"FBX/huesitos.fbx", 1, 120, 1},
                                   {"FBX/phong_cube.fbx", 1, 12, 1},
                                   {"OBJ/concave_polygon.obj", 1, 64, 1},
                                   {"OBJ/spider.obj", 19, 1368, 19},
                                   {"PLY/Wuson.ply", 1, 3732, 1},
                                   {"STL/Wuson.stl", 1, 3732, 1},
                                   {"STL/sphereWithHole.stl", 1, 285, 1},
                                   {"glTF2/2CylinderEngine-glTF-Binary/2CylinderEngine.glb", 34, 75730, 115},
                                   {"glTF2/AnimatedMorphCube/glTF/AnimatedMorphCube.gltf", 1, 12, 1},
                                   {"glTF2/BoxTextured-glTF/BoxTextured.gltf", 1, 12, 1},
                                   {"glTF2/ClearCoat-glTF/ClearCoatTest.gltf", 27, 37116, 27},
                                   {"glTF2/IndexOutOfRange/IndexOutOfRange.gltf", 1, 11, 1}}) {
    SCOPED_TRACE(expected.file);
    const ImportedScene scene = importScene(models / expected.file);
    std::size_t triangles = 0, instances = 0;
    for (const MeshView& view : scene.meshes) {
      triangles += view.mesh->triangleCount();
      instances += view.instances.size();
      EXPECT_TRUE(findProblems(*view.mesh).empty());
      EXPECT_EQ(view.mesh->normals.size(), view.mesh->positions.size());
    }
    EXPECT_EQ(scene.meshes.size(), expected.meshes);
    EXPECT_EQ(triangles, expected.triangles);
    EXPECT_EQ(instances, expected.instances);
  }
  for (const char* name : {"badArray", "badExtension", "badNumber", "badObject", "badString", "badUint"}) {
    SCOPED_TRACE(name);
    try {
      (void)importScene(models / "glTF2/wrongTypes" / (std::string(name) + ".gltf"));
      ADD_FAILURE() << "was imported";
    } catch (const core::Error& error) {
      EXPECT_THAT(error.what(), HasSubstr(std::string(name) + ".gltf\" cannot be "));
    }
  }
  EXPECT_THROW((void)importScene(models / "glTF2/IndexOutOfRange/AllIndicesOutOfRange.gltf"), core::Error);
}

TEST(Import, SharedModelsTexturesAreDecoded) {
  AULA_NEED_SHARED_DATA(models, "meshes/glTF2");
  const ImportedScene box = importScene(models / "BoxTextured-glTF/BoxTextured.gltf");
  const auto logo = box.meshes.at(0).material.baseColourTexture;
  ASSERT_TRUE(logo);
  EXPECT_EQ(std::make_pair(logo->width, logo->height), std::make_pair(211, 211));
  EXPECT_TRUE(logo->isSrgb);
  EXPECT_EQ(box.meshes[0].mesh->textureCoordinates.size(), box.meshes[0].mesh->positions.size());
  const ImportedScene coats = importScene(models / "ClearCoat-glTF/ClearCoatTest.gltf");
  int normals = 0, coated = 0;
  for (const MeshView& view : coats.meshes) {
    if (view.material.normalTexture) {
      ++normals;
      EXPECT_FALSE(view.material.normalTexture->isSrgb);
    }
    coated += view.material.clearCoat > 0 ? 1 : 0;
  }
  EXPECT_GT(normals, 0);
  EXPECT_GT(coated, 0);
  ImportOptions options;
  options.limits.textureSize = 64;
  const ImportedScene plain = importScene(models / "BoxTextured-glTF/BoxTextured.gltf", options);
  EXPECT_FALSE(plain.meshes.at(0).material.baseColourTexture);
  EXPECT_THAT(plain.warnings,
              ::testing::Contains(HasSubstr("it has 211 x 211 pixels; 1 to 64 along each side are allowed")));
}

}  // namespace
