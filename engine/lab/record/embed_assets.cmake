# SPDX-License-Identifier: Apache-2.0
# cmake -DFOLDER=... -DOUTPUT=... -P embed_assets.cmake: the report's files as constants of a C++ source.
set(text "// Written by embed_assets.cmake from assets/report.\n#include \"lab/record/report_assets.h\"\n\nnamespace aula::lab {\n")
foreach(pair "report.html:kReportPage" "report.css:kReportStyle" "report.js:kReportScript" "words.json:kReportWords")
  string(REPLACE ":" ";" parts "${pair}")
  list(GET parts 0 file)
  list(GET parts 1 name)
  file(READ "${FOLDER}/${file}" content)
  string(APPEND text "\nconst char* const ${name} = R\"AulaAsset(${content})AulaAsset\";\n")
endforeach()
string(APPEND text "\n}  // namespace aula::lab\n")
file(WRITE "${OUTPUT}" "${text}")
