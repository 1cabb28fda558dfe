#pragma once

namespace nacre::cli {

/// Exit codes of the program. One that a signal stopped ends with 128 + its number.
namespace exit_code {
inline constexpr int done = 0;
inline constexpr int failed = 1;  ///< a computation failed; with --strict: a target is missed
inline constexpr int wrong_input = 2;
inline constexpr int no_space = 4;
inline constexpr int again = 75;  ///< warned by SIGUSR1: what is done is saved, and the rest waits for another run
inline constexpr int signalled = 128;
}  // namespace exit_code

}  // namespace nacre::cli
