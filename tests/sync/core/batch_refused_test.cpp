// Bytes of a batch that a peer made up, or that were damaged on the way.
#include <catch2/catch.hpp>

#include "sync/core/batch.h"
#include "sync/core/columns.h"
#include "sync/core/compression.h"
#include "sync/core/leaf.h"
#include "sync/core/limits.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;
using Integers = std::vector<std::int64_t>;

namespace {

const BatchContext kContext{1, {1}, nullptr};

/// A batch of equal leaves, each field of which can be said wrongly.
struct MadeUp {
  std::size_t leaves = 1;
  std::int64_t line = 0, format = 0, origin = 0, counter = 0, rows = 1, shape = 0;
  std::vector<std::string> raw = {};
  std::size_t origins = 1;
  std::string name = {};  // of author, role and device
  std::int64_t rank = 0;
  std::string shapes = unhex("01 01 00 01 01 01 00 00");  // table 1, no key, group 1 set to nothing
  PlainBatch values = {};  // the numbers of columns of values, and their strings
  std::string overs = unhex("00 00");
  std::string hashes = {};
  std::string behind = {};

  std::string bytes() const {
    PlainBatch plain;
    Writer writer(plain.numbers), strings(plain.strings);
    const auto column = [&](std::size_t count, std::int64_t number) {
      write_integers(writer, Integers(count, number), {});
    };
    writer.varint(leaves);
    column(leaves, line);
    column(leaves, format);
    write_strings(writer, strings, std::vector<std::string_view>(raw.begin(), raw.end()), {});
    writer.varint(origins);
    if (origins > 0) {
      const std::vector<std::string_view> names(origins, name);
      write_strings(writer, strings, names, {});
      write_strings(writer, strings, names, {});
      column(origins, rank);
      write_strings(writer, strings, names, {});
    }
    const std::size_t edits = format == 0 ? leaves : 0;
    for (auto number : {origin, std::int64_t{0}, std::int64_t{0}, counter, rows}) {
      column(edits, number);
    }
    writer.raw(shapes);
    column(rows < 0 ? 0 : edits * static_cast<std::size_t>(rows), shape);
    writer.raw(values.numbers);
    strings.raw(values.strings);
    writer.raw(overs);
    strings.raw(hashes);
    writer.raw(behind);
    return plain.compressed();
  }
};

std::string refusal_of(const std::string& bytes, const BatchContext& context = kContext) {
  return refusal([&] {
    BatchReader reader(bytes, context);
    for (std::size_t i = 0; i < reader.size(); ++i) reader.next(over_at, {});
  });
}

std::string refusal_of(const MadeUp& batch) { return refusal_of(batch.bytes()); }

std::string batch_of(const std::string& numbers) { return PlainBatch{{}, numbers}.compressed(); }

std::string varint(std::size_t number) {
  std::string bytes;
  Writer(bytes).varint(number);
  return bytes;
}

PlainBatch column_of(const std::vector<ColumnValue>& values) {
  PlainBatch plain;
  Writer numbers(plain.numbers), strings(plain.strings);
  ValueColumn column;
  add_to(column, values, {});
  IntegerPool pool;
  column.write(numbers, strings, pool);
  return plain;
}

/// A column of one value written once and meant `count` times.
PlainBatch text_column(std::size_t length, std::size_t count) {
  return column_of(std::vector<ColumnValue>(count, Value(Text{std::string(length, 'x')})));
}

}  // namespace

TEST_CASE("the made up batch is good where nothing is said wrongly") {
  CHECK(refusal_of(MadeUp{}).empty());
  CHECK(refusal_of(MadeUp{.leaves = 3}).empty());
}

TEST_CASE("leaves on a line that isn't in the table are refused") {
  CHECK_THAT(refusal_of(MadeUp{.line = 1}), Contains("lines: 1 is out of 0 to 0"));
  CHECK_THAT(refusal_of(MadeUp{.line = -1}), Contains("lines: -1 is out of"));
  CHECK_THAT(refusal_of(MadeUp{}.bytes(), {0, {}, nullptr}),
             Contains("lines: 0 is out of 0 to -1"));
}

