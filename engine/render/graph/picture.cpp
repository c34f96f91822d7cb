// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "render/graph/nodes.h"

namespace aula::render::graph {
namespace {

std::string escaped(const std::string& text, bool isXml) {
  std::string out;
  for (const char c : text) {
    if (isXml && c == '<')
      out += "&lt;";
    else if (isXml && c == '&')
      out += "&amp;";
    else if (!isXml && (c == '"' || c == '\\'))
      out += std::string("\\") + c;
    else
      out += c;
  }
  return out;
}

template <typename... Arguments>
std::string format(const char* pattern, Arguments... arguments) {
  std::array<char, 512> text{};
  const int length = std::snprintf(text.data(), text.size(), pattern, arguments...);
  return {text.data(), std::min(static_cast<std::size_t>(std::max(length, 0)), text.size() - 1)};
}

std::string bytesText(double bytes) {
  if (bytes >= 1 << 20) return format("%.2f MiB", bytes / (1 << 20));
  return bytes >= 1 << 10 ? format("%.1f KiB", bytes / (1 << 10)) : format("%.0f bytes", bytes);
}

std::string formatName(VkFormat wanted) {
  switch (wanted) {
#define AULA_CASE(name)  \
  case VK_FORMAT_##name: \
    return #name
    AULA_CASE(R8_UNORM);
    AULA_CASE(R8G8_UNORM);
    AULA_CASE(R8G8B8A8_UNORM);
    AULA_CASE(R8G8B8A8_SRGB);
    AULA_CASE(R16_SFLOAT);
    AULA_CASE(R16G16_SFLOAT);
    AULA_CASE(R16G16_SNORM);
    AULA_CASE(R16G16B16A16_SFLOAT);
    AULA_CASE(R32_SFLOAT);
    AULA_CASE(R32_UINT);
    AULA_CASE(R32G32_SFLOAT);
    AULA_CASE(R32G32B32A32_SFLOAT);
    AULA_CASE(B10G11R11_UFLOAT_PACK32);
    AULA_CASE(D32_SFLOAT);
#undef AULA_CASE
    default:
      return "VkFormat " + std::to_string(static_cast<int>(wanted));
  }
}

std::string timeOf(const std::vector<PassTime>& times, const std::string& pass) {
  const auto found =
      std::find_if(times.begin(), times.end(), [&](const PassTime& time) { return time.name == pass; });
  return found == times.end() ? "" : format("%.2f ms", found->milliseconds);
}

/// What lies in the same memory at other times.
std::vector<std::string> sharingNames(const FrameNodes& frame, const ResourceNode& resource) {
  std::vector<std::string> names;
  if (resource.transient < 0 || !frame.transients) return names;
  for (const std::size_t other : frame.transients->sharers(static_cast<std::size_t>(resource.transient))) {
    if (other != static_cast<std::size_t>(resource.transient))
      names.push_back(frame.transients->requests()[other].name);
  }
  return names;
}

}  // namespace

std::string describe(const ResourceNode& resource) {
  if (!resource.isImage) return bytesText(static_cast<double>(resource.bytes));
  const vulkan::ImageShape& shape = resource.shape;
  std::string text = std::to_string(shape.width) + "x" + std::to_string(shape.height);
  if (shape.isVolume()) text += "x" + std::to_string(shape.depth);
  text += " " + formatName(shape.format);
  if (shape.levels > 1) text += ", " + std::to_string(shape.levels) + " levels";
  if (shape.layers > 1) text += ", " + std::to_string(shape.layers) + " layers";
  return text;
}

std::string drawDot(const FrameNodes& frame, const std::vector<PassTime>& times) {
  std::string dot = "digraph frame {\n  rankdir=LR;\n  node [fontname=\"sans-serif\", fontsize=11];\n";
  for (std::size_t i = 0; i < frame.resources.size(); ++i) {
    const ResourceNode& resource = frame.resources[i];
    if (resource.life.first < 0) continue;
    std::string label = escaped(resource.name, false) + "\\n" + describe(resource);
    if (resource.isImported()) label += "\\noutlives the frame";
    std::string names;
    for (const std::string& name : sharingNames(frame, resource))
      names += (names.empty() ? "" : ", ") + escaped(name, false);
    if (!names.empty()) label += "\\nshares memory with " + names;
    dot += "  r" + std::to_string(i) + " [shape=oval, label=\"" + label + "\"" +
           (resource.isImported() ? ", style=bold" : "") + "];\n";
  }
  for (std::size_t i = 0; i < frame.passes.size(); ++i) {
    const PassNode& pass = *frame.passes[i];
    std::string label = std::to_string(i + 1) + ". " + escaped(pass.name, false);
    if (!pass.isLiving) label += "\\nleft out: nobody reads it";
    if (pass.barriers > 0) label += "\\n" + std::to_string(pass.barriers) + " barriers";
    if (const std::string time = timeOf(times, pass.name); pass.isLiving && !time.empty())
      label += "\\n" + time;
    dot += "  p" + std::to_string(i) + " [shape=box, label=\"" + label + "\"" +
           (pass.isLiving ? ", style=filled, fillcolor=\"#e8eef7\"" : ", style=dashed, fontcolor=grey") +
           "];\n";
    if (!pass.isLiving) continue;
    for (const ResourceTouch& touch : pass.touches) {
      const std::string r = "r" + std::to_string(touch.touch.resource), p = "p" + std::to_string(i);
      if (touch.touch.reads) dot += "  " + r + " -> " + p + ";\n";
      if (touch.touch.writes) dot += "  " + p + " -> " + r + ";\n";
    }
  }
  return dot + "}\n";
}

std::string drawSvg(const FrameNodes& frame, const std::vector<PassTime>& times) {
  constexpr double kNames = 330, kColumn = 46, kRow = 20, kHead = 190, kMemoryRow = 190;
  const auto passes = static_cast<double>(frame.passes.size());
  std::vector<const ResourceNode*> rows;
  std::vector<int> rowIndex;
  for (std::size_t i = 0; i < frame.resources.size(); ++i) {
    if (frame.resources[i].life.first < 0) continue;
    rows.push_back(&frame.resources[i]);
    rowIndex.push_back(static_cast<int>(i));
  }
  int blocks = 0;
  for (const ResourceNode* row : rows) {
    if (row->transient >= 0)
      blocks = std::max(blocks, frame.transients->block(static_cast<std::size_t>(row->transient)) + 1);
  }
  const double table = kHead + kRow * static_cast<double>(rows.size());
  const double width = kNames + kColumn * passes + 110, height = table + 30 + kMemoryRow * blocks + 20;
  const auto column = [&](double pass) { return kNames + kColumn * pass; };
  std::string svg = format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
      "font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%%\" height=\"100%%\" "
      "fill=\"white\"/>\n",
      width, height, width, height);
  const auto text = [&](double x, double y, const std::string& what, const char* more) {
    svg += format("<text x=\"%.1f\" y=\"%.1f\" %s>", x, y, more) + escaped(what, true) + "</text>\n";
  };

