#include <sys/stat.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <sstream>

#include "engine/io/hdf5.hpp"
#include "engine/io/hdf5_disk.hpp"
#include "engine/io/hdf5_handle.hpp"
#include "engine/io/hdf5_seal.hpp"

namespace nacre::io {
namespace {

/// Attributes of HDF5 end at 64 kB; longer texts go to the heap.
constexpr std::size_t longest_inline_text = 32768;
/// Smaller datasets stay contiguous: a chunk index costs more than compression gains.
constexpr std::size_t smallest_chunked = 8192;
/// Elements of a chunk: 512 kB, half of HDF5's chunk cache.
constexpr hsize_t largest_chunk = 65536;

std::string parent_group(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

std::string last_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

Hdf5Handle fixed_text(std::size_t size) {
  Hdf5Handle type(H5Tcopy(H5T_C_S1), "make a text type");
  require_done(H5Tset_size(type.get(), size), "size a text type");
  require_done(H5Tset_cset(type.get(), H5T_CSET_UTF8), "set a text type to UTF-8");
  require_done(H5Tset_strpad(type.get(), size == H5T_VARIABLE ? H5T_STR_NULLTERM : H5T_STR_NULLPAD), "pad a text type");
  return type;
}

Hdf5Handle scalar_space() {
  return {H5Screate(H5S_SCALAR), "make a scalar space"};
}

/// Whole slowest rows, as many as fit a chunk; the fastest axis is cut only when one row is larger than that.
std::vector<hsize_t> chunk_of(std::vector<hsize_t> shape) {
  hsize_t elements = 1;
  for (std::size_t i = shape.size(); i-- > 0;) {
    shape[i] = std::clamp<hsize_t>(largest_chunk / elements, 1, shape[i]);
    elements *= shape[i];
  }
  return shape;
}

/// How a dataset is laid out: no times, NaN where nothing was written, chunked and compressed when large.
Hdf5Handle layout(const std::vector<hsize_t>& shape, std::size_t elements) {
  Hdf5Handle list(H5Pcreate(H5P_DATASET_CREATE), "make a dataset's properties");
  require_done(H5Pset_obj_track_times(list.get(), false), "switch times off");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  require_done(H5Pset_fill_value(list.get(), H5T_NATIVE_DOUBLE, &nan), "set the fill value");
  if (elements >= smallest_chunked) {
    const std::vector<hsize_t> chunk = chunk_of(shape);
    require_done(H5Pset_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data()), "set the chunk");
    require_done(H5Pset_shuffle(list.get()), "set the shuffle filter");
    require_done(H5Pset_deflate(list.get(), 4), "set compression");
  }
  return list;
}

Hdf5Handle group_properties(hid_t kind) {
  Hdf5Handle list(H5Pcreate(kind), "make a group's properties");
  require_done(H5Pset_obj_track_times(list.get(), false), "switch times off");
  require_done(H5Pset_link_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "keep the order");
  return list;
}

std::size_t size_of(int file) {
  struct stat status {};
  if (::fstat(file, &status) != 0) throw std::runtime_error("HDF5: the file on the disk cannot be read");
  return static_cast<std::size_t>(status.st_size);
}

}  // namespace

struct Hdf5Writer::State {
  Hdf5Silence silence;
  std::string path;
  std::unique_ptr<Draft> draft;  // of a file on the disk
  int error = 0;                 // of writing it
  std::size_t need = 0;          // how large it can become [bytes]
  Hdf5Handle file;
  std::map<std::string, Hdf5Handle> growing;  // datasets that get their rows one by one; open, for their chunk caches

  State(std::string target, Home home) : path(std::move(target)) {
    if (home == Home::disk) draft = std::make_unique<Draft>(path);
    const Hdf5Handle access = draft ? disk_access(draft->descriptor(), &error) : memory_access();
    const Hdf5Handle creation = group_properties(H5P_FILE_CREATE);
    std::ostringstream name;  // HDF5 tells open files apart by name alone
    name << "memory:" << this;
    file = {H5Fcreate(name.str().c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), "make a file"};
  }

