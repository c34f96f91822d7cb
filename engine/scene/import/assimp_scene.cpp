// SPDX-License-Identifier: Apache-2.0
#include "scene/import/assimp_scene.h"

#include <assimp/BaseImporter.h>
#include <assimp/config.h>
#include <assimp/scene.h>

#include <algorithm>
#include <assimp/DefaultLogger.hpp>
#include <assimp/Importer.hpp>
#include <assimp/LogStream.hpp>
#include <cmath>
#include <cstring>
#include <mutex>
#include <new>
#include <set>

#include "core/error.h"
#include "scene/import/assimp_files.h"
#include "scene/import/assimp_material.h"
#include "scene/import/polygon_faces.h"
#include "scene/import/tidy.h"

namespace aula::scene {

namespace {

constexpr std::size_t kMostWarnings = 50;

/// Assimp has one logger for the whole process: one import at a time (in this process) while it listens.
class Listener {
 public:
  explicit Listener(std::vector<std::string>& warnings) : lock_(mutex()) {
    Assimp::DefaultLogger::create("", Assimp::Logger::NORMAL, 0);
    Assimp::DefaultLogger::get()->attachStream(new Stream(warnings),
                                               Assimp::Logger::Warn | Assimp::Logger::Err);
  }
  ~Listener() { Assimp::DefaultLogger::kill(); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

 private:
  class Stream final : public Assimp::LogStream {
   public:
    explicit Stream(std::vector<std::string>& warnings) : warnings_(warnings) {}
    void write(const char* message) override {
      // "Warn,  T0: OBJ: ...\n"
      std::string text = message;
      if (const auto colon = text.find(": "); colon != std::string::npos) text = text.substr(colon + 2);
      while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
      text = "The reader says: " + cleanText(text, 300);
      if (warnings_.size() < kMostWarnings && (warnings_.empty() || warnings_.back() != text))
        warnings_.push_back(text);
    }

   private:
    std::vector<std::string>& warnings_;
  };
  static std::mutex& mutex() {
    static std::mutex one;
    return one;
  }
  std::lock_guard<std::mutex> lock_;
};

/// Leaves only the format's own reader: Assimp would try others by what a file looks like inside.
void keepOnly(Assimp::Importer& importer, const char* ending) {
  for (std::size_t i = importer.GetImporterCount(); i-- > 0;) {
    Assimp::BaseImporter* reader = importer.GetImporter(i);
    std::set<std::string> endings;
    reader->GetExtensionList(endings);
    if (endings.contains(ending)) continue;
    importer.UnregisterLoader(reader);
    delete reader;
  }
}

const char* endingOf(ModelFormat format) {
  switch (format) {
    case ModelFormat::gltf:
      return "gltf";
    case ModelFormat::glb:
      return "glb";
    case ModelFormat::obj:
      return "obj";
    case ModelFormat::ply:
      return "ply";
    case ModelFormat::stl:
      return "stl";
    case ModelFormat::fbx:
      return "fbx";
  }
  return "";
}

/// Lab's metres from file's units.
Transform labFromFile(ModelFormat format, const ImportOptions& options) {
  const double s = options.metresPerUnit;
  const bool isYUp =
      options.up == UpAxis::y ||
      (options.up == UpAxis::automatic &&
       (format == ModelFormat::gltf || format == ModelFormat::glb || format == ModelFormat::fbx));
  // A quarter turn about x takes y to z.
  if (isYUp) return {{s, 0, 0}, {0, 0, s}, {0, -s, 0}, {}};
  return {{s, 0, 0}, {0, s, 0}, {0, 0, s}, {}};
}

Transform product(const Transform& a, const Transform& b) {
  return {a.vector(b.x), a.vector(b.y), a.vector(b.z), a.point(b.translation)};
}

Transform fromAssimp(const aiMatrix4x4& m) {
  return {{m.a1, m.b1, m.c1}, {m.a2, m.b2, m.c2}, {m.a3, m.b3, m.c3}, {m.a4, m.b4, m.c4}};
}

bool isUsable(const Transform& t) {
  const double volume = dot(t.x, cross(t.y, t.z));
  return std::isfinite(volume) && volume != 0 && std::isfinite(length(t.translation)) &&
         std::isfinite(length(t.x)) && std::isfinite(length(t.y)) && std::isfinite(length(t.z));
}

TriangleMesh fromAssimp(const aiMesh& from) {
  TriangleMesh mesh;
  const std::size_t points = from.mNumVertices;
  if (!from.mVertices) return mesh;
  const auto vector = [](const aiVector3D& v) { return Float3{v.x, v.y, v.z}; };
  for (std::size_t i = 0; i < points; ++i) mesh.positions.push_back(vector(from.mVertices[i]));
  if (from.mNormals)
    for (std::size_t i = 0; i < points; ++i) mesh.normals.push_back(vector(from.mNormals[i]));
  if (from.mTextureCoords[0])
    // Assimp counts rows from the bottom.
    for (std::size_t i = 0; i < points; ++i)
      mesh.textureCoordinates.push_back({from.mTextureCoords[0][i].x, 1 - from.mTextureCoords[0][i].y});
  if (from.mColors[0])
    for (std::size_t i = 0; i < points; ++i)
      mesh.colours.push_back({from.mColors[0][i].r, from.mColors[0][i].g, from.mColors[0][i].b});
  for (std::size_t f = 0; f < from.mNumFaces; ++f)
    if (from.mFaces[f].mIndices) addFace(mesh, {from.mFaces[f].mIndices, from.mFaces[f].mNumIndices});
  return mesh;
}

class Conversion {
 public:
  Conversion(const aiScene& from, FileFence& fence, ModelFormat format, const ImportOptions& options)
      : from_(from), fence_(fence), format_(format), options_(options) {}

