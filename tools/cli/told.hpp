#pragma once
#include <exception>
#include <string>

#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {

/// What an action returns; of one that fails, after its message, the exit code.
template <class Action>
int told(Action&& action) {
  try {
    return action();
  } catch (const io::InputError& error) {
    complain(error.what());
    return exit_code::wrong_input;
  } catch (const io::NoSpace& error) {
    complain(error.what());
    return exit_code::no_space;
  } catch (const std::exception& error) {
    complain(std::string("nacre failed: ") + error.what());
    return exit_code::failed;
  }
}

}  // namespace nacre::cli
