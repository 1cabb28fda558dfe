#include "scenarios/load_device.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <optional>
#include <utility>

#include "scenarios/device_checks.hpp"
#include "scenarios/device_stage.hpp"
#include "scenarios/load_layer.hpp"
#include "scenarios/load_programme.hpp"

namespace nacre::scenarios {
namespace {

using io::InputError;
using io::Inputs;

device::Transfer transfer_of(const std::string& name) {
  if (name == "thermionic") return device::Transfer::thermionic;
  return name == "hopping" ? device::Transfer::hopping : device::Transfer::continuous;
}

/// The layers of a case, read from the anode to the cathode or the other way round.
class StackReader {
 public:
  StackReader(const Inputs& inputs, ModelData& data, const Plan& whole) : inputs_(inputs), whole_(whole) {
    const int count = inputs.count("device.layer");
    const bool turned = inputs.text("device.order") == "anode-first";
    for (int i = 0; i < count; ++i) readers_.emplace_back(inputs, data, turned ? count - 1 - i : i);
    const auto carries = [](const LayerReader& reader) { return !reader.is_contact(); };
    first_ = std::find_if(readers_.begin(), readers_.end(), carries);
    last_ = std::find_if(readers_.rbegin(), readers_.rend(), carries).base();
    if (first_ == readers_.end()) {
      throw InputError(inputs.where("device"), "device.layer", "no layer that carries charges",
                       "at least one [[device.layer]] that is no contact");
    }
  }

  void read(DevicePlan& plan) {
    for (auto reader = first_; reader != last_; ++reader) {
      if (reader->is_contact()) {
        throw InputError(reader->where(), reader->key("role"),
                         "layer '" + reader->name() + "', a contact between layers that carry charges",
                         "contacts at the ends of the stack alone");
      }
    }
    for (const LayerReader& reader : readers_) check_role(inputs_, reader.table(), reader.name(), reader.role());
    for (auto reader = first_; reader != last_; ++reader) {
      plan.layers.push_back(emission_plan(inputs_, *reader));
      plan.stack.layers.push_back(layer_of(*reader, plan.layers.back()));
      check_layer(inputs_, reader->table(), plan.stack.layers.back(), plan.layers.back(), cell_of(plan.layers.back()));
    }
    std::vector<LayerReader*> cathode, anode;  // from the inside
    for (auto reader = first_; reader != readers_.begin();) cathode.push_back(&*--reader);
    for (auto reader = last_; reader != readers_.end(); ++reader) anode.push_back(&*reader);
    plan.stack.left_contact = contact("device.cathode", cathode);
    plan.stack.right_contact = contact("device.anode", anode);
    plan.stack.left_work_function = work_function("device.cathode", cathode);
    plan.stack.right_work_function = work_function("device.anode", anode);
    read_interfaces(plan.stack, plan.loss_of_film);
    if (inputs_.text("device.outcoupling_from") == "layers") plan.optics = optics(plan);
  }

 private:
  /// Of the crystals of the case where the layer is made of them; else no lead halide has a smaller one [m].
  double cell_of(const LayerPlan& layer) const {
    constexpr double smallest = 0.56e-9;  // CsPbCl3
    const bool of_case = layer.emission == Emission::confinement || layer.gap_of_crystals || layer.states_of_crystals;
    return whole_.has_material && of_case ? whole_.treated.bulk.lattice_constant : smallest;
  }

  /// layers: of the contact, from the inside.
  device::Contact contact(const std::string& table, const std::vector<LayerReader*>& layers) const {
    device::Contact contact;
    for (LayerReader* layer : layers) {
      if (!layer->injects()) continue;
      if (layer != layers.front()) {
        throw InputError(layer->where(), layer->key("role"),
                         "layer '" + layer->name() + "', which injects, with another contact layer further in",
                         "one layer that injects, beside the layers that carry charges");
      }
      contact.layer = {.thickness = layer->need("thickness", "nm"),
                       .permittivity = layer->need("permittivity", "1"),
                       .attenuation = layer->need("tunnel_attenuation", "1/m")};
    }
    for (auto& [key, velocity] : {std::pair{".velocity_electron", &contact.velocity_electron},
                                  std::pair{".velocity_hole", &contact.velocity_hole}})
      if (inputs_.given(table + key)) *velocity = inputs_.number(table + key);
    contact.image_force = inputs_.flag(table + ".image_force");
    return contact;
  }

