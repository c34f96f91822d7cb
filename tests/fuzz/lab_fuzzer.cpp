// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/error.h"
#include "lab/lab.h"
#include "lab/session/simulation.h"
#ifdef AULA_FUZZ_FDTD
#include "fdtd/fdtd.h"
#endif

using namespace aula;

namespace {

/// A small right lab, for inputs that are one value rather than a file.
const std::string& frame() {
  static const std::string text =
      R"({"aula": 1, "title": "t", "simulation": {"kind": "none"}, "run": {"steps": 1},
          "knobs": {"gap": {"default": "3 um", "range": ["1 um", "9 um"], "unit": "um"},
                    "index": {"default": 1.5, "range": [1, 4], "unit": "1"}}})";
  return text;
}

const lab::Registry& registry() {
  static const lab::Registry made = [] {
    lab::Registry kinds;
#ifdef AULA_FUZZ_FDTD
    kinds.add(fdtd::makeFdtdKind());
#endif
    return kinds;
  }();
  return made;
}

}  // namespace

/// Any bytes must end in a lab or in one core::Error of Fault::input with a message, soon and in little
/// memory. An input that begins with "=" is a value given to a knob by --set, which exercises units and
/// expressions without JSON around them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    if (text.starts_with("=")) {
      (void)lab::Lab::parse(frame(), "fuzz", {{"gap", text.substr(1)}});
      (void)lab::Lab::parse(frame(), "fuzz", {{"index", text.substr(1)}});
      return 0;
    }
    const auto lab = lab::Lab::readText(text, "fuzz");
    if (const lab::SimulationKind* kind = registry().find(lab->simulationKind())) {
      const auto plan = kind->plan(*lab);
      for (const compute::DeviceKind device : {compute::DeviceKind::cpu, compute::DeviceKind::reference}) {
        if (plan) (void)plan->estimate({device, 2});
      }
    }
    lab->reportUnusedKeys();
    lab->diagnostics().throwIfErrors();
  } catch (const core::Error& error) {
    // A message is part of the promise; so is that the fault is the input's.
    if (error.fault() != core::Fault::input || error.what()[0] == '\0') __builtin_trap();
  }
  return 0;
}
