#include "tests/bench/year.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "schema/tables.h"
#include "tests/bench/fleet.h"
#include "tests/bench/players.h"
#include "tests/bench/sockets.h"
#include "tests/bench/year_schema.h"

namespace zimnik::bench {
namespace {

using namespace sync;
namespace fs = std::filesystem;

constexpr std::size_t kSingleEdits = 20'000;
constexpr std::size_t kSocketEdits = 5'000;
constexpr std::size_t kBatch = 1000;
constexpr std::int64_t kYearMs = 365LL * 24 * 3600 * 1000;

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  return numbers[numbers.size() / 2];
}

/// Written out too: or else the disk would be busy with the copy while its use is timed.
void copy_durably(const std::string& from, const std::string& to) {
  fs::copy_file(from, to);
  const int descriptor = ::open(to.c_str(), O_RDONLY);
  if (descriptor < 0 || ::fsync(descriptor) != 0) throw std::runtime_error(to + ": isn't durable");
  ::close(descriptor);
}

class Year {
 public:
  explicit Year(const YearOptions& options)
      : options_(options),
        folder_(options.folder.empty()
                    ? fs::temp_directory_path() / ("zimnik-bench-" + std::to_string(getpid()))
                    : fs::path(options.folder)),
        lines_(read_trace(options.trace)),
        edits_(edits_of_year(0)),
        fleet_({"one", "other"}, journal::journal_schema(), keys_of_years()) {
    const auto day = read_trace(options.day);
    if (day.empty()) throw std::runtime_error(options.day + ": holds no lines");
    const auto is = [](const TraceLine& left, const TraceLine& right) {
      return left.t == right.t && left.id == right.id;
    };
    day_from_ = static_cast<std::size_t>(
        std::search(lines_.begin(), lines_.end(), day.begin(), day.end(), is) - lines_.begin());
    if (day_from_ == lines_.size()) throw std::runtime_error("the day isn't in the trace");
    day_to_ = day_from_ + day.size();
    fs::create_directories(folder_);
  }
  ~Year() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Year(const Year&) = delete;
  Year& operator=(const Year&) = delete;

  nlohmann::json run() {
    result_["edits"] = edits_.size();
    single();
    batched();
    days();
    sockets();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    result_["peak_rss_kb"] = usage.ru_maxrss;
    return result_;
  }

 private:
  sync::Keyring keys_of_years() const {
    sync::Keyring keyring;
    for (int year = 0; year < options_.years; ++year) {
      EditReader(year, year * kYearMs).add_keys_of_pupils(lines_, keyring);
    }
    return keyring;
  }

  std::vector<Edit> edits_of_year(int year) const {
    EditReader reader(year, year * kYearMs);
    std::vector<Edit> edits;
    edits.reserve(lines_.size());
    for (const auto& line : lines_) edits.push_back(reader.read(line));
    return edits;
  }

  void say(const std::string& what) const { std::cerr << what << " …\n"; }

  std::string file(const char* name) const { return (folder_ / name).string(); }
  void drop(const char* name) const {
    for (const char* suffix : {"", "-wal", "-shm", ".lock"}) fs::remove(file(name) + suffix);
  }

  /// One edit, one durable transaction.
  void single() {
    say("single transactions");
    const std::span<const Edit> edits(edits_.data(), std::min(kSingleEdits, edits_.size()));
    std::vector<double> raw, ours;
    for (int round = 0; round < options_.rounds; ++round) {
      raw.push_back(seconds([&] {
        RawPlayer player(file("raw"));
        for (const auto& edit : edits) {
          player.begin();
          player.play(edit);
          player.commit();
        }
      }));
      ours.push_back(seconds([&] {
        const auto replica = fleet_.open("one", file("one"));
        ReplicaPlayer player(*replica);
        for (const auto& edit : edits) player.play(edit);
      }));
      drop("raw");
      drop("one");
    }
    result_["single_txn_raw_per_s"] = static_cast<double>(edits.size()) / median(raw);
    result_["single_txn_per_s"] = static_cast<double>(edits.size()) / median(ours);
  }

  /// A thousand edits to a commit; each is a transaction of its own in the log. Then the whole
  /// year is sent to an empty replica.
  void batched() {
    say("batches, and the year to an empty replica");
    std::vector<double> raw, ours, apply;
    for (int round = 0; round < options_.rounds; ++round) {
      raw.push_back(seconds([&] {
        RawPlayer player(file("raw"));
        for (std::size_t i = 0; i < edits_.size(); ++i) {
          if (i % kBatch == 0) player.begin();
          player.play(edits_[i]);
          if ((i + 1) % kBatch == 0 || i + 1 == edits_.size()) player.commit();
        }
      }));
      result_["db_raw_bytes"] = fs::file_size(file("raw"));
      std::unique_ptr<Replica> one;
      ours.push_back(seconds([&] {
        one = fleet_.open("one", file("one"));
        ReplicaPlayer(*one).play(edits_, kBatch);
      }));
      auto other = fleet_.open("other", file("other"));
      const auto cost = fleet_.exchange(*one, "one", *other, "other", Time{edits_.back().t});
      apply.push_back(cost.receive_seconds);
      result_["year_bytes"] = cost.bytes_there + cost.bytes_back;
      one.reset();
      other.reset();
      result_["db_bytes"] = fs::file_size(file("one"));
      drop("raw");
      drop("one");
      drop("other");
    }
    const auto count = static_cast<double>(edits_.size());
    result_["batch_edits_raw_per_s"] = count / median(raw);
    result_["batch_edits_per_s"] = count / median(ours);
    result_["apply_seconds"] = median(apply);
    result_["apply_edits_per_s"] = count / median(apply);
  }

