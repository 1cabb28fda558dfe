#include "engine/io/hdf5_disk.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include "engine/io/whole_file.hpp"

namespace nacre::io {
namespace {

/// What access properties carry to the driver.
struct Target {
  int file = -1;
  int* error = nullptr;
};

/// An open file as HDF5 sees it. Its first member is HDF5's own.
struct DiskFile {
  H5FD_t base{};
  Target target;
  haddr_t end_of_addresses = 0;
  haddr_t end_of_file = 0;
};

DiskFile& disk(H5FD_t* file) {
  return *reinterpret_cast<DiskFile*>(file);
}
const DiskFile& disk(const H5FD_t* file) {
  return *reinterpret_cast<const DiskFile*>(file);
}

H5FD_t* open_file(const char*, unsigned, hid_t properties, haddr_t) {
  const auto* target = static_cast<const Target*>(H5Pget_driver_info(properties));
  struct stat status {};
  if (target == nullptr || ::fstat(target->file, &status) != 0) return nullptr;
  auto* opened = new (std::nothrow) DiskFile;
  if (opened == nullptr) return nullptr;
  opened->target = *target;
  opened->end_of_file = static_cast<haddr_t>(status.st_size);
  return &opened->base;
}

herr_t close_file(H5FD_t* file) {
  delete &disk(file);
  return 0;
}

herr_t query(const H5FD_t*, unsigned long* flags) {
  if (flags != nullptr) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA;
  }
  return 0;
}

haddr_t get_end_of_addresses(const H5FD_t* file, H5FD_mem_t) {
  return disk(file).end_of_addresses;
}

herr_t set_end_of_addresses(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  disk(file).end_of_addresses = address;
  return 0;
}

haddr_t get_end_of_file(const H5FD_t* file, H5FD_mem_t) {
  return disk(file).end_of_file;
}

/// Beyond the end there are zeros, as HDF5's own drivers have it.
herr_t read_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t size, void* buffer) {
  auto* to = static_cast<char*>(buffer);
  while (size > 0) {
    const ssize_t count = ::pread(disk(file).target.file, to, size, static_cast<off_t>(address));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    if (count == 0) {
      std::memset(to, 0, size);
      return 0;
    }
    to += count;
    address += static_cast<haddr_t>(count);
    size -= static_cast<size_t>(count);
  }
  return 0;
}

herr_t write_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t size, const void* buffer) {
  DiskFile& to = disk(file);
  if (*to.target.error != 0) return 0;
  *to.target.error = write_at(to.target.file, address, {static_cast<const char*>(buffer), size});
  to.end_of_file = std::max<haddr_t>(to.end_of_file, address + size);
  return 0;
}

herr_t truncate_file(H5FD_t* file, hid_t, hbool_t) {
  DiskFile& to = disk(file);
  if (to.end_of_file == to.end_of_addresses || *to.target.error != 0) return 0;
  if (::ftruncate(to.target.file, static_cast<off_t>(to.end_of_addresses)) != 0) *to.target.error = errno;
  to.end_of_file = to.end_of_addresses;
  return 0;
}

H5FD_class_t driver_class() {
  H5FD_class_t driver{};
  driver.name = "nacre";
  driver.maxaddr = static_cast<haddr_t>(1) << 62;
  driver.fc_degree = H5F_CLOSE_WEAK;
  driver.fapl_size = sizeof(Target);
  driver.open = open_file;
  driver.close = close_file;
  driver.query = query;
  driver.get_eoa = get_end_of_addresses;
  driver.set_eoa = set_end_of_addresses;
  driver.get_eof = get_end_of_file;
  driver.read = read_bytes;
  driver.write = write_bytes;
  driver.truncate = truncate_file;
  std::fill(std::begin(driver.fl_map), std::end(driver.fl_map),
            H5FD_MEM_SUPER);  // one list of free space for all kinds
  return driver;
}

/// Registered for as long as HDF5 lives; HDF5 itself asks for one registration a process.
hid_t driver() {
  static const H5FD_class_t kind = driver_class();
  static const hid_t number = H5FDregister(&kind);
  return number;
}

}  // namespace

Hdf5Handle disk_access(int file, int* error) {
  Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), "make a file's properties");
  const Target target{file, error};
  require_done(H5Pset_driver(access.get(), driver(), &target), "keep the file on the disk");
  return access;
}

}  // namespace nacre::io
