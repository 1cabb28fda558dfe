#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/io/whole_file.hpp"

namespace nacre::io {

/// What a dataset says about itself.
struct Label {
  std::string unit;  ///< as netCDF readers understand it; "1" for a pure number
  std::string long_name;
};

/// Writes an HDF5 file that any netCDF-4 reader opens: dimension scales on every axis, `units` and `long_name` on every
/// dataset, fill value NaN, chunking and compression by size, no object times (equal content gives equal bytes).
/// Everything is built in memory; commit() writes it under a temporary name in the same folder, fsyncs and renames it:
/// a file appears whole or not at all. A line with a checksum follows the HDF5 image, where no HDF5 reader looks
/// (hdf5_seal.hpp). Throws io::InputError when the folder cannot be written (exit code 2) and io::NoSpace when the disk
/// is full.
/// With Home::disk the file grows under its temporary name instead of in memory: for what does not fit there.
class Hdf5Writer {
 public:
  enum class Home { memory, disk };
  explicit Hdf5Writer(std::string path, Home home = Home::memory);
  ~Hdf5Writer();
  Hdf5Writer(const Hdf5Writer&) = delete;
  Hdf5Writer& operator=(const Hdf5Writer&) = delete;

  /// Groups are made on the way; paths are absolute ("/ln/synthesis/time").
  void attribute(const std::string& object, const std::string& name, const std::string& text);
  void attribute(const std::string& object, const std::string& name, double value);
  void attribute(const std::string& object, const std::string& name, std::int64_t value);
  /// An axis: a one-dimensional dataset that other datasets of its group name as their dimension.
  void axis(const std::string& path, const Label& label, std::span<const double> values);
  /// A dataset over axes of the same group (names without path, slowest first; none for a scalar); values row-major.
  void dataset(const std::string& path, const Label& label, const std::vector<std::string>& axes,
               std::span<const double> values);
  void text(const std::string& path, const std::string& value);
  /// The same without values, which rows() brings part by part along the first axis.
  void axis(const std::string& path, const Label& label, std::size_t size);
  void dataset(const std::string& path, const Label& label, const std::vector<std::string>& axes);
  void rows(const std::string& path, std::size_t first, std::span<const double> values);
  /// No rows follow: frees what is held for more of them (half a megabyte and more).
  void close(const std::string& path);
  void commit();
  /// The file as commit() would write it, with its checksum: for one in memory whose name depends on what is in it.
  std::string bytes() const;

 private:
  struct State;
  State* state_;
};

/// One dataset as read back.
struct Hdf5Dataset {
  std::string path;
  Label label;
  std::vector<std::string> axes;
  std::vector<std::uint64_t> shape;
  std::vector<double> values;
  /// Which earlier dataset of the file holds the same numbers, byte for byte; then `values` may be left to it.
  std::optional<std::size_t> repeats;
  bool words = false;  ///< a text dataset
  std::string text;    ///< its text
};

/// Reads a file written by Hdf5Writer: all datasets in the order of writing, and the attributes of every object by
/// path, `units` and `long_name` of datasets apart (they are in the label). Throws InputError for a foreign, damaged or
/// missing file.
struct Hdf5File {
  std::vector<Hdf5Dataset> datasets;
  std::map<std::string, std::map<std::string, std::string>> attributes;  ///< numbers as text with 17 digits
  /// What becomes of numbers that stand in the file more than once: in every dataset, or in the first alone, as
  /// values_of() finds them. Only large datasets say that they repeat one (`repeats`).
  enum class Repeats { copied, shared };
  static Hdf5File load(const std::string& path, Repeats repeats = Repeats::copied);
  /// After loading with Repeats::shared: gives every dataset its numbers.
  void copy_repeats();
  /// The numbers of a dataset of this file, wherever they lie.
  const std::vector<double>& values_of(const Hdf5Dataset& set) const;
  const Hdf5Dataset* find(const std::string& path) const;
};

/// Such a file, read part by part: for what does not fit into memory. Its checksum is verified before HDF5 sees a byte.
/// Throws as Hdf5File::load does.
class Hdf5Source {
 public:
  explicit Hdf5Source(const std::string& path);
  ~Hdf5Source();
  Hdf5Source(const Hdf5Source&) = delete;
  Hdf5Source& operator=(const Hdf5Source&) = delete;
  /// What is in it: datasets without their values, texts with them.
  const Hdf5File& index() const { return index_; }
  /// As many rows of a dataset, along its first axis, as fit into `values`.
  void rows(const std::string& path, std::size_t first, std::span<double> values) const;

 private:
  struct State;
  std::string path_;
  State* state_;
  Hdf5File index_;
};

}  // namespace nacre::io
