// SPDX-License-Identifier: Apache-2.0
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "kernel/fdtd_bench.h"

namespace aula::bench {

namespace {

/// What a command prints; its exit code is 0 or the text says why not.
struct Output {
  int code = 0;
  std::string text;
};
Output runCommand(const std::string& command) {
  Output output;
  FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {1, "cannot start a shell"};
  std::array<char, 4096> buffer{};
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe))
    output.text.append(buffer.data(), n);
  const int status = pclose(pipe);
  output.code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  return output;
}

std::string lastLine(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  const std::size_t end = text.rfind('\n');
  return end == std::string::npos ? text : text.substr(end + 1);
}

}  // namespace

std::vector<Row> runFdtdPeers(int size, int threads, const std::function<void(const std::string&)>& say) {
  // Debian's packages belong to Debian's Python, whatever other is first in the path.
  const std::string folder = AULA_PEERS_FOLDER, python = "/usr/bin/python3 ";
  const std::string edge = " --size " + std::to_string(size);
  const int meepSteps = size <= 100 ? 40 : size <= 200 ? 10 : 5;
  const int openEmsSteps = size <= 100 ? 600 : size <= 200 ? 120 : 60;
  // Its set-up takes much longer than these steps; each repeat does it again.
  const int openEmsRepeats = size <= 100 ? 3 : size <= 200 ? 2 : 1;
  struct Peer {
    std::string name;
    std::string command;
    int threads;
  };
  std::vector<Peer> peers;
  for (const int n : threads > 1 ? std::vector<int>{1, threads} : std::vector<int>{1}) {
    // Where Open MPI runs as root (a container) it asks to be told so.
    const std::string mpi =
        n == 1 ? ""
               : "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMP_NUM_THREADS=1 mpirun "
                 "--oversubscribe -n " +
                     std::to_string(n) + " ";
    peers.push_back(
        {"meep",
         mpi + python + "'" + folder + "/meep_box.py'" + edge + " --steps " + std::to_string(meepSteps), n});
    peers.push_back({"openems",
                     python + "'" + folder + "/openems_box.py'" + edge + " --steps " +
                         std::to_string(openEmsSteps) + " --repeats " + std::to_string(openEmsRepeats) +
                         " --threads " + std::to_string(n),
                     n});
  }
  std::vector<Row> rows;
  for (const Peer& peer : peers) {
    const Output output = runCommand(peer.command);
    // The line of JSON may have others of the peer's own around it.
    const std::size_t start = output.text.rfind("{\"peer\"");
    if (output.code != 0 || start == std::string::npos) {
      say(peer.name + " left out: " + lastLine(output.text));
      continue;
    }
    const std::string line = output.text.substr(start, output.text.find('\n', start) - start);
    const auto found = nlohmann::json::parse(line, nullptr, false);
    if (found.is_discarded()) {
      say(peer.name + " left out: its runner printed " + line);
      continue;
    }
    Row row;
    row.bench = "fdtd";
    row.name = "vacuum";
    row.device = peer.name + " " + found.value("version", "");
    row.threads = peer.threads;
    row.size = std::to_string(size) + "x" + std::to_string(size) + "x" + std::to_string(size);
    row.unit = "Mcell/s";
    setValues(row, found.value("values", std::vector<double>()));
    row.remark = peer.name == "meep" ? "double precision, " + std::to_string(peer.threads) + " processes"
                                     : "single precision, multithreaded engine";
    char text[128];
    std::snprintf(text, sizeof text, "%s, %s, %d: %.0f Mcell/s", row.device.c_str(), row.size.c_str(),
                  row.threads, row.value);
    say(text);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace aula::bench
