#include "sync/core/columns.h"

#include <rapidcheck/catch.h>
#include <bit>
#include <catch2/catch.hpp>
#include <limits>

#include "tests/sync/core/arbitrary.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;
using Integers = std::vector<std::int64_t>;
using ContextList = std::vector<std::uint32_t>;

namespace {

std::string written(const Integers& numbers, Contexts contexts = {}) {
  std::string bytes;
  Writer writer(bytes);
  write_integers(writer, numbers, contexts);
  return bytes;
}

Integers read(const std::string& bytes, std::size_t count, Contexts contexts = {}) {
  Reader reader(bytes, "column");
  auto numbers = read_integers(reader, count, contexts, "numbers");
  reader.expect_end("end");
  return numbers;
}

std::string refusal_of(std::string_view digits, std::size_t count) {
  return refusal([&] { read(unhex(digits), count); });
}

/// A column, and apart from it the bytes of its strings.
struct Written {
  std::string column, strings;
};

Written written_values(const std::vector<ColumnValue>& values, Contexts contexts = {}) {
  ValueColumn column;
  add_to(column, values, contexts);
  Written result;
  Writer writer(result.column), strings(result.strings);
  IntegerPool pool;
  column.write(writer, strings, pool);
  return result;
}

std::vector<ColumnValue> read_values_of(const Written& written, std::size_t count,
                                        Contexts contexts = {}, std::size_t budget = 1 << 20) {
  Reader reader(written.column, "column"), strings(written.strings, "strings");
  IntegerPool pool;
  auto values = read_values(reader, strings, count, contexts, pool, budget, "values");
  reader.expect_end("end");
  strings.expect_end("end");
  return values;
}

bool same(const std::vector<ColumnValue>& left, const std::vector<ColumnValue>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const ColumnValue& a, const ColumnValue& b) {
                      if (a.index() != b.index()) return false;
                      if (a.index() == 0) return std::get<Value>(a) == std::get<Value>(b);
                      return std::get<Opened>(a).key == std::get<Opened>(b).key &&
                             std::get<Opened>(a).plain == std::get<Opened>(b).plain;
                    });
}

}  // namespace

