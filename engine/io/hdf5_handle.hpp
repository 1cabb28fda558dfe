#pragma once
#include <hdf5.h>
#include <hdf5_hl.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace nacre::io {

/// An identifier of the HDF5 library, released with its owner. Only for the writer and the reader: it includes hdf5.h.
class Hdf5Handle {
 public:
  Hdf5Handle() = default;
  /// Takes an identifier over. Throws std::runtime_error when the call that made it failed; `doing` says what it was to
  /// do.
  Hdf5Handle(hid_t id, const std::string& doing) : id_(id) {
    if (id < 0) throw std::runtime_error("HDF5 failed: " + doing);
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
inline void require_done(herr_t status, const std::string& doing) {
  if (status < 0) throw std::runtime_error("HDF5 failed: " + doing);
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