  /// Two replicas, the other one without the last day; and the message that brings it the day.
  struct DayAhead {
    std::unique_ptr<Replica> one;
    std::unique_ptr<ReplicaPlayer> player;  ///< its
    std::string other;                      ///< its file
    std::string message;
    Time now;
  };

  DayAhead before_day(int years_before, const char* one_name, const char* other_name) {
    const auto edits = edits_of_year(years_before);
    const std::span<const Edit> all(edits);
    DayAhead ahead{
        fleet_.open("one", file(one_name)), {}, file(other_name), "", Time{all[day_to_].t}};
    ahead.player = std::make_unique<ReplicaPlayer>(*ahead.one);
    auto& player = *ahead.player;
    for (int year = 0; year < years_before; ++year) player.play(edits_of_year(year), kBatch);
    player.play(all.first(day_from_), kBatch);
    fleet_.exchange(*ahead.one, "one", *fleet_.open("other", ahead.other), "other", ahead.now);
    player.play(all.subspan(day_from_, day_to_ - day_from_), 1);
    ahead.message = ahead.one->generate(fleet_.id("other"), ahead.now, kWholeBudget);
    return ahead;
  }

  /// One day's exchange on top of all before it, in the first year and in the last; and, in the
  /// first year, a mark after it.
  void days() {
    say("the first year's day");
    const auto first = before_day(0, "one", "other");
    say("the last year's day");
    const auto last = before_day(options_.years - 1, "one-last", "other-last");
    std::vector<double> first_taken, last_taken;
    for (int round = 0; round < options_.rounds; ++round) {
      first_taken.push_back(apply_milliseconds(first));
      last_taken.push_back(apply_milliseconds(last));
    }
    result_["day_edits"] = day_to_ - day_from_;
    result_["day_apply_ms"] = median(first_taken);
    result_["day_apply_ms_after_ten_years"] = median(last_taken);
    result_["day_bytes_after_ten_years"] = bytes(
        fleet_.exchange(*last.one, "one", *fleet_.open("other", last.other), "other", last.now));
    const auto other = fleet_.open("other", first.other);
    result_["day_bytes"] = bytes(fleet_.exchange(*first.one, "one", *other, "other", first.now));
    mark_after_day(first, *other);
    for (const auto* name : {"one", "other", "one-last", "other-last"}) drop(name);
  }

  static std::uint64_t bytes(const ExchangeCost& cost) {
    return cost.bytes_there + cost.bytes_back;
  }

  void mark_after_day(const DayAhead& ahead, Replica& other) {
    const auto mark = std::find_if(edits_.begin() + static_cast<std::ptrdiff_t>(day_to_),
                                   edits_.end(), [](const Edit& edit) { return edit.is_new_mark; });
    if (mark == edits_.end()) throw std::runtime_error("no mark comes after the day");
    ahead.player->play(*mark);
    const auto cost = fleet_.exchange(*ahead.one, "one", other, "other", Time{mark->t});
    result_["mark_message_bytes"] = cost.bytes_there;
    result_["mark_reply_bytes"] = cost.bytes_back;
  }

  /// The same mark over sockets with TLS.
  void sockets() {
    say("sockets");
    const auto figures =
        measure_sockets(std::span<const Edit>(edits_).first(std::min(kSocketEdits, edits_.size())));
    result_["mark_socket_bytes_cold"] = figures.mark_cold;
    result_["mark_socket_bytes_resumed"] = figures.mark_resumed;
    result_["mark_round_trips"] = figures.round_trips;
    result_["idle_socket_bytes_resumed"] = figures.idle_resumed;
  }

  /// How long a copy of the other replica takes for its message.
  double apply_milliseconds(const DayAhead& ahead) {
    copy_durably(ahead.other, file("copy"));
    auto copy = fleet_.open("other", file("copy"));
    const auto taken = seconds([&] { copy->receive(fleet_.id("one"), ahead.message, ahead.now); });
    copy.reset();
    drop("copy");
    return taken * 1000;
  }

  YearOptions options_;
  fs::path folder_;
  std::vector<TraceLine> lines_;
  std::vector<Edit> edits_;
  Fleet fleet_;
  std::size_t day_from_ = 0, day_to_ = 0;
  nlohmann::json result_ = nlohmann::json::object();
};

}  // namespace

void year(const YearOptions& options) {
  const auto result = Year(options).run();
  if (options.as_json) {
    std::cout << result.dump(1) << "\n";
    return;
  }
  for (const auto& [name, value] : result.items()) std::cout << name << " " << value << "\n";
}

}  // namespace zimnik::bench
