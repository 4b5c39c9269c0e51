#include "tests/bench/year.h"
namespace zimnik::bench {
void year(const YearOptions&) {}
}  // namespace zimnik::bench
