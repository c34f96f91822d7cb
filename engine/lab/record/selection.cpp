// SPDX-License-Identifier: Apache-2.0
#include "lab/record/selection.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"

namespace aula::lab {

namespace {

const Dataset& findDataset(const InstrumentData& data, const std::string& instrument,
                           const std::string& name) {
  for (const auto& [known, datasets] : data) {
    if (known != instrument) continue;
    for (const Dataset& dataset : datasets)
      if (dataset.name == name) return dataset;
  }
  throw core::Error("there are no data \"" + name + "\" of \"" + instrument + "\"");
}

/// Entry `lower` with weight 1 - fraction and the next one with weight fraction.
struct Place {
  std::size_t lower = 0;
  double fraction = 0;
};

Place placeOn(const Axis& axis, double coordinate) {
  const auto& values = axis.values;
  const bool isDescending = values.size() > 1 && values.back() < values.front();
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    const double low = isDescending ? values[i + 1] : values[i],
                 high = isDescending ? values[i] : values[i + 1];
    if (coordinate >= low && coordinate <= high)
      return {i, (coordinate - values[i]) / (values[i + 1] - values[i])};
  }
  if (values.size() == 1 && values[0] == coordinate) return {};
  std::string reach = "the axis is empty";
  if (!values.empty())
    reach = "it reaches from " + core::formatQuantity(values.front(), axis.unit) + " to " +
            core::formatQuantity(values.back(), axis.unit);
  // A slice's one coordinate is where the grid has a plane, near the one asked for but hardly ever on it.
  if (values.size() == 1) return {};
  throw core::Error(core::formatQuantity(coordinate, axis.unit) + " lies outside the axis " + axis.name +
                    "; " + reach);
}

std::vector<double> quotient(const Dataset& above, const Dataset& below) {
  bool isSame = above.axes.size() == below.axes.size();
  for (std::size_t i = 0; isSame && i < above.axes.size(); ++i)
    isSame = above.axes[i].values == below.axes[i].values;
  if (!isSame)
    throw core::Error("\"" + above.name + "\" cannot be divided by \"" + below.name +
                      "\": their axes differ");
  std::vector<double> values(above.values.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = above.values[i] / below.values[i];
  return values;
}

}  // namespace

Series select(const InstrumentData& data, const Selection& selection) {
  const Dataset& dataset = findDataset(data, selection.instrument, selection.dataset);
  std::vector<double> values = dataset.values;
  if (!selection.divisorInstrument.empty())
    values = quotient(dataset, findDataset(data, selection.divisorInstrument, selection.divisorDataset));

  // Fold one axis after the other, the slowest first: before, `values` is [done][axis][rest].
  std::size_t kept = 1;
  Series series;
  for (const Axis& axis : dataset.axes) {
    const std::size_t length = axis.values.size();
    if (length == 0) throw core::Error("\"" + dataset.name + "\" holds no values yet");
    if (axis.name == selection.along) {
      series.x = axis.values;
      kept = length;
      continue;
    }
    Place place;
    const auto fixed = selection.at.find(axis.name);
    if (fixed != selection.at.end()) {
      place = placeOn(axis, fixed->second);
    } else if (length > 1) {
      throw core::Error("the axis " + axis.name + " has " + std::to_string(length) +
                        " entries: fix it in \"at\" of the measurement");
    }
    const std::size_t rest = values.size() / (kept * length);
    std::vector<double> folded(kept * rest);
    for (std::size_t k = 0; k < kept; ++k)
      for (std::size_t r = 0; r < rest; ++r) {
        const double* column = &values[k * length * rest + r];
        double value = column[place.lower * rest];
        if (place.fraction > 0) value += place.fraction * (column[(place.lower + 1) * rest] - value);
        folded[k * rest + r] = value;
      }
    values = std::move(folded);
  }
  if (selection.along.empty()) series.x.assign(values.size(), 0);
  series.y = std::move(values);
  if (series.x.size() != series.y.size() || series.y.empty())
    throw core::Error("\"" + dataset.name + "\" holds no values");

  if (series.x.size() > 1 && series.x.front() > series.x.back()) {
    std::reverse(series.x.begin(), series.x.end());
    std::reverse(series.y.begin(), series.y.end());
  }
  for (std::size_t i = 1; i < series.x.size(); ++i)
    if (!(series.x[i] > series.x[i - 1]))
      throw core::Error("the axis " + selection.along + " does not ascend");
  if (std::any_of(series.y.begin(), series.y.end(), [](double y) { return !std::isfinite(y); }) &&
      !selection.between)
    throw core::Error("\"" + dataset.name + "\" holds values that are not finite");
  if (selection.between) {
    Series window;
    for (std::size_t i = 0; i < series.x.size(); ++i) {
      if (series.x[i] < selection.between->first || series.x[i] > selection.between->second) continue;
      if (!std::isfinite(series.y[i]))
        throw core::Error("\"" + dataset.name + "\" holds values that are not finite");
      window.x.push_back(series.x[i]);
      window.y.push_back(series.y[i]);
    }
    if (window.x.empty())
      throw core::Error("no point of \"" + dataset.name + "\" lies in the window \"between\"");
    series = std::move(window);
  }
  return series;
}

}  // namespace aula::lab