TEST_CASE("numbers out of their range are refused with their field") {
  CHECK_THAT(refusal_of(MadeUp{.format = 256, .raw = {"x"}}), Contains("formats: 256"));
  CHECK_THAT(refusal_of(MadeUp{.format = -1, .raw = {"x"}}), Contains("formats: -1"));
  CHECK_THAT(refusal_of(MadeUp{.origin = 1}), Contains("origins: 1 is out of 0 to 0"));
  CHECK_THAT(refusal_of(MadeUp{.origins = 0}), Contains("origins: 0 is out of 0 to -1"));
  CHECK_THAT(refusal_of(MadeUp{.counter = -1}), Contains("counters: -1"));
  CHECK_THAT(refusal_of(MadeUp{.counter = 1ll << 32}), Contains("counters: 4294967296"));
  CHECK_THAT(refusal_of(MadeUp{.rows = -1}), Contains("rows: -1"));
  CHECK_THAT(refusal_of(MadeUp{.rows = 2049}), Contains("rows: 2049 is out of 0 to 2048"));
  CHECK_THAT(refusal_of(MadeUp{.shape = 1}), Contains("row shapes: 1 is out of 0 to 0"));
}

TEST_CASE("counts over their bounds are refused") {
  CHECK_THAT(refusal_of(batch_of(varint(limits::kBatchLeaves + 1))),
             Contains("batch, byte 3: leaves: 65537 is over the bound of 65536"));
  CHECK_THAT(refusal_of(MadeUp{.leaves = 1024, .rows = 257}), Contains("rows: too many"));
  CHECK_THAT(refusal_of(MadeUp{.origins = limits::kBatchLeaves + 1}), Contains("origins: 65537"));
  CHECK_THAT(refusal_of(MadeUp{.shapes = unhex("02")}),
             Contains("shapes: 2 is over the bound of 1"));
  CHECK_THAT(refusal_of(MadeUp{.shapes = unhex("01 01 11")}), Contains("key: 17 is over"));
  CHECK_THAT(refusal_of(MadeUp{.shapes = unhex("01 01 00 41")}), Contains("cells: 65 is over"));
  CHECK_THAT(refusal_of(MadeUp{.shapes = unhex("01 01 00 01 01 01 41")}), Contains("values: 65"));
  CHECK_THAT(refusal_of(MadeUp{.shapes = unhex("01 01 00 01 01 02 00 8102")}),
             Contains("over: 257 is over"));
}

TEST_CASE("more values, or more that is overwritten, than a batch may have are refused") {
  // 65,536 rows of 65 values, or with 65 versions overwritten.
  CHECK_THAT(
      refusal_of(MadeUp{.leaves = 1024, .rows = 64, .shapes = unhex("01 01 01 01 01 01 40 00")}),
      Contains("values: too many"));
  CHECK_THAT(
      refusal_of(MadeUp{.leaves = 1024, .rows = 64, .shapes = unhex("01 01 00 01 01 01 00 41")}),
      Contains("values: too many"));
}

TEST_CASE("more cells than a batch may have are refused, though they hold no values") {
  std::string shape = unhex("01 01 00 40");
  for (std::size_t group = 1; group <= 64; ++group) shape += varint(group) + unhex("02 00 00");
  CHECK_THAT(refusal_of(MadeUp{.leaves = 1024, .rows = 17, .shapes = shape}),
             Contains("values: too many"));
}

TEST_CASE("values of a cell that isn't set, an unknown operation and group 0 are refused") {
  CHECK_THAT(refusal_of(MadeUp{.shapes = unhex("01 01 00 01 01 03 01 00")}),
             Contains("values: 1 is over the bound of 0"));
  CHECK_THAT(refusal_of(MadeUp{.shapes = unhex("01 01 00 01 01 04 00 00")}),
             Contains("operation: unknown 4"));
  for (const char* group_0 : {"01 01 00 01 00 01 00 00", "01 01 00 01 00 03 00 00"}) {
    CHECK_THAT(refusal_of(MadeUp{.shapes = unhex(group_0)}), Contains("group: 0 is the key's"));
  }
}

