// Small worlds, built by hand, for worked examples.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/model/naive_fold.h"

namespace zimnik::model {

inline constexpr std::uint32_t kMark = 1;     ///< table: key pupil; no identifying group
inline constexpr std::uint32_t kValue = 1;    ///< group of kMark: value and comment; authority
inline constexpr std::uint32_t kKind = 2;     ///< group of kMark: latest
inline constexpr std::uint32_t kWeight = 3;   ///< group of kMark: value_beats_clear
inline constexpr std::uint32_t kPerson = 2;   ///< table: key id; identifying group kName
inline constexpr std::uint32_t kName = 1;     ///< group of kPerson: personal
inline constexpr std::uint32_t kGranted = 2;  ///< group of kPerson: revocation_wins
inline constexpr std::uint32_t kUnknown = 9;  ///< no group, and no table

/// A writer and what it writes to one cell.
struct Say {
  std::string site = "node";
  sync::Stream stream = sync::Stream::shared;
  std::string author = "ivanova";
  std::uint16_t rank = 20;
  std::int64_t time = 0;
  std::uint32_t table = kMark;
  sync::Value key = sync::Text{"petrov"};
  std::uint32_t group = kKind;
  sync::Op op = sync::Op::set;
  std::vector<sync::Value> values = {};
  std::vector<sync::Hash> over = {};
};

sync::Value number(std::int64_t value);
sync::Value text(const std::string& value);
/// A personal value; its key is at hand unless a world says otherwise.
sync::Value cipher(const std::string& plain);

class ExampleWorld {
 public:
  /// The sites "hub", "node" and "laptop" are known and certified.
  ExampleWorld();

  sync::Hash put(const Say& say);
  sync::Hash act(const Say& who, decltype(sync::Act::what) what);
  void know_site(const std::string& name, sync::SiteKind kind, bool certified,
                 const std::vector<std::string>& vouchers = {});
  /// Makes the hash of the next leaf begin with this byte.
  void next_hash_begins(std::uint8_t byte) { first_byte_ = byte; }

  static sync::SiteId site(const std::string& name);
  static sync::Hash nobody();  ///< a hash that no leaf has

  Fold fold() const { return model::fold(world); }
  /// Of the only version that this leaf wrote.
  sync::Status status(const sync::Hash& leaf) const;
  /// The row that most examples are about.
  RowState row(std::uint32_t table = kMark, const sync::Value& key = sync::Text{"petrov"}) const;
  CellState cell(std::uint32_t group) const { return row().cells.at(group); }

  World world;

 private:
  sync::Hash add(const Say& who, decltype(sync::Transaction::body) body);

  std::map<sync::LogId, std::uint64_t> sizes_;
  std::uint8_t first_byte_ = 0x80;
};

}  // namespace zimnik::model
