#include <map>

#include "engine/io/input_table.hpp"
#include "scenarios/model_data_reader.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios {
namespace {

/// Reads the constants of one kind of treatment: what changes the composition, then what stays at the surface.
using Make = std::function<synthesis::Law(const std::function<double(const char*)>& of_bulk,
                                          const std::function<double(const char*)>& of_surface)>;

const std::map<std::string, Make>& kinds() {
  static const std::map<std::string, Make> list{
      {"none", [](const auto&, const auto&) { return synthesis::NoTreatment{}; }},
      {"salt",
       [](const auto&, const auto& at) {
         return synthesis::Salt{at("equivalence"), at("strength"), at("binding"), at("surplus"), at("most_surplus")};
       }},
      {"acid-cleaning",
       [](const auto&, const auto& at) {
         return synthesis::AcidCleaning{at("layers_removed"), at("ligands_removed"), at("healed"), at("bromide")};
       }},
      {"ligand-exchange",
       [](const auto&, const auto& at) {
         return synthesis::LigandExchange{at("activity"), at("displaced")};
       }},
      {"antisolvent",
       [](const auto& bulk, const auto& at) {
         return synthesis::Antisolvent{
             {bulk("half_polarity"), bulk("steepness")}, at("open_per_iodide"), at("stripping")};
       }},
      {"rinse", [](const auto&, const auto& at) { return synthesis::Rinse{at("opened")}; }},
      {"overlayer",
       [](const auto&, const auto& at) {
         return synthesis::Overlayer{at("activity"), at("groups")};
       }},
      {"halide-exchange",
       [](const auto& bulk, const auto& at) {
         return synthesis::HalideExchange{bulk("selectivity"), at("healed")};
       }},
  };
  return list;
}

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const auto& [name, make] : kinds()) names.push_back(name);
  return names;
}

}  // namespace

synthesis::SurfaceChemistry ModelData::surface(const Asked& asked) {
  Reader reader(*this, "surfaces", asked, Stage::surface);
  return {reader.positive("sites_per_cell_face", "1"), reader.number("formation_energy", "eV"),
          reader.number("ligand_activity", "1")};
}

Ageing ModelData::ageing(const Asked& asked) {
  Reader reader(*this, "ageing", asked, Stage::film);
  return {reader.not_negative("air_rate", "1/h"), reader.not_negative("light_rate", "1/min")};
}

TreatmentData ModelData::treatment(const Asked& asked) {
  Reader surface(*this, "treatments", asked, Stage::surface);
  Reader bulk(*this, "treatments", asked, Stage::material);
  const std::string& kind = surface.file().text("kind");
  const auto known = kinds().find(kind);
  if (known == kinds().end())
    throw io::InputError({surface.file().path, 0, 0}, "kind", "\"" + kind + "\"", "one of " + joined(kind_names()));
  TreatmentData data;
  data.law = known->second(
      [&](const char* name) {
        data.of_the_bulk = true;
        return bulk.not_negative(name, "1");
      },
      [&](const char* name) { return surface.not_negative(name, "1"); });
  data.dose = surface.file().text("dose");
  data.lowest_dose = surface.number("lowest_dose", "1");
  data.highest_dose = surface.number("highest_dose", "1");
  data.holds_for = holds_for("treatments", asked);
  return data;
}

}  // namespace nacre::scenarios
