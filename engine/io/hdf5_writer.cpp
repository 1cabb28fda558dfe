#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <sstream>

#include "engine/io/hdf5.hpp"
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

}  // namespace

struct Hdf5Writer::State {
  Hdf5Silence silence;
  std::string path;
  Hdf5Handle file;

  explicit State(std::string target) : path(std::move(target)) {
    const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), "make a file's properties");
    require_done(H5Pset_fapl_core(access.get(), std::size_t{1} << 20, false), "keep the file in memory");
    const Hdf5Handle creation = group_properties(H5P_FILE_CREATE);
    std::ostringstream name;  // HDF5 tells open files in memory apart by name alone
    name << "memory:" << this;
    file = {H5Fcreate(name.str().c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), "make a file in memory"};
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

  Hdf5Handle put_values(const std::string& path_of_set, const Label& label, const std::vector<hsize_t>& shape,
                        std::span<const double> values) const {
    prepare(path_of_set);
    const int rank = static_cast<int>(shape.size());
    const Hdf5Handle space =
        shape.empty() ? scalar_space() : Hdf5Handle(H5Screate_simple(rank, shape.data(), nullptr), "make a space");
    const Hdf5Handle properties = layout(shape, values.size());
    Hdf5Handle set(H5Dcreate2(file.get(), path_of_set.c_str(), H5T_IEEE_F64LE, space.get(), H5P_DEFAULT,
                              properties.get(), H5P_DEFAULT),
                   "make " + path_of_set);
    require_done(H5Dwrite(set.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
                 "write " + path_of_set);
    put_text(path_of_set, "units", label.unit);
    put_text(path_of_set, "long_name", label.long_name);
    return set;
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

Hdf5Writer::Hdf5Writer(std::string path) : state_(new State(std::move(path))) {}

Hdf5Writer::~Hdf5Writer() {
  delete state_;
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name, const std::string& text) {
  state_->put_text(object, name, text);
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name, double value) {
  state_->put_number(object, name, value);
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name, std::int64_t value) {
  state_->put_attribute(object, name, {H5Tcopy(H5T_STD_I64LE), "make a number type"}, &value);
}

void Hdf5Writer::axis(const std::string& path, const Label& label, std::span<const double> values) {
  const Hdf5Handle set = state_->put_values(path, label, {values.size()}, values);
  require_done(H5DSset_scale(set.get(), last_name(path).c_str()), "make " + path + " an axis");
}

void Hdf5Writer::dataset(const std::string& path, const Label& label, const std::vector<std::string>& axes,
                         std::span<const double> values) {
  std::vector<Hdf5Handle> scales;
  std::vector<hsize_t> shape;
  std::size_t elements = 1;
  const std::string group = parent_group(path);
  for (const std::string& name : axes) {
    const std::string axis_path = (group == "/" ? "" : group) + "/" + name;
    scales.emplace_back(H5Dopen2(state_->file.get(), axis_path.c_str(), H5P_DEFAULT), "open axis " + axis_path);
    const Hdf5Handle space(H5Dget_space(scales.back().get()), "read axis " + axis_path);
    shape.push_back(static_cast<hsize_t>(H5Sget_simple_extent_npoints(space.get())));
    elements *= shape.back();
  }
  if (elements != values.size()) {
    throw std::invalid_argument("HDF5: " + path + " has " + std::to_string(values.size()) + " values, its axes hold " +
                                std::to_string(elements));
  }
  const Hdf5Handle set = state_->put_values(path, label, shape, values);
  state_->put_number(path, "_FillValue", std::numeric_limits<double>::quiet_NaN());
  for (unsigned i = 0; i < scales.size(); ++i) {
    require_done(H5DSattach_scale(set.get(), scales[i].get(), i), "give " + path + " its axes");
  }
}

void Hdf5Writer::text(const std::string& path, const std::string& value) {
  state_->prepare(path);
  const Hdf5Handle type = fixed_text(H5T_VARIABLE);
  const Hdf5Handle space = scalar_space();
  const Hdf5Handle list(H5Pcreate(H5P_DATASET_CREATE), "make a dataset's properties");
  require_done(H5Pset_obj_track_times(list.get(), false), "switch times off");
  const Hdf5Handle set(
      H5Dcreate2(state_->file.get(), path.c_str(), type.get(), space.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
      "make " + path);
  const char* pointer = value.c_str();
  require_done(H5Dwrite(set.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, &pointer), "write " + path);
}

std::string Hdf5Writer::bytes() const {
  std::string bytes = state_->image();
  bytes += seal_of(bytes);
  return bytes;
}

void Hdf5Writer::commit() {
  write_whole(state_->path, bytes());
}

}  // namespace nacre::io