  // Passes from left to right, in the order they run.
  for (std::size_t i = 0; i < frame.passes.size(); ++i) {
    const PassNode& pass = *frame.passes[i];
    const double x = column(static_cast<double>(i) + 0.5);
    if (i % 2 == 1)
      svg += format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#f4f6f9\"/>\n",
                    column(static_cast<double>(i)), kHead, kColumn, table - kHead);
    std::string label = pass.name;
    if (const std::string time = timeOf(times, pass.name); pass.isLiving && !time.empty())
      label += "  " + time;
    if (!pass.isLiving) label += " (left out)";
    text(x + 4, kHead - 6, label,
         format("transform=\"rotate(-50 %.1f %.1f)\" fill=\"%s\"", x + 4, kHead - 6,
                pass.isLiving ? "#1b2733" : "#9aa5b1")
             .c_str());
  }
  // Resources from top to bottom: a bar while each lives, a mark for each use.
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const ResourceNode& resource = *rows[r];
    const double y = kHead + kRow * static_cast<double>(r), middle = y + kRow / 2;
    text(10, middle + 4, resource.name, resource.isImported() ? "font-weight=\"bold\"" : "");
    text(kNames - 8, middle + 4, describe(resource), "text-anchor=\"end\" fill=\"#5b6b7b\" font-size=\"9\"");
    const double from = resource.isImported() ? kNames : column(resource.life.first + 0.5);
    const double to = resource.isImported() ? column(passes) : column(resource.life.last + 0.5);
    svg +=
        format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"3\"/>\n",
               from, middle, to, middle, resource.isImported() ? "#c9d3de" : "#9fb4cc");
    for (std::size_t i = 0; i < frame.passes.size(); ++i) {
      const ResourceTouch* touch = frame.passes[i]->isLiving ? frame.passes[i]->find(rowIndex[r]) : nullptr;
      if (touch == nullptr) continue;
      const double x = column(static_cast<double>(i) + 0.5);
      if (touch->touch.writes)
        svg += format("<rect x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"12\" fill=\"#d9622b\"/>\n", x - 6,
                      middle - 6);
      if (touch->touch.reads)
        svg += format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#2f6db3\" stroke=\"white\"/>\n", x,
                      middle, touch->touch.writes ? 4.0 : 5.5);
    }
  }
  text(10, kHead - 40, "written", "");
  svg += format("<rect x=\"56\" y=\"%.1f\" width=\"12\" height=\"12\" fill=\"#d9622b\"/>\n", kHead - 50);
  text(10, kHead - 22, "read", "");
  svg += format("<circle cx=\"62\" cy=\"%.1f\" r=\"5.5\" fill=\"#2f6db3\"/>\n", kHead - 26);

  // The frame's own memory: what lies where, and when.
  for (int block = 0; block < blocks; ++block) {
    const double top = table + 30 + kMemoryRow * block, high = kMemoryRow - 30;
    double bytes = 1;
    for (const ResourceNode* row : rows) {
      if (row->transient < 0) continue;
      const auto i = static_cast<std::size_t>(row->transient);
      if (frame.transients->block(i) == block)
        bytes =
            std::max(bytes, static_cast<double>(frame.transients->offset(i) + frame.transients->bytes(i)));
    }
    text(10, top + 14, "Memory of the frame's own images", "font-weight=\"bold\"");
    text(10, top + 30, bytesText(bytes) + " of this kind", "fill=\"#5b6b7b\"");
    if (block == 0)
      text(10, top + 46,
           "all: " + bytesText(static_cast<double>(frame.transients->bytes())) + " instead of " +
               bytesText(static_cast<double>(frame.transients->unsharedBytes())),
           "fill=\"#5b6b7b\"");
    for (const ResourceNode* row : rows) {
      if (row->transient < 0) continue;
      const auto i = static_cast<std::size_t>(row->transient);
      if (frame.transients->block(i) != block) continue;
      const double y = top + high * static_cast<double>(frame.transients->offset(i)) / bytes;
      const double tall = std::max(high * static_cast<double>(frame.transients->bytes(i)) / bytes, 1.0);
      const double x = column(row->life.first) + 2;
      const double wide = column(row->life.last + 1) - 2 - x;
      svg += format(
          "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"hsl(%d,45%%,82%%)\" "
          "stroke=\"#5b6b7b\" stroke-width=\"0.5\"/>\n",
          x, y, wide, tall, static_cast<int>(i * 67 % 360));
      if (tall >= 10) text(x + 4, y + std::min(tall / 2 + 4, 14.0), row->name, "font-size=\"9\"");
    }
  }
  return svg + "</svg>\n";
}

}  // namespace aula::render::graph
