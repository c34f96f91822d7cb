// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/chart.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>

#include "core/units/quantity.h"
#include "render/layout/quantity_text.h"

namespace aula::desktop {
namespace {

double largestOf(const std::vector<double>& values) {
  double largest = 0;
  for (const double v : values)
    if (std::isfinite(v)) largest = std::max(largest, std::abs(v));
  return largest;
}

std::vector<double> scaled(const std::vector<double>& values, double factor) {
  std::vector<double> result(values);
  for (double& v : result) v *= factor;
  return result;
}

std::string capitalised(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  // A coordinate's letter stays small.
  if (text.size() > 1) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

/// A dataset with only the axes left that have several entries, two at most.
struct Cut {
  std::vector<lab::Axis> axes;
  std::vector<double> values;
  std::string place;  ///< "x = 3 µm" for what was fixed among several.
};

Cut cutOf(const lab::Dataset& dataset) {
  Cut cut;
  std::vector<std::size_t> several;
  for (std::size_t i = 0; i < dataset.axes.size(); ++i)
    if (dataset.axes[i].values.size() > 1) several.push_back(i);
  const std::size_t fixed = several.size() > 2 ? several.size() - 2 : 0;
  std::size_t offset = 0, length = dataset.values.size();
  std::size_t next = 0;
  for (std::size_t i = 0; i < dataset.axes.size() && length > 0; ++i) {
    const lab::Axis& axis = dataset.axes[i];
    if (axis.values.empty()) return {};
    const bool isSeveral = next < several.size() && several[next] == i;
    if (isSeveral && next >= fixed) break;
    length /= axis.values.size();
    if (!isSeveral) continue;
    const std::size_t middle = axis.values.size() / 2;
    offset += middle * length;
    cut.place += (cut.place.empty() ? "" : ", ") + axis.name + " = " +
                 core::prettyUnit(core::formatQuantity(axis.values[middle], axis.unit));
    ++next;
  }
  for (std::size_t i = fixed; i < several.size(); ++i) cut.axes.push_back(dataset.axes[several[i]]);
  std::size_t count = 1;
  for (const lab::Axis& axis : cut.axes) count *= axis.values.size();
  if (offset + count > dataset.values.size()) return {};
  const auto begin = dataset.values.begin() + static_cast<std::ptrdiff_t>(offset);
  cut.values.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
  return cut;
}

struct Scaled {
  double factor = 1;
  std::string unit, label;
};

Scaled scaledAxis(const std::string& name, const std::string& unit, double largest) {
  const render::UnitText text = render::unitText(unit, largest);
  return {text.scale(), text.unit, render::nameWithUnit(capitalised(name), text.unit)};
}

const std::string& nameOf(const lab::Dataset& dataset) {
  return dataset.label.empty() ? dataset.name : dataset.label;
}

/// A chart of this instrument, from `first` on, that a curve of this key may join.
Chart* chartToJoin(std::vector<Chart>& charts, std::size_t first, const std::vector<std::string>& keys,
                   const std::string& key) {
  for (std::size_t i = first; i < charts.size(); ++i)
    if (keys[i] == key && charts[i].curves.size() < 6) return &charts[i];
  return nullptr;
}

std::string number(double value) {
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.10g", value);
  return buffer.data();
}

std::string quotedField(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? std::string("\"\"") : std::string(1, c);
  return field + "\"";
}

}  // namespace

std::vector<Chart> chartsOf(const lab::InstrumentData& data) {
  std::vector<Chart> charts;
  std::vector<std::string> keys;  // What a curve must share to join a chart.
  for (const auto& [instrument, datasets] : data) {
    const std::size_t first = charts.size();
    // Curves of one chart have one scale: that of the largest.
    std::vector<std::pair<std::string, double>> largest;
    for (const lab::Dataset& dataset : datasets) {
      auto known =
          std::find_if(largest.begin(), largest.end(), [&](auto& l) { return l.first == dataset.unit; });
      if (known == largest.end()) known = largest.insert(largest.end(), {dataset.unit, 0.0});
      known->second = std::max(known->second, largestOf(dataset.values));
    }
    for (const lab::Dataset& dataset : datasets) {
      const Cut cut = cutOf(dataset);
      Chart chart;
      chart.id = instrument + "/" + dataset.name;
      chart.instrument = instrument;
      chart.title = capitalised(nameOf(dataset)) + (cut.place.empty() ? "" : " (" + cut.place + ")");
      if (cut.axes.empty()) {
        if (cut.values.empty()) continue;
        chart.number = core::prettyUnit(core::formatQuantity(cut.values[0], dataset.unit));
        keys.emplace_back();
        charts.push_back(std::move(chart));
        continue;
      }
      const double top = std::find_if(largest.begin(), largest.end(), [&](auto& l) {
                           return l.first == dataset.unit;
                         })->second;
      const Scaled value = scaledAxis(nameOf(dataset), dataset.unit, top);
      if (cut.axes.size() == 1) {
        const lab::Axis& axis = cut.axes[0];
        const Scaled x = scaledAxis(axis.name, axis.unit, largestOf(axis.values));
        const std::string key = axis.name + "\n" + axis.unit + "\n" + dataset.unit + "\n" + cut.place;
        Curve curve{capitalised(nameOf(dataset)), scaled(axis.values, x.factor),
                    scaled(cut.values, value.factor)};
        if (Chart* shared = chartToJoin(charts, first, keys, key)) {
          shared->curves.push_back(std::move(curve));
          shared->title = capitalised(instrument);
          shared->yLabel = value.unit;
          continue;
        }
        chart.xLabel = x.label;
        chart.xUnit = x.unit;
        chart.yLabel = value.label;
        chart.yUnit = value.unit;
        chart.curves.push_back(std::move(curve));
        keys.push_back(key);
      } else {
        // The faster axis lies along x, unless the slower one is called x: maps look as the lab does.
        const bool isTurned = cut.axes[0].name == "x" && cut.axes[1].name != "x";
        const lab::Axis &across = cut.axes[isTurned ? 0 : 1], &up = cut.axes[isTurned ? 1 : 0];
        const Scaled x = scaledAxis(across.name, across.unit, largestOf(across.values)),
                     y = scaledAxis(up.name, up.unit, largestOf(up.values));
        chart.isMap = true;
        chart.xLabel = x.label;
        chart.xUnit = x.unit;
        chart.yLabel = y.label;
        chart.yUnit = y.unit;
        chart.valueLabel = value.label;
        chart.valueUnit = value.unit;
        chart.grid.x = scaled(across.values, x.factor);
        chart.grid.y = scaled(up.values, y.factor);
        const std::size_t nx = across.values.size(), ny = up.values.size();
        chart.grid.values.resize(nx * ny);
        for (std::size_t j = 0; j < ny; ++j)
          for (std::size_t i = 0; i < nx; ++i)
            chart.grid.values[j * nx + i] =
                static_cast<float>(value.factor * cut.values[isTurned ? i * ny + j : j * nx + i]);
        keys.emplace_back();
      }
      charts.push_back(std::move(chart));
    }
  }
  return charts;
}

void tellSigns(std::vector<Chart>& charts, const scene::Frame& frame) {
  for (Chart& chart : charts)
    for (const scene::View& any : frame.views)
      if (const auto* view = std::get_if<scene::VolumeView>(&any);
          view && chart.isMap && view->name == chart.instrument)
        chart.isSigned = chart.isSigned || view->scale == scene::ColourScale::diverging;
}

std::string csvOf(const Chart& chart) {
  std::string text;
  if (chart.isMap) {
    text = quotedField(chart.xLabel) + "," + quotedField(chart.yLabel) + "," + quotedField(chart.valueLabel) +
           "\r\n";
    for (std::size_t j = 0; j < chart.grid.y.size(); ++j)
      for (std::size_t i = 0; i < chart.grid.x.size(); ++i)
        text += number(chart.grid.x[i]) + "," + number(chart.grid.y[j]) + "," +
                number(double(chart.grid.values[j * chart.grid.x.size() + i])) + "\r\n";
    return text;
  }
  if (chart.curves.empty()) return quotedField(chart.title) + "\r\n" + quotedField(chart.number) + "\r\n";
  const bool isShared = std::all_of(chart.curves.begin(), chart.curves.end(),
                                    [&](const Curve& c) { return c.x == chart.curves[0].x; });
  const auto heading = [&](const Curve& curve) {
    return quotedField(render::nameWithUnit(curve.name, chart.yUnit));
  };
  if (isShared) {
    text = quotedField(chart.xLabel);
    for (const Curve& curve : chart.curves) text += "," + heading(curve);
    text += "\r\n";
    for (std::size_t i = 0; i < chart.curves[0].x.size(); ++i) {
      text += number(chart.curves[0].x[i]);
      for (const Curve& curve : chart.curves) text += "," + number(curve.y[i]);
      text += "\r\n";
    }
    return text;
  }
  for (const Curve& curve : chart.curves) {
    text += quotedField(chart.xLabel) + "," + heading(curve) + "\r\n";
    for (std::size_t i = 0; i < curve.x.size(); ++i)
      text += number(curve.x[i]) + "," + number(curve.y[i]) + "\r\n";
  }
  return text;
}

}  // namespace aula::desktop