TEST_CASE("a row key over its bound is refused") {
  const MadeUp batch{.shapes = unhex("01 01 01 01 01 01 00 00"),
                     .values = text_column(limits::kKeyBytes, 1)};
  CHECK_THAT(refusal_of(batch), Contains("row key: too long"));
}

TEST_CASE("an opened value in a row key is refused") {
  const auto values = column_of({Opened{id_of(siv_key(2)), Text{"Anna"}}});
  CHECK_THAT(refusal_of(MadeUp{.shapes = unhex("01 01 01 01 01 01 00 00"), .values = values}),
             Contains("an opened value in a row key"));
}

TEST_CASE("an overwritten version on a line that isn't there is refused") {
  const auto with_over = [](std::string_view overs, std::string hashes = {}) {
    return refusal_of(MadeUp{.shapes = unhex("01 01 00 01 01 01 00 01"),
                             .overs = unhex(overs),
                             .hashes = std::move(hashes)});
  };
  CHECK_THAT(with_over("01 04  01 00"), Contains("over lines: no line 2"));
  CHECK_THAT(with_over("01 03  01 00"), Contains("over lines: no line -2"));
  CHECK_THAT(with_over("01 01  00"), Contains("over hashes: 32 bytes are wanted, 0 left"));
  CHECK(with_over("01 01  00", std::string(32, 'h')).empty());
  CHECK_THAT(with_over("01 01  00", std::string(33, 'h')), Contains("1 bytes too many"));
  // Seq 1 less 1, and less -1000: no versions there.
  CHECK_THAT(with_over("00  01 02"), Contains("no such version"));
  CHECK_THAT(with_over("00  02 cf 07"), Contains("no such version"));
}

TEST_CASE("rows that a leaf couldn't hold in that order are told by check_order") {
  const MadeUp twice{.rows = 2, .shapes = unhex("01 01 00 01 01 01 00 00")};
  BatchReader reader(twice.bytes(), kContext);
  const auto leaf = reader.next(over_at, {});
  CHECK_THAT(refusal([&] { check_order(std::get<Edit>(leaf.edit->body)); }), Contains("rows"));
  const MadeUp none{.rows = 0, .shapes = unhex("00")};
  BatchReader empty(none.bytes(), kContext);
  const auto without = empty.next(over_at, {});
  CHECK_THAT(refusal([&] { check_order(std::get<Edit>(without.edit->body)); }), Contains("none"));
}

TEST_CASE("bytes behind the batch are refused") {
  CHECK_THAT(refusal_of(MadeUp{.behind = "x"}), Contains("end: 1 bytes too many"));
}

TEST_CASE("a raw leaf longer than a leaf, and more of them than a batch may have, are refused") {
  const std::string most(limits::kLeafBytes, 'r');
  const MadeUp good{.format = 9, .raw = {most}, .shapes = unhex("00")};
  CHECK(refusal_of(good).empty());
  const MadeUp too_long{.format = 9, .raw = {most + 'r'}, .shapes = unhex("00")};
  CHECK_THAT(refusal_of(too_long), Contains("raw leaves: one is too long"));
  // 2049 times 32 KiB are over 64 MiB, said in some dozens of bytes.
  const MadeUp many{.leaves = 2049,
                    .format = 9,
                    .raw = std::vector<std::string>(2049, most),
                    .shapes = unhex("00")};
  CHECK(many.bytes().size() < 100);
  CHECK_THAT(refusal_of(many), Contains("raw leaves: they come to too many bytes"));
}

TEST_CASE("values that come to more bytes than a batch may have are refused") {
  const MadeUp bomb{.leaves = 2049,
                    .shapes = unhex("01 01 00 01 01 01 01 00"),
                    .values = text_column(32 * 1024, 2049)};
  CHECK(bomb.bytes().size() < 100);
  CHECK_THAT(refusal_of(bomb), Contains("values: its strings come to too many bytes"));
}