TEST_CASE("numbers read back, in every mode") {
  Integers ramp, few, far;
  ContextList contexts;
  for (std::int64_t i = 0; i < 400; ++i) {
    ramp.push_back(1'700'000'000'000 + i * 997);
    few.push_back(i % 3 == 0 ? INT64_MIN : (i % 3) * 1'000'000'007);
    far.push_back(static_cast<std::int64_t>(
        std::rotl(std::uint64_t{0x9e3779b97f4a7c15}, static_cast<int>(i % 64))));
    contexts.push_back(static_cast<std::uint32_t>(i % 5));
  }
  for (const auto& numbers : {Integers{}, Integers{0}, Integers{INT64_MIN, INT64_MAX, INT64_MIN},
                              Integers(300, 7), ramp, few, far}) {
    CHECK(read(written(numbers), numbers.size()) == numbers);
    const auto some = Contexts(contexts).first(numbers.size());
    CHECK(read(written(numbers, some), numbers.size(), some) == numbers);
  }
}

TEST_CASE("any numbers in any contexts read back") {
  rc::prop("numbers", [](const Integers& numbers) {
    ContextList contexts;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      // Far ones too: a short column of a batch with very many contexts.
      contexts.push_back(*rc::gen::element<std::uint32_t>(0, 1, 2, 70'000));
    }
    RC_ASSERT(read(written(numbers), numbers.size()) == numbers);
    RC_ASSERT(read(written(numbers, contexts), numbers.size(), contexts) == numbers);
  });
}

TEST_CASE("what is regular takes a few bytes") {
  CHECK(written(Integers(1000, 0)).size() == 1);
  CHECK(written(Integers(1000, 7)).size() == 2);
  Integers ramp;
  for (std::int64_t i = 0; i < 1000; ++i) ramp.push_back(i);
  CHECK(written(ramp).size() < 1100);
}

TEST_CASE("a context is told apart from the others by what it did last") {
  // Two writers, each counting up from a place of its own.
  Integers numbers;
  ContextList contexts;
  for (std::int64_t i = 0; i < 200; ++i) {
    numbers.push_back((i % 2) * 1'000'000'000 + i);
    contexts.push_back(static_cast<std::uint32_t>(i % 2));
  }
  const auto bytes = written(numbers, contexts);
  CHECK(bytes[0] >> 4 == static_cast<int>(IntegerMode::delta));
  CHECK(read(bytes, numbers.size(), contexts) == numbers);
}

TEST_CASE("unknown modes, too many planes and missing planes are refused") {
  CHECK_THAT(refusal_of("70", 1), Contains("numbers: unknown way of writing numbers"));
  CHECK_THAT(refusal_of("f1", 1), Contains("unknown way"));
  CHECK_THAT(refusal_of("09", 1), Contains("unknown way"));
  CHECK_THAT(refusal_of("", 1), Contains("the bytes end here"));
  CHECK_THAT(refusal_of("02 0102", 2), Contains("2 bytes are wanted, 0 left"));
  CHECK_THAT(refusal_of("01 010203", 2), Contains("end: 1 bytes too many"));
  CHECK_THAT(refusal_of("61", 2), Contains("1 bytes are wanted, 0 left"));
  CHECK_THAT(refusal_of("21 01 21 0a 01", 1), Contains("not a way to write entries"));
  CHECK_THAT(refusal_of("41 00 00", 1), Contains("there is no pool"));
}

TEST_CASE("indexes stand for the same as before, for the next new one, or for an entry") {
  // Entries 5, 6 and 7; the symbols: new, the same, new, new, entry 0.
  CHECK(read(unhex("21 03 01 0a0c0e 01 00 01 01 02"), 5) == Integers{5, 5, 6, 7, 5});
  // Each context has its own last one.
  const ContextList contexts{0, 1, 0, 1};
  CHECK(read(unhex("21 02 01 0a0c 01 01 00 00"), 4, contexts) == Integers{5, 6, 5, 6});
}

TEST_CASE("a dictionary larger than its column, and an index past it, are refused") {
  CHECK_THAT(refusal_of("21 03", 2), Contains("3 is over the bound of 2"));
  // One entry, 5.
  CHECK_THAT(refusal_of("21 01 01 0a 01 01", 2), Contains("index 1 into a dictionary of 1"));
  CHECK_THAT(refusal_of("21 01 01 0a 01 03", 2), Contains("index 1 into a dictionary of 1"));
  CHECK_THAT(refusal_of("31 01 01 0a 00 01", 2), Contains("index -1 into a dictionary of 1"));
  CHECK_THAT(refusal_of("21 00 00", 1), Contains("index 0 into a dictionary of 0"));
  CHECK(read(unhex("21 01 01 0a 01 02"), 2) == Integers{5, 5});
}

TEST_CASE("a pool names in one column what another column has brought") {
  const Integers first{1ll << 40, 3ll << 40, 1ll << 40}, second{3ll << 40};
  std::string bytes;
  Writer writer(bytes);
  IntegerPool pool;
  write_integers(writer, first, {}, &pool);
  const auto of_first = bytes.size();
  write_integers(writer, second, {}, &pool);
  CHECK(bytes.size() - of_first <= 3);
  Reader reader(bytes, "column");
  IntegerPool again;
  CHECK(read_integers(reader, 3, {}, "numbers", &again) == first);
  CHECK(read_integers(reader, 1, {}, "numbers", &again) == second);
  CHECK(reader.done());
}

TEST_CASE("strings read back") {
  rc::prop("strings", [](const std::vector<std::string>& once) {
    std::vector<std::string_view> all(once.begin(), once.end());
    all.insert(all.end(), once.begin(), once.end());
    std::string column, strings;
    Writer writer(column), string_writer(strings);
    write_strings(writer, string_writer, all, {});
    Reader reader(column, "column"), string_reader(strings, "strings");
    RC_ASSERT(read_strings(reader, string_reader, all.size(), {}, "strings") == all);
    RC_ASSERT(reader.done());
    RC_ASSERT(string_reader.done());
  });
}

TEST_CASE("strings of a negative length, past the end, or of none are refused") {
  const auto refused = [](std::string_view digits, std::size_t count = 1) {
    const auto column = unhex(digits);
    return refusal([&] {
      Reader reader(column, "column"), strings("ab", "strings");
      read_strings(reader, strings, count, {}, "strings");
    });
  };
  CHECK(refused("01 61 04").empty());
  CHECK_THAT(refused("01 61 01"), Contains("strings: a negative length"));
  CHECK_THAT(refused("01 61 08"), Contains("4 bytes are wanted, 2 left"));
  CHECK_THAT(refused("02"), Contains("2 is over the bound of 1"));
  CHECK_THAT(refused("00"), Contains("strings of an empty dictionary"));
  CHECK_THAT(refused("02 61 02 01 0101", 2), Contains("not a way to write indexes"));
  CHECK_THAT(refused("02 61 02 21 0104", 2), Contains("index 2 into a dictionary of 2"));
}

TEST_CASE("values of all kinds read back, mixed and alone") {
  std::vector<ColumnValue> mixed;
  for (const auto& value : all_kinds_of_values()) {
    mixed.emplace_back(value);
    mixed.emplace_back(Opened{id_of(siv_key(2)), value});
  }
  mixed.emplace_back(Value(Cipher{id_of(siv_key(3)), "bytes"}));
  CHECK(same(read_values_of(written_values(mixed), mixed.size()), mixed));
  for (const auto& value : mixed) {
    const std::vector<ColumnValue> alone(3, value);
    CHECK(same(read_values_of(written_values(alone), 3), alone));
  }
  CHECK(read_values_of(written_values({}), 0).empty());
  rc::prop("any values", [] {
    std::vector<ColumnValue> values;
    ContextList contexts;
    for (auto left = *rc::gen::inRange(0, 20); left > 0; --left) {
      values.emplace_back(*any_value());
      contexts.push_back(*rc::gen::inRange(0u, 3u));
    }
    RC_ASSERT(
        same(read_values_of(written_values(values, contexts), values.size(), contexts), values));
  });
}

TEST_CASE("values that a leaf can't hold are refused in columns too") {
  const auto with_tag = [](int tag, const std::string& rest, std::string strings = {}) {
    const Written made_up{static_cast<char>(tag) + rest, std::move(strings)};
    return refusal([&] { read_values_of(made_up, 1); });
  };
  const auto number = [](double real) { return written({std::bit_cast<std::int64_t>(real)}); };
  for (double real :
       {std::numeric_limits<double>::quiet_NaN(), -0.0, std::numeric_limits<double>::infinity()}) {
    CHECK_THAT(with_tag(2, number(real)), Contains("NaN, infinite or minus zero"));
  }
  CHECK_THAT(with_tag(3, unhex("01 61 04"), unhex("eda0")), Contains("not UTF-8"));
  CHECK_THAT(with_tag(3, unhex("01 61 02"), unhex("00")), Contains("not UTF-8"));
  CHECK_THAT(with_tag(7, ""), Contains("unknown type of value 7"));
  CHECK_THAT(with_tag(0xff, written({7})), Contains("unknown type of value 7"));
  CHECK_THAT(with_tag(0xff, written({-1})), Contains("unknown type of value -1"));
}

TEST_CASE("a cipher within an opened value is refused, and so are bytes behind it") {
  const std::vector<ColumnValue> nested{Opened{id_of(siv_key(2)), Cipher{id_of(siv_key(3)), ""}}};
  CHECK_THAT(refusal([&] { read_values_of(written_values(nested), 1); }),
             Contains("a cipher within a cipher"));
  ValueColumn column;
  column.add_opened(id_of(siv_key(2)), std::string("\0\0", 2), 0);
  Written behind;
  Writer writer(behind.column), strings(behind.strings);
  IntegerPool pool;
  column.write(writer, strings, pool);
  CHECK_THAT(refusal([&] { read_values_of(behind, 1); }), Contains("1 bytes too many"));
}

TEST_CASE("what a dictionary's strings come to is bounded, however few bytes say it") {
  const std::vector<ColumnValue> values(1000, Value(Text{std::string(1000, 'x')}));
  const auto bytes = written_values(values);
  REQUIRE(bytes.column.size() + bytes.strings.size() < 1200);
  CHECK(read_values_of(bytes, 1000, {}, 1'000'000).size() == 1000);
  CHECK_THAT(refusal([&] { read_values_of(bytes, 1000, {}, 999'999); }),
             Contains("come to too many bytes"));
}

TEST_CASE("numbers that were chosen to fall into one bucket are found as quickly as others") {
  IntegerPool pool;
  // Sizes that std::unordered_map's table takes on; unseeded, this would take minutes.
  for (const std::int64_t buckets : {172'933, 351'061, 712'697}) {
    for (std::int64_t i = 1; i <= 100'000; ++i) pool.index_of(buckets * (i << 24));
  }
  CHECK(pool.numbers().size() == 300'000);
}
