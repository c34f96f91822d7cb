// SPDX-License-Identifier: Apache-2.0
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "molecules/molecular_bench.h"

namespace aula::bench {

namespace {

std::vector<Row> runPeer(const std::string& peer, const char* script, const std::string& name,
                         const MolecularFiles& files, int threads, std::int64_t steps, int repeats,
                         const char* settings, const std::function<void(const std::string&)>& say) {
  const std::string command = "/usr/bin/python3 '" AULA_PEERS_FOLDER "/" + std::string(script) +
                              "' --topology '" + files.topology.string() + "' --coordinates '" +
                              files.coordinates.string() + "' --threads " + std::to_string(threads) +
                              " --steps " + std::to_string(steps) + " --repeats " + std::to_string(repeats) +
                              " 2>&1";
  std::string text;
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) {
    say(peer + " left out: cannot start a shell");
    return {};
  }
  std::array<char, 4096> buffer{};
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), n);
  const int status = pclose(pipe);
  const std::size_t start = text.rfind("{\"peer\"");
  const auto found = start == std::string::npos ? nlohmann::json()
                                                : nlohmann::json::parse(text.substr(start), nullptr, false);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || !found.is_object()) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    say(peer + " left out: " + text.substr(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1));
    return {};
  }
  Row row;
  row.bench = "molecular";
  row.name = name;
  row.device = peer + " " + found.value("version", "");
  row.threads = threads;
  row.size = std::to_string(found.value("atoms", 0)) + " atoms";
  row.unit = "ns/day";
  setValues(row, found.value("values", std::vector<double>()));
  row.remark = found.value("simd", "") + ", " + settings;
  Row work = row;
  work.name += ": processor time";
  work.unit = "ms/step";
  setValues(work, found.value("processor", std::vector<double>()));
  work.value = work.minimum;
  char line[160];
  std::snprintf(line, sizeof line, "%s, %s (%s), %d: %.1f ns/day, %.3f ms of processor a step", name.c_str(),
                row.device.c_str(), found.value("simd", "").c_str(), threads, row.value, work.value);
  say(line);
  return {row, work};
}

}  // namespace

std::vector<Row> runGromacs(const std::string& name, const MolecularFiles& files, int threads,
                            std::int64_t steps, int repeats,
                            const std::function<void(const std::string&)>& say) {
  return runPeer("GROMACS", "gromacs_md.py", name, files, threads, steps, repeats, "the same settings", say);
}

std::vector<Row> runOpenMm(const std::string& name, const MolecularFiles& files, int threads,
                           std::int64_t steps, int repeats,
                           const std::function<void(const std::string&)>& say) {
  return runPeer("OpenMM", "openmm_md.py", name, files, threads, steps, repeats,
                 "the same settings but for a mesh of order 5 and Langevin's thermostat", say);
}

}  // namespace aula::bench
