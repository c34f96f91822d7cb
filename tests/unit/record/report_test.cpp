// SPDX-License-Identifier: Apache-2.0
#include "lab/record/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "lab/record/markup.h"
#include "lab/record/report_plots.h"
#include "support/scratch_folder.h"
#include "unit/record/sample_record.h"

namespace aula::lab {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from) + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
}

TEST(Markup, escapesEverythingThatActs) {
  EXPECT_EQ(escapeMarkup("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
  EXPECT_EQ(escapeMarkup("双\n"), "双\n");
  EXPECT_EQ(escapeMarkup("x\x01\xff y\x1b[31m"), "x\xef\xbf\xbd\xef\xbf\xbd y\xef\xbf\xbd[31m");
}

TEST(Base64, isRfc4648s) {
  const auto of = [](const std::string& text) { return base64(text.data(), text.size()); };
  EXPECT_EQ(of(""), "");
  EXPECT_EQ(of("f"), "Zg==");
  EXPECT_EQ(of("fo"), "Zm8=");
  EXPECT_EQ(of("foo"), "Zm9v");
  EXPECT_EQ(of("foobar"), "Zm9vYmFy");
}

TEST(Report, saysEverythingAndEscapesIt) {
  const test::ScratchFolder folder;
  const RunRecord record = test::sampleRecord(folder.path(), {{"wavelength", "650 nm"}});
  const std::string page = reportText(record, {}, "en");
  EXPECT_THAT(page, HasSubstr("<title>Two slits &amp; &lt;one&gt; screen</title>"));
  EXPECT_THAT(page, AllOf(HasSubstr("Fringe spacing"), HasSubstr("5.01 µm"), HasSubstr("± 0.1 µm"),
                          HasSubstr("✓ as expected"), HasSubstr("✗ not as expected"),
                          HasSubstr("the curve never crosses 0.5"), HasSubstr("not measured")));
  EXPECT_THAT(page, AllOf(HasSubstr("650 nm"), HasSubstr("300 nm … 900 nm"), HasSubstr("A &lt;processor&gt;"),
                          HasSubstr("a warning with &lt;b&gt;markup&lt;/b&gt; &amp; &quot;quotes&quot;")));
  EXPECT_THAT(page,
              HasSubstr("./aula run &#39;labs/two slits.lab.json&#39; --set &#39;wavelength=650 nm&#39; --device cpu "
                        "--seed 3 --steps 1000"));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<b>markup")), Not(HasSubstr("{{")), Not(HasSubstr("<processor>"))));
  // No network: nothing is loaded from elsewhere.
  EXPECT_THAT(page, AllOf(Not(HasSubstr("src=\"http")), Not(HasSubstr("href=\"http")), Not(HasSubstr("url(http"))));
}

TEST(Report, plotsAreSafeJsonWithEveryDataset) {
  const test::ScratchFolder folder;
  RunRecord record = test::sampleRecord(folder.path());
  const std::string attack = "</script><script>alert(1)</script>";
  record.data[0].second[0].label = attack;
  const std::string page = reportText(record, {}, "en");
  EXPECT_THAT(page, Not(HasSubstr("</script><script>alert")));
  const auto plots = nlohmann::json::parse(between(page, "id=\"plots-data\">", "</script>"));
  ASSERT_EQ(plots.size(), 5U);
  EXPECT_EQ(plots[0]["kind"], "line");
  EXPECT_EQ(plots[0]["x"]["values"].size(), 801U);
  EXPECT_EQ(plots[0]["label"], attack);
  // 20,001 points are thinned, the extremes kept.
  EXPECT_LT(plots[1]["x"]["values"].size(), 3100U);
  double highest = 0, wanted = 0;
  for (const auto& y : plots[1]["lines"][0]["values"]) highest = std::max(highest, y.get<double>());
  for (const double y : record.data[1].second[0].values) wanted = std::max(wanted, y);
  EXPECT_NEAR(highest, wanted, 1e-6 * wanted);  // Seven digits are written.
  EXPECT_EQ(plots[2]["lines"].size(), 3U);
  EXPECT_EQ(plots[2]["lines"][1]["name"], "angle = 0.5 rad");
  EXPECT_EQ(plots[3]["kind"], "map");
  EXPECT_EQ(plots[3]["scale"], "diverging");
  EXPECT_EQ(plots[3]["nx"], 241);
  EXPECT_EQ(plots[3]["ny"], 161);
  EXPECT_EQ(plots[3]["data"].get<std::string>().size(), (241U * 161 * 2 + 2) / 3 * 4);
  EXPECT_DOUBLE_EQ(plots[3]["lower"].get<double>(), -plots[3]["upper"].get<double>());
  EXPECT_THAT(plots[4]["title"].get<std::string>(), HasSubstr("(at time = 300 fs)"));
  EXPECT_NEAR(plots[4]["upper"].get<double>() / plots[3]["upper"].get<double>(), 3, 1e-6);  // float
  EXPECT_THAT(page, HasSubstr("screen/power"));
}

TEST(Report, speaksFourLanguages) {
  const test::ScratchFolder folder;
  const RunRecord record = test::sampleRecord(folder.path());
  EXPECT_THAT(reportText(record, {}, "zh"),
              AllOf(HasSubstr("<html lang=\"zh\">"), HasSubstr("双缝与屏幕"), HasSubstr("条纹间距"),
                    HasSubstr("符合预期"), HasSubstr("波长")));
  EXPECT_THAT(reportText(record, {}, "fr"), HasSubstr("Deux fentes"));
  EXPECT_THAT(reportText(record, {}, "es"), HasSubstr("Cómo reproducirlo"));
  try {
    static_cast<void>(reportText(record, {}, "de"));
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(), "there is no report in the language \"de\"; there are en, zh, fr, es");
  }
}

TEST(Report, embedsPictureAndSmallVideoAndLinksALargeOne) {
  const test::ScratchFolder folder;
  RunRecord record = test::sampleRecord(folder.path());
  core::writeFile(folder / "lab.png", "PNG");
  core::writeFile(folder / "small.mp4", "MP4");
  core::writeFile(folder / "large #1.mp4", std::string(6000001, 'x'));
  const std::string page = reportText(record, {"lab.png", "small.mp4"}, "en");
  EXPECT_THAT(page, AllOf(HasSubstr("src=\"data:image/png;base64,UE5H\""),
                          HasSubstr("src=\"data:video/mp4;base64,TVA0\""),
                          HasSubstr("alt=\"Picture of the lab “Two slits &amp; &lt;one&gt; screen”")));
  const std::string linked = reportText(record, {"", "large #1.mp4"}, "en");
  EXPECT_THAT(linked, AllOf(HasSubstr("href=\"./large%20%231.mp4\""), Not(HasSubstr("<video controls"))));
  EXPECT_LT(linked.size(), 3000000U);
  EXPECT_THROW(static_cast<void>(reportText(record, {"absent.png", ""}, "en")), core::Error);
  writeReport(record, {"lab.png", ""}, "en");
  EXPECT_EQ(record.outputs.back(), "report.html");
  EXPECT_TRUE(std::filesystem::exists(folder / "report.html"));
  // For looking at it in a browser: AULA_KEEP_REPORT=/tmp/report.
  if (const char* keep = std::getenv("AULA_KEEP_REPORT"))
    for (const char* language : {"en", "zh"})
      core::writeFile(std::string(keep) + "-" + language + ".html", reportText(record, {}, language));
}

TEST(Report, saysThatARunWasStopped) {
  const test::ScratchFolder folder;
  RunRecord record = test::sampleRecord(folder.path());
  record.steps = 400;
  record.isComplete = false;
  EXPECT_THAT(reportText(record, {}, "en"), HasSubstr("stopped at step 400 of 1000"));
}

}  // namespace
}  // namespace aula::lab
