// SPDX-License-Identifier: Apache-2.0
#include "core/io/hdf5.h"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "core/error.h"
#include "core/io/atomic_file.h"

namespace aula::core {

namespace {

/// An HDF5 identifier that is closed with its own kind's function.
class Id {
 public:
  Id() = default;
  Id(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
  ~Id() { reset(); }
  Id(Id&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Id& operator=(Id&& other) noexcept {
    reset();
    id_ = std::exchange(other.id_, -1);
    close_ = other.close_;
    return *this;
  }
  Id(const Id&) = delete;
  Id& operator=(const Id&) = delete;
  void reset() noexcept {
    if (id_ >= 0) close_(std::exchange(id_, -1));
  }
  operator hid_t() const { return id_; }

 private:
  hid_t id_ = -1;
  herr_t (*close_)(hid_t) = nullptr;
};

// HDF5 prints its error stack by itself unless told not to; its innermost description goes into our message
// instead.
void silenceHdf5() {
  static const bool done = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
  static_cast<void>(done);
}

herr_t takeDescription(unsigned, const H5E_error2_t* error, void* text) {
  if (error->desc != nullptr && *error->desc != '\0') *static_cast<std::string*>(text) = error->desc;
  return 0;
}

std::string hdf5Reason() {
  std::string reason = "HDF5 gives no reason";
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, takeDescription, &reason);
  H5Eclear2(H5E_DEFAULT);
  return reason;
}

/// The one checker of HDF5's calls: negative means failed.
template <class T>
T checked(T result, const std::string& action, const std::filesystem::path& file, const std::string& path) {
  if (result < 0)
    throw Error("cannot " + action + " " + (path.empty() ? "" : "\"" + path + "\" in ") + file.string() +
                ": " + hdf5Reason());
  return result;
}

constexpr std::size_t kSmallBytes = 1024;  // Below this a chunk's index costs more than it saves.
constexpr std::size_t kChunkValues = std::size_t{1} << 17;  // 0.5 to 1 MiB: HDF5's chunk cache holds one.

// Whole rows of the fastest axes as far as they fit, then a part of the next: reading a slice touches few
// chunks.
std::vector<hsize_t> chunkShape(const std::vector<hsize_t>& shape) {
  std::vector<hsize_t> chunk(shape.size(), 1);
  hsize_t left = kChunkValues;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    chunk[axis] = std::clamp<hsize_t>(left, 1, shape[axis]);
    left /= chunk[axis];
    if (left == 0) break;
  }
  return chunk;
}

Id makeTextType(std::size_t bytes) {
  Id type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type, std::max<std::size_t>(bytes, 1));
  H5Tset_cset(type, H5T_CSET_UTF8);
  H5Tset_strpad(type, H5T_STR_NULLPAD);
  return type;
}

}  // namespace

struct Hdf5Writer::Implementation {
  std::filesystem::path target;
  Id file;

  template <class T>
  T check(T result, const std::string& action, const std::string& path = {}) const {
    return checked(result, action, target, path);
  }

  Id linkProperties() const {
    Id properties(check(H5Pcreate(H5P_LINK_CREATE), "write"), H5Pclose);
    check(H5Pset_create_intermediate_group(properties, 1), "write");
    check(H5Pset_char_encoding(properties, H5T_CSET_UTF8), "write");
    return properties;
  }

  void write(const std::string& path, const void* values, std::size_t count, std::size_t valueBytes,
             hid_t memoryType, hid_t fileType, const std::vector<std::size_t>& shape) {
    const std::vector<hsize_t> extent(shape.begin(), shape.end());
    std::size_t product = 1;
    for (const std::size_t length : shape) product *= length;
    if (product != count)
      throw Error("cannot write \"" + path + "\" in " + target.string() + ": its shape holds " +
                  std::to_string(product) + " values, but there are " + std::to_string(count));
    Id space(check(extent.empty() ? H5Screate(H5S_SCALAR)
                                  : H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr),
                   "write", path),
             H5Sclose);
    Id properties(check(H5Pcreate(H5P_DATASET_CREATE), "write", path), H5Pclose);
    check(H5Pset_obj_track_times(properties, false), "write", path);
    if (!extent.empty() && count * valueBytes >= kSmallBytes) {
      const std::vector<hsize_t> chunk = chunkShape(extent);
      check(H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), "write", path);
      check(H5Pset_shuffle(properties), "write", path);
      check(H5Pset_deflate(properties, 4), "write", path);
    }
    const Id links = linkProperties();
    Id dataset(
        check(H5Dcreate2(file, path.c_str(), fileType, space, links, properties, H5P_DEFAULT), "write", path),
        H5Dclose);
    if (count > 0) check(H5Dwrite(dataset, memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "write", path);
  }

  void attribute(const std::string& path, const std::string& name, hid_t type, hid_t space,
                 const void* value) {
    Id object(check(H5Oopen(file, path.c_str(), H5P_DEFAULT), "write an attribute of", path), H5Oclose);
    Id properties(check(H5Pcreate(H5P_ATTRIBUTE_CREATE), "write", path), H5Pclose);
    check(H5Pset_char_encoding(properties, H5T_CSET_UTF8), "write", path);
    Id attribute(check(H5Acreate2(object, name.c_str(), type, space, properties, H5P_DEFAULT),
                       "write an attribute of", path),
                 H5Aclose);
    check(H5Awrite(attribute, type, value), "write an attribute of", path);
  }
  void scalarAttribute(const std::string& path, const std::string& name, hid_t type, const void* value) {
    Id space(check(H5Screate(H5S_SCALAR), "write", path), H5Sclose);
    attribute(path, name, type, space, value);
  }
};

