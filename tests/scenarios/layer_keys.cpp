// Which keys of [[device.layer]] belong to which layers, and what a layer cannot have.
#include <map>

#include "scenarios/layer_rows.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;

namespace {

using scenarios::Role;
using Set = std::vector<scenarios::Override>;

/// PEDOT:PSS | poly-TPD | MAPbBr3, the crystals of the case | TPBi | LiF | Al: layers 0 to 5.
std::string led() {
  return "schema = 1\n[material]\ncomposition = \"MAPbBr3\"\n[sizes]\nmean = \"8 nm\"\n[confinement]\n" +
         support::small_device();
}

/// What the case is refused with; empty where it is not.
std::string message_of(const std::string& text, const Set& set = {}) {
  try {
    support::plans_of(text, set);
  } catch (const io::InputError& error) {
    return error.what();
  }
  return {};
}

std::string leaf_of(const io::InputRow& row) {
  return row.key.substr(row.key.rfind('.') + 1);
}

/// Within the range of a row, whatever it is.
std::string value_of(const io::InputRow& row) {
  if (row.holds == io::Holds::choice) return row.choices.front();
  if (row.holds == io::Holds::text) return "mine";
  const std::string number = row.range.low < 1 && row.range.high >= 1 ? "1" : std::to_string(row.range.high);
  return row.holds == io::Holds::quantity ? number + " " + row.unit : number;
}

}  // namespace

TEST_CASE("a key without effect on a layer of its role is refused: every key, in every role", "[device][bad]") {
  const std::map<Role, std::string> tables{{Role::semiconductor, "device.layer.3."},
                                           {Role::contact, "device.layer.5."},
                                           {Role::injection, "device.layer.4."}};
  REQUIRE(message_of(led()).empty());
  int refused = 0, taken = 0;
  for (const scenarios::LayerKey& known : scenarios::layer_keys())
    for (const auto& [role, table] : tables) {
      const std::string leaf = leaf_of(known.row), key = table + leaf;
      if (leaf == "role" || leaf == "material") continue;
      INFO(key);
      const std::string message = message_of(led(), {{key, value_of(known.row)}});
      const bool told = message.find("without effect on a layer of role \"" + name_of(role)) != std::string::npos;
      CHECK(told == !known.belongs_to(role));
      told ? ++refused : ++taken;
      if (told)
        support::require_parts(message, {key + ": ", "role = \"" + name_of(known.roles.front()), "or no " + leaf});
    }
  CHECK(refused > 90);
  CHECK(taken > 50);
}

TEST_CASE("the roles of keys: what tunnels, carries and shows light", "[device][bad]") {
  CHECK(message_of(led(), {{"device.layer.3.tunnel_attenuation", "1e9 1/m"}}) ==
        "--set: device.layer.3.tunnel_attenuation: read layer 'TPBi': a key without effect on a layer of role "
        "\"semiconductor\", expected role = \"injection\", or no tunnel_attenuation");
  support::require_parts(message_of(led(), {{"device.layer.4.langevin", "0.1"}}), {"layer 'LiF'", "\"semiconductor\""});
  support::require_parts(message_of(led(), {{"device.layer.5.mobility_electron", "1e-8 m2/(V s)"}}),
                         {"layer 'Al'", "role \"contact\""});
  support::require_parts(message_of(led(), {{"device.layer.3.work_function", "3 eV"}}),
                         {"role = \"contact\" or \"injection\""});
  CHECK(message_of(led(), {{"device.layer.5.thickness", "100 nm"},
                           {"device.layer.5.refractive_index", "1"},
                           {"device.layer.5.extinction", "6"},
                           {"device.layer.4.permittivity", "5"},
                           {"device.layer.4.coverage_length", "1 nm"}})
            .empty());
  // With its line, where the case file has it.
  const std::string written = support::replaced(led(), "material = \"LiF\"", "material = \"LiF\"\nlangevin = 0.1");
  CHECK(message_of(written).starts_with("case.toml:25: device.layer.4.langevin: "));
  // A layer that is given another role takes the keys of that one.
  CHECK(message_of(led(), {{"device.layer.5.role", "injection"}, {"device.layer.5.langevin", "1"}}).find("Al") !=
        std::string::npos);
}

TEST_CASE("a work function that another one takes the place of is refused", "[device][bad]") {
  const std::string cathode = "device.cathode.work_function";
  const auto refused = [](const Set& set, const std::vector<std::string>& parts) {
    support::require_parts(message_of(led(), set), parts);
  };
  refused({{cathode, "3 eV"}, {"device.layer.5.work_function", "4 eV"}},
          {"device.layer.5.work_function", "'Al'", "whose work function " + cathode + " says"});
  refused({{cathode, "3 eV"}, {"device.layer.4.work_function_change", "-1 eV"}}, {"layer.4.work_function_change"});
  refused({{"device.layer.4.work_function", "3 eV"}, {"device.layer.4.coverage_length", "1 nm"}},
          {"device.layer.4.coverage_length", "device.layer.4.work_function says"});
  refused({{"device.layer.4.work_function", "3 eV"}, {"device.layer.5.work_function", "4 eV"}},
          {"device.layer.5.work_function", "device.layer.4.work_function says"});
  CHECK(message_of(led(), {{"device.layer.4.work_function_change", "-1 eV"}, {"device.layer.5.work_function", "4 eV"}})
            .empty());
  CHECK(message_of(led(), {{cathode, "3 eV"}, {"device.layer.4.tunnel_attenuation", "1e9 1/m"}}).empty());
  const std::string two = support::replaced(led(), "[[device.layer]]\nmaterial = \"PEDOT-PSS\"",
                                            "[[device.layer]]\nmaterial = \"ITO\"\nwork_function = \"5 eV\"\n"
                                            "[[device.layer]]\nmaterial = \"PEDOT-PSS\"");
  support::require_parts(message_of(two), {"device.layer.0.work_function", "'ITO'", "PEDOT-PSS"});
}

TEST_CASE("no layer has more vacancies than its crystals have ions", "[device][bad]") {
  const auto refused = [](const Set& set, const std::vector<std::string>& parts) {
    support::require_parts(message_of(support::reference_led_case(), set), parts);
  };
  const std::string layer = "device.layer.1.";
  refused({{layer + "vacancy_density", "1e30 1/m3"}},
          {layer + "vacancy_density", "'reference-nanocrystals': 1e+30 1/m3", "at most 1.71e+28 1/m3"});
  refused({{layer + "cation_vacancy_density", "1.2e28 1/m3"}, {layer + "cation_vacancy_mobility", "1e-18 m2/(V s)"}},
          {layer + "cation_vacancy_density", "at most 1.14e+28 1/m3"});
  // Crystals of the case are known: MAPbBr3 has three halides in (0.593 nm)^3.
  const auto with = [](const std::string& density) {
    return message_of(
        led(), {{"device.layer.2.vacancy_density", density}, {"device.layer.2.vacancy_mobility", "1e-16 m2/(V s)"}});
  };
  support::require_parts(with("1.6e28 1/m3"), {"device.layer.2.vacancy_density", "1.6e+28", "at most 1.44e+28 1/m3"});
  CHECK(with("1.4e28 1/m3").find("vacancy_density") == std::string::npos);  // but no mesh resolves so many
  support::require_parts(
      message_of("schema = 1\n[ageing]\ncurrent = \"1 mA/cm2\"\nyield = 0.5\nvacancies = \"1e30 1/m3\"\n"),
      {"ageing.vacancies", "1e+28"});
}
