# cpack -G DEB: a Debian package of what is installed.
set(CPACK_PACKAGE_NAME nacre)
set(CPACK_PACKAGE_VENDOR "the nacre developers")
set(CPACK_PACKAGE_CONTACT "the nacre developers <nacre@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
# Libraries that the program is linked to, by their packages.
find_program(NACRE_SHLIBDEPS dpkg-shlibdeps)
mark_as_advanced(NACRE_SHLIBDEPS)
if(NACRE_SHLIBDEPS)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
if(NACRE_BUILD_PYTHON)
  # The module is built for one version of Python.
  execute_process(COMMAND ${NACRE_PYTHON} -c
    "from sys import version_info as v; print(f'python3 (>= {v[0]}.{v[1]}), python3 (<< {v[0]}.{v[1] + 1})', end='')"
    OUTPUT_VARIABLE python COMMAND_ERROR_IS_FATAL ANY)
  set(CPACK_DEBIAN_PACKAGE_DEPENDS "${python}, python3-numpy")
endif()
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3-h5py, python3-matplotlib, python3-xarray")
include(CPack)