TEST_CASE("an author's name that is too long or isn't text, and a rank out of range, are refused") {
  CHECK(refusal_of(MadeUp{.name = std::string(64, 'a'), .rank = 65535}).empty());
  CHECK_THAT(refusal_of(MadeUp{.name = std::string(65, 'a')}), Contains("author: too long"));
  CHECK_THAT(refusal_of(MadeUp{.name = "\xff"}), Contains("author: not UTF-8"));
  CHECK_THAT(refusal_of(MadeUp{.rank = 65536}), Contains("rank: 65536 is out of"));
  CHECK_THAT(refusal_of(MadeUp{.rank = -1}), Contains("rank: -1 is out of"));
}

TEST_CASE("more columns, shapes or values in plain text than a batch may have are refused") {
  // Each row of a table of its own, with 16 columns in its key.
  std::string shapes = varint(limits::kBatchShapes);
  for (std::size_t i = 1; i <= limits::kBatchShapes; ++i) {
    shapes += varint(i) + unhex("10 01 01 01 01 00");
  }
  Integers numbers;
  for (std::size_t i = 0; i < limits::kBatchShapes; ++i) {
    numbers.push_back(static_cast<std::int64_t>(i));
  }
  std::string row_shapes;
  Writer writer(row_shapes);
  write_integers(writer, numbers, {});
  CHECK_THAT(refusal_of(MadeUp{.leaves = 4, .rows = 1024, .shapes = shapes + row_shapes}),
             Contains("values: too many"));
  CHECK_THAT(refusal_of(MadeUp{.leaves = 5, .rows = 1024, .shapes = varint(4097)}),
             Contains("shapes: 4097 is over the bound of 4096"));
  const std::size_t many = limits::kBatchOpened + 1;
  const auto opened =
      column_of(std::vector<ColumnValue>(many / 2 + 1, Opened{id_of(siv_key(2)), Null{}}));
  PlainBatch twice{opened.strings + opened.strings, opened.numbers + opened.numbers};
  CHECK_THAT(
      refusal_of(MadeUp{
          .leaves = 65, .rows = 2017, .shapes = unhex("01 01 00 01 01 01 02 00"), .values = twice}),
      Contains("values: too many in plain text"));
}

TEST_CASE("every truncation of a batch is refused") {
  const auto bytes = realistic_batch();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(refusal_of(bytes.substr(0, size), realistic_context()).empty());
  }
  const auto plain = PlainBatch::of(bytes);
  for (std::size_t size = 0; size < plain.numbers.size(); ++size) {
    const PlainBatch cut{plain.strings, plain.numbers.substr(0, size)};
    CHECK_THAT(refusal_of(cut.compressed(), realistic_context()), Contains("batch, byte "));
  }
  for (std::size_t size = 0; size < plain.strings.size(); ++size) {
    const PlainBatch cut{plain.strings.substr(0, size), plain.numbers};
    CHECK_THAT(refusal_of(cut.compressed(), realistic_context()), Contains("batch's strings"));
  }
}

TEST_CASE("a bit flip of a batch is refused or reads as leaves, compressed or plain") {
  const auto bytes = realistic_batch();
  const auto plain = PlainBatch::of(bytes);
  const auto flipped = [](std::string damaged, std::size_t bit) {
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    return damaged;
  };
  // Refused throws Refused and nothing else: anything else ends the test.
  std::size_t refused = 0;
  const auto try_it = [&](const std::string& damaged) {
    refused += !refusal_of(damaged, realistic_context()).empty();
  };
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) try_it(flipped(bytes, bit));
  for (std::size_t bit = 0; bit < plain.numbers.size() * 8; ++bit) {
    try_it(PlainBatch{plain.strings, flipped(plain.numbers, bit)}.compressed());
  }
  for (std::size_t bit = 0; bit < plain.strings.size() * 8; ++bit) {
    try_it(PlainBatch{flipped(plain.strings, bit), plain.numbers}.compressed());
  }
  CHECK(refused > 0);
}
