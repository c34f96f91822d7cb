// SPDX-License-Identifier: Apache-2.0
#include <hdf5.h>

#include <array>
#include <utility>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "molecular/analysis/trajectory.h"

namespace aula::molecular {

namespace {

/// A handle of HDF5 that closes itself.
class Handle {
 public:
  Handle(hid_t id, herr_t (*close)(hid_t), const char* what) : id_(id), close_(close) {
    if (id < 0) throw core::Error(std::string("HDF5 could not make ") + what);
  }
  ~Handle() { close_(id_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  operator hid_t() const { return id_; }  // NOLINT: every call of HDF5 takes one.

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

void check(herr_t status, const char* what) {
  if (status < 0) throw core::Error(std::string("HDF5 could not write ") + what);
}

Handle makeGroup(hid_t parent, const char* name) {
  return {H5Gcreate2(parent, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose, name};
}

Handle textType(std::size_t size) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "a text type");
  check(H5Tset_size(type, size), "a text");
  check(H5Tset_cset(type, H5T_CSET_UTF8), "a text");
  return {H5Tcopy(type), H5Tclose, "a text type"};
}

void attribute(hid_t object, const char* name, const std::string& text) {
  const Handle type = textType(std::max<std::size_t>(1, text.size()));
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose, "a dataspace");
  const Handle to(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, name);
  check(H5Awrite(to, type, text.empty() ? "\0" : text.data()), name);
}

void attribute(hid_t object, const char* name, hid_t type, const void* values, hsize_t count) {
  const Handle space(count == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr), H5Sclose,
                     "a dataspace");
  const Handle to(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, name);
  check(H5Awrite(to, type, values), name);
}

/// "none" along each axis, or "periodic".
void boundary(hid_t box, bool isPeriodic) {
  constexpr hsize_t kAxes = 3;
  const Handle type = textType(8);
  const Handle space(H5Screate_simple(1, &kAxes, nullptr), H5Sclose, "a dataspace");
  const Handle to(H5Acreate2(box, "boundary", type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, "boundary");
  const std::string one = isPeriodic ? "periodic" : std::string("none\0\0\0\0", 8);
  const std::string all = one + one + one;
  check(H5Awrite(to, type, all.data()), "boundary");
}

struct Shape {
  std::vector<hsize_t> sizes;
  bool isCompressed = false;
};

void dataset(hid_t parent, const char* name, hid_t stored, hid_t given, const void* values,
             const Shape& shape, const char* unit = nullptr) {
  const Handle space(H5Screate_simple(static_cast<int>(shape.sizes.size()), shape.sizes.data(), nullptr),
                     H5Sclose, "a dataspace");
  const Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "properties");
  bool isEmpty = false;
  for (const hsize_t size : shape.sizes) isEmpty = isEmpty || size == 0;
  if (shape.isCompressed && !isEmpty) {
    std::vector<hsize_t> chunk = shape.sizes;
    chunk[0] = 1;
    check(H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), name);
    check(H5Pset_shuffle(properties), name);
    check(H5Pset_deflate(properties, 4), name);
  }
  const Handle to(H5Dcreate2(parent, name, stored, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose,
                  name);
  if (!isEmpty) check(H5Dwrite(to, given, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), name);
  if (unit != nullptr) attribute(to, "unit", std::string(unit));
}

/// An element of H5MD: step, time and value side by side.
void element(hid_t parent, const char* name, const Trajectory& trajectory, hid_t type, const void* values,
             std::vector<hsize_t> shape, const char* unit) {
  const Handle group = makeGroup(parent, name);
  const hsize_t frames = trajectory.frames();
  std::vector<double> times;
  for (const std::int64_t step : trajectory.steps) times.push_back(double(step) * trajectory.timeStep);
  dataset(group, "step", H5T_STD_I64LE, H5T_NATIVE_INT64, trajectory.steps.data(), {{frames}, false});
  dataset(group, "time", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, times.data(), {{frames}, false}, "ps");
  shape.insert(shape.begin(), frames);
  dataset(group, "value", type == H5T_NATIVE_FLOAT ? H5T_IEEE_F32LE : H5T_IEEE_F64LE, type, values,
          {shape, true}, unit);
}

}  // namespace

void writeH5md(const std::filesystem::path& file, const Trajectory& trajectory,
               const std::vector<TrajectoryAtom>& atoms, const std::string& author,
               const std::string& creator) {
  // In memory first: HDF5 cannot close a file cleanly once its disk is full.
  std::string image;
  {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "properties");
    constexpr std::size_t kIncrement = 1 << 20;
    check(H5Pset_fapl_core(access, kIncrement, 0), file.string().c_str());
    const Handle root(H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access), H5Fclose,
                      file.string().c_str());
    {
      const Handle head = makeGroup(root, "h5md");
      constexpr std::array<int, 2> kVersion{1, 1};
      attribute(head, "version", H5T_NATIVE_INT, kVersion.data(), 2);
      const Handle by = makeGroup(head, "author");
      attribute(by, "name", author);
      const Handle with = makeGroup(head, "creator");
      attribute(with, "name", std::string("Aula"));
      attribute(with, "version", creator);
      const Handle modules = makeGroup(head, "modules");
      const Handle units = makeGroup(modules, "units");
      constexpr std::array<int, 2> kUnits{1, 0};
      attribute(units, "version", H5T_NATIVE_INT, kUnits.data(), 2);
      attribute(units, "system", std::string("SI"));
    }
    const Handle particles = makeGroup(root, "particles");
    const Handle all = makeGroup(particles, "all");
    const Handle box = makeGroup(all, "box");
    constexpr int kDimensions = 3;
    attribute(box, "dimension", H5T_NATIVE_INT, &kDimensions, 0);
    const bool isPeriodic = !trajectory.boxes.empty() && trajectory.boxes[0] > 0;
    boundary(box, isPeriodic);
    if (isPeriodic)
      element(box, "edges", trajectory, H5T_NATIVE_DOUBLE, trajectory.boxes.data(), {3, 3}, "nm");
    const auto count = static_cast<hsize_t>(trajectory.atoms);
    element(all, "position", trajectory, H5T_NATIVE_FLOAT, trajectory.positions.data(), {count, 3}, "nm");
    std::vector<int> species, residues;
    std::vector<double> masses, charges;
    for (const TrajectoryAtom& atom : atoms) {
      species.push_back(atom.element);
      residues.push_back(atom.residueNumber);
      masses.push_back(atom.mass);
      charges.push_back(atom.charge);
    }
    dataset(all, "species", H5T_STD_I32LE, H5T_NATIVE_INT, species.data(), {{count}, false});
    dataset(all, "residue", H5T_STD_I32LE, H5T_NATIVE_INT, residues.data(), {{count}, false});
    dataset(all, "mass", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, masses.data(), {{count}, false}, "u");
    dataset(all, "charge", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, charges.data(), {{count}, false}, "e");
    check(H5Fflush(root, H5F_SCOPE_GLOBAL), file.string().c_str());
    const ssize_t size = H5Fget_file_image(root, nullptr, 0);
    if (size < 0) throw core::Error("HDF5 could not write " + file.string());
    image.resize(static_cast<std::size_t>(size));
    if (H5Fget_file_image(root, image.data(), image.size()) < 0)
      throw core::Error("HDF5 could not write " + file.string());
  }
  core::writeFile(file, image);
}

}  // namespace aula::molecular
