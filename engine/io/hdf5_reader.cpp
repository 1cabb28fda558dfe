#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <type_traits>
#include <unordered_map>

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
  const Hdf5Handle type(H5Aget_type(attribute), "read the type of ", name);
  // One element takes what its type does; a space is opened only where that does not tell.
  if (H5Aget_storage_size(attribute) != H5Tget_size(type.get())) {
    const Hdf5Handle space(H5Aget_space(attribute), "read the space of ", name);
    if (H5Sget_simple_extent_npoints(space.get()) != 1)
      throw std::runtime_error("HDF5: attribute " + name + " is not a scalar");
  }
  const auto read = [&](hid_t memory, void* data) { require_done(H5Aread(attribute, memory, data), "read ", name); };
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

/// Called for every attribute or link: keeps its name.
herr_t keep_attribute_name(hid_t, const char* name, const H5A_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}
herr_t keep_link_name(hid_t, const char* name, const H5L_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

/// Addresses of the axes of a dataset, from DIMENSION_LIST: a reference to an object is its address.
std::vector<haddr_t> read_dimension_list(hid_t attribute) {
  const Hdf5Handle space(H5Aget_space(attribute), "read the space of the axes");
  const Hdf5Handle type(H5Tvlen_create(H5T_STD_REF_OBJ), "make a type of axes");
  std::vector<hvl_t> lists(static_cast<std::size_t>(std::max<hssize_t>(H5Sget_simple_extent_npoints(space.get()), 0)));
  require_done(H5Aread(attribute, type.get(), lists.data()), "read the axes");
  std::vector<haddr_t> addresses;
  for (const hvl_t& list : lists)
    if (list.len > 0) addresses.push_back(*static_cast<const hobj_ref_t*>(list.p));
  require_done(H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, lists.data()), "release the axes");
  return addresses;
}

/// What stands beside the numbers of an object.
struct Attributes {
  std::map<std::string, std::string> texts;
  bool is_axis = false;       ///< of itself
  std::vector<haddr_t> axes;  ///< where the objects are that are axes of this one
};

Attributes read_attributes(hid_t object) {
  std::vector<std::string> names;
  hsize_t first = 0;
  require_done(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_NATIVE, &first, keep_attribute_name, &names),
               "read the names of attributes");
  Attributes result;
  for (const std::string& name : names) {
    if (is_bookkeeping(name) && name != "CLASS" && name != "DIMENSION_LIST") continue;
    const Hdf5Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), "open an attribute");
    if (name == "CLASS") {
      result.is_axis = read_attribute(attribute.get(), name) == "DIMENSION_SCALE";
    } else if (name == "DIMENSION_LIST") {
      result.axes = read_dimension_list(attribute.get());
    } else {
      result.texts[name] = read_attribute(attribute.get(), name);
    }
  }
  return result;
}

std::string last_part(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

/// Where the bytes of a dataset lie in the image of its file: of one that is not compressed its numbers themselves, of
/// one that is the bytes of its single chunk. Empty where they are in several places, or in none.
struct Lying {
  std::string_view bytes;
  bool compressed = false;
};

Lying lying_of(hid_t set, hid_t space, std::string_view image) {
  haddr_t place = H5Dget_offset(set);  // of what is one run of bytes, uncompressed
  hsize_t size = H5Dget_storage_size(set), chunks = 0;
  const bool compressed = place == HADDR_UNDEF;
  if (compressed) {
    std::array<hsize_t, H5S_MAX_RANK> corner{};
    unsigned left_out = 0;  // filters
    if (H5Dget_num_chunks(set, space, &chunks) < 0 || chunks != 1) return {};
    require_done(H5Dget_chunk_info(set, space, 0, corner.data(), &left_out, &place, &size), "find a chunk");
    if (left_out != 0) return {};
  }
  if (place == HADDR_UNDEF || place > image.size() || size > image.size() - place) return {};
  return {image.substr(place, size), compressed};
}

/// The numbers of datasets, each list of them that is large read once however often the file has it.
class Numbers {
 public:
  Numbers(std::string_view image, Hdf5File::Repeats repeats) : image_(image), repeats_(repeats) {}

  /// Reads those of a dataset of this type and space, with the datasets before it at hand.
  void read(hid_t set, hid_t type, hid_t space, Hdf5Dataset& into, const std::vector<Hdf5Dataset>& before) {
    const auto count = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space));
    const Lying lying = count > 0 ? lying_of(set, space, image_) : Lying{};
    if (!lying.compressed && lying.bytes.size() == count * sizeof(double) && count > 0 &&
        H5Tget_class(type) == H5T_FLOAT && H5Tget_size(type) == sizeof(double) &&
        H5Tget_order(type) == H5Tget_order(H5T_NATIVE_DOUBLE)) {
      into.values.resize(count);
      std::memcpy(into.values.data(), lying.bytes.data(), lying.bytes.size());
      return;
    }
    if (lying.compressed) {
      std::vector<std::size_t>& known = first_with_[lying.bytes];
      const auto same =
          std::find_if(known.begin(), known.end(), [&](std::size_t i) { return before[i].shape == into.shape; });
      if (same != known.end()) {
        into.repeats = *same;
        if (repeats_ == Hdf5File::Repeats::copied) into.values = before[*same].values;
        return;
      }
      known.push_back(before.size());
    }
    into.values.resize(count);
    require_done(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, into.values.data()), "read ",
                 into.path);
  }

 private:
  std::string_view image_;
  Hdf5File::Repeats repeats_;
  std::unordered_map<std::string_view, std::vector<std::size_t>> first_with_;  // compressed bytes, who had them first
};

