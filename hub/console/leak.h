// Leaks of personal data, and the clocks that run from when one was noticed: Federal Law 152-FZ,
// article 21, part 3.1, has Roskomnadzor notified within 24 hours, and told the result of the inner
// inquiry within 72. In hub.db. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/hub.h"

namespace zimnik::hub {

struct Leak {
  static constexpr std::int64_t kNoticeMs = std::int64_t{24} * 3600 * 1000;
  static constexpr std::int64_t kInquiryMs = std::int64_t{72} * 3600 * 1000;

  std::int64_t number = 0;
  sync::Time noticed, opened;
  std::string opened_by;
  std::string what;
  std::string account{};                   ///< whose looks are meant: a login, api:7; empty for all
  std::optional<sync::SchoolId> school{};  ///< all of whose persons are meant: a machine was stolen
  sync::Time from, until;                  ///< between which the looks are meant
  std::optional<sync::Time> notified{}, inquired{};  ///< when each was sent

  sync::Time notice_due() const { return {noticed.ms + kNoticeMs}; }
  sync::Time inquiry_due() const { return {noticed.ms + kInquiryMs}; }
};

class LeakStore {
 public:
  explicit LeakStore(HubDatabase& database) : database_(database) {}

  std::int64_t open(const Leak& leak);  ///< gives its number
  std::optional<Leak> find(std::int64_t number);
  std::vector<Leak> all();  ///< the newest first
  /// Notes when it was sent; what is noted stays.
  void note_notified(std::int64_t number, sync::Time at);
  void note_inquired(std::int64_t number, sync::Time at);

 private:
  HubDatabase& database_;
};

/// Somebody whose record a leak may have touched.
struct Touched {
  sync::SchoolId school;
  std::int64_t person = 0;
  std::int64_t looks = 0;                   ///< 0 where all of the school are meant
  std::optional<sync::Time> first, last{};  ///< of the looks
};
/// In order of school and person; each once. Of a whole school those whom its journal has now.
/// Throws std::runtime_error where that school can't be read.
std::vector<Touched> touched_by(Hub& hub, const Leak& leak);

}  // namespace zimnik::hub
