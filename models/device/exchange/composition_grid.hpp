#pragma once
#include <cstddef>
#include <vector>

namespace nacre::device {

/// Cells of the iodide fraction from 0 to 1.
struct CompositionGrid {
  std::vector<double> centre;  ///< [1]
  std::vector<double> width;   ///< sum 1 [1]
  std::vector<double> face;    ///< between cells, and both ends: one more than cells [1]
};

/// Cells for domains of so many sites around a mean iodide fraction in (0, 1). Steps of exchange go down the slope of
/// the free energy, N ln(x/(1-x)) and more, and a cell across which that falls by more than kT smears what passes:
/// cells are narrower towards both ends, and ten times wider below what the undriven ensemble reaches, where few
/// domains ever are and no light comes from. The map from the number of a cell to its place is smooth, so the order of
/// the fluxes stays. A single cell: the fraction itself.
CompositionGrid composition_grid(double iodide, double sites, std::size_t cells);

/// Whether domains of these cells can have an iodide fraction as their mean.
bool holds(const CompositionGrid& grid, double iodide);

/// The same number of cells with the outermost ones narrowed until they hold an iodide fraction in (0, 1). Enough for
/// an ensemble at rest; cells that differ so much in width smear what moves.
CompositionGrid narrowed_to(CompositionGrid grid, double iodide);

}  // namespace nacre::device
