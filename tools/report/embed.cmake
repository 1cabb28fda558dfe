# cmake -DOUTPUT=FILE -DSTYLE=FILE -DPLOTLY=FILE "-DSCRIPTS=FILE|FILE|..." -P embed.cmake
# Writes a C++ file that holds the texts of these files, as parts.hpp declares them.
cmake_minimum_required(VERSION 3.25)
string(REPLACE "|" ";" scripts "${SCRIPTS}")

file(READ ${STYLE} text)
set(code "// Made by embed.cmake.\n#include \"tools/report/parts.hpp\"\n\nnamespace nacre::report::parts {\n")
string(APPEND code "std::string_view style() { return R\"nacre_part(${text})nacre_part\"; }\n")
file(READ ${PLOTLY} text)
string(APPEND code "std::string_view plotly() { return R\"nacre_part(${text})nacre_part\"; }\n")
list(LENGTH scripts count)
string(APPEND code "std::array<std::string_view, ${count}> scripts() {\n  return {\n")
foreach(script ${scripts})
  file(READ ${script} text)
  string(APPEND code "R\"nacre_part(${text})nacre_part\",\n")
endforeach()
string(APPEND code "  };\n}\n}  // namespace nacre::report::parts\n")
file(WRITE ${OUTPUT} "${code}")