Hdf5Writer::Hdf5Writer(std::filesystem::path target) : implementation_(std::make_unique<Implementation>()) {
  silenceHdf5();
  implementation_->target = std::move(target);
  Id access(implementation_->check(H5Pcreate(H5P_FILE_ACCESS), "write"), H5Pclose);
  implementation_->check(H5Pset_fapl_core(access, std::size_t{4} << 20, false), "write");
  Id creation(implementation_->check(H5Pcreate(H5P_FILE_CREATE), "write"), H5Pclose);
  implementation_->check(H5Pset_obj_track_times(creation, false), "write");
  implementation_->check(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
                         "write");
  // The core driver looks whether a file of that name can be had, so a name is given that it never touches.
  implementation_->file =
      Id(implementation_->check(H5Fcreate("aula-in-memory", H5F_ACC_TRUNC, creation, access), "write"),
         H5Fclose);
}

Hdf5Writer::~Hdf5Writer() = default;

void Hdf5Writer::group(const std::string& path) {
  auto& self = *implementation_;
  const Id links = self.linkProperties();
  Id properties(self.check(H5Pcreate(H5P_GROUP_CREATE), "write", path), H5Pclose);
  self.check(H5Pset_link_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "write",
             path);
  self.check(H5Pset_obj_track_times(properties, false), "write", path);
  Id group(self.check(H5Gcreate2(self.file, path.c_str(), links, properties, H5P_DEFAULT), "write", path),
           H5Gclose);
}

void Hdf5Writer::write(const std::string& path, std::span<const double> values,
                       const std::vector<std::size_t>& shape) {
  implementation_->write(path, values.data(), values.size(), sizeof(double), H5T_NATIVE_DOUBLE,
                         H5T_IEEE_F64LE, shape);
}

void Hdf5Writer::write(const std::string& path, std::span<const float> values,
                       const std::vector<std::size_t>& shape) {
  implementation_->write(path, values.data(), values.size(), sizeof(float), H5T_NATIVE_FLOAT, H5T_IEEE_F32LE,
                         shape);
}

void Hdf5Writer::writeText(const std::string& path, const std::string& text) {
  const Id type = makeTextType(text.size());
  const std::string value = text.empty() ? std::string(1, '\0') : text;
  implementation_->write(path, value.data(), 1, 1, type, type, {});
}

void Hdf5Writer::attribute(const std::string& path, const std::string& name, const std::string& text) {
  // Attributes live in an object's header, which holds 64 KiB in this file format; longer texts belong in a
  // dataset.
  if (text.size() > 60000)
    throw Error("attribute \"" + name + "\" of \"" + path + "\" is too long for HDF5: " +
                std::to_string(text.size()) + " bytes, at most 60000 are allowed");
  const Id type = makeTextType(text.size());
  const std::string value = text.empty() ? std::string(1, '\0') : text;
  implementation_->scalarAttribute(path, name, type, value.data());
}

void Hdf5Writer::attribute(const std::string& path, const std::string& name, double value) {
  implementation_->scalarAttribute(path, name, H5T_NATIVE_DOUBLE, &value);
}

void Hdf5Writer::attribute(const std::string& path, const std::string& name, std::int64_t value) {
  implementation_->scalarAttribute(path, name, H5T_NATIVE_INT64, &value);
}

void Hdf5Writer::attribute(const std::string& path, const std::string& name,
                           const std::vector<std::string>& texts) {
  std::size_t longest = 1;
  for (const std::string& text : texts) longest = std::max(longest, text.size());
  std::string block(longest * texts.size(), '\0');
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i].copy(block.data() + i * longest, texts[i].size());
  const Id type = makeTextType(longest);
  const hsize_t count = texts.size();
  Id space(implementation_->check(H5Screate_simple(1, &count, nullptr), "write", path), H5Sclose);
  implementation_->attribute(path, name, type, space, block.data());
}

