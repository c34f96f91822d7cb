// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

#include "core/error.h"
#include "scene/import/import.h"
#include "support/model_text.h"
#include "support/scratch_folder.h"

using namespace aula;
using namespace aula::scene;
using namespace aula::test;
using ::testing::HasSubstr;

namespace {

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
      {"no-end.ply", replaced(ply, "end_header", "end_of_header"), "its header has no line \"end_header\""},
      {"end-garbled.ply", replaced(ply, "end_header", "end_header\x98\x98"),
       "its header has no line \"end_header\""},
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
      {"faces-missing.ply", ply.substr(0, ply.find("3 1 2 3")), nullptr, nullptr},
      {"faces-none.ply", ply.substr(0, ply.find("3 0 2 1")), "has no triangles that can be drawn"},
      {"two-corners.ply", replaced(ply, "3 1 2 3", "2 1 2"), nullptr, nullptr},
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
    std::ofstream(folder / model.file, std::ios::binary) << model.bytes;
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

}  // namespace
