#pragma once
#include "engine/io/hdf5_handle.hpp"

namespace nacre::io {

/// Access properties of an HDF5 file that lies in an open file of ours, for what does not fit into memory. A write that
/// fails puts its errno into `*error` and is passed over: HDF5 1.10 loses its way when a disk is full, and crashes at
/// the end of the program. Whoever writes looks at `*error` before the file is called finished; what is read after it
/// was set means nothing. `file` stays open; both must outlive the HDF5 file. Throws std::runtime_error.
Hdf5Handle disk_access(int file, int* error);

}  // namespace nacre::io
