// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "support/model_text.h"

namespace aula::test {

/// Small right models of every format, each behind the byte that names it to the fuzzer.
inline std::vector<std::pair<std::string, std::string>> meshSeeds() {
  const auto seed = [](char format, const std::string& bytes) { return std::string(1, format) + bytes; };
  return {{"gltf", seed('\0', tetrahedronGltf())},
          {"glb", seed('\1', tetrahedronGlb())},
          {"obj", seed('\2', tetrahedronObj())},
          {"obj-rich",
           seed('\2', "mtllib a.mtl\nvn 0 0 1\nvt 0 0\nvt 1 0\nusemtl red\ng left\n" + tetrahedronObj() +
                          "f 1/1/1 2/2/1 3/1/1\nf -1//1 -2//1 -3//1 -4//1\nl 1 2\np 3\ns off\n")},
          {"ply", seed('\3', tetrahedronPly())},
          {"ply-binary", seed('\3', tetrahedronBinaryPly())},
          {"stl", seed('\4', tetrahedronStl())},
          {"stl-binary", seed('\4', tetrahedronBinaryStl())},
          {"fbx", seed('\5', tetrahedronFbx())}};
}

}  // namespace aula::test