  static Hdf5Handle memory_access() {
    Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), "make a file's properties");
    require_done(H5Pset_fapl_core(access.get(), std::size_t{1} << 20, false), "keep the file in memory");
    return access;
  }

  /// Does something to the file; when the disk is full that is what is wrong, whatever HDF5 makes of it.
  template <class Action>
  void perform(Action&& action) {
    try {
      action();
    } catch (const std::runtime_error&) {
      if (error == 0) throw;
    }
    if (error != 0) draft->fail(error, need);
  }

  bool exists(const std::string& object) const {
    return object == "/" || H5Lexists(file.get(), object.c_str(), H5P_DEFAULT) > 0;
  }

  void require_group(const std::string& group) const {
    if (group == "/") return;
    require_group(parent_group(group));
    if (exists(group)) return;
    const Hdf5Handle creation = group_properties(H5P_GROUP_CREATE);
    const Hdf5Handle made(H5Gcreate2(file.get(), group.c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                          "make " + group);
  }

  /// A new object's group is made; a name without leading slash or a name twice is the caller's mistake.
  void prepare(const std::string& object) const {
    if (!object.starts_with('/') || object.ends_with('/') || object.find("//") != std::string::npos) {
      throw std::invalid_argument("HDF5: \"" + object + "\" is not an absolute path");
    }
    require_group(parent_group(object));
    if (exists(object)) throw std::invalid_argument("HDF5: " + object + " is written twice");
  }

  void put_attribute(const std::string& object, const std::string& name, const Hdf5Handle& type,
                     const void* data) const {
    if (!exists(object)) {
      prepare(object);
      require_group(object);
    }
    const Hdf5Handle owner(H5Oopen(file.get(), object.c_str(), H5P_DEFAULT), "open " + object);
    if (H5Aexists(owner.get(), name.c_str()) > 0) require_done(H5Adelete(owner.get(), name.c_str()), "replace " + name);
    const Hdf5Handle space = scalar_space();
    const Hdf5Handle attribute(H5Acreate2(owner.get(), name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
                               "make attribute " + name);
    require_done(H5Awrite(attribute.get(), type.get(), data), "write attribute " + name);
  }

  void put_text(const std::string& object, const std::string& name, const std::string& text) const {
    if (text.size() <= longest_inline_text) {
      const std::string padded = text.empty() ? std::string(1, '\0') : text;
      return put_attribute(object, name, fixed_text(padded.size()), padded.data());
    }
    const char* pointer = text.c_str();
    put_attribute(object, name, fixed_text(H5T_VARIABLE), &pointer);
  }

  void put_number(const std::string& object, const std::string& name, double value) const {
    put_attribute(object, name, {H5Tcopy(H5T_IEEE_F64LE), "make a number type"}, &value);
  }

  Hdf5Handle make_dataset(const std::string& path_of_set, const std::vector<hsize_t>& shape) {
    prepare(path_of_set);
    const int rank = static_cast<int>(shape.size());
    std::size_t elements = 1;
    for (const hsize_t extent : shape) elements *= extent;
    const Hdf5Handle space =
        shape.empty() ? scalar_space() : Hdf5Handle(H5Screate_simple(rank, shape.data(), nullptr), "make a space");
    const Hdf5Handle properties = layout(shape, elements);
    Hdf5Handle set(H5Dcreate2(file.get(), path_of_set.c_str(), H5T_IEEE_F64LE, space.get(), H5P_DEFAULT,
                              properties.get(), H5P_DEFAULT),
                   "make " + path_of_set);
    need += elements * sizeof(double);
    return set;
  }

  void put_values(const Hdf5Handle& set, const std::string& path_of_set, std::span<const double> values) const {
    require_done(H5Dwrite(set.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
                 "write " + path_of_set);
  }

  void put_label(const std::string& path_of_set, const Label& label) const {
    put_text(path_of_set, "units", label.unit);
    put_text(path_of_set, "long_name", label.long_name);
  }

  Hdf5Handle make_axis(const std::string& path_of_set, const Label& label, std::size_t size,
                       const double* values = nullptr) {
    Hdf5Handle set = make_dataset(path_of_set, {size});
    if (values != nullptr) put_values(set, path_of_set, {values, size});
    put_label(path_of_set, label);
    require_done(H5DSset_scale(set.get(), last_name(path_of_set).c_str()), "make " + path_of_set + " an axis");
    return set;
  }

  /// The axes of a dataset, opened, and its shape.
  std::vector<Hdf5Handle> open_axes(const std::string& path_of_set, const std::vector<std::string>& axes,
                                    std::vector<hsize_t>& shape) const {
    std::vector<Hdf5Handle> scales;
    const std::string group = parent_group(path_of_set);
    for (const std::string& name : axes) {
      const std::string axis_path = (group == "/" ? "" : group) + "/" + name;
      scales.emplace_back(H5Dopen2(file.get(), axis_path.c_str(), H5P_DEFAULT), "open axis " + axis_path);
      const Hdf5Handle space(H5Dget_space(scales.back().get()), "read axis " + axis_path);
      shape.push_back(static_cast<hsize_t>(H5Sget_simple_extent_npoints(space.get())));
    }
    return scales;
  }

  Hdf5Handle make_over_axes(const std::string& path_of_set, const Label& label, const std::vector<std::string>& axes,
                            const std::span<const double>* values = nullptr) {
    std::vector<hsize_t> shape;
    const std::vector<Hdf5Handle> scales = open_axes(path_of_set, axes, shape);
    std::size_t elements = 1;
    for (const hsize_t extent : shape) elements *= extent;
    if (values != nullptr && elements != values->size()) {
      throw std::invalid_argument("HDF5: " + path_of_set + " has " + std::to_string(values->size()) +
                                  " values, its axes hold " + std::to_string(elements));
    }
    Hdf5Handle set = make_dataset(path_of_set, shape);
    if (values != nullptr) put_values(set, path_of_set, *values);
    put_label(path_of_set, label);
    put_number(path_of_set, "_FillValue", std::numeric_limits<double>::quiet_NaN());
    for (unsigned i = 0; i < scales.size(); ++i) {
      require_done(H5DSattach_scale(set.get(), scales[i].get(), i), "give " + path_of_set + " its axes");
    }
    return set;
  }

  void put_rows(const std::string& path_of_set, std::size_t first, std::span<const double> values) const {
    const Hdf5Handle& set = growing.at(path_of_set);
    const Hdf5Handle part = rows_of(set.get(), path_of_set, first, values.size());
    const hsize_t count = values.size();
    const Hdf5Handle memory(H5Screate_simple(1, &count, nullptr), "make a space");
    require_done(H5Dwrite(set.get(), H5T_NATIVE_DOUBLE, memory.get(), part.get(), H5P_DEFAULT, values.data()),
                 "write " + path_of_set);
  }

  /// Closes the file on the disk and puts its seal behind it; its size.
  std::size_t seal() {
    growing.clear();
    require_done(H5Fflush(file.get(), H5F_SCOPE_GLOBAL), "flush");
    file.reset();
    const std::size_t size = size_of(draft->descriptor());
    const std::string line = seal_of(draft->descriptor(), size);
    if (error == 0) error = write_at(draft->descriptor(), size, line);
    return size + line.size();
  }

  void put_long_text(const std::string& path_of_set, const std::string& value) const {
    prepare(path_of_set);
    const Hdf5Handle type = fixed_text(H5T_VARIABLE);
    const Hdf5Handle space = scalar_space();
    const Hdf5Handle list(H5Pcreate(H5P_DATASET_CREATE), "make a dataset's properties");
    require_done(H5Pset_obj_track_times(list.get(), false), "switch times off");
    const Hdf5Handle set(
        H5Dcreate2(file.get(), path_of_set.c_str(), type.get(), space.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
        "make " + path_of_set);
    const char* pointer = value.c_str();
    require_done(H5Dwrite(set.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, &pointer), "write " + path_of_set);
  }

  std::string image() const {
    require_done(H5Fflush(file.get(), H5F_SCOPE_GLOBAL), "flush");
    const ssize_t size = H5Fget_file_image(file.get(), nullptr, 0);
    if (size <= 0) throw std::runtime_error("HDF5 failed: size the image of " + path);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    if (H5Fget_file_image(file.get(), bytes.data(), bytes.size()) != size) {
      throw std::runtime_error("HDF5 failed: take the image of " + path);
    }
    return bytes;
  }
};

Hdf5Writer::Hdf5Writer(std::string path, Home home) : state_(new State(std::move(path), home)) {}

Hdf5Writer::~Hdf5Writer() {
  delete state_;
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name, const std::string& text) {
  state_->perform([&] { state_->put_text(object, name, text); });
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name, double value) {
  state_->perform([&] { state_->put_number(object, name, value); });
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name, std::int64_t value) {
  state_->perform([&] { state_->put_attribute(object, name, {H5Tcopy(H5T_STD_I64LE), "make a number type"}, &value); });
}

void Hdf5Writer::axis(const std::string& path, const Label& label, std::span<const double> values) {
  state_->perform([&] { state_->make_axis(path, label, values.size(), values.data()); });
}

void Hdf5Writer::axis(const std::string& path, const Label& label, std::size_t size) {
  state_->perform([&] { state_->growing[path] = state_->make_axis(path, label, size); });
}

void Hdf5Writer::dataset(const std::string& path, const Label& label, const std::vector<std::string>& axes,
                         std::span<const double> values) {
  state_->perform([&] { state_->make_over_axes(path, label, axes, &values); });
}

void Hdf5Writer::dataset(const std::string& path, const Label& label, const std::vector<std::string>& axes) {
  state_->perform([&] { state_->growing[path] = state_->make_over_axes(path, label, axes); });
}

void Hdf5Writer::rows(const std::string& path, std::size_t first, std::span<const double> values) {
  state_->perform([&] { state_->put_rows(path, first, values); });
}

void Hdf5Writer::close(const std::string& path) {
  state_->perform([&] { state_->growing.erase(path); });
}

void Hdf5Writer::text(const std::string& path, const std::string& value) {
  state_->perform([&] { state_->put_long_text(path, value); });
}

std::string Hdf5Writer::bytes() const {
  std::string bytes = state_->image();
  bytes += seal_of(bytes);
  return bytes;
}

void Hdf5Writer::commit() {
  if (!state_->draft) return write_whole(state_->path, bytes());
  std::size_t size = 0;
  state_->perform([&] { size = state_->seal(); });
  state_->draft->commit(size);
}

}  // namespace nacre::io
