// A device behind its circuit, in time and under small signals, as a case asks for it.
#include <algorithm>
#include <cmath>

#include "engine/io/hdf5.hpp"
#include "tests/scenarios/running.hpp"

using namespace nacre;

namespace {

std::string led(const std::string& more = "") {
  return support::reference_led_case() + more;
}

using support::run;

/// Values of the device stage by name, in SI.
std::vector<double> values(const scenarios::Result& result, const std::string& name) {
  return support::values_of(result, scenarios::Stage::device, name);
}

std::string message_of(const std::string& text, const std::vector<scenarios::Override>& set = {}) {
  return support::complaint([&] { support::plans_of(text, set); });
}

}  // namespace

TEST_CASE("a circuit around the device: the sweep is of the source, the device keeps what is left", "[device]") {
  const scenarios::Result result =
      run(led("[device.circuit]\nseries_resistance = \"20 ohm cm2\"\nshunt_resistance = \"1e4 ohm cm2\"\n"
              "[[device.at_current]]\ncurrent = \"10 mA/cm2\"\n[[device.at_current]]\ncurrent = \"1 mA/cm2\"\n"));
  REQUIRE(result.failures.empty());
  const auto bias = values(result, "bias"), inside = values(result, "device_voltage");
  const auto own = values(result, "current_density"), supplied = values(result, "supplied_current_density");
  REQUIRE(bias.size() == 7);
  for (std::size_t i = 0; i < bias.size(); ++i) {
    CHECK(bias[i] == Approx(0.5 * static_cast<double>(i)));
    CHECK(inside[i] == Approx(bias[i] - 20e-4 * supplied[i]).margin(1e-9));
    CHECK(supplied[i] == Approx(own[i] + inside[i] / 1.).margin(1e-9));
  }
  const auto driven = values(result, "driven_current"), at = values(result, "driven_bias");
  REQUIRE(driven.size() == 2);
  CHECK(driven[0] == Approx(10));
  CHECK(driven[1] == Approx(100));
  CHECK(at[1] > at[0]);
  CHECK(values(result, "driven_luminance")[1] > values(result, "driven_luminance")[0]);
  CHECK(values(result, "driven_emission_peak")[1] == Approx(640e-9).epsilon(1e-3));
}

TEST_CASE("impedance over the frequency, capacitance over the bias", "[device]") {
  const scenarios::Result result = run(
      led("[[device.impedance]]\nbias = \"2 V\"\n[[device.impedance]]\nbias = \"0 V\"\n[device.frequency]\nfrom = \"1 "
          "mHz\"\nto = \"1 GHz\"\ncount = 13\ncapacitance_at = \"100 kHz\"\n"));
  REQUIRE(result.failures.empty());
  REQUIRE(values(result, "impedance_bias") == std::vector<double>{0, 2});
  const auto frequency = values(result, "frequency");
  REQUIRE(frequency.size() == 13);
  CHECK(frequency[1] == Approx(1e-2));
  const auto re = values(result, "impedance_real"), im = values(result, "impedance_imaginary");
  const auto g = values(result, "admittance_real"), b = values(result, "admittance_imaginary");
  const auto c = values(result, "capacitance");
  REQUIRE(c.size() == 26);
  for (std::size_t i = 0; i < c.size(); ++i) {
    CHECK(re[i] * g[i] - im[i] * b[i] == Approx(1));
    CHECK(c[i] == Approx(b[i] / (2 * M_PI * frequency[i % 13])));
  }
  CHECK(c[12] == Approx(8.8541878128e-12 / (80e-9 / 3 + 30e-9 / 6)).epsilon(1e-3));  // fast: the layers alone
  // Slow: the vacancies screen the crystals, and the transport layers are left.
  CHECK(c[0] > 1.1 * c[12]);
  CHECK(c[0] < 1.1875 * c[12]);
  CHECK(values(result, "capacitance_at_frequency").size() == values(result, "bias").size());
}