  ImportedScene run(std::vector<std::string>& warnings) {
    checkTotals();
    std::vector<std::vector<Transform>> places = findPlaces(warnings);
    MaterialReader materials(from_, fence_, format_, options_.limits, warnings);
    ImportedScene scene;
    for (unsigned i = 0; i < from_.mNumMeshes; ++i) {
      const aiMesh* mesh = from_.mMeshes[i];
      if (!mesh || places[i].empty()) continue;
      std::string name = cleanText(mesh->mName.C_Str(), 200);
      if (name.empty()) name = "mesh " + std::to_string(i + 1);
      TriangleMesh tidy = tidied(fromAssimp(*mesh), name, warnings);
      if (tidy.triangles.empty()) {
        warnings.push_back("Mesh \"" + name + "\" has no triangles and is left out.");
        continue;
      }
      MeshView view;
      view.name = std::move(name);
      view.mesh = std::make_shared<const TriangleMesh>(std::move(tidy));
      view.material = materials.read(mesh->mMaterialIndex);
      view.instances = std::move(places[i]);
      scene.meshes.push_back(std::move(view));
    }
    return scene;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw core::inputError("The model \"" + fence_.file().filename().string() + "\" cannot be used: " + why);
  }

  void checkTotals() const {
    std::size_t points = 0, triangles = 0;
    for (unsigned i = 0; i < from_.mNumMeshes; ++i)
      if (from_.mMeshes[i]) {
        points += from_.mMeshes[i]->mNumVertices;
        for (std::size_t f = 0; f < from_.mMeshes[i]->mNumFaces; ++f)
          triangles += std::max(from_.mMeshes[i]->mFaces[f].mNumIndices, 2U) - 2;
      }
    const ImportLimits& limits = options_.limits;
    if (points > limits.vertices)
      refuse("it has " + std::to_string(points) + " points; " + std::to_string(limits.vertices) +
             " are allowed. Reduce it.");
    if (triangles > limits.triangles)
      refuse("it has " + std::to_string(triangles) + " triangles; " + std::to_string(limits.triangles) +
             " are allowed. Reduce it.");
  }

