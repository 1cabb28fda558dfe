#include <cmath>

#include "scenarios/drift_plan.hpp"
#include "scenarios/model_data_reader.hpp"

namespace nacre::scenarios {

ExchangeData ModelData::exchange(const Asked& asked) {
  Reader reader(*this, "exchange", asked, Stage::drift);
  ExchangeData data;
  data.law.sites = reader.positive("domain_sites", "1");
  data.law.interaction = reader.number("interaction", "meV");
  data.law.bromide_mobility = reader.positive("bromide_mobility", "1");
  data.law.levels = {{0, reader.positive("edge_states", "1")},
                     {reader.not_negative("upper_level", "meV"), reader.not_negative("upper_states", "1")}};
  data.rate_per_vacancy = reader.not_negative("rate_per_vacancy", "m3/s");
  data.activation_energy = reader.not_negative("activation_energy", "eV");
  data.shuttle_rate_per_vacancy = reader.not_negative("shuttle_rate_per_vacancy", "m3/s");
  data.shuttle.yield = reader.not_negative("oxidation_yield", "1");
  data.shuttle.reduction = reader.not_negative("iodine_reduction", "1");
  data.shuttle.loss = reader.not_negative("iodine_loss", "1");
  data.shuttle.return_limit = reader.positive("return_limit", "1");
  data.exciton_hops = reader.not_negative("exciton_hops", "1");
  data.photo.incubation = reader.not_negative("light_incubation", "J/m5");
  data.photo.constant = reader.positive("light_constant", "J/m5");
  data.photo.most = reader.not_negative("light_loss", "1");
  data.carriers_per_light = reader.not_negative("carriers_per_light", "m2/W");
  return data;
}

}  // namespace nacre::scenarios