TEST_CASE("a programme in time keeps spectra and profiles, and pulses of a current", "[device]") {
  const scenarios::Result result = run(led(R"([device.programme]
points = 4
profiles = "ends"
[[device.step]]
voltage = "3 V"
hold = "10 ms"
[[device.step]]
current = "1 mA/cm2"
ramp = "1 ms"
pulses = 2
pulse_current = "10 mA/cm2"
pulse_width = "10 us"
pulse_period = "100 us"
)"));
  REQUIRE(result.failures.empty());
  const auto time = values(result, "time");
  REQUIRE(time.size() == 1 + 4 + 4 + 2 * 8);
  CHECK(time.back() == Approx(11e-3 + 200e-6));
  CHECK(values(result, "time_current_density").back() == Approx(10));
  CHECK(values(result, "time_current_density")[12] == Approx(100));
  CHECK(values(result, "time_emission_peak").back() == Approx(640e-9).epsilon(1e-3));
  CHECK(values(result, "time_electroluminescence").size() == time.size() * values(result, "wavelength").size());
  const auto profiled = values(result, "profile_time");
  REQUIRE(profiled.size() == 3);
  CHECK(profiled[1] == Approx(10e-3));
  CHECK(profiled[2] == time.back());
  CHECK(values(result, "time_electrons").size() == 3 * values(result, "node").size());
  CHECK(values(result, "position").size() == values(result, "node").size());
}

TEST_CASE("anion and cation vacancies: keys of a layer, contents and profiles", "[device]") {
  const scenarios::Result result =
      run(led("[[device.profile]]\nbias = \"1 V\"\n"), {{"device.layer.1.cation_vacancy_density", "2e23 1/m3"},
                                                        {"device.layer.1.cation_vacancy_mobility", "1e-14 cm2/(V s)"}});
  REQUIRE(result.failures.empty());
  CHECK(result.device->stack.layers[1].fixed_charge == Approx(-8e23));
  CHECK(values(result, "cation_vacancy_content").back() == Approx(2e23 * 30e-9).epsilon(1e-12));
  CHECK(values(result, "vacancy_content").back() == Approx(1e24 * 30e-9).epsilon(1e-12));
  CHECK(*std::max_element(result.device->profiles[0].cation_vacancies.begin(),
                          result.device->profiles[0].cation_vacancies.end()) > 2e23);
}

TEST_CASE("wrong programmes, pulses and frequencies are refused in one sentence", "[device][bad]") {
  const std::string step = led("[[device.step]]\nvoltage = \"1 V\"\nhold = \"1 s\"\n");
  support::require_parts(message_of(step, {{"device.step.0.current", "1 A/m2"}}),
                         {"voltage and current", "one of them"});
  support::require_parts(message_of(step, {{"device.step.0.pulses", "3"}}), {"pulse_voltage", "pulses without it"});
  support::require_parts(message_of(step, {{"device.step.0.pulses", "3"},
                                           {"device.step.0.pulse_voltage", "2 V"},
                                           {"device.step.0.pulse_width", "2 ms"},
                                           {"device.step.0.pulse_period", "1 ms"}}),
                         {"pulse_period", "longer than the pulse"});
  support::require_parts(message_of(led(), {{"device.programme.from", "/no/such.h5"}}),
                         {"programme.from", "[[device.step]]"});
  support::require_parts(message_of(step, {{"device.programme.from", "/no/such.h5"}}), {"/no/such.h5"});
  support::require_parts(message_of(led(), {{"device.frequency.to", "10 mHz"}}), {"device.frequency.to", "count = 1"});
  support::require_parts(message_of(led(), {{"device.frequency.from", "1 MHz"}, {"device.frequency.to", "1 Hz"}}),
                         {"device.frequency.to", "from 1e+06 Hz to 1 Hz", "above device.frequency.from"});
  support::require_parts(message_of(led(), {{"device.frequency.from", "20 MHz"}}),
                         {"device.frequency.from: ", "above device.frequency.from", "count = 1"});
  support::require_parts(message_of(led(), {{"device.circuit.series_resistance", "-1 ohm m2"}}), {"series_resistance"});
}

TEST_CASE("a device in liquid nitrogen has steady states whose budget closes", "[device]") {
  const scenarios::Result cold = run(led(), {{"device.temperature", "77 K"}}), warm = run(led());
  REQUIRE(cold.failures.empty());
  CHECK(values(cold, "current_unclosed").front() < 1e-8);
  CHECK(values(cold, "current_density").back() > 0);
  CHECK(values(cold, "current_density").back() < values(warm, "current_density").back());
  support::require_parts(message_of(led(), {{"device.temperature", "50 K"}}), {"device.temperature", "77 K"});
}

TEST_CASE("keys of a layer that want or contradict another one are refused before anything runs", "[device][bad]") {
  using Set = std::vector<scenarios::Override>;
  const std::string layer = "device.layer.1.";
  const auto refused = [&](const Set& set, const std::vector<std::string>& parts) {
    support::require_parts(message_of(led(), set), parts);
  };
  refused({{layer + "conduction_band", "7 eV"}}, {"conduction_band", "7 eV", "deeper below the vacuum"});
  refused({{layer + "vacancy_sites", "5e20 1/m3"}}, {"vacancy_sites", "5e+20", "more sites than vacancies"});
  refused({{layer + "vacancy_charge", "0"}}, {"vacancy_charge", "with its sign"});
  refused({{"device.layer.0.cation_vacancy_density", "1e22 1/m3"}}, {"cation_vacancy_mobility", "without it"});
  refused({{"device.layer.0.trap_density", "1e22 1/m3"}}, {"trap_capture_electron", "beside the traps"});
  refused({{"device.layer.0.trap_density", "1e22 1/m3"},
           {"device.layer.0.trap_capture_electron", "1e-15 m3/s"},
           {"device.layer.0.trap_capture_hole", "1e-15 m3/s"},
           {"device.layer.0.trap_level", "19 eV"}},
          {"trap_level", "19 eV", "outside the gap", "a level between"});
  refused({{"device.layer.0.trap_charge", "-1"}}, {"trap_charge", "without traps", "trap_density"});
  refused({{layer + "trap_charge", "0.5"}}, {"trap_charge", "0.5", "-1 of electron traps"});
  refused({{"device.layer.0.traps_per_vacancy", "1"}}, {"traps_per_vacancy", "vacancy_density"});
  refused({{layer + "traps_per_vacancy", "1e-3"}, {layer + "trap_charge", "1"}},
          {"trap_charge", "traps_per_vacancy", "vacancies' charge"});
  refused({{layer + "statistics", "gaussian"}}, {"disorder", "Gaussian statistics without it"});
  refused({{layer + "statistics", "gaussian"}, {layer + "disorder", "0.9 eV"}}, {"disorder", "10 kT"});
  refused({{layer + "disorder", "0.1 eV"}}, {"disorder", "statistics = \"gaussian\""});
  refused({{layer + "crowding", "0.5"}}, {"crowding", "statistics = \"blakemore\""});
  refused({{"device.layer.0.name", "X"}, {"device.layer.2.name", "X"}},
          {"device.layer.2.name", "\"X\"", "another name"});
}

TEST_CASE("keys of a programme and of an interface that nothing uses are refused", "[device][bad]") {
  const std::string step = led("[[device.step]]\nvoltage = \"1 V\"\nhold = \"1 s\"\n");
  support::require_parts(message_of(led("[[device.step]]\nhold = \"1 s\"\n")), {"device.step.0", "voltage or current"});
  support::require_parts(message_of(step, {{"device.step.0.pulse_width", "1 ms"}}), {"pulse_width", "no pulses"});
  support::require_parts(message_of(step, {{"device.step.0.pulse_current", "1 A/m2"}}),
                         {"pulse_current", "step of the voltage", "pulse_voltage"});
  support::require_parts(message_of(led("[device.programme]\nrest = \"1 V\"\n")),
                         {"device.programme", "without steps"});
  support::require_parts(message_of(step, {{"device.programme.first_time", "10 s"}}), {"first_time", "every hold"});
}

TEST_CASE("a programme of voltages and currents goes on bit by bit from any of its ends", "[device]") {
  const std::string steps[]{"[[device.step]]\nvoltage = \"3 V\"\nramp = \"1 ms\"\n",
                            "[[device.step]]\ncurrent = \"2 mA/cm2\"\nramp = \"1 ms\"\nhold = \"1 ms\"\n",
                            "[[device.step]]\nvoltage = \"1 V\"\nramp = \"1 ms\"\n"};
  const support::Folder folder;
  const std::string points = "[device.programme]\npoints = 3\n";
  const auto ran = [&](const std::string& name, const std::string& text, const std::string& more = "") {
    const support::Ending ending = support::nacre("run " + folder.write(name + ".toml", led(points + text)) + " -o " +
                                                  (folder / (name + ".h5")) + more);
    INFO(ending.err);
    REQUIRE(ending.code == 0);
    return io::Hdf5File::load(folder / (name + ".h5"));
  };
  const auto whole = ran("whole", steps[0] + steps[1] + steps[2]);
  ran("first", steps[0]);
  ran("second", steps[1], " --from-state " + (folder / "first.h5"));
  const auto last = ran("third", steps[2], " --from-state " + (folder / "second.h5"));
  for (const char* name : {"state_values", "state_values_rest", "state_storages", "state_balances", "state_numbers"})
    CHECK(whole.find(std::string("/device/") + name)->values == last.find(std::string("/device/") + name)->values);
  const support::Ending other =
      support::nacre("run " + (folder / "second.toml") + " --from-state " + (folder / "first.h5") +
                     " --set device.layer.1.permittivity=9 -o " + (folder / "third.h5"));
  CHECK(other.code == 2);
  support::require_parts(other.err, {"device.programme.from", "state of another stack"});
  CHECK(io::Hdf5File::load(folder / "third.h5").find("/device/time")->values ==
        last.find("/device/time")->values);  // what stood there still does
}

TEST_CASE("a programme that goes on from a file is bit by bit the one that never stopped", "[program][device]") {
  const support::Folder folder;
  const std::string first = "[[device.step]]\nvoltage = \"3 V\"\nramp = \"1 ms\"\nhold = \"10 ms\"\n";
  const std::string second = "[[device.step]]\ncurrent = \"2 mA/cm2\"\nhold = \"1 s\"\n";
  const std::string circuit =
      "[device.circuit]\nseries_resistance = \"1 ohm cm2\"\n[device.programme]\npoints = 5\nprofiles = \"ends\"\n";
  const std::string whole = folder.write("whole.toml", led(circuit + first + second));
  const std::string begun = folder.write("begun.toml", led(circuit + first));
  const std::string rest = folder.write("rest.toml", led(circuit + second));
  for (const auto& [path, more] :
       {std::pair{whole, std::string()}, {begun, std::string()}, {rest, " --from-state " + (folder / "begun.h5")}}) {
    const std::string name = std::filesystem::path(path).stem().string();
    const support::Ending ending = support::nacre("run " + path + " -o " + (folder / (name + ".h5")) + more);
    INFO(ending.err);
    REQUIRE(ending.code == 0);
    REQUIRE(support::nacre("export " + (folder / (name + ".h5")) + " --csv " + (folder / name)).code == 0);
  }
  const auto a = io::Hdf5File::load(folder / "whole.h5"), b = io::Hdf5File::load(folder / "rest.h5");
  const std::size_t kept = b.find("/device/time")->values.size(), all = a.find("/device/time")->values.size();
  REQUIRE(kept == 6);
  for (const char* name :
       {"time", "time_bias", "time_device_voltage", "time_current_density", "time_luminance", "time_vacancy_content"}) {
    const auto& long_one = a.find(std::string("/device/") + name)->values;
    const auto& short_one = b.find(std::string("/device/") + name)->values;
    CHECK(std::vector(long_one.begin() + static_cast<std::ptrdiff_t>(all - kept), long_one.end()) == short_one);
  }
  for (const char* name : {"state_values", "state_values_rest", "state_storages", "state_balances", "state_numbers"})
    CHECK(a.find(std::string("/device/") + name)->values == b.find(std::string("/device/") + name)->values);
  const support::Ending other =
      support::nacre("run " + rest + " --set device.nodes=80 --from-state " + (folder / "begun.h5"));
  CHECK(other.code == 2);
  support::require_parts(other.err, {"device.programme.from", "begun.h5", "stored state", "same mesh"});
  const support::Ending none = support::nacre("run " + rest + " --from-state " + whole);
  CHECK(none.code == 2);
}