  /// Where the node tree puts each mesh.
  std::vector<std::vector<Transform>> findPlaces(std::vector<std::string>& warnings) const {
    std::vector<std::vector<Transform>> places(from_.mNumMeshes);
    struct Visit {
      const aiNode* node;
      Transform parent;
      int depth;
    };
    std::vector<Visit> open;
    if (from_.mRootNode) open.push_back({from_.mRootNode, labFromFile(format_, options_), 1});
    std::size_t count = 0, flat = 0;
    while (!open.empty()) {
      const Visit visit = open.back();
      open.pop_back();
      if (visit.depth > options_.limits.nodeDepth)
        refuse("its nodes are nested more than " + std::to_string(options_.limits.nodeDepth) + " deep.");
      const Transform own = product(visit.parent, fromAssimp(visit.node->mTransformation));
      for (unsigned i = 0; i < visit.node->mNumMeshes; ++i) {
        const unsigned mesh = visit.node->mMeshes[i];
        if (mesh >= places.size()) continue;
        if (!isUsable(own)) {
          ++flat;
          continue;
        }
        if (++count > options_.limits.instances)
          refuse("its meshes stand in more than " + std::to_string(options_.limits.instances) + " places.");
        places[mesh].push_back(own);
      }
      for (unsigned i = visit.node->mNumChildren; i-- > 0;)
        if (visit.node->mChildren[i]) open.push_back({visit.node->mChildren[i], own, visit.depth + 1});
    }
    if (flat > 0)
      warnings.push_back(
          std::to_string(flat) +
          (flat == 1 ? " mesh is left out: its node's" : " meshes are left out: their nodes'") +
          " transform flattens it or is no finite number.");
    return places;
  }

  const aiScene& from_;
  FileFence& fence_;
  ModelFormat format_;
  const ImportOptions& options_;
};

}  // namespace

ImportedScene readWithAssimp(FileFence& fence, ModelFormat format, const ImportOptions& options) {
  std::vector<std::string> warnings;
  precheck(fence, format, options.limits, warnings);
  ImportedScene scene;
  {
    std::vector<std::string> said;
    const Listener listener(said);
    Assimp::Importer importer;
    keepOnly(importer, endingOf(format));
    importer.SetIOHandler(new FencedFiles(fence));
    // Bones, animations, lights and cameras are not drawn; fewer parts of the reader run without them.
    importer.SetPropertyBool(AI_CONFIG_IMPORT_FBX_READ_ANIMATIONS, false);
    importer.SetPropertyBool(AI_CONFIG_IMPORT_FBX_READ_CAMERAS, false);
    importer.SetPropertyBool(AI_CONFIG_IMPORT_FBX_READ_LIGHTS, false);
    importer.SetPropertyBool(AI_CONFIG_IMPORT_FBX_READ_WEIGHTS, false);
    // No steps after reading: what they do to broken faces (aborting is one of it) is done here instead.
    const aiScene* from = importer.ReadFile(fence.file().string(), 0);
    const std::string subject = "The model \"" + fence.file().filename().string() + "\"";
    if (!from) {
      // Assimp turns every exception into a text.
      if (std::strstr(importer.GetErrorString(), "bad_alloc")) throw std::bad_alloc();
      std::string why = cleanText(importer.GetErrorString(), 300);
      if (!why.empty() && why.back() != '.') why += '.';
      for (const std::string& problem : fence.problems()) why += " " + problem;
      throw core::inputError(subject + " cannot be read: " + why);
    }
    if (from->mNumAnimations > 0) warnings.push_back("Its animations are left out: it is shown at rest.");
    scene = Conversion(*from, fence, format, options).run(warnings);
    warnings.insert(warnings.end(), said.begin(), said.end());
    for (const std::string& problem : fence.problems())
      if (std::none_of(warnings.begin(), warnings.end(),
                       [&](const std::string& warning) { return warning.starts_with(problem); }))
        warnings.push_back(problem);
    if (scene.meshes.empty()) {
      std::string message = subject + " has no triangles that can be drawn.";
      for (std::size_t i = 0; i < std::min<std::size_t>(warnings.size(), 3); ++i)
        message += " " + warnings[i];
      throw core::inputError(message);
    }
  }
  if (warnings.size() > kMostWarnings) warnings.resize(kMostWarnings);
  scene.warnings = std::move(warnings);
  return scene;
}

}  // namespace aula::scene
