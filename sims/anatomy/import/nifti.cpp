// SPDX-License-Identifier: Apache-2.0
#include "anatomy/import/nifti.h"

#include <nifti2_io.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"
#include "scene/import/isolated.h"
#include "scene/import/tidy.h"

namespace aula::anatomy {

namespace {

constexpr int kLongestSide = 4096;
/// Beyond this a tilt is worth a word, degrees.
constexpr double kTilt = 1;
/// What a share of the values at either end may lie outside of the first window.
constexpr double kOutside = 0.02;

struct FreeImage {
  void operator()(nifti_image* image) const { nifti_image_free(image); }
};
using Image = std::unique_ptr<nifti_image, FreeImage>;

struct Bricks {
  nifti_brick_list list{};
  Bricks() = default;
  Bricks(const Bricks&) = delete;
  Bricks& operator=(const Bricks&) = delete;
  ~Bricks() {
    if (list.bricks != nullptr) nifti_free_NBL(&list);
  }
};

template <class T>
void convert(const void* from, std::vector<float>& to) {
  const auto* bytes = static_cast<const unsigned char*>(from);
  for (std::size_t i = 0; i < to.size(); ++i) {
    T value;
    std::memcpy(&value, bytes + i * sizeof(T), sizeof(T));
    to[i] = static_cast<float>(value);
  }
}

/// Numbers of a type that can be shown as a field; others (colours, complex numbers) cannot.
using Converter = void (*)(const void*, std::vector<float>&);
Converter converterOf(int type) {
  switch (type) {
    case DT_UINT8:
      return convert<std::uint8_t>;
    case DT_INT8:
      return convert<std::int8_t>;
    case DT_INT16:
      return convert<std::int16_t>;
    case DT_UINT16:
      return convert<std::uint16_t>;
    case DT_INT32:
      return convert<std::int32_t>;
    case DT_UINT32:
      return convert<std::uint32_t>;
    case DT_INT64:
      return convert<std::int64_t>;
    case DT_UINT64:
      return convert<std::uint64_t>;
    case DT_FLOAT32:
      return convert<float>;
    case DT_FLOAT64:
      return convert<double>;
    default:
      return nullptr;
  }
}

/// What the header says before the library believes it: kind, and sizes that fit.
void checkHeader(const std::filesystem::path& path, const std::string& subject) {
  znzFile file = znzopen(path.c_str(), "rb", 1);
  std::array<unsigned char, 540> header{};
  std::size_t got = 0;
  if (file != nullptr) {
    got = znzread(header.data(), 1, header.size(), file);
    znzclose(file);
  }
  const auto refuse = [&](const std::string& why) {
    throw core::inputError("Cannot read " + subject + ": " + why);
  };
  if (got < 348) refuse("it is shorter than a NIfTI header (348 bytes)");
  const auto sizeIs = [&](std::uint32_t size) {
    const std::array<unsigned char, 4> little{static_cast<unsigned char>(size & 255U),
                                              static_cast<unsigned char>(size >> 8U), 0, 0};
    return std::equal(little.begin(), little.end(), header.begin()) ||
           std::equal(little.rbegin(), little.rend(), header.begin());
  };
  const bool isFirst = sizeIs(348), isSecond = sizeIs(540);
  const auto magicIs = [&](std::size_t at, const char* magic) {
    return std::memcmp(header.data() + at, magic, 3) == 0;
  };
  if (isFirst && magicIs(344, "ni1"))
    refuse("its data lie in another file (.hdr and .img); a single .nii or .nii.gz is needed");
  if (!(isFirst && magicIs(344, "n+1")) && !(isSecond && magicIs(4, "n+2")))
    refuse("it is no NIfTI volume (neither \"n+1\" nor \"n+2\" stands in its header)");
}

/// Where a file's axes point.
struct Placement {
  std::array<int, 3> axis{0, 1, 2};  ///< Of the body: along which axis of the file.
  std::array<bool, 3> isReversed{};  ///< The file counts the other way.
  core::Vec3 origin, spacing;        ///< m
  double tilt = 0;                   ///< Degrees, largest of an axis.
};

Placement placementOf(const nifti_image& image, double metres) {
  const nifti_dmat44* matrix = image.sform_code > 0   ? &image.sto_xyz
                               : image.qform_code > 0 ? &image.qto_xyz
                                                      : nullptr;
  Placement place;
  std::array<core::Vec3, 3> way{};
  core::Vec3 corner{};
  if (matrix != nullptr) {
    for (int i = 0; i < 3; ++i) way[std::size_t(i)] = {matrix->m[0][i], matrix->m[1][i], matrix->m[2][i]};
    corner = {matrix->m[0][3], matrix->m[1][3], matrix->m[2][3]};
  }
  const std::array<double, 3> pitch{std::abs(image.dx), std::abs(image.dy), std::abs(image.dz)};
  bool isSound = matrix != nullptr;
  for (const core::Vec3& v : way) isSound = isSound && std::isfinite(length(v)) && length(v) > 0;
  if (!isSound)
    for (int i = 0; i < 3; ++i) {
      way[std::size_t(i)] = {};
      way[std::size_t(i)][i] =
          pitch[std::size_t(i)] > 0 && std::isfinite(pitch[std::size_t(i)]) ? pitch[std::size_t(i)] : 1;
      corner = {};
    }
  // Of the six ways to give each of the file's axes one of the body's the one that turns least.
  std::array<int, 3> order{0, 1, 2}, best = order;
  double most = -1;
  do {
    double sum = 0;
    for (int body = 0; body < 3; ++body) {
      const core::Vec3& v = way[std::size_t(order[std::size_t(body)])];
      sum += std::abs(v[body]) / length(v);
    }
    if (sum > most) most = sum, best = order;
  } while (std::next_permutation(order.begin(), order.end()));
  const std::array<double, 3> size{double(image.nx), double(image.ny), double(image.nz)};
  place.axis = best;
  for (int body = 0; body < 3; ++body) {
    const auto along = std::size_t(best[std::size_t(body)]);
    const core::Vec3& v = way[along];
    place.isReversed[std::size_t(body)] = v[body] < 0;
    place.spacing[body] = metres * length(v);
    place.tilt = std::max(place.tilt,
                          std::acos(std::min(1.0, std::abs(v[body]) / length(v))) * 180 / 3.14159265358979);
  }
  // The file's own corner goes to where the body's count begins.
  core::Vec3 first = corner;
  for (int body = 0; body < 3; ++body) {
    const auto along = std::size_t(best[std::size_t(body)]);
    if (place.isReversed[std::size_t(body)]) first = first + (size[along] - 1) * way[along];
  }
  place.origin = metres * first;
  return place;
}

double metresOf(int unit, std::vector<std::string>& warnings) {
  switch (unit) {
    case NIFTI_UNITS_METER:
      return 1;
    case NIFTI_UNITS_MICRON:
      return 1e-6;
    case NIFTI_UNITS_MM:
      return 1e-3;
    default:
      warnings.emplace_back("the file does not say its unit of length; millimetres are taken");
      return 1e-3;
  }
}

Scan readHere(const std::filesystem::path& path, const ScanLimits& limits, const std::string& subject) {
  const auto refuse = [&](const std::string& why) -> void {
    throw core::inputError("Cannot read " + subject + ": " + why);
  };
  checkHeader(path, subject);
  // What the library would print, nobody could place.
  nifti_set_debug_level(0);
  const Image image(nifti_image_read(path.c_str(), 0));
  if (!image) refuse("its header contradicts itself");
  const std::array<std::int64_t, 3> size{image->nx, image->ny, image->nz};
  for (const std::int64_t n : size)
    if (n < 2 || n > kLongestSide)
      refuse("it has " + std::to_string(image->nx) + " x " + std::to_string(image->ny) + " x " +
             std::to_string(image->nz) + " voxels; 2 to " + std::to_string(kLongestSide) +
             " along each axis are possible");
  const auto count = std::size_t(size[0]) * std::size_t(size[1]) * std::size_t(size[2]);
  if (count > limits.voxels)
    refuse("it has " + std::to_string(count) + " voxels; at most " + std::to_string(limits.voxels) +
           " are possible. Crop it or take every second one");
  const Converter converter = converterOf(image->datatype);
  if (converter == nullptr)
    refuse("its voxels are of the type " + std::string(nifti_datatype_string(image->datatype)) +
           "; whole and real numbers are possible");
  Scan scan;
  const double metres = metresOf(image->xyz_units, scan.warnings);
  Bricks bricks;
  const std::int64_t first = 0;
  if (nifti_image_load_bricks(image.get(), 1, &first, &bricks.list) != 1 || bricks.list.nbricks < 1 ||
      bricks.list.bsize != std::int64_t(count) * image->nbyper)
    refuse("its data end early: " + std::to_string(count) + " voxels were promised");
  if (image->nvox > std::int64_t(count))
    scan.warnings.push_back("the file is a series of volumes; the first one is shown");

  std::vector<float> raw(count);
  converter(bricks.list.bricks[0], raw);
  const bool isScaled =
      image->scl_slope != 0 && std::isfinite(image->scl_slope) && std::isfinite(image->scl_inter);
  if (isScaled && (image->scl_slope != 1 || image->scl_inter != 0))
    for (float& v : raw) v = static_cast<float>(image->scl_slope * double(v) + image->scl_inter);

  const Placement place = placementOf(*image, metres);
  if (place.tilt > kTilt)
    scan.warnings.push_back("the volume is tilted by " + core::formatIn(std::round(place.tilt), "1") +
                            " degrees against the body's axes; it is shown along the nearest ones");
  scan.origin = place.origin;
  scan.spacing = place.spacing;
  for (const double d : {scan.spacing.x, scan.spacing.y, scan.spacing.z})
    if (!(d > 1e-9 && d < 10)) refuse("its voxels are " + core::formatIn(d, "mm") + " wide; that cannot be");
  for (const double p : {scan.origin.x, scan.origin.y, scan.origin.z})
    if (!(std::abs(p) < 1000)) refuse("it lies " + core::formatIn(p, "m") + " off; that cannot be");
  const std::array<std::size_t, 3> stride{1, std::size_t(size[0]),
                                          std::size_t(size[0]) * std::size_t(size[1])};
  std::array<int, 3> shape{};
  for (std::size_t body = 0; body < 3; ++body) shape[body] = int(size[std::size_t(place.axis[body])]);
  scan.nx = shape[0], scan.ny = shape[1], scan.nz = shape[2];
  std::vector<float> values(count);
  std::size_t to = 0;
  const auto offset = [&](std::size_t body, int at) {
    return stride[std::size_t(place.axis[body])] *
           std::size_t(place.isReversed[body] ? shape[body] - 1 - at : at);
  };
  for (int k = 0; k < scan.nz; ++k)
    for (int j = 0; j < scan.ny; ++j) {
      const std::size_t row = offset(2, k) + offset(1, j);
      for (int i = 0; i < scan.nx; ++i) values[to++] = raw[row + offset(0, i)];
    }

  std::vector<float> finite;
  finite.reserve(count);
  for (const float v : values)
    if (std::isfinite(v)) finite.push_back(v);
  if (finite.empty()) refuse("none of its values is a number");
  const auto [lowest, highest] = std::minmax_element(finite.begin(), finite.end());
  scan.lowest = double(*lowest), scan.highest = double(*highest);
  if (finite.size() < count) {
    scan.warnings.push_back(std::to_string(count - finite.size()) +
                            " values are no numbers; the lowest stands in their place");
    for (float& v : values)
      if (!std::isfinite(v)) v = static_cast<float>(scan.lowest);
  }
  const auto rank = [&](double share) {
    const auto at = finite.begin() + std::ptrdiff_t(share * double(finite.size() - 1));
    std::nth_element(finite.begin(), at, finite.end());
    return double(*at);
  };
  scan.low = rank(kOutside), scan.high = rank(1 - kOutside);
  if (!(scan.high > scan.low)) scan.low = scan.lowest, scan.high = scan.highest;
  scan.values = std::make_shared<const std::vector<float>>(std::move(values));
  scan.description = scene::cleanText(std::string(image->descrip, strnlen(image->descrip, 80)), 80);
  return scan;
}

// ---- The way from the child process: plain numbers, checked again on arrival.

template <class T>
void put(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof(T));
}
void put(std::string& bytes, const std::string& text) {
  put(bytes, std::uint64_t(text.size()));
  bytes += text;
}

std::string toBytes(const Scan& scan) {
  std::string bytes;
  for (const int n : {scan.nx, scan.ny, scan.nz}) put(bytes, n);
  put(bytes, scan.origin);
  put(bytes, scan.spacing);
  for (const double v : {scan.lowest, scan.highest, scan.low, scan.high}) put(bytes, v);
  put(bytes, scan.description);
  put(bytes, std::uint64_t(scan.warnings.size()));
  for (const std::string& warning : scan.warnings) put(bytes, warning);
  bytes.append(reinterpret_cast<const char*>(scan.values->data()), scan.values->size() * sizeof(float));
  return bytes;
}

struct Reader {
  std::span<const char> left;
  const char* take(std::size_t count) {
    if (count > left.size()) throw core::inputError("What the reader of a volume handed over is incomplete.");
    const char* from = left.data();
    left = left.subspan(count);
    return from;
  }
  template <class T>
  T value() {
    T made;
    std::memcpy(&made, take(sizeof(T)), sizeof(T));
    return made;
  }
  std::string text() {
    const auto size = std::size_t(value<std::uint64_t>());
    return {take(size), size};
  }
};

Scan fromBytes(const std::string& bytes) {
  Reader reader{bytes};
  Scan scan;
  for (int* n : {&scan.nx, &scan.ny, &scan.nz}) *n = std::clamp(reader.value<int>(), 0, kLongestSide);
  scan.origin = reader.value<core::Vec3>();
  scan.spacing = reader.value<core::Vec3>();
  for (double* v : {&scan.lowest, &scan.highest, &scan.low, &scan.high}) *v = reader.value<double>();
  scan.description = reader.text();
  for (auto count = reader.value<std::uint64_t>(); count > 0; --count) scan.warnings.push_back(reader.text());
  std::vector<float> values(std::size_t(scan.nx) * std::size_t(scan.ny) * std::size_t(scan.nz));
  std::memcpy(values.data(), reader.take(values.size() * sizeof(float)), values.size() * sizeof(float));
  scan.values = std::make_shared<const std::vector<float>>(std::move(values));
  return scan;
}

}  // namespace

Scan readScan(const std::filesystem::path& path, const ScanLimits& limits) {
  const std::string subject = "the volume \"" + path.string() + "\"";
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem))
    throw core::inputError("Cannot read " + subject + ": there is no such file.");
  if (std::filesystem::file_size(path, problem) > limits.fileBytes || problem)
    throw core::inputError("Cannot read " + subject + ": it is larger than " +
                           std::to_string(limits.fileBytes >> 20U) + " MiB.");
  if (!limits.isIsolated) return readHere(path, limits, subject);
  return fromBytes(scene::runIsolated([&] { return toBytes(readHere(path, limits, subject)); }, subject,
                                      limits.memoryBytes, limits.seconds));
}

}  // namespace aula::anatomy
