#include "hub/console/survey.h"

#include "hub/console/school_figures.h"
#include "hub/query.h"

namespace zimnik::hub {
namespace {

constexpr std::chrono::seconds kTick{2};

}  // namespace

Survey::Survey(Hub& hub, std::function<void(const std::string&)> log)
    : hub_(hub),
      log_(std::move(log)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Survey::~Survey() {
  thread_.request_stop();
  thread_.join();
}

void Survey::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto last = exchanges();
    for (auto* school : hub_.schools()) {
      if (stop.stop_requested()) return;
      if (!is_due(*school, last)) continue;
      look_at(*school);
      compute_figures(*school);
      school->rest();  // it has looked through all of the log
    }
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, stop, kTick, [] { return false; });
  }
}

std::map<sync::SchoolId, sync::Time> Survey::exchanges() {
  return hub_.database().run([](sync::Database& database) {
    std::map<sync::SchoolId, sync::Time> last;
    journal::each_row(database, "SELECT school, max(at) FROM exchange GROUP BY school", {},
                      [&](const sync::Statement& row) {
                        last[sync::SchoolId::from(row.blob(0))] = {row.integer(1)};
                      });
    return last;
  });
}

bool Survey::is_due(const School& school,
                    const std::map<sync::SchoolId, sync::Time>& exchanges) const {
  if (!school.is_open() && school.fault().empty()) return false;  // it has its turn to be opened
  const auto known = of(school.id());
  if (!known) return true;
  const auto now = hub_.now().ms;
  if (now < known->at.ms + kRestMs) return false;
  if (!known->fault.empty()) return true;
  const auto exchange = exchanges.find(school.id());
  return exchange != exchanges.end() && exchange->second.ms >= known->at.ms;
}

void Survey::look_at(School& school) {
  Surveyed surveyed{hub_.now()};
  try {
    surveyed.status = status_of(hub_, school);
  } catch (const std::exception& error) {
    surveyed.fault = error.what();
  }
  const std::lock_guard lock(mutex_);
  surveyed_[school.id()] = std::move(surveyed);
}

void Survey::compute_figures(School& school) {
  try {
    FiguresStore(hub_.database()).save(school.id(), figures_of(hub_, school, times_[school.id()]));
  } catch (const std::exception& error) {
    log_("figures of " + school.id().hex() + ": " + error.what());
  }
}

std::optional<Surveyed> Survey::of(const sync::SchoolId& school) const {
  const std::lock_guard lock(mutex_);
  const auto found = surveyed_.find(school);
  if (found == surveyed_.end()) return std::nullopt;
  return found->second;
}

}  // namespace zimnik::hub
