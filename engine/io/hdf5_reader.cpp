#include <unistd.h>

#include <charconv>
#include <memory>
#include <type_traits>

#include "engine/io/hdf5.hpp"
#include "engine/io/hdf5_disk.hpp"
#include "engine/io/hdf5_handle.hpp"
#include "engine/io/hdf5_seal.hpp"
#include "engine/io/input_error.hpp"

namespace nacre::io {
namespace {

/// Attributes by which HDF5 and netCDF keep their own books.
bool is_bookkeeping(const std::string& name) {
  return name == "CLASS" || name == "NAME" || name == "DIMENSION_LIST" || name == "REFERENCE_LIST" ||
         name == "_FillValue";
}

template <class Number>
std::string digits(Number number) {
  char buffer[40];
  std::to_chars_result result{};
  if constexpr (std::is_floating_point_v<Number>) {
    result = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::general, 17);
  } else {
    result = std::to_chars(buffer, buffer + sizeof buffer, number);
  }
  return {buffer, result.ptr};
}

/// A scalar text of an attribute or dataset; `read` fetches it with the type it is given.
template <class Read>
std::string read_text(hid_t type, Read&& read) {
  if (H5Tis_variable_str(type) > 0) {
    char* pointer = nullptr;
    read(&pointer);
    const std::string text = pointer == nullptr ? "" : pointer;
    H5free_memory(pointer);
    return text;
  }
  std::string text(H5Tget_size(type), '\0');
  read(text.data());
  return text.substr(0, text.find('\0'));
}

std::string read_attribute(hid_t attribute, const std::string& name) {
  const Hdf5Handle type(H5Aget_type(attribute), "read the type of " + name);
  const Hdf5Handle space(H5Aget_space(attribute), "read the space of " + name);
  if (H5Sget_simple_extent_npoints(space.get()) != 1)
    throw std::runtime_error("HDF5: attribute " + name + " is not a scalar");
  const auto read = [&](hid_t memory, void* data) { require_done(H5Aread(attribute, memory, data), "read " + name); };
  switch (H5Tget_class(type.get())) {
    case H5T_STRING:
      return read_text(type.get(), [&](void* data) { read(type.get(), data); });
    case H5T_INTEGER: {
      std::int64_t number = 0;
      read(H5T_NATIVE_INT64, &number);
      return digits(number);
    }
    case H5T_FLOAT: {
      double number = 0;
      read(H5T_NATIVE_DOUBLE, &number);
      return digits(number);
    }
    default:
      throw std::runtime_error("HDF5: attribute " + name + " is neither text nor number");
  }
}

std::map<std::string, std::string> read_attributes(hid_t object) {
  std::map<std::string, std::string> attributes;
  H5O_info_t info{};
  require_done(H5Oget_info(object, &info), "read an object");
  for (hsize_t i = 0; i < info.num_attrs; ++i) {
    const Hdf5Handle attribute(H5Aopen_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT),
                               "open an attribute");
    char buffer[256] = "";
    require_done(H5Aget_name(attribute.get(), sizeof buffer, buffer) < 0 ? -1 : 0, "read an attribute's name");
    const std::string name = buffer;
    if (!is_bookkeeping(name)) attributes[name] = read_attribute(attribute.get(), name);
  }
  return attributes;
}

/// Called by H5DSiterate_scales: keeps the last part of the scale's path.
herr_t keep_name(hid_t, unsigned, hid_t scale, void* data) {
  char buffer[1024] = "";
  if (H5Iget_name(scale, buffer, sizeof buffer) <= 0) return -1;
  const std::string path = buffer;
  static_cast<std::vector<std::string>*>(data)->push_back(path.substr(path.rfind('/') + 1));
  return 1;
}

/// Names of a dataset's axes; an axis has itself.
std::vector<std::string> read_axes(hid_t set, const std::string& path, int rank) {
  if (H5DSis_scale(set) > 0) return {path.substr(path.rfind('/') + 1)};
  std::vector<std::string> names;
  for (int i = 0; i < rank; ++i) {
    require_done(H5DSiterate_scales(set, static_cast<unsigned>(i), nullptr, keep_name, &names),
                 "read the axes of " + path);
  }
  return names;
}

/// Whether values of datasets are wanted; texts always are.
enum class Depth { index, values };

Hdf5Dataset read_dataset(hid_t set, const std::string& path, std::map<std::string, std::string>& attributes,
                         Depth depth) {
  Hdf5Dataset result;
  result.path = path;
  result.label = {attributes["units"], attributes["long_name"]};
  const Hdf5Handle type(H5Dget_type(set), "read the type of " + path);
  const Hdf5Handle space(H5Dget_space(set), "read the space of " + path);
  const int rank = H5Sget_simple_extent_ndims(space.get());
  require_done(rank, "read the shape of " + path);
  if (H5Tget_class(type.get()) == H5T_STRING) {
    if (rank != 0) throw std::runtime_error("HDF5: " + path + " holds more than one text");
    result.words = true;
    result.text = read_text(type.get(), [&](void* data) {
      require_done(H5Dread(set, type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, data), "read " + path);
    });
    return result;
  }
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  if (rank > 0)
    require_done(H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr), "read the shape of " + path);
  result.shape.assign(shape.begin(), shape.end());
  if (depth == Depth::values) {
    result.values.resize(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get())));
    require_done(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, result.values.data()), "read " + path);
  }
  result.axes = read_axes(set, path, rank);
  attributes.erase("units");
  attributes.erase("long_name");
  return result;
}