  /// Where a named layer lies in the stack.
  std::size_t place(const device::Stack& stack, const std::string& key) const {
    const io::Value name = inputs_.at(key);
    std::vector<std::string> names;
    for (const device::Layer& layer : stack.layers) names.push_back(layer.name);
    const auto found = std::find(names.begin(), names.end(), name.text);
    if (std::count(names.begin(), names.end(), name.text) > 1) {
      throw InputError(name.where, key, "\"" + name.text + "\", which several layers are called",
                       "names of their own for them (name in [[device.layer]])");
    }
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    const std::string near = io::nearest(name.text, names);
    throw InputError(name.where, key, "\"" + name.text + "\", which is no layer that carries charges",
                     near.empty() ? "the name or material of one" : "perhaps \"" + near + "\"");
  }

  void read_interfaces(device::Stack& stack, std::vector<bool>& loss) const {
    std::vector<std::size_t> known;
    for (int i = 0; i < inputs_.count("device.interface"); ++i) {
      const std::string table = "device.interface." + std::to_string(i);
      const std::size_t a = place(stack, table + ".first"), b = place(stack, table + ".second");
      if (a + 1 != b && b + 1 != a) {
        throw InputError(inputs_.where(table), table, "an interface of layers that do not touch", "neighbours");
      }
      if (std::find(known.begin(), known.end(), std::min(a, b)) != known.end()) {
        throw InputError(inputs_.where(table), table, "an interface that another table describes",
                         "one table an interface");
      }
      known.push_back(std::min(a, b));
      check_interface(inputs_, table);
      if (stack.interfaces.size() <= std::min(a, b)) stack.interfaces.resize(std::min(a, b) + 1);
      device::Interface& interface = stack.interfaces[std::min(a, b)];
      interface.transfer_electron = transfer_of(inputs_.text(table + ".transfer_electron"));
      interface.transfer_hole = transfer_of(inputs_.text(table + ".transfer_hole"));
      interface.velocity_electron = inputs_.number(table + ".velocity_electron");
      interface.velocity_hole = inputs_.number(table + ".velocity_hole");
      interface.cross_recombination = inputs_.number(table + ".cross_recombination");
      if (loss.size() < stack.interfaces.size()) loss.resize(stack.interfaces.size(), false);
      loss[std::min(a, b)] = inputs_.text(table + ".cross_recombination_by") == "loss";
      if (loss[std::min(a, b)] && !inputs_.has_table("film")) {
        throw InputError(inputs_.where(table + ".cross_recombination_by"), table + ".cross_recombination_by",
                         "the loss of a film that no stage computes", "a table [film] that computes it");
      }
      interface.dipole = (a < b ? 1 : -1) * inputs_.number(table + ".dipole");
      interface.sheet_charge = inputs_.number(table + ".sheet_charge");
    }
  }

  /// From the substrate to the contact at the other end, which is taken as thick.
  OpticsPlan optics(const DevicePlan& plan) {
    const bool at_anode = inputs_.text("device.light_leaves") == "anode";
    const auto index = [](LayerReader& reader) {
      return std::complex<double>(reader.need("refractive_index", "1"), reader.find("extinction", "1").value_or(0));
    };
    std::vector<LayerReader*> inward;  // from the substrate
    for (LayerReader& reader : readers_) inward.insert(at_anode ? inward.begin() : inward.end(), &reader);
    if (!inward.back()->is_contact()) {
      throw InputError(inputs_.where("device"), "device.layer", "no contact layer at the end without light",
                       "one with a refractive_index, or outcoupling_from = \"number\"");
    }
    OpticsPlan optics;
    optics.stack.front = inputs_.number("device.substrate_index");
    optics.stack.beyond_front = 1;
    for (LayerReader* reader : inward) {
      if (reader == inward.back()) break;
      if (!reader->is_contact()) optics.place.push_back(optics.stack.layers.size());
      optics.stack.layers.push_back({index(*reader), reader->need("thickness", "nm")});
    }
    optics.stack.back = index(*inward.back());
    if (at_anode) std::reverse(optics.place.begin(), optics.place.end());  // plan.layers count from the cathode
    for (std::size_t i = 0; i < plan.layers.size(); ++i) {
      if (plan.layers[i].emission != Emission::none && optics.stack.layers[optics.place[i]].index.imag() > 0)
        throw InputError(inputs_.where("device"), "extinction",
                         "layer '" + plan.stack.layers[i].name + "' that emits and absorbs",
                         "no extinction of layers that emit: reabsorption is not modelled");
    }
    return optics;
  }

