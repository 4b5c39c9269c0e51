#include "schema/ids.h"

#include <algorithm>
#include <random>

#include "sync/core/crypto.h"

namespace zimnik::journal {
namespace {

constexpr int kFirstYear = 2020;
constexpr int kChanceBits = 47;

}  // namespace

std::int64_t make_id(int school_year, std::uint64_t chance) {
  const auto year = static_cast<std::uint64_t>(std::clamp(school_year - kFirstYear, 0, 63));
  const auto low = chance & ((std::uint64_t{1} << kChanceBits) - 1);
  return static_cast<std::int64_t>(year << kChanceBits | std::max<std::uint64_t>(low, 1));
}

std::int64_t new_id(int school_year) {
  std::random_device device;  // the kernel's: two nodes that were cloned must not make the same
  return make_id(school_year, std::uint64_t{device()} << 32 | device());
}

std::int64_t derived_id(int school_year, std::string_view words) {
  const auto hash = sync::sha256({"zimnik id", words});
  std::uint64_t chance = 0;
  for (std::size_t at = 0; at < sizeof chance; ++at) chance = chance << 8 | hash.bytes[at];
  return make_id(school_year, chance);
}

int year_of_id(std::int64_t id) { return static_cast<int>(id >> kChanceBits) + kFirstYear; }

}  // namespace zimnik::journal
