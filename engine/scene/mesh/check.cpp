// SPDX-License-Identifier: Apache-2.0
#include "scene/mesh/check.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/error.h"

namespace aula::scene {

namespace {

bool isFinite(Float3 v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}
bool isFinite(const std::array<float, 2>& v) {
  return std::isfinite(v[0]) && std::isfinite(v[1]);
}
bool isFinite(const Colour& c) {
  return std::isfinite(c.red) && std::isfinite(c.green) && std::isfinite(c.blue);
}

template <class T>
void checkArray(const std::vector<T>& values, const char* what, std::size_t points,
                std::vector<std::string>& problems) {
  if (!values.empty() && values.size() != points)
    problems.push_back("It has " + std::to_string(values.size()) + " " + what + " for " +
                       std::to_string(points) + " points; one a point or none are allowed.");
  const auto isBad = [](const T& v) { return !isFinite(v); };
  const auto first = std::find_if(values.begin(), values.end(), isBad);
  if (first == values.end()) return;
  problems.push_back(std::to_string(std::count_if(first, values.end(), isBad)) + " of its " +
                     std::to_string(values.size()) + " " + what +
                     " are infinite or not a number, the first is number " +
                     std::to_string(first - values.begin()) + ".");
}

}  // namespace

std::vector<std::string> findProblems(const TriangleMesh& mesh) {
  std::vector<std::string> problems;
  const std::size_t points = mesh.positions.size();
  checkArray(mesh.positions, "positions", points, problems);
  checkArray(mesh.normals, "normals", points, problems);
  checkArray(mesh.textureCoordinates, "texture coordinates", points, problems);
  checkArray(mesh.colours, "colours", points, problems);
  if (mesh.triangles.size() % 3 != 0)
    problems.push_back("It has " + std::to_string(mesh.triangles.size()) +
                       " corner indices, which is no multiple of three.");
  std::size_t outside = 0, firstOutside = 0;
  for (std::size_t i = mesh.triangles.size(); i-- > 0;)
    if (mesh.triangles[i] >= points) {
      ++outside;
      firstOutside = i;
    }
  if (outside > 0)
    problems.push_back(std::to_string(outside) + " corner indices point outside its " +
                       std::to_string(points) + " points, the first in triangle " +
                       std::to_string(firstOutside / 3) + " (" +
                       std::to_string(mesh.triangles[firstOutside]) + ").");
  return problems;
}

void checkMesh(const TriangleMesh& mesh, const std::string& name) {
  const std::vector<std::string> problems = findProblems(mesh);
  if (problems.empty()) return;
  std::string message = "The mesh \"" + name + "\" cannot be used.";
  for (std::size_t i = 0; i < std::min<std::size_t>(problems.size(), 3); ++i) message += " " + problems[i];
  throw core::inputError(message);
}

}  // namespace aula::scene