  /// What layers of a contact say of its work function has to count: `taken` does, and `by` says it.
  void refuse_unused(const std::vector<LayerReader*>& layers, const std::vector<std::string>& taken,
                     const std::string& by) const {
    for (const LayerReader* layer : layers)
      for (const char* leaf : {"work_function", "work_function_change", "coverage_length"}) {
        const std::string key = layer->key(leaf);
        if (!inputs_.given(key) || std::find(taken.begin(), taken.end(), key) != taken.end()) continue;
        throw InputError(inputs_.where(key), key,
                         "layer '" + layer->name() + "' of a contact whose work function " + by + " says",
                         "one of the two");
      }
  }

  /// The case's, the innermost layer's, or that of the metal behind a layer that injects, as it changes it.
  double work_function(const std::string& contact, const std::vector<LayerReader*>& layers) const {
    const std::string key = contact + ".work_function";
    if (inputs_.given(key)) {
      refuse_unused(layers, {}, key);
      return inputs_.number(key);
    }
    if (layers.empty()) {
      throw InputError(inputs_.where("device"), key, "a stack without a contact at this end",
                       "a contact layer there, or " + key);
    }
    LayerReader& inner = *layers.front();
    if (!inner.injects() || inner.given("work_function")) {
      refuse_unused(layers, {inner.key("work_function")},
                    inner.given("work_function") ? inner.key("work_function") : "layer '" + inner.name() + "'");
      return inner.need("work_function", "eV");
    }
    if (layers.size() == 1) {
      throw InputError(inner.where(), inner.key("role"),
                       "layer '" + inner.name() + "', which injects, without a metal behind it",
                       "a contact layer beyond it, work_function in this [[device.layer]], or " + key);
    }
    refuse_unused(layers,
                  {layers[1]->key("work_function"), inner.key("work_function_change"), inner.key("coverage_length")},
                  "layer '" + inner.name() + "' on '" + layers[1]->name() + "'");
    return device::work_function_behind(layers[1]->need("work_function", "eV"),
                                        inner.need("work_function_change", "eV"), inner.need("coverage_length", "nm"),
                                        inner.need("thickness", "nm"));
  }

