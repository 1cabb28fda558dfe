#pragma once
#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nacre::io {

/// An identifier of the HDF5 library, released with its owner. Only for the writer and the reader: it includes hdf5.h.
class Hdf5Handle {
 public:
  Hdf5Handle() = default;
  /// Takes an identifier over. Throws std::runtime_error when the call that made it failed; `doing`, and to `what`, say
  /// what it was to do.
  Hdf5Handle(hid_t id, std::string_view doing, std::string_view what = {}) : id_(id) {
    if (id < 0) throw std::runtime_error("HDF5 failed: " + std::string(doing) + std::string(what));
  }
  ~Hdf5Handle() { reset(); }
  Hdf5Handle(Hdf5Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
    if (this != &other) {
      reset();
      id_ = std::exchange(other.id_, -1);
    }
    return *this;
  }
  hid_t get() const { return id_; }
  /// Releases it now; every kind of identifier is counted, so one call serves all.
  void reset() {
    if (id_ >= 0) H5Idec_ref(id_);
    id_ = -1;
  }

 private:
  hid_t id_ = -1;
};

/// Throws std::runtime_error when a call of HDF5 that returns no identifier failed.
inline void require_done(herr_t status, std::string_view doing, std::string_view what = {}) {
  if (status < 0) throw std::runtime_error("HDF5 failed: " + std::string(doing) + std::string(what));
}

/// The part of a dataset that holds `values` values from row `first` on, along its first axis; whole rows. Throws
/// std::runtime_error when there is no such part.
inline Hdf5Handle rows_of(hid_t set, const std::string& path, std::size_t first, std::size_t values) {
  Hdf5Handle space(H5Dget_space(set), "read the space of " + path);
  std::vector<hsize_t> count(static_cast<std::size_t>(std::max(H5Sget_simple_extent_ndims(space.get()), 1)));
  require_done(H5Sget_simple_extent_dims(space.get(), count.data(), nullptr), "read the shape of " + path);
  hsize_t width = 1;
  for (std::size_t i = 1; i < count.size(); ++i) width *= count[i];
  if (width == 0 || values % width != 0 || first + values / width > count[0])
    throw std::runtime_error("HDF5: rows beyond the end of " + path);
  std::vector<hsize_t> start(count.size());
  start[0] = first;
  count[0] = values / width;
  require_done(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
               "select rows of " + path);
  return space;
}

/// While it lives, HDF5 prints nothing to standard error: failures become exceptions here.
class Hdf5Silence {
 public:
  Hdf5Silence() {
    H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~Hdf5Silence() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }
  Hdf5Silence(const Hdf5Silence&) = delete;
  Hdf5Silence& operator=(const Hdf5Silence&) = delete;

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

}  // namespace nacre::io
