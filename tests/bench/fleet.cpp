#include "tests/bench/fleet.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace zimnik::bench {
namespace {

std::string seed_of(const std::string& name, std::size_t attempt) {
  return std::string(sync::sha256({"zimnik-bench", name, std::to_string(attempt)}).view());
}

}  // namespace

Fleet::Fleet(std::vector<std::string> names, sync::Schema schema, sync::Keyring keyring)
    : schema_(std::move(schema)),
      keyring_(std::move(keyring)),
      authority_seed_(seed_of("authority", 0)) {
  std::sort(names.begin(), names.end());
  const auto authority = sync::SigningKey::from_seed(authority_seed_);
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t attempt = 0;; ++attempt) {
      const auto seed = seed_of(names[i], attempt);
      sync::SiteRecord record{school_, {}, sync::SiteKind::hub, {}};
      record.keys.signing = sync::SigningKey::from_seed(seed).public_key();
      if (record.keys.id().bytes[0] / 16 != i) continue;
      record.signature = authority.sign(record.signed_bytes());
      names_[record.keys.id()] = names[i];
      sites_[names[i]] = record;
      seeds_[names[i]] = seed;
      break;
    }
  }
}

std::unique_ptr<sync::Replica> Fleet::open(const std::string& name, const std::string& path) const {
  const auto authority = sync::SigningKey::from_seed(authority_seed_);
  return std::make_unique<sync::Replica>(
      path, schema_, school_, authority.public_key(),
      sync::Identity{sites_.at(name), sync::SigningKey::from_seed(seeds_.at(name))}, keyring_);
}

ExchangeCost Fleet::exchange(sync::Replica& one, const std::string& one_name, sync::Replica& other,
                             const std::string& other_name, sync::Time now,
                             std::size_t budget) const {
  constexpr int kMostRounds = 100'000;
  ExchangeCost cost;
  for (int round = 0; round < kMostRounds; ++round) {
    const auto there = one.generate(id(other_name), now, budget);
    cost.bytes_there += there.size();
    const auto start = std::chrono::steady_clock::now();
    other.receive(id(one_name), there, now);
    cost.receive_seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const auto back = other.generate(id(one_name), now, budget);
    cost.bytes_back += back.size();
    // The answer says where the other stands after what it got: equal sets need no more.
    if (one.receive(id(other_name), back, now).in_step) return cost;
  }
  throw std::runtime_error("the exchange of " + one_name + " and " + other_name + " doesn't end");
}

}  // namespace zimnik::bench
