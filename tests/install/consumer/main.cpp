// Uses each layer of an installed nacre as an outside project would: units and files, materials, the table of inputs.
#include <iostream>
#include <vector>

#include "engine/io/hdf5.hpp"
#include "engine/units/quantity.hpp"
#include "models/materials/composition.hpp"

int main(int, char** arguments) {
  const double temperature = nacre::units::parse_quantity("-83.15 degC").value;
  const auto composition = nacre::materials::parse_formula("CsPb(I0.67Br0.33)3");

  nacre::io::Hdf5Writer writer(arguments[1]);
  writer.axis("/temperature", {"K", "temperature of the pot"}, std::vector{temperature});
  writer.commit();
  const auto file = nacre::io::Hdf5File::load(arguments[1]);

  std::cout << file.find("/temperature")->values.at(0) << " K, " << nacre::materials::formula(composition) << "\n";
}