  const Inputs& inputs_;
  const Plan& whole_;
  std::vector<LayerReader> readers_;
  std::vector<LayerReader>::iterator first_, last_;
};

/// From one bias to another in even steps, the last one perhaps shorter.
std::vector<double> steps(double from, double to, double step) {
  const double count = std::abs(to - from) / step;
  std::vector<double> biases;
  for (int i = 0; i < count - 1e-9; ++i) biases.push_back(from + std::copysign(step * i, to - from));
  biases.push_back(to);
  return biases;
}

void read_sweep(const Inputs& inputs, DevicePlan& plan) {
  const double from = inputs.number("device.bias_from"), to = inputs.number("device.bias");
  const double step = inputs.number("device.bias_step");
  if (std::abs(to - from) / step > 1e5) {
    throw InputError(inputs.where("device.bias_step"), "device.bias_step", "more than 100 000 steps of it",
                     "a longer step");
  }
  plan.biases = steps(from, to, step);
  if (from != 0) {
    plan.way = steps(0, from, 0.1);
    plan.way.pop_back();
  }
}

bool between(double a, double x, double b) {
  return (a <= x && x <= b) || (a >= x && x >= b);
}

/// Points of profiles become points of the sweep.
void read_profiles(const Inputs& inputs, DevicePlan& plan) {
  std::vector<double> wanted;
  for (int i = 0; i < inputs.count("device.profile"); ++i) {
    const std::string key = "device.profile." + std::to_string(i) + ".bias";
    const double bias = inputs.number(key);
    if (!between(plan.biases.front(), bias, plan.biases.back())) {
      throw InputError(
          inputs.where(key), key, fmt::format("{:.6g} V", bias),
          fmt::format("a bias of the sweep, {:.6g} V to {:.6g} V", plan.biases.front(), plan.biases.back()));
    }
    wanted.push_back(bias);
  }
  const bool down = plan.biases.back() < plan.biases.front();
  std::sort(wanted.begin(), wanted.end(), [&](double a, double b) { return down ? a > b : a < b; });
  for (const double bias : wanted) {
    const auto place = std::find_if(plan.biases.begin(), plan.biases.end(),
                                    [&](double b) { return down ? b <= bias + 1e-9 : b >= bias - 1e-9; });
    const auto index = static_cast<std::size_t>(place - plan.biases.begin());
    if (std::abs(*place - bias) > 1e-9) plan.biases.insert(place, bias);
    if (plan.profiles.empty() || plan.profiles.back() != index) plan.profiles.push_back(index);
  }
}

void read_circuit(const Inputs& inputs, DevicePlan& plan) {
  plan.stack.circuit.series = inputs.number("device.circuit.series_resistance");
  if (inputs.given("device.circuit.shunt_resistance"))
    plan.stack.circuit.shunt = inputs.number("device.circuit.shunt_resistance");
  plan.stack.circuit.capacitance = inputs.number("device.circuit.capacitance");
}

/// Numbers of an array of tables, ascending, each once.
std::vector<double> sorted(const Inputs& inputs, const std::string& array, const std::string& leaf) {
  std::vector<double> values;
  for (int i = 0; i < inputs.count(array); ++i)
    values.push_back(inputs.number(array + "." + std::to_string(i) + "." + leaf));
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

void read_small_signals(const Inputs& inputs, DevicePlan& plan) {
  plan.currents = sorted(inputs, "device.at_current", "current");
  plan.thermal_resistance = inputs.number("device.thermal_resistance");
  plan.area = inputs.number("device.area");
  plan.impedance_biases = sorted(inputs, "device.impedance", "bias");
  const double from = inputs.number("device.frequency.from"), to = inputs.number("device.frequency.to");
  const int count = static_cast<int>(inputs.number("device.frequency.count"));
  if (count > 1 && from >= to) {
    const std::string key = inputs.given("device.frequency.to") ? "device.frequency.to" : "device.frequency.from";
    throw InputError(inputs.where(key), key,
                     from == to ? "the first frequency, which is the last one, too"
                                : fmt::format("frequencies from {:.6g} Hz to {:.6g} Hz, which is lower", from, to),
                     "device.frequency.to above device.frequency.from, or count = 1");
  }
  for (int k = 0; k < count; ++k)
    plan.frequencies.push_back(count == 1 ? from : from * std::pow(to / from, static_cast<double>(k) / (count - 1)));
  if (inputs.given("device.frequency.capacitance_at"))
    plan.capacitance_at = inputs.number("device.frequency.capacitance_at");
}

/// What would be found wrong when the device is computed, as far as it is known before crystals and film are: of a
/// stack that takes nothing from them everything, else whether the mesh resolves its layers but the film's.
void check_stack(const Inputs& inputs, const DevicePlan& plan) {
  const auto refuse = [&](const std::string& key, const std::string& problem, const std::string& expected) {
    throw InputError(inputs.where(key), key, problem, expected);
  };
  device::Stack stack = plan.stands_alone() ? with_crystals(plan, {}) : plan.stack;
  if (const std::string problem = device::problem_of(stack); plan.stands_alone() && !problem.empty())
    refuse("device", problem, "layers, interfaces and contacts that can be computed");
  for (std::size_t i = 0; i < stack.layers.size(); ++i)
    if (plan.layers[i].vacancies_of_film) stack.layers[i].vacancies.density = stack.layers[i].fixed_charge = 0;
  if (const std::string problem = device::problem_of_mesh(stack, plan.mesh); !problem.empty())
    refuse("device.nodes", problem, "a mesh that resolves it");
}

}  // namespace

DevicePlan load_device(const Inputs& inputs, ModelData& data, const Plan& whole) {
  DevicePlan plan;
  check_names(inputs);
  check_transport(inputs);
  StackReader(inputs, data, whole).read(plan);
  const std::string carriers = inputs.text("device.carriers");
  plan.stack.carriers = carriers == "electrons" ? device::Carriers::electrons
                        : carriers == "holes"   ? device::Carriers::holes
                                                : device::Carriers::both;
  plan.anode_first = inputs.text("device.order") == "anode-first";
  plan.stack.temperature = inputs.number("device.temperature");
  plan.stack.transport =
      inputs.text("device.transport") == "sites" ? device::Transport::sites : device::Transport::continuum;
  plan.eqe_luminance = inputs.number("device.eqe_luminance");
  plan.outcoupling = inputs.number("device.outcoupling");
  plan.mesh.nodes = static_cast<std::size_t>(inputs.number("device.nodes"));
  plan.mesh.end_spacing = inputs.number("device.end_spacing");
  read_sweep(inputs, plan);
  read_profiles(inputs, plan);
  read_circuit(inputs, plan);
  read_small_signals(inputs, plan);
  check_stack(inputs, plan);
  load_programme(inputs, whole.variant, plan);
  return plan;
}

}  // namespace nacre::scenarios
