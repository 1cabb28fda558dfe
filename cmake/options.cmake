# Flags that every layer of nacre is compiled with, as one interface target.
add_library(nacre_options INTERFACE)
add_library(nacre::options ALIAS nacre_options)
set_target_properties(nacre_options PROPERTIES EXPORT_NAME options)
target_compile_features(nacre_options INTERFACE cxx_std_20)
# -ffp-contract=off: the same bits on every processor that runs one build (sweeps on mixed clusters).
# -fno-math-errno: an exponential is a function of its argument alone, so that equal ones are computed once; same bits.
target_compile_options(nacre_options INTERFACE
  $<BUILD_INTERFACE:-Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off -fno-math-errno>
  $<BUILD_INTERFACE:$<$<BOOL:${NACRE_WARNINGS_AS_ERRORS}>:-Werror>>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # A false alarm of GCC 12 in every "literal" + string at -O3 (GCC bug 105651).
  target_compile_options(nacre_options INTERFACE $<BUILD_INTERFACE:-Wno-restrict>)
endif()

# What goes into a shared library (tools/python) may be replaced there by the linker; ours is not, so that calls stay direct.
target_compile_options(nacre_options INTERFACE
  $<BUILD_INTERFACE:$<$<BOOL:$<TARGET_PROPERTY:POSITION_INDEPENDENT_CODE>>:-fno-semantic-interposition>>)

if(NACRE_NATIVE)
  target_compile_options(nacre_options INTERFACE $<BUILD_INTERFACE:-march=native>)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(nacre_options INTERFACE $<BUILD_INTERFACE:-march=x86-64-v3>)
endif()
if(NACRE_SANITIZE)
  target_compile_options(nacre_options INTERFACE
    -fsanitize=${NACRE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(nacre_options INTERFACE -fsanitize=${NACRE_SANITIZE})
endif()

# A second build of the same file takes no time where ccache is installed.
find_program(NACRE_CCACHE ccache)
mark_as_advanced(NACRE_CCACHE)
if(NACRE_CCACHE AND PROJECT_IS_TOP_LEVEL)
  foreach(language C CXX)
    if(NOT DEFINED CMAKE_${language}_COMPILER_LAUNCHER)
      set(CMAKE_${language}_COMPILER_LAUNCHER ${NACRE_CCACHE})
    endif()
  endforeach()
endif()
