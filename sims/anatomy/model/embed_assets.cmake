# SPDX-License-Identifier: Apache-2.0
# cmake -DFOLDER=... -DFILES=a/x.json,b/y.json -DOUTPUT=... -P embed_assets.cmake: files as arrays of a C++ source.
# Bytes rather than text between quotes: compilers limit how long a text may be, and nothing in a file can end it.
string(REPLACE "," ";" files "${FILES}")
set(text "// Written by embed_assets.cmake from assets/anatomy.\n#include \"anatomy/model/embedded.h\"\n\nnamespace aula::anatomy {\n\nnamespace {\n")
set(table "")
set(index 0)
foreach(file IN LISTS files)
  file(READ "${FOLDER}/${file}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  # An array must hold something: the zero at the end is not part of the file.
  string(APPEND text "\nconst unsigned char file${index}[] = {${bytes}0};\n")
  string(APPEND table "    {\"${file}\", file${index}, sizeof file${index} - 1},\n")
  math(EXPR index "${index} + 1")
endforeach()
string(APPEND text "\nconst EmbeddedFile files[] = {\n${table}    {nullptr, nullptr, 0}};\n\n}  // namespace\n\n")
string(APPEND text "const EmbeddedFile* embeddedFiles() {\n  return files;\n}\n\n}  // namespace aula::anatomy\n")
file(WRITE "${OUTPUT}" "${text}")