/// Without `numbers` values are left out.
Hdf5Dataset read_dataset(hid_t set, const std::string& path, std::map<std::string, std::string>& attributes,
                         Numbers* numbers, const std::vector<Hdf5Dataset>& before) {
  Hdf5Dataset result;
  result.path = path;
  result.label = {attributes["units"], attributes["long_name"]};
  const Hdf5Handle type(H5Dget_type(set), "read the type of ", path);
  const Hdf5Handle space(H5Dget_space(set), "read the space of ", path);
  const int rank = H5Sget_simple_extent_ndims(space.get());
  require_done(rank, "read the shape of ", path);
  if (H5Tget_class(type.get()) == H5T_STRING) {
    if (rank != 0) throw std::runtime_error("HDF5: " + path + " holds more than one text");
    result.words = true;
    result.text = read_text(type.get(), [&](void* data) {
      require_done(H5Dread(set, type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, data), "read ", path);
    });
    return result;
  }
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  if (rank > 0) require_done(H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr), "read the shape of ", path);
  result.shape.assign(shape.begin(), shape.end());
  if (numbers != nullptr) numbers->read(set, type.get(), space.get(), result, before);
  attributes.erase("units");
  attributes.erase("long_name");
  return result;
}

/// A walk through a file. HDF5 would find the name of an axis by searching the whole file for its address; here
/// addresses are noted on the way, and names are given at the end.
struct Walk {
  Numbers* numbers = nullptr;
  Hdf5File file;
  std::map<haddr_t, std::string> names;    // of datasets
  std::vector<std::vector<haddr_t>> axes;  // of each dataset of the file

  void dataset(hid_t object, const std::string& path, Attributes& attributes) {
    H5O_info_t info{};
    require_done(H5Oget_info2(object, &info, H5O_INFO_BASIC), "read an object");
    names[info.addr] = last_part(path);
    if (attributes.is_axis) attributes.axes = {info.addr};
    file.datasets.push_back(read_dataset(object, path, attributes.texts, numbers, file.datasets));
    axes.push_back(std::move(attributes.axes));
  }

  /// Reads an object and, of a group, everything below it, in the order of writing.
  void object(hid_t object, const std::string& path) {
    Attributes attributes = read_attributes(object);
    const H5I_type_t kind = H5Iget_type(object);
    if (kind == H5I_DATASET) dataset(object, path, attributes);
    if (!attributes.texts.empty()) file.attributes[path] = std::move(attributes.texts);
    if (kind == H5I_GROUP) members(object, path);
  }

