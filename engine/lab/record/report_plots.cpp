// SPDX-License-Identifier: Apache-2.0
#include "lab/record/report_plots.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/units/quantity.h"

namespace aula::lab {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostPoints = 3000;  // Of a curve; a screen shows fewer columns.
constexpr std::size_t kMostRows = 8;       // Drawn as curves, one colour each.
constexpr std::size_t kMostPixels = 420;   // Of a map's side.
constexpr std::size_t kMostMapBytes = 6000000;

Json numberOrNull(double value) {
  // Six digits are more than a plot shows and half of what doubles would take.
  if (!std::isfinite(value)) return {};
  char text[32];
  std::snprintf(text, sizeof text, "%.7g", value);
  return std::strtod(text, nullptr);
}

/// Axes of one entry say where, not how a dataset looks: they go, and of more than two the slowest are fixed
/// at their last entry.
struct Flat {
  std::vector<const Axis*> axes;  ///< At most two with more than one entry.
  std::vector<double> values;
  std::string place;  ///< "at frequency = 5.64e14 Hz"
};

Flat flatten(const Dataset& dataset, const std::string& atText) {
  Flat flat{{}, dataset.values, {}};
  for (const Axis& axis : dataset.axes)
    if (axis.values.size() > 1) flat.axes.push_back(&axis);
  while (flat.axes.size() > 2) {
    const Axis& axis = *flat.axes.front();
    const std::size_t rest = flat.values.size() / axis.values.size();
    flat.values.erase(flat.values.begin(), flat.values.end() - static_cast<std::ptrdiff_t>(rest));
    if (!flat.place.empty()) flat.place += ", ";
    flat.place += fillIn(atText, {axis.name, core::prettyUnit(core::formatQuantity(axis.values.back(), axis.unit))});
    flat.axes.erase(flat.axes.begin());
  }
  return flat;
}

// Indices that keep the first, the last, and of each of a number of equal pieces the lowest and highest point
// of every row.
std::vector<std::size_t> thinnedIndices(const std::vector<double>& values, std::size_t length) {
  std::vector<std::size_t> indices;
  if (length <= kMostPoints) {
    for (std::size_t i = 0; i < length; ++i) indices.push_back(i);
    return indices;
  }
  const std::size_t rows = values.size() / length;
  const std::size_t pieces = std::max<std::size_t>(kMostPoints / (2 * rows), 100);
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    const std::size_t from = piece * length / pieces, to = (piece + 1) * length / pieces;
    for (std::size_t row = 0; row < rows; ++row) {
      const auto begin = values.begin() + static_cast<std::ptrdiff_t>(row * length);
      const auto [low, high] = std::minmax_element(begin + static_cast<std::ptrdiff_t>(from),
                                                   begin + static_cast<std::ptrdiff_t>(to));
      indices.push_back(static_cast<std::size_t>(low - begin));
      indices.push_back(static_cast<std::size_t>(high - begin));
    }
  }
  indices.push_back(0);
  indices.push_back(length - 1);
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  return indices;
}

Json curves(const Dataset& dataset, const Flat& flat) {
  const Axis& x = *flat.axes.back();
  const std::size_t length = x.values.size(), rows = flat.values.size() / length;
  const std::vector<std::size_t> indices = thinnedIndices(flat.values, length);
  // A curve is read from left to right.
  const bool isDescending = x.values.front() > x.values.back();
  Json xValues = Json::array();
  for (std::size_t k = 0; k < indices.size(); ++k)
    xValues.push_back(numberOrNull(x.values[indices[isDescending ? indices.size() - 1 - k : k]]));
  Json lines = Json::array();
  for (std::size_t row = 0; row < rows; ++row) {
    Json values = Json::array();
    for (std::size_t k = 0; k < indices.size(); ++k)
      values.push_back(
          numberOrNull(flat.values[row * length + indices[isDescending ? indices.size() - 1 - k : k]]));
    std::string name;
    if (rows > 1)
      name = flat.axes[0]->name + " = " +
             core::prettyUnit(core::formatQuantity(flat.axes[0]->values[row], flat.axes[0]->unit));
    lines.push_back(Json{{"name", name}, {"values", values}});
  }
  return Json{{"kind", "line"},
              {"label", dataset.label.empty() ? dataset.name : dataset.label},
              {"unit", dataset.unit},
              {"x", {{"name", x.name}, {"unit", x.unit}, {"values", xValues}}},
              {"lines", lines}};
}

