// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include "core/error.h"
#include "physics/anatomy_tissue/rigs.h"

/// What is wrong with a body is said with its place, what was found and what is allowed; for every device.
namespace aula::test {
namespace {

std::string messageOf(const std::function<void()>& work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error.what();
  }
  return "";
}

struct Fault {
  const char* message;
  std::function<void(Body&, Settings&)> make;
};

TEST(TissueMessages, BadBodiesAreRefused) {
  const std::vector<Fault> faults = {
      {"tetrahedra",
       [](Body& b, Settings&) {
         b.tetrahedra.clear();
         b.matters.clear();
         b.fibres.clear();
         b.groups.clear();
       }},
      {"5 fibres for 6; there must be one each", [](Body& b, Settings&) { b.fibres.pop_back(); }},
      {"tetrahedron 2 has the corner 99 of 8 points", [](Body& b, Settings&) { b.tetrahedra[2][1] = 99; }},
      {"tetrahedron 0 has a volume of -",
       [](Body& b, Settings&) { std::swap(b.tetrahedra[0][0], b.tetrahedra[0][1]); }},
      {"tetrahedron 1 is of matter 3 of 1", [](Body& b, Settings&) { b.matters[1] = 3; }},
      {"fibre 4 has the length 2.0",
       [](Body& b, Settings&) {
         b.fibres[4] = {0, 2, 0};
       }},
      {"tetrahedron 5 is of group 1 of 1", [](Body& b, Settings&) { b.groups[5] = 1; }},
      {"matter 0: its shear is 0.000000; allowed is more than 0 Pa",
       [](Body& b, Settings&) { b.matter[0].shear = 0; }},
      {"matter 0: its bulk is -1.000000; allowed is 0 to 100000 times its shear",
       [](Body& b, Settings&) { b.matter[0].bulk = -1; }},
      {"matter 0: its density", [](Body& b, Settings&) { b.matter[0].density = 0; }},
      {"matter 0: its damping", [](Body& b, Settings&) { b.matter[0].damping = -1; }},
      {"held entry 1 is point 2 of 8; they must rise",
       [](Body& b, Settings&) {
         b.held = {3, 2};
       }},
      {"guided entry 0 is point 3, which is held or guided already",
       [](Body& b, Settings&) {
         b.held = {3};
         b.guided = {3};
         b.guideStiffness = {1};
       }},
      {"stiffness of -1.0",
       [](Body& b, Settings&) {
         b.guided = {3};
         b.guideStiffness = {-1};
       }},
      {"point 8 belongs to no tetrahedron",
       [](Body& b, Settings&) {
         b.positions.push_back({1, 1, 1});
       }},
      {"the time step is 0.0", [](Body&, Settings& s) { s.timeStep = 0; }},
      {"0 iterations a step; allowed is 1 or more", [](Body&, Settings& s) { s.iterations = 0; }},
  };
  for (const DeviceKind kind : {DeviceKind::reference, DeviceKind::cpu, DeviceKind::check})
    for (const Fault& fault : faults) {
      Body body = makeBlock(1, 1, 1, {0.01, 0.01, 0.01}, softMatter());
      Settings settings;
      fault.make(body, settings);
      EXPECT_NE(messageOf([&] { (void)solverOn(kind, body, settings); }).find(fault.message),
                std::string::npos)
          << "wanted: " << fault.message
          << "\nfound: " << messageOf([&] { (void)solverOn(kind, body, settings); });
    }
}

TEST(TissueMessages, WrongSizesBetweenSteps) {
  Body body = makeBlock(1, 1, 1, {0.01, 0.01, 0.01}, softMatter());
  body.held = {0, 1};
  for (const DeviceKind kind : {DeviceKind::reference, DeviceKind::cpu, DeviceKind::check}) {
    const auto solver = solverOn(kind, body, {});
    EXPECT_EQ(messageOf([&] { solver->hold(std::vector<Vec3>(3)); }),
              "soft tissue: 3 places for 2 held points");
    EXPECT_EQ(messageOf([&] { solver->guide(std::vector<Vec3>(1)); }),
              "soft tissue: 1 places for 0 guided points");
    EXPECT_EQ(messageOf([&] { solver->activate(std::vector<double>{2}); }),
              "soft tissue: activation 0 is 2.000000; allowed is 0 to 1");
    EXPECT_EQ(messageOf([&] { solver->activate(std::vector<double>{}); }),
              "soft tissue: 0 activations for 1 groups");
  }
}

TEST(TissueMessages, AStepThatIsNotFiniteSaysWhere) {
  Body body = makeBlock(1, 1, 1, {0.01, 0.01, 0.01}, softMatter());
  body.held = {0};
  for (const DeviceKind kind : {DeviceKind::reference, DeviceKind::cpu, DeviceKind::check}) {
    const auto solver = solverOn(kind, body, {});
    solver->hold(std::vector<Vec3>{{std::nan(""), 0, 0}});
    const std::string message = messageOf([&] { solver->advance(1); });
    EXPECT_NE(message.find("has no finite place after step 1"), std::string::npos) << message;
  }
}

TEST(TissueMessages, UnknownInstructionSet) {
  const Body body = makeBlock(1, 1, 1, {0.01, 0.01, 0.01}, softMatter());
  EXPECT_NE(messageOf([&] {
              (void)makeCpuSolver(body, {}, 1, "mmx");
            }).find("this machine has no instruction set \"mmx\"; it has baseline"),
            std::string::npos);
}

}  // namespace
}  // namespace aula::test
