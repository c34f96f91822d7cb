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

/// A file that is wrong in one way, and what comes of it: a part of the refusal, or of a warning when it is
/// imported all the same.
struct Malformed {
  const char* file;
  std::string bytes;
  const char* refusal = nullptr;
  const char* warning = nullptr;
};

std::vector<Malformed> malformedModels() {
  const std::string gltf = tetrahedronGltf(), glb = tetrahedronGlb(), ply = tetrahedronPly(),
                    stl = tetrahedronBinaryStl(), obj = tetrahedronObj();
  const auto with = [&](const std::string& from, const std::string& to) { return replaced(gltf, from, to); };
  std::string deep(200, '[');
  std::string nan = tetrahedronBytes(), outside = tetrahedronBytes();
  std::memcpy(nan.data() + 36, "\0\0\xC0\x7F", 4);  // The last point, of three triangles.
  outside[48] = '\x63';                             // The first triangle's first corner: 99.
  std::string manyTriangles = stl;
  std::memcpy(manyTriangles.data() + 80, "\xFF\xFF\xFF\x7F", 4);
  std::string chain = R"("nodes": [)";
  for (int i = 0; i < 300; ++i) chain += "{\"children\": [" + std::to_string(i + 1) + "]}, ";
  chain += R"({"mesh": 0}])";
  return {
      // Any format.
      {"empty.gltf", "", "The model \"", nullptr},
      {"zeros.glb", std::string(64, '\0'), "does not begin as a GLB file does"},
      {"picture.jpg", "\xFF\xD8\xFF", "ending that is not known; .gltf, .glb, .obj, .ply, .stl and .fbx are"},
      {"text.gltf", "Once upon a time", "its JSON is broken: parse error at line 1, column 1"},
      // glTF: the text.
      {"cut-off.gltf", gltf.substr(0, gltf.size() / 2), "its JSON is broken: parse error"},
      {"array.gltf", "[1, 2]", "its JSON must be an object"},
      {"deep.gltf", "{\"a\": " + deep, "nested more than 64 deep"},
      {"no-asset.gltf", with("\"asset\"", "\"assets\""), "asset.version: it is missing; it must be \"2.0\""},
      {"old.gltf", with("\"2.0\"", "\"1.0\""), "asset.version: it is \"1.0\"; 2.0 is read"},
      {"required.gltf", with("\"scene\": 0", "\"extensionsRequired\": [\"EXT_magic\"], \"scene\": 0"),
       "extensionsRequired: \"EXT_magic\" is not known"},
      {"meshes-object.gltf", with("\"meshes\": [", "\"meshes\": {}, \"x\": ["),
       "meshes: it must be an array"},
      {"node-number.gltf", with("{\"mesh\": 0, \"name\": \"body\"}", "7"), "nodes[0]: it must be an object"},
      // glTF: bytes.
      {"buffer-short.gltf", with("\"byteLength\": 72", "\"byteLength\": 7200"),
       "buffers[0]: it promises 7200 bytes, but has 72"},
      {"buffer-negative.gltf", with("\"byteLength\": 72", "\"byteLength\": -1"),
       "buffers[0].byteLength: it must be a whole number from 0 up, not -1"},
      {"buffer-missing.gltf", with("data:application/octet-stream;base64,", "nowhere.bin\", \"x\": \""),
       "buffers[0]: It refers to \"nowhere.bin\", which is not there"},
      {"base64-broken.gltf", with("base64,", "base64,*"), "buffers[0].uri: its data is no base64"},
      {"view-outside.gltf", with("\"byteOffset\": 48", "\"byteOffset\": 60"),
       "bufferViews[1]: it ends at byte 60 + 24 of buffers[0], which has 72"},
      {"view-huge.gltf", with("\"byteOffset\": 48", "\"byteOffset\": 18446744073709551615"),
       "bufferViews[1]: it ends"},
      {"view-no-buffer.gltf", with("\"buffer\": 0, \"byteOffset\"", "\"buffer\": 3, \"byteOffset\""),
       "bufferViews[1].buffer: there is no buffers[3]; it has 1 of them"},
      {"accessor-long.gltf", with("\"count\": 12", "\"count\": 13"),
       "accessors[1]: 13 elements of 2 bytes do not fit into bufferViews[1], which has 24 bytes"},
      {"accessor-huge.gltf", with("\"count\": 12", "\"count\": 999999999999"),
       "accessors[1].count: 999999999999 elements"},
      {"accessor-kind.gltf", with("5123", "5130"), "accessors[1].componentType: 5120, 5121"},
      {"accessor-type.gltf", with("\"VEC3\"", "\"VEC7\""), "accessors[0].type: SCALAR, VEC2"},
      // glTF: meshes and nodes.
      {"position-missing-accessor.gltf", with("\"POSITION\": 0", "\"POSITION\": 9"),
       "meshes[0].primitives[0].attributes.POSITION: there is no accessors[9]"},
      {"position-scalars.gltf", with("\"POSITION\": 0", "\"POSITION\": 1"), "it must be VEC3 of floats"},
      {"indices-floats.gltf", with("\"indices\": 1", "\"indices\": 0"),
       "they must be SCALAR of unsigned whole numbers"},
      {"normals-wrong-count.gltf",
       replaced(
           with("\"POSITION\": 0", "\"POSITION\": 0, \"NORMAL\": 2"), "\"SCALAR\"}",
           "\"SCALAR\"}, {\"bufferView\": 0, \"componentType\": 5126, \"count\": 3, \"type\": \"VEC3\"}"),
       "attributes.NORMAL: it has 3 values for 4 positions"},
      {"primitives-text.gltf", with("\"primitives\": [", "\"primitives\": \"x\", \"y\": ["),
       "meshes[0]: \"primitives\" must be an array"},
      {"cyclic.gltf",
       with("{\"mesh\": 0, \"name\": \"body\"}", "{\"mesh\": 0, \"children\": [1]}, {\"children\": [0]}"),
       "nodes[0]: it is its own ancestor"},
      {"two-parents.gltf",
       with("{\"mesh\": 0, \"name\": \"body\"}", "{\"children\": [2]}, {\"children\": [2]}, {\"mesh\": 0}"),
       "nodes[1].children: node 2 is already a child of node 0"},
      {"deep-nodes.gltf", replaced(gltf, "\"nodes\": [{\"mesh\": 0, \"name\": \"body\"}]", chain),
       "256 levels deep"},
      {"matrix-text.gltf", with("\"name\": \"body\"", "\"matrix\": \"unit\""),
       "nodes[0].matrix: it must be an array of 16"},
      {"flat-node.gltf", with("\"name\": \"body\"", "\"scale\": [1, 0, 1]"), "transform flattens it"},
      {"no-triangles.gltf", with("\"mesh\": 0", "\"name\": \"x\""), "has no triangles that can be drawn"},
      {"no-picture.gltf",
       replaced(with("\"scene\": 0",
                     "\"textures\": [{\"source\": 0}], \"images\": [{\"uri\": \"no.png\"}], \"scene\": 0"),
                "\"metallicFactor\"", "\"baseColorTexture\": {\"index\": 0}, \"metallicFactor\""),
       nullptr, "It refers to \"no.png\", which is not there. The surface is shown without it."},
      {"nan.gltf", tetrahedronGltf(nan), nullptr,
       "3 triangles with corners that are no finite numbers left out"},
      {"index-outside.gltf", tetrahedronGltf(outside), nullptr, "out-of-range indices"},
      {"animated.gltf",
       with("\"scene\": 0",
            "\"scene\": 0, \"animations\": [{\"channels\": 7}], \"skins\": [{\"joints\": -5}]"),
       nullptr, "Its bones are left out"},
      // GLB.
      {"cut-off.glb", glb.substr(0, glb.size() - 30), "It may be cut off: copy it again"},
      {"version.glb", replaced(glb, std::string("glTF\2", 5), std::string("glTF\1", 5)),
       "it is GLB of version 1; 2 is read"},
      {"chunk.glb", replaced(glb, "JSON", "JSUN"), "chunk 0: it must be JSON"},
      {"header.glb", glb.substr(0, 12), "does not begin as a GLB file does"},
      // OBJ.
      {"binary.obj", std::string("v 0 0 0\n\0\0", 10), "it is no text, as an OBJ file must be"},
      {"prose.obj", "Once upon a time\nthere was a mesh\n", "it has no points"},
      {"no-faces.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\n", "no-faces.obj\" "},
      {"index.obj", obj + "f 1 2 99\n", "index.obj\" cannot be read: "},
      {"zero-index.obj", obj + "f 0 1 2\n", "cannot be read: OBJ: Invalid face index."},
      // PLY.
      {"magic.ply", "plo\n" + ply, "it does not begin with \"ply\""},
      {"no-end.ply", replaced(ply, "end_header", "end_of_header"), "its header has no \"end_header\""},
      {"format.ply", replaced(ply, "ascii", "morse"), "unknown format \"morse\""},
      {"count-huge.ply", replaced(ply, "vertex 4", "vertex 4000000000"),
       "promises 4000000000 elements \"vertex\""},
      {"count-negative.ply", replaced(ply, "vertex 4", "vertex -4"),
       "gives \"-4\" as the number of elements"},
      {"count-large.ply", replaced(ply, "vertex 4", "vertex 4000"),
       "its header promises at least 24008 bytes"},
      {"type.ply", replaced(ply, "float y", "quaternion y"), "unknown type \"quaternion\""},
      {"index.ply", replaced(ply, "3 1 2 3", "3 1 2 9"), nullptr,
       "1 triangle with corners that do not exist left out"},
      {"nan.ply", replaced(ply, "1 0 0\n", "nan 0 0\n"), nullptr, "no finite numbers left out"},
      // STL.
      {"short.stl", "short", "binary STL has a header of 84 bytes; the whole file has 5"},
      {"cut-off.stl", stl.substr(0, stl.size() - 60), "its header promises 4 triangles, its bytes hold 2"},
      {"count.stl", manyTriangles, "its header promises 2147483647 triangles, its bytes hold 4"},
      {"no-facet.stl", "solid nothing\nendsolid\n", "begins as STL text, but has no \"facet\""},
      // FBX.
      {"prose.fbx", "Once upon a time", "it is neither binary nor text FBX"},
      {"header.fbx", std::string("Kaydara FBX Binary  \0\x1A\0", 23), "it ends within its header"},
      {"nested.fbx", "; FBX\n" + std::string(100, '{'), "its braces are nested more than 64 deep"},
      {"cut-off.fbx", tetrahedronFbx().substr(0, 500), "cut-off.fbx\" cannot be read: "},
  };
}

TEST(Import, MalformedFilesAreRefusedOrMendedWithAMessage) {
  const ScratchFolder folder;
  const std::vector<Malformed> models = malformedModels();
  EXPECT_GE(models.size(), 30U);
  for (const Malformed& model : models) {
    SCOPED_TRACE(model.file);
    write(folder / model.file, model.bytes);
    try {
      const ImportedScene scene = importScene(folder / model.file);
      EXPECT_EQ(model.refusal, nullptr) << "was imported";
      if (model.warning) {
        EXPECT_THAT(scene.warnings, ::testing::Contains(HasSubstr(model.warning)));
      }
    } catch (const core::Error& error) {
      EXPECT_EQ(error.fault(), core::Fault::input);
      EXPECT_THAT(error.what(), HasSubstr(model.file));
      EXPECT_THAT(error.what(), HasSubstr(model.refusal ? model.refusal : "(should have been imported)"));
    }
  }
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
