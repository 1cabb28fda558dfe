# find_package(nacre) from another project: nacre::engine, nacre::models, nacre::scenarios; the program and its data.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/nacre)

install(TARGETS nacre_options nacre_engine nacre_models nacre_scenarios EXPORT nacreTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS nacre RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(EXPORT nacreTargets NAMESPACE nacre:: DESTINATION ${package_dir})
configure_package_config_file(cmake/nacreConfig.cmake.in ${PROJECT_BINARY_DIR}/nacreConfig.cmake
                              INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/nacreConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/nacreConfig.cmake ${PROJECT_BINARY_DIR}/nacreConfigVersion.cmake
        DESTINATION ${package_dir})

# The include root of a user is include/nacre, as the repository root is ours: #include "engine/..." works in both.
install(DIRECTORY engine models scenarios DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/nacre
        FILES_MATCHING PATTERN "*.hpp"
        PATTERN "models/data" EXCLUDE PATTERN "scenarios/cases" EXCLUDE PATTERN "scenarios/targets" EXCLUDE
        PATTERN "scenarios/sweeps" EXCLUDE PATTERN "scenarios/fits" EXCLUDE PATTERN "scenarios/designs" EXCLUDE
        PATTERN "hdf5_handle.hpp" EXCLUDE PATTERN "hdf5_disk.hpp" EXCLUDE)   # they show HDF5's own header, which stays inside engine/io
install(DIRECTORY models/data scenarios/cases scenarios/targets scenarios/sweeps scenarios/fits scenarios/designs
        DESTINATION ${CMAKE_INSTALL_DATADIR}/nacre)
install(FILES LICENSE CITATION.cff README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES tools/report/plotly/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME LICENSE.plotly)
install(DIRECTORY docs/guide docs/theory docs/decisions docs/pictures DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
install(FILES docs/README.md docs/formats.md docs/architecture.md docs/benchmarks.md DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
# The manual page is what the program says of itself, and the manual is made of docs/, where there is what makes them.
install(CODE "
  find_program(python NAMES python3)
  find_program(cmark NAMES cmark-gfm)
  if(python)
    execute_process(COMMAND \${python} -B ${PROJECT_SOURCE_DIR}/tools/pages/man_page.py $<TARGET_FILE:nacre> ${PROJECT_VERSION}
                    OUTPUT_FILE ${PROJECT_BINARY_DIR}/nacre.1 COMMAND_ERROR_IS_FATAL ANY)
  endif()
  if(python AND cmark)
    execute_process(COMMAND \${python} -B ${PROJECT_SOURCE_DIR}/tools/pages/manual.py $<TARGET_FILE:nacre> ${PROJECT_SOURCE_DIR}
                    ${PROJECT_BINARY_DIR}/manual OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  endif()")
install(FILES ${PROJECT_BINARY_DIR}/nacre.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)
install(DIRECTORY ${PROJECT_BINARY_DIR}/manual/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/html OPTIONAL)