/// Reads an object and, of a group, everything below it, in the order of writing.
void read_object(hid_t object, const std::string& path, Depth depth, Hdf5File& file) {
  std::map<std::string, std::string> attributes = read_attributes(object);
  const H5I_type_t kind = H5Iget_type(object);
  if (kind == H5I_DATASET) file.datasets.push_back(read_dataset(object, path, attributes, depth));
  if (!attributes.empty()) file.attributes[path] = std::move(attributes);
  if (kind != H5I_GROUP) return;
  H5G_info_t info{};
  require_done(H5Gget_info(object, &info), "read " + path);
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    char name[1024] = "";
    const ssize_t size =
        H5Lget_name_by_idx(object, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name, sizeof name, H5P_DEFAULT);
    require_done(size < 0 ? -1 : 0, "read the names below " + path);
    const Hdf5Handle member(H5Oopen(object, name, H5P_DEFAULT), "open " + std::string(name));
    read_object(member.get(), (path == "/" ? "" : path) + "/" + name, depth, file);
  }
}

Hdf5File read_all(const Hdf5Handle& file, Depth depth) {
  const Hdf5Handle root(H5Oopen(file.get(), "/", H5P_DEFAULT), "open the root");
  Hdf5File result;
  read_object(root.get(), "/", depth, result);
  return result;
}

Hdf5File read_image(std::string_view image) {
  const Hdf5Silence silence;
  const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), "make a file's properties");
  require_done(H5Pset_fapl_core(access.get(), std::size_t{1} << 20, false), "keep the file in memory");
  std::string copy(image);  // HDF5 asks for a pointer to bytes that it may change
  require_done(H5Pset_file_image(access.get(), copy.data(), copy.size()), "take the image");
  const std::string name = "image:" + digits(reinterpret_cast<std::uintptr_t>(copy.data()));
  const Hdf5Handle file(H5Fopen(name.c_str(), H5F_ACC_RDONLY, access.get()), "open the image");
  return read_all(file, Depth::values);
}

[[noreturn]] void refuse(const std::string& path, const char* read, const char* expected) {
  throw InputError({path, 0, 0}, "", read, expected);
}

constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
constexpr const char* damaged = "an HDF5 file that nacre did not write, or that was damaged or changed since";

}  // namespace

Hdf5File Hdf5File::load(const std::string& path) {
  const std::string bytes = read_whole(path);
  if (!bytes.starts_with(signature)) refuse(path, "a file of another kind", "a result file of nacre (HDF5)");
  const std::string_view image = sealed_image(bytes);
  if (image.empty()) refuse(path, damaged, "a result file of nacre with its checksum");
  try {
    return read_image(image);
  } catch (const std::runtime_error& error) {
    refuse(path, error.what(), "a result file of nacre");
  }
}

struct Hdf5Source::State {
  Hdf5Silence silence;
  OpenFile bytes;
  int error = 0;  // of writing, which does not happen
  Hdf5Handle file;
  std::map<std::string, Hdf5Handle> sets;  // open, for their chunk caches

  explicit State(const std::string& path) : bytes(path) {
    std::string start(signature.size(), '\0');
    if (::pread(bytes.descriptor(), start.data(), start.size(), 0) != static_cast<ssize_t>(start.size()) ||
        start != signature) {
      refuse(path, "a file of another kind", "a result file of nacre (HDF5)");
    }
    if (sealed_size(bytes.descriptor()) == 0) refuse(path, damaged, "a result file of nacre with its checksum");
    const Hdf5Handle access = disk_access(bytes.descriptor(), &error);
    file = {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), "open the file"};
  }
};

Hdf5Source::Hdf5Source(const std::string& path) : path_(path), state_(nullptr) {
  try {
    auto state = std::make_unique<State>(path);
    index_ = read_all(state->file, Depth::index);
    state_ = state.release();
  } catch (const InputError&) {
    throw;
  } catch (const std::runtime_error& error) {
    refuse(path, error.what(), "a result file of nacre");
  }
}

Hdf5Source::~Hdf5Source() {
  delete state_;
}

void Hdf5Source::rows(const std::string& path, std::size_t first, std::span<double> values) const {
  try {
    Hdf5Handle& set = state_->sets[path];
    if (set.get() < 0) set = {H5Dopen2(state_->file.get(), path.c_str(), H5P_DEFAULT), "open " + path};
    const Hdf5Handle part = rows_of(set.get(), path, first, values.size());
    const hsize_t count = values.size();
    const Hdf5Handle memory(H5Screate_simple(1, &count, nullptr), "make a space");
    require_done(H5Dread(set.get(), H5T_NATIVE_DOUBLE, memory.get(), part.get(), H5P_DEFAULT, values.data()),
                 "read " + path);
  } catch (const std::runtime_error& error) {
    refuse(path_, error.what(), "a result file of nacre");
  }
}

const Hdf5Dataset* Hdf5File::find(const std::string& path) const {
  for (const Hdf5Dataset& set : datasets) {
    if (set.path == path) return &set;
  }
  return nullptr;
}

}  // namespace nacre::io