  void members(hid_t group, const std::string& path) {
    std::vector<std::string> links;
    require_done(H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, keep_link_name, &links),
                 "read the names below ", path);
    for (const std::string& name : links) {
      const Hdf5Handle member(H5Oopen(group, name.c_str(), H5P_DEFAULT), "open ", name);
      object(member.get(), (path == "/" ? "" : path) + "/" + name);
    }
  }

  void name_axes() {
    for (std::size_t i = 0; i < axes.size(); ++i) {
      if (file.datasets[i].words) continue;
      for (const haddr_t address : axes[i]) {
        const auto axis = names.find(address);
        if (axis == names.end())
          throw std::runtime_error("HDF5: an axis of " + file.datasets[i].path + " is no dataset");
        file.datasets[i].axes.push_back(axis->second);
      }
    }
  }
};

Hdf5File read_all(const Hdf5Handle& file, Numbers* numbers) {
  const Hdf5Handle root(H5Oopen(file.get(), "/", H5P_DEFAULT), "open the root");
  Walk walk{numbers, {}, {}, {}};
  walk.object(root.get(), "/");
  walk.name_axes();
  return std::move(walk.file);
}

/// The image as HDF5 is to take it: where it lies, not in a copy for the properties and another for the file. HDF5 asks
/// for memory twice, is given the bytes themselves, and leaves them to their owner.
struct ImageInPlace {
  static void* memory(std::size_t, H5FD_file_image_op_t, void* image) { return image; }
  static void* copy(void* to, const void*, std::size_t, H5FD_file_image_op_t, void*) { return to; }
  static void* resize(void*, std::size_t, H5FD_file_image_op_t, void*) { return nullptr; }  // only by writing
  static herr_t release(void*, H5FD_file_image_op_t, void*) { return 0; }
  static void* share(void* image) { return image; }
  static herr_t forget(void*) { return 0; }

  static Hdf5Handle access(std::string_view image) {
    Hdf5Handle list(H5Pcreate(H5P_FILE_ACCESS), "make a file's properties");
    require_done(H5Pset_fapl_core(list.get(), std::size_t{1} << 20, false), "keep the file in memory");
    void* bytes = const_cast<char*>(image.data());  // of a file that is opened to be read
    H5FD_file_image_callbacks_t calls{memory, copy, resize, release, share, forget, bytes};
    require_done(H5Pset_file_image_callbacks(list.get(), &calls), "take the image where it lies");
    require_done(H5Pset_file_image(list.get(), bytes, image.size()), "take the image");
    return list;
  }
};

Hdf5File read_image(std::string_view image, Hdf5File::Repeats repeats) {
  const Hdf5Silence silence;
  const Hdf5Handle access = ImageInPlace::access(image);
  const std::string name = "image:" + digits(reinterpret_cast<std::uintptr_t>(image.data()));
  const Hdf5Handle file(H5Fopen(name.c_str(), H5F_ACC_RDONLY, access.get()), "open the image");
  Numbers numbers(image, repeats);
  return read_all(file, &numbers);
}

[[noreturn]] void refuse(const std::string& path, const char* read, const char* expected) {
  throw InputError({path, 0, 0}, "", read, expected);
}

constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
constexpr const char* damaged = "an HDF5 file that nacre did not write, or that was damaged or changed since";

}  // namespace

Hdf5File Hdf5File::load(const std::string& path, Repeats repeats) {
  const std::string bytes = read_whole(path);
  if (!bytes.starts_with(signature)) refuse(path, "a file of another kind", "a result file of nacre (HDF5)");
  const std::string_view image = sealed_image(bytes);
  if (image.empty()) refuse(path, damaged, "a result file of nacre with its checksum");
  try {
    return read_image(image, repeats);
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
    index_ = read_all(state->file, nullptr);
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
    require_done(H5Dread(set.get(), H5T_NATIVE_DOUBLE, memory.get(), part.get(), H5P_DEFAULT, values.data()), "read ",
                 path);
  } catch (const std::runtime_error& error) {
    refuse(path_, error.what(), "a result file of nacre");
  }
}

void Hdf5File::copy_repeats() {
  for (Hdf5Dataset& set : datasets)
    if (set.repeats) set.values = datasets[*set.repeats].values;
}

const std::vector<double>& Hdf5File::values_of(const Hdf5Dataset& set) const {
  return set.repeats ? datasets[*set.repeats].values : set.values;
}

const Hdf5Dataset* Hdf5File::find(const std::string& path) const {
  for (const Hdf5Dataset& set : datasets) {
    if (set.path == path) return &set;
  }
  return nullptr;
}

}  // namespace nacre::io