void Hdf5Writer::dimensionScale(const std::string& path, int axis, const std::string& scale,
                                const std::string& name) {
  auto& self = *implementation_;
  Id data(self.check(H5Dopen2(self.file, path.c_str(), H5P_DEFAULT), "open", path), H5Dclose);
  Id values(self.check(H5Dopen2(self.file, scale.c_str(), H5P_DEFAULT), "open", scale), H5Dclose);
  if (H5DSis_scale(values) <= 0)
    self.check(H5DSset_scale(values, name.c_str()), "make a dimension scale of", scale);
  self.check(H5DSattach_scale(data, values, static_cast<unsigned>(axis)), "attach the dimension scale of",
             path);
  self.check(H5DSset_label(data, static_cast<unsigned>(axis), name.c_str()), "label an axis of", path);
}

void Hdf5Writer::commit() {
  auto& self = *implementation_;
  self.check(H5Fflush(self.file, H5F_SCOPE_LOCAL), "write");
  const ssize_t size = H5Fget_file_image(self.file, nullptr, 0);
  self.check(size, "write");
  std::vector<std::byte> image(static_cast<std::size_t>(size));
  self.check(H5Fget_file_image(self.file, image.data(), image.size()), "write");
  self.file.reset();
  AtomicFile output(self.target);
  output.write(image);
  output.commit();
}

struct Hdf5Reader::Implementation {
  std::filesystem::path name;
  Id file;

  template <class T>
  T check(T result, const std::string& path) const {
    return checked(result, "read", name, path);
  }
  Id open(const std::string& path) const {
    return {check(H5Dopen2(file, path.c_str(), H5P_DEFAULT), path), H5Dclose};
  }
};

Hdf5Reader::Hdf5Reader(std::filesystem::path file) : implementation_(std::make_unique<Implementation>()) {
  silenceHdf5();
  implementation_->name = std::move(file);
  implementation_->file =
      Id(implementation_->check(H5Fopen(implementation_->name.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), ""),
         H5Fclose);
}

Hdf5Reader::~Hdf5Reader() = default;

bool Hdf5Reader::has(const std::string& path) const {
  // Every link on the way must be there, or H5Lexists itself fails.
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    if (H5Lexists(implementation_->file, part.c_str(), H5P_DEFAULT) <= 0) {
      H5Eclear2(H5E_DEFAULT);
      return false;
    }
    if (end == std::string::npos) return true;
  }
}

std::vector<std::string> Hdf5Reader::members(const std::string& group) const {
  const Id opened(implementation_->check(H5Gopen2(implementation_->file, group.c_str(), H5P_DEFAULT), group),
                  H5Gclose);
  std::vector<std::string> names;
  const H5L_iterate_t take = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
    static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  implementation_->check(H5Literate(opened, H5_INDEX_NAME, H5_ITER_INC, nullptr, take, &names), group);
  return names;
}

std::vector<std::size_t> Hdf5Reader::shape(const std::string& path) const {
  const Id dataset = implementation_->open(path);
  const Id space(implementation_->check(H5Dget_space(dataset), path), H5Sclose);
  std::vector<hsize_t> extent(
      static_cast<std::size_t>(implementation_->check(H5Sget_simple_extent_ndims(space), path)));
  implementation_->check(H5Sget_simple_extent_dims(space, extent.data(), nullptr), path);
  return {extent.begin(), extent.end()};
}

std::size_t Hdf5Reader::valueSize(const std::string& path) const {
  const Id dataset = implementation_->open(path);
  const Id type(implementation_->check(H5Dget_type(dataset), path), H5Tclose);
  return H5Tget_size(type);
}

std::vector<double> Hdf5Reader::read(const std::string& path) const {
  std::size_t count = 1;
  for (const std::size_t length : shape(path)) count *= length;
  std::vector<double> values(count);
  const Id dataset = implementation_->open(path);
  if (count > 0)
    implementation_->check(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
                           path);
  return values;
}

std::string Hdf5Reader::readText(const std::string& path) const {
  const Id dataset = implementation_->open(path);
  const Id type(implementation_->check(H5Dget_type(dataset), path), H5Tclose);
  std::string text(H5Tget_size(type), '\0');
  implementation_->check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()), path);
  while (!text.empty() && text.back() == '\0') text.pop_back();
  return text;
}

std::string Hdf5Reader::textAttribute(const std::string& path, const std::string& name) const {
  const Id object(implementation_->check(H5Oopen(implementation_->file, path.c_str(), H5P_DEFAULT), path),
                  H5Oclose);
  const Id attribute(implementation_->check(H5Aopen(object, name.c_str(), H5P_DEFAULT), path), H5Aclose);
  const Id type(implementation_->check(H5Aget_type(attribute), path), H5Tclose);
  std::string text(H5Tget_size(type), '\0');
  implementation_->check(H5Aread(attribute, type, text.data()), path);
  while (!text.empty() && text.back() == '\0') text.pop_back();
  return text;
}

}  // namespace aula::core
