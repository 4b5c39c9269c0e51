#include "sync/core/frontier.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "sync/core/limits.h"
#include "sync/core/standing.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;

namespace {

Frontier sorted(Frontier frontier) {
  std::sort(frontier.begin(), frontier.end());
  return frontier;
}

Frontier some_frontier() {
  return sorted({{log_of(1), 3, hash_of(3)},
                 {log_of(1), 3, hash_of(4)},
                 {log_of(1, Stream::school), 5, hash_of(5)},
                 {log_of(2), 1, hash_of(6)}});
}

std::string encoded(const Frontier& frontier) {
  std::string bytes;
  Writer writer(bytes);
  write_frontier(writer, frontier);
  return bytes;
}

Frontier decoded(const std::string& bytes) {
  Reader reader(bytes, "test");
  auto frontier = read_frontier(reader, "tips");
  reader.expect_end("end");
  return frontier;
}

}  // namespace

TEST_CASE("a frontier reads back") {
  CHECK(decoded(encoded(some_frontier())) == some_frontier());
  CHECK(decoded(encoded({})).empty());
}

TEST_CASE("a frontier of as many tips as there may be reads back") {
  Frontier frontier;
  for (std::uint64_t i = 0; i < limits::kTips; ++i) {
    frontier.push_back({log_of(i), limits::kSeq, hash_of(i)});
  }
  frontier = sorted(frontier);
  CHECK(decoded(encoded(frontier)) == frontier);
}

TEST_CASE("tips out of order, twice, or too many are refused") {
  auto frontier = some_frontier();
  std::swap(frontier[0], frontier[1]);
  CHECK_THAT(refusal([&] { decoded(encoded(frontier)); }), Contains("tips: tips out of order"));
  frontier = {some_frontier()[0], some_frontier()[0]};
  CHECK_THAT(refusal([&] { decoded(encoded(frontier)); }), Contains("tips: tips out of order"));
  frontier.resize(limits::kTips + 1);
  CHECK_THAT(refusal([&] { decoded(encoded(frontier)); }),
             Contains("513 is over the bound of 512"));
}

TEST_CASE("a digest tells sets apart by log, size and leaf, each stream for itself") {
  const auto frontier = some_frontier();
  const auto shared = digest(frontier, Stream::shared);
  const auto school = digest(frontier, Stream::school);
  CHECK(shared == digest(some_frontier(), Stream::shared));
  for (std::size_t i = 0; i < frontier.size(); ++i) {
    auto other = frontier;
    other[i].size += 1;
    const bool is_shared = frontier[i].log.stream == Stream::shared;
    CHECK((digest(other, Stream::shared) == shared) == !is_shared);
    CHECK((digest(other, Stream::school) == school) == is_shared);
    other = frontier;
    other[i].leaf = hash_of(99);
    CHECK((digest(other, Stream::shared) == shared) == !is_shared);
    other.erase(other.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK((digest(other, Stream::shared) == shared) == !is_shared);
  }
}

TEST_CASE("certified records count to the shared stream alone") {
  const Standing without{some_frontier(), {}};
  auto with = without;
  add_site(with, site_of(1));
  CHECK(digest(with, Stream::shared) != digest(without, Stream::shared));
  CHECK(digest(with, Stream::school) == digest(without, Stream::school));
  CHECK(id_of(with) != id_of(without));
}

TEST_CASE("a standing reads back; its sites out of order are refused") {
  Standing standing{some_frontier(), {}};
  add_site(standing, site_of(2));
  add_site(standing, site_of(1));
  add_site(standing, site_of(2));
  CHECK(standing.sites.size() == 2);
  CHECK(std::is_sorted(standing.sites.begin(), standing.sites.end()));
  const auto round_trip = [](const Standing& from) {
    std::string bytes;
    Writer writer(bytes);
    write_standing(writer, from);
    Reader reader(bytes, "test");
    return read_standing(reader);
  };
  CHECK(round_trip(standing) == standing);
  std::swap(standing.sites[0], standing.sites[1]);
  CHECK_THAT(refusal([&] { round_trip(standing); }), Contains("sites: out of order"));
}

TEST_CASE("an advance moves a tip, starts a log, or leaves a fork beside what is there") {
  const Tip start{log_of(1), 0, {}}, one{log_of(1), 1, hash_of(1)}, three{log_of(1), 3, hash_of(3)},
      fork{log_of(1), 2, hash_of(2)};
  Standing standing;
  advance(standing, {start, one});
  CHECK(standing.tips == Frontier{one});
  advance(standing, {one, three});
  CHECK(standing.tips == Frontier{three});
  advance(standing, {one, three});
  CHECK(standing.tips == Frontier{three});
  advance(standing, {one, fork});
  CHECK(standing.tips == sorted({fork, three}));
}