Json map(const Dataset& dataset, const Flat& flat) {
  const Axis* slow = flat.axes[0];
  const Axis* fast = flat.axes[1];
  // Time runs to the right; lengths keep the order of their axes.
  const bool isTurned = slow->name == "time";
  const Axis& x = isTurned ? *slow : *fast;
  const Axis& y = isTurned ? *fast : *slow;
  const std::size_t countX = x.values.size(), countY = y.values.size();
  const std::size_t nx = std::min(countX, kMostPixels), ny = std::min(countY, kMostPixels);
  double lower = std::numeric_limits<double>::infinity(), upper = -lower;
  for (const double value : flat.values)
    if (std::isfinite(value)) {
      lower = std::min(lower, value);
      upper = std::max(upper, value);
    }
  if (!(lower <= upper)) lower = upper = 0;
  const bool isSigned = lower < 0 && upper > 0;
  if (isSigned) {
    upper = std::max(upper, -lower);
    lower = -upper;
  }
  const double span = upper > lower ? upper - lower : 1;
  std::vector<std::uint16_t> codes(nx * ny);
  for (std::size_t j = 0; j < ny; ++j)
    for (std::size_t i = 0; i < nx; ++i) {
      // The mean over the pixel's part of the lattice: thinning by picking would fold fine fringes into false
      // ones.
      double sum = 0;
      std::size_t count = 0;
      for (std::size_t jj = j * countY / ny; jj < (j + 1) * countY / ny; ++jj)
        for (std::size_t ii = i * countX / nx; ii < (i + 1) * countX / nx; ++ii, ++count)
          sum += flat.values[isTurned ? ii * countY + jj : jj * countX + ii];
      const double value = (sum / static_cast<double>(count) - lower) / span;
      const bool turnX = x.values.front() > x.values.back(), turnY = y.values.front() > y.values.back();
      const std::size_t at = (turnY ? ny - 1 - j : j) * nx + (turnX ? nx - 1 - i : i);
      codes[at] =
          static_cast<std::uint16_t>(std::isfinite(value) ? std::clamp(value, 0.0, 1.0) * 65535 + 0.5 : 0);
    }
  const auto axis = [](const Axis& a) {
    return Json{{"name", a.name},
                {"unit", a.unit},
                {"range",
                 {std::min(a.values.front(), a.values.back()), std::max(a.values.front(), a.values.back())}}};
  };
  return Json{{"kind", "map"},
              {"label", dataset.label.empty() ? dataset.name : dataset.label},
              {"unit", dataset.unit},
              {"x", axis(x)},
              {"y", axis(y)},
              {"nx", nx},
              {"ny", ny},
              {"lower", lower},
              {"upper", upper},
              {"scale", isSigned ? "diverging" : "sequential"},
              {"data", base64(codes.data(), codes.size() * sizeof codes[0])}};
}

}  // namespace

std::string base64(const void* bytes, std::size_t count) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto* input = static_cast<const unsigned char*>(bytes);
  std::string text;
  text.reserve((count + 2) / 3 * 4);
  for (std::size_t i = 0; i < count; i += 3) {
    const std::uint32_t group = (std::uint32_t{input[i]} << 16) |
                                (i + 1 < count ? std::uint32_t{input[i + 1]} << 8 : 0) |
                                (i + 2 < count ? std::uint32_t{input[i + 2]} : 0);
    text += kDigits[group >> 18];
    text += kDigits[(group >> 12) & 63];
    text += i + 1 < count ? kDigits[(group >> 6) & 63] : '=';
    text += i + 2 < count ? kDigits[group & 63] : '=';
  }
  return text;
}

std::string fillIn(std::string text, const std::vector<std::string>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string mark = "{" + std::to_string(i) + "}";
    const std::size_t at = text.find(mark);
    if (at != std::string::npos) text.replace(at, mark.size(), values[i]);
  }
  return text;
}

ReportPlots makeReportPlots(const InstrumentData& data, const std::string& atText) {
  ReportPlots result;
  std::size_t mapBytes = 0;
  for (const auto& [instrument, datasets] : data)
    for (const Dataset& dataset : datasets) {
      const Flat flat = flatten(dataset, atText);
      if (flat.values.empty() || flat.axes.empty()) {
        // A single number stands among the measurements, if it matters.
        result.leftOut.push_back(instrument + "/" + dataset.name);
        continue;
      }
      const bool isMap = flat.axes.size() == 2 && flat.axes[0]->values.size() > kMostRows;
      if (isMap && mapBytes > kMostMapBytes) {
        result.leftOut.push_back(instrument + "/" + dataset.name);
        continue;
      }
      Json plot = isMap ? map(dataset, flat) : curves(dataset, flat);
      if (isMap) mapBytes += plot["data"].get_ref<const std::string&>().size();
      std::string title = instrument + ": " + (dataset.label.empty() ? dataset.name : dataset.label);
      if (!flat.place.empty()) title += " (" + flat.place + ")";
      plot["title"] = title;
      result.plots.push_back(std::move(plot));
    }
  return result;
}

}  // namespace aula::lab
