#pragma once
#include <map>
#include <string>

#include "engine/io/hdf5.hpp"

namespace nacre::io {

/// Where and when a result was computed and by what, as far as it says nothing about the person: keys "host", "time"
/// (UTC, ISO 8601), "operating_system", "processor", "processor_cores", "compiler", "cxx_standard", "hdf5". Facts that
/// cannot be had are left out. The only part of nacre that reads the clock and the machine.
std::map<std::string, std::string> collect_provenance();

/// Writes facts as attributes of the group "/provenance". All that may differ between two equal results belongs there.
void write_provenance(Hdf5Writer& writer, const std::map<std::string, std::string>& facts);

}  // namespace nacre::io
